//! The crowd has the basic facts of real ones: few post most, and people sleep.

use std::collections::BTreeMap;

use charivari_simulate::clock::{DAY, HOUR};
use charivari_simulate::crowd::{Burst, Crowd};
use charivari_simulate::random::Random;
use charivari_simulate::script::{Script, What};
use charivari_simulate::text::Topic;
use charivari_simulate::world::{Post, Reference};

const CROWD: Crowd =
    Crowd { accounts: 2_000, posts: 20_000, sigma: 1.2, tail: 0.05, start: 1_000 * DAY, days: 4 };

fn crowd(seed: u64) -> (Script, Vec<usize>) {
    let random = &mut Random::new(seed);
    let mut script = Script { seed, ..Script::default() };
    script.accounts = CROWD.people(1, random);
    let members: Vec<usize> = (0..script.accounts.len()).collect();
    CROWD.chatter(&members, &mut script, random);
    (script, members)
}

#[test]
fn the_same_seed_gives_the_same_world() {
    assert_eq!(crowd(3).0.perform(), crowd(3).0.perform());
    assert_ne!(crowd(3).0.perform(), crowd(4).0.perform());
}

#[test]
fn planning_more_changes_nothing_planned_before() {
    let (script, _) = crowd(3);
    let last = script.deeds.iter().map(|deed| deed.time).max().unwrap();
    let mut longer = script.clone();
    longer.plan(last + 1, 0, What::Say("And that was that".to_owned()));
    let (one, other) = (script.perform(), longer.perform());
    assert_eq!(one.posts[..], other.posts[..one.posts.len()]);
}

#[test]
fn few_accounts_post_most() {
    let world = crowd(3).0.perform();
    let mut counts = vec![0_usize; world.accounts.len()];
    for post in &world.posts {
        counts[post.account] += 1;
    }
    counts.sort_unstable_by(|one, other| other.cmp(one));
    assert!(counts.iter().all(|count| *count >= 1), "each posts at least once");
    let share = |accounts: usize| counts[..accounts].iter().sum::<usize>() as f64 / 20_000.0;
    // A tenth of the accounts writes more than a third; with equal activity it would be a tenth.
    assert!(share(200) > 0.35, "{}", share(200));
    assert!(counts[0] > 20 * counts[1_000], "{} {}", counts[0], counts[1_000]);
}

#[test]
fn people_sleep_at_their_own_night() {
    let world = crowd(3).0.perform();
    let mut hours: BTreeMap<i64, [usize; 24]> = BTreeMap::new();
    for post in &world.posts {
        let zone = world.author(post).zone;
        let hour = (post.time + zone * HOUR).rem_euclid(DAY) / HOUR;
        hours.entry(zone).or_default()[usize::try_from(hour).unwrap()] += 1;
        assert!((CROWD.start..CROWD.start + CROWD.days * DAY).contains(&post.time));
    }
    for (zone, hours) in hours {
        let night: usize = hours[2..5].iter().sum();
        let evening: usize = hours[19..22].iter().sum();
        assert!(night * 8 < evening, "UTC{zone:+}: {night} by night, {evening} in the evening");
    }
}

#[test]
fn what_people_do_is_mixed() {
    let world = crowd(3).0.perform();
    let share = |is: fn(&Post) -> bool| {
        world.posts.iter().filter(|post| is(post)).count() as f64 / world.posts.len() as f64
    };
    let reposts = share(|post| matches!(post.reference, Reference::Repost(_)));
    let replies = share(|post| matches!(post.reference, Reference::Reply(_)));
    assert!((0.27..0.32).contains(&reposts), "{reposts}");
    assert!((0.12..0.17).contains(&replies), "{replies}");
}

#[test]
fn a_burst_is_short_and_each_takes_part_once() {
    let (mut script, members) = crowd(3);
    let first = script.deeds.len();
    let time = CROWD.start + 20 * HOUR;
    let burst =
        Burst { time, people: 300, mean_delay: 300.0, topic: Topic::Football, carried: "#but" };
    burst.plan(&members, &mut script, &mut Random::new(9));
    let shares = &script.deeds[first..];
    assert_eq!(shares.len(), 300);
    let mut accounts: Vec<usize> = shares.iter().map(|deed| deed.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    assert_eq!(accounts.len(), 300);
    let early = shares.iter().filter(|deed| deed.time < time + 900).count();
    assert!(early > 270, "{early} of 300 within a quarter of an hour");
    assert!(shares.iter().all(|deed| deed.time >= time));
}
