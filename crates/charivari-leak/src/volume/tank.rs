//! How many there are, from the highest number of a random sample.
//!
//! Of `k` different numbers out of `1..=N`, each set as likely, the highest is at most `m` with chance
//! `C(m, k) / C(N, k)`. The unbiased estimate of `N` is `m (1 + 1/k) − 1`; the limits are `m`, and the
//! greatest `N` under which so low a highest number has a chance of 5 %. (Ruggles and Brodie, "An empirical
//! approach to economic intelligence in World War II", JASA 42, 1947; Goodman, JASA 47, 1952.)

use crate::chance::{Interval, LEVEL, ln_choose};

/// The number with its limits from distinct places; nothing from fewer than two.
pub fn estimate(places: &[u64]) -> Option<Interval> {
    let k = places.len() as f64;
    let highest = *places.iter().max()? as f64;
    if places.len() < 2 || highest < k {
        return None;
    }
    let tail = (1.0 - LEVEL).ln();
    let is_possible = |n: f64| ln_below(highest, n, places.len()) >= tail;
    let mut high = highest * 2.0 + 2.0;
    while is_possible(high) && high < 1e18 {
        high *= 2.0;
    }
    let mut low = highest;
    while high - low > 1.0 {
        let middle = (0.5 * (low + high)).floor();
        // Numbers beyond 2^53 have no whole numbers between them any more.
        if middle <= low || middle >= high {
            break;
        }
        if is_possible(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(Interval { value: highest * (1.0 + 1.0 / k) - 1.0, low: highest, high: low })
}

/// The logarithm of the chance that all of `k` numbers out of `1..=n` are at most `highest`.
fn ln_below(highest: f64, n: f64, k: usize) -> f64 {
    // Up to here the product is summed, since of large numbers the gamma function loses what matters.
    if k <= 100_000 {
        return (0..k).map(|at| ((highest - at as f64) / (n - at as f64)).ln()).sum();
    }
    ln_choose(highest, k as f64) - ln_choose(n, k as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_example_comes_out() {
        let four = estimate(&[19, 40, 42, 60]).unwrap();
        assert!((four.value - 74.0).abs() < 1e-9);
        // C(60, 4) / C(N, 4) is at least 0.05 as far as 125.
        assert_eq!((four.low, four.high), (60.0, 125.0));
        let huge = estimate(&[5, u64::MAX - 1, u64::MAX]).unwrap();
        assert!(huge.low <= huge.high, "{huge:?}");
        assert_eq!(estimate(&[7]), None);
        assert_eq!(estimate(&[]), None);
    }
}
