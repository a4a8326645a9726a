//! What the browser extension Zeeschuimer captured while someone looked at a platform.
//!
//! **What it is.** NDJSON: `{nav_index, item_id, timestamp_collected, source_platform,
//! source_platform_url, source_url, user_agent, data: {…}}`, where `data` is the platform's own
//! object.
//!
//! **How it is recognised.** `source_platform` and `data` beside `timestamp_collected` or
//! `item_id`.
//!
//! **Fields.** TikTok, X, Instagram, Threads, Truth Social and Gab are read fully; comments of
//! TikTok and Rednote, and 9gag, Imgur, Pinterest, Douyin, `LinkedIn` and Rednote as far as their
//! pages show id, author, time and text. `timestamp_collected` is the observed time. TikTok's
//! account is the username, Instagram's the number, and its posts are known by short code.
//!
//! **Traps.** Times may be missing where a page shows none: always on `LinkedIn`, in Pinterest's and
//! Rednote's overviews and Instagram's grids; such posts are set aside. Several items can be the
//! same post, seen at different times with different counts. A retweet's text and entities are the
//! original's. Links to pictures expire and identify nothing; X's media keys do. On Gab and Truth
//! Social the text is HTML.
//!
//! **Source.** Zeeschuimer, `js/zs-background.js` and `modules/`; the `map_item` functions of 4CAT's
//! data sources.

use super::items::captured;
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::head::Head;
use crate::json;
use crate::options::Options;
use crate::records::Record;
use crate::rows::{Fault, Rows};

/// See the module's documentation.
pub(super) struct Zeeschuimer;

impl Format for Zeeschuimer {
    fn id(&self) -> &'static str {
        "zeeschuimer"
    }

    fn title(&self) -> &'static str {
        "Zeeschuimer capture"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        let needed = head.is_json() && head.has_path("source_platform") && head.has_path("data");
        let own = ["timestamp_collected", "item_id"].into_iter().find(|path| head.has_path(path));
        own.filter(|_| needed).map(|own| {
            Recognition::new(Certainty::Sure, format!("it has source_platform, data and {own}"))
        })
    }

    fn mapper(&self, _name: &str, _head: &Head, _options: &Options) -> Result<Box<dyn Mapper>> {
        Ok(Box::new(Items))
    }
}

struct Items;

impl Mapper for Items {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Json { value, .. } = record else { return Ok(()) };
        let source = json::text(value, "source_platform")?.unwrap_or_default();
        match value.get("data") {
            Some(data) => captured::item(&source, data, value, rows),
            None => Err(json::other_kind("data", "nothing was captured")),
        }
    }
}
