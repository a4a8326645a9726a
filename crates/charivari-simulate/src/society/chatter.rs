//! Talk: what people say beside sharing things.

use super::attention::plan_ahead;
use super::people::{Habit, People};
use super::plan::{Act, Deed, Plan};
use super::settings::Settings;
use super::topics::Topics;
use super::{Account, Kind};
use crate::random::{Alias, Random, maths};

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
    for (place, account) in people.accounts.iter().enumerate() {
        left[place] = left[place].max(0.02 * account.rate);
        if is_planted(account, plan) {
            // The camouflage of members is a promise; others have what is left.
            for _ in 0..maths::whole(left[place] + 0.5) {
                plan.deeds.push(talk(settings, topics, people, place as u32, random));
            }
            left[place] = 0.0;
        }
    }
    let table = Alias::new(&left);
    for _ in plan.deeds.len()..settings.posts {
        let account = table.draw(random) as u32;
        plan.deeds.push(talk(settings, topics, people, account, random));
    }
}

fn is_planted(account: &Account, plan: &Plan) -> bool {
    account.group.is_some_and(|group| plan.groups[group as usize].kind == Kind::Planted)
}

fn talk(
    settings: &Settings,
    topics: &Topics,
    people: &People,
    account: u32,
    random: &mut Random,
) -> Deed {
    let who = &people.accounts[account as usize];
    let time = people.moment(account, settings, random);
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
