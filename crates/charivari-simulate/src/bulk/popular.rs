//! What is popular now: posts to pass on and links to share, in places of falling popularity.
//!
//! How often a place is drawn follows a Zipf law; who stands in a place changes all the time. So a
//! few things are shared very often, each for a while, and memory stays constant.

use crate::random::{Alias, Random};

/// A post that others may pass on, as far as it is needed to write it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Original {
    /// Its native id.
    pub(super) post: u64,
    /// Its author.
    pub(super) account: u64,
    /// The seed of its text.
    pub(super) seed: u64,
    /// Its link, 0 for none.
    pub(super) link: u32,
}

const POSTS: usize = 4_096;
const LINKS: usize = 16_384;
/// The share of new posts that take the place of another.
const NOTICED: f64 = 0.1;
/// How often a link that is shared gives its place to a new one.
const FORGOTTEN: f64 = 1.0 / 150.0;

pub(super) struct Popular {
    posts: Vec<Original>,
    post_ranks: Alias,
    links: Vec<u32>,
    link_ranks: Alias,
    last_link: u32,
}

impl Popular {
    pub(super) fn new() -> Self {
        Self {
            posts: Vec::with_capacity(POSTS),
            post_ranks: Alias::zipf(POSTS, 1.0),
            links: (1..=LINKS as u32).collect(),
            link_ranks: Alias::zipf(LINKS, 0.9),
            last_link: LINKS as u32,
        }
    }

    pub(super) fn to_pass_on(&self, random: &mut Random) -> Option<Original> {
        // In the beginning there are fewer posts than places.
        let place = self.post_ranks.draw(random).checked_rem(self.posts.len())?;
        self.posts.get(place).copied()
    }

    /// Answers are spread more evenly than reposts.
    pub(super) fn to_answer(&self, random: &mut Random) -> Option<Original> {
        self.posts.get(random.index(self.posts.len())).copied()
    }

    /// Makes `post` popular, perhaps.
    pub(super) fn offer(&mut self, post: Original, random: &mut Random) {
        if self.posts.len() < POSTS {
            self.posts.push(post);
        } else if random.chance(NOTICED) {
            self.posts[random.index(POSTS)] = post;
        }
    }

    /// A link that is about.
    pub(super) fn link(&mut self, random: &mut Random) -> u32 {
        let place = self.link_ranks.draw(random);
        if random.chance(FORGOTTEN) {
            self.links[place] = self.new_link();
        }
        self.links[place]
    }

    /// A link that nobody has shared.
    pub(super) fn new_link(&mut self) -> u32 {
        self.last_link = self.last_link.saturating_add(1);
        self.last_link
    }
}
