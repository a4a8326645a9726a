//! Who there is: activity, interests, clocks and habits.

use super::Account;
use super::settings::Settings;
use super::topics::Topics;
use crate::clock::{DAY, HOUR};
use crate::crowd::{HOURS, home};
use crate::random::{Random, mix};
use crate::text::handle;

/// The share of accounts that are always among the first.
const REACTORS: f64 = 0.02;
/// The share of accounts that post at set times.
const PLANNERS: f64 = 0.03;
/// The share of accounts with a Pareto tail (exponent 1.2) on their activity.
const TAIL: f64 = 0.03;
/// The most posts of one account a day.
const MOST_A_DAY: f64 = 60.0;

/// How an account goes about posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Habit {
    /// When it comes across something.
    Casual,
    /// Within the first minute of what is new, as a rule.
    Reactor,
    /// At full quarters of an hour, by a tool.
    Planner,
    /// A newsroom's system.
    Newsroom,
}

impl Habit {
    /// Its name in truth tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Casual => "casual",
            Self::Reactor => "reactor",
            Self::Planner => "planner",
            Self::Newsroom => "newsroom",
        }
    }
}

/// All accounts while they are drawn.
pub(super) struct People {
    pub(super) accounts: Vec<Account>,
    /// From which routines and days away follow.
    seed: u64,
}

impl People {
    pub(super) fn new(settings: &Settings, topics: &Topics, random: &mut Random) -> Self {
        let person = |place| person(place, settings, topics, random);
        let mut accounts: Vec<Account> = (0..settings.accounts as u64).map(person).collect();
        let total: f64 = accounts.iter().map(|account| account.rate).sum();
        let scale = settings.posts as f64 / total;
        let most = MOST_A_DAY * settings.days as f64;
        for account in &mut accounts {
            account.rate = (account.rate * scale).min(most);
        }
        Self { accounts, seed: mix(settings.seed) }
    }

    /// How lively `account` is at `time`, from 0 to 1: by its own clock, by its routine, which has
    /// hours of the day that it likes, and by the day, for nobody is there every day.
    pub(super) fn awake(&self, account: u32, time: i64) -> f64 {
        let hour = time.div_euclid(HOUR) + self.accounts[account as usize].clock;
        let of_day = hour.rem_euclid(24);
        let draw =
            |what: i64| mix(self.seed ^ u64::from(account) << 24 ^ what.cast_unsigned()) % 100;
        let routine = 0.3 + 0.007 * draw(of_day) as f64;
        let is_away = draw(hour.div_euclid(24) + 100) < 15;
        let there = if is_away { 0.15 } else { 1.0 };
        HOURS[usize::try_from(of_day).unwrap_or(0)] * routine * there
    }

    /// A moment at which `account` is awake.
    pub(super) fn moment(&self, account: u32, settings: &Settings, random: &mut Random) -> i64 {
        loop {
            let time = random.between(settings.start, settings.end() - 1);
            if random.chance(self.awake(account, time)) {
                return time;
            }
        }
    }

    /// Lets the crowd post so much less that all posts are `posts`, members' ones included.
    pub(super) fn make_room(&mut self, posts: f64) {
        let crowd = |account: &&mut Account| account.group.is_none();
        let total: f64 = self.accounts.iter_mut().filter(crowd).map(|account| account.rate).sum();
        let scale = (posts.max(0.0) / total.max(1e-9)).min(1.0);
        for account in self.accounts.iter_mut().filter(crowd) {
            account.rate *= scale;
        }
    }
}

fn person(number: u64, settings: &Settings, topics: &Topics, random: &mut Random) -> Account {
    let (language, zone) = home(random);
    let mut rate = random.log_normal(0.0, 1.1);
    if random.chance(TAIL) {
        rate *= random.pareto(1.5, 1.2).min(40.0);
    }
    let habit = match random.unit() {
        share if share < REACTORS => Habit::Reactor,
        share if share < REACTORS + PLANNERS => Habit::Planner,
        _ => Habit::Casual,
    };
    let made = handle(number, language);
    Account {
        handle: made.handle,
        name: made.name,
        created: settings.start - random.between(20, 4_000) * DAY - random.between(0, DAY - 1),
        language,
        // Few are early birds, more are owls.
        clock: zone - random.between(0, 2) + random.between(0, 1),
        interests: topics.interests(language, random),
        rate,
        habit,
        group: None,
    }
}
