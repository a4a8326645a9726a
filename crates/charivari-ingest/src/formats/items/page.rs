//! Posts of platforms whose pages hand plain objects to the browser: a list of places each.
//!
//! The mapping is as good as what the pages show: the post, its author, its time and its text, and
//! counts. Hashtags, links and mentions are read from the text.

use std::borrow::Cow;

use serde_json::Value;

use super::html;
use crate::json;
use crate::post::{Post, Str};
use crate::rows::{Fault, Rows};

/// Where things stand in the objects of one platform; of several places the first that is filled.
pub(in crate::formats) struct Page {
    pub(in crate::formats) platform: &'static str,
    id: &'static [&'static str],
    account: &'static [&'static str],
    handle: &'static [&'static str],
    name: &'static [&'static str],
    time: &'static [&'static str],
    /// All that are filled, one a line: a title and a description.
    text: &'static [&'static str],
    reply_to: &'static [&'static str],
    likes: &'static [&'static str],
    reposts: &'static [&'static str],
    replies: &'static [&'static str],
    views: &'static [&'static str],
}

const NOTHING: Page = Page {
    platform: "",
    id: &["id"],
    account: &[],
    handle: &[],
    name: &[],
    time: &[],
    text: &[],
    reply_to: &[],
    likes: &[],
    reposts: &[],
    replies: &[],
    views: &[],
};

const INSTAGRAM: Page = Page {
    platform: "instagram",
    id: &["code", "shortcode"],
    account: &["user.id", "user.pk", "owner.id"],
    handle: &["user.username", "owner.username"],
    name: &["user.full_name", "owner.full_name"],
    time: &["taken_at", "taken_at_timestamp"],
    text: &["caption.text"],
    likes: &["like_count", "edge_media_preview_like.count"],
    replies: &["comment_count", "edge_media_preview_comment.count"],
    views: &["view_count", "play_count"],
    ..NOTHING
};

pub(in crate::formats) const GAB: Page = Page {
    platform: "gab",
    id: &["i", "id"],
    account: &["author_info.i", "ai", "account.id"],
    handle: &["author_info.un", "account.username"],
    name: &["author_info.dn", "account.display_name"],
    time: &["ca", "created_at"],
    text: &["c", "content"],
    likes: &["fbc"],
    reposts: &["rbc"],
    ..NOTHING
};

pub(in crate::formats) const NINE_GAG: Page = Page {
    platform: "9gag",
    account: &["creator.userId", "creator.username"],
    handle: &["creator.username"],
    name: &["creator.fullName"],
    time: &["creationTs"],
    text: &["title", "description"],
    likes: &["upVoteCount"],
    replies: &["commentsCount"],
    ..NOTHING
};

pub(in crate::formats) const IMGUR: Page = Page {
    platform: "imgur",
    account: &["account_id", "account.id"],
    handle: &["account.username"],
    time: &["created_at"],
    text: &["title", "description"],
    likes: &["upvote_count"],
    replies: &["comment_count"],
    views: &["view_count"],
    ..NOTHING
};

pub(in crate::formats) const PINTEREST: Page = Page {
    platform: "pinterest",
    id: &["entityId", "id"],
    account: &["pinner.username", "pinner.id"],
    handle: &["pinner.username"],
    name: &["pinner.fullName", "pinner.full_name"],
    time: &["created_at", "createdAt"],
    text: &["title", "description"],
    ..NOTHING
};

pub(in crate::formats) const DOUYIN: Page = Page {
    platform: "douyin",
    id: &["aweme_id", "awemeId"],
    account: &["author_user_id", "authorUserId", "author.uid", "authorInfo.uid"],
    name: &["author.nickname", "authorInfo.nickname"],
    time: &["create_time", "createTime"],
    text: &["desc"],
    likes: &["statistics.digg_count", "stats.diggCount"],
    reposts: &["statistics.share_count", "stats.shareCount"],
    replies: &["statistics.comment_count", "stats.commentCount"],
    views: &["statistics.play_count", "stats.playCount"],
    ..NOTHING
};

/// `LinkedIn` shows no times, only "3 days ago": its posts are set aside for that.
pub(in crate::formats) const LINKEDIN: Page = Page {
    platform: "linkedin",
    id: &["updateMetadata.urn", "preDashEntityUrn"],
    account: &["actor.urn", "actor.backendUrn", "actor.navigationContext.actionTarget"],
    name: &["actor.name.text"],
    text: &["commentary.text.text"],
    ..NOTHING
};

pub(in crate::formats) const REDNOTE: Page = Page {
    platform: "rednote",
    id: &["id", "note_id", "note.noteId"],
    account: &["note_card.user.user_id", "user.user_id", "note.user.userId"],
    name: &["note_card.user.nickname", "user.nickname", "note.user.nickname"],
    time: &["note_card.time", "time", "note.time"],
    text: &["note_card.title", "note_card.desc", "note.title", "note.desc", "title", "desc"],
    likes: &["note_card.interact_info.liked_count", "note.interactInfo.likedCount"],
    ..NOTHING
};

