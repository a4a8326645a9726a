//! Tweets of the X API v2, flattened: one a line, with the author and what it refers to inside.
//!
//! The shape is that of the API's reference for the object *Tweet*, as `twarc2 flatten` writes it.
//! Every line carries `"synthetic": true` besides.

use std::io::{self, Write};

use serde::Serialize;

use crate::clock::iso;
use crate::text::{Span, Thing, spans};
use crate::world::{Post, Reference, World};

/// Writes `posts` of `world`, which are on X, one JSON object a line.
///
/// # Errors
/// `out` cannot be written to.
pub fn write<'w>(
    world: &'w World,
    posts: impl Iterator<Item = &'w Post>,
    out: &mut impl Write,
) -> io::Result<()> {
    for post in posts {
        serde_json::to_writer(&mut *out, &tweet(world, post, true))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Tweet<'a> {
    id: String,
    text: String,
    author_id: &'a str,
    created_at: String,
    conversation_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_reply_to_user_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    referenced_tweets: Vec<Referenced<'a>>,
    #[serde(skip_serializing_if = "Entities::is_empty")]
    entities: Entities<'a>,
    lang: &'static str,
    author: User<'a>,
    synthetic: bool,
}

#[derive(Serialize)]
struct Referenced<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    tweet: Inner<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Inner<'a> {
    Whole(Box<Tweet<'a>>),
    Id { id: String },
}

#[derive(Serialize)]
struct User<'a> {
    id: &'a str,
    username: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Entities<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hashtags: Vec<Hashtag<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Mention<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    urls: Vec<Address<'a>>,
}

#[derive(Serialize)]
struct Hashtag<'a> {
    start: usize,
    end: usize,
    tag: &'a str,
}

#[derive(Serialize)]
struct Mention<'a> {
    start: usize,
    end: usize,
    username: &'a str,
}

#[derive(Serialize)]
struct Address<'a> {
    start: usize,
    end: usize,
    url: &'a str,
    expanded_url: &'a str,
}

impl<'a> Entities<'a> {
    fn is_empty(&self) -> bool {
        self.hashtags.is_empty() && self.mentions.is_empty() && self.urls.is_empty()
    }

    /// The entities of `text`, whose places the API counts in characters, `before` of them more.
    fn of(text: &'a str, before: usize) -> Self {
        let mut entities = Self { hashtags: vec![], mentions: vec![], urls: vec![] };
        for Span { thing, bytes, value } in spans(text) {
            let chars = |end: usize| before + text[..end].chars().count();
            let (start, end) = (chars(bytes.0), chars(bytes.1));
            match thing {
                Thing::Hashtag => entities.hashtags.push(Hashtag { start, end, tag: value }),
                Thing::Mention => entities.mentions.push(Mention { start, end, username: value }),
                Thing::Link => {
                    entities.urls.push(Address { start, end, url: value, expanded_url: value });
                }
            }
        }
        entities
    }
}

/// The tweet that `post` is; with what it refers to inside when it is the `outer` one.
fn tweet<'w>(world: &'w World, post: &'w Post, outer: bool) -> Tweet<'w> {
    let author = world.author(post);
    let reference = match post.reference {
        Reference::Repost(at) => Some(("retweeted", &world.posts[at])),
        Reference::Reply(at) => Some(("replied_to", &world.posts[at])),
        Reference::None | Reference::Forward(..) => None,
    };
    let (prefix, is_repost) = match reference {
        Some(("retweeted", original)) => {
            (format!("RT @{}: ", world.author(original).handle.handle), true)
        }
        _ => (String::new(), false),
    };
    let answered = reference.filter(|_| !is_repost).map(|(_, original)| original);
    Tweet {
        id: post.id.to_string(),
        text: format!("{prefix}{}", post.text),
        author_id: &author.id,
        created_at: format!("{}.000Z", iso(post.time)),
        // A conversation is known by the post that began it; ours are one answer deep.
        conversation_id: answered.unwrap_or(post).id.to_string(),
        in_reply_to_user_id: answered.map(|original| world.author(original).id.as_str()),
        referenced_tweets: reference
            .map(|(kind, original)| referenced(world, kind, original, outer))
            .into_iter()
            .collect(),
        entities: Entities::of(&post.text, prefix.chars().count()),
        lang: author.language.code(),
        author: User { id: &author.id, username: &author.handle.handle, name: &author.handle.name },
        synthetic: true,
    }
}

/// A retweeted tweet stands inside whole, one answered by its id only: that keeps the file small.
fn referenced<'w>(
    world: &'w World,
    kind: &'static str,
    original: &'w Post,
    outer: bool,
) -> Referenced<'w> {
    let tweet = if outer && kind == "retweeted" {
        Inner::Whole(Box::new(tweet(world, original, false)))
    } else {
        Inner::Id { id: original.id.to_string() }
    };
    Referenced { r#type: kind, tweet }
}
