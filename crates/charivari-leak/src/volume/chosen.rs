//! Were rows taken as if at random? What can be seen, and no more: a clever choice leaves no trace here.

use serde::{Deserialize, Serialize};

use crate::chance;

/// A test under this level says that rows were not taken at random. It is low, because a test is made of
/// every sample, and refusing one that is random costs an estimate.
pub const LEVEL: f64 = 0.000_1;

/// One test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// What is tested.
    pub name: String,
    /// How improbable the sample is, had it been taken at random.
    pub p: f64,
    /// Under which `p` the sample is taken for chosen.
    pub level: f64,
    /// What is said then.
    pub against: String,
}

impl Test {
    fn new(name: &str, p: f64, against: &str) -> Self {
        Self { name: name.to_owned(), p, level: LEVEL, against: against.to_owned() }
    }
}

/// Tests of distinct, sorted places among `1..`.
pub fn of_places(places: &[u64]) -> Vec<Test> {
    let (Some(&highest), true) = (places.last(), places.len() >= 3) else { return Vec::new() };
    // Given the highest, the others are spread uniformly below it.
    let below = &places[..places.len() - 1];
    let shares: Vec<f64> =
        below.iter().map(|&place| (place as f64 - 0.5) / (highest as f64 - 1.0).max(1.0)).collect();
    vec![
        Test::new(
            "places are spread uniformly",
            chance::uniform_ks(&shares),
            "the ids are not spread uniformly up to the highest, as rows of one period are not",
        ),
        Test::new(
            "neighbours are as many as by chance",
            neighbours(places, highest),
            "too many rows are neighbours, as first rows or a block of a table are",
        ),
        Test::new(
            "gaps vary as by chance",
            // Whole numbers that are close together cannot vary as points of a line do.
            if places.len() as f64 > 0.1 * highest as f64 { 1.0 } else { too_even(&shares) },
            "the ids are spread too evenly, as every so-many-th row of a table is",
        ),
    ]
}

/// The chance that so many pairs of places are neighbours, from above.
fn neighbours(places: &[u64], highest: u64) -> f64 {
    let pairs = places.windows(2).filter(|pair| pair[1] - pair[0] == 1).count();
    if pairs == 0 {
        return 1.0;
    }
    let (k, n) = (places.len() as f64, highest as f64);
    // Of each of the k - 1 gaps, the chance to be one; the binomial tail is the incomplete beta function.
    let each = ((k - 1.0) / (n - 1.0).max(1.0)).min(1.0);
    if each >= 1.0 {
        return 0.0;
    }
    chance::beta_cdf(each, pairs as f64, k - 1.0 - pairs as f64 + 1.0)
}

/// The chance that gaps are so much of one size, by the sum of their squares (Greenwood, JRSS A 109, 1946)
/// with its moments and the normal law, whose lower tail is too heavy and so errs towards no refusal.
fn too_even(shares: &[f64]) -> f64 {
    let n = shares.len() as f64;
    let mut last = 0.0;
    let mut sum = 0.0;
    for &share in shares.iter().chain(&[1.0]) {
        sum += (share - last) * (share - last);
        last = share;
    }
    let mean = 2.0 / (n + 2.0);
    let variance = 4.0 * n / ((n + 2.0) * (n + 2.0) * (n + 3.0) * (n + 4.0));
    chance::normal_cdf((sum - mean) / variance.sqrt())
}

/// Whether rows of a sample fall into groups (first letters, departments) as the own records do: the
/// chi-squared test with groups of fewer than five expected rows thrown together, by Wilson and Hilferty's
/// normal form (1931). `groups` are pairs of counts: own records, sample.
pub fn of_groups(name: &str, groups: &[(u64, u64)], against: &str) -> Test {
    let own: u64 = groups.iter().map(|group| group.0).sum();
    let rows: u64 = groups.iter().map(|group| group.1).sum();
    if own == 0 || rows == 0 {
        return Test::new(name, 1.0, against);
    }
    let (mut sum, mut cells) = (0.0, 0_u32);
    let (mut rest_expected, mut rest_met) = (0.0, 0.0);
    let mut add = |expected: f64, met: f64| {
        sum += (met - expected) * (met - expected) / expected;
        cells += 1;
    };
    for &(of_own, met) in groups {
        let expected = of_own as f64 / own as f64 * rows as f64;
        if expected < 5.0 {
            rest_expected += expected;
            rest_met += met as f64;
        } else {
            add(expected, met as f64);
        }
    }
    if rest_expected >= 1.0 {
        add(rest_expected, rest_met);
    }
    if cells < 2 {
        return Test::new(name, 1.0, against);
    }
    let free = f64::from(cells - 1);
    let part = 2.0 / (9.0 * free);
    let z = ((sum / free).cbrt() - (1.0 - part)) / part.sqrt();
    Test::new(name, chance::normal_cdf(-z), against)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_like_the_own_ones_pass_and_one_department_does_not() {
        let like = [(1_000, 52), (2_000, 97), (1_500, 76), (500, 25)];
        let one = [(1_000, 250), (2_000, 0), (1_500, 0), (500, 0)];
        assert!(of_groups("departments", &like, "").p > 0.5);
        assert!(of_groups("departments", &one, "").p < 1e-12);
        assert!((of_groups("departments", &[], "").p - 1.0).abs() < 1e-12);
    }
}
