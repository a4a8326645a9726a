//! Bluesky's records: what a post says, whoever hands it on.
//!
//! The network's own names are in camel case; 4CAT writes them in snake case. Both are read.

use std::borrow::Cow;

use charivari_model::Timestamp;
use charivari_model::time::MICROS_PER_SECOND;
use serde_json::Value;

use crate::json;
use crate::post::{Account, Post, Str};
use crate::rows::{Fault, Note, Rows};

/// The platform's short name.
pub(in crate::formats) const PLATFORM: &str = "bluesky";

/// The collection of posts.
pub(in crate::formats) const POSTS: &str = "app.bsky.feed.post";

/// A claimed time farther than this from the observed one is not believed.
const MAX_GAP: i64 = 86_400 * MICROS_PER_SECOND;

/// When the network saw a record.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::formats) struct Seen {
    /// The time, if it is known.
    pub(in crate::formats) time: Option<Timestamp>,
    /// Whether it may be long after the record was made, so that it proves no claim wrong.
    pub(in crate::formats) may_be_late: bool,
}

/// Where a record names its time.
const CREATED: [&str; 2] = ["createdAt", "created_at"];

/// The post that `record` is, known by `id` and written by `account`.
pub(in crate::formats) fn post<'a>(
    record: &'a Value,
    id: Str<'a>,
    account: Str<'a>,
    seen: Seen,
    rows: &mut Rows<'_>,
) -> Result<Post<'a>, Fault> {
    let embed = json::at(record, "embed");
    let quote = embed.and_then(quote);
    let answered = json::id(record, "reply.parent.uri")?;
    let tags = features(record, "tag").chain(json::words(record, "tags", ""));
    let languages = json::list(record, "langs").first();
    Ok(Post {
        platform: Cow::Borrowed(PLATFORM),
        id,
        account,
        time: time(record, seen, rows)?,
        observed: seen.time,
        text: json::text(record, "text")?,
        language: languages.and_then(json::word_of),
        quote_of_account: quote.as_deref().and_then(owner),
        quote_of: quote,
        reply_to_account: answered.as_deref().and_then(owner),
        reply_to: answered,
        thread_id: json::word(record, "reply.root.uri"),
        hashtags: Some(once(tags)),
        links: Some(once(features(record, "uri").chain(embed.and_then(external)))),
        mentions: Some(once(features(record, "did"))),
        media: Some(embed.map(media).unwrap_or_default()),
        client: json::word(record, "via"),
        ..Post::default()
    })
}

/// The repost that `record` is.
pub(in crate::formats) fn repost<'a>(
    record: &'a Value,
    id: Str<'a>,
    account: Str<'a>,
    seen: Seen,
    rows: &mut Rows<'_>,
) -> Result<Post<'a>, Fault> {
    let subject = json::id(record, "subject.uri")?;
    Ok(Post {
        platform: Cow::Borrowed(PLATFORM),
        id,
        account,
        time: time(record, seen, rows)?,
        observed: seen.time,
        is_repost: true,
        repost_of_account: subject.as_deref().and_then(owner),
        repost_of: subject,
        ..Post::default()
    })
}

/// The account that an author or profile object describes.
pub(in crate::formats) fn account<'a>(
    value: &'a Value,
    rows: &mut Rows<'_>,
) -> Result<Account<'a>, Fault> {
    let either = |camel, snake| json::word(value, camel).or_else(|| json::word(value, snake));
    Ok(Account {
        platform: Cow::Borrowed(PLATFORM),
        id: json::id(value, "did")?.unwrap_or_default(),
        handle: json::word(value, "handle"),
        name: either("displayName", "display_name"),
        description: json::word(value, "description"),
        picture: json::str(value, "avatar").map(Cow::Borrowed),
        created: json::first_time(value, &CREATED, rows).ok().flatten(),
        followers: json::first_count(value, &["followersCount", "followers_count"]),
        following: json::first_count(value, &["followsCount", "follows_count"]),
        posts: json::first_count(value, &["postsCount", "posts_count"]),
        ..Account::default()
    })
}

/// When the post was made: as claimed, unless that is missing, unreadable or more than a day from
/// when the network saw it.
///
/// Programs write the claimed time, and may write anything; but within a day it is finer than the
/// observed one, which is late for posts that waited in a queue.
fn time(record: &Value, seen: Seen, rows: &mut Rows<'_>) -> Result<Option<Timestamp>, Fault> {
    let claimed = json::first_time(record, &CREATED, rows);
    let Some(observed) = seen.time else { return claimed };
    if let Ok(Some(claimed)) = claimed {
        let gap = claimed.0.saturating_sub(observed.0).saturating_abs();
        if gap <= MAX_GAP || seen.may_be_late {
            return Ok(Some(claimed));
        }
    }
    rows.note(Note::ObservedTime);
    Ok(Some(observed))
}

/// What `key` holds in the features of all facets. Their places in the text, byte offsets that any
/// program may set as it likes, are not needed: a feature says by itself what it stands for.
fn features<'a>(record: &'a Value, key: &'static str) -> impl Iterator<Item = Str<'a>> {
    json::list(record, "facets")
        .iter()
        .flat_map(|facet| json::list(facet, "features"))
        .filter_map(move |feature| json::str(feature, key))
        .map(Cow::Borrowed)
}

fn once<'a>(values: impl Iterator<Item = Str<'a>>) -> Vec<Str<'a>> {
    let mut seen = std::collections::BTreeSet::new();
    values.filter(|value| !value.is_empty() && seen.insert(value.clone())).collect()
}

/// The link that is shown as a card.
fn external(embed: &Value) -> Option<Str<'_>> {
    let found = json::first(embed, &["external.uri", "media.external.uri"]);
    found.and_then(|(_, uri)| uri.as_str()).map(Cow::Borrowed)
}

/// The quoted post; lists and feeds can be embedded in the same way and are none.
fn quote(embed: &Value) -> Option<Str<'_>> {
    let (_, uri) = json::first(embed, &["record.record.uri", "record.uri"])?;
    uri.as_str().filter(|uri| uri.contains(POSTS)).map(Cow::Borrowed)
}

/// Pictures and films by the hash of their content: the same file has the same one everywhere.
fn media(embed: &Value) -> Vec<Str<'_>> {
    let images = ["images", "media.images"].into_iter().flat_map(|path| json::list(embed, path));
    let images = images.filter_map(|image| json::at(image, "image"));
    let videos = ["video", "media.video"].into_iter().filter_map(|path| json::at(embed, path));
    images.chain(videos).filter_map(blob).collect()
}

/// The hash of a file, in today's form, 4CAT's and that of the first year.
fn blob(blob: &Value) -> Option<Str<'_>> {
    let found = json::first(blob, &["ref.$link", "ref.link", "cid"]);
    found.and_then(|(_, hash)| hash.as_str()).map(Cow::Borrowed)
}

/// The account that `uri` belongs to: `did:plc:x` in `at://did:plc:x/app.bsky.feed.post/y`.
pub(in crate::formats) fn owner<'a>(uri: &str) -> Option<Str<'a>> {
    let did = uri.strip_prefix("at://")?.split('/').next()?;
    did.starts_with("did:").then(|| Cow::Owned(did.to_owned()))
}
