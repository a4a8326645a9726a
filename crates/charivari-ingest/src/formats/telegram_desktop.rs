//! Chats as Telegram Desktop exports them.
//!
//! **What it is.** `result.json`: one chat with its `messages`, or a whole export with `chats.list`
//! and `left_chats.list`, each of which is a chat.
//!
//! **How it is recognised.** Messages with `date_unixtime`, or with `type`, `date` and `from_id`; a
//! whole export whose chats begin late, by `about` and `personal_information`.
//!
//! **Fields.** A post is known by `<chat>-<message>`, as messages count from 1 in every chat. The
//! account is `from_id` (`user1`, `channel1`); exports before 2021 have a bare number, taken as a
//! user's; a channel's posts without one are the channel's. Hashtags, links and mentions come from
//! the text's entities.
//!
//! **Traps.** `text` is a text or an array of texts and objects. `date` is the exporting
//! computer's local time, so `date_unixtime` goes before it; where it is missing, as before 2022,
//! the zone is assumed and that is said. A forward names who, in newer versions by id, but never
//! which message: it is a repost of an unknown post, and its text can still be matched. Files are
//! names on one disk and identify nothing, so there are no media. Reactions may be of any kind and
//! are no likes. Service messages hold no post.
//!
//! **Source.** Telegram Desktop, `export_output_json.cpp`.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::items::telegram;
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::head::Head;
use crate::json;
use crate::options::Options;
use crate::post::{Post, Str};
use crate::records::Record;
use crate::rows::{Fault, Rows};

/// See the module's documentation.
pub(super) struct TelegramDesktop;

/// Where chats stand in a whole export.
const CHATS: [&str; 2] = ["chats.list", "left_chats.list"];

impl Format for TelegramDesktop {
    fn id(&self) -> &'static str {
        "telegram-desktop"
    }

    fn title(&self) -> &'static str {
        "Telegram Desktop export"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        if !head.is_json() {
            return None;
        }
        for at in ["messages[]", "chats.list[].messages[]", "left_chats.list[].messages[]"] {
            let has = |name: &str| head.paths.contains(&format!("{at}.{name}"));
            for own in ["date_unixtime", "text_entities", "from_id"] {
                if has("type") && has("date") && has(own) {
                    return Some(Recognition::new(
                        Certainty::Sure,
                        format!("its {at} have type, date and {own}"),
                    ));
                }
            }
            if has("type") && has("date") && has("text") {
                let reason = format!("its {at} have type, date and text");
                return Some(Recognition::new(Certainty::Likely, reason));
            }
        }
        head.has_paths(&["about", "personal_information"]).then(|| {
            Recognition::new(Certainty::Sure, "it begins with about and personal_information")
        })
    }

    fn elements(&self) -> &'static [&'static str] {
        &["messages[]", "chats.list[].messages[]", "left_chats.list[].messages[]"]
    }

    fn mapper(&self, _name: &str, _head: &Head, _options: &Options) -> Result<Box<dyn Mapper>> {
        Ok(Box::new(Messages))
    }
}

struct Messages;

impl Mapper for Messages {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Json { value, around } = record else { return Ok(()) };
        // An export squeezed into one line arrives as a whole.
        let mut whole = false;
        if let Some(messages) = json::at(value, "messages").and_then(Value::as_array) {
            let chat = Chat::of(|key| json::word(value, key));
            json::each(messages, "messages", rows, |value, rows| message(value, &chat, rows));
            whole = true;
        }
        for path in CHATS {
            for chat in json::list(value, path) {
                let messages = json::list(chat, "messages");
                let chat = Chat::of(|key| json::word(chat, key));
                json::each(messages, path, rows, |value, rows| message(value, &chat, rows));
                whole = true;
            }
        }
        if whole { Ok(()) } else { message(value, &Chat::around(around), rows) }
    }
}

/// The chat that a message stands in.
struct Chat<'a> {
    id: Option<Str<'a>>,
    name: Option<Str<'a>>,
    is_channel: bool,
}

impl<'a> Chat<'a> {
    fn of(word: impl Fn(&'static str) -> Option<Str<'a>>) -> Self {
        let is_channel = word("type").is_some_and(|kind| kind.ends_with("channel"));
        Self { id: word("id"), name: word("name"), is_channel }
    }

    fn around(around: &'a Map<String, Value>) -> Self {
        Self::of(|key| around.get(key).and_then(json::word_of))
    }

    /// The key of the message whose number stands at `path`.
    fn key(
        &self,
        value: &Value,
        path: &'static str,
    ) -> std::result::Result<Option<Str<'static>>, Fault> {
        telegram::key(self.id.as_deref().or(self.name.as_deref()), value, path)
    }
}

