//! Counting distinct things in bounded memory, the same in whatever order they come.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::Serialize;

/// Up to so many distinct ids are counted exactly.
pub const EXACT_IDS: usize = 1 << 23;

/// Up to so many distinct things that are kept with their names are counted exactly.
pub const EXACT_NAMES: usize = 1 << 21;

/// How many distinct things there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Distinct {
    /// How many.
    pub count: u64,
    /// Whether that is exact, and not estimated from a sample.
    pub exact: bool,
}

/// A value for each distinct digest, or for a sample of them once there are more than the limit.
///
/// The sample is the digests of which a number of bits is zero, the fewest bits with which they
/// fit: so it depends on the digests alone, not on their order.
#[derive(Clone, Debug)]
pub(crate) struct Tally<V> {
    values: HashMap<u64, V, BuildHasherDefault<Taken>>,
    limit: usize,
    /// How many bits of a digest must be zero for it to be kept.
    bits: u32,
}

impl<V> Default for Tally<V> {
    fn default() -> Self {
        Self::with_limit(EXACT_IDS)
    }
}

impl<V> Tally<V> {
    /// A tally that is exact up to `limit` digests.
    pub(crate) fn with_limit(limit: usize) -> Self {
        Self { values: HashMap::default(), limit, bits: 0 }
    }

    /// Makes the value of `digest` if it is new, and else updates it.
    pub(crate) fn with(
        &mut self,
        digest: u64,
        make: impl FnOnce() -> V,
        update: impl FnOnce(&mut V),
    ) {
        if !is_sampled(digest, self.bits) {
            return;
        }
        match self.values.entry(digest) {
            std::collections::hash_map::Entry::Occupied(mut known) => update(known.get_mut()),
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(make());
                self.shrink();
            }
        }
    }

    /// Takes more bits until the digests fit.
    fn shrink(&mut self) {
        while self.values.len() > self.limit && self.bits < 32 {
            self.bits += 1;
            let bits = self.bits;
            self.values.retain(|digest, _| is_sampled(*digest, bits));
        }
    }

    /// Adds another tally; `combine` makes one value of two.
    pub(crate) fn merge(&mut self, mut other: Self, mut combine: impl FnMut(&mut V, V)) {
        if other.bits > self.bits {
            self.bits = other.bits;
            let bits = self.bits;
            self.values.retain(|digest, _| is_sampled(*digest, bits));
        }
        if self.values.is_empty() {
            std::mem::swap(&mut self.values, &mut other.values);
        }
        let bits = self.bits;
        // The order of the digests does not matter: each meets its own value only.
        other.values.into_iter().filter(|(digest, _)| is_sampled(*digest, bits)).for_each(
            |(digest, value)| match self.values.entry(digest) {
                std::collections::hash_map::Entry::Occupied(mut known) => {
                    combine(known.get_mut(), value);
                }
                std::collections::hash_map::Entry::Vacant(new) => {
                    new.insert(value);
                }
            },
        );
        self.values.retain(|digest, _| is_sampled(*digest, bits));
        self.shrink();
    }

    /// The values, in no order that means anything: sort them, or sum them up.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.values.values()
    }

    /// How many distinct digests there were.
    pub(crate) fn distinct(&self) -> Distinct {
        Distinct { count: self.scaled(self.values.len() as u64), exact: self.bits == 0 }
    }

    /// What `count` of the sample stands for.
    pub(crate) fn scaled(&self, count: u64) -> u64 {
        count << self.bits
    }
}

/// Whether the middle bits of a digest, which the hash table does not use, are zero.
fn is_sampled(digest: u64, bits: u32) -> bool {
    let mask = (1_u64 << bits) - 1;
    (digest >> 24) & mask == 0
}

/// Digests are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Taken(u64);

impl Hasher for Taken {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, digest: u64) {
        self.0 = digest;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A name that is kept with a count: long ones are hostile, and cut.
pub(crate) fn name(text: &str) -> Box<str> {
    charivari_text::show::shorten(text, 120).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::digest::of_texts;

    fn tally(limit: usize, things: impl Iterator<Item = u32>) -> Tally<u64> {
        let mut tally = Tally::with_limit(limit);
        for thing in things {
            tally.with(of_texts(&[&thing.to_string()]), || 1, |count| *count += 1);
        }
        tally
    }

    fn sum(tally: &Tally<u64>) -> u64 {
        tally.scaled(tally.values().sum())
    }

    #[test]
    fn counts_are_exact_up_to_the_limit() {
        let exact = tally(1_000, (0..1_000).chain(0..500));
        assert_eq!(exact.distinct(), Distinct { count: 1_000, exact: true });
        assert_eq!(sum(&exact), 1_500);
    }

    #[test]
    fn beyond_the_limit_they_are_estimates_that_do_not_depend_on_the_order() {
        let forwards = tally(1_000, 0..50_000);
        let backwards = tally(1_000, (0..50_000).rev());
        let mut merged = tally(1_000, 0..20_000);
        merged.merge(tally(1_000, 20_000..50_000), |a, b| *a += b);
        let distinct = forwards.distinct();
        assert!(!distinct.exact);
        assert!((45_000..55_000).contains(&distinct.count), "{distinct:?}");
        for other in [&backwards, &merged] {
            assert_eq!(other.distinct(), distinct);
            assert_eq!(sum(other), sum(&forwards));
        }
    }
}
