//! Accounts made within days of each other.

use std::collections::BTreeMap;

use charivari_model::{Resolution, Timestamp};

use crate::detectors::chance::{binomial_tail, poisson_tail, q_values};
use crate::detectors::{Sign, Signs};

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// Windows for groups, whose members are few.
const FOR_GROUPS: [i64; 3] = [DAY, 7 * DAY, 30 * DAY];
/// Windows for all accounts.
const FOR_ALL: [i64; 3] = [HOUR, DAY, 7 * DAY];
/// How far to either side of a window the usual rate is learnt.
const AROUND: i64 = 91 * DAY;
/// The fewest accounts outside of a group from which anything can be learnt.
const LEAST_OUTSIDE: usize = 20;

/// Known dates in order, with their accounts. Dates that leave no room for sums are none.
fn known(created: &[Option<i64>]) -> Vec<(i64, u32)> {
    let sane = i64::MIN / 4..i64::MAX / 4;
    let mut known: Vec<(i64, u32)> = (0_u32..)
        .zip(created)
        .filter_map(|(account, created)| created.filter(|c| sane.contains(c)).map(|c| (c, account)))
        .collect();
    known.sort_unstable();
    known
}

/// How many of the sorted dates are within `window` from `start` on, the end excluded: so a day
/// from a midnight on is one day where only days are known.
fn count(dates: &[i64], start: i64, window: i64) -> usize {
    let below = |bound: i64| dates.partition_point(|date| *date < bound);
    below(start + window) - below(start)
}

/// The windows that are not finer than the clock of the dates.
fn windows(dates: &[i64], windows: &[i64]) -> Vec<i64> {
    let step = dates.iter().map(|date| Resolution::of(Timestamp(*date))).min();
    let step = step.map_or(0, |step| step.seconds() * 1_000_000);
    windows.iter().copied().filter(|window| *window >= step).collect()
}

/// The best window of one group.
struct Best {
    p: f64,
    start: i64,
    window: i64,
    hits: usize,
    usual: f64,
}

/// Scans each group's dates against those of accounts outside of it.
pub(super) fn of_groups(
    created: &[Option<i64>],
    groups: &[Option<u32>],
    level: f64,
    signs: &mut Signs,
) {
    let known = known(created);
    let group_of = |account: u32| groups.get(account as usize).copied().flatten();
    let mut members: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
    for (date, account) in &known {
        if let Some(group) = group_of(*account) {
            members.entry(group).or_default().push(*date);
        }
    }
    members.retain(|_, dates| dates.len() >= 3);
    let all: Vec<i64> = known.iter().map(|(date, _)| *date).collect();
    members.retain(|_, dates| all.len() - dates.len() >= LEAST_OUTSIDE);
    let tested: Vec<(u32, usize, Best)> = members
        .iter()
        .map(|(group, dates)| (*group, dates.len(), scan_group(dates, &all)))
        .collect();
    let p_values: Vec<f64> = tested.iter().map(|(_, _, best)| best.p).collect();
    let q_values = q_values(&p_values, p_values.len() as f64);
    for ((group, size, best), q) in tested.into_iter().zip(q_values) {
        if q <= level {
            let mut sign = Sign::new("profile", "created-group", best.hits as f64, size as u64);
            sign.group = Some(group);
            sign.expected = Some(best.usual * size as f64);
            (sign.p, sign.q) = (Some(best.p), Some(q));
            sign.detail = span(best.start, best.window);
            signs.rows.push(sign);
        }
    }
}

/// `all` are the dates of all accounts, the group's included.
fn scan_group(dates: &[i64], all: &[i64]) -> Best {
    let outside = (all.len() - dates.len()) as f64;
    let looks = (dates.len() * FOR_GROUPS.len()) as f64;
    let mut best = Best { p: 1.0, start: dates[0], window: DAY, hits: 0, usual: 0.0 };
    for window in FOR_GROUPS {
        for start in dates {
            let hits = count(dates, *start, window);
            let others = count(all, *start, window) - hits;
            // One more outside, so that an empty window is not an impossible one.
            let usual = (others as f64 + 1.0) / (outside + 1.0);
            // The member at which the window begins is in it by design.
            let p = binomial_tail(hits as u64 - 1, dates.len() as u64 - 1, usual) * looks;
            if p < best.p {
                best = Best { p, start: *start, window, hits, usual };
            }
        }
    }
    best
}

/// Scans the dates of all accounts against the half year around each.
pub(super) fn together(created: &[Option<i64>], level: f64, signs: &mut Signs) {
    let known = known(created);
    let dates: Vec<i64> = known.iter().map(|(date, _)| *date).collect();
    let windows = windows(&dates, &FOR_ALL);
    let looks = (dates.len() * windows.len()) as f64;
    // (p, where it begins, window, accounts, how many were usual)
    let mut bursts: Vec<(f64, usize, i64, usize, f64)> = Vec::new();
    for window in windows {
        for (at, start) in dates.iter().enumerate() {
            let hits = count(&dates[at..], *start, window);
            if hits < 3 {
                continue;
            }
            let around = count(&dates, start - AROUND, 2 * AROUND + window) - hits;
            // Where the data begin or end there is less than half a year around.
            let (first, last) = (dates[0], dates[dates.len() - 1]);
            let end = (start + window + AROUND).min(last.max(start + window));
            let span = end - (start - AROUND).max(first) - window;
            let usual = (around as f64 + 1.0) * window as f64 / span.max(window) as f64;
            let p = (poisson_tail(hits as u64 - 1, usual) * looks).min(1.0);
            if p <= level {
                bursts.push((p, at, window, hits, usual));
            }
        }
    }
    bursts.sort_by(|x, y| x.0.total_cmp(&y.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut taken = vec![false; dates.len()];
    let mut number = 0;
    for (p, at, window, hits, usual) in bursts {
        // What overlaps with a stronger burst is that burst.
        if taken[at..at + hits].contains(&true) {
            continue;
        }
        taken[at..at + hits].fill(true);
        for (_, account) in &known[at..at + hits] {
            let mut sign =
                Sign::new("profile", "created-together", hits as f64, dates.len() as u64);
            sign.account = Some(*account);
            sign.group = Some(number);
            sign.expected = Some(usual);
            sign.p = Some(p);
            sign.detail = span(dates[at], window);
            signs.rows.push(sign);
        }
        number += 1;
    }
}

fn span(start: i64, window: i64) -> String {
    let hours = window / HOUR;
    let length = if hours < 24 { format!("{hours} h") } else { format!("{} d", hours / 24) };
    format!("{length} from {}", Timestamp(start))
}
