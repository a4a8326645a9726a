//! The tables that travel between crates, column by column.
//!
//! A schema is stable: columns are added at the end, and a column never changes its meaning.
//! Null means "the source does not say", never zero and never the empty string.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};

/// The version written beside every table; it changes when a column changes its meaning.
pub const VERSION: &str = "1";

/// The type of every instant: microseconds since the epoch, in UTC.
pub fn instant() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// A list of texts.
pub fn texts() -> DataType {
    DataType::List(Arc::new(Field::new("item", DataType::Utf8, false)))
}

/// Canonical posts: one row a post, whatever the platform.
///
/// | column | meaning |
/// |---|---|
/// | `platform` | the platform's short name, such as `x`, `telegram` or `bluesky` |
/// | `post_id`, `account_id` | native ids, kept as text |
/// | `handle`, `name` | the account's handle and display name when the post was read |
/// | `time` | when the post was made |
/// | `observed` | when a collector saw it, where the source says so |
/// | `text`, `language` | the text as posted; the language that the platform gave |
/// | `repost_of`, `repost_of_account` | the reposted post and its author |
/// | `is_repost` | whether the post only passes another on |
/// | `quote_of`, `quote_of_account` | the quoted post and its author |
/// | `reply_to`, `reply_to_account` | the post answered and its author |
/// | `thread_id` | the conversation, chat or thread |
/// | `hashtags`, `links`, `mentions`, `media` | what the post carries, as the source gives it |
/// | `client` | the program that posted |
/// | `url` | the post's own address |
/// | `likes`, `reposts`, `replies`, `views` | counts when the post was read |
/// | `input`, `row` | the evidence: which input, and the row in it |
pub fn posts() -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let count = |name: &str| Field::new(name, DataType::Int64, true);
    Arc::new(Schema::new(vec![
        Field::new("platform", DataType::Utf8, false),
        Field::new("post_id", DataType::Utf8, false),
        Field::new("account_id", DataType::Utf8, false),
        text("handle"),
        text("name"),
        Field::new("time", instant(), false),
        Field::new("observed", instant(), true),
        text("text"),
        text("language"),
        text("repost_of"),
        text("repost_of_account"),
        Field::new("is_repost", DataType::Boolean, false),
        text("quote_of"),
        text("quote_of_account"),
        text("reply_to"),
        text("reply_to_account"),
        text("thread_id"),
        Field::new("hashtags", texts(), true),
        Field::new("links", texts(), true),
        Field::new("mentions", texts(), true),
        Field::new("media", texts(), true),
        text("client"),
        text("url"),
        count("likes"),
        count("reposts"),
        count("replies"),
        count("views"),
        Field::new("input", DataType::UInt32, false),
        Field::new("row", DataType::UInt64, false),
    ]))
}

/// The key of a file's metadata whose value names the rule by which [`text_keys`] were made.
pub const TEXT_RULE_KEY: &str = "charivari.text_rule";

/// Columns that may stand behind those of [`posts`]: what every run would otherwise compute again.
/// They hold only under the rule that the file names; under any other they are computed anew.
///
/// | column | meaning |
/// |---|---|
/// | `text_digest` | the first 16 bytes of the SHA-256 of the normalised text; null where `text` is |
/// | `text_significant` | how many letters and digits the normalised text has |
pub fn text_keys() -> [Field; 2] {
    [
        Field::new("text_digest", DataType::FixedSizeBinary(16), true),
        Field::new("text_significant", DataType::UInt32, true),
    ]
}

/// Canonical accounts: one row an account as one export describes it.
///
/// Counts are as of the export; `created` is when the platform says the account was made.
pub fn accounts() -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let count = |name: &str| Field::new(name, DataType::Int64, true);
    Arc::new(Schema::new(vec![
        Field::new("platform", DataType::Utf8, false),
        Field::new("account_id", DataType::Utf8, false),
        text("handle"),
        text("name"),
        text("description"),
        text("location"),
        text("language"),
        text("link"),
        text("picture"),
        Field::new("created", instant(), true),
        count("followers"),
        count("following"),
        count("posts"),
        Field::new("verified", DataType::Boolean, true),
        Field::new("input", DataType::UInt32, false),
        Field::new("row", DataType::UInt64, false),
    ]))
}

/// Traces: one account touched one object once. Ids are native and taken as given.
///
/// `behaviour` is null where the source does not name it.
pub fn traces() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("behaviour", DataType::Utf8, true),
        Field::new("object_id", DataType::Utf8, false),
        Field::new("account_id", DataType::Utf8, false),
        Field::new("post_id", DataType::Utf8, false),
        Field::new("time", instant(), false),
        Field::new("input", DataType::UInt32, false),
        Field::new("row", DataType::UInt64, false),
    ]))
}
