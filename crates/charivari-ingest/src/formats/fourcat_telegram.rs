//! CSV exports of 4CAT for messages of Telegram.
//!
//! **What it is.** One row a message of a channel or group.
//!
//! **How it is recognised.** `id`, `thread_id`, `chat`, `author`, `author_username`, `body` and
//! `author_forwarded_from_name`.
//!
//! **Fields.** `id` is the chat and the number of the message in it, `chat-17`; `reply_to` is a
//! number alone and gets its chat. The account is `author`, the id of the sender (a channel is the
//! sender of its own messages); without it the user name, and without that the chat. The attached
//! link and links in the text are links. The id in `attachment_data` is media: forwarded copies of
//! a photo or file share it.
//!
//! **Traps.** The export says from whom a message was forwarded, by id, user name or display name,
//! and when the original was sent, but not its number. So the original is known as
//! `forward:FROM@SECONDS`, with FROM the best name there is and the Unix time of the original; two
//! forwards of one message agree in it. Without that time nothing tells which message it was.
//! `timestamp` and its kin are in the zone of the 4CAT server and are read only where the Unix
//! times are missing, as UTC. `entities_mentioned` has lost its order: mentions are read from the
//! text. `views` is empty, not 0, where there are none.
//!
//! **Source.** `search_telegram.py` of 4CAT as of August 2026.

use std::borrow::Cow;

use serde_json::Value;

use super::Certainty;
use super::fourcat::drop_placeholder_time;
use super::sheet::{Extra, Sheet, add_links_of_text};
use crate::field::Field;
use crate::lists::ListStyle;
use crate::post::{Post, Str};
use crate::rows::Rows;
use crate::table::Dialect;
use crate::time::{self, Clock};

/// See the module's documentation.
pub(super) static TELEGRAM: Sheet = Sheet {
    id: "4cat-telegram",
    title: "4CAT export of Telegram messages",
    certainty: Certainty::Sure,
    signature: &[
        "id",
        "thread_id",
        "chat",
        "author",
        "author_username",
        "body",
        "timestamp",
        "author_forwarded_from_name",
    ],
    columns: &[
        (Field::Post, "id"),
        (Field::Thread, "thread_id"),
        (Field::Time, "unix_timestamp"),
        (Field::Time, "timestamp"),
        (Field::Text, "body"),
        (Field::Account, "author"),
        (Field::Account, "author_username"),
        (Field::Account, "chat"),
        (Field::Handle, "author_username"),
        (Field::Name, "author_name"),
        (Field::Views, "views"),
        (Field::RepostOfAccount, "author_forwarded_from_id"),
        (Field::RepostOfAccount, "author_forwarded_from_username"),
        (Field::RepostOfAccount, "author_forwarded_from_name"),
        (Field::ReplyTo, "reply_to"),
        (Field::Links, "link_attached"),
    ],
    dialect: Dialect {
        // A cell holds one link, which may have commas.
        lists: ListStyle::Brackets,
        utc: true,
        platform: "telegram",
        ..Dialect::PLAIN
    },
    extra: &[
        "chat",
        "author_forwarded_from_id",
        "author_forwarded_from_username",
        "author_forwarded_from_name",
        "unix_timestamp_forwarded_from",
        "timestamp_forwarded_from",
        "attachment_data",
    ],
    mend,
};

fn mend<'a>(post: &mut Post<'a>, extra: &Extra<'a, '_>, rows: &Rows<'_>) {
    drop_placeholder_time(post, extra, rows);
    let from = (1..=3).find_map(|place| extra.text(place));
    let sent = (4..=5).find_map(|place| seconds(&extra.text(place)?));
    post.is_repost = from.is_some() || sent.is_some();
    if let (Some(from), Some(sent)) = (from, sent) {
        post.repost_of = Some(Cow::Owned(format!("forward:{from}@{sent}")));
    }
    if let (Some(number), Some(chat)) = (&post.reply_to, extra.text(0)) {
        post.reply_to = Some(Cow::Owned(format!("{chat}-{number}")));
    }
    if rows.options().wants("media") {
        post.media = Some(extra.text(6).and_then(|data| attachment(&data)).into_iter().collect());
    }
    add_links_of_text(post, rows, |_| true);
}

fn seconds(text: &str) -> Option<i64> {
    let time = time::parse(text, &Clock::default())?.time;
    (time.0 != 0).then(|| time.seconds())
}

/// The id in the JSON object that describes a photo or file; polls and contacts have none.
fn attachment(data: &str) -> Option<Str<'static>> {
    match serde_json::from_str::<Value>(data).ok()?.get("id")? {
        Value::String(id) => Some(Cow::Owned(id.clone())),
        Value::Number(id) => Some(Cow::Owned(id.to_string())),
        _ => None,
    }
}
