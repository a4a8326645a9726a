use charivari_simulate::society::{Settings as Crowd, generate};

use super::*;
use crate::detectors::chance::Scatter;

const SECOND: i64 = 1_000_000;
const DAY_S: i64 = 86_400;

fn run(posts: &[(u32, i64)], accounts: u32) -> Signs {
    Cadence.run(&Context { accounts, posts: Some(posts), ..Context::default() })
}

fn of(signs: &Signs, name: &str) -> Vec<u32> {
    let mut accounts: Vec<u32> = signs
        .rows
        .iter()
        .filter(|sign| sign.sign == name)
        .filter_map(|sign| sign.account)
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// People with hours of their own: each is mostly there around three moments of the day.
fn people(accounts: std::ops::Range<u32>, each: usize, seed: u64) -> Vec<(u32, i64)> {
    let mut scatter = Scatter(seed);
    let mut posts = Vec::new();
    for account in accounts {
        let likes: Vec<i64> = (0..3).map(|_| i64::from(scatter.below(86_400))).collect();
        for _ in 0..each {
            let day = i64::from(scatter.below(21));
            let near = likes[scatter.below(3) as usize] + i64::from(scatter.below(7_200));
            posts.push((account, (day * DAY_S + near) * SECOND));
        }
    }
    posts
}

#[test]
fn honest_people_are_not_alike() {
    for seed in 0..2 {
        let mut settings = Crowd::honest(2_000, 40 + seed);
        settings.publishers = 0;
        let society = generate(&settings);
        let posts: Vec<_> = society.posts.iter().map(|p| (p.account, p.time * SECOND)).collect();
        let signs = run(&posts, society.accounts.len() as u32);
        assert_eq!(of(&signs, "alike"), Vec::<u32>::new(), "{seed}");
    }
}

#[test]
fn accounts_of_one_schedule_are_alike() {
    let mut posts = people(0..300, 60, 1);
    // One schedule of its own hours and pauses, run for five accounts at other moments.
    let mut scatter = Scatter(2);
    for day in 0..21 {
        for slot in [3, 5, 6, 14, 15, 22] {
            for account in 300..305 {
                let late = i64::from(scatter.below(900));
                posts.push((account, (day * DAY_S + slot * 3_600 + late) * SECOND));
            }
        }
    }
    let signs = run(&posts, 305);
    let found = of(&signs, "alike");
    assert!(!found.is_empty() && found.iter().all(|account| *account >= 300), "{found:?}");
}

#[test]
fn machines_keep_full_minutes_quarters_and_periods() {
    let mut posts = people(0..60, 60, 3);
    for at in 0..80 {
        posts.push((60, at * 17 * 60 * SECOND));
        posts.push((61, (at * 45 * 60 + 3) * SECOND));
        posts.push((62, (at * 3_607 + 11) * SECOND));
    }
    let signs = run(&posts, 63);
    assert_eq!(of(&signs, "full-minutes"), [60]);
    assert_eq!(of(&signs, "quarters"), [61]);
    assert_eq!(of(&signs, "period"), [60, 61, 62]);
    let period = signs.rows.iter().find(|s| s.sign == "period" && s.account == Some(62)).unwrap();
    assert_eq!(period.detail, "every 3607 s");
}

#[test]
fn who_never_sleeps_has_the_shortest_night() {
    let mut posts = people(0..120, 110, 4);
    let mut scatter = Scatter(5);
    posts.extend((0..400).map(|_| (120, i64::from(scatter.below(21 * 86_400)) * SECOND)));
    assert_eq!(of(&run(&posts, 121), "sleepless"), [120]);
}

#[test]
fn a_clock_of_minutes_has_no_full_minutes() {
    let posts: Vec<(u32, i64)> =
        people(0..40, 60, 6).into_iter().map(|(a, t)| (a, t - t % (60 * SECOND))).collect();
    let signs = run(&posts, 40);
    assert!(signs.notes.iter().any(|note| note.about == "seconds"));
    assert!(of(&signs, "full-minutes").is_empty() && of(&signs, "quarters").is_empty());
}

#[test]
fn the_order_of_the_posts_does_not_matter() {
    let mut posts = people(0..80, 40, 7);
    let signs = run(&posts, 80);
    posts.reverse();
    assert_eq!(run(&posts, 80), signs);
}

#[test]
fn few_posts_and_absurd_times_do_no_harm() {
    let same: Vec<(u32, i64)> = (0..3).flat_map(|account| vec![(account, 0); 50]).collect();
    run(&same, 3);
    let wide: Vec<(u32, i64)> =
        (0..40).map(|at| (0, if at % 2 == 0 { i64::MIN / 5 } else { i64::MAX / 5 })).collect();
    run(&wide, 3);
}
