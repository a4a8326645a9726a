//! How many different values there were, in little memory: exact while few, else by a sketch.

use serde::{Deserialize, Serialize};

/// Two to this power registers of one byte.
const PRECISION: u32 = 14;

const REGISTERS: usize = 1 << PRECISION;

/// So many hashes are looked up together.
pub(super) const TOGETHER: usize = 64;

/// How many different hashes are kept before they become a sketch.
const EXACT: usize = 4_096;

/// A count of different values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Distinct {
    /// The count, or its estimate.
    pub count: u64,
    /// Whether it is exact.
    pub exact: bool,
    /// The relative standard error of an estimate; 0 where the count is exact.
    pub standard_error: f64,
}

/// A set of hashes, of which only the size can be asked.
#[derive(Clone, Debug)]
pub(super) struct Sketch {
    state: State,
    limit: usize,
}

#[derive(Clone, Debug)]
enum State {
    /// Hashes in a table with open addresses; 0 is an empty place.
    Exact {
        places: Vec<u64>,
        used: usize,
    },
    Estimate(Box<Registers>),
}

/// The greatest number of leading zeros of the hashes of each register (Flajolet et al. 2007).
///
/// Once all registers have a rank, most hashes raise none: those up to the least rank are passed over
/// without a look at the registers, which are spread over more memory than the first cache holds.
#[derive(Clone, Debug)]
struct Registers {
    ranks: [u8; REGISTERS],
    /// The least rank.
    floor: u8,
    /// How many registers have it.
    on_floor: u32,
}

impl Registers {
    fn new() -> Box<Self> {
        Box::new(Self { ranks: [0; REGISTERS], floor: 0, on_floor: REGISTERS as u32 })
    }

    #[inline]
    fn raise(&mut self, hash: u64) {
        let rank = ((hash << PRECISION) | 1 << (PRECISION - 1)).leading_zeros() as u8 + 1;
        if rank > self.floor {
            self.raise_to(hash, rank);
        }
    }

    fn raise_to(&mut self, hash: u64, rank: u8) {
        let register = &mut self.ranks[(hash >> (64 - PRECISION)) as usize];
        if rank > *register {
            let was_on_floor = *register == self.floor;
            *register = rank;
            self.on_floor -= u32::from(was_on_floor);
            if self.on_floor == 0 {
                self.find_floor();
            }
        }
    }

    #[cold]
    #[expect(clippy::naive_bytecount, reason = "a few times for each column")]
    fn find_floor(&mut self) {
        self.floor = self.ranks.iter().copied().min().unwrap_or(0);
        self.on_floor = self.ranks.iter().filter(|&&rank| rank == self.floor).count() as u32;
    }
}

impl Default for Sketch {
    fn default() -> Self {
        Self::exact_up_to(EXACT)
    }
}

impl Sketch {
    /// A sketch that stays exact up to so many different values.
    pub(super) fn exact_up_to(limit: usize) -> Self {
        Self { state: State::Exact { places: vec![0; 16], used: 0 }, limit }
    }

    /// Adds the hash of a value.
    #[inline]
    pub(super) fn add(&mut self, hash: u64) {
        match &mut self.state {
            State::Estimate(registers) => registers.raise(hash),
            State::Exact { places, used } => {
                if insert(places, hash.max(1)) {
                    *used += 1;
                    if *used * 2 > places.len() {
                        self.grow();
                    }
                }
            }
        }
    }

