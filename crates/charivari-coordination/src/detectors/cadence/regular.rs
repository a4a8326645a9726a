//! Signs of a machine in the times of a single account.

use rayon::prelude::*;

use crate::detectors::chance::{binomial_tail, q_values, whole};
use crate::detectors::sync::Timeline;
use crate::detectors::{Sign, Signs};

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// Tools that post on the quarter may take this long to do so.
const LATE: i64 = 10 * SECOND;

/// Shorter pauses are those of a thread, not of a schedule.
const LEAST_PAUSE: i64 = MINUTE;

/// Pauses count as the same within this share of them.
const SAME: f64 = 0.01;

/// Pauses are compared with those within this factor, either way.
const LIKE: f64 = 1.2;

/// The share of an account's posts that its night may hold.
const NIGHT: f64 = 0.02;

/// The fewest posts of which a short night says anything.
const LEAST_FOR_NIGHTS: usize = 100;

/// What one account does, by one measure.
struct Measured {
    account: u32,
    share: f64,
    expected: f64,
    of: u64,
    p: f64,
    detail: String,
}

pub(super) fn signs(timeline: &Timeline, accounts: &[u32], level: f64, signs: &mut Signs) {
    if timeline.step >= MINUTE {
        let text = "full-minutes: not in this data, whose clock shows no seconds";
        signs.note("cadence", "seconds", None, text);
    } else {
        let chance = (timeline.step.max(SECOND)) as f64 / MINUTE as f64;
        test("full-minutes", accounts, level, signs, |account| {
            let hits = |time: &&i64| time.rem_euclid(MINUTE) < SECOND;
            on_the_clock(account, timeline.times(account).iter(), chance, hits)
        });
    }
    if timeline.step <= 15 * MINUTE {
        let late = LATE.max(timeline.step);
        // Who keeps full minutes may do so on any of fifteen.
        let period = MINUTE.max(timeline.step);
        let chance = period as f64 / (15 * MINUTE) as f64;
        test("quarters", accounts, level, signs, |account| {
            let punctual = timeline.times(account).iter().filter(|t| t.rem_euclid(period) < late);
            on_the_clock(account, punctual, chance, |t| t.rem_euclid(15 * MINUTE) < late)
        });
    }
    test("period", accounts, level, signs, |account| period(timeline, account));
    nights(timeline, accounts, signs);
}

/// Measures all accounts and reports those that stand at the level.
fn test(
    name: &'static str,
    accounts: &[u32],
    level: f64,
    signs: &mut Signs,
    measure: impl Fn(u32) -> Option<Measured> + Sync,
) {
    let measured: Vec<Measured> =
        accounts.par_iter().filter_map(|account| measure(*account)).collect();
    let p_values: Vec<f64> = measured.iter().map(|measured| measured.p).collect();
    let q_values = q_values(&p_values, accounts.len() as f64);
    for (measured, q) in measured.into_iter().zip(q_values) {
        if q <= level {
            let mut sign = Sign::new("cadence", name, measured.share, measured.of);
            sign.account = Some(measured.account);
            sign.expected = Some(measured.expected);
            (sign.p, sign.q) = (Some(measured.p), Some(q));
            sign.detail = measured.detail;
            signs.rows.push(sign);
        }
    }
}

fn on_the_clock<'t>(
    account: u32,
    times: impl Iterator<Item = &'t i64> + Clone,
    chance: f64,
    hits: impl Fn(&&i64) -> bool,
) -> Option<Measured> {
    let (of, hits) = (times.clone().count() as u64, times.filter(hits).count() as u64);
    (of > 0).then(|| Measured {
        account,
        share: hits as f64 / of as f64,
        expected: chance,
        of,
        p: binomial_tail(hits, of, chance),
        detail: format!("{hits} of {of} posts"),
    })
}

