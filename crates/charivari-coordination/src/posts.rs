//! Posts as behaviours see them: one row of the posts table, without copies.

use arrow_array::cast::AsArray;
use arrow_array::types::{TimestampMicrosecondType, UInt32Type};
use arrow_array::{
    Array, BooleanArray, FixedSizeBinaryArray, ListArray, PrimitiveArray, RecordBatch, StringArray,
};
use charivari_text::address::{Canonical, canonical_url};

use crate::error::Error;

/// One post. An absent text is the empty text here: behaviours treat both alike.
#[derive(Clone, Debug, Default)]
pub struct Post<'a> {
    /// The platform's short name.
    pub platform: &'a str,
    /// The native id.
    pub id: &'a str,
    /// The native id of the account.
    pub account: &'a str,
    /// The account's handle.
    pub handle: &'a str,
    /// When it was posted, in microseconds since the epoch.
    pub time: i64,
    /// Whether it only passes another post on.
    pub is_repost: bool,
    /// The text; empty where only its digest was kept.
    pub text: &'a str,
    /// The digest of the normalised text and how many letters and digits it has, where they are
    /// known already.
    pub text_key: Option<(&'a [u8], u32)>,
    /// The native id of the reposted post.
    pub repost_of: &'a str,
    /// The native id of the post answered.
    pub reply_to: &'a str,
    /// The account answered.
    pub reply_to_account: &'a str,
    /// Hashtags as the source gives them.
    pub hashtags: Vec<&'a str>,
    /// Links as the source gives them.
    pub links: Vec<&'a str>,
    /// Those of the links that are web addresses, in canonical form.
    pub addresses: Vec<Canonical>,
    /// Mentioned accounts as the source gives them.
    pub mentions: Vec<&'a str>,
    /// Attachments by id or digest.
    pub media: Vec<&'a str>,
}

/// The columns of a batch of posts that behaviours read; a column that is not there is empty.
pub(crate) struct Columns<'a> {
    platform: &'a StringArray,
    id: &'a StringArray,
    account: &'a StringArray,
    time: &'a PrimitiveArray<TimestampMicrosecondType>,
    handle: Option<&'a StringArray>,
    is_repost: Option<&'a BooleanArray>,
    text: Option<&'a StringArray>,
    text_keys: Option<(&'a FixedSizeBinaryArray, &'a PrimitiveArray<UInt32Type>)>,
    repost_of: Option<&'a StringArray>,
    reply_to: Option<&'a StringArray>,
    reply_to_account: Option<&'a StringArray>,
    hashtags: Option<&'a ListArray>,
    links: Option<&'a ListArray>,
    mentions: Option<&'a ListArray>,
    media: Option<&'a ListArray>,
}

impl<'a> Columns<'a> {
    /// The columns of `batch`, which has the schema of posts or a part of it.
    ///
    /// # Errors
    /// `E0411` where a column without which nothing can be done is missing.
    pub(crate) fn of(batch: &'a RecordBatch) -> Result<Self, Error> {
        let text =
            |name: &str| batch.column_by_name(name).and_then(|column| column.as_string_opt());
        let list = |name: &str| batch.column_by_name(name).and_then(|column| column.as_list_opt());
        let missing = |column: &'static str| Error::Column { table: "posts", column };
        let digests = batch
            .column_by_name("text_digest")
            .and_then(|column| column.as_fixed_size_binary_opt())
            .filter(|digests| digests.value_length() == 16);
        let significant =
            batch.column_by_name("text_significant").and_then(|column| column.as_primitive_opt());
        let time = batch.column_by_name("time").and_then(|column| column.as_primitive_opt());
        Ok(Self {
            platform: text("platform").ok_or_else(|| missing("platform"))?,
            id: text("post_id").ok_or_else(|| missing("post_id"))?,
            account: text("account_id").ok_or_else(|| missing("account_id"))?,
            time: time.ok_or_else(|| missing("time"))?,
            handle: text("handle"),
            is_repost: batch.column_by_name("is_repost").and_then(|column| column.as_boolean_opt()),
            text: text("text"),
            text_keys: digests.zip(significant),
            repost_of: text("repost_of"),
            reply_to: text("reply_to"),
            reply_to_account: text("reply_to_account"),
            hashtags: list("hashtags"),
            links: list("links"),
            mentions: list("mentions"),
            media: list("media"),
        })
    }

    /// Reads row `row` into `post`, whose lists are used again.
    pub(crate) fn read(&self, row: usize, post: &mut Post<'a>) {
        post.platform = self.platform.value(row);
        post.id = self.id.value(row);
        post.account = self.account.value(row);
        post.time = self.time.value(row);
        post.handle = value(self.handle, row);
        post.is_repost = self.is_repost.is_some_and(|column| column.value(row));
        post.text = value(self.text, row);
        post.text_key = self.text_keys.and_then(|(digests, significant)| {
            let is_known = digests.is_valid(row) && significant.is_valid(row);
            is_known.then(|| (digests.value(row), significant.value(row)))
        });
        post.repost_of = value(self.repost_of, row);
        post.reply_to = value(self.reply_to, row);
        post.reply_to_account = value(self.reply_to_account, row);
        values(self.hashtags, row, &mut post.hashtags);
        values(self.links, row, &mut post.links);
        post.addresses.clear();
        post.addresses.extend(post.links.iter().filter_map(|link| canonical_url(link)));
        values(self.mentions, row, &mut post.mentions);
        values(self.media, row, &mut post.media);
    }
}

fn value(column: Option<&StringArray>, row: usize) -> &str {
    match column {
        Some(column) if column.is_valid(row) => column.value(row),
        _ => "",
    }
}

fn values<'a>(column: Option<&'a ListArray>, row: usize, out: &mut Vec<&'a str>) {
    out.clear();
    let Some(column) = column else { return };
    let Some(texts) = column.values().as_string_opt::<i32>() else { return };
    if column.is_null(row) {
        return;
    }
    let offsets = column.value_offsets();
    let (Ok(from), Ok(to)) = (usize::try_from(offsets[row]), usize::try_from(offsets[row + 1]))
    else {
        return;
    };
    out.extend((from..to).map(|at| texts.value(at)));
}

/// A post that carries something for every behaviour.
#[cfg(test)]
pub(crate) fn test_post() -> Post<'static> {
    Post {
        platform: "x",
        id: "42",
        account: "7",
        time: 1_673_000_000_000_000,
        text: "The files are out, read them now @Bob https://t.co/abc #Alpha #beta #Gamma",
        reply_to: "41",
        hashtags: vec!["#Alpha", "beta", "Gamma"],
        links: vec!["http://www.news.example.org/a?utm_source=x"],
        mentions: vec!["@Bob"],
        addresses: canonical_url("http://www.news.example.org/a?utm_source=x")
            .into_iter()
            .collect(),
        media: vec!["m1"],
        ..Post::default()
    }
}
