//! Who there is: activity, interests, clocks and habits.

use super::Account;
use super::settings::Settings;
use super::topics::Topics;
use crate::clock::{DAY, HOUR};
use crate::crowd::{HOURS, home};
use crate::random::Random;
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
        Self { accounts }
    }

    /// How likely `account` posts at `time` if it would at its liveliest hour, from 0 to 1.
    pub(super) fn awake(&self, account: u32, time: i64) -> f64 {
        wakefulness(self.accounts[account as usize].clock, time)
    }
}

/// How lively somebody with this distance from UTC in hours is at `time`.
pub(super) fn wakefulness(clock: i64, time: i64) -> f64 {
    let hour = (time.div_euclid(HOUR) + clock).rem_euclid(24);
    HOURS[usize::try_from(hour).unwrap_or(0)]
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
        clock: zone - random.below(3) as i64 + random.below(2) as i64,
        interests: topics.interests(language, random),
        rate,
        habit,
        group: None,
    }
}