pub(in crate::formats) const REDNOTE_COMMENTS: Page = Page {
    platform: "rednote",
    account: &["user_info.user_id"],
    name: &["user_info.nickname"],
    time: &["create_time"],
    text: &["content"],
    reply_to: &["target_comment.id", "note_id"],
    likes: &["like_count"],
    replies: &["sub_comment_count"],
    ..NOTHING
};

pub(in crate::formats) const TIKTOK_COMMENTS: Page = Page {
    platform: "tiktok",
    id: &["cid"],
    account: &["user.unique_id"],
    handle: &["user.unique_id"],
    name: &["user.nickname"],
    time: &["create_time"],
    text: &["text"],
    reply_to: &["aweme_id"],
    likes: &["digg_count"],
    replies: &["reply_comment_total"],
    ..NOTHING
};

const THREADS: Page = Page {
    platform: "threads",
    id: &["code"],
    account: &["user.pk", "user.id"],
    handle: &["user.username"],
    name: &["user.full_name"],
    time: &["taken_at"],
    text: &["caption.text"],
    likes: &["like_count"],
    reposts: &["text_post_app_info.repost_count"],
    replies: &["text_post_app_info.direct_reply_count"],
    ..NOTHING
};

impl Page {
    /// The post that `item` is.
    pub(in crate::formats) fn post<'a>(
        &self,
        item: &'a Value,
        rows: &mut Rows<'_>,
    ) -> Result<Post<'a>, Fault> {
        let word =
            |paths: &[&'static str]| json::first(item, paths).and_then(|(_, v)| json::word_of(v));
        Ok(Post {
            platform: Cow::Borrowed(self.platform),
            id: json::first_id(item, self.id)?.unwrap_or_default(),
            account: json::first_id(item, self.account)?.unwrap_or_default(),
            handle: word(self.handle),
            name: word(self.name),
            time: json::first_time(item, self.time, rows)?,
            text: self.text(item)?,
            reply_to: json::first_id(item, self.reply_to)?,
            likes: json::first_count(item, self.likes),
            reposts: json::first_count(item, self.reposts),
            replies: json::first_count(item, self.replies),
            views: json::first_count(item, self.views),
            ..Post::default()
        })
    }

    fn text<'a>(&self, item: &'a Value) -> Result<Option<Str<'a>>, Fault> {
        let mut whole: Option<Str<'a>> = None;
        for path in self.text {
            let Some(text) = json::text(item, path)?.filter(|text| !text.is_empty()) else {
                continue;
            };
            whole = Some(whole.map_or(text.clone(), |before| format!("{before}\n{text}").into()));
        }
        Ok(whole)
    }
}

/// A post of Gab with its short names, whose text is HTML.
pub(in crate::formats) fn gab<'a>(item: &'a Value, rows: &mut Rows<'_>) -> Result<Post<'a>, Fault> {
    let post = GAB.post(item, rows)?;
    Ok(Post { text: post.text.map(|text| html::plain(&text).text.into()), ..post })
}

/// A post of Instagram. Advertisements are none.
pub(in crate::formats) fn instagram<'a>(
    item: &'a Value,
    rows: &mut Rows<'_>,
) -> Result<Post<'a>, Fault> {
    if json::str(item, "product_type") == Some("ad") {
        return Err(json::other_kind("product_type", "ad"));
    }
    let post = INSTAGRAM.post(item, rows)?;
    // The form of before 2026 wraps the caption.
    let older = json::list(item, "edge_media_to_caption.edges").first();
    let caption = older.map_or(Ok(None), |edge| json::text(edge, "node.text"))?;
    Ok(Post { text: post.text.or(caption), ..post })
}

/// A post of Threads, which may pass on or quote another.
pub(in crate::formats) fn threads<'a>(
    item: &'a Value,
    rows: &mut Rows<'_>,
) -> Result<Post<'a>, Fault> {
    let post = THREADS.post(item, rows)?;
    let shared = |kind: &str| json::at(item, "text_post_app_info.share_info")?.get(kind);
    let (reposted, quoted) = (shared("reposted_post"), shared("quoted_post"));
    let word = |post: Option<&'a Value>, path| post.and_then(|post| json::word(post, path));
    let repost_of = word(reposted, "code");
    Ok(Post {
        is_repost: repost_of.is_some(),
        repost_of,
        repost_of_account: word(reposted, "user.pk"),
        quote_of: word(quoted, "code"),
        quote_of_account: word(quoted, "user.pk"),
        reply_to_account: json::word(item, "text_post_app_info.reply_to_author.id"),
        ..post
    })
}
