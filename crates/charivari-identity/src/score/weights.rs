//! What was learnt: the weights of features, and how often ordinary accounts are alike.
//!
//! The weights come from one half of the pairs in `tests/pairs.tsv`, by `fit::logistic` with
//! [`SHRINK`]; `tests/pairs.rs` learns them again and compares. The rates come from simulated
//! ordinary accounts; `examples/measure.rs` measures them.

use super::Feature;
use crate::names::Level;

/// How much a weight is shrunk: as if by a normal prior of variance 1.
pub const SHRINK: f64 = 1.0;

/// The constant of the regression, at as many pretenders as honest look-alikes.
pub const CONSTANT: f64 = -1.1871;

/// The weight of each feature, in the order of [`Feature::ALL`].
pub const WEIGHTS: [f64; 27] = [
    0.9517, 0.0727, 0.3102, -0.9223, 0.2393, -0.6516, 0.3102, 1.0287, -0.3296, -1.2282, -0.2069,
    -0.1482, 0.0000, 0.8609, -0.8609, 1.0614, -0.8572, -0.2041, 2.1818, -1.2320, -0.3975, 0.1887,
    -0.0438, 0.0000, 0.6384, 0.8121, 0.0000,
];

/// For each level: its share among honest look-alikes of the table, and how often an ordinary
/// account is so like one who is protected.
pub const BACKGROUND: [(Level, f64, f64); 6] = [
    (Level::Disguised, 0.01, 2e-8),
    (Level::Same, 0.3, 1e-7),
    (Level::Variant, 0.1, 1e-7),
    (Level::Affixed, 0.3, 1e-7),
    (Level::Near, 0.1, 1e-6),
    (Level::Contains, 0.2, 1e-6),
];

/// The weight of a feature.
pub fn of(feature: Feature) -> f64 {
    WEIGHTS[feature as usize]
}

/// The share among honest look-alikes, and the rate among ordinary accounts, of a level.
pub fn background(level: Level) -> (f64, f64) {
    let (_, honest, ordinary) = BACKGROUND[level as usize];
    (honest, ordinary)
}

/// False alarms for each account and protected one at a score or above, at most (upper end of the
/// 95 % interval), as measured on simulated ordinary accounts.
pub const FALSE_ALARMS: [(f64, f64); 6] =
    [(4.0, 1.0), (6.0, 1.0), (8.0, 1.0), (10.0, 1.0), (11.5, 1.0), (13.0, 1.0)];

/// False alarms to expect at most among this many comparisons, at a score.
pub fn false_alarms(score: f64, comparisons: f64) -> f64 {
    let known = FALSE_ALARMS.iter().rev().find(|(at, _)| *at <= score);
    let rate = known.map_or(1.0, |(_, rate)| *rate);
    // A likelihood ratio is at least `r` in at most one ordinary case of `r`.
    rate.min((-score).exp()) * comparisons
}
