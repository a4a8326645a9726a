//! One post, trace or account on its way into the columns.

use std::borrow::Cow;

use charivari_model::Timestamp;

/// A text that is borrowed from the record where it can be.
pub type Str<'a> = Cow<'a, str>;

/// One post as a format reads it; the columns are described at [`charivari_model::schema::posts`].
///
/// `None` means that the source does not say. For the list fields `None` means that the source has
/// no such field at all: hashtags, links and mentions are then taken from the text.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are the columns documented in charivari_model::schema")]
pub struct Post<'a> {
    pub platform: Str<'a>,
    pub id: Str<'a>,
    pub account: Str<'a>,
    pub handle: Option<Str<'a>>,
    pub name: Option<Str<'a>>,
    pub time: Option<Timestamp>,
    pub observed: Option<Timestamp>,
    pub text: Option<Str<'a>>,
    pub language: Option<Str<'a>>,
    pub repost_of: Option<Str<'a>>,
    pub repost_of_account: Option<Str<'a>>,
    pub is_repost: bool,
    pub quote_of: Option<Str<'a>>,
    pub quote_of_account: Option<Str<'a>>,
    pub reply_to: Option<Str<'a>>,
    pub reply_to_account: Option<Str<'a>>,
    pub thread_id: Option<Str<'a>>,
    pub hashtags: Option<Vec<Str<'a>>>,
    pub links: Option<Vec<Str<'a>>>,
    pub mentions: Option<Vec<Str<'a>>>,
    pub media: Option<Vec<Str<'a>>>,
    pub client: Option<Str<'a>>,
    pub url: Option<Str<'a>>,
    pub likes: Option<i64>,
    pub reposts: Option<i64>,
    pub replies: Option<i64>,
    pub views: Option<i64>,
    pub text_key: Option<TextKey>,
}

/// What is known of a text that was not read; see [`charivari_model::schema::text_keys`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextKey {
    /// The digest of the normalised text.
    pub digest: [u8; 16],
    /// How many letters and digits it has.
    pub significant: u32,
}

/// One account as a format reads it; see [`charivari_model::schema::accounts`].
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are the columns documented in charivari_model::schema")]
pub struct Account<'a> {
    pub platform: Str<'a>,
    pub id: Str<'a>,
    pub handle: Option<Str<'a>>,
    pub name: Option<Str<'a>>,
    pub description: Option<Str<'a>>,
    pub location: Option<Str<'a>>,
    pub language: Option<Str<'a>>,
    pub link: Option<Str<'a>>,
    pub picture: Option<Str<'a>>,
    pub created: Option<Timestamp>,
    pub followers: Option<i64>,
    pub following: Option<i64>,
    pub posts: Option<i64>,
    pub verified: Option<bool>,
}

/// One trace as a format reads it; see [`charivari_model::schema::traces`].
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are the columns documented in charivari_model::schema")]
pub struct Trace<'a> {
    pub behaviour: Option<Str<'a>>,
    pub object: Str<'a>,
    pub account: Str<'a>,
    pub post: Str<'a>,
    pub time: Option<Timestamp>,
}
