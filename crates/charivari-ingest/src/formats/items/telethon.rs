//! A Telegram message as the Telethon library gives it, put into JSON by 4CAT.

use std::borrow::Cow;

use charivari_text::links::links_in;
use serde_json::Value;

use super::telegram::{PLATFORM, key, peer};
use crate::json;
use crate::post::{Post, Str};
use crate::rows::{Fault, Rows};

/// The post that `message` is.
///
/// Hashtags and mentions are left to be read from the text: the entities only name their places,
/// counted in UTF-16.
pub(in crate::formats) fn post<'a>(
    message: &'a Value,
    rows: &mut Rows<'_>,
) -> Result<Post<'a>, Fault> {
    if json::str(message, "_type") == Some("MessageService")
        || json::at(message, "action").is_some()
    {
        return Err(json::other_kind("_type", "a service message"));
    }
    let chat = json::first_id(
        message,
        &["peer_id.channel_id", "peer_id.chat_id", "peer_id.user_id", "_chat.id"],
    )?;
    let sender = json::at(message, "_sender");
    let text = json::text(message, "message")?;
    let word = |path| sender.and_then(|sender| json::word(sender, path));
    let forward = json::at(message, "fwd_from");
    Ok(Post {
        platform: Cow::Borrowed(PLATFORM),
        id: key(chat.as_deref(), message, "id")?.unwrap_or_default(),
        account: author(message)?.unwrap_or_default(),
        handle: word("username"),
        name: word("title").or_else(|| name(word("first_name"), word("last_name"))),
        time: json::time(message, "date", rows)?,
        links: Some(links(message, text.as_deref().unwrap_or_default())),
        text,
        is_repost: forward.is_some(),
        repost_of: forward.and_then(original),
        repost_of_account: forward.and_then(|forward| peer(forward, "from_id")),
        reply_to: key(chat.as_deref(), message, "reply_to.reply_to_msg_id")?,
        thread_id: chat.clone(),
        media: Some(media(message)),
        views: json::count(message, "views"),
        reposts: json::count(message, "forwards"),
        replies: json::count(message, "replies.replies"),
        ..Post::default()
    })
}

/// Who wrote it: the sender, or the chat itself, as channels post under their own name.
fn author(message: &Value) -> Result<Option<Str<'_>>, Fault> {
    if let Some(author) = peer(message, "from_id") {
        return Ok(Some(author));
    }
    if let Some(id) = json::id(message, "_sender.id")? {
        let is_person = json::at(message, "_sender.first_name").is_some();
        return Ok(Some(Cow::Owned(format!("{}{id}", if is_person { "user" } else { "channel" }))));
    }
    Ok(peer(message, "peer_id"))
}

/// The forwarded message, where it came from a channel.
fn original(forward: &Value) -> Option<Str<'static>> {
    let channel = json::first_id(forward, &["from_id.channel_id"]).ok()??;
    key(Some(&channel), forward, "channel_post").ok()?
}

fn name<'a>(first: Option<Str<'a>>, last: Option<Str<'a>>) -> Option<Str<'a>> {
    match (first, last) {
        (Some(first), Some(last)) => Some(Cow::Owned(format!("{first} {last}"))),
        (first, last) => first.or(last),
    }
}

/// Links in the text, behind words of it, and of the preview below it, each once.
fn links<'a>(message: &'a Value, text: &str) -> Vec<Str<'a>> {
    let shown = links_in(text).map(|link| Cow::Owned(link.to_owned()));
    let hidden = json::list(message, "entities").iter();
    let hidden = hidden.filter_map(|entity| json::str(entity, "url")).map(Cow::from);
    let preview = json::str(message, "media.webpage.url").map(Cow::from);
    let mut links: Vec<Str<'a>> = Vec::new();
    for link in shown.chain(hidden).chain(preview) {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// Pictures and files keep their number wherever they are forwarded or sent again.
fn media<'a>(message: &Value) -> Vec<Str<'a>> {
    ["photo", "document"]
        .iter()
        .filter_map(|kind| {
            let id = json::word(message, &format!("media.{kind}.id"))?;
            Some(Cow::Owned(format!("{kind}:{id}")))
        })
        .collect()
}
