//! Exact chances of counts: what a share in a sample says of the share in the whole.
//!
//! Sources: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of
//! the binomial", Biometrika 26 (1934), 404–413. The incomplete beta function is computed by its
//! continued fraction (Abramowitz and Stegun 26.5.8) with the modified Lentz algorithm, the gamma
//! function by the series of Lanczos (SIAM J. Numer. Anal. B 1, 1964, 86–96).

use serde::{Deserialize, Serialize};

/// The level of all intervals.
pub const LEVEL: f64 = 0.95;

/// A value with the limits between which it lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The value itself.
    pub value: f64,
    /// The lower limit.
    pub low: f64,
    /// The upper limit.
    pub high: f64,
}

/// The logarithm of the gamma function of a positive number.
pub fn ln_gamma(x: f64) -> f64 {
    const G: f64 = 7.0;
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        let sine = (std::f64::consts::PI * x).sin();
        return (std::f64::consts::PI / sine).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let sum = TERMS
        .iter()
        .enumerate()
        .skip(1)
        .fold(TERMS[0], |sum, (at, term)| sum + term / (x + at as f64));
    let t = x + G + 0.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The logarithm of the beta function.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// The logarithm of the number of ways to choose `k` of `n`; `n` may be any number of at least `k`.
pub fn ln_choose(n: f64, k: f64) -> f64 {
    if k <= 0.0 || k >= n {
        return 0.0;
    }
    ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
}

/// The regularised incomplete beta function, which is the distribution of a beta variable.
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (a * x.ln() + b * (-x).ln_1p() - ln_beta(a, b)).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

/// The continued fraction of the incomplete beta function.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut above = 1.0;
    let mut below = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut value = below;
    // The fraction needs about the square root of the larger parameter many steps.
    for step in 1..20_000 {
        let at = f64::from(step);
        let even = at * (b - at) * x / ((a + 2.0 * at - 1.0) * (a + 2.0 * at));
        below = 1.0 / guard(1.0 + even * below);
        above = guard(1.0 + even / above);
        value *= below * above;
        let odd = -(a + at) * (a + b + at) * x / ((a + 2.0 * at) * (a + 2.0 * at + 1.0));
        below = 1.0 / guard(1.0 + odd * below);
        above = guard(1.0 + odd / above);
        let change = below * above;
        value *= change;
        if (change - 1.0).abs() < 1e-14 {
            break;
        }
    }
    value
}

/// The value below which a beta variable lies with probability `p`.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if beta_cdf(middle, a, b) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The share `found` of `asked` with its exact limits at `level`; all of 0 to 1 where none was asked.
pub fn clopper_pearson(found: u64, asked: u64, level: f64) -> Interval {
    if asked == 0 {
        return Interval { value: 0.0, low: 0.0, high: 1.0 };
    }
    let (found, asked) = (found.min(asked) as f64, asked as f64);
    let tail = (1.0 - level) / 2.0;
    let low = if found == 0.0 { 0.0 } else { beta_quantile(tail, found, asked - found + 1.0) };
    let high =
        if found >= asked { 1.0 } else { beta_quantile(1.0 - tail, found + 1.0, asked - found) };
    Interval { value: found / asked, low, high }
}

/// The chance that a standard normal variable is at most `x`.
pub fn normal_cdf(x: f64) -> f64 {
    if x < -8.0 {
        return 0.0;
    }
    if x > 8.0 {
        return 1.0;
    }
    let z = x.abs();
    // The upper tail by West's rational form ("Better approximations to cumulative normal functions",
    // Wilmott Magazine 2005), after Hart (1968).
    let density = (-0.5 * z * z).exp();
    let tail = if z < 7.071_067_811_865_47 {
        let above = ((((((3.526_249_659_989_11e-2 * z + 0.700_383_064_443_688) * z
            + 6.373_962_203_531_65)
            * z
            + 33.912_866_078_383)
            * z
            + 112.079_291_497_871)
            * z
            + 221.213_596_169_931)
            * z
            + 220.206_867_912_376)
            * density;
        let below = ((((((8.838_834_764_831_84e-2 * z + 1.755_667_163_182_64) * z
            + 16.064_177_579_207)
            * z
            + 86.780_732_202_946_1)
            * z
            + 296.564_248_779_674)
            * z
            + 637.333_633_378_831)
            * z
            + 793.826_512_519_948)
            * z
            + 440.413_735_824_752;
        above / below
    } else {
        density / ((z + 1.0 / (z + 2.0 / (z + 3.0 / (z + 4.0 / (z + 0.65))))) * 2.506_628_274_631)
    };
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// How improbable it is that `sorted` values, each between 0 and 1, come from a uniform distribution:
/// the p-value of Kolmogorov and Smirnov, by the limit law with the correction of Stephens (1970).
pub fn uniform_ks(sorted: &[f64]) -> f64 {
    let n = sorted.len() as f64;
    if sorted.is_empty() {
        return 1.0;
    }
    let mut distance: f64 = 0.0;
    for (at, value) in sorted.iter().enumerate() {
        let at = at as f64;
        distance = distance.max((at + 1.0) / n - value).max(value - at / n);
    }
    let scaled = distance * (n.sqrt() + 0.12 + 0.11 / n.sqrt());
    if scaled < 0.2 {
        return 1.0;
    }
    let term = |k: i32| {
        let k = f64::from(k);
        (-2.0 * k * k * scaled * scaled).exp()
    };
    let sum: f64 = (1..=100).map(|k| if k % 2 == 1 { term(k) } else { -term(k) }).sum();
    (2.0 * sum).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clopper_pearson_gives_the_limits_of_the_tables() {
        for (found, asked, low, high) in [
            (50, 50, 0.928_9, 1.0),
            (200, 200, 0.981_7, 1.0),
            (1_000, 1_000, 0.996_3, 1.0),
            (190, 200, 0.910_0, 0.975_8),
            (0, 50, 0.0, 0.071_1),
            (5, 10, 0.187_1, 0.812_9),
            (0, 0, 0.0, 1.0),
        ] {
            let limits = clopper_pearson(found, asked, LEVEL);
            assert!((limits.low - low).abs() < 1e-4, "{found} of {asked}: {limits:?}");
            assert!((limits.high - high).abs() < 1e-4, "{found} of {asked}: {limits:?}");
        }
    }

    #[test]
    fn functions_have_their_known_values() {
        for (name, value, expected) in [
            ("ln gamma of 5", ln_gamma(5.0), 24.0_f64.ln()),
            ("ln gamma of a half", ln_gamma(0.5), std::f64::consts::PI.sqrt().ln()),
            ("ln of 10 choose 3", ln_choose(10.0, 3.0), 120.0_f64.ln()),
            ("beta of 2 and 3 at 0.4", beta_cdf(0.4, 2.0, 3.0), 0.524_8),
            ("normal at 0", normal_cdf(0.0), 0.5),
            ("normal at 1.96", normal_cdf(1.96), 0.975_002_1),
            ("normal at -3", normal_cdf(-3.0), 0.001_349_9),
        ] {
            assert!((value - expected).abs() < 1e-6, "{name}: {value} {expected}");
        }
    }

    #[test]
    fn even_values_pass_for_uniform_and_heaped_ones_do_not() {
        let even: Vec<f64> = (0..100).map(|at| (f64::from(at) + 0.5) / 100.0).collect();
        let heaped: Vec<f64> = even.iter().map(|value| value * 0.5).collect();
        assert!(uniform_ks(&even) > 0.99);
        assert!(uniform_ks(&heaped) < 1e-9);
        assert!((uniform_ks(&[]) - 1.0).abs() < 1e-12);
    }
}
