//! A video as TikTok's own pages hand it to the browser, where Zeeschuimer keeps it.

use std::borrow::Cow;

use serde_json::Value;

use crate::json;
use crate::post::{Account, Post, Str};
use crate::rows::{Fault, Rows};

/// The platform's short name.
pub(in crate::formats) const PLATFORM: &str = "tiktok";

/// The post that `video` is.
///
/// The account is the username, as it is in all other sources. The author is an object in what the
/// pages fetch, and a name in what is built into them.
pub(in crate::formats) fn post<'a>(
    video: &'a Value,
    rows: &mut Rows<'_>,
) -> Result<Post<'a>, Fault> {
    let author = match json::at(video, "author") {
        Some(Value::String(name)) => Some(Cow::Borrowed(name.as_str())),
        _ => json::first_id(video, &["author.uniqueId", "author.unique_id"])?,
    };
    let tags = json::list(video, "textExtra").iter();
    let hashtags = tags.clone().filter_map(|tag| json::str(tag, "hashtagName"));
    let mentions = tags.filter_map(|tag| json::str(tag, "userUniqueId"));
    let url = author.as_ref().zip(json::word(video, "id"));
    let count = |stat: &str| json::count(video, &format!("stats.{stat}"));
    Ok(Post {
        platform: Cow::Borrowed(PLATFORM),
        id: json::id(video, "id")?.unwrap_or_default(),
        handle: author.clone(),
        name: json::first(video, &["author.nickname", "nickname"])
            .and_then(|(_, name)| json::word_of(name)),
        url: url
            .map(|(author, id)| Cow::Owned(format!("https://www.tiktok.com/@{author}/video/{id}"))),
        account: author.unwrap_or_default(),
        time: json::time(video, "createTime", rows)?,
        text: json::text(video, "desc")?,
        language: json::word(video, "textLanguage"),
        hashtags: Some(some(hashtags)),
        links: Some(Vec::new()),
        mentions: Some(some(mentions)),
        media: Some(sound(video, "music.id")),
        likes: count("diggCount"),
        reposts: count("shareCount"),
        replies: count("commentCount"),
        views: count("playCount"),
        ..Post::default()
    })
}

/// The account of the author of `video`.
pub(in crate::formats) fn account(video: &Value) -> Option<Account<'_>> {
    let author = json::at(video, "author")?;
    Some(Account {
        platform: Cow::Borrowed(PLATFORM),
        id: json::word(author, "uniqueId")?,
        handle: json::word(author, "uniqueId"),
        name: json::word(author, "nickname"),
        description: json::word(author, "signature"),
        picture: json::word(author, "avatarThumb"),
        followers: json::count(video, "authorStats.followerCount"),
        following: json::count(video, "authorStats.followingCount"),
        posts: json::count(video, "authorStats.videoCount"),
        verified: json::flag(author, "verified"),
        ..Account::default()
    })
}

/// The sound of a video, `music:<id>`: many videos with one sound are a way of acting together.
pub(in crate::formats) fn sound<'a>(video: &Value, path: &str) -> Vec<Str<'a>> {
    let id = json::word(video, path).filter(|id| id != "0");
    id.map(|id| Cow::Owned(format!("music:{id}"))).into_iter().collect()
}

fn some<'a>(values: impl Iterator<Item = &'a str>) -> Vec<Str<'a>> {
    values.filter(|value| !value.is_empty()).map(Cow::Borrowed).collect()
}
