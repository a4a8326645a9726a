//! Tails and error rates that the detectors share.

/// The whole part of a number; 0 for what is below 0 or none.
#[expect(clippy::cast_sign_loss, reason = "what is below 0 becomes 0, as it says")]
pub(crate) const fn whole(number: f64) -> usize {
    number as usize
}

/// Units of surprise in one nat.
const PER_NAT: f64 = 4.0;

/// The most surprise that one trial may bring, in quarters of a nat: nothing counts for less than
/// one in about a thousand, since something unseen may have caused it.
const MOST: usize = 27;

/// Independent trials with a chance each; those that came true weigh their surprise, −ln chance.
///
/// Surprise is rounded down to quarters of a nat, so that the chance that stands for it is never
/// below the true one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trials {
    trials: [u32; MOST + 1],
    met: [u32; MOST + 1],
}

impl Trials {
    pub(crate) fn add(&mut self, chance: f64, met: bool) {
        let level =
            if chance >= 1.0 { 0 } else { whole(-chance.max(1e-9).ln() * PER_NAT).min(MOST) };
        self.trials[level] += 1;
        self.met[level] += u32::from(met);
    }

    pub(crate) fn count(&self) -> u32 {
        self.trials.iter().sum()
    }

    pub(crate) fn met(&self) -> u32 {
        self.met.iter().sum()
    }

    /// How many would come true by chance.
    pub(crate) fn expected(&self) -> f64 {
        self.levels().map(|(weight, trials)| trials * (-weight).exp()).sum()
    }

    fn levels(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let filled = self.trials.iter().enumerate().filter(|(_, trials)| **trials > 0);
        filled.map(|(level, trials)| (level as f64 / PER_NAT, f64::from(*trials)))
    }

    /// An upper bound of the probability that the trials are together at least as surprising as
    /// they were: Chernoff's (Annals of Mathematical Statistics 23, 1952), the least of all
    /// exponential tilts. For a single trial, and where all came true, it is the exact probability.
    pub(crate) fn bound(&self) -> f64 {
        let sum: f64 = self
            .met
            .iter()
            .enumerate()
            .map(|(level, met)| level as f64 / PER_NAT * f64::from(*met))
            .sum();
        let expected: f64 = self.levels().map(|(weight, n)| n * weight * (-weight).exp()).sum();
        if sum <= expected {
            return 1.0;
        }
        let most: f64 = self.levels().map(|(weight, n)| n * weight).sum();
        if sum >= most - 1e-9 {
            return (-most).exp();
        }
        // ln E exp(t·S) − t·s is convex in t; the least is found by halving on its slope.
        let at = |tilt: f64| {
            let (mut value, mut slope) = (-tilt * sum, -sum);
            for (weight, n) in self.levels() {
                let chance = (-weight).exp();
                let tilted = chance * (tilt * weight).exp();
                let total = 1.0 - chance + tilted;
                value += n * total.ln();
                slope += n * weight * tilted / total;
            }
            (value, slope)
        };
        let (mut low, mut high) = (0.0_f64, 1.0_f64);
        while at(high).1 < 0.0 && high < 64.0 {
            high *= 2.0;
        }
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if at(middle).1 < 0.0 {
                low = middle;
            } else {
                high = middle;
            }
            if high - low < 1e-6 {
                break;
            }
        }
        // Any tilt gives a bound.
        at(low).0.exp().clamp(f64::MIN_POSITIVE, 1.0)
    }
}

/// The least false discovery rate at which each p-value still stands, among `hypotheses` tests of
/// which those not given had p-values above the given ones: Benjamini and Hochberg (J. R. Statist.
/// Soc. B 57, 1995).
pub(crate) fn q_values(p_values: &[f64], hypotheses: f64) -> Vec<f64> {
    let hypotheses = hypotheses.max(p_values.len() as f64);
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]).then(a.cmp(b)));
    let mut q = vec![1.0; p_values.len()];
    let mut least = 1.0_f64;
    for (place, test) in order.iter().enumerate().rev() {
        least = least.min(p_values[*test] * hypotheses / (place + 1) as f64);
        q[*test] = least;
    }
    q
}

/// ln n!
fn ln_factorial(n: u64) -> f64 {
    if n < 32 {
        return (2..=n).map(|k| (k as f64).ln()).sum();
    }
    // Stirling's series; its error is below 1e-12 here.
    let x = n as f64;
    let series = 1.0 / (12.0 * x) - 1.0 / (360.0 * x.powi(3)) + 1.0 / (1_260.0 * x.powi(5));
    x * x.ln() - x + 0.5 * (std::f64::consts::TAU * x).ln() + series
}

