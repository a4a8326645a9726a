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
pub const CONSTANT: f64 = -0.6693;

/// The weight of each feature, in the order of [`Feature::ALL`].
pub const WEIGHTS: [f64; 27] = [
    1.3111, -0.2167, 0.6807, -1.2826, 0.2424, -0.7349, 0.0959, 1.4602, -0.4225, -1.2274, -0.3483,
    -0.2570, 0.0, 0.7401, -0.6881, 1.5199, -0.9045, -0.6154, 1.3692, -0.4358, -0.7249, 0.1812,
    -0.1023, 0.0, 2.0126, 1.1270, 0.0,
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
