//! What a post of the stream says: all of it follows from its seed, author and link.

use super::Settings;
use super::people::{People, language};
use super::popular::Original;
use crate::random::{Alias, Random, mix};
use crate::text::{Language, Topic, hashtag, headline, push_number, sentence};

/// Links above this number are planted ones.
pub(super) const PLANTED_LINKS: u32 = 4_000_000_000;
/// The number of the giant link.
pub(super) const GIANT_LINK: u32 = u32::MAX;

const TAGS: usize = 20_000;
const SITES: u64 = 64;

/// What one post says; kept and filled again, so that nothing is allocated for each.
#[derive(Default)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) language: &'static str,
    /// Values separated by spaces.
    pub(super) hashtags: String,
    pub(super) links: String,
    pub(super) mentions: String,
}

pub(super) struct Content {
    filled: Said,
    accounts: u64,
    ranks: Alias,
    tags: Vec<String>,
}

impl Content {
    pub(super) fn new(settings: &Settings) -> Self {
        let mut tags = Vec::with_capacity(TAGS);
        let random = &mut Random::part(settings.seed, 12);
        for number in 0..TAGS {
            let language = if random.chance(0.5) { Language::French } else { Language::English };
            let topic = random.pick(&Topic::ALL);
            let mut tag = hashtag(random, language, topic).to_owned();
            push_number(&mut tag, number as u64);
            tags.push(tag);
        }
        Self {
            filled: Said::default(),
            accounts: settings.accounts.max(1),
            ranks: Alias::zipf(TAGS, 0.9),
            tags,
        }
    }

    /// Writes what `post` says.
    pub(super) fn fill(&mut self, post: &Original, people: &People) -> &Said {
        let language = self.clear(post.account);
        let random = &mut Random::new(post.seed);
        let topic = random.pick(&Topic::ALL);
        let filled = &mut self.filled;
        if random.chance(0.1) {
            let (stem, number) = people.handle(random.below(self.accounts));
            filled.mentions.push_str(stem);
            push_number(&mut filled.mentions, number);
            filled.text.push('@');
            filled.text.push_str(&filled.mentions);
            filled.text.push(' ');
        }
        sentence(&mut filled.text, random, language, topic);
        if random.chance(0.2) {
            self.add_hashtags(random);
        }
        self.add_link(post.link, random.chance(0.3));
        &self.filled
    }

    /// Writes what `account` says of the giant link: a text that no other account has.
    pub(super) fn fill_giant(&mut self, account: u64) -> &Said {
        let language = self.clear(account);
        let random = &mut Random::new(mix(account));
        headline(&mut self.filled.text, random, language, Topic::Town);
        self.filled.text.push_str(" (");
        push_number(&mut self.filled.text, account);
        self.filled.text.push(')');
        self.add_link(GIANT_LINK, false);
        &self.filled
    }

    fn clear(&mut self, author: u64) -> Language {
        let language = language(author);
        self.filled.text.clear();
        self.filled.hashtags.clear();
        self.filled.links.clear();
        self.filled.mentions.clear();
        self.filled.language = language.code();
        language
    }

    fn add_hashtags(&mut self, random: &mut Random) {
        // One mostly; rows of tags are rare.
        let count = 1 + random.below(2) * random.below(3);
        for place in 0..count {
            let tag = &self.tags[self.ranks.draw(random)];
            if place > 0 {
                self.filled.hashtags.push(' ');
            }
            self.filled.hashtags.push_str(tag);
            self.filled.text.push_str(" #");
            self.filled.text.push_str(tag);
        }
    }

    fn add_link(&mut self, link: u32, is_tracked: bool) {
        if link == 0 {
            return;
        }
        push_link(&mut self.filled.links, link);
        if is_tracked {
            self.filled.links.push_str("?utm_source=share");
        }
        self.filled.text.push(' ');
        self.filled.text.push_str(&self.filled.links);
    }
}

/// Appends the address of a link: some sites have many pages, most have few.
fn push_link(out: &mut String, link: u32) {
    if link == GIANT_LINK {
        out.push_str("https://giant.example/all");
        return;
    }
    let scattered = mix(u64::from(link));
    let site = (scattered & (scattered >> 32)) % SITES;
    out.push_str(if link >= PLANTED_LINKS { "https://pushed" } else { "https://site" });
    push_number(out, site);
    out.push_str(".example/page/");
    push_number(out, u64::from(link));
}
