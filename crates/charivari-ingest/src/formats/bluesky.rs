//! Posts as Bluesky's `AppView` gives them.
//!
//! **What it is.** Post views `{uri, cid, author, record, indexedAt, …}` one a line or in an array,
//! feed items `{post, reply, reason}`, or pages of them: `{posts: […]}`, `{feed: […]}`.
//!
//! **How it is recognised.** `uri`, `author.did` and `record`, at one of these places.
//!
//! **Fields.** As for Jetstream; authors become accounts, `indexedAt` is the observed time.
//!
//! **Traps.** A feed item whose `reason` is a repost stands for the repost, by the account in
//! `reason.by` at `reason.indexedAt`; older servers give it no address, and then it is known by
//! account, time and post. `indexedAt` is late for posts that the server fetched afterwards, so the
//! claimed time stands, however far off, where it can be read.
//!
//! **Source.** Lexicons `app.bsky.feed.defs#postView`, `#feedViewPost`, `#reasonRepost`.

use std::borrow::Cow;

use serde_json::Value;

use super::items::skeet::{self, PLATFORM, Seen, owner};
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::head::Head;
use crate::json;
use crate::lists::digest;
use crate::options::Options;
use crate::post::{Post, Str};
use crate::records::Record;
use crate::rows::{Fault, Note, Rows};

/// See the module's documentation.
pub(super) struct Bluesky;

impl Format for Bluesky {
    fn id(&self) -> &'static str {
        "bluesky"
    }

    fn title(&self) -> &'static str {
        "Bluesky posts"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        // What 4CAT collected is its own format, with the same objects in it.
        if !head.is_json() || head.has_path("4CAT_metadata") {
            return None;
        }
        for at in ["", "post.", "posts[].", "feed[].post."] {
            let has = |path: &str| head.has_path(&format!("{at}{path}"));
            if has("uri") && has("author.did") && has("record") {
                let reason = format!("it has {at}uri, {at}author.did and {at}record");
                return Some(Recognition::new(Certainty::Sure, reason));
            }
        }
        None
    }

    fn mapper(&self, _name: &str, _head: &Head, _options: &Options) -> Result<Box<dyn Mapper>> {
        Ok(Box::new(Views))
    }
}

struct Views;

impl Mapper for Views {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Json { value, .. } = record else { return Ok(()) };
        for path in ["feed", "posts"] {
            if let Some(items) = json::at(value, path).and_then(Value::as_array) {
                json::each(items, path, rows, item);
                return Ok(());
            }
        }
        item(value, rows)
    }
}

/// A post view, or a feed item around one.
pub(super) fn item(value: &Value, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
    if !value.is_object() {
        return Err(json::wrong("", value));
    }
    let Some(view) = json::at(value, "post").filter(|post| post.is_object()) else {
        return post_view(value, rows);
    };
    let reason = json::at(value, "reason").filter(|reason| json::at(reason, "by.did").is_some());
    match reason {
        Some(reason) => repost(view, reason, rows),
        None => post_view(view, rows),
    }
}

fn post_view(view: &Value, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
    let Some(record) = json::at(view, "record").filter(|record| record.is_object()) else {
        return Err(json::other_kind("record", "a view without its record"));
    };
    let uri = json::id(view, "uri")?.unwrap_or_default();
    let account = json::id(view, "author.did")?.or_else(|| owner(&uri)).unwrap_or_default();
    let indexed = json::first_time(view, &["indexedAt", "indexed_at"], rows).ok().flatten();
    let seen = Seen { time: indexed, may_be_late: true };
    let post = skeet::post(record, uri, account, seen, rows)?;
    let either = |camel, snake| json::word(view, camel).or_else(|| json::word(view, snake));
    rows.post(Post {
        handle: json::word(view, "author.handle"),
        name: either("author.displayName", "author.display_name"),
        likes: json::first_count(view, &["likeCount", "like_count"]),
        reposts: json::first_count(view, &["repostCount", "repost_count"]),
        replies: json::first_count(view, &["replyCount", "reply_count"]),
        ..post
    })?;
    let author = json::at(view, "author").filter(|author| json::at(author, "did").is_some());
    let Some(author) = author else { return Ok(()) };
    let account = skeet::account(author, rows)?;
    rows.account(&account)
}

fn repost(view: &Value, reason: &Value, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
    let account = json::id(reason, "by.did")?.unwrap_or_default();
    let subject = json::id(view, "uri")?;
    let time = json::first_time(reason, &["indexedAt", "indexed_at"], rows)?;
    let id: Str<'_> = match (json::id(reason, "uri")?, time) {
        (Some(uri), _) => uri,
        (None, None) => Cow::Borrowed(""),
        (None, Some(time)) => {
            rows.note(Note::NoPostIds);
            let subject = subject.as_deref().unwrap_or_default();
            Cow::Owned(digest(&[&account, subject, &time.0.to_string()]))
        }
    };
    rows.post(Post {
        platform: Cow::Borrowed(PLATFORM),
        id,
        account,
        handle: json::word(reason, "by.handle"),
        name: json::word(reason, "by.displayName"),
        time,
        observed: time,
        is_repost: true,
        repost_of_account: subject.as_deref().and_then(owner),
        repost_of: subject,
        text: json::text(view, "record.text")?,
        ..Post::default()
    })
}
