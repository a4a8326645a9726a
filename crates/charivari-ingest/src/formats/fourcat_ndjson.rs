//! Raw items as 4CAT keeps and exports them.
//!
//! **What it is.** NDJSON with one item a line, as its data source collected it: tweets of X API v2
//! with what they refer to put into them, Telegram messages from Telethon, Bluesky posts, and items
//! captured by Zeeschuimer, to which `__import_meta` was added.
//!
//! **How it is recognised.** `__import_meta`, `4CAT_metadata`, `author_user` beside `author_id`, or
//! a Telethon `peer_id` beside `message` and `date`.
//!
//! **Fields.** As for the objects of each platform. The NDJSON keeps what the CSV of the same data
//! set loses: the ids of posts that are retweeted, forwarded, quoted and answered.
//!
//! **Traps.** One file holds one data source. A Telegram post is known by `<chat>-<message>` with
//! the chat's number, where the CSV has its name. Authors that 4CAT could not find are called
//! `UNKNOWN`, and are left out. Telegram's pictures and files keep their number when they are sent
//! again, and are media under it.
//!
//! **Source.** 4CAT, `datasources/*/search_*.py` and `format_import_item`, as of August 2026.

use charivari_model::Code;
use serde_json::Value;

use super::items::tweet::{self, Includes};
use super::items::{captured, telethon};
use super::{Certainty, Format, Mapper, Recognition, bluesky};
use crate::Result;
use crate::head::Head;
use crate::json;
use crate::options::Options;
use crate::post::Post;
use crate::records::Record;
use crate::rows::{Fault, Rows};

/// See the module's documentation.
pub(super) struct FourCatNdjson;

/// The paths by which each kind of item is told.
const KINDS: &[&[&str]] = &[
    &["__import_meta.source_platform"],
    &["4CAT_metadata"],
    &["author_user", "author_id", "text"],
    &["peer_id", "message", "date"],
];

/// What 4CAT calls an author that the platform did not name.
const UNKNOWN: &str = "UNKNOWN";

impl Format for FourCatNdjson {
    fn id(&self) -> &'static str {
        "4cat-ndjson"
    }

    fn title(&self) -> &'static str {
        "4CAT raw items"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        let has = |paths: &&&[&str]| paths.iter().all(|path| head.has_path(path));
        let kind = KINDS.iter().find(has).filter(|_| head.is_json())?;
        Some(Recognition::new(Certainty::Sure, format!("it has {}", kind.join(", "))))
    }

    fn mapper(&self, _name: &str, _head: &Head, _options: &Options) -> Result<Box<dyn Mapper>> {
        Ok(Box::new(Items))
    }
}

struct Items;

impl Mapper for Items {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Json { value, .. } = record else { return Ok(()) };
        if let Some(meta) = json::at(value, "__import_meta") {
            let source = json::str(meta, "source_platform").unwrap_or_default();
            return captured::item(source, value, meta, rows);
        }
        if json::at(value, "peer_id").is_some() || json::at(value, "message").is_some() {
            let post = telethon::post(value, rows)?;
            return rows.post(post);
        }
        if json::at(value, "record").is_some() {
            return bluesky::item(value, rows);
        }
        if json::at(value, "text").is_some() || json::at(value, "author_id").is_some() {
            return tweet(value, rows);
        }
        Err(Fault::new(Code::OtherKind, "", &first_keys(value)))
    }
}

fn tweet(value: &Value, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
    let post = tweet::post(value, &Includes::default(), rows)?;
    let known = |word: &crate::post::Str<'_>| word != UNKNOWN;
    rows.post(Post { handle: post.handle.filter(known), name: post.name.filter(known), ..post })?;
    let author = tweet::author(value).filter(|author| json::at(author, "id").is_some());
    let Some(author) = author else { return Ok(()) };
    let account = tweet::account(author, rows)?;
    rows.account(&account)
}

/// What an item of no known kind looks like.
fn first_keys(value: &Value) -> String {
    let keys = value.as_object().into_iter().flat_map(serde_json::Map::keys);
    keys.map(String::as_str).take(8).collect::<Vec<_>>().join(", ")
}
