//! The input table of the Coordination Network Toolkit.
//!
//! **What it is.** A CSV of posts: `message_id, user_id, username, repost_id, reply_id, message,
//! timestamp, urls`.
//!
//! **How it is recognised.** All eight column names.
//!
//! **Fields.** `urls` are separated by spaces; empty `repost_id` and `reply_id` mean none;
//! `timestamp` is in Unix seconds. The toolkit was made for Twitter, and so is the platform unless
//! `--platform` names another.
//!
//! **Traps.** Hashtags and mentions have no column: they are read from the message.
//!
//! **Source.** Coordination Network Toolkit 1.5.2, `preprocess.py`.

use super::Certainty;
use super::sheet::{Sheet, unchanged};
use crate::field::Field;
use crate::lists::ListStyle;
use crate::table::Dialect;

/// See the module's documentation.
pub(super) static CNT: Sheet = Sheet {
    id: "cnt",
    title: "Coordination Network Toolkit table",
    certainty: Certainty::Sure,
    signature: &[
        "message_id",
        "user_id",
        "username",
        "repost_id",
        "reply_id",
        "message",
        "timestamp",
        "urls",
    ],
    columns: &[
        (Field::Post, "message_id"),
        (Field::Account, "user_id"),
        (Field::Handle, "username"),
        (Field::RepostOf, "repost_id"),
        (Field::ReplyTo, "reply_id"),
        (Field::Text, "message"),
        (Field::Time, "timestamp"),
        (Field::Links, "urls"),
    ],
    dialect: Dialect { lists: ListStyle::Space, platform: "x", ..Dialect::PLAIN },
    extra: &[],
    mend: unchanged,
};