fn message<'a>(
    value: &'a Value,
    chat: &'a Chat<'a>,
    rows: &mut Rows<'_>,
) -> std::result::Result<(), Fault> {
    if !value.is_object() {
        return Err(json::wrong("messages[]", value));
    }
    if let Some(kind) = json::str(value, "type").filter(|kind| *kind != "message") {
        let action = json::str(value, "action").unwrap_or_default();
        return Err(json::other_kind("type", format!("{kind} {action}").trim_end()));
    }
    let forwarded = ["forwarded_from", "forwarded_from_id"];
    // A forward from a deleted account has the key, and null in it.
    let is_forward = forwarded.iter().any(|key| value.get(key).is_some());
    let entities = Entities::of(value);
    let post = Post {
        platform: Cow::Borrowed(telegram::PLATFORM),
        id: chat.key(value, "id")?.unwrap_or_default(),
        account: author(value, chat)?,
        name: json::word(value, "from").or_else(|| chat.name.clone().filter(|_| chat.is_channel)),
        time: json::first_time(value, &["date_unixtime", "date"], rows)?,
        text: Some(text(value)?),
        is_repost: is_forward,
        repost_of_account: json::id(value, "forwarded_from_id")?,
        reply_to: chat.key(value, "reply_to_message_id")?,
        thread_id: chat.id.clone(),
        hashtags: Some(entities.hashtags),
        links: Some(entities.links),
        mentions: Some(entities.mentions),
        ..Post::default()
    };
    rows.post(post)
}

/// The author's key; a bare number is a user's, and nobody means the channel itself.
fn author<'a>(value: &'a Value, chat: &Chat<'a>) -> std::result::Result<Str<'a>, Fault> {
    let id = match (json::id(value, "from_id")?, &chat.id) {
        (Some(id), _) => id,
        (None, Some(chat_id)) if chat.is_channel => {
            return Ok(Cow::Owned(format!("channel{chat_id}")));
        }
        (None, _) => return Ok(Cow::Borrowed("")),
    };
    let is_bare = id.bytes().all(|byte| byte.is_ascii_digit());
    Ok(if is_bare { Cow::Owned(format!("user{id}")) } else { id })
}

/// The text, put together from its parts where it has any.
fn text(value: &Value) -> std::result::Result<Str<'_>, Fault> {
    match json::first(value, &["text", "text_entities"]) {
        None => Ok(Cow::Borrowed("")),
        Some((_, Value::String(text))) => Ok(Cow::Borrowed(text)),
        Some((_, Value::Array(parts))) => {
            let parts = parts.iter().map(|part| part.as_str().or_else(|| json::str(part, "text")));
            Ok(Cow::Owned(parts.flatten().collect()))
        }
        Some((path, other)) => Err(json::wrong(path, other)),
    }
}

/// What the marked parts of a text are.
#[derive(Default)]
struct Entities<'a> {
    hashtags: Vec<Str<'a>>,
    links: Vec<Str<'a>>,
    mentions: Vec<Str<'a>>,
}

impl<'a> Entities<'a> {
    /// From `text_entities`, or in older exports from the objects in `text`.
    fn of(message: &'a Value) -> Self {
        let mut entities = Self::default();
        let newer = json::at(message, "text_entities").is_some();
        for part in json::list(message, if newer { "text_entities" } else { "text" }) {
            let text = json::str(part, "text").unwrap_or_default();
            match json::str(part, "type") {
                Some("hashtag") => {
                    entities.hashtags.push(text.strip_prefix('#').unwrap_or(text).into());
                }
                Some("link") => entities.links.push(text.into()),
                Some("text_link") => entities.links.extend(json::str(part, "href").map(Cow::from)),
                Some("mention") => {
                    entities.mentions.push(text.strip_prefix('@').unwrap_or(text).into());
                }
                Some("mention_name") => {
                    let user = json::word(part, "user_id").map(|id| format!("user{id}").into());
                    entities.mentions.extend(user);
                }
                _ => {}
            }
        }
        entities
    }
}
