//! A tweet as X's own pages hand it to the browser: the field `legacy` and what stands around it.

use std::borrow::Cow;

use serde_json::Value;

use super::html;
use super::tweet::PLATFORM;
use crate::json;
use crate::post::{Account, Post, Str};
use crate::rows::{Fault, Rows};

/// Where the author stands: in today's answers, and in those of 2023.
const USERS: [&str; 2] = ["core.user_results.result", "user"];

/// The post that `tweet` is.
pub(in crate::formats) fn post<'a>(
    tweet: &'a Value,
    rows: &mut Rows<'_>,
) -> Result<Post<'a>, Fault> {
    let tweet = inner(tweet);
    if json::at(tweet, "legacy").is_none() {
        return Err(json::other_kind("legacy", "a tweet that is withheld or gone"));
    }
    let user = user(tweet);
    let original = json::at(tweet, "legacy.retweeted_status_result.result").map(inner);
    // The text of a retweet is cut, and its entities with it: the original has the whole.
    let source = original.filter(|tweet| json::at(tweet, "legacy").is_some()).unwrap_or(tweet);
    let note = json::at(source, "note_tweet.note_tweet_results.result");
    let text = match note {
        Some(note) => json::text(note, "text")?,
        None => json::text(source, "legacy.full_text")?,
    };
    let entities = note.and_then(|note| json::at(note, "entity_set"));
    let entities = entities.or_else(|| json::at(source, "legacy.entities"));
    let quoted = json::at(tweet, "quoted_status_result.result").map(inner);
    let count = |name: &str| json::count(tweet, &format!("legacy.{name}"));
    Ok(Post {
        platform: Cow::Borrowed(PLATFORM),
        id: tweet_id(tweet)?.unwrap_or_default(),
        account: author(tweet)?.unwrap_or_default(),
        handle: user.and_then(|user| either(user, "screen_name")),
        name: user.and_then(|user| either(user, "name")),
        time: json::time(tweet, "legacy.created_at", rows)?,
        text,
        language: json::word(tweet, "legacy.lang"),
        is_repost: original.is_some(),
        repost_of: original.map_or(Ok(None), tweet_id)?,
        repost_of_account: original.map_or(Ok(None), author)?,
        quote_of: match json::id(tweet, "legacy.quoted_status_id_str")? {
            Some(id) => Some(id),
            None => quoted.map_or(Ok(None), tweet_id)?,
        },
        quote_of_account: quoted.map_or(Ok(None), author)?,
        reply_to: json::id(tweet, "legacy.in_reply_to_status_id_str")?,
        reply_to_account: json::id(tweet, "legacy.in_reply_to_user_id_str")?,
        thread_id: json::word(tweet, "legacy.conversation_id_str"),
        hashtags: entities.map(|entities| json::words(entities, "hashtags", "text")),
        links: entities.map(links),
        mentions: entities.map(|entities| json::words(entities, "user_mentions", "screen_name")),
        media: Some(media(source)),
        client: json::first(tweet, &["source", "legacy.source"])
            .and_then(|(_, source)| source.as_str())
            .map(|source| Cow::Owned(html::plain(source).text)),
        likes: count("favorite_count"),
        reposts: count("retweet_count"),
        replies: count("reply_count"),
        views: json::first_count(tweet, &["views.count", "ext_views.count"]),
        ..Post::default()
    })
}

/// The account that wrote `tweet`, as far as it is described there.
pub(in crate::formats) fn account<'a>(
    tweet: &'a Value,
    rows: &mut Rows<'_>,
) -> Option<Account<'a>> {
    let user = user(inner(tweet))?;
    let (_, id) = json::first(user, &["rest_id", "id_str"])?;
    let word = |name: &str| either(user, name);
    let count = |name: &str| json::first_count(user, &[&format!("legacy.{name}"), name]);
    let (_, created) = json::first(user, &["core.created_at", "legacy.created_at", "created_at"])?;
    let created = serde_json::json!({ "created_at": created });
    Some(Account {
        platform: Cow::Borrowed(PLATFORM),
        id: json::word_of(id)?,
        handle: word("screen_name"),
        name: word("name"),
        description: word("description"),
        location: word("location"),
        link: word("url"),
        picture: word("profile_image_url_https"),
        created: json::maybe_time(&created, "created_at", rows),
        followers: count("followers_count"),
        following: count("friends_count"),
        posts: count("statuses_count"),
        verified: json::flag(user, "is_blue_verified").or_else(|| json::flag(user, "verified")),
        ..Account::default()
    })
}

/// Tweets with a warning or for subscribers have the tweet one level deeper.
fn inner(tweet: &Value) -> &Value {
    json::at(tweet, "tweet").filter(|tweet| tweet.is_object()).unwrap_or(tweet)
}

fn user(tweet: &Value) -> Option<&Value> {
    json::first(tweet, &USERS).map(|(_, user)| user).filter(|user| user.is_object())
}

/// Names moved from `legacy` to `core` in 2025, and stood by themselves before.
fn either<'a>(user: &'a Value, name: &str) -> Option<Str<'a>> {
    ["core.", "legacy.", ""].iter().find_map(|part| json::word(user, &format!("{part}{name}")))
}

fn tweet_id(tweet: &Value) -> Result<Option<Str<'_>>, Fault> {
    json::first_id(tweet, &["rest_id", "legacy.id_str"])
}

fn author(tweet: &Value) -> Result<Option<Str<'_>>, Fault> {
    let paths = ["legacy.user_id_str", "core.user_results.result.rest_id", "user.id_str"];
    json::first_id(tweet, &paths)
}

fn links(entities: &Value) -> Vec<Str<'_>> {
    let urls = json::list(entities, "urls").iter();
    urls.filter_map(|url| json::str(url, "expanded_url").or_else(|| json::str(url, "url")))
        .map(Cow::Borrowed)
        .collect()
}

/// The keys of pictures and films: one that is used again keeps its key.
fn media(tweet: &Value) -> Vec<Str<'_>> {
    let (_, Some(items)) =
        json::first(tweet, &["legacy.extended_entities.media", "legacy.entities.media"])
            .map_or(("", None), |(path, items)| (path, items.as_array()))
    else {
        return Vec::new();
    };
    let key = |item| json::word(item, "media_key").or_else(|| json::word(item, "id_str"));
    items.iter().filter_map(key).collect()
}
