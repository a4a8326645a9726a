//! Whether a group acts together again where that did not help to find it.
//!
//! The time is cut into periods. Groups are looked for in every other period alone, and what is
//! found there is put to the test in the periods between, and the other way round. The evidence is
//! an e-value (Vovk and Wang, Annals of Statistics 49, 2021): a quantity whose mean is at most 1 if
//! chance alone is at work. For each hour it is the meetings there were over those that chance would
//! make; means add up whatever depends on what, so it does not matter that one burst makes many
//! pairs meet. Hours are taken to be independent, and their e-values multiplied as a bet that puts
//! part of the stake on each. By Markov's inequality chance reaches an e-value of E at most once in
//! E such data sets.

use std::collections::BTreeMap;

use charivari_graph::{Graph, leiden};
use rayon::prelude::*;

use super::ground::Ground;
use super::hypotheses::Hypotheses;
use super::pairs::{Half, Workspace};
use super::{Significance, ends, judge};
use crate::communities::SEED;

/// Into so many periods the time is cut, if they are not shorter than [`SHORTEST`].
const PERIODS: i64 = 28;

/// The shortest period, in microseconds.
const SHORTEST: i64 = 3_600_000_000;

/// What happens within this time counts as one event, in microseconds.
const EVENT: i64 = 3_600_000_000;

/// The parts of the stake that are bet on the events which most pairs of members took part in, and
/// less on others in proportion; the mean of the outcomes is what counts. Who took part is known
/// before it is looked at who met.
const STAKES: [f64; 4] = [0.1, 0.3, 0.6, 0.9];

/// Of larger groups so many members are looked at.
const MOST_MEMBERS: usize = 48;

/// What held up of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Replication {
    /// The e-value: how many times more often its members met than chance makes likely, as a bet.
    pub e_value: f64,
    /// How likely chance alone does as much, over all groups tested: at most this.
    pub p_value: f64,
    /// Events in which members met that had no part in finding them.
    pub events: u32,
    /// Pairs of members that met in them, and how many chance would have made meet.
    pub met: u32,
    /// See `met`.
    pub expected: f64,
}

impl Replication {
    /// How rarely chance does as much, as a round number that a reader can trust: at most once in
    /// so many data sets, and never more than a thousand, since rarer events were not simulated.
    pub fn once_in(&self) -> Option<u32> {
        [1_000, 100, 20].into_iter().find(|rare| self.p_value * f64::from(*rare) <= 1.0)
    }
}

/// What held up of each group. `group_of` gives the group of each account, by rank.
pub(crate) fn replicate(
    ground: &Ground,
    found: &Significance,
    level: f64,
    group_of: &[Option<u32>],
    groups: u32,
) -> Vec<Replication> {
    let Some(hypotheses) = &found.hypotheses else { return Vec::new() };
    let period = period(ground);
    let mut all: Vec<Vec<Replication>> = vec![Vec::new(); groups as usize];
    for odd in [false, true] {
        let found_in = Half { period, odd };
        let tested_in = Half { period, odd: !odd };
        let halves = groups_in(ground, found, hypotheses, level, found_in);
        let outcomes: Vec<Replication> = halves
            .par_iter()
            .map(|(members, scale)| bet(ground, members, *scale, tested_in))
            .collect();
        for ((members, _), outcome) in halves.iter().zip(outcomes) {
            if let Some(group) = most_common(members, group_of) {
                all[group as usize].push(outcome);
            }
        }
    }
    all.into_iter().map(|outcomes| join(&outcomes, groups)).collect()
}

fn period(ground: &Ground) -> i64 {
    let times = || ground.sharing.time.iter().copied();
    let span = times().max().unwrap_or(0).saturating_sub(times().min().unwrap_or(0));
    (span / PERIODS).max(SHORTEST)
}

