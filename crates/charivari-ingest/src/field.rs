//! The fields that a column of a table can hold, and the names they go by.

use std::fmt;

use crate::options::Options;

/// A field of a post, a trace or an account, whatever a source calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "the variants are the columns documented in charivari_model::schema"
)]
pub enum Field {
    Platform,
    Post,
    Account,
    Handle,
    Name,
    Time,
    Observed,
    Text,
    Language,
    RepostOf,
    RepostOfAccount,
    IsRepost,
    QuoteOf,
    QuoteOfAccount,
    ReplyTo,
    ReplyToAccount,
    Thread,
    Hashtags,
    Links,
    Mentions,
    Media,
    Client,
    Url,
    Likes,
    Reposts,
    Replies,
    Views,
    Behaviour,
    Object,
    Description,
    Location,
    Link,
    Picture,
    Created,
    Followers,
    Following,
    Posts,
    Verified,
}

impl Field {
    /// Each field with its name for `--columns` and the column names by which it is recognised
    /// without help, in lower case.
    pub const NAMES: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (Self::Platform, "platform", &["platform", "source_platform"]),
        (
            Self::Post,
            "post",
            &[
                "post_id",
                "postid",
                "tweet_id",
                "tweetid",
                "message_id",
                "status_id",
                "content_id",
                "id_str",
                "id",
                "uri",
            ],
        ),
        (
            Self::Account,
            "account",
            &[
                "account_id",
                "accountid",
                "author_id",
                "authorid",
                "user_id",
                "userid",
                "channel_id",
                "from_id",
                "account",
                "author",
                "user",
                "screen_name",
                "username",
                "user_name",
                "handle",
                "did",
                "from",
                "channel",
            ],
        ),
        (
            Self::Handle,
            "handle",
            &[
                "handle",
                "screen_name",
                "user_screen_name",
                "username",
                "user_name",
                "author_username",
                "account_handle",
                "author_handle",
                "author",
            ],
        ),
        (
            Self::Name,
            "name",
            &["display_name", "user_display_name", "author_name", "author_fullname", "name"],
        ),
        (
            Self::Time,
            "time",
            &[
                "time",
                "timestamp",
                "created_at",
                "createdat",
                "created",
                "date",
                "datetime",
                "timestamp_share",
                "unix_timestamp",
                "tweet_time",
                "post_time",
                "published_at",
                "publish_date",
                "published",
                "create_time",
                "posted_at",
                "date_utc",
                "ts",
            ],
        ),
        (
            Self::Observed,
            "observed",
            &["observed", "observed_at", "collected_at", "harvested_date"],
        ),
        (
            Self::Text,
            "text",
            &[
                "text",
                "body",
                "content",
                "message",
                "full_text",
                "tweet_text",
                "post_text",
                "tweet",
                "caption",
                "description",
            ],
        ),
        (Self::Language, "language", &["language", "lang", "tweet_language", "language_guess"]),
        (
            Self::RepostOf,
            "repost_of",
            &[
                "repost_of",
                "repost_id",
                "reposted_id",
                "retweet_id",
                "retweeted_id",
                "retweet_tweetid",
                "retweeted_status_id",
                "retweet_of",
                "reblog_of",
                "shared_post_id",
            ],
        ),
        (
            Self::RepostOfAccount,
            "repost_of_account",
            &["repost_of_account", "retweeted_user", "retweet_userid", "retweeted_user_id"],
        ),
        (
            Self::IsRepost,
            "is_repost",
            &["is_repost", "is_retweet", "retweet", "is_rt", "is_reblog", "is_share"],
        ),
        (
            Self::QuoteOf,
            "quote_of",
            &[
                "quote_of",
                "quoted_id",
                "quote_id",
                "quoted_tweet_tweetid",
                "quoted_status_id",
                "quoted_post",
            ],
        ),
        (
            Self::QuoteOfAccount,
            "quote_of_account",
            &["quote_of_account", "quoted_user", "quoted_user_id"],
        ),
        (
            Self::ReplyTo,
            "reply_to",
            &[
                "reply_to",
                "reply_id",
                "in_reply_to",
                "in_reply_to_id",
                "in_reply_to_tweetid",
                "in_reply_to_status_id",
                "replied_to_post",
                "parent_id",
            ],
        ),
        (
            Self::ReplyToAccount,
            "reply_to_account",
            &[
                "reply_to_account",
                "in_reply_to_userid",
                "in_reply_to_user_id",
                "in_reply_to_account_id",
                "replied_user",
                "replied_to_user",
            ],
        ),
        (Self::Thread, "thread_id", &["thread_id", "conversation_id", "chat_id", "thread"]),
        (Self::Hashtags, "hashtags", &["hashtags", "hashtag", "tags", "hashtag_names"]),
        (
            Self::Links,
            "links",
            &[
                "links",
                "link",
                "urls",
                "url",
                "expanded_urls",
                "expanded_url",
                "final_link",
                "shared_url",
            ],
        ),
        (Self::Mentions, "mentions", &["mentions", "user_mentions", "mentioned_users", "mention"]),
        (
            Self::Media,
            "media",
            &[
                "media",
                "media_id",
                "media_ids",
                "media_hash",
                "media_hashes",
                "image_hash",
                "phash",
                "images",
                "image",
                "photo",
                "video",
                "attachment",
                "attachment_hash",
                "media_url",
                "media_urls",
                "media_keys",
            ],
        ),
        (Self::Client, "client", &["client", "source", "tweet_client_name", "via", "application"]),
        (Self::Url, "url", &["post_url", "tweet_url", "permalink", "permanent_url", "status_url"]),
        (Self::Likes, "likes", &["likes", "like_count", "favorite_count", "favourites_count"]),
        (
            Self::Reposts,
            "reposts",
            &["reposts", "repost_count", "retweet_count", "reblogs_count", "share_count", "shares"],
        ),
        (
            Self::Replies,
            "replies",
            &["replies", "reply_count", "replies_count", "comment_count", "comments"],
        ),
        (Self::Views, "views", &["views", "view_count", "impression_count", "plays"]),
        (Self::Behaviour, "behaviour", &["behaviour", "behavior", "layer"]),
        (Self::Object, "object", &["object_id", "object"]),
        (
            Self::Description,
            "description",
            &["user_profile_description", "bio", "author_description"],
        ),
        (Self::Location, "location", &["user_reported_location", "location"]),
        (Self::Link, "profile_link", &["user_profile_url", "profile_url"]),
        (Self::Picture, "picture", &["profile_image_url", "avatar", "author_avatar"]),
        (
            Self::Created,
            "created",
            &["account_creation_date", "account_created_at", "user_created_at"],
        ),
        (
            Self::Followers,
            "followers",
            &["followers", "follower_count", "followers_count", "author_followers"],
        ),
        (Self::Following, "following", &["following", "following_count", "friends_count"]),
        (Self::Posts, "posts", &["statuses_count", "tweet_count", "posts_count"]),
        (Self::Verified, "verified", &["verified", "is_verified"]),
    ];

    /// The field that `name` means after `--columns`.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::NAMES
            .iter()
            .find(|(_, own, known)| *own == name || known.first() == Some(&name.as_str()))
            .map(|(field, _, _)| *field)
    }

    /// The name for `--columns` and for messages.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(field, _, _)| *field == self).map_or("", |(_, name, _)| name)
    }

    /// Whether the field has to be read where only some columns of the posts table are wanted.
    ///
    /// `made` says that ids of posts are made from what the post holds.
    pub(crate) fn is_needed(self, options: &Options, made: bool) -> bool {
        let any = |columns: &[&str]| columns.iter().any(|column| options.wants(column));
        match self {
            // The handle stands in where the account's id is damaged.
            Self::Platform
            | Self::Post
            | Self::Account
            | Self::Handle
            | Self::Time
            | Self::Behaviour
            | Self::Object => true,
            // Hashtags, links and mentions may have to be found in the text.
            Self::Text => made || any(&["text", "hashtags", "links", "mentions"]),
            Self::Links => made || any(&["links"]),
            Self::RepostOf => any(&["repost_of", "is_repost"]),
            Self::Name | Self::Language => any(&[self.name(), "accounts"]),
            Self::Description
            | Self::Location
            | Self::Link
            | Self::Picture
            | Self::Created
            | Self::Followers
            | Self::Following
            | Self::Posts
            | Self::Verified => any(&["accounts"]),
            _ => any(&[self.name()]),
        }
    }

    /// The column names by which the field is recognised, best first, in lower case.
    pub fn synonyms(self) -> &'static [&'static str] {
        Self::NAMES.iter().find(|(field, _, _)| *field == self).map_or(&[], |(_, _, known)| known)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn every_field_is_found_by_its_own_name() {
        for (field, name, known) in Field::NAMES {
            assert_eq!(Field::parse(name), Some(*field));
            assert!(known.iter().all(|name| name.to_lowercase() == *name), "{name}");
        }
        assert_eq!(Field::NAMES.len(), Field::Verified as usize + 1);
        assert_eq!(Field::parse("post_id"), Some(Field::Post));
        assert_eq!(Field::parse("nonsense"), None);
    }
}
