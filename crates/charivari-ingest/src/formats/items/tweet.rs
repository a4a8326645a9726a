//! A tweet as X API v2 gives it, alone or with what it refers to in it or beside it.
//!
//! Referenced tweets, users and media stand in the page's `includes`, or were put into the tweet:
//! as `author` and into `referenced_tweets` by twarc, as `author_user` by 4CAT.

use std::borrow::Cow;
use std::collections::BTreeMap;

use charivari_model::Timestamp;
use serde_json::Value;

use crate::json;
use crate::post::{Account, Post, Str};
use crate::rows::{Fault, Note, Rows};

/// The platform's short name.
pub(in crate::formats) const PLATFORM: &str = "x";

/// When the clock in tweet ids began, in milliseconds since 1970.
const SNOWFLAKE_EPOCH_MS: u64 = 1_288_834_974_657;

/// The first id with a clock in it; earlier ones were counted up.
const FIRST_SNOWFLAKE: u64 = 29_700_859_247;

/// Where an author that was put into the tweet stands.
const AUTHORS: [&str; 2] = ["author", "author_user"];

/// What a page has beside its tweets, by id.
#[derive(Default)]
pub(in crate::formats) struct Includes<'a> {
    tweets: BTreeMap<Str<'a>, &'a Value>,
    users: BTreeMap<Str<'a>, &'a Value>,
}

impl<'a> Includes<'a> {
    /// What `page` includes.
    pub(in crate::formats) fn of(page: &'a Value) -> Self {
        let by_id = |path| {
            let items = json::list(page, path).iter();
            items.filter_map(|item| Some((json::word(item, "id")?, item))).collect()
        };
        Self { tweets: by_id("includes.tweets"), users: by_id("includes.users") }
    }
}

/// The post that `tweet` is.
pub(in crate::formats) fn post<'a>(
    tweet: &'a Value,
    includes: &Includes<'a>,
    rows: &mut Rows<'_>,
) -> Result<Post<'a>, Fault> {
    let id = json::id(tweet, "id")?.unwrap_or_default();
    let account = author_id(tweet)?.unwrap_or_default();
    let author = author(tweet).or_else(|| includes.users.get(&account).copied());
    let retweeted = reference(tweet, "retweeted", includes)?;
    let quoted = reference(tweet, "quoted", includes)?;
    let answered = reference(tweet, "replied_to", includes)?;
    // The text of a retweet is cut, and its entities with it: the original has the whole.
    let source = retweeted.tweet.unwrap_or(tweet);
    let note = json::at(source, "note_tweet");
    let text = whole_text(source)?;
    if retweeted.id.is_some() && retweeted.tweet.is_none() && is_cut(text.as_deref()) {
        rows.note(Note::TruncatedText);
    }
    let entities =
        note.and_then(|note| json::at(note, "entities")).or_else(|| json::at(source, "entities"));
    let time = match json::time(tweet, "created_at", rows)? {
        Some(time) => Some(time),
        None => time_in(&id).inspect(|_| rows.note(Note::TimeFromId)),
    };
    let count = |name| json::at(tweet, "public_metrics").and_then(|m| json::count(m, name));
    Ok(Post {
        platform: Cow::Borrowed(PLATFORM),
        id,
        account,
        handle: author.and_then(|author| json::word(author, "username")),
        name: author.and_then(|author| json::word(author, "name")),
        time,
        text,
        language: json::word(tweet, "lang"),
        is_repost: retweeted.id.is_some(),
        repost_of: retweeted.id,
        repost_of_account: retweeted.account,
        quote_of: quoted.id,
        quote_of_account: quoted.account,
        reply_to: answered.id,
        reply_to_account: json::id(tweet, "in_reply_to_user_id")?.or(answered.account),
        thread_id: json::word(tweet, "conversation_id"),
        hashtags: entities.map(|entities| json::words(entities, "hashtags", "tag")),
        links: entities.map(links),
        mentions: entities.map(|entities| json::words(entities, "mentions", "username")),
        media: Some(media(tweet)).filter(|media| !media.is_empty()).or(Some(media(source))),
        client: json::word(tweet, "source"),
        likes: count("like_count"),
        reposts: count("retweet_count"),
        replies: count("reply_count"),
        views: count("impression_count"),
        ..Post::default()
    })
}

