//! What people care for: topics, each with its language, its sites, its hashtags and its audience.

use super::people::People;
use super::plan::{Plan, Tags};
use super::settings::Settings;
use crate::random::{Alias, Random};
use crate::text::{Language, Topic, handle, hashtag, push_number};

/// How many accounts there are for one topic.
const ACCOUNTS_PER_TOPIC: usize = 80;
/// The fewest topics.
const LEAST_TOPICS: usize = 12;
/// How many rows of hashtags each topic has.
const ROWS: usize = 16;
/// How many hashtags each topic has.
const TAGS: usize = 9;

/// The share of topics in each language, in the order of [`Language::ALL`], in hundredths.
const SHARES: [usize; 6] = [62, 26, 4, 3, 2, 3];

/// What belongs to one topic.
pub(super) struct TopicPlan {
    /// What its people mostly write in.
    pub(super) language: Language,
    /// The first site that writes about it, and how many do.
    sites: (u32, u32),
    /// Rows of its hashtags.
    rows: [Tags; ROWS],
}

/// All topics, those of one language side by side.
pub(super) struct Topics {
    pub(super) all: Vec<TopicPlan>,
    /// Where the topics of each language begin, in the order of [`Language::ALL`], and the end.
    starts: [usize; 7],
    popularity: Vec<Alias>,
    rows: Alias,
}

impl Topics {
    pub(super) fn new(settings: &Settings, plan: &mut Plan, random: &mut Random) -> Self {
        let count = (settings.accounts / ACCOUNTS_PER_TOPIC).max(LEAST_TOPICS);
        let mut starts = [0; 7];
        let mut all = Vec::with_capacity(count + SHARES.len());
        let mut popularity = Vec::with_capacity(SHARES.len());
        for (place, language) in Language::ALL.into_iter().enumerate() {
            let here = (count * SHARES[place] / 100).max(1);
            for _ in 0..here {
                all.push(TopicPlan::new(all.len() as u32, language, plan, random));
            }
            popularity.push(Alias::zipf(here, 0.4));
            starts[place + 1] = all.len();
        }
        Self { all, starts, popularity, rows: Alias::zipf(ROWS, 0.8) }
    }

    /// Three topics for somebody who writes in `language`: what one cares for lies close together.
    pub(super) fn interests(&self, language: Language, random: &mut Random) -> [(u32, f64); 3] {
        let place = language as usize;
        let (start, end) = (self.starts[place], self.starts[place + 1]);
        let first = self.popularity[place].draw(random);
        let mut other = || {
            let near = random.chance(0.7);
            let step = if near { 1 + random.index(3) } else { random.index(end - start) };
            (start + (first + step) % (end - start)) as u32
        };
        let (second, third) = (other(), other());
        let main = 0.55 + 0.35 * random.unit();
        let next = (1.0 - main) * 0.7;
        [((start + first) as u32, main), (second, next), (third, 1.0 - main - next)]
    }

    /// A topic of `language`.
    pub(super) fn any(&self, language: Language, random: &mut Random) -> u32 {
        self.interests(language, random)[0].0
    }

    /// A row of one to three hashtags that people use on `topic`.
    pub(super) fn row(&self, topic: u32, random: &mut Random) -> Tags {
        self.all[topic as usize].rows[self.rows.draw(random)]
    }

    /// A site that writes about `topic`; the first writes most.
    pub(super) fn site(&self, topic: u32, random: &mut Random) -> u32 {
        let (first, count) = self.all[topic as usize].sites;
        let (one, other) = (random.below(count.into()), random.below(count.into()));
        first + one.min(other) as u32
    }

    /// Who pays attention to each topic.
    pub(super) fn audiences(&self, people: &People) -> Vec<Audience> {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); self.all.len()];
        let mut weights: Vec<Vec<f64>> = vec![Vec::new(); self.all.len()];
        for (place, account) in people.accounts.iter().enumerate() {
            for (topic, share) in account.interests {
                members[topic as usize].push(place as u32);
                weights[topic as usize].push(account.rate * share);
            }
        }
        let audience = |(members, weights): (Vec<u32>, Vec<f64>)| Audience {
            members,
            posts: weights.iter().sum(),
            table: Alias::new(&weights),
        };
        members.into_iter().zip(weights).map(audience).collect()
    }
}

/// Who pays attention to a topic.
pub(super) struct Audience {
    pub(super) members: Vec<u32>,
    /// How many posts are expected of them on it.
    pub(super) posts: f64,
    table: Alias,
}

impl Audience {
    /// One of them, by activity and interest; `None` where nobody cares.
    pub(super) fn draw(&self, random: &mut Random) -> Option<u32> {
        self.members.get(self.table.draw(random)).copied()
    }
}

impl TopicPlan {
    fn new(number: u32, language: Language, plan: &mut Plan, random: &mut Random) -> Self {
        let count = 2 + random.below(4) as u32;
        let first = plan.sites.len() as u32;
        for _ in 0..count {
            let number = plan.sites.len() as u64;
            let name = handle(number, language).handle.replace('_', "-").to_lowercase();
            plan.new_site(name + ".example");
        }
        let tags: Vec<u32> = (0..TAGS).map(|_| tag(number, language, plan, random)).collect();
        let rows = std::array::from_fn(|_| row(&tags, plan, random));
        Self { language, sites: (first, count), rows }
    }
}

/// One to three tags, without repetition, the first ones most often.
fn row(tags: &[u32], plan: &mut Plan, random: &mut Random) -> Tags {
    let mut row: Vec<u32> = Vec::with_capacity(3);
    for _ in 0..=random.below(3) {
        let tag = tags[random.index(tags.len()).min(random.index(tags.len()))];
        if !row.contains(&tag) {
            row.push(tag);
        }
    }
    plan.row(&row)
}

/// A hashtag of its own: a word of the topic and a number.
pub(super) fn tag(topic: u32, language: Language, plan: &mut Plan, random: &mut Random) -> u32 {
    let mut tag = hashtag(random, language, subject(topic)).to_owned();
    push_number(&mut tag, plan.hashtags.len() as u64);
    plan.new_hashtag(tag)
}

/// What the words on `topic` are about.
pub(super) fn subject(topic: u32) -> Topic {
    Topic::ALL[topic as usize % Topic::ALL.len()]
}
