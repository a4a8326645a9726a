//! A stream of millions of posts, for benchmarks and for tests of what is large.
//!
//! A table of posts in CSV, made in constant memory: what was popular a while ago is kept, not what
//! was said. Posts come minute by minute, in any order within a minute, as collectors deliver them.
//! Activity is heavy-tailed, popularity follows a Zipf law, news comes in bursts, the hours of the
//! day show; some groups are planted.
//!
//! [`Settings::giant`] adds the hardest case: one link that very many accounts post within a minute,
//! among whom twelve are a group.

mod content;
mod people;
mod planted;
mod popular;
mod rows;

use std::io::{self, Write};

use self::content::Content;
use self::people::People;
use self::planted::{Act, Plan};
use self::popular::{Original, Popular};
use self::rows::{Row, Rows};
use crate::clock::DAY;
use crate::crowd::HOURS;
use crate::random::{Random, mix};
use crate::world::x_account_id;

/// What the stream is to be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How many posts, planted ones included and those on the giant link not.
    pub posts: u64,
    /// How many accounts there are; not all of them need post.
    pub accounts: u64,
    /// The seed.
    pub seed: u64,
    /// When it begins, in seconds since the epoch; a midnight.
    pub start: i64,
    /// Over how many days.
    pub days: i64,
    /// How many groups are planted.
    pub groups: usize,
    /// How many accounts post one link within one minute, in the middle of the time; 0 for none.
    pub giant: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            posts: 1_000_000,
            accounts: 500_000,
            seed: 1,
            // 2023-01-01T00:00:00Z.
            start: 1_672_531_200,
            days: 30,
            groups: 24,
            giant: 0,
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows, the header not counted.
    pub posts: u64,
    /// Bytes, the header included.
    pub bytes: u64,
}

/// The share of posts that pass another on.
const REPOSTS: f64 = 0.30;
/// The share of posts that answer another.
const REPLIES: f64 = 0.12;
/// The share of posts that carry the news, while it is new.
const NEWS: f64 = 0.06;
/// The fewest bytes of a text that a group copies.
const LEAST_TEXT: usize = 80;

/// Writes the stream.
///
/// # Errors
/// `out` cannot be written to.
pub fn write(settings: &Settings, out: &mut impl Write) -> io::Result<Written> {
    let mut stream = Stream::new(settings);
    let mut rows = Rows::new(out);
    let minutes = settings.days * DAY / 60;
    let clock = Clock::new(settings);
    for minute in 0..minutes {
        stream.minute(minute, clock.posts_in(minute, stream.ordinary), &mut rows)?;
    }
    rows.finish()
}

/// The accounts that are planted, by their native ids, each with its group.
#[must_use]
pub fn truth(settings: &Settings) -> Vec<(u64, String)> {
    let groups = Plan::new(settings).groups;
    let named = groups.into_iter().enumerate().flat_map(|(number, accounts)| {
        let name = if settings.giant > 0 && number == settings.groups {
            "giant".to_owned()
        } else {
            format!("group-{number:02}")
        };
        accounts.into_iter().map(move |account| (x_account_id(account), name.clone()))
    });
    named.collect()
}

/// How many posts fall into each minute.
struct Clock {
    /// The share of a day's posts up to the end of each hour UTC.
    hours: [f64; 24],
    days: i64,
}

impl Clock {
    fn new(settings: &Settings) -> Self {
        // The crowd lives in several zones, which smooths its nights.
        let mut hours: [f64; 24] = std::array::from_fn(|hour| {
            people::ZONES.iter().map(|zone| HOURS[people::local(hour, *zone)]).sum()
        });
        let total: f64 = hours.iter().sum();
        let mut sum = 0.0;
        for hour in &mut hours {
            sum += *hour / total;
            *hour = sum;
        }
        Self { hours, days: settings.days }
    }

    fn posts_in(&self, minute: i64, posts: u64) -> u64 {
        let until = |minute| crate::random::maths::whole(self.share(minute) * posts as f64 + 0.5);
        until(minute + 1) - until(minute)
    }

    /// The share of all posts before `minute`.
    fn share(&self, minute: i64) -> f64 {
        let (day, rest) = (minute / 1_440, minute % 1_440);
        let hour = usize::try_from(rest / 60).unwrap_or(0);
        let before = if hour == 0 { 0.0 } else { self.hours[hour - 1] };
        let within = (rest % 60) as f64 / 60.0 * (self.hours[hour] - before);
        (day as f64 + before + within) / self.days as f64
    }
}

/// The stream so far.
struct Stream {
    settings: Settings,
    random: Random,
    people: People,
    content: Content,
    popular: Popular,
    plan: Plan,
    /// How many posts are neither planted nor giant.
    ordinary: u64,
    /// What everybody shares now: a link and the minute it gets old.
    news: (u32, i64),
}

