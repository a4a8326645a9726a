//! Talk: what people say beside sharing things.

use super::attention::{moment, plan_ahead};
use super::people::{Habit, People};
use super::plan::{Act, Deed, Plan};
use super::settings::Settings;
use super::topics::Topics;
use crate::random::{Alias, Random};

/// The share of talk that answers others.
const REPLIES: f64 = 0.25;
/// The share of talk with hashtags.
const TAGGED: f64 = 0.2;
/// The share of talk that mentions somebody.
const MENTIONS: f64 = 0.08;

/// Plans talk until there are as many posts as asked; those whose activity is not reached yet say
/// most.
pub(super) fn fill(
    settings: &Settings,
    topics: &Topics,
    people: &People,
    plan: &mut Plan,
    random: &mut Random,
) {
    let mut left: Vec<f64> = people.accounts.iter().map(|account| account.rate).collect();
    for deed in plan.deeds.iter().filter(|deed| deed.wave.is_none()) {
        left[deed.account as usize] -= 1.0;
    }
    for (left, account) in left.iter_mut().zip(&people.accounts) {
        *left = left.max(0.02 * account.rate);
    }
    let table = Alias::new(&left);
    for _ in plan.deeds.len()..settings.posts {
        let account = table.draw(random) as u32;
        plan.deeds.push(talk(settings, topics, people, account, random));
    }
}

fn talk(
    settings: &Settings,
    topics: &Topics,
    people: &People,
    account: u32,
    random: &mut Random,
) -> Deed {
    let who = &people.accounts[account as usize];
    let time = moment(settings, who.clock, random);
    let topic = interest(&who.interests, random);
    let mut deed = Deed::own(time, account, topic, random.bits(), who.language);
    if random.chance(REPLIES) {
        deed.act = Act::Reply;
        return deed;
    }
    if who.habit == Habit::Planner {
        plan_ahead(&mut deed, random);
        deed.time = deed.time.min(settings.end() - 1);
    }
    if random.chance(TAGGED) {
        deed.tags = topics.row(topic, random);
    }
    if random.chance(MENTIONS) {
        deed.mention = Some(random.index(people.accounts.len()) as u32);
    }
    deed
}

/// One of the interests, by its share.
pub(super) fn interest(interests: &[(u32, f64); 3], random: &mut Random) -> u32 {
    let mut draw = random.unit();
    for (topic, share) in interests {
        draw -= share;
        if draw < 0.0 {
            return *topic;
        }
    }
    interests[0].0
}
