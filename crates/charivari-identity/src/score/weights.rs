//! What was learnt: the weights of features, and how often ordinary accounts are alike.
//!
//! The weights come from one half of the pairs in `tests/pairs.tsv`, by `fit::stretched` with
//! [`SHRINK`]: shrunk, then stretched by what they are worth for those that they were not learnt from.
//! `tests/pairs.rs` learns them again and compares. The rates come from simulated
//! ordinary accounts; `examples/measure.rs` measures them.

use super::Feature;
use crate::names::Level;

/// How much a weight is shrunk, before all are stretched: as if by a normal prior of variance 1.
pub const SHRINK: f64 = 1.0;

/// The constant of the regression, at as many pretenders as honest look-alikes.
pub const CONSTANT: f64 = -1.0970;

/// The weight of each feature, in the order of [`Feature::ALL`].
pub const WEIGHTS: [f64; 27] = [
    2.8529, -0.4716, 1.4813, -2.7908, 0.5275, -1.5992, 0.2086, 3.1773, -0.9194, -2.6708, -0.7579,
    -0.5592, 0.0, 1.6104, -1.4972, 3.3073, -1.9682, -1.3391, 2.9793, -0.9483, -1.5773, 0.3943,
    -0.2225, 0.0, 4.3795, 2.4523, 0.0,
];

/// For each level: its share among honest look-alikes of the table, and how often an ordinary
/// account is so like one who is protected.
pub const BACKGROUND: [(Level, f64, f64); 6] = [
    (Level::Disguised, 0.0137, 3e-8),
    (Level::Same, 0.3973, 1.2e-5),
    (Level::Variant, 0.0411, 6.6e-6),
    (Level::Affixed, 0.4384, 5e-6),
    (Level::Near, 0.0548, 2.2e-5),
    (Level::Contains, 0.0548, 2.8e-6),
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

/// False alarms to expect at most among this many comparisons, at a score: a likelihood ratio is at
/// least `r` in at most one ordinary case of `r`. A bound, as far as the ratio is one.
pub fn false_alarms(score: f64, comparisons: f64) -> f64 {
    (-score).exp().min(1.0) * comparisons
}
