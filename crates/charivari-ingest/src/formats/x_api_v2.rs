//! Tweets as X API v2 gives them.
//!
//! **What it is.** JSON pages `{data, includes, errors, meta}`: one document, several after each
//! other, an array of them, or one page a line as twarc2 writes; or tweets one a line, bare or with
//! what they refer to put into them (`twarc2 flatten`). Pages of users are read as accounts.
//!
//! **How it is recognised.** Under `data`, or at the top, an `id` and a `text` beside fields that
//! only this API has: `edit_history_tweet_ids`, `referenced_tweets`, `public_metrics`,
//! `conversation_id`, or a page's `meta.newest_id`; for users `public_metrics.followers_count`.
//!
//! **Fields.** Text and entities of a retweet come from the original, without `RT @…:`; a long
//! tweet's from `note_tweet`. Links are the unwound address, else the expanded one, else `t.co`.
//! Media are media keys. Users in `includes`, and authors put into tweets, become accounts.
//!
//! **Traps.** Originals in `includes.tweets` are no posts of their own: they were not collected,
//! and 4CAT does not count them either. Where the original of a retweet is missing the text stays
//! cut, and that is said. Some tiers leave out `created_at`: the id holds the time, and that is said
//! too. `source` has been absent since 2023. Each tweet of a page is kept or set aside by itself.
//!
//! **Source.** X API v2 reference, objects *Tweet* and *User*; twarc 2 `flatten`; 4CAT
//! `datasources/twitterv2/search_twitter.py`.

use serde_json::Value;

use super::items::tweet::{self, Includes};
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::head::Head;
use crate::json;
use crate::options::Options;
use crate::records::Record;
use crate::rows::{Fault, Rows};

/// See the module's documentation.
pub(super) struct XApiV2;

/// Fields that no other source of `id` and `text` has.
const OWN: &[&str] = &[
    "edit_history_tweet_ids",
    "referenced_tweets",
    "public_metrics.retweet_count",
    "public_metrics.impression_count",
    "conversation_id",
    "in_reply_to_user_id",
    "entities.mentions[].username",
];

impl Format for XApiV2 {
    fn id(&self) -> &'static str {
        "x-api-v2"
    }

    fn title(&self) -> &'static str {
        "X API v2 JSON"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        // What 4CAT collected is its own format, with the same objects in it.
        if !head.is_json() || head.has_path("author_user") || head.has_path("__import_meta") {
            return None;
        }
        for (at, place) in [("data[].", "its pages"), ("data.", "its pages"), ("", "its tweets")] {
            let has = |path: &str| head.has_path(&format!("{at}{path}"));
            let tweets = has("id") && has("text");
            if let Some(own) = OWN.iter().find(|path| tweets && has(path)) {
                return Some(Recognition::new(Certainty::Sure, format!("{place} have {own}")));
            }
            if tweets && has("author_id") && has("created_at") {
                let reason = format!("{place} have id, text, author_id and created_at");
                return Some(Recognition::new(Certainty::Likely, reason));
            }
            if has("username") && has("id") && has("public_metrics.followers_count") {
                let reason = format!("{place} have usernames and public_metrics");
                return Some(Recognition::new(Certainty::Sure, reason));
            }
        }
        let page = head.has_path("data[].id") || head.has_path("includes.users[].username");
        (page && head.has_path("meta.result_count"))
            .then(|| Recognition::new(Certainty::Sure, "its pages have data and meta.result_count"))
    }

    fn mapper(&self, _name: &str, _head: &Head, _options: &Options) -> Result<Box<dyn Mapper>> {
        Ok(Box::new(Pages))
    }
}

struct Pages;

impl Mapper for Pages {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Json { value, .. } = record else { return Ok(()) };
        if json::at(value, "text").is_some() || json::at(value, "id").is_some() {
            return item(value, &Includes::default(), rows);
        }
        page(value, rows)
    }
}

fn page(page: &Value, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
    let includes = Includes::of(page);
    let users = json::list(page, "includes.users");
    let data = match json::at(page, "data") {
        Some(Value::Array(items)) => items.as_slice(),
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        Some(other) => return Err(json::wrong("data", other)),
        None if users.is_empty() => return Err(json::other_kind("data", without_data(page))),
        None => &[],
    };
    json::each(data, "data", rows, |value, rows| item(value, &includes, rows));
    json::each(users, "includes.users", rows, account);
    Ok(())
}

/// What a page without data says instead.
fn without_data(page: &Value) -> &str {
    let errors = json::list(page, "errors").first();
    errors.and_then(|error| json::str(error, "title")).unwrap_or("a page without tweets")
}

/// A tweet, or a user where users were asked for.
fn item<'a>(
    value: &'a Value,
    includes: &Includes<'a>,
    rows: &mut Rows<'_>,
) -> std::result::Result<(), Fault> {
    if !value.is_object() {
        return Err(json::wrong("", value));
    }
    if json::at(value, "text").is_none() && json::at(value, "username").is_some() {
        return account(value, rows);
    }
    let post = tweet::post(value, includes, rows)?;
    rows.post(post)?;
    let author = tweet::author(value).filter(|author| json::at(author, "id").is_some());
    author.map_or(Ok(()), |author| account(author, rows))
}

fn account(user: &Value, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
    let account = tweet::account(user, rows)?;
    rows.account(&account)
}
