//! How surprising a pair's meetings are: the tail of a weighted sum of independent trials.
//!
//! Each shared object is a trial that the two accounts meet on with a probability of its own. A
//! meeting weighs its surprise, −ln of that probability, so that one on a quiet object says more
//! than one in the rush of breaking news. Surprise is counted in quarters of a nat, rounded down:
//! the probability that stands for it is therefore never below the true one, and the sum lives on
//! whole numbers, so that its distribution can be written out exactly.

/// Units of surprise in one nat.
const PER_NAT: f64 = 4.0;

/// The largest surprise of one meeting: no single coincidence counts for less than one in a
/// thousand, however quiet its object, since something unseen may have caused it.
pub(crate) const MOST: usize = 27;

/// Up to this many trials, the distribution is written out exactly.
const EXACT_TRIALS: u32 = 96;

/// The surprise of a meeting that has this probability.
#[expect(clippy::cast_sign_loss, reason = "the logarithm of what is below 1 is negative")]
pub(crate) fn surprise(probability: f64) -> usize {
    if probability >= 1.0 {
        return 0;
    }
    ((-probability.max(1e-9).ln() * PER_NAT) as usize).min(MOST)
}

/// The probability that stands for a surprise.
pub(crate) fn probability(surprise: usize) -> f64 {
    (-(surprise as f64) / PER_NAT).exp()
}

/// Trials by their surprise, and which of them came true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trials {
    trials: [u32; MOST + 1],
    met: [u32; MOST + 1],
}

impl Trials {
    pub(crate) fn add(&mut self, surprise: usize, met: bool) {
        self.trials[surprise] += 1;
        self.met[surprise] += u32::from(met);
    }

    pub(crate) fn count(&self) -> u32 {
        self.trials.iter().sum()
    }

    pub(crate) fn met(&self) -> u32 {
        self.met.iter().sum()
    }

    /// How many meetings chance would make.
    pub(crate) fn expected(&self) -> f64 {
        self.levels().map(|(surprise, trials)| f64::from(trials) * probability(surprise)).sum()
    }

    fn levels(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.trials.iter().copied().enumerate().filter(|(_, trials)| *trials > 0)
    }

    fn sum(&self) -> usize {
        self.met.iter().enumerate().map(|(surprise, met)| surprise * *met as usize).sum()
    }

    /// The probability that chance alone makes meetings at least as surprising, taken together.
    pub(crate) fn p_value(&self) -> f64 {
        let sum = self.sum();
        if sum == 0 {
            return 1.0;
        }
        let (bound, approximation) = self.saddle_point(sum as f64);
        let informative = self.count() - self.trials[0];
        if informative > EXACT_TRIALS || bound > 0.5 {
            return approximation.clamp(f64::MIN_POSITIVE, 1.0);
        }
        self.exact(sum).clamp(f64::MIN_POSITIVE, 1.0)
    }

    /// The distribution written out trial by trial; what reaches `sum` stays there.
    fn exact(&self, sum: usize) -> f64 {
        let mut below = vec![0.0_f64; sum];
        below[0] = 1.0;
        let mut reached = 0.0;
        for (surprise, trials) in self.levels().filter(|(surprise, _)| *surprise > 0) {
            let chance = probability(surprise);
            for _ in 0..trials {
                for at in (0..sum).rev() {
                    let moved = below[at] * chance;
                    below[at] -= moved;
                    match below.get_mut(at + surprise) {
                        Some(there) => *there += moved,
                        None => reached += moved,
                    }
                }
            }
        }
        reached
    }

    /// Chernoff's bound of the tail, and the saddle-point approximation on whole numbers
    /// (Daniels, Saddlepoint approximations in statistics, 1954; Bahadur and Rao 1960), never above
    /// the bound.
    fn saddle_point(&self, sum: f64) -> (f64, f64) {
        let most: f64 = self.levels().map(|(s, n)| s as f64 * f64::from(n)).sum();
        if sum >= most {
            let all = self.levels().map(|(s, n)| -(s as f64) / PER_NAT * f64::from(n)).sum::<f64>();
            return (all.exp(), all.exp());
        }
        if sum <= self.moments(0.0).1 {
            return (1.0, 1.0);
        }
        let (mut low, mut high) = (0.0_f64, 1.0_f64);
        while self.moments(high).1 < sum && high < 64.0 {
            high *= 2.0;
        }
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if self.moments(middle).1 < sum {
                low = middle;
            } else {
                high = middle;
            }
            if high - low < 1e-6 {
                break;
            }
        }
        let tilt = f64::midpoint(low, high);
        let (cumulant, _, variance) = self.moments(tilt);
        let bound = (cumulant - tilt * sum).exp().min(1.0);
        let spread = (1.0 - (-tilt).exp()) * (std::f64::consts::TAU * variance).sqrt();
        (bound, bound / spread.max(1.0))
    }

    /// The cumulant generating function at `tilt`, its slope and its curvature.
    fn moments(&self, tilt: f64) -> (f64, f64, f64) {
        let (mut value, mut slope, mut curve) = (0.0, 0.0, 0.0);
        for (surprise, trials) in self.levels().filter(|(surprise, _)| *surprise > 0) {
            let (weight, trials) = (surprise as f64, f64::from(trials));
            let chance = probability(surprise);
            let tilted = chance * (tilt * weight).exp();
            let total = 1.0 - chance + tilted;
            let share = tilted / total;
            value += trials * total.ln();
            slope += trials * weight * share;
            curve += trials * weight * weight * share * (1.0 - share);
        }
        (value, slope, curve)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_meeting_is_as_likely_as_its_probability() {
        for level in 1..=MOST {
            let mut trials = Trials::default();
            trials.add(level, true);
            assert!((trials.p_value() - probability(level)).abs() < 1e-12, "{level}");
        }
    }

    #[test]
    fn rounding_never_makes_a_meeting_more_surprising_than_it_is() {
        for step in 1..1_000 {
            let chance = f64::from(step) / 1_000.0;
            assert!(probability(surprise(chance)) >= chance - 1e-12, "{chance}");
        }
    }

    #[test]
    fn equal_chances_give_the_binomial_tail() {
        let mut trials = Trials::default();
        for at in 0..10 {
            trials.add(8, at < 4);
        }
        let p = probability(8);
        let choose = [1.0, 10.0, 45.0, 120.0];
        let below: f64 = (0..4_i32)
            .zip(choose)
            .map(|(k, choose)| choose * p.powi(k) * (1.0 - p).powi(10 - k))
            .sum();
        assert!((trials.p_value() - (1.0 - below)).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn the_saddle_point_stays_close_to_the_exact_tail(
            drawn in prop::collection::vec((1..=MOST, any::<bool>()), 40..90),
        ) {
            let mut trials = Trials::default();
            for (level, met) in drawn {
                trials.add(level, met);
            }
            let sum = trials.sum();
            prop_assume!(sum > 0);
            let exact = trials.exact(sum);
            let (bound, near) = trials.saddle_point(sum as f64);
            prop_assert!(exact <= bound * 1.000_001, "{exact} {bound}");
            if exact < 0.01 && exact > 1e-250 {
                prop_assert!(near > exact * 0.5 && near < exact * 6.0, "{exact} {near}");
            }
        }
    }
}
