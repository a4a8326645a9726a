//! Statuses as Mastodon's API gives them.
//!
//! **What it is.** A JSON array of statuses, one status a line, or one status. Searches
//! (`{"statuses": […]}`) are understood too. Pleroma, Akkoma and others speak the same API.
//!
//! **How it is recognised.** `account.acct` and `content` beside `uri`, `reblogs_count` or
//! `visibility`.
//!
//! **Fields.** A status is known by its `uri`, an account by `user@host`. The text is the content
//! without its HTML. Links are those in the content that are no mentions or hashtags, and the
//! card's. A picture is known by its blurhash and size, or by its address.
//!
//! **Traps.** `id` is only the asked instance's number for a status that others number otherwise.
//! So is `in_reply_to_id`: answers to one status are seen to be that, but not to which; the account
//! answered is known where it is mentioned. `acct` names no host for the instance's own accounts: it is taken
//! from the account's address. A boost has no content: text and entities are the original's.
//! Pictures without any structure may share a blurhash.
//!
//! **Source.** Mastodon API documentation, entities `Status`, `Account` and
//! `MediaAttachment`.

use serde_json::Value;

use super::items::status::{self, Keys, MASTODON};
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::head::Head;
use crate::json;
use crate::options::Options;
use crate::records::Record;
use crate::rows::{Fault, Rows};

/// See the module's documentation.
pub(super) struct Mastodon;

impl Format for Mastodon {
    fn id(&self) -> &'static str {
        "mastodon"
    }

    fn title(&self) -> &'static str {
        "Mastodon statuses"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        if !head.is_json() || head.has_path("__import_meta") {
            return None;
        }
        for at in ["", "statuses[]."] {
            let has = |path: &str| head.has_path(&format!("{at}{path}"));
            let own = ["uri", "reblogs_count", "visibility"].into_iter().find(|path| has(path));
            if let Some(own) = own.filter(|_| has("account.acct") && has("content")) {
                let reason = format!("it has account.acct, content and {own}");
                return Some(Recognition::new(Certainty::Sure, reason));
            }
        }
        None
    }

    fn mapper(&self, _name: &str, _head: &Head, _options: &Options) -> Result<Box<dyn Mapper>> {
        Ok(Box::new(Statuses))
    }
}

struct Statuses;

impl Mapper for Statuses {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Json { value, .. } = record else { return Ok(()) };
        match json::at(value, "statuses").and_then(Value::as_array) {
            Some(statuses) => {
                json::each(statuses, "statuses", rows, one);
                Ok(())
            }
            None => one(value, rows),
        }
    }
}

fn one(value: &Value, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
    if !value.is_object() {
        return Err(json::wrong("", value));
    }
    if let (Some(error), None) = (json::str(value, "error"), json::at(value, "account")) {
        return Err(json::other_kind("error", error));
    }
    let post = status::post(value, MASTODON, Keys::Federated, rows)?;
    rows.post(post)?;
    let Some(account) = json::at(value, "account") else { return Ok(()) };
    let account = status::account(account, MASTODON, Keys::Federated, rows)?;
    rows.account(&account)
}