/// The account that `user` describes.
pub(in crate::formats) fn account<'a>(
    user: &'a Value,
    rows: &mut Rows<'_>,
) -> Result<Account<'a>, Fault> {
    let entities = json::list(user, "entities.url.urls");
    let link = entities.first().and_then(|url| json::word(url, "expanded_url"));
    let count = |name| json::at(user, "public_metrics").and_then(|m| json::count(m, name));
    Ok(Account {
        platform: Cow::Borrowed(PLATFORM),
        id: json::id(user, "id")?.unwrap_or_default(),
        handle: json::word(user, "username"),
        name: json::word(user, "name"),
        description: json::word(user, "description"),
        location: json::word(user, "location"),
        language: None,
        link: link.or_else(|| json::word(user, "url")),
        picture: json::word(user, "profile_image_url"),
        created: json::maybe_time(user, "created_at", rows),
        followers: count("followers_count"),
        following: count("following_count"),
        posts: count("tweet_count"),
        verified: json::flag(user, "verified"),
    })
}

/// The author that was put into `tweet`.
pub(in crate::formats) fn author(tweet: &Value) -> Option<&Value> {
    json::first(tweet, &AUTHORS).map(|(_, author)| author).filter(|author| author.is_object())
}

fn author_id(tweet: &Value) -> Result<Option<Str<'_>>, Fault> {
    json::first_id(tweet, &["author_id", "author.id", "author_user.id"])
}

/// A tweet that another refers to, as far as it is known.
#[derive(Default)]
struct Reference<'a> {
    id: Option<Str<'a>>,
    account: Option<Str<'a>>,
    tweet: Option<&'a Value>,
}

fn reference<'a>(
    tweet: &'a Value,
    kind: &str,
    includes: &Includes<'a>,
) -> Result<Reference<'a>, Fault> {
    let mut references = json::list(tweet, "referenced_tweets").iter();
    let Some(found) = references.find(|item| json::str(item, "type") == Some(kind)) else {
        return Ok(Reference::default());
    };
    let Some(id) = json::id(found, "id")? else { return Ok(Reference::default()) };
    let inside = json::at(found, "text").map(|_| found);
    let tweet = inside.or_else(|| includes.tweets.get(&id).copied());
    let account = tweet.and_then(|tweet| author_id(tweet).ok().flatten());
    Ok(Reference { id: Some(id), account, tweet })
}

/// The whole text: that of a long tweet stands in its note.
fn whole_text(tweet: &Value) -> Result<Option<Str<'_>>, Fault> {
    match json::text(tweet, "note_tweet.text")? {
        Some(text) => Ok(Some(text)),
        None => json::text(tweet, "text"),
    }
}

fn is_cut(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.trim_end().ends_with('…'))
}

/// Where links lead, as far as X resolved them; links to a tweet's own pictures are none.
fn links(entities: &Value) -> Vec<Str<'_>> {
    let urls = json::list(entities, "urls").iter();
    urls.filter(|url| json::at(url, "media_key").is_none())
        .filter_map(|url| {
            ["unwound_url", "expanded_url", "url"].iter().find_map(|key| json::str(url, key))
        })
        .map(Cow::from)
        .collect()
}

/// The keys of pictures and films: one that is used again keeps its key.
fn media(tweet: &Value) -> Vec<Str<'_>> {
    let keys = json::list(tweet, "attachments.media_keys").iter();
    let keys: Vec<_> = keys.filter_map(media_key).collect();
    if keys.is_empty() { json::words(tweet, "attachments.media", "media_key") } else { keys }
}

/// 4CAT puts the whole object in the place of its key.
fn media_key(value: &Value) -> Option<Str<'_>> {
    json::word_of(value).or_else(|| json::word(value, "media_key"))
}

/// The time in a tweet's id, in whole milliseconds.
fn time_in(id: &str) -> Option<Timestamp> {
    let id: u64 = id.parse().ok()?;
    if id < FIRST_SNOWFLAKE {
        return None;
    }
    let micros = ((id >> 22) + SNOWFLAKE_EPOCH_MS).checked_mul(1_000)?;
    i64::try_from(micros).ok().map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::time_in;

    #[test]
    fn ids_hold_their_time() {
        for (id, time) in [
            ("20", None),
            ("not an id", None),
            ("1212092628029698048", Some("2019-12-31T19:26:16.771Z")),
            ("18446744073709551615", Some("2150-03-18T09:18:05.76Z")),
        ] {
            let met = time_in(id).map(|time| time.to_string());
            assert_eq!(met.as_deref(), time, "{id}");
        }
    }
}
