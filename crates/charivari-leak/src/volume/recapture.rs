//! How many there are, from how many rows two independent releases share.
//!
//! Of `N` rows, `first` were taken once and `second` again; `shared` follows the hypergeometric law. The
//! estimate is Chapman's `(first + 1)(second + 1)/(shared + 1) − 1` ("Some properties of the hypergeometric
//! distribution with applications to zoological sample censuses", 1951). The limits are those `N` whose
//! mid-p values on either side are 2.5 %: half of the chance of `shared` itself is counted, because counting
//! all of it makes limits of few shared rows too wide (Lancaster, JASA 56, 1961).

use crate::chance::{Interval, LEVEL, ln_choose};

/// The number with its limits; nothing where no row is shared.
pub fn estimate(first: u64, second: u64, shared: u64) -> Option<Interval> {
    let shared = shared.min(first).min(second);
    if shared == 0 {
        return None;
    }
    let (a, b, m) = (first as f64, second as f64, shared as f64);
    let least = a + b - m;
    let value = (a + 1.0) * (b + 1.0) / (m + 1.0) - 1.0;
    let tail = (1.0 - LEVEL) / 2.0;
    // The more there are, the more likely that so few are shared.
    let few = |n: f64| up_to(a, b, m, n);
    let low = bisect(least, |n| few(n) >= tail);
    let high = bisect(low, |n| few(n) > 1.0 - tail);
    Some(Interval { value: value.max(least), low, high: (high - 1.0).max(low) })
}

/// The least whole number from `from` on for which `holds`, which is false and then true.
fn bisect(from: f64, holds: impl Fn(f64) -> bool) -> f64 {
    if holds(from) {
        return from;
    }
    let (mut low, mut high) = (from, 2.0 * from + 2.0);
    while !holds(high) && high < 1e15 {
        low = high;
        high *= 2.0;
    }
    while high - low > 1.0 {
        let middle = (0.5 * (low + high)).floor();
        if middle <= low || middle >= high {
            break;
        }
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// The mid-p chance that at most `shared` rows are shared of `all`.
fn up_to(first: f64, second: f64, shared: f64, all: f64) -> f64 {
    let log = |at: f64| {
        ln_choose(first, at) + ln_choose(all - first, second - at) - ln_choose(all, second)
    };
    let least = (first + second - all).max(0.0);
    let mut sum = 0.5 * log(shared).exp();
    let mut most: f64 = sum;
    let mut at = shared - 1.0;
    while at >= least {
        let term = log(at).exp();
        sum += term;
        most = most.max(term);
        if term < most * 1e-15 && term < 1e-18 {
            break;
        }
        at -= 1.0;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapman_and_its_limits() {
        let fish = estimate(100, 100, 20).unwrap();
        assert!((fish.value - (101.0 * 101.0 / 21.0 - 1.0)).abs() < 1e-9);
        assert!(fish.low < fish.value && fish.value < fish.high, "{fish:?}");
        assert!(fish.low > 300.0 && fish.high < 900.0, "{fish:?}");
        assert_eq!(estimate(100, 100, 0), None);
        let all = estimate(50, 50, 50).unwrap();
        assert!((all.low - 50.0).abs() < 1e-9, "{all:?}");
    }
}
