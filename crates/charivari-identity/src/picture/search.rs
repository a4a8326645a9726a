//! All hashes within a distance of some others, exactly.
//!
//! A linear scan: of two hashes that are within 31 bits their first halves are too, while the
//! halves of unrelated pictures differ in 64 bits of 128 and almost never in fewer than 32. So the
//! first halves lie by themselves, half the memory is read, and the second halves only of what is
//! left. Nothing is passed over: the result is that of comparing all with all.

use rayon::prelude::*;

use super::{Form, Forms, Hash};

/// So many hashes are compared by one thread at a time: their first halves fit a core's own cache.
const CHUNK: usize = 1 << 14;

/// So many are looked at in one go before anything is asked.
const BLOCK: usize = 64;

/// A hash that is near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Which hash, counted from 0 in the order of the index.
    pub place: u32,
    /// In how many bits it differs.
    pub distance: u32,
    /// Which form of the query it is near to.
    pub form: Form,
}

/// Hashes to search among.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The first and the second words apart, so that several are compared at once.
    firsts: [Vec<u64>; 2],
    seconds: Vec<[u64; 2]>,
}

impl Index {
    /// An index of these hashes, in their order.
    pub fn new(hashes: impl IntoIterator<Item = Hash>) -> Self {
        let mut index = Self::default();
        for Hash([a, b, c, d]) in hashes {
            index.firsts[0].push(a);
            index.firsts[1].push(b);
            index.seconds.push([c, d]);
        }
        index
    }

    /// How many hashes there are.
    pub fn len(&self) -> usize {
        self.seconds.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.seconds.is_empty()
    }

    /// The hashes within `most` bits of `query`, in the order of the index.
    pub fn near(&self, query: Hash, most: u32) -> Vec<Hit> {
        self.search(&[(Form::Original, query)], most)
    }

    /// The hashes within `most` bits of any form of a picture, each with its nearest form, in the
    /// order of the index.
    pub fn near_any(&self, query: &Forms, most: u32) -> Vec<Hit> {
        let forms: [(Form, Hash); 8] =
            std::array::from_fn(|place| (Form::ALL[place], query.0[place]));
        let mut hits = self.search(&forms, most);
        hits.sort_unstable();
        hits.dedup_by_key(|hit| hit.place);
        hits
    }

    fn search<const N: usize>(&self, queries: &[(Form, Hash); N], most: u32) -> Vec<Hit> {
        let [firsts, seconds] = &self.firsts;
        let chunks = firsts.par_chunks(CHUNK).zip(seconds.par_chunks(CHUNK)).enumerate();
        let found = chunks.flat_map_iter(|(number, (firsts, seconds))| {
            let mut hits = Vec::new();
            let blocks = firsts.chunks(BLOCK).zip(seconds.chunks(BLOCK));
            for (block, (firsts, seconds)) in blocks.enumerate() {
                let near = |(_, query): &(Form, Hash)| any_near(firsts, seconds, *query, most);
                if queries.iter().any(near) {
                    let start = number * CHUNK + block * BLOCK;
                    for place in start..start + firsts.len() {
                        self.look(place, queries, most, &mut hits);
                    }
                }
            }
            hits
        });
        found.collect()
    }

    fn look(&self, place: usize, queries: &[(Form, Hash)], most: u32, hits: &mut Vec<Hit>) {
        let [c, d] = self.seconds[place];
        let (a, b) = (self.firsts[0][place], self.firsts[1][place]);
        for (form, query) in queries {
            let distance = query.distance(Hash([a, b, c, d]));
            if distance <= most {
                hits.push(Hit { place: place as u32, distance, form: *form });
            }
        }
    }
}

/// Whether any of these first halves is within `most` bits of the query's.
///
/// The bits are counted in the two words together, in steps that a processor without a counting
/// instruction does for several hashes at once. A difference that is small enough leaves the
/// highest bit set when one more than `most` is taken from it; these bits are collected.
fn any_near(firsts: &[u64], seconds: &[u64], query: Hash, most: u32) -> bool {
    const TWOS: u64 = 0x5555_5555_5555_5555;
    const FOURS: u64 = 0x3333_3333_3333_3333;
    const BYTES: u64 = 0x0F0F_0F0F_0F0F_0F0F;
    let (first, second) = (query.0[0], query.0[1]);
    let over = u64::from(most) + 1;
    let mut small = 0_u64;
    for (a, b) in firsts.iter().zip(seconds) {
        let (mut a, mut b) = (a ^ first, b ^ second);
        a = a.wrapping_sub((a >> 1) & TWOS);
        b = b.wrapping_sub((b >> 1) & TWOS);
        a = (a & FOURS) + ((a >> 2) & FOURS);
        b = (b & FOURS) + ((b >> 2) & FOURS);
        let mut sum = a + b;
        sum = (sum & BYTES) + ((sum >> 4) & BYTES);
        sum += sum >> 8;
        sum += sum >> 16;
        sum += sum >> 32;
        small |= (sum & 0xFF).wrapping_sub(over);
    }
    small >> 63 == 1
}
