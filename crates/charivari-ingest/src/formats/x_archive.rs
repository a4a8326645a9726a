//! The archive of information operations that Twitter published until 2021.
//!
//! **What it is.** One CSV of posts and one CSV of accounts for each operation.
//!
//! **How it is recognised.** Posts by `tweetid`, `userid`, `tweet_time` and three more of their 31
//! columns; accounts by five of their ten columns and the lack of `tweetid`.
//!
//! **Fields.** Columns as named; every row of posts describes its author too, which gives an
//! account. `tweet_time` is in UTC by definition, to the minute. Lists are written as Python prints
//! them: `[a, b]`. `user_mentions` holds ids of accounts, not handles.
//!
//! **Traps.** Accounts with few followers were hashed: id, screen name and display name are then
//! the same string, so handle and name are left out. Mirrors that went through a spreadsheet have
//! US dates (`7/3/2018`, month first) and rounded ids (`1.01421E+18`); mirrors that went through a
//! data frame have `nan`. `poll_choices` and coordinates are not read.
//!
//! **Source.** The headers of published files of 2018-2021, and their readme.

use super::sheet::{Extra, Sheet, require};
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::field::Field;
use crate::head::Head;
use crate::lists::ListStyle;
use crate::options::{DateOrder, Options};
use crate::post::Post;
use crate::records::Record;
use crate::rows::{Fault, Rows};
use crate::table::{Columns, Dialect};

const DIALECT: Dialect = Dialect {
    lists: ListStyle::Brackets,
    utc: true,
    order: Some(DateOrder::MonthFirst),
    blanks: &["nan", "NaN", "None", "null"],
    platform: "x",
    ..Dialect::PLAIN
};

/// The posts; see the module's documentation.
pub(super) static POSTS: Sheet = Sheet {
    id: "x-archive-posts",
    title: "X information operations archive, posts",
    certainty: Certainty::Sure,
    signature: &["tweetid", "userid", "tweet_time", "tweet_text", "is_retweet", "retweet_tweetid"],
    columns: &[
        (Field::Post, "tweetid"),
        (Field::Account, "userid"),
        (Field::Handle, "user_screen_name"),
        (Field::Name, "user_display_name"),
        (Field::Time, "tweet_time"),
        (Field::Text, "tweet_text"),
        (Field::Language, "tweet_language"),
        (Field::Client, "tweet_client_name"),
        (Field::IsRepost, "is_retweet"),
        (Field::RepostOf, "retweet_tweetid"),
        (Field::RepostOfAccount, "retweet_userid"),
        (Field::QuoteOf, "quoted_tweet_tweetid"),
        (Field::ReplyTo, "in_reply_to_tweetid"),
        (Field::ReplyToAccount, "in_reply_to_userid"),
        (Field::Hashtags, "hashtags"),
        (Field::Links, "urls"),
        (Field::Mentions, "user_mentions"),
        (Field::Likes, "like_count"),
        (Field::Reposts, "retweet_count"),
        (Field::Replies, "reply_count"),
        (Field::Description, "user_profile_description"),
        (Field::Location, "user_reported_location"),
        (Field::Link, "user_profile_url"),
        (Field::Created, "account_creation_date"),
        (Field::Followers, "follower_count"),
        (Field::Following, "following_count"),
    ],
    dialect: DIALECT,
    extra: &[],
    mend: drop_hashes,
};

/// A name that repeats the hashed id says nothing.
fn drop_hashes<'a>(post: &mut Post<'a>, _: &Extra<'a, '_>, _: &Rows<'_>) {
    let id = &post.account;
    post.handle = post.handle.take().filter(|handle| handle != id);
    post.name = post.name.take().filter(|name| name != id);
}

/// The accounts; see the module's documentation.
pub(super) struct Users;

const USER_COLUMNS: &[(Field, &str)] = &[
    (Field::Account, "userid"),
    (Field::Handle, "user_screen_name"),
    (Field::Name, "user_display_name"),
    (Field::Description, "user_profile_description"),
    (Field::Location, "user_reported_location"),
    (Field::Language, "account_language"),
    (Field::Link, "user_profile_url"),
    (Field::Created, "account_creation_date"),
    (Field::Followers, "follower_count"),
    (Field::Following, "following_count"),
];

impl Format for Users {
    fn id(&self) -> &'static str {
        "x-archive-users"
    }

    fn title(&self) -> &'static str {
        "X information operations archive, accounts"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        let signature = [
            "userid",
            "user_display_name",
            "user_screen_name",
            "account_creation_date",
            "follower_count",
        ];
        let fits =
            head.is_table() && head.has_columns(&signature) && head.column("tweetid").is_none();
        let reason = || format!("it has the columns {}, and no tweetid", signature.join(", "));
        fits.then(|| Recognition::new(Certainty::Sure, reason()))
    }

    fn mapper(&self, name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>> {
        let columns = Columns::named(head, USER_COLUMNS, DIALECT);
        require(&columns, &[Field::Account], name, head)?;
        Ok(Box::new(UserMapper(columns.with_options(options))))
    }
}

struct UserMapper(Columns);

impl Mapper for UserMapper {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Row(row) = record else { return Ok(()) };
        let mut account = self.0.account(row, rows);
        let id = &account.id;
        account.handle = account.handle.take().filter(|handle| handle != id);
        account.name = account.name.take().filter(|name| name != id);
        rows.account(&account)
    }

    fn columns(&self) -> Option<Vec<usize>> {
        Some(self.0.places().collect())
    }
}
