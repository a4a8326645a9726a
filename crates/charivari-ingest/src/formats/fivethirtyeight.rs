//! Posts of the Internet Research Agency as FiveThirtyEight published them.
//!
//! **What it is.** CSV files of posts that Darren Linvill and Patrick Warren of Clemson University
//! collected, published in July 2018; a later release added the posts' ids and links.
//!
//! **How it is recognised.** `external_author_id`, `author`, `content`, `publish_date`,
//! `harvested_date` and `account_category`.
//!
//! **Fields.** The account is `author`, the handle, as the ids in `external_author_id` are rounded
//! or missing for some. A `post_type` of `RETWEET` or `R` is a repost; `QUOTE_TWEET` or `Q` is
//! none, though `retweet` counts it as one. Links are `tco1_step1` to `tco3_step1`, which are
//! expanded, and those in the text that are not their short forms. `following` and `followers` give
//! an account; `updates` counts more than posts and is not read.
//!
//! **Traps.** Times name no zone and are in UTC: those of the later release are, to the minute, the
//! times that the posts' ids carry. They are written month first (`10/1/2017 19:58`) or as ISO
//! 8601. The first release has no ids of posts: equal posts of an account in one minute become one.
//! Nothing says which post a repost passes on.
//!
//! **Source.** The readme of the data set `russian-troll-tweets`, and its files.

use super::Certainty;
use super::sheet::{Extra, Sheet, add_links_of_text};
use crate::field::Field;
use crate::lists::ListStyle;
use crate::options::DateOrder;
use crate::post::Post;
use crate::rows::Rows;
use crate::table::Dialect;

/// See the module's documentation.
pub(super) static FIVE_THIRTY_EIGHT: Sheet = Sheet {
    id: "fivethirtyeight-ira",
    title: "Internet Research Agency posts (FiveThirtyEight)",
    certainty: Certainty::Sure,
    signature: &[
        "external_author_id",
        "author",
        "content",
        "publish_date",
        "harvested_date",
        "account_category",
    ],
    columns: &[
        (Field::Post, "tweet_id"),
        (Field::Account, "author"),
        (Field::Handle, "author"),
        (Field::Time, "publish_date"),
        (Field::Observed, "harvested_date"),
        (Field::Text, "content"),
        (Field::Language, "language"),
        (Field::IsRepost, "retweet"),
        (Field::Links, "tco1_step1"),
        (Field::Links, "tco2_step1"),
        (Field::Links, "tco3_step1"),
        (Field::Url, "article_url"),
        (Field::Followers, "followers"),
        (Field::Following, "following"),
    ],
    dialect: Dialect {
        // Each cell holds one link, which may have commas.
        lists: ListStyle::Brackets,
        utc: true,
        order: Some(DateOrder::MonthFirst),
        platform: "x",
        ids_may_be_made: true,
        ..Dialect::PLAIN
    },
    extra: &["post_type"],
    mend,
};

fn mend<'a>(post: &mut Post<'a>, extra: &Extra<'a, '_>, rows: &Rows<'_>) {
    match extra.text(0).as_deref() {
        Some("RETWEET" | "R") => post.is_repost = true,
        Some("QUOTE_TWEET" | "Q") => post.is_repost = false,
        _ => {}
    }
    let expanded = post.links.as_ref().is_some_and(|links| !links.is_empty());
    add_links_of_text(post, rows, if expanded { is_no_short_form } else { |_| true });
}

fn is_no_short_form(link: &str) -> bool {
    !["https://t.co/", "http://t.co/", "t.co/"].iter().any(|short| link.starts_with(short))
}