    /// Adds the hashes of many values. Where each one would lie is looked up before any is waited for,
    /// since a large table lies outside the caches.
    pub(super) fn add_all(&mut self, hashes: &[u64]) {
        let mut met = [0; TOGETHER];
        for hashes in hashes.chunks(TOGETHER) {
            if let State::Exact { places, .. } = &self.state {
                let mask = places.len() - 1;
                for (met, hash) in met.iter_mut().zip(hashes) {
                    *met = places[(*hash).max(1) as usize & mask];
                }
            }
            for (met, hash) in met.iter().zip(hashes) {
                if *met != (*hash).max(1) {
                    self.add(*hash);
                }
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        let State::Exact { places, used } = &mut self.state else { return };
        let old = std::mem::take(places);
        let hashes = old.iter().copied().filter(|&hash| hash != 0);
        if *used > self.limit {
            let mut registers = Registers::new();
            hashes.for_each(|hash| registers.raise(hash));
            self.state = State::Estimate(registers);
        } else {
            let mut wider = vec![0; old.len() * 2];
            hashes.for_each(|hash| {
                insert(&mut wider, hash);
            });
            *places = wider;
        }
    }

    /// How many different values were added.
    #[expect(clippy::cast_sign_loss, reason = "an estimate of a count is not negative")]
    pub(super) fn count(&self) -> Distinct {
        match &self.state {
            State::Exact { used, .. } => {
                Distinct { count: *used as u64, exact: true, standard_error: 0.0 }
            }
            State::Estimate(registers) => Distinct {
                count: estimate(&registers.ranks).round() as u64,
                exact: false,
                standard_error: 1.04 / (REGISTERS as f64).sqrt(),
            },
        }
    }
}

fn insert(places: &mut [u64], hash: u64) -> bool {
    let mask = places.len() - 1;
    let mut at = hash as usize & mask;
    loop {
        match places[at] {
            0 => {
                places[at] = hash;
                return true;
            }
            known if known == hash => return false,
            _ => at = (at + 1) & mask,
        }
    }
}

#[expect(clippy::naive_bytecount, reason = "once for each column")]
fn estimate(registers: &[u8]) -> f64 {
    let m = REGISTERS as f64;
    let sum: f64 = registers.iter().map(|&rank| f64::from(rank).exp2().recip()).sum();
    let raw = 0.7213 / (1.0 + 1.079 / m) * m * m / sum;
    let zeros = registers.iter().filter(|&&rank| rank == 0).count();
    // Few values leave registers empty, and their number says more than the ranks do.
    if raw <= 2.5 * m && zeros > 0 { m * (m / zeros as f64).ln() } else { raw }
}

/// What a hash begins with. It is the same on every machine, and no secret.
#[inline]
pub(super) fn seed(length: usize, key: u64) -> u64 {
    key ^ 0x9E37_79B9_7F4A_7C15 ^ (length as u64).rotate_left(48)
}

/// The hash of nothing.
#[inline]
pub(super) fn empty_hash(key: u64) -> u64 {
    finish(mix(seed(0, key), 0, 0))
}

/// The hash with sixteen more bytes in it.
#[inline]
pub(super) fn mix(state: u64, one: u64, other: u64) -> u64 {
    fold(state ^ one, other ^ 0xE703_7ED1_A0B4_28DB)
}

/// The hash when all bytes are in it.
#[inline]
pub(super) fn finish(state: u64) -> u64 {
    (state ^ state >> 32).wrapping_mul(0xA076_1D64_78BD_642F)
}

#[inline]
pub(super) fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64) ^ a.rotate_left(32)
}

#[cfg(test)]
mod tests {
    use super::super::shape::hash;
    use super::*;

    #[test]
    fn few_values_are_counted_and_many_are_estimated_within_four_errors() {
        for count in [0_u64, 1, 100, 4_000, 5_000, 20_000, 60_000, 1_000_000] {
            let mut sketch = Sketch::default();
            for value in (0..count).chain(0..count.min(5_000)) {
                sketch.add(hash(format!("zqx{value}").as_bytes(), 7));
            }
            check(&sketch, count);
        }
    }

    #[test]
    fn values_of_any_length_are_estimated_as_well() {
        for length in [4, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 60] {
            for pad in ['-', 'z'] {
                let mut sketch = Sketch::default();
                let count = if length == 4 { 9_000_u64 } else { 200_000 };
                for value in 0..count {
                    let digits = format!("{value:x}");
                    let front = pad.to_string().repeat(length - digits.len().min(length));
                    sketch.add(hash(format!("{front}{digits}").as_bytes(), 7));
                    if length > 15 {
                        sketch.add(hash(format!("{digits}{front}").as_bytes(), 7));
                    }
                }
                check(&sketch, if length > 15 { 2 * count } else { count });
            }
        }
    }

    fn check(sketch: &Sketch, count: u64) {
        let met = sketch.count();
        assert_eq!(met.exact, count <= 4_096, "{count}");
        let error = (met.count as f64 - count as f64).abs() / (count.max(1) as f64);
        assert!(error <= 4.0 * met.standard_error, "{count}: {met:?}");
    }

    #[test]
    fn many_at_once_are_as_many_as_one_by_one() {
        for limit in [100, 100_000] {
            let (mut one, mut many) = (Sketch::exact_up_to(limit), Sketch::exact_up_to(limit));
            let hashes: Vec<u64> =
                (0..30_000_u64).map(|value| hash(&(value % 9_000).to_le_bytes(), 7)).collect();
            for &hash in &hashes {
                one.add(hash);
            }
            for hashes in hashes.chunks(1_000) {
                many.add_all(hashes);
            }
            assert_eq!(one.count(), many.count());
        }
    }

    #[test]
    fn every_byte_is_in_the_hash() {
        for length in 1..70 {
            let value = vec![b'a'; length];
            for at in 0..length {
                let mut other = value.clone();
                other[at] = b'b';
                assert_ne!(hash(&value, 7), hash(&other, 7), "{at} of {length}");
            }
        }
    }

    #[test]
    fn hashes_differ_with_bytes_length_and_key() {
        let all = [
            hash(b"", 0),
            hash(b"\0", 0),
            hash(b"\0\0", 0),
            hash(b"a", 0),
            hash(b"a", 1),
            hash(b"12345678", 0),
            hash(b"1234567812345678", 0),
            hash(b"12345678123456781", 0),
            hash(b"12345678123456781234567812345678", 0),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one));
        }
    }
}
