//! The one source of chance: the same seed gives the same numbers on every machine.
//!
//! The generator is xoshiro256++ 1.0 (Blackman and Vigna 2021, "Scrambled linear pseudorandom number
//! generators", ACM Transactions on Mathematical Software 47(4), doi 10.1145/3460772). Its state is
//! filled by `SplitMix64` (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195), as its authors
//! advise. It is our own so that a library's next version cannot change a data set; it is never to
//! be used for secrets.
//!
//! Logarithms and exponentials are our own for the same reason: those of the platform differ in
//! the last digit from one machine to the next (see [`maths`]).

mod alias;
pub mod maths;

pub use alias::Alias;

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// The stream of `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut word = seed;
        Self { state: std::array::from_fn(|_| split_mix(&mut word)) }
    }

    /// The stream of `part` under `seed`.
    ///
    /// Each part of a simulation has a stream of its own, so that one part can grow without
    /// changing what the others draw.
    #[must_use]
    pub fn part(seed: u64, part: u64) -> Self {
        let (mut first, mut second) = (seed, part ^ 0x6C62_272E_07BB_0142);
        Self::new(split_mix(&mut first) ^ split_mix(&mut second).rotate_left(32))
    }

    /// The next 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// Uniform in `0..bound`; 0 for a bound of 0.
    ///
    /// By multiplication (Lemire 2019, doi 10.1145/3230636) without the rejection step: the bias is
    /// below `bound` / 2⁶⁴.
    #[inline]
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(bound)) >> 64) as u64
    }

    /// Uniform in `0..length`; 0 for a length of 0.
    #[inline]
    pub fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// Uniform in `least..=most`; `least` when the range is empty.
    #[inline]
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = most.saturating_sub(least).saturating_add(1);
        least.saturating_add_unsigned(self.below(u64::try_from(width).unwrap_or(0)))
    }

    /// Uniform in [0, 1), in steps of 2⁻⁵³.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with the probability `share`.
    #[inline]
    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// One of `items`, each as likely as the other.
    ///
    /// # Panics
    /// When there are no items.
    #[inline]
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.index(items.len())]
    }

    /// Normal with mean 0 and deviation 1, by Marsaglia's polar method (1964).
    pub fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * maths::ln(square) / square).sqrt();
            }
        }
    }

    /// Log-normal: the logarithm has mean `mu` and deviation `sigma`.
    pub fn log_normal(&mut self, mu: f64, sigma: f64) -> f64 {
        maths::exp(mu + sigma * self.normal())
    }

    /// Pareto: at least `least`, and above x with the probability (`least` / x)^`alpha`.
    pub fn pareto(&mut self, least: f64, alpha: f64) -> f64 {
        least * maths::exp(self.exponential(1.0) / alpha)
    }

    /// Exponential with this mean.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * maths::ln(1.0 - self.unit())
    }

    /// Puts `items` into a random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.index(last + 1);
            items.swap(last, other);
        }
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mix(*state)
}

/// Scatters the bits of `word`: neighbours become unlike. The last step of `SplitMix64`.
#[inline]
#[must_use]
pub const fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_the_published_one() {
        // The state 1, 2, 3, 4 begins so in the authors' reference implementation.
        let mut random = Random { state: [1, 2, 3, 4] };
        let met: Vec<u64> = (0..4).map(|_| random.bits()).collect();
        assert_eq!(met, [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]);
    }

    #[test]
    fn parts_of_one_seed_differ_and_repeat() {
        let first = |seed, part| Random::part(seed, part).bits();
        assert_eq!(first(1, 2), first(1, 2));
        assert_ne!(first(1, 2), first(1, 3));
        assert_ne!(first(1, 2), first(2, 1));
        assert_ne!(first(0, 0), 0);
    }

    #[test]
    fn ranges_hold_their_bounds() {
        let mut random = Random::new(7);
        let met: Vec<i64> = (0..1_000).map(|_| random.between(-2, 2)).collect();
        assert_eq!((met.iter().min(), met.iter().max()), (Some(&-2), Some(&2)));
        assert_eq!(random.between(5, 4), 5);
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn distributions_have_their_means() {
        let mut random = Random::new(1);
        let mut mean = |draw: fn(&mut Random) -> f64| {
            (0..200_000).map(|_| draw(&mut random)).sum::<f64>() / 200_000.0
        };
        for (name, met, expected) in [
            ("unit", mean(Random::unit), 0.5),
            ("normal", mean(Random::normal), 0.0),
            ("normal squared", mean(|random| random.normal().powi(2)), 1.0),
            ("exponential", mean(|random| random.exponential(3.0)), 3.0),
            ("log-normal", mean(|random| random.log_normal(0.0, 0.5)), 1.133),
            ("Pareto", mean(|random| random.pareto(1.0, 3.0)), 1.5),
        ] {
            assert!((met - expected).abs() < 0.02, "{name}: {met}, expected {expected}");
        }
    }
}
