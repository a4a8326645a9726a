//! What people share: links, posts and hashtags, each while it has their attention.
//!
//! How many share a thing follows a power law, and so does how long it lasts. Attention decays
//! exponentially, or log-normally for what takes time to be found. Who shares is drawn by activity
//! and interest among those who are awake; those who are always first come within the first minute.

use super::people::{Habit, People};
use super::plan::{Act, Client, Deed, Form, Plan, Popular, Tags};
use super::settings::Settings;
use super::topics::{Audience, Topics, tag};
use crate::clock::{DAY, HOUR};
use crate::crowd::HOURS;
use crate::random::{Alias, Random, maths};

/// The share of posts that pass something on; the rest is talk.
const SHARED: f64 = 0.55;
/// How likely one of those who are always first is so once more.
const REACTS: f64 = 0.6;
/// How likely somebody shares one thing a second time.
const AGAIN: f64 = 0.02;
/// How likely somebody who shares something looks at what else is new, and shares that too.
const SCROLLS: f64 = 0.25;
/// From how many shares on somebody may ride on a thing; riders take the most popular ones.
const POPULAR: u32 = 5;
/// How often a sharer or a delay is drawn again before the share is given up.
const TRIES: usize = 24;

/// Who has shared the thing at hand, so that hardly anybody does twice.
pub(super) struct Drawn<'p> {
    people: &'p People,
    /// The number of the last thing that each account shared.
    last: Vec<u32>,
    thing: u32,
    /// What the topic at hand has had so far.
    feed: Vec<Thing>,
}

impl<'p> Drawn<'p> {
    pub(super) fn new(people: &'p People) -> Self {
        Self { people, last: vec![0; people.accounts.len()], thing: 0, feed: Vec::new() }
    }

    fn next_thing(&mut self, author: Option<u32>) {
        self.thing += 1;
        if let Some(author) = author {
            self.last[author as usize] = self.thing;
        }
    }

    /// Another thing that somebody on the topic sees who is there at `time`, and when it is shared.
    fn next_in_feed(&self, time: i64, random: &mut Random) -> Option<(&Thing, i64)> {
        for _ in 0..4 {
            let thing = self.feed.get(random.index(self.feed.len()))?;
            let age = time - thing.birth;
            if age > 0 && (age as f64) < 1.5 * thing.half_life {
                let pause = maths::whole(random.exponential(100.0));
                return Some((thing, time.saturating_add_unsigned(5 + pause)));
            }
        }
        None
    }

    /// Whether `account` may share the thing at hand; from now on it has.
    fn takes(&mut self, account: u32, random: &mut Random) -> bool {
        let last = std::mem::replace(&mut self.last[account as usize], self.thing);
        last != self.thing || random.chance(AGAIN)
    }
}

/// One thing that people share.
struct Thing {
    topic: u32,
    birth: i64,
    /// In seconds.
    half_life: f64,
    /// Whether it takes time to be found.
    slow: bool,
    /// What sharing it is; [`Act::Say`] where only its hashtag is shared.
    act: Act,
    /// Its hashtag, and how many of its shares carry it.
    tag: Option<(Tags, f64)>,
    words: u64,
    shares: u32,
    /// Who wrote it, if it is a post: people seldom pass on what they wrote themselves.
    author: Option<u32>,
}

impl Thing {
    fn delay(&self, random: &mut Random) -> i64 {
        let delay = if self.slow {
            random.log_normal(maths::ln(self.half_life), 1.1)
        } else {
            random.exponential(self.half_life / std::f64::consts::LN_2)
        };
        1 + i64::try_from(maths::whole(delay.min(1e9))).unwrap_or(0)
    }
}

/// Plans what each topic's audience shares.
pub(super) fn ordinary(
    settings: &Settings,
    topics: &Topics,
    audiences: &[Audience],
    drawn: &mut Drawn<'_>,
    plan: &mut Plan,
    random: &mut Random,
) {
    for (topic, audience) in audiences.iter().enumerate() {
        let mut left = maths::whole(audience.posts * SHARED) as u32;
        drawn.feed.clear();
        let most = (audience.members.len() as f64 * 0.3).max(1.0);
        while left > 0 {
            let wanted = maths::whole(random.pareto(1.3, 1.1).min(most)) as u32;
            let shares = wanted.clamp(1, left);
            left -= shares;
            let Some(author) = audience.draw(random) else { break };
            let thing =
                thing(topic as u32, author, shares, (settings, topics), drawn, plan, random);
            let draw = |random: &mut Random| audience.draw(random);
            let scrolled = share(&thing, &draw, (settings, topics), drawn, plan, random);
            left = left.saturating_sub(scrolled);
            drawn.feed.push(thing);
        }
    }
}