/// The pause that is repeated most surprisingly.
fn period(timeline: &Timeline, account: u32) -> Option<Measured> {
    let mut pauses: Vec<i64> = timeline
        .times(account)
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .filter(|pause| *pause >= LEAST_PAUSE)
        .collect();
    pauses.sort_unstable();
    let count = |from: f64, to: f64| {
        let below = |bound: f64| pauses.partition_point(|pause| (*pause as f64) < bound);
        (below(to) - below(from)) as u64
    };
    let mut tried = pauses.clone();
    tried.dedup();
    let mut best: Option<Measured> = None;
    for pause in &tried {
        let middle = *pause as f64;
        // A coarse clock cannot tell pauses apart that differ by a step.
        let reach = (middle * SAME).max(timeline.step as f64 + 1.0);
        let same = count(middle - reach, middle + reach);
        let like = count(middle / LIKE, middle * LIKE);
        let width = ((middle + reach) / (middle - reach).max(1.0)).ln();
        let chance = (width / (2.0 * LIKE.ln())).min(1.0);
        // The pause tried is itself one of them: it is no surprise that it is there.
        let p = binomial_tail(same.saturating_sub(1), like.saturating_sub(1), chance);
        let p = (p * tried.len() as f64).min(1.0);
        if best.as_ref().is_none_or(|best| p < best.p) {
            best = Some(Measured {
                account,
                share: same as f64 / pauses.len() as f64,
                expected: chance * like as f64 / pauses.len() as f64,
                of: pauses.len() as u64,
                p,
                detail: format!("every {} s", (middle / SECOND as f64).round()),
            });
        }
    }
    best
}

/// The longest stretch of the day, in hours, that holds at most [`NIGHT`] of an account's posts.
fn night(times: &[i64]) -> f64 {
    let mut phases: Vec<i64> = times.iter().map(|time| time.rem_euclid(DAY)).collect();
    phases.sort_unstable();
    let spare = whole(times.len() as f64 * NIGHT);
    let count = phases.len();
    let end = |at: usize| phases[at % count] + DAY * i64::from(at >= count);
    let longest = (0..count).map(|at| end(at + spare + 1) - phases[at]).max();
    longest.unwrap_or(DAY) as f64 / (60.0 * MINUTE as f64)
}

/// Reports the hundredth with the shortest nights.
fn nights(timeline: &Timeline, accounts: &[u32], signs: &mut Signs) {
    let mut nights: Vec<(f64, u32)> = accounts
        .par_iter()
        .filter(|account| timeline.times(**account).len() >= LEAST_FOR_NIGHTS)
        .map(|account| (night(timeline.times(*account)), *account))
        .collect();
    nights.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let text = "accounts with enough posts for the length of their nights to be measured";
    signs.note("cadence", "nights", Some(nights.len() as u64), text);
    let Some((median, _)) = nights.get(nights.len() / 2).copied() else { return };
    for (rank, (night, account)) in nights.iter().take(nights.len() / 100).enumerate() {
        let posts = timeline.times(*account).len() as u64;
        let mut sign = Sign::new("cadence", "sleepless", *night, posts);
        sign.account = Some(*account);
        sign.expected = Some(median);
        sign.p = Some((rank + 1) as f64 / (nights.len() + 1) as f64);
        "a measure: there always is a shortest night".clone_into(&mut sign.detail);
        signs.rows.push(sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * MINUTE;

    #[test]
    fn nights_are_measured_round_the_clock() {
        for (name, hours, expected) in [
            ("an evening and a morning", vec![23, 24 + 7], 16.0),
            ("all day", (0..240).collect(), 1.0),
            (
                "days only",
                (0..10).flat_map(|day| (8..20).map(move |h| day * 24 + h)).collect(),
                13.0,
            ),
        ] {
            let times: Vec<i64> = hours.iter().map(|hour| hour * HOUR).collect();
            let night = night(&times);
            assert!(night >= expected && night <= expected + 2.0, "{name} {night}");
        }
    }
}
