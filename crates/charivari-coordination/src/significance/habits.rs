//! How soon each account comes to things: some are always among the first.
//!
//! Two who are both habitually quick meet on everything that both share, with no need to know of
//! each other. How soon an account comes is learnt from what it shared with strangers.

use rayon::prelude::*;

use super::ground::Scale;
use super::nearness::Nearness;
use super::sharing::Sharing;
use crate::columns::Traces;

/// How long after an object was first seen, in seconds: where each phase ends.
const PHASES_S: [f64; 10] =
    [15.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3_600.0, 21_600.0, 86_400.0, 604_800.0];

/// How many phases there are.
const PHASES: usize = PHASES_S.len();

/// Objects with fewer sharers do not tell who was quick: somebody has to be the first.
const FEWEST_SHARERS: u32 = 5;

/// How many objects the assumption that an account is like others counts for.
const PRIOR: f64 = 1.5;

/// Posts that were planned ahead go out on the round five minutes, or within seconds after them.
const ROUND: i64 = 300_000_000;
const ROUND_WITHIN: i64 = 15_000_000;

/// Two who plan ahead come as close as two others within a quarter of an hour.
const PLANNED: i64 = 900_000_000;

/// On how many objects an account came in each phase.
type Counts = [u16; PHASES];

/// How likely an account is to come in each phase.
pub(crate) type Habit = [f64; PHASES];

/// How soon each account comes.
pub(crate) struct Habits {
    /// The phase of each entry, or `PHASES` where it does not tell.
    phase: Vec<u8>,
    counts: Vec<Counts>,
    /// The share of each phase among all accounts.
    usual: [f64; PHASES],
    /// Which accounts post on the round five minutes, as those do who plan ahead.
    plans: Vec<bool>,
}

impl Habits {
    /// Finds the phase of each entry; nothing is learnt yet.
    pub(crate) fn of(traces: &Traces, sharing: &Sharing) -> Self {
        let first: Vec<i64> = sharing
            .object
            .iter()
            .map(|object| traces.time[traces.range(*object as usize).start])
            .collect();
        let phase = (0..sharing.entries())
            .map(|entry| {
                let object = sharing.entry_object[entry] as usize;
                let after = sharing.time[sharing.traces_of(entry).start] - first[object];
                if sharing.sharers[object] < FEWEST_SHARERS { PHASES as u8 } else { phase(after) }
            })
            .collect();
        let counts = vec![[0; PHASES]; sharing.accounts()];
        Self { phase, counts, usual: [1.0 / PHASES as f64; PHASES], plans: plans(sharing) }
    }

    /// Learns from the entries on which no neighbour was.
    pub(crate) fn learn(&mut self, sharing: &Sharing, near: &Nearness) {
        let of_account = |account: u32| {
            let mut counts = [0_u16; PHASES];
            for entry in sharing.entries_of(account) {
                if near.strangers(sharing, entry) == sharing.others(entry)
                    && let Some(count) = counts.get_mut(usize::from(self.phase[entry]))
                {
                    *count = count.saturating_add(1);
                }
            }
            counts
        };
        self.counts = (0..sharing.accounts() as u32).into_par_iter().map(of_account).collect();
        let mut sums = [1.0; PHASES];
        for counts in &self.counts {
            let all: f64 = counts.iter().copied().map(f64::from).sum();
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += f64::from(*count) / all.max(1.0);
            }
        }
        let all: f64 = sums.iter().sum();
        self.usual = sums.map(|sum| sum / all);
    }

    /// How likely two accounts meet at one window because both are quick.
    pub(crate) fn quick(&self, scale: &Scale, pair: u64) -> f64 {
        let (a, b) = super::ends(pair);
        scale.together.of(&self.of_account(a), &self.of_account(b))
    }

    fn of_account(&self, account: u32) -> Habit {
        self.shares(self.counts[account as usize].map(f64::from))
    }

    /// How much more often two accounts meet within the window because both plan ahead: their posts
    /// wait for the same round minutes.
    pub(crate) fn planned(&self, a: u32, b: u32, window: i64) -> f64 {
        let both = self.plans[a as usize] && self.plans[b as usize];
        if both { (PLANNED as f64 / window.max(1) as f64).max(1.0) } else { 1.0 }
    }

    /// How likely `account` is to come in each phase, judged without the entries given.
    pub(crate) fn without(
        &self,
        sharing: &Sharing,
        near: &Nearness,
        account: u32,
        entries: &mut dyn Iterator<Item = usize>,
    ) -> Habit {
        let mut counts = self.counts[account as usize].map(f64::from);
        for entry in entries {
            if near.strangers(sharing, entry) == sharing.others(entry)
                && let Some(count) = counts.get_mut(usize::from(self.phase[entry]))
            {
                *count = (*count - 1.0).max(0.0);
            }
        }
        self.shares(counts)
    }

    /// The share of each phase, shrunk towards what is usual.
    fn shares(&self, counts: Habit) -> Habit {
        let all: f64 = counts.iter().sum::<f64>() + PRIOR;
        let mut shares = self.usual.map(|usual| PRIOR * usual / all);
        for (share, count) in shares.iter_mut().zip(counts) {
            *share += count / all;
        }
        shares
    }
}

/// Which accounts post on the round five minutes more than two times in five.
fn plans(sharing: &Sharing) -> Vec<bool> {
    let of_account = |account: u32| {
        let entries = sharing.entries_of(account);
        let from = sharing.entry_start[entries.start] as usize;
        let times = &sharing.time[from..sharing.entry_start[entries.end] as usize];
        let round = times.iter().filter(|time| time.rem_euclid(ROUND) < ROUND_WITHIN).count();
        round * 5 > times.len() * 2
    };
    (0..sharing.accounts() as u32).into_par_iter().map(of_account).collect()
}

fn phase(after: i64) -> u8 {
    let seconds = after as f64 / 1e6;
    PHASES_S.partition_point(|end| *end <= seconds).min(PHASES - 1) as u8
}

/// How likely two moments in each pair of phases are within one window.
pub(crate) struct Together([[f64; PHASES]; PHASES]);

impl Together {
    /// Moments are taken to be spread evenly within a phase.
    pub(crate) fn within(window: i64) -> Self {
        const STEPS: usize = 48;
        let window = window as f64 / 1e6;
        let bounds =
            |phase: usize| (if phase == 0 { 0.0 } else { PHASES_S[phase - 1] }, PHASES_S[phase]);
        let mut together = [[0.0; PHASES]; PHASES];
        for (one, row) in together.iter_mut().enumerate() {
            let (from, to) = bounds(one);
            for (other, cell) in row.iter_mut().enumerate() {
                let (low, high) = bounds(other);
                let near = |step: usize| {
                    let at = from + (to - from) * (step as f64 + 0.5) / STEPS as f64;
                    ((at + window).min(high) - (at - window).max(low)).max(0.0) / (high - low)
                };
                *cell = (0..STEPS).map(near).sum::<f64>() / STEPS as f64;
            }
        }
        Self(together)
    }

    /// How likely two accounts of these habits are within the window.
    pub(crate) fn of(&self, one: &Habit, other: &Habit) -> f64 {
        let row = |(share, row): (&f64, &[f64; PHASES])| {
            share * row.iter().zip(other).map(|(cell, share)| cell * share).sum::<f64>()
        };
        one.iter().zip(&self.0).map(row).sum()
    }
}
