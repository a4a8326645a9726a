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
    let is_possible = |n: f64| ln_choose(highest, k) - ln_choose(n, k) >= tail;
    let mut high = highest * 2.0 + 2.0;
    while is_possible(high) && high < 1e18 {
        high *= 2.0;
    }
    let mut low = highest;
    while high - low > 1.0 {
        let middle = (0.5 * (low + high)).floor();
        if is_possible(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(Interval { value: highest * (1.0 + 1.0 / k) - 1.0, low: highest, high: low })
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
        assert_eq!(estimate(&[7]), None);
        assert_eq!(estimate(&[]), None);
    }
}