/// A new thing on `topic`; if it is a post, `author` writes it.
fn thing(
    topic: u32,
    author: u32,
    shares: u32,
    (settings, topics): (&Settings, &Topics),
    drawn: &Drawn<'_>,
    plan: &mut Plan,
    random: &mut Random,
) -> Thing {
    let account = &drawn.people.accounts[author as usize];
    let birth = drawn.people.moment(author, settings, random);
    let words = random.bits();
    let (act, tag) = match random.below(100) {
        0..45 => (Act::Link(plan.new_link(topics.site(topic, random))), None),
        45..85 => {
            let original = plan.new_original();
            let mut deed = Deed::own(birth, author, topic, words, account.language);
            deed.act = Act::Original(original);
            if random.chance(0.3) {
                deed.tags = topics.row(topic, random);
            }
            plan.deeds.push(deed);
            (Act::Repost(original), None)
        }
        _ => {
            let language = topics.all[topic as usize].language;
            let number = tag(topic, language, plan, random);
            (Act::Say, Some((plan.row(&[number]), 1.0)))
        }
    };
    let half_life = random.pareto(20.0 * 60.0, 0.7).min(4.0 * DAY as f64);
    let slow = random.chance(0.3);
    let author = matches!(act, Act::Repost(_)).then_some(author);
    Thing { topic, birth, half_life, slow, act, tag, words, shares, author }
}

/// A second of the day UTC at which people so many hours from UTC are awake.
pub(super) fn waking_hour(clock: i64, random: &mut Random) -> i64 {
    loop {
        let second = random.between(0, DAY - 1);
        let hour = usize::try_from((second / HOUR + clock).rem_euclid(24)).unwrap_or(0);
        if random.chance(HOURS[hour]) {
            return second;
        }
    }
}

/// Plans the shares of `thing` by those whom `draw` gives; whoever shares it may see more that is
/// new and share that too. Says how many of those further shares there were.
fn share(
    thing: &Thing,
    draw: &dyn Fn(&mut Random) -> Option<u32>,
    (settings, topics): (&Settings, &Topics),
    drawn: &mut Drawn<'_>,
    plan: &mut Plan,
    random: &mut Random,
) -> u32 {
    drawn.next_thing(thing.author);
    let (mut shares, mut further) = (0, 0);
    for _ in 0..thing.shares {
        let Some((account, time)) = sharer(thing, draw, settings, drawn, random) else { continue };
        let deed = deed_of(thing, account, time, topics, drawn.people, random);
        // What a tool posts on the quarter hour may fall after the end.
        if deed.time < settings.end() {
            plan.deeds.push(deed);
            shares += 1;
        }
        if random.chance(SCROLLS)
            && let Some((other, time)) = drawn.next_in_feed(time, random)
            && time < settings.end()
        {
            let mut deed = deed_of(other, account, time, topics, drawn.people, random);
            deed.time = deed.time.min(settings.end() - 1);
            plan.deeds.push(deed);
            further += 1;
        }
    }
    if shares >= POPULAR && !matches!(thing.act, Act::Say) {
        let Thing { act, topic, birth, half_life, .. } = *thing;
        plan.popular.push(Popular { act, topic, birth, half_life, shares });
    }
    further
}

/// Somebody who is awake and has not shared `thing` yet, and when.
fn sharer(
    thing: &Thing,
    draw: &dyn Fn(&mut Random) -> Option<u32>,
    settings: &Settings,
    drawn: &mut Drawn<'_>,
    random: &mut Random,
) -> Option<(u32, i64)> {
    for _ in 0..TRIES {
        let account = draw(random)?;
        let reacts = drawn.people.accounts[account as usize].habit == Habit::Reactor
            && random.chance(REACTS);
        let delay = if reacts {
            1 + i64::try_from(maths::whole(random.log_normal(3.1, 0.6))).unwrap_or(0)
        } else {
            thing.delay(random)
        };
        let time = thing.birth + delay;
        if time < settings.end()
            && random.chance(drawn.people.awake(account, time))
            && drawn.takes(account, random)
        {
            return Some((account, time));
        }
    }
    None
}

