use charivari_simulate::society::{Settings as Crowd, Society, generate};

use super::crowd::Crowd as Crowd_;
use super::*;
use crate::detectors::chance::Scatter;

const SECOND: i64 = 1_000_000;
const HOUR_S: u32 = 3_600;

fn posts_of(society: &Society) -> Vec<(u32, i64)> {
    society.posts.iter().map(|post| (post.account, post.time * SECOND)).collect()
}

fn run(posts: &[(u32, i64)], accounts: u32) -> Signs {
    Sync.run(&Context { accounts, posts: Some(posts), ..Context::default() })
}

fn pairs(signs: &Signs) -> Vec<(u32, u32)> {
    let mut pairs: Vec<_> = signs.rows.iter().filter_map(|s| s.account.zip(s.other)).collect();
    pairs.sort_unstable();
    pairs
}

/// People who post at any time of two weeks, whenever they like.
fn crowd(accounts: u32, each: usize, seed: u64) -> Vec<(u32, i64)> {
    let mut scatter = Scatter(seed);
    (0..accounts)
        .flat_map(|account| vec![account; each])
        .map(|account| (account, i64::from(scatter.below(14 * 24 * HOUR_S)) * SECOND))
        .collect()
}

#[test]
fn an_honest_crowd_is_not_blamed() {
    for seed in 0..3 {
        let society = generate(&Crowd::honest(3_000, 70 + seed));
        let signs = run(&posts_of(&society), society.accounts.len() as u32);
        let group = |account: u32| society.accounts[account as usize].group;
        for (a, b) in pairs(&signs) {
            // Outlets of one publisher do post in step.
            assert!(group(a).is_some() && group(a) == group(b), "{seed}: {a} {b}");
        }
    }
}

#[test]
fn accounts_that_post_in_step_are_found_whatever_they_say() {
    let mut posts = crowd(400, 20, 1);
    let mut scatter = Scatter(2);
    for _ in 0..12 {
        let time = scatter.below(13 * 24 * HOUR_S);
        for account in 400..405 {
            posts.push((account, i64::from(time + scatter.below(9)) * SECOND));
        }
    }
    let signs = run(&posts, 405);
    let expected: Vec<(u32, u32)> =
        (400..405).flat_map(|a| (a + 1..405).map(move |b| (a, b))).collect();
    assert_eq!(pairs(&signs), expected);
    assert!(signs.rows.iter().all(|sign| sign.group == Some(0) && sign.q <= Some(0.05)));
}

#[test]
fn who_posts_at_set_times_is_not_in_step_with_others_who_do() {
    // (name, period in seconds): each posts once an hour or so, exactly on the grid.
    for (name, period) in [("quarters", 900), ("minutes", 300), ("hours", 3_600)] {
        let mut posts = crowd(300, 20, 3);
        let mut scatter = Scatter(4);
        for account in 300..330 {
            for _ in 0..60 {
                let slot = scatter.below(14 * 24 * HOUR_S / period);
                posts.push((account, i64::from(slot * period) * SECOND));
            }
        }
        assert_eq!(pairs(&run(&posts, 330)), [], "{name}");
    }
}

#[test]
fn daily_habits_to_the_second_are_no_step() {
    let mut posts = crowd(200, 20, 5);
    for account in 200..210 {
        for day in 0..14 {
            posts.push((account, (day * 24 + 8) * 3_600 * SECOND));
        }
    }
    assert_eq!(pairs(&run(&posts, 210)), []);
}

#[test]
fn a_rush_of_the_crowd_is_no_step() {
    let mut posts = crowd(300, 20, 6);
    let mut scatter = Scatter(7);
    // Ten events at which half of the crowd comments within two minutes.
    for _ in 0..10 {
        let time = scatter.below(13 * 24 * HOUR_S);
        for account in 0..300 {
            if scatter.below(2) == 0 {
                posts.push((account, i64::from(time + scatter.below(120)) * SECOND));
            }
        }
    }
    assert_eq!(pairs(&run(&posts, 300)), []);
}

#[test]
fn two_sittings_that_overlap_once_are_one_trial() {
    let mut posts = crowd(50, 20, 8);
    for account in [50, 51] {
        posts.extend((0..200).map(|at| (account, at * 15 * SECOND)));
    }
    assert_eq!(pairs(&run(&posts, 52)), []);
}

#[test]
fn a_clock_of_minutes_makes_nobody_suspicious() {
    let mut settings = Crowd::honest(2_000, 9);
    settings.resolution = 60;
    settings.publishers = 0;
    let society = generate(&settings);
    assert_eq!(pairs(&run(&posts_of(&society), society.accounts.len() as u32)), []);
}

#[test]
fn no_posts_and_absurd_times_do_no_harm() {
    assert!(run(&[], 0).rows.is_empty());
    let signs = run(&[(0, i64::MAX), (1, i64::MIN), (9, 0), (0, 0), (1, 0)], 2);
    assert!(signs.rows.is_empty());
    assert!(signs.notes.iter().any(|note| note.about == "posts" && note.count == Some(3)));
}

#[test]
fn the_order_of_the_posts_does_not_matter() {
    let mut settings = Crowd::usual(1_500, 10);
    settings.planted.truncate(3);
    let society = generate(&settings);
    let mut posts = posts_of(&society);
    let signs = run(&posts, society.accounts.len() as u32);
    posts.reverse();
    assert!(!signs.rows.is_empty());
    assert_eq!(run(&posts, society.accounts.len() as u32), signs);
}

/// The shares of pairs with p-values up to 0.05 and 0.005, by one window and by all.
fn calibration(posts: &[(u32, i64)], accounts: u32) -> (f64, f64) {
    let timeline = Timeline::of(posts, accounts);
    let jitter = crate::detectors::Settings::default().jitter;
    let judge = Judge::new(&timeline, Crowd_::of(&timeline, &WINDOWS, jitter), &WINDOWS, jitter);
    let mut work = Work::default();
    let mut p_values = Vec::new();
    for a in 0..accounts {
        p_values.extend((a + 1..accounts).map(|b| test_one(&judge, a, b, &mut work).p));
    }
    let share = |level: f64| {
        p_values.iter().filter(|p| **p <= level).count() as f64 / p_values.len() as f64
    };
    (share(0.05), share(0.005))
}

#[test]
fn p_values_of_strangers_are_not_too_small() {
    // Each posts in sittings of several posts, most of them in the evening.
    let mut scatter = Scatter(11);
    let mut sittings = Vec::new();
    for account in 0..80 {
        for _ in 0..40 {
            let day = scatter.below(14);
            let start = (day * 24 + 17) * HOUR_S + scatter.below(5 * HOUR_S);
            for _ in 0..=scatter.below(8) {
                sittings.push((account, i64::from(start + scatter.below(1_200)) * SECOND));
            }
        }
    }
    for (name, posts) in [("even", crowd(80, 300, 12)), ("sittings", sittings)] {
        let (often, seldom) = calibration(&posts, 80);
        assert!(often <= 0.05 && seldom <= 0.005, "{name}: {often} {seldom}");
    }
}
