//! How often chance alone would make two accounts meet as they did.
//!
//! The method, its assumptions and where it fails are written up in `docs/method-significance.md`.
//! In short: of a pair of accounts, every object that both shared is a trial. The chance that they
//! meet on it within the window is learnt from the *strangers* among its sharers, those who are not
//! suspected of acting with the two, at the moments when the two were there. The surprise of all
//! their meetings together has a distribution that can be written out, and its tail is the p-value.
//! All pairs that could have brought so low a p-value are the hypotheses of the q-value.

mod chance;
mod fdr;
mod habits;
mod hypotheses;
mod nearness;
mod pairs;
mod publishers;
mod sharing;
mod tail;
mod windows;

use rayon::prelude::*;

use crate::columns::Traces;
use crate::store::Store;
use chance::Chance;
pub use hypotheses::Hypotheses;
use nearness::{Adjacency, Nearness};
use habits::{Habits, Together};
use pairs::{Ground, Scale, Workspace};
use sharing::Sharing;
use tail::{Trials, surprise};
pub(crate) use windows::learn;
pub use windows::{PLAIN_S, SCALES_S, Untested, Windows};

/// Two accounts that met at least this surprisingly are kept out of each other's strangers.
const SUSPECT: f64 = 0.1;

/// Two who share an object again and again are compared where they are there within this time of
/// each other, in microseconds.
const HOUR: i64 = 3_600_000_000;

/// How often neighbours are told from strangers anew.
const ROUNDS: usize = 3;

/// What chance has to say of one pair of accounts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairTest {
    /// The two accounts by rank, the lesser in the upper half.
    pub pair: u64,
    /// How often chance alone would make the two meet so surprisingly, over all windows tested.
    pub p: f64,
    /// The least false discovery rate at which the pair still stands.
    pub q: f64,
    /// Whether both are publishers who openly post the same stories.
    pub open: bool,
    /// The window that shows it best, by place among those tested.
    pub scale: u8,
    /// The coincidences there could have been: objects shared, one for each pair of posts.
    pub shared: u32,
    /// Those that were: on how many the two met within that window.
    pub met: u32,
    /// How many chance would have made.
    pub expected: f64,
}

/// What was tested, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Significance {
    /// The windows tested and those left out.
    pub windows: Windows,
    /// The pairs that were tested, ascending.
    pub pairs: Vec<PairTest>,
    /// The pairs that could have been found.
    pub hypotheses: Option<Hypotheses>,
}

impl Significance {
    /// What is known of a pair.
    pub fn of(&self, pair: u64) -> Option<&PairTest> {
        self.pairs.binary_search_by_key(&pair, |test| test.pair).ok().map(|at| &self.pairs[at])
    }
}

/// Tests pairs of accounts. `pairs` is ascending; each has met on some object.
pub(crate) fn test(
    traces: &Traces,
    store: &Store,
    windows: Windows,
    pairs: &[u64],
) -> Significance {
    let sharing = Sharing::of(traces);
    let layers: Vec<u8> =
        sharing.object.iter().map(|object| traces.layer(store, *object as usize)).collect();
    let scales = windows.tested.par_iter().map(|window| {
        let near = Nearness::of(traces, &sharing, *window);
        let chance = Chance::at_first(&sharing, &near, &layers);
        Scale { chance, near, together: Together::within(*window) }
    });
    let widest = windows.tested[windows.tested.len() - 1];
    let mut ground = Ground {
        sharing: &sharing,
        scales: scales.collect(),
        hour: Nearness::of(traces, &sharing, HOUR.max(widest)),
        habits: Habits::of(traces, &sharing),
        posts: store.rows(),
    };
    let mut neighbours = vec![0_u8; pairs.len()];
    for _ in 0..ROUNDS {
        let suspects = suspects(&ground, pairs, &neighbours);
        for (known, found) in neighbours.iter_mut().zip(suspects) {
            *known |= found;
        }
        ground.leave_out(pairs, &neighbours, &layers);
    }
    let mut tests = judge(&ground, pairs, &neighbours);
    let scales = &ground.scales;
    let most: Vec<u8> = (0..sharing.object.len())
        .map(|object| surprise(scales[0].chance.least(object)) as u8)
        .collect();
    let hypotheses = Hypotheses::count(&sharing, &most);
    let looks = ground.scales.len();
    let publishes = publishers::find(traces, store, &candidates(pairs));
    let open = |pair: u64| publishes[(pair >> 32) as usize] && publishes[pair as u32 as usize];
    for test in &mut tests {
        test.open = open(test.pair);
    }
    // Those who publish openly together do not make room for others' errors.
    for open in [false, true] {
        let of_kind: Vec<(u64, f64)> =
            tests.iter().filter(|test| test.open == open).map(|test| (test.pair, test.p)).collect();
        let q_values = fdr::q_values(&of_kind, |p| hypotheses.at(p, looks));
        let tests = tests.iter_mut().filter(|test| test.open == open);
        for (test, q) in tests.zip(q_values) {
            test.q = q;
        }
    }
    Significance { windows, pairs: tests, hypotheses: Some(hypotheses) }
}

