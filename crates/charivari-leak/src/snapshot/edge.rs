//! How far clocks are off, by how the own table ends.
//!
//! Rows come in until the table is read. With exact clocks they are noted at their usual pace until that
//! instant and end at once; clocks that are off by days smear the end: the pace falls over as many days,
//! and some rows are noted after it. The end of the own table therefore tells how far the clocks are off
//! that noted the times in the sample as well, where no ids tell it better.
//!
//! Noted times near the end are a Poisson process with the intensity `pace exp(tilt c) F((end − c) / sigma)`,
//! where `F` is the normal distribution. The pace is integrated out; the end and the tilt, by which customers
//! came in more or less often, are summed over a grid. Either late times stand in the table, or it holds none
//! beyond its end, as where a program refuses times that are still to come, or they are noted at the end, where
//! many rows then stand at one instant. Real customers come in less evenly than a Poisson process, so the
//! logarithm is divided by how much more their daily counts vary.

#![expect(
    clippy::cast_sign_loss,
    reason = "no time lies behind the last one, so that no place is negative"
)]

use super::model::log_sum;
use crate::chance;

/// Days before the last row that are looked at.
const BEFORE: f64 = 40.0;

/// Days after the last row, and before it, between which the end may lie.
const AFTER: f64 = 10.0;

/// The length of a bin in days, unless times are noted less exactly.
const BIN: f64 = 0.1;

/// By how much more or less often customers came in from one day to the next, as a logarithm.
const TILTS: [f64; 7] = [-0.06, -0.03, -0.01, 0.0, 0.01, 0.03, 0.06];

/// Fewer rows than this before the end tell nothing of it.
const FEWEST: f64 = 30.0;

/// Days whose counts tell how unevenly customers come in.
const DAYS: usize = 200;

/// Rows near the end, in bins. Bin 0 lies just before the last row.
struct Ending {
    counts: Vec<f64>,
    rows: f64,
    /// Rows that are held at the end, since their clocks were ahead of it.
    held: f64,
    /// The sum of their days after the last row, which is never above nothing.
    days: f64,
    bin: f64,
    /// Bins after the last row, and before it, between which the end may lie.
    reach: usize,
}

/// The logarithms of how likely each size of error is, given when the own records, in order, were noted.
pub(super) fn logs(own: &[f64], sigmas: &[f64], resolution: f64) -> Vec<f64> {
    let none = vec![0.0; sigmas.len()];
    let Some(ending) = Ending::of(own, resolution) else { return none };
    let uneven = unevenness(own);
    let tilted: Vec<Vec<f64>> = TILTS.iter().map(|&tilt| ending.tilted(tilt)).collect();
    sigmas.iter().map(|&sigma| ending.log(sigma, &tilted) / uneven).collect()
}

impl Ending {
    fn of(own: &[f64], resolution: f64) -> Option<Self> {
        let last = *own.last()?;
        let bin = BIN.max(resolution);
        let held = if resolution < BIN { held(own) } else { 0 };
        let mut counts = vec![0.0; (BEFORE / bin).round() as usize];
        for time in own[..own.len() - held].iter().rev() {
            match counts.get_mut(((last - time) / bin) as usize) {
                Some(count) => *count += 1.0,
                None => break,
            }
        }
        let rows: f64 = counts.iter().sum();
        let days = counts.iter().enumerate().map(|(at, n)| -n * at as f64 * bin).sum();
        let reach = (AFTER / bin).round() as usize;
        let is_enough = rows >= FEWEST && own[0] < last - BEFORE;
        is_enough.then_some(Self { counts, rows, held: held as f64, days, bin, reach })
    }

    /// What each bin is multiplied with by a tilt, from `reach` bins after the last row on downward.
    fn tilted(&self, tilt: f64) -> Vec<f64> {
        let bins = self.counts.len() + self.reach;
        (0..bins).map(|at| (tilt * self.bin * (self.reach as f64 - at as f64)).exp()).collect()
    }

