//! The verdict on each pair: p-values, and the q-values that follow from all of them.

use rayon::prelude::*;

use super::PairTest;
use super::fdr;
use super::ground::Ground;
use super::hypotheses::Hypotheses;
use super::pairs::{Half, Workspace};
use super::tail::Trials;

/// Two accounts that met at least this surprisingly are kept out of each other's strangers.
pub(super) const SUSPECT: f64 = 0.1;

/// Calls `each` for every pair with its trials, on all threads, in the order of the pairs.
fn over_pairs<T: Send>(
    ground: &Ground,
    half: Option<Half>,
    each: impl Fn(u64, &[Trials]) -> T + Sync,
) -> Vec<T> {
    // Few chunks, since each may need space for all posts.
    let chunk = ground.pairs.len().div_ceil(64).max(256);
    let chunks: Vec<Vec<T>> = ground
        .pairs
        .par_chunks(chunk)
        .zip(ground.neighbours.par_chunks(chunk))
        .map_init(
            || Workspace::new(ground),
            |work, (pairs, neighbours)| {
                let one = |(pair, neighbours): (&u64, &u8)| {
                    work.compare(ground, *pair, *neighbours, half);
                    each(*pair, &work.trials)
                };
                pairs.iter().zip(neighbours).map(one).collect()
            },
        )
        .collect();
    chunks.into_iter().flatten().collect()
}

/// For which windows each pair is suspected of acting together.
pub(super) fn suspects(ground: &Ground) -> Vec<u8> {
    over_pairs(ground, None, |_, trials| {
        let mut suspected = 0;
        for (number, trials) in trials.iter().enumerate() {
            if trials.met() >= 2 && trials.p_value() <= SUSPECT {
                suspected |= 1 << number;
            }
        }
        suspected
    })
}

/// The p-value of each pair: the least of all windows, times their number. With `half`, by what
/// happened in that half of the time alone.
pub(super) fn judge(ground: &Ground, half: Option<Half>) -> Vec<PairTest> {
    over_pairs(ground, half, verdict)
}

/// The p-values of pairs that were no candidates.
pub(super) fn judge_pairs(ground: &Ground, pairs: &[u64]) -> Vec<PairTest> {
    let chunks: Vec<Vec<PairTest>> = pairs
        .par_chunks(pairs.len().div_ceil(16).max(256))
        .map_init(
            || Workspace::new(ground),
            |work, pairs| {
                let one = |pair: &u64| {
                    work.compare(ground, *pair, 0, None);
                    verdict(*pair, &work.trials)
                };
                pairs.iter().map(one).collect()
            },
        )
        .collect();
    chunks.into_iter().flatten().collect()
}

fn verdict(pair: u64, trials: &[Trials]) -> PairTest {
    let mut best = (f64::INFINITY, 0);
    for (number, trials) in trials.iter().enumerate() {
        let p = trials.p_value();
        if p < best.0 {
            best = (p, number);
        }
    }
    let (p, scale) = best;
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
}

/// Sets the q-values. Those who publish openly together make no room for others' errors.
pub(super) fn rate(tests: &mut [PairTest], hypotheses: &Hypotheses, looks: usize) {
    for open in [false, true] {
        let of_kind: Vec<(u64, f64)> =
            tests.iter().filter(|test| test.open == open).map(|test| (test.pair, test.p)).collect();
        let q_values = fdr::q_values(&of_kind, |p| hypotheses.at(p, looks));
        let tests = tests.iter_mut().filter(|test| test.open == open);
        for (test, q) in tests.zip(q_values) {
            test.q = q;
        }
    }
}