impl Ground<'_> {
    /// Leaves neighbours out, and learns anew what strangers do.
    fn leave_out(&mut self, pairs: &[u64], neighbours: &[u8], layers: &[u8]) {
        let sharing = self.sharing;
        let adjacency = |mask: u8| {
            let chosen = pairs.iter().zip(neighbours).filter(|(_, n)| **n & mask != 0);
            let chosen: Vec<u64> = chosen.map(|(pair, _)| *pair).collect();
            Adjacency::of(sharing.accounts(), &chosen)
        };
        self.scales.par_iter_mut().enumerate().for_each(|(number, scale)| {
            scale.near.set_neighbours(sharing, &adjacency(1 << number));
            scale.chance = Chance::among_strangers(sharing, &scale.near, layers);
        });
        self.hour.set_neighbours(sharing, &adjacency(u8::MAX));
        self.habits.learn(sharing, &self.hour);
    }
}

/// Calls `each` for every pair with its trials, on all threads, in the order of the pairs.
fn over_pairs<T: Send>(
    ground: &Ground<'_>,
    pairs: &[u64],
    neighbours: &[u8],
    each: impl Fn(u64, &[Trials]) -> T + Sync,
) -> Vec<T> {
    let chunks: Vec<Vec<T>> = pairs
        .par_chunks(1_024)
        .zip(neighbours.par_chunks(1_024))
        .map_init(
            || Workspace::new(ground.posts, ground.scales.len()),
            |work, (pairs, neighbours)| {
                let one = |(pair, neighbours): (&u64, &u8)| {
                    work.compare(ground, *pair, *neighbours);
                    each(*pair, &work.trials)
                };
                pairs.iter().zip(neighbours).map(one).collect()
            },
        )
        .collect();
    chunks.into_iter().flatten().collect()
}

/// The accounts of some pairs.
fn candidates(pairs: &[u64]) -> Vec<u32> {
    let ends = |pair: &u64| [(pair >> 32) as u32, *pair as u32];
    let mut accounts: Vec<u32> = pairs.iter().flat_map(ends).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// For which windows each pair is suspected of acting together.
fn suspects(
    ground: &Ground<'_>,
    pairs: &[u64],
    neighbours: &[u8],
) -> Vec<u8> {
    over_pairs(ground, pairs, neighbours, |_, trials| {
        let mut suspected = 0;
        for (number, trials) in trials.iter().enumerate() {
            if trials.met() >= 2 && trials.p_value() <= SUSPECT {
                suspected |= 1 << number;
            }
        }
        suspected
    })
}

/// The p-value of each pair: the least of all windows, times their number.
fn judge(
    ground: &Ground<'_>,
    pairs: &[u64],
    neighbours: &[u8],
) -> Vec<PairTest> {
    over_pairs(ground, pairs, neighbours, |pair, trials| {
        let mut best: Option<(f64, usize)> = None;
        for (number, trials) in trials.iter().enumerate() {
            let p = trials.p_value();
            if best.is_none_or(|(least, _)| p < least) {
                best = Some((p, number));
            }
        }
        let (p, scale) = best.unwrap_or((1.0, 0));
        PairTest {
            pair,
            p: (p * trials.len() as f64).min(1.0),
            q: 1.0,
            open: false,
            scale: scale as u8,
            shared: trials.get(scale).map_or(0, Trials::count),
            met: trials.get(scale).map_or(0, Trials::met),
            expected: trials.get(scale).map_or(0.0, Trials::expected),
        }
    })
}
