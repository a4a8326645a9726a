//! CSV exports of 4CAT, for posts of X, Bluesky, TikTok, Instagram and Facebook, and the least
//! that 4CAT asks of a table of its users' own.
//!
//! **What it is.** One row a post. Each data source has columns of its own beside `id`,
//! `thread_id`, `author`, `body` and `timestamp`. Telegram has a file of its own,
//! [`super::fourcat_telegram`].
//!
//! **How it is recognised.** Each platform by columns that only its data source has; anything else
//! by the five common columns.
//!
//! **Fields.** `unix_timestamp` goes before `timestamp`, which names no zone. The account is
//! `author_id` where there is one, else `author`, which is the handle. X: images and videos are
//! media. Bluesky: `id` is the post's at-uri and `author_id` the DID; images carry their content's
//! hash in their address. TikTok and Instagram: pictures and videos have addresses that expire
//! and differ for each reader, so they are not read as media. Facebook: the thread is the group.
//!
//! **Traps.** X and Bluesky: hashtags, links, mentions and media have passed through Python sets,
//! so their order means nothing and differs from one export of the same posts to the next; they are
//! sorted, and a sequence of hashtags is only their set. X: the ids of the posts retweeted, quoted
//! and answered are not in the CSV, only handles: reposts of one post cannot be told together;
//! import the NDJSON of the same data set for them. Bluesky: posts that are quoted or answered are
//! given as addresses with the handle of the day; only an address with a DID becomes an at-uri.
//! `VIEWER BLOCKED BY AUTHOR`, `DELETED` and `REMOVED BY AUTHOR` stand for quoted posts that are
//! not there, `N/A` for no language. Instagram: an item that was only seen in a grid has 0 as its
//! time and is set aside; co-authors and tagged people are not read. A count that was missing at
//! the source is exported as 0, which cannot be told from none.
//!
//! **Source.** The `map_item` functions of 4CAT's data sources as of August 2026, and
//! `import_formats.py`.

use std::borrow::Cow;

use charivari_model::Timestamp;

use super::Certainty;
use super::sheet::{Extra, Sheet};
use crate::field::Field;
use crate::lists::ListStyle;
use crate::post::{Post, Str};
use crate::rows::Rows;
use crate::table::Dialect;

const DIALECT: Dialect = Dialect { lists: ListStyle::Comma, utc: true, ..Dialect::PLAIN };

/// Posts of X.
pub(super) static X: Sheet = Sheet {
    id: "4cat-x",
    title: "4CAT export of X posts",
    certainty: Certainty::Sure,
    signature: &[
        "id",
        "thread_id",
        "author",
        "body",
        "timestamp",
        "author_fullname",
        "is_retweet",
        "retweeted_user",
    ],
    columns: &[
        (Field::Post, "id"),
        (Field::Thread, "thread_id"),
        (Field::Time, "unix_timestamp"),
        (Field::Time, "timestamp"),
        (Field::Url, "link"),
        (Field::Text, "body"),
        (Field::Account, "author_id"),
        (Field::Account, "author"),
        (Field::Handle, "author"),
        (Field::Name, "author_fullname"),
        (Field::Client, "source"),
        (Field::Language, "language_guess"),
        (Field::Views, "impression_count"),
        (Field::Reposts, "retweet_count"),
        (Field::Likes, "like_count"),
        (Field::Replies, "reply_count"),
        (Field::IsRepost, "is_retweet"),
        (Field::RepostOfAccount, "retweeted_user"),
        (Field::QuoteOfAccount, "quoted_user"),
        (Field::ReplyToAccount, "replied_user"),
        (Field::Hashtags, "hashtags"),
        (Field::Links, "urls"),
        (Field::Mentions, "mentions"),
        (Field::Media, "images"),
        (Field::Media, "videos"),
        (Field::Followers, "author_followers"),
    ],
    dialect: Dialect { platform: "x", unordered: true, ..DIALECT },
    extra: &[],
    mend: drop_placeholder_time,
};

/// Posts of Bluesky.
pub(super) static BLUESKY: Sheet = Sheet {
    id: "4cat-bluesky",
    title: "4CAT export of Bluesky posts",
    certainty: Certainty::Sure,
    signature: &[
        "id",
        "thread_id",
        "author",
        "author_id",
        "body",
        "timestamp",
        "quoted_post",
        "replied_to_post",
        "author_profile",
    ],
    columns: &[
        (Field::Post, "id"),
        (Field::Thread, "thread_id"),
        (Field::Time, "timestamp"),
        (Field::Time, "created_at"),
        (Field::Observed, "collected_at"),
        (Field::Url, "link"),
        (Field::Text, "body"),
        (Field::Account, "author_id"),
        (Field::Handle, "author"),
        (Field::Name, "author_display_name"),
        (Field::Language, "languages"),
        (Field::Reposts, "repost_count"),
        (Field::Likes, "like_count"),
        (Field::Replies, "reply_count"),
        (Field::QuoteOf, "quoted_post"),
        (Field::QuoteOfAccount, "quoted_user"),
        (Field::ReplyTo, "replied_to_post"),
        (Field::ReplyToAccount, "replied_to_user"),
        (Field::Hashtags, "tags"),
        (Field::Links, "links"),
        (Field::Mentions, "mentions"),
        (Field::Media, "images"),
        (Field::Picture, "author_avatar"),
        (Field::Created, "author_created_at"),
    ],
    dialect: Dialect {
        platform: "bluesky",
        unordered: true,
        blanks: &["N/A", "VIEWER BLOCKED BY AUTHOR", "DELETED", "REMOVED BY AUTHOR"],
        ..DIALECT
    },
    extra: &[],
    mend: mend_bluesky,
};

