//! From what is planned to posts in order: who passes on and answers what is known only now.

use super::people::People;
use super::plan::{Act, Deed, Plan};
use super::settings::Settings;
use super::{Post, Society};
use crate::random::Random;

/// How many posts of a topic are fresh enough to be answered.
const FRESH: usize = 8;

/// Puts all that is planned in the order of time.
pub(super) fn assemble(
    settings: Settings,
    people: People,
    plan: Plan,
    random: &mut Random,
) -> Society {
    let Plan { mut deeds, links, sites, hashtags, tag_pool, originals, groups, waves, .. } = plan;
    let mut order: Vec<(i64, bool, u32, u32)> = deeds
        .iter()
        .zip(0_u32..)
        // Chance orders posts of one second, but what is passed on stands before those who do.
        .map(|(deed, place)| {
            let is_passed_on = matches!(deed.act, Act::Original(_));
            (deed.time, !is_passed_on, random.bits() as u32, place)
        })
        .collect();
    order.sort_unstable();
    let topics = deeds.iter().map(|deed| deed.topic as usize + 1).max().unwrap_or(0);
    let mut threads = Threads {
        originals: vec![None; originals as usize],
        fresh: vec![[None; FRESH]; topics],
        counts: vec![0; topics],
    };
    let mut posts: Vec<Post> = Vec::with_capacity(deeds.len());
    for (_, _, _, place) in order {
        let deed = &mut deeds[place as usize];
        let post = threads.post(deed, &settings, &posts, random);
        posts.push(post);
    }
    let accounts = people.accounts;
    Society { settings, accounts, posts, groups, waves, hashtags, sites, links, tag_pool }
}

/// What can be passed on and answered.
struct Threads {
    /// The place of each original.
    originals: Vec<Option<u32>>,
    /// The last posts of each topic.
    fresh: Vec<[Option<u32>; FRESH]>,
    /// How many posts each topic has had.
    counts: Vec<usize>,
}

impl Threads {
    fn post(
        &mut self,
        deed: &Deed,
        settings: &Settings,
        posts: &[Post],
        random: &mut Random,
    ) -> Post {
        let place = posts.len() as u32;
        let topic = deed.topic as usize;
        let (mut repost_of, mut reply_to, mut link) = (None, None, None);
        match deed.act {
            Act::Say => {}
            Act::Reply => reply_to = self.fresh[topic][random.index(FRESH)],
            Act::Link(number) => link = Some(number),
            Act::Original(number) => self.originals[number as usize] = Some(place),
            Act::Repost(number) => repost_of = self.originals[number as usize],
        }
        if repost_of.is_none() {
            self.fresh[topic][self.counts[topic] % FRESH] = Some(place);
            self.counts[topic] += 1;
        }
        let original = repost_of
            .map_or(Original::of(deed, link), |at| Original::passed_on(&posts[at as usize]));
        Post {
            time: deed.time.div_euclid(settings.resolution) * settings.resolution,
            account: deed.account,
            repost_of,
            reply_to,
            link: original.link,
            mention: original.mention,
            tags: original.tags,
            topic: deed.topic,
            words: original.words,
            form: original.form,
            edit: deed.edit,
            language: original.language,
            client: deed.client,
            wave: deed.wave,
        }
    }
}

/// What a repost has from the post that it passes on.
struct Original {
    link: Option<u32>,
    mention: Option<u32>,
    tags: super::plan::Tags,
    words: u64,
    form: super::Form,
    language: crate::text::Language,
}

impl Original {
    const fn of(deed: &Deed, link: Option<u32>) -> Self {
        Self {
            link,
            mention: deed.mention,
            tags: deed.tags,
            words: deed.words,
            form: deed.form,
            language: deed.language,
        }
    }

    const fn passed_on(post: &Post) -> Self {
        Self {
            link: post.link,
            mention: post.mention,
            tags: post.tags,
            words: post.words,
            form: post.form,
            language: post.language,
        }
    }
}
