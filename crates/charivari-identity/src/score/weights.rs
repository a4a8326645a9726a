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
pub const CONSTANT: f64 = -1.1113;

/// The weight of each feature, in the order of [`Feature::ALL`].
pub const WEIGHTS: [f64; 27] = [
    2.7415, -0.5065, 1.7447, -2.7163, 0.4101, -1.6736, 0.3019, 2.3341, -0.9966, -2.7714, -0.7750,
    -0.5879, 0.0, 1.7082, -1.5358, 3.2571, -1.9038, -1.3534, 2.9494, -0.8233, -1.7189, 0.4593,
    -0.2378, 0.0, 4.5975, 2.5816, 0.0,
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
