//! How many different values there were, in little memory: exact while few, else by a sketch.

use serde::{Deserialize, Serialize};

/// Two to this power registers of one byte.
const PRECISION: u32 = 14;

const REGISTERS: usize = 1 << PRECISION;

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
    Exact { places: Vec<u64>, used: usize },
    /// The greatest number of leading zeros of the hashes of each register (Flajolet et al. 2007).
    Estimate(Box<[u8]>),
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
            State::Estimate(registers) => raise(registers, hash),
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

    #[cold]
    fn grow(&mut self) {
        let State::Exact { places, used } = &mut self.state else { return };
        let old = std::mem::take(places);
        let hashes = old.iter().copied().filter(|&hash| hash != 0);
        if *used > self.limit {
            let mut registers = vec![0; REGISTERS].into_boxed_slice();
            hashes.for_each(|hash| raise(&mut registers, hash));
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
    pub(super) fn count(&self) -> Distinct {
        match &self.state {
            State::Exact { used, .. } => {
                Distinct { count: *used as u64, exact: true, standard_error: 0.0 }
            }
            State::Estimate(registers) => Distinct {
                count: estimate(registers).round() as u64,
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

#[inline]
fn raise(registers: &mut [u8], hash: u64) {
    let register = &mut registers[(hash >> (64 - PRECISION)) as usize];
    let rank = ((hash << PRECISION) | 1 << (PRECISION - 1)).leading_zeros() as u8 + 1;
    *register = (*register).max(rank);
}

fn estimate(registers: &[u8]) -> f64 {
    let m = REGISTERS as f64;
    let sum: f64 = registers.iter().map(|&rank| f64::from(rank).exp2().recip()).sum();
    let raw = 0.7213 / (1.0 + 1.079 / m) * m * m / sum;
    let zeros = registers.iter().filter(|&&rank| rank == 0).count();
    // Few values leave registers empty, and their number says more than the ranks do.
    if raw <= 2.5 * m && zeros > 0 { m * (m / zeros as f64).ln() } else { raw }
}

/// A hash of bytes under a key; the same on every machine, and no secret.
#[inline]
pub(super) fn hash(bytes: &[u8], key: u64) -> u64 {
    let mut state = key ^ 0x9E37_79B9_7F4A_7C15;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = fold(state ^ u64::from_le_bytes(*word), 0xA076_1D64_78BD_642F);
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    state = fold(state ^ u64::from_le_bytes(last), 0xE703_7ED1_A0B4_28DB);
    fold(state ^ bytes.len() as u64, 0x8EBC_6AF0_9C88_C6E3)
}

#[inline]
pub(super) fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64) ^ a.rotate_left(32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_are_counted_and_many_are_estimated_within_four_errors() {
        for count in [0_u64, 1, 100, 4_000, 5_000, 20_000, 60_000, 1_000_000] {
            let mut sketch = Sketch::default();
            for value in (0..count).chain(0..count.min(5_000)) {
                sketch.add(hash(format!("zqx{value}").as_bytes(), 7));
            }
            let met = sketch.count();
            assert_eq!(met.exact, count <= 4_096, "{count}");
            let error = (met.count as f64 - count as f64).abs() / (count.max(1) as f64);
            assert!(error <= 4.0 * met.standard_error, "{count}: {met:?}");
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
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one));
        }
    }
}