fn deed_of(
    thing: &Thing,
    account: u32,
    time: i64,
    topics: &Topics,
    people: &People,
    random: &mut Random,
) -> Deed {
    let who = &people.accounts[account as usize];
    let mut deed = Deed::own(time, account, thing.topic, random.bits(), who.language);
    deed.act = thing.act;
    if matches!(thing.act, Act::Repost(_)) {
        return deed;
    }
    if who.habit == Habit::Planner {
        plan_ahead(&mut deed, random);
    }
    if matches!(thing.act, Act::Link(_)) && random.chance(0.3) {
        deed.form = Form::Headline;
        deed.words = thing.words;
    }
    match thing.tag {
        Some((tags, share)) if random.chance(share) => deed.tags = tags,
        None if random.chance(0.2) => deed.tags = topics.row(thing.topic, random),
        _ => {}
    }
    deed
}

/// Moves what a tool posts to the next quarter of an hour.
pub(super) fn plan_ahead(deed: &mut Deed, random: &mut Random) {
    deed.time = (deed.time.div_euclid(900) + 1) * 900 + random.between(0, 2);
    deed.client = Client::Planner;
}

/// Plans stories that break: people of all topics share them within minutes.
pub(super) fn breaking(
    settings: &Settings,
    topics: &Topics,
    audiences: &[Audience],
    drawn: &mut Drawn<'_>,
    plan: &mut Plan,
    random: &mut Random,
) {
    drawn.feed.clear();
    let accounts = &drawn.people.accounts;
    // Stories reach those who seldom post, too.
    let weights: Vec<f64> = accounts.iter().map(|account| account.rate.sqrt()).collect();
    let table = Alias::new(&weights);
    let draw = |random: &mut Random| Some(table.draw(random) as u32);
    // A crowd that posts little has little to say on these either.
    let lively = (settings.posts as f64 / settings.accounts as f64 / 12.0).min(1.0);
    for _ in 0..settings.breaking {
        let people = settings.accounts as f64 * (0.015 + 0.065 * random.unit()) * lively;
        // When a story breaks is nobody's choice, but most break by day.
        let day = settings.start + random.between(0, settings.days - 1) * DAY;
        let birth = day + waking_hour(1, random);
        let half_life = 100.0 + 140.0 * random.unit();
        for thing in story(birth, half_life, people, (topics, audiences), drawn, plan, random) {
            share(&thing, &draw, (settings, topics), drawn, plan, random);
        }
    }
}

/// A story is a link, a post that is passed on, and a hashtag that goes with both.
fn story(
    birth: i64,
    half_life: f64,
    people: f64,
    (topics, audiences): (&Topics, &[Audience]),
    drawn: &Drawn<'_>,
    plan: &mut Plan,
    random: &mut Random,
) -> Vec<Thing> {
    let topic = random.index(topics.all.len()) as u32;
    let language = topics.all[topic as usize].language;
    let number = tag(topic, language, plan, random);
    let row = plan.row(&[number]);
    let words = random.bits();
    let link = Act::Link(plan.new_link(topics.site(topic, random)));
    let mut acts = vec![(link, 0.45, 0.3), (Act::Say, 0.15, 1.0)];
    let author = audiences[topic as usize].draw(random);
    if let Some(author) = author {
        let original = plan.new_original();
        let language = drawn.people.accounts[author as usize].language;
        let mut deed = Deed::own(birth, author, topic, words, language);
        (deed.act, deed.tags) = (Act::Original(original), row);
        plan.deeds.push(deed);
        acts.push((Act::Repost(original), 0.40, 0.0));
    }
    let thing = |(act, share, tagged): (Act, f64, f64)| {
        let shares = maths::whole(people * share) as u32;
        let tag = Some((row, tagged));
        let author = author.filter(|_| matches!(act, Act::Repost(_)));
        Thing { topic, birth, half_life, slow: false, act, tag, words, shares, author }
    };
    acts.into_iter().map(thing).collect()
}
