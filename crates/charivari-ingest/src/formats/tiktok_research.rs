//! Videos as TikTok's Research API gives them.
//!
//! **What it is.** Answers `{"data": {"videos": […]}}`, or videos in an array or one a line.
//!
//! **How it is recognised.** `video_description` or `region_code` beside `id`, `username` and
//! `create_time`.
//!
//! **Fields.** The account is the `username`: the API gives no number for it. Times are in Unix
//! seconds. The sound stands among the media as `music:<id>`.
//!
//! **Traps.** The same sound under many videos is a sign of acting together, and of a song being
//! liked: an original sound and a hit look the same here. `hashtag_names` is missing, not empty,
//! where the field was not asked for; hashtags are then read from the text.
//!
//! **Source.** TikTok for Developers, Research API, *Query Videos*.

use std::borrow::Cow;

use serde_json::Value;

use super::items::clip::{PLATFORM, sound};
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::head::Head;
use crate::json;
use crate::options::Options;
use crate::post::{Post, Str};
use crate::records::Record;
use crate::rows::{Fault, Rows};

/// See the module's documentation.
pub(super) struct TikTokResearch;

impl Format for TikTokResearch {
    fn id(&self) -> &'static str {
        "tiktok-research"
    }

    fn title(&self) -> &'static str {
        "TikTok Research API"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        if !head.is_json() {
            return None;
        }
        for at in ["data.videos[].", "videos[].", ""] {
            let has = |path: &str| head.has_path(&format!("{at}{path}"));
            let own = ["video_description", "region_code"].into_iter().find(|path| has(path));
            if let Some(own) = own.filter(|_| has("id") && has("username") && has("create_time")) {
                let reason = format!("its videos have username, create_time and {own}");
                return Some(Recognition::new(Certainty::Sure, reason));
            }
        }
        None
    }

    fn mapper(&self, _name: &str, _head: &Head, _options: &Options) -> Result<Box<dyn Mapper>> {
        Ok(Box::new(Videos))
    }
}

struct Videos;

impl Mapper for Videos {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Json { value, .. } = record else { return Ok(()) };
        for path in ["data.videos", "videos"] {
            if let Some(videos) = json::at(value, path).and_then(Value::as_array) {
                json::each(videos, path, rows, video);
                return Ok(());
            }
        }
        match json::str(value, "error.code").filter(|code| *code != "ok") {
            Some(code) => Err(json::other_kind("error.code", code)),
            None => video(value, rows),
        }
    }
}

fn video(value: &Value, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
    if !value.is_object() {
        return Err(json::wrong("", value));
    }
    let username = json::id(value, "username")?;
    let url = username.as_ref().zip(json::word(value, "id"));
    let names = |path: &str| -> Option<Vec<Str<'_>>> {
        json::at(value, path).map(|_| json::words(value, path, ""))
    };
    let post = Post {
        platform: Cow::Borrowed(PLATFORM),
        id: json::id(value, "id")?.unwrap_or_default(),
        url: url.map(|(name, id)| format!("https://www.tiktok.com/@{name}/video/{id}").into()),
        handle: username.clone(),
        account: username.unwrap_or_default(),
        time: json::time(value, "create_time", rows)?,
        text: json::text(value, "video_description")?,
        hashtags: names("hashtag_names"),
        mentions: names("video_mention_list"),
        media: Some(sound(value, "music_id")),
        likes: json::count(value, "like_count"),
        reposts: json::count(value, "share_count"),
        replies: json::count(value, "comment_count"),
        views: json::count(value, "view_count"),
        ..Post::default()
    };
    rows.post(post)
}
