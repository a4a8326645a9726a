//! Honest accounts: who they are, when they post, and what makes them post at once.
//!
//! Activity is heavy-tailed: most accounts post little and a few a great deal, as on every platform;
//! it is drawn from a log-normal distribution with a Pareto tail. Accounts follow the hours of their
//! own time zone. News makes strangers share one thing within minutes: such bursts are what a
//! detector must not take for coordination.

use crate::clock::{DAY, HOUR};
use crate::random::{Alias, Random};
use crate::script::{Script, What};
use crate::text::{Language, Topic, sentence};
use crate::world::Account;

/// How active people are in each hour of their day, relative to the busiest: asleep by night, a
/// first peak at noon and a higher one in the evening.
pub const HOURS: [f64; 24] = [
    0.22, 0.10, 0.05, 0.03, 0.03, 0.06, 0.18, 0.42, 0.60, 0.62, 0.60, 0.64, //
    0.78, 0.72, 0.62, 0.60, 0.64, 0.72, 0.84, 0.92, 1.00, 0.98, 0.76, 0.44,
];

/// The most that the Pareto tail adds: nobody can post all day and all night.
const MOST_TAIL: f64 = 8.0;

/// An honest crowd.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crowd {
    /// How many accounts; each posts at least once.
    pub accounts: usize,
    /// How many posts in all, bursts not counted; at least one for each account.
    pub posts: usize,
    /// The deviation of the logarithm of activity: 0 is alike for all, above 1 is heavy-tailed.
    pub sigma: f64,
    /// The share of accounts whose activity has the Pareto tail (exponent 1.2) on top.
    pub tail: f64,
    /// When it begins, in seconds since the epoch.
    pub start: i64,
    /// How many days it lasts.
    pub days: i64,
}

impl Crowd {
    /// Draws honest accounts on X, numbered from `first`.
    #[must_use]
    pub fn people(&self, first: u64, random: &mut Random) -> Vec<Account> {
        let number = |place: usize| first + place as u64;
        (0..self.accounts).map(|place| self.person(number(place), random)).collect()
    }

    fn person(&self, number: u64, random: &mut Random) -> Account {
        let (language, zone) = home(random);
        let mut activity = random.log_normal(0.0, self.sigma);
        if random.chance(self.tail) {
            activity *= random.pareto(1.0, 1.2).min(MOST_TAIL);
        }
        let interests = [random.pick(&Topic::ALL), random.pick(&Topic::ALL)];
        Account { zone, interests, activity, ..Account::numbered(number, language) }
    }

    /// Plans what `members` post: one post each, and the rest by activity.
    pub fn chatter(&self, members: &[usize], script: &mut Script, random: &mut Random) {
        let weights: Vec<f64> =
            members.iter().map(|member| script.accounts[*member].activity).collect();
        let table = Alias::new(&weights);
        let hours = Alias::new(&HOURS);
        for post in 0..self.posts.max(members.len()) {
            let Some(place) = members.get(post).or_else(|| members.get(table.draw(random))) else {
                return;
            };
            let time = self.moment(script.accounts[*place].zone, &hours, random);
            script.plan(time, *place, What::Chatter);
        }
    }

    /// A moment at which somebody `zone` hours from UTC is awake.
    fn moment(&self, zone: i64, hours: &Alias, random: &mut Random) -> i64 {
        let hour = i64::try_from(hours.draw(random)).unwrap_or(0);
        let second = (hour - zone) * HOUR + random.between(0, HOUR - 1);
        self.start + random.between(0, self.days - 1) * DAY + second.rem_euclid(DAY)
    }
}

/// A language and a distance from UTC in winter: most live around Paris, some write French from
/// Montréal, English from London or New York.
pub(crate) fn home(random: &mut Random) -> (Language, i64) {
    match random.below(100) {
        0..58 => (Language::French, 1),
        58..64 => (Language::French, -5),
        64..82 => (Language::English, 0),
        82..92 => (Language::English, -5),
        92..95 => (Language::Greek, 2),
        95..97 => (Language::Arabic, 1),
        97..99 => (Language::Ukrainian, 2),
        _ => (Language::Japanese, 9),
    }
}

/// News that strangers share within minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Burst<'a> {
    /// When the news breaks, in seconds since the epoch.
    pub time: i64,
    /// How many share it; each account once.
    pub people: usize,
    /// The mean delay in seconds; delays are exponential, so that the first minutes are busiest.
    pub mean_delay: f64,
    /// What it is about.
    pub topic: Topic,
    /// What all of them carry: links or hashtags, with their signs.
    pub carried: &'a str,
}

impl Burst<'_> {
    /// Plans the burst among `members`: those who post much see it more often.
    pub fn plan(&self, members: &[usize], script: &mut Script, random: &mut Random) {
        let weights: Vec<f64> =
            members.iter().map(|member| script.accounts[*member].activity.min(20.0)).collect();
        let table = Alias::new(&weights);
        let mut taken = vec![false; members.len()];
        let mut left = self.people.min(members.len() / 2);
        // Half of the members at most, so that a few draws find one that is free.
        for _ in 0..left * 1_000 {
            let place = table.draw(random);
            if left == 0 {
                break;
            }
            if std::mem::replace(&mut taken[place], true) {
                continue;
            }
            left -= 1;
            let delay = crate::random::maths::whole(random.exponential(self.mean_delay));
            let language = script.accounts[members[place]].language;
            let mut text = String::new();
            sentence(&mut text, random, language, self.topic);
            text.push(' ');
            text.push_str(self.carried);
            let time = self.time.saturating_add_unsigned(delay);
            script.plan(time, members[place], What::Say(text));
        }
    }
}
