//! A status as Mastodon's API gives it; Truth Social and Gab have nearly the same object.

use std::borrow::Cow;

use serde_json::Value;

use super::html::{self, Plain};
use crate::json;
use crate::post::{Account, Post, Str};
use crate::rows::{Fault, Rows};

/// Mastodon's short name.
pub(in crate::formats) const MASTODON: &str = "mastodon";

/// How accounts and statuses are known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Keys {
    /// Many instances, each with its own numbers: statuses by `uri`, accounts as `user@host`.
    Federated,
    /// One site: numbers are enough.
    OneSite,
}

/// The post that `status` is on `platform`.
pub(in crate::formats) fn post<'a>(
    status: &'a Value,
    platform: &'static str,
    keys: Keys,
    rows: &mut Rows<'_>,
) -> Result<Post<'a>, Fault> {
    let original = json::at(status, "reblog").filter(|reblog| reblog.is_object());
    // A boost has no content of its own.
    let source = original.unwrap_or(status);
    let content = json::text(source, "content")?;
    let Plain { text, links } = html::plain(content.as_deref().unwrap_or_default());
    let quoted = json::first(status, &["quote.quoted_status", "quote"]).map(|(_, quoted)| quoted);
    let account = json::at(status, "account");
    Ok(Post {
        platform: Cow::Borrowed(platform),
        id: status_key(status, keys)?.unwrap_or_default(),
        account: account
            .map_or(Ok(None), |account| account_key(account, keys))?
            .unwrap_or_default(),
        handle: account.and_then(|account| json::word(account, "acct")),
        name: account.and_then(|account| json::word(account, "display_name")),
        time: json::time(status, "created_at", rows)?,
        language: json::word(source, "language"),
        is_repost: original.is_some(),
        repost_of: original.map_or(Ok(None), |original| status_key(original, keys))?,
        repost_of_account: author(original, keys)?,
        quote_of: match quoted {
            Some(quoted) if quoted.is_object() => status_key(quoted, keys)?,
            _ => json::id(status, "quote_id")?,
        },
        quote_of_account: author(quoted, keys)?,
        reply_to: json::id(status, "in_reply_to_id")?,
        reply_to_account: answered(status, keys)?,
        thread_id: json::word(status, "conversation_id"),
        hashtags: Some(json::words(source, "tags", "name")),
        links: Some(with_card(source, links)),
        mentions: Some(json::words(source, "mentions", "acct")),
        media: Some(json::list(source, "media_attachments").iter().filter_map(media).collect()),
        client: json::word(status, "application.name"),
        url: json::word(status, "url"),
        likes: json::count(source, "favourites_count"),
        reposts: json::count(source, "reblogs_count"),
        replies: json::count(source, "replies_count"),
        text: content.map(|_| Cow::Owned(text)),
        ..Post::default()
    })
}

/// The account that `value` describes.
pub(in crate::formats) fn account<'a>(
    value: &'a Value,
    platform: &'static str,
    keys: Keys,
    rows: &mut Rows<'_>,
) -> Result<Account<'a>, Fault> {
    let note = json::word(value, "note").map(|note| Cow::Owned(html::plain(&note).text));
    Ok(Account {
        platform: Cow::Borrowed(platform),
        id: account_key(value, keys)?.unwrap_or_default(),
        handle: json::word(value, "acct"),
        name: json::word(value, "display_name"),
        description: note,
        location: None,
        language: None,
        link: json::word(value, "url"),
        picture: json::word(value, "avatar"),
        created: json::maybe_time(value, "created_at", rows),
        followers: json::count(value, "followers_count"),
        following: json::count(value, "following_count"),
        posts: json::count(value, "statuses_count"),
        verified: json::flag(value, "verified"),
    })
}

/// Numbers are an instance's own, so among many instances the address is the key.
fn status_key(status: &Value, keys: Keys) -> Result<Option<Str<'_>>, Fault> {
    match keys {
        Keys::Federated => json::first_id(status, &["uri", "url"]),
        Keys::OneSite => json::id(status, "id"),
    }
}

/// `user@host`, where an account of the instance itself names no host; or the site's own number.
fn account_key(account: &Value, keys: Keys) -> Result<Option<Str<'_>>, Fault> {
    if keys == Keys::OneSite {
        return json::id(account, "id");
    }
    let Some(name) = json::first_id(account, &["acct", "username"])? else { return Ok(None) };
    if name.contains('@') {
        return Ok(Some(name));
    }
    let url = json::str(account, "url").or_else(|| json::str(account, "uri"));
    // Without a host the name alone would join strangers of different instances.
    Ok(url.and_then(host).map(|host| Cow::Owned(format!("{name}@{host}"))))
}

fn author(status: Option<&Value>, keys: Keys) -> Result<Option<Str<'_>>, Fault> {
    let account = status.and_then(|status| json::at(status, "account"));
    account.map_or(Ok(None), |account| account_key(account, keys))
}

/// The host of a web address.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

/// The account answered. An instance's number for it says nothing elsewhere, but where it is also
/// mentioned its name is known.
fn answered(status: &Value, keys: Keys) -> Result<Option<Str<'_>>, Fault> {
    let Some(id) = json::id(status, "in_reply_to_account_id")? else { return Ok(None) };
    if keys == Keys::OneSite {
        return Ok(Some(id));
    }
    let mut mentions = json::list(status, "mentions").iter();
    let known = mentions.find(|mention| json::word(mention, "id").as_ref() == Some(&id));
    known.map_or(Ok(None), |mention| account_key(mention, keys))
}

/// The links in the text, and that of the preview below it, each once.
fn with_card<'a>(status: &'a Value, mut links: Vec<Str<'a>>) -> Vec<Str<'a>> {
    let card = json::first(status, &["card.url", "link.url"]).and_then(|(_, url)| url.as_str());
    if let Some(card) = card.filter(|card| links.iter().all(|link| link != card)) {
        links.push(Cow::Borrowed(card));
    }
    links
}

/// What a picture is known by: its blurhash and size, which are the same wherever the same file is
/// put up; or else its address.
fn media(attachment: &Value) -> Option<Str<'_>> {
    let size = |side: &str| json::count(attachment, &format!("meta.original.{side}"));
    if let Some(hash) = json::str(attachment, "blurhash").filter(|hash| !hash.is_empty()) {
        return Some(Cow::Owned(match (size("width"), size("height")) {
            (Some(width), Some(height)) => format!("blurhash:{hash}:{width}x{height}"),
            _ => format!("blurhash:{hash}"),
        }));
    }
    let address = json::first(attachment, &["remote_url", "url", "source_mp4"]);
    address.and_then(|(_, url)| url.as_str()).map(Cow::Borrowed)
}
