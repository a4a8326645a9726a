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
    firsts: Vec<[u64; 2]>,
    seconds: Vec<[u64; 2]>,
}

impl Index {
    /// An index of these hashes, in their order.
    pub fn new(hashes: impl IntoIterator<Item = Hash>) -> Self {
        let (firsts, seconds) =
            hashes.into_iter().map(|Hash([a, b, c, d])| ([a, b], [c, d])).unzip();
        Self { firsts, seconds }
    }

    /// How many hashes there are.
    pub fn len(&self) -> usize {
        self.firsts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.firsts.is_empty()
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
        let chunks = self.firsts.par_chunks(CHUNK).enumerate();
        let found = chunks.flat_map_iter(|(number, firsts)| {
            let mut hits = Vec::new();
            for (offset, first) in firsts.iter().enumerate() {
                let least = queries.iter().fold(u32::MAX, |least, (_, query)| {
                    least.min(half(*first, [query.0[0], query.0[1]]))
                });
                if least <= most {
                    self.look(number * CHUNK + offset, queries, most, &mut hits);
                }
            }
            hits
        });
        found.collect()
    }

    fn look(&self, place: usize, queries: &[(Form, Hash)], most: u32, hits: &mut Vec<Hit>) {
        let ([a, b], [c, d]) = (self.firsts[place], self.seconds[place]);
        for (form, query) in queries {
            let distance = query.distance(Hash([a, b, c, d]));
            if distance <= most {
                hits.push(Hit { place: place as u32, distance, form: *form });
            }
        }
    }
}

/// The bits in which two halves differ.
fn half(left: [u64; 2], right: [u64; 2]) -> u32 {
    (left[0] ^ right[0]).count_ones() + (left[1] ^ right[1]).count_ones()
}