/// The groups that one half of the time shows by itself, each with the window that shows it best.
fn groups_in(
    ground: &Ground,
    found: &Significance,
    hypotheses: &Hypotheses,
    level: f64,
    half: Half,
) -> Vec<(Vec<u32>, usize)> {
    let mut tests = judge::judge(ground, Some(half));
    for (test, whole) in tests.iter_mut().zip(&found.pairs) {
        test.open = whole.open;
    }
    judge::rate(&mut tests, hypotheses, ground.scales.len());
    tests.retain(|test| test.q <= level);
    let pairs: Vec<u64> = tests.iter().map(|test| test.pair).collect();
    let accounts = super::accounts_of(&pairs);
    let node = |account: u32| accounts.binary_search(&account).unwrap_or_default() as u32;
    let source: Vec<u32> = pairs.iter().map(|pair| node(ends(*pair).0)).collect();
    let target: Vec<u32> = pairs.iter().map(|pair| node(ends(*pair).1)).collect();
    let weight: Vec<f64> = tests.iter().map(|test| f64::from(test.met)).collect();
    let options = leiden::Options { seed: SEED, ..leiden::Options::default() };
    let Ok(labels) = Graph::from_edges(accounts.len() as u32, &source, &target, &weight)
        .and_then(|graph| leiden::leiden(&graph, &options))
        .map(|found| found.labels)
    else {
        return Vec::new();
    };
    let mut groups: BTreeMap<u32, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
    for (account, label) in accounts.iter().zip(&labels) {
        groups
            .entry(*label)
            .or_insert_with(|| (Vec::new(), vec![0; ground.scales.len()]))
            .0
            .push(*account);
    }
    for (test, source) in tests.iter().zip(&source) {
        if let Some((_, scales)) = groups.get_mut(&labels[*source as usize]) {
            scales[usize::from(test.scale)] += 1;
        }
    }
    let best = |scales: &[u32]| {
        scales.iter().enumerate().rev().max_by_key(|(_, edges)| **edges).map_or(0, |(at, _)| at)
    };
    groups.into_values().map(|(members, scales)| (members, best(&scales))).collect()
}

/// The e-value of a group in one half of the time.
fn bet(ground: &Ground, members: &[u32], scale: usize, half: Half) -> Replication {
    let step = members.len().div_ceil(MOST_MEMBERS).max(1);
    let members: Vec<u32> = members.iter().copied().step_by(step).collect();
    let mut work = Workspace::new(ground);
    let mut events: BTreeMap<i64, Event> = BTreeMap::new();
    for (at, one) in members.iter().enumerate() {
        for other in &members[at + 1..] {
            let pair = u64::from(*one.min(other)) << 32 | u64::from(*one.max(other));
            work.each_trial(ground, pair, scale, half, |time, chance, met| {
                let event = events.entry(time.div_euclid(EVENT)).or_default();
                event.pairs += 1;
                event.met += u32::from(met);
                event.expected += chance;
            });
        }
    }
    let most = events.values().map(|event| event.pairs).max().unwrap_or(1);
    let outcome = |stake: &f64| {
        let grown = |event: &Event| {
            let stake = stake * f64::from(event.pairs) / f64::from(most);
            (1.0 - stake + stake * f64::from(event.met) / event.expected.max(1e-9)).ln()
        };
        events.values().map(grown).sum::<f64>().min(600.0).exp()
    };
    Replication {
        e_value: STAKES.iter().map(outcome).sum::<f64>() / STAKES.len() as f64,
        p_value: 1.0,
        events: events.values().filter(|event| event.met > 0).count() as u32,
        met: events.values().map(|event| event.met).sum(),
        expected: events.values().map(|event| event.expected).sum(),
    }
}

/// What pairs of members did within one hour.
#[derive(Default)]
struct Event {
    /// Coincidences that there could have been.
    pairs: u32,
    /// Those that were.
    met: u32,
    /// Those that chance would have made.
    expected: f64,
}

/// The group of most of these accounts.
fn most_common(members: &[u32], group_of: &[Option<u32>]) -> Option<u32> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for group in members.iter().filter_map(|member| group_of[*member as usize]) {
        *counts.entry(group).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(group, count)| (*count, std::cmp::Reverse(*group)))
        .map(|(group, _)| group)
}

/// The mean of the two halves' e-values; a half that did not show the group bets nothing.
fn join(outcomes: &[Replication], groups: u32) -> Replication {
    let mut joined = Replication { p_value: 1.0, ..Replication::default() };
    let parts = outcomes.len().max(2);
    joined.e_value = (parts - outcomes.len()) as f64 / parts as f64;
    for outcome in outcomes {
        joined.e_value += outcome.e_value / parts as f64;
        joined.events += outcome.events;
        joined.met += outcome.met;
        joined.expected += outcome.expected;
    }
    joined.p_value = (f64::from(groups.max(1)) / joined.e_value.max(1.0)).min(1.0);
    joined
}
