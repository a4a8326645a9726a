//! What all sources of Telegram messages share.

use std::borrow::Cow;

use charivari_model::Code;
use serde_json::Value;

use crate::id::is_damaged;
use crate::json;
use crate::post::Str;
use crate::rows::Fault;

/// The platform's short name.
pub(in crate::formats) const PLATFORM: &str = "telegram";

/// The key of the message in `chat` whose number stands at `path`: numbers count from 1 in every
/// chat. `None` where either is missing.
pub(in crate::formats) fn key(
    chat: Option<&str>,
    message: &Value,
    path: &'static str,
) -> Result<Option<Str<'static>>, Fault> {
    let (Some(chat), Some(number)) = (chat, json::id(message, path)?) else { return Ok(None) };
    if is_damaged(&number) {
        return Err(Fault::new(Code::DamagedId, path, &number));
    }
    Ok(Some(Cow::Owned(format!("{chat}-{number}"))))
}

/// The account at `path` in Telegram's own form, `{"user_id": 1}`, written as Telegram Desktop
/// does: `user1`, `channel1`, `chat1`.
pub(in crate::formats) fn peer<'a>(value: &Value, path: &str) -> Option<Str<'a>> {
    let peer = json::at(value, path)?;
    [("user_id", "user"), ("channel_id", "channel"), ("chat_id", "chat")].iter().find_map(
        |(key, kind)| {
            let id = json::word(peer, key)?;
            Some(Cow::Owned(format!("{kind}{id}")))
        },
    )
}
