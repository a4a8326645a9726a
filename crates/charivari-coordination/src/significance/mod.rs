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
mod ground;
mod habits;
mod hypotheses;
mod judge;
mod nearness;
mod pairs;
pub mod pooling;
pub mod power;
mod publishers;
pub mod replication;
mod sharing;
mod tail;
mod windows;

use crate::columns::Traces;
use crate::store::Store;
pub(crate) use ground::Ground;
pub use hypotheses::Hypotheses;
pub use pooling::Joined;
pub use power::Power;
pub use replication::Replication;
pub(crate) use windows::learn;
pub use windows::{PLAIN_S, SCALES_S, Untested, Windows};

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

impl Significance {
    /// The verdict on each of these pairs. Those that met on one occasion only, though on several
    /// objects, were no candidates: they have a p-value, and a q-value of 1.
    pub(crate) fn of_all(&self, ground: &Ground, pairs: &[u64]) -> Vec<PairTest> {
        let unknown: Vec<u64> =
            pairs.iter().copied().filter(|pair| self.of(*pair).is_none()).collect();
        let judged = judge::judge_pairs(ground, &unknown);
        let mut judged = judged.into_iter();
        let verdict = |pair: &u64| self.of(*pair).copied().or_else(|| judged.next());
        pairs.iter().filter_map(verdict).collect()
    }
}

/// Tests pairs of accounts. `pairs` is ascending; each has met on some object.
pub(crate) fn test(
    traces: &Traces,
    store: &Store,
    windows: Windows,
    pairs: Vec<u64>,
) -> (Significance, Ground) {
    let ground = Ground::fit(traces, store, &windows, pairs);
    let mut tests = judge::judge(&ground, None);
    let hypotheses =
        Hypotheses::count(&ground.sharing, &ground.most_surprise(), &traces.background);
    let publishes = publishers::find(traces, store, &accounts_of(&ground.pairs));
    for test in &mut tests {
        let (a, b) = ends(test.pair);
        test.open = publishes[a as usize] && publishes[b as usize];
    }
    judge::rate(&mut tests, &hypotheses, ground.scales.len());
    (Significance { windows, pairs: tests, hypotheses: Some(hypotheses) }, ground)
}

/// The two accounts of a pair, by rank.
pub(crate) fn ends(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// The accounts of some pairs, ascending.
fn accounts_of(pairs: &[u64]) -> Vec<u32> {
    let mut accounts: Vec<u32> = pairs
        .iter()
        .flat_map(|pair| {
            let (a, b) = ends(*pair);
            [a, b]
        })
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}
