//! What posts carry in their texts, for sources that have no fields for it.

use std::borrow::Cow;

use charivari_text::hashtag::hashtags_in;
use charivari_text::links::links_in;
use charivari_text::mention::mentions_in;

use crate::options::Options;
use crate::post::{Post, Str};

/// Hashtags, links and mentions taken from the text where the source has no fields for them.
#[derive(Default)]
pub(crate) struct Entities<'p> {
    pub(crate) hashtags: Option<Vec<Str<'p>>>,
    pub(crate) links: Option<Vec<Str<'p>>>,
    pub(crate) mentions: Option<Vec<Str<'p>>>,
    pub(crate) from_text: bool,
}

impl<'p> Entities<'p> {
    pub(crate) fn of(post: &'p Post<'_>, options: &Options) -> Self {
        let Some(text) = post.text.as_deref() else { return Self::default() };
        let mut entities = Self::default();
        if post.hashtags.is_none() && options.wants("hashtags") {
            entities.hashtags = Some(hashtags_in(text).map(Cow::from).collect());
        }
        if post.links.is_none() && options.wants("links") {
            entities.links = Some(links_in(text).map(Cow::from).collect());
        }
        if post.mentions.is_none() && options.wants("mentions") {
            entities.mentions = Some(mentions_in(text).collect());
        }
        entities.from_text = [&entities.hashtags, &entities.links, &entities.mentions]
            .into_iter()
            .any(|list| list.as_ref().is_some_and(|list| !list.is_empty()));
        entities
    }
}