/// ln of n over k.
fn ln_choose(n: u64, k: u64) -> f64 {
    if k > n {
        return f64::NEG_INFINITY;
    }
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

/// The probability of `hits` or more of `trials` with this chance each.
pub(crate) fn binomial_tail(hits: u64, trials: u64, chance: f64) -> f64 {
    if hits == 0 || chance >= 1.0 {
        return 1.0;
    }
    if hits > trials || chance <= 0.0 {
        return 0.0;
    }
    let of = |k: u64| {
        let (k, n) = (k as f64, trials as f64);
        k * chance.ln() + (n - k) * (1.0 - chance).ln()
    };
    sum_tail(
        (hits..=trials).map(|k| ln_choose(trials, k) + of(k)),
        hits as f64 > chance * trials as f64,
    )
}

/// The probability of `hits` or more where `expected` are expected.
pub(crate) fn poisson_tail(hits: u64, expected: f64) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    if expected <= 0.0 {
        return 0.0;
    }
    let of = |k: u64| k as f64 * expected.ln() - expected - ln_factorial(k);
    // Far beyond the mean there is nothing left to sum.
    let last = hits.saturating_add(1_000).max(whole(3.0 * expected) as u64 + 1_000);
    sum_tail((hits..=last).map(of), hits as f64 > expected)
}

/// Fisher's exact test, one-sided: the probability that of `drawn` accounts taken at random out of
/// `all`, of which `marked` are marked, `hits` or more are marked.
pub(crate) fn fisher_tail(hits: u64, drawn: u64, marked: u64, all: u64) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    let most = drawn.min(marked);
    if hits > most || drawn > all || marked > all {
        return 0.0;
    }
    let total = ln_choose(all, drawn);
    let of = |k: u64| {
        // More draws than unmarked accounts force some marked ones: fewer are impossible.
        if drawn - k > all - marked {
            return f64::NEG_INFINITY;
        }
        ln_choose(marked, k) + ln_choose(all - marked, drawn - k) - total
    };
    let above = hits as f64 > drawn as f64 * marked as f64 / all as f64;
    sum_tail((hits..=most).map(of), above)
}

/// Sums probabilities given as logarithms; beyond the mean they fall, so that the sum may stop.
fn sum_tail(logarithms: impl Iterator<Item = f64>, falling: bool) -> f64 {
    let mut sum = 0.0;
    for logarithm in logarithms {
        let one = logarithm.exp();
        sum += one;
        if falling && one < sum * 1e-15 {
            break;
        }
    }
    sum.clamp(f64::MIN_POSITIVE, 1.0)
}

/// Numbers that look random and are always the same: `SplitMix64` (Steele, Lea and Flood, 2014).
pub(crate) struct Scatter(pub u64);

impl Scatter {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is above 0.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_all_trials_come_true_the_bound_is_their_product() {
        let mut trials = Trials::default();
        for _ in 0..4 {
            trials.add((-2.0_f64).exp() * 0.999, true);
        }
        assert!((trials.bound().ln() + 8.0).abs() < 1e-9);
    }

    #[test]
    fn the_bound_lies_above_the_binomial_tail_and_not_far() {
        for (met, of, chance) in [(5_u32, 20_u32, 0.05_f64), (12, 60, 0.04), (3, 200, 0.002)] {
            let mut trials = Trials::default();
            for at in 0..of {
                trials.add(chance, at < met);
            }
            let exact = binomial_tail(met.into(), of.into(), chance);
            let bound = trials.bound();
            assert!(bound >= exact && bound < exact * 60.0, "{bound} {exact}");
        }
    }

    #[test]
    fn fewer_than_expected_is_no_surprise() {
        let mut trials = Trials::default();
        for at in 0..100 {
            trials.add(0.5, at < 50);
        }
        assert!((trials.bound() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_lady_tasting_tea() {
        // Fisher, The Design of Experiments, 1935: 3 or more of 4 right is 17 in 70.
        assert!((fisher_tail(3, 4, 4, 8) - 17.0 / 70.0).abs() < 1e-12);
        assert!((fisher_tail(4, 4, 4, 8) - 1.0 / 70.0).abs() < 1e-12);
        assert!((fisher_tail(1, 8, 4, 8) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn binomial_tails_match_sums_by_hand() {
        assert!((binomial_tail(1, 3, 0.5) - 0.875).abs() < 1e-12);
        assert!((binomial_tail(3, 3, 0.1) - 0.001).abs() < 1e-12);
        assert!((poisson_tail(2, 1.0) - (1.0 - 2.0 * (-1.0_f64).exp())).abs() < 1e-12);
        assert!((ln_factorial(40) - (2..=40).map(|k| f64::from(k).ln()).sum::<f64>()).abs() < 1e-9);
    }

    #[test]
    fn the_textbook_example_of_fifteen_tests_rejects_four() {
        // Benjamini and Hochberg 1995, section 3.1.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0000,
        ];
        assert_eq!(q_values(&p, 15.0).iter().filter(|q| **q <= 0.05).count(), 4);
        assert_eq!(q_values(&[0.001, 0.001], 1_000.0), [0.5, 0.5]);
    }
}
