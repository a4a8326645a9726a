//! The rhythm of an account as a vector whose products are affinities.

use rayon::prelude::*;

use crate::detectors::chance::{Scatter, whole};
use crate::detectors::sync::Timeline;

const SECOND: i64 = 1_000_000;
const HOURS: usize = 168;
const HOURS_A_WEEK: i64 = 168;
/// Half octaves of seconds, from one second to twelve days.
const GAPS: usize = 40;
/// The length of a vector.
pub(super) const LENGTH: usize = HOURS + GAPS;

/// The seed of the planes by which signatures are made: fixed, so that one input has one answer.
const SEED: u64 = 20_230_104;

/// The rhythms of some accounts.
pub(super) struct Rhythms {
    /// The account of each rhythm.
    pub(super) account: Vec<u32>,
    /// How many posts it has.
    pub(super) posts: Vec<u32>,
    /// Roots of shares: hours of the week, then pauses; the product of two vectors is their affinity.
    vectors: Vec<[f32; LENGTH]>,
    /// On which side of 128 planes each vector is, seen from the middle of all.
    pub(super) signature: Vec<u128>,
}

impl Rhythms {
    pub(super) fn of(timeline: &Timeline, accounts: &[u32]) -> Self {
        let vectors: Vec<[f32; LENGTH]> =
            accounts.par_iter().map(|account| vector(timeline.times(*account))).collect();
        Self {
            account: accounts.to_vec(),
            posts: accounts.iter().map(|a| timeline.times(*a).len() as u32).collect(),
            signature: signatures(&vectors),
            vectors,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.account.len()
    }

    /// 1 less the affinity, from 0 for equal rhythms to 1.
    pub(super) fn distance(&self, a: usize, b: usize) -> f32 {
        // Sums side by side, which the compiler can turn into wide instructions.
        let mut sums = [0.0_f32; 8];
        for (x, y) in self.vectors[a].chunks_exact(8).zip(self.vectors[b].chunks_exact(8)) {
            for (sum, (x, y)) in sums.iter_mut().zip(x.iter().zip(y)) {
                *sum += x * y;
            }
        }
        (1.0 - sums.iter().sum::<f32>()).clamp(0.0, 1.0)
    }
}

fn vector(times: &[i64]) -> [f32; LENGTH] {
    let mut hours = [0.0_f32; HOURS];
    let mut gaps = [0.0_f32; GAPS];
    for time in times {
        let hour = whole(time.div_euclid(3_600 * SECOND).rem_euclid(HOURS_A_WEEK) as f64);
        hours[hour] += 2.0;
        // Neighbouring hours take a part, so that the border between two makes no difference.
        hours[(hour + 1) % HOURS] += 1.0;
        hours[(hour + HOURS - 1) % HOURS] += 1.0;
    }
    for pair in times.windows(2) {
        let seconds = ((pair[1] - pair[0]) / SECOND).max(1) as f64;
        let bin = whole(2.0 * seconds.log2()).min(GAPS - 1);
        gaps[bin] += 2.0;
        gaps[(bin + 1).min(GAPS - 1)] += 1.0;
        gaps[bin.saturating_sub(1)] += 1.0;
    }
    let mut vector = [0.0; LENGTH];
    let (first, second) = vector.split_at_mut(HOURS);
    for (to, from) in [(first, &hours[..]), (second, &gaps[..])] {
        let sum = from.iter().sum::<f32>().max(1.0);
        for (to, share) in to.iter_mut().zip(from) {
            // Each of the two affinities counts for half.
            *to = (share / sum / 2.0).sqrt();
        }
    }
    vector
}

/// Random hyperplanes (Charikar, STOC 2002) through the mean of all vectors.
fn signatures(vectors: &[[f32; LENGTH]]) -> Vec<u128> {
    let mut mean = [0.0_f32; LENGTH];
    for vector in vectors {
        for (mean, value) in mean.iter_mut().zip(vector) {
            *mean += value / vectors.len() as f32;
        }
    }
    let mut scatter = Scatter(SEED);
    let planes: Vec<[f32; LENGTH]> = (0..128)
        .map(|_| {
            let mut plane = [0.0; LENGTH];
            for value in &mut plane {
                // A sum of four even draws is normal enough.
                *value = (0..4).map(|_| scatter.below(1 << 16) as f32 / 65_536.0 - 0.5).sum();
            }
            plane
        })
        .collect();
    vectors
        .par_iter()
        .map(|vector| {
            let mut signature = 0_u128;
            for plane in &planes {
                let side: f32 = vector
                    .iter()
                    .zip(&mean)
                    .zip(plane)
                    .map(|((value, mean), plane)| (value - mean) * plane)
                    .sum();
                signature = signature << 1 | u128::from(side > 0.0);
            }
            signature
        })
        .collect()
}