    /// The logarithm of how likely the rows are with errors of this size, whatever the end and the tilt.
    ///
    /// Bins are counted downward from `reach` bins after the last row, and so are ends.
    fn log(&self, sigma: f64, tilted: &[Vec<f64>]) -> f64 {
        let latest = 2 * self.reach;
        // The share of a bin's rows that is noted there, by its place after an end.
        let shares: Vec<f64> = (0..self.counts.len() + self.reach + latest)
            .map(|at| (at as f64 + 0.5 - latest as f64) * self.bin / sigma)
            .map(|before| chance::normal_cdf(before).max(1e-300))
            .collect();
        let logs: Vec<f64> = shares.iter().map(|share| share.ln()).collect();
        let ends = if self.held > 0.0 { self.reach..=self.reach } else { 0..=latest };
        let mut all = Vec::new();
        for end in ends {
            let shares = &shares[latest - end..];
            let logs = &logs[latest - end + self.reach..];
            let near: f64 = self.counts.iter().zip(logs).map(|(n, log)| n * log).sum();
            for (tilt, tilted) in TILTS.iter().zip(tilted) {
                let near = near + tilt * self.days;
                let expected = |from: usize| -> f64 {
                    tilted[from..].iter().zip(&shares[from..]).map(|(a, b)| a * b).sum()
                };
                let whole = expected(0);
                if self.held > 0.0 {
                    let held = (whole - expected(end)).max(1e-300);
                    all.push(near + self.held * held.ln() - (self.rows + self.held) * whole.ln());
                    continue;
                }
                all.push(near - self.rows * whole.ln());
                // A table that holds nothing beyond its end has no row after it.
                if end <= self.reach {
                    all.push(near - self.rows * expected(end).ln());
                }
            }
        }
        log_sum(&all)
    }
}

/// How many rows stand at the last instant, if that is far more than at any other near it.
fn held(own: &[f64]) -> usize {
    let last = own[own.len() - 1];
    let near = &own[own.partition_point(|&time| time < last - BEFORE)..];
    let (mut at_last, mut elsewhere) = (0, 1);
    for same in near.chunk_by(|a, b| a.total_cmp(b).is_eq()) {
        if same[0] >= last {
            at_last = same.len();
        } else {
            elsewhere = elsewhere.max(same.len());
        }
    }
    if at_last > 3 * elsewhere { at_last } else { 0 }
}

/// How much more the counts of neighbouring days differ than those of a Poisson process do; at least 1. Days
/// are those before the ones that are looked at.
fn unevenness(own: &[f64]) -> f64 {
    let last = own[own.len() - 1] - BEFORE;
    let mut counts = [0.0; DAYS];
    for time in own.iter().rev() {
        let at = (last - time).floor();
        if at >= DAYS as f64 {
            break;
        }
        if at >= 0.0 {
            counts[at as usize] += 1.0;
        }
    }
    let mean = counts.iter().sum::<f64>() / DAYS as f64;
    let differ = counts.windows(2).map(|pair| (pair[0] - pair[1]) * (pair[0] - pair[1]));
    (differ.sum::<f64>() / (2.0 * (DAYS - 1) as f64 * mean.max(0.05))).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGMAS: [f64; 6] = [0.02, 0.5, 1.0, 2.0, 3.0, 4.2];

    /// Rows that come in evenly at random for 1,000 days, noted by clocks that are off by `sigma`; late times are
    /// noted at the end where clocks may not be ahead.
    fn noted(pace: f64, sigma: f64, is_cut: bool, seed: u64) -> Vec<f64> {
        let mut state = seed;
        let mut unit = move || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut times: Vec<f64> = (0..(pace * 1_000.0) as usize)
            .map(|_| {
                let normal =
                    (-2.0 * (1.0 - unit()).ln()).sqrt() * (std::f64::consts::TAU * unit()).cos();
                let time = 1_000.0 * unit() + sigma * normal;
                if is_cut { time.min(1_000.0) } else { time }
            })
            .collect();
        times.sort_by(f64::total_cmp);
        times
    }

    #[test]
    fn a_smeared_end_tells_how_far_clocks_are_off() {
        for is_cut in [true, false] {
            for place in [0, 2, 4] {
                let sigma = SIGMAS[place];
                let mut sum = [0.0; SIGMAS.len()];
                for seed in 1..=8 {
                    let logs = logs(&noted(27.0, sigma, is_cut, seed), &SIGMAS, 1e-5);
                    for (sum, log) in sum.iter_mut().zip(logs) {
                        *sum += log;
                    }
                }
                let best = (0..SIGMAS.len()).max_by(|&a, &b| sum[a].total_cmp(&sum[b])).unwrap();
                assert_eq!(best, place, "{sigma}, held at the end: {is_cut}, {sum:?}");
            }
        }
    }

    #[test]
    fn few_rows_and_uneven_ones_tell_nothing() {
        assert_eq!(logs(&[], &SIGMAS, 0.0), [0.0; 6]);
        assert_eq!(logs(&[1.0, 2.0], &SIGMAS, 0.0), [0.0; 6]);
        // All customers of ten days come in at once.
        let bursts: Vec<f64> =
            (0..40_000).map(|row| f64::from(row / 400 * 10) + f64::from(row % 400) / 4e3).collect();
        let logs = logs(&bursts, &SIGMAS, 0.0);
        let spread = logs.iter().fold(f64::MIN, |most, &log| most.max(log))
            - logs.iter().fold(f64::MAX, |least, &log| least.min(log));
        assert!(spread < 3.0, "{logs:?}");
    }
}