fn mend_bluesky<'a>(post: &mut Post<'a>, extra: &Extra<'a, '_>, rows: &Rows<'_>) {
    drop_placeholder_time(post, extra, rows);
    post.quote_of = post.quote_of.take().map(at_uri);
    post.reply_to = post.reply_to.take().map(at_uri);
}

/// `https://bsky.app/profile/did:plc:…/post/…` as an at-uri; with a handle it stays as it is.
fn at_uri(address: Str<'_>) -> Str<'_> {
    let parts = address
        .strip_prefix("https://bsky.app/profile/did:")
        .and_then(|rest| rest.split_once("/post/"));
    match parts {
        Some((did, key)) => Cow::Owned(format!("at://did:{did}/app.bsky.feed.post/{key}")),
        None => address,
    }
}

/// Posts of TikTok.
pub(super) static TIKTOK: Sheet = Sheet {
    id: "4cat-tiktok",
    title: "4CAT export of TikTok posts",
    certainty: Certainty::Sure,
    signature: &[
        "id",
        "thread_id",
        "author",
        "body",
        "timestamp",
        "music_id",
        "challenges",
        "tiktok_url",
    ],
    columns: &[
        (Field::Post, "id"),
        (Field::Thread, "thread_id"),
        (Field::Time, "unix_timestamp"),
        (Field::Time, "timestamp"),
        (Field::Url, "tiktok_url"),
        (Field::Text, "body"),
        (Field::Account, "author"),
        (Field::Handle, "author"),
        (Field::Name, "author_full"),
        (Field::Views, "plays"),
        (Field::Reposts, "shares"),
        (Field::Likes, "likes"),
        (Field::Replies, "comments"),
        (Field::Hashtags, "hashtags"),
        (Field::Picture, "author_avatar"),
        (Field::Followers, "author_followers"),
        (Field::Posts, "author_videos"),
    ],
    dialect: Dialect { platform: "tiktok", ..DIALECT },
    extra: &[],
    mend: drop_placeholder_time,
};

/// Posts of Instagram.
pub(super) static INSTAGRAM: Sheet = Sheet {
    id: "4cat-instagram",
    title: "4CAT export of Instagram posts",
    certainty: Certainty::Sure,
    signature: &[
        "id",
        "thread_id",
        "author",
        "body",
        "timestamp",
        "usertags",
        "num_likes",
        "num_comments",
    ],
    columns: &[
        (Field::Post, "id"),
        (Field::Thread, "thread_id"),
        (Field::Time, "unix_timestamp"),
        (Field::Time, "timestamp"),
        (Field::Url, "url"),
        (Field::Text, "body"),
        (Field::Account, "author_id"),
        (Field::Account, "author"),
        (Field::Handle, "author"),
        (Field::Name, "author_fullname"),
        (Field::Views, "play_count"),
        (Field::Likes, "num_likes"),
        (Field::Replies, "num_comments"),
        (Field::Hashtags, "hashtags"),
        (Field::Picture, "author_avatar_url"),
        (Field::Verified, "verified"),
        (Field::Verified, "is_verified"),
    ],
    dialect: Dialect { platform: "instagram", ..DIALECT },
    extra: &["likes_hidden"],
    mend: mend_instagram,
};

fn mend_instagram<'a>(post: &mut Post<'a>, extra: &Extra<'a, '_>, rows: &Rows<'_>) {
    drop_placeholder_time(post, extra, rows);
    if extra.text(0).as_deref() == Some("yes") {
        post.likes = None;
    }
}

/// Posts of Facebook.
pub(super) static FACEBOOK: Sheet = Sheet {
    id: "4cat-facebook",
    title: "4CAT export of Facebook posts",
    certainty: Certainty::Sure,
    signature: &["id", "author", "body", "timestamp", "author_name", "is_in_group", "group_name"],
    columns: &[
        (Field::Post, "id"),
        (Field::Thread, "group_name"),
        (Field::Time, "unix_timestamp"),
        (Field::Time, "timestamp"),
        (Field::Url, "url"),
        (Field::Text, "body"),
        (Field::Account, "author"),
        (Field::Handle, "author"),
        (Field::Name, "author_name"),
        (Field::Media, "image_url"),
        (Field::Media, "video_url"),
    ],
    dialect: Dialect { platform: "facebook", ..DIALECT },
    extra: &[],
    mend: drop_placeholder_time,
};

/// Any other data source, and tables of the users' own.
pub(super) static ANY: Sheet = Sheet {
    id: "4cat",
    title: "4CAT table",
    certainty: Certainty::Likely,
    signature: &["id", "thread_id", "author", "body", "timestamp"],
    columns: &[
        (Field::Post, "id"),
        (Field::Thread, "thread_id"),
        (Field::Time, "unix_timestamp"),
        (Field::Time, "timestamp"),
        (Field::Text, "body"),
        (Field::Account, "author_id"),
        (Field::Account, "author"),
        (Field::Handle, "author"),
        (Field::Name, "author_fullname"),
        (Field::Name, "author_name"),
        (Field::Hashtags, "hashtags"),
        (Field::Links, "urls"),
        (Field::Links, "links"),
        (Field::Mentions, "mentions"),
        (Field::Url, "url"),
        (Field::Url, "link"),
    ],
    // Who made the table is not known, so neither is the zone of its times.
    dialect: Dialect { utc: false, ..DIALECT },
    extra: &[],
    mend: drop_placeholder_time,
};

/// 4CAT writes 0 where the source gave no time.
pub(super) fn drop_placeholder_time<'a>(post: &mut Post<'a>, _: &Extra<'a, '_>, _: &Rows<'_>) {
    post.time = post.time.filter(|time| *time != Timestamp(0));
}
