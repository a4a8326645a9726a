//! `result.json` of Telegram Desktop, the export of a whole account.
//!
//! The shape is that of the program's own writer: chats in a list, each with its messages; a text
//! is a string, or a list of strings and entities; `date` is the local time of the exporting
//! machine without a zone, `date_unixtime` the instant.

use std::io::{self, Write};

use serde::Serialize;

use crate::clock::{HOUR, iso};
use crate::text::{Thing, spans};
use crate::world::{Chat, Platform, Post, Reference, World};

/// What `about` says.
const ABOUT: &str =
    "Synthetic data, made by charivari-simulate. No message, account or channel is real.";

/// Writes what was posted in the chats of `world`; the exporting machine's clock is `zone` hours
/// from UTC.
///
/// # Errors
/// `out` cannot be written to.
pub fn write(world: &World, zone: i64, out: &mut impl Write) -> io::Result<()> {
    let list = world.chats.iter().enumerate().map(|(place, chat)| {
        let posts = world.posts_on(Platform::Telegram);
        let posts = posts.filter(|post| world.author(post).chat == Some(place));
        Listed {
            name: &chat.name,
            r#type: if chat.is_channel { "public_channel" } else { "public_supergroup" },
            id: chat.id,
            messages: posts.map(|post| message(world, chat, post, zone)).collect(),
        }
    });
    let export = Export { about: ABOUT, chats: Chats { about: ABOUT, list: list.collect() } };
    serde_json::to_writer(&mut *out, &export)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Export<'a> {
    about: &'a str,
    chats: Chats<'a>,
}

#[derive(Serialize)]
struct Chats<'a> {
    about: &'a str,
    list: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    r#type: &'static str,
    id: u64,
    messages: Vec<Message<'a>>,
}

#[derive(Serialize)]
struct Message<'a> {
    id: u64,
    r#type: &'static str,
    date: String,
    date_unixtime: String,
    from: &'a str,
    from_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    forwarded_from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forwarded_from_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to_message_id: Option<u64>,
    text: Text<'a>,
    text_entities: Vec<Entity<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Text<'a> {
    Plain(&'a str),
    Parts(Vec<Part<'a>>),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Part<'a> {
    Plain(&'a str),
    Entity(Entity<'a>),
}

#[derive(Clone, Serialize)]
struct Entity<'a> {
    r#type: &'static str,
    text: &'a str,
}

fn message<'w>(world: &'w World, chat: &'w Chat, post: &'w Post, zone: i64) -> Message<'w> {
    let author = world.author(post);
    let (forwarded_from, forwarded_from_id) = match &post.reference {
        Reference::Forward(name, id) => (Some(name.as_str()), Some(format!("channel{id}"))),
        _ => (None, None),
    };
    let entities = entities(&post.text);
    let is_plain = entities.iter().all(|entity| entity.r#type == "plain");
    Message {
        id: post.id,
        r#type: "message",
        date: iso(post.time + zone * HOUR),
        date_unixtime: post.time.to_string(),
        from: if chat.is_channel { &chat.name } else { &author.handle.name },
        from_id: &author.id,
        forwarded_from,
        forwarded_from_id,
        reply_to_message_id: match post.reference {
            Reference::Reply(at) => Some(world.posts[at].id),
            _ => None,
        },
        text: if is_plain {
            Text::Plain(&post.text)
        } else {
            Text::Parts(entities.iter().cloned().map(part).collect())
        },
        text_entities: entities,
    }
}

fn part(entity: Entity<'_>) -> Part<'_> {
    if entity.r#type == "plain" { Part::Plain(entity.text) } else { Part::Entity(entity) }
}

/// The whole of `text` as entities, what is none of them as plain ones.
fn entities(text: &str) -> Vec<Entity<'_>> {
    let mut entities = Vec::new();
    let mut plain = 0;
    for span in spans(text) {
        let (start, end) = span.bytes;
        entities.push(Entity { r#type: "plain", text: &text[plain..start] });
        entities.push(Entity { r#type: kind(span.thing), text: &text[start..end] });
        plain = end;
    }
    entities.push(Entity { r#type: "plain", text: &text[plain..] });
    entities.retain(|entity| !entity.text.is_empty());
    entities
}

const fn kind(thing: Thing) -> &'static str {
    match thing {
        Thing::Hashtag => "hashtag",
        Thing::Mention => "mention",
        Thing::Link => "link",
    }
}
