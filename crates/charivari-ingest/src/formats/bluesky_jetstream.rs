//! Events of the Bluesky network, as Jetstream hands them out.
//!
//! **What it is.** JSON lines: `{did, time_us, kind, commit | identity | account}`.
//!
//! **How it is recognised.** `did` and `time_us` beside `kind` or `commit`.
//!
//! **Fields.** New posts and reposts become posts, known by `at://did/collection/rkey`; a repost's
//! text is not in the event. Handles of `identity` events and profiles become accounts. Links,
//! hashtags and mentioned accounts come from facets and the embed, pictures are known by the hash
//! of their content.
//!
//! **Traps.** `createdAt` is claimed by the author's program; `time_us` is when the network saw the
//! post. The time is the claimed one, unless it is missing, unreadable or more than a day off: then
//! the observed one stands there, and that is said. `observed` is always `time_us`, so the gap can
//! be looked at. Likes, follows, deletions and the like hold no post.
//!
//! **Source.** Jetstream's README; lexicons `app.bsky.feed.post`, `.repost`, `app.bsky.actor.profile`.

use std::borrow::Cow;

use charivari_model::Timestamp;
use serde_json::Value;

use super::items::skeet::{self, PLATFORM, POSTS, Seen};
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::head::Head;
use crate::json;
use crate::options::Options;
use crate::post::{Account, Str};
use crate::records::Record;
use crate::rows::{Fault, Rows};

/// See the module's documentation.
pub(super) struct BlueskyJetstream;

impl Format for BlueskyJetstream {
    fn id(&self) -> &'static str {
        "bluesky-jetstream"
    }

    fn title(&self) -> &'static str {
        "Bluesky Jetstream events"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        let has = |path: &str| head.has_path(path);
        (head.is_json() && has("did") && has("time_us") && (has("kind") || has("commit")))
            .then(|| Recognition::new(Certainty::Sure, "it has did, time_us and kind"))
    }

    fn mapper(&self, _name: &str, _head: &Head, _options: &Options) -> Result<Box<dyn Mapper>> {
        Ok(Box::new(Events))
    }
}

struct Events;

impl Mapper for Events {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Json { value: event, .. } = record else { return Ok(()) };
        if !event.is_object() {
            return Err(json::wrong("", event));
        }
        let did = json::id(event, "did")?.unwrap_or_default();
        match json::str(event, "kind") {
            // Events from before the field `kind` name none.
            Some("commit") | None if json::at(event, "commit").is_some() => {
                commit(event, did, rows)
            }
            Some("identity") => rows.account(&Account {
                platform: Cow::Borrowed(PLATFORM),
                id: json::id(event, "identity.did")?.unwrap_or(did),
                handle: json::word(event, "identity.handle"),
                ..Account::default()
            }),
            kind => Err(json::other_kind("kind", kind.unwrap_or_default())),
        }
    }
}

fn commit<'a>(
    event: &'a Value,
    did: Str<'a>,
    rows: &mut Rows<'_>,
) -> std::result::Result<(), Fault> {
    let collection = json::str(event, "commit.collection").unwrap_or_default();
    let operation = json::str(event, "commit.operation").unwrap_or_default();
    let seen = Seen { time: observed(event, rows)?, may_be_late: false };
    let record = event.pointer("/commit/record").unwrap_or(&Value::Null);
    if operation == "create" && !record.is_object() {
        return Err(json::wrong("commit.record", record));
    }
    let post = match (operation, collection) {
        ("create", POSTS) => skeet::post(record, key(event, &did)?, did, seen, rows)?,
        ("create", "app.bsky.feed.repost") => {
            skeet::repost(record, key(event, &did)?, did, seen, rows)?
        }
        ("create" | "update", "app.bsky.actor.profile") => {
            let account = skeet::account(record, rows)?;
            return rows.account(&Account { id: did, ..account });
        }
        _ => return Err(json::other_kind("commit", format!("{operation} {collection}").trim())),
    };
    rows.post(post)
}

/// The address of the record, by which the whole network knows it.
fn key<'a>(event: &Value, did: &str) -> std::result::Result<Str<'a>, Fault> {
    let collection = json::str(event, "commit.collection").unwrap_or_default();
    let key = json::id(event, "commit.rkey")?;
    Ok(key.map_or(Cow::Borrowed(""), |key| Cow::Owned(format!("at://{did}/{collection}/{key}"))))
}

fn observed(event: &Value, rows: &mut Rows<'_>) -> std::result::Result<Option<Timestamp>, Fault> {
    match json::at(event, "time_us").and_then(Value::as_i64) {
        Some(micros) => Ok(Some(Timestamp(micros))),
        None => json::time(event, "time_us", rows),
    }
}