impl Stream {
    fn new(settings: &Settings) -> Self {
        let plan = Plan::new(settings);
        Self {
            settings: *settings,
            random: Random::part(settings.seed, 10),
            people: People::new(settings),
            content: Content::new(settings),
            popular: Popular::new(),
            ordinary: settings.posts.saturating_sub(plan.acts.len() as u64),
            plan,
            news: (0, 0),
        }
    }

    fn minute<W: Write>(&mut self, minute: i64, posts: u64, rows: &mut Rows<W>) -> io::Result<()> {
        let start = self.settings.start + minute * 60;
        rows.minute(start);
        // News breaks about every half hour and is shared for a quarter of one.
        if minute >= self.news.1 && self.random.chance(1.0 / 30.0) {
            self.news = (self.popular.new_link(), minute + 15);
        }
        for _ in 0..posts {
            self.ordinary(minute, rows)?;
        }
        while let Some(act) = self.plan.next_before(start + 60) {
            self.planted(&act, rows)?;
        }
        if self.settings.giant > 0 && minute == self.settings.days * 720 {
            self.giant(rows)?;
        }
        Ok(())
    }

    fn ordinary<W: Write>(&mut self, minute: i64, rows: &mut Rows<W>) -> io::Result<()> {
        let account = self.people.awake(minute / 60, &mut self.random);
        let second = self.random.below(60);
        let kind = self.random.unit();
        if kind < REPOSTS
            && let Some(original) = self.popular.to_pass_on(&mut self.random)
        {
            let text = self.content.fill(&original, &self.people);
            return rows.write(
                &Row { second, account, repost: Some(&original), reply: None, text },
                &self.people,
            );
        }
        let reply =
            if kind < REPOSTS + REPLIES { self.popular.to_answer(&mut self.random) } else { None };
        let link = self.link(minute);
        let original = Original { post: rows.next_id(), account, seed: self.random.bits(), link };
        let text = self.content.fill(&original, &self.people);
        let row = Row { second, account, repost: None, reply: reply.as_ref(), text };
        rows.write(&row, &self.people)?;
        self.popular.offer(original, &mut self.random);
        Ok(())
    }

    /// The link of a post, 0 for none.
    fn link(&mut self, minute: i64) -> u32 {
        if minute < self.news.1 && self.random.chance(NEWS) {
            self.news.0
        } else if self.random.chance(0.24) {
            self.popular.link(&mut self.random)
        } else {
            0
        }
    }

    fn planted<W: Write>(&mut self, act: &Act, rows: &mut Rows<W>) -> io::Result<()> {
        let second = act.time.rem_euclid(60).unsigned_abs();
        let first = match self.plan.waves[act.wave].first {
            Some(first) => first,
            None => self.first_of(act, rows.next_id()),
        };
        let tactic = self.plan.waves[act.wave].tactic;
        // The first of a wave is what the others pass on.
        if first.account == act.account && first.post == rows.next_id() {
            let text = self.content.fill(&first, &self.people);
            let row = Row { second, account: act.account, repost: None, reply: None, text };
            return rows.write(&row, &self.people);
        }
        let repost = tactic.is_repost().then_some(&first);
        // Copies have the words of the first; those who push a link write texts of their own.
        let text = if tactic.has_link() {
            let seed = self.random.bits();
            let own = Original { post: rows.next_id(), account: act.account, seed, ..first };
            self.content.fill(&own, &self.people)
        } else {
            self.content.fill(&first, &self.people)
        };
        let row = Row { second, account: act.account, repost, reply: None, text };
        rows.write(&row, &self.people)
    }

    /// The first post of the wave of `act`, which is to have the id `post`.
    ///
    /// Its text is not short: nobody hands out a greeting to be copied.
    fn first_of(&mut self, act: &Act, post: u64) -> Original {
        let wave = &mut self.plan.waves[act.wave];
        let link = if wave.tactic.has_link() { wave.link } else { 0 };
        let mut first = Original { post, account: act.account, seed: wave.seed, link };
        for _ in 0..64 {
            if self.content.fill(&first, &self.people).text.len() >= LEAST_TEXT {
                break;
            }
            first.seed = mix(first.seed);
        }
        wave.first = Some(first);
        first
    }

    /// One link from very many accounts within a minute, each with a text of its own.
    fn giant<W: Write>(&mut self, rows: &mut Rows<W>) -> io::Result<()> {
        let accounts = self.settings.giant;
        // A step without a common divisor visits each account once, out of their order.
        let least = accounts / 2 + accounts / 9;
        let mut steps = least..=least.saturating_add(accounts);
        let step = steps.find(|step| common_divisor(*step, accounts) == 1);
        let step = step.unwrap_or(1);
        for number in 0..accounts {
            let place = u128::from(number) * u128::from(step) % u128::from(accounts.max(1));
            let account = place as u64;
            let second = (u128::from(number) * 60 / u128::from(accounts)) as u64;
            let text = self.content.fill_giant(account);
            rows.write(&Row { second, account, repost: None, reply: None, text }, &self.people)?;
        }
        Ok(())
    }
}

fn common_divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { common_divisor(other, one % other) }
}
