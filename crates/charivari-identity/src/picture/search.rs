//! All hashes within a distance of some others, exactly.
//!
//! A linear scan in which 64 hashes are compared in one word: bit *b* of them all lies together (a
//! plane), differing bits are added up in words that hold one binary digit of all counts, by adders
//! of three bits (Harley and Seal's, as in Warren, *Hacker's Delight*, 2013, section 5-1). Only the
//! first 96 bits are added up. Of two hashes within 31 bits these differ in no more; those of
//! unrelated pictures differ in 48 and seldom in fewer than 32, so that few hashes are left, which
//! are compared in full. Nothing is passed over: the result is that of comparing all with all.

use rayon::prelude::*;

use super::{Form, Forms, Hash};

/// So many first bits are added up.
const PLANES: usize = 96;

/// Words that are worked on at once, for processors that can.
const WORDS: usize = 4;

/// Hashes of one group.
const GROUP: usize = 64 * WORDS;

/// Groups that one thread takes at a time; they fit a core's own cache.
const CHUNK: usize = 64;

/// One bit of each hash of a group.
type Lanes = [u64; WORDS];

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

/// Hashes to search among; 44 bytes each.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The first bits by group and plane; those of the last group that are no hash are 0.
    planes: Vec<[Lanes; PLANES]>,
    hashes: Vec<Hash>,
}

impl Index {
    /// An index of these hashes, in their order.
    pub fn new(hashes: impl IntoIterator<Item = Hash>) -> Self {
        let hashes: Vec<Hash> = hashes.into_iter().collect();
        let planes = hashes.par_chunks(GROUP).map(planes_of).collect();
        Self { planes, hashes }
    }

    /// How many hashes there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
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

    fn search(&self, queries: &[(Form, Hash)], most: u32) -> Vec<Hit> {
        let bits: Vec<[u64; PLANES]> = queries.iter().map(|(_, hash)| spread(*hash)).collect();
        let chunks = self.planes.par_chunks(CHUNK).enumerate();
        let found = chunks.flat_map_iter(|(number, groups)| {
            let mut hits = Vec::new();
            for (group, planes) in groups.iter().enumerate() {
                let start = (number * CHUNK + group) * GROUP;
                for ((form, query), bits) in queries.iter().zip(&bits) {
                    let near = near(planes, bits, most);
                    if near != [0; WORDS] {
                        self.look(start, near, (*form, *query), most, &mut hits);
                    }
                }
            }
            hits
        });
        found.collect()
    }

    /// Compares in full those of a group that are marked.
    fn look(
        &self,
        start: usize,
        near: Lanes,
        (form, query): (Form, Hash),
        most: u32,
        hits: &mut Vec<Hit>,
    ) {
        for (word, mut marks) in near.into_iter().enumerate() {
            while marks != 0 {
                let place = start + word * 64 + marks.trailing_zeros() as usize;
                marks &= marks - 1;
                let Some(hash) = self.hashes.get(place) else { continue };
                let distance = query.distance(*hash);
                if distance <= most {
                    hits.push(Hit { place: place as u32, distance, form });
                }
            }
        }
    }
}

/// The first bits of up to a group of hashes, by plane.
fn planes_of(hashes: &[Hash]) -> [Lanes; PLANES] {
    let mut planes = [[0; WORDS]; PLANES];
    for (place, Hash(words)) in hashes.iter().enumerate() {
        for (plane, lanes) in planes.iter_mut().enumerate() {
            let bit = words[plane / 64] >> (plane % 64) & 1;
            lanes[place / 64] |= bit << (place % 64);
        }
    }
    planes
}

/// Each of the first bits of a hash, in all bits of a word.
fn spread(hash: Hash) -> [u64; PLANES] {
    std::array::from_fn(|plane| 0_u64.wrapping_sub(hash.0[plane / 64] >> (plane % 64) & 1))
}

/// The hashes of a group of which at most `most` of the first bits differ from the query's.
fn near(planes: &[Lanes; PLANES], query: &[u64; PLANES], most: u32) -> Lanes {
    // The binary digits of all counts, the lowest first.
    let mut digits = [[0; WORDS]; 7];
    let (planes, _) = planes.as_chunks::<8>();
    let (query, _) = query.as_chunks::<8>();
    for (planes, query) in planes.iter().zip(query) {
        let differ = |at: usize| each(|lane| planes[at][lane] ^ query[at]);
        let [mut ones, mut twos, mut fours, ..] = digits;
        let a = add(&mut ones, differ(0), differ(1));
        let b = add(&mut ones, differ(2), differ(3));
        let c = add(&mut twos, a, b);
        let a = add(&mut ones, differ(4), differ(5));
        let b = add(&mut ones, differ(6), differ(7));
        let d = add(&mut twos, a, b);
        let mut carry = add(&mut fours, c, d);
        (digits[0], digits[1], digits[2]) = (ones, twos, fours);
        for digit in &mut digits[3..] {
            let sum = each(|lane| digit[lane] ^ carry[lane]);
            carry = each(|lane| digit[lane] & carry[lane]);
            *digit = sum;
        }
    }
    not_above(&digits, most)
}

/// Adds three bits in every lane: the sum stays, the carry is given back.
#[inline]
fn add(sum: &mut Lanes, a: Lanes, b: Lanes) -> Lanes {
    let either: Lanes = each(|lane| a[lane] ^ b[lane]);
    let carry = each(|lane| (a[lane] & b[lane]) | (either[lane] & sum[lane]));
    *sum = each(|lane| either[lane] ^ sum[lane]);
    carry
}

#[inline]
fn each(word: impl Fn(usize) -> u64) -> Lanes {
    std::array::from_fn(word)
}

/// The lanes whose count is at most `most`: compared digit by digit from the highest.
fn not_above(digits: &[Lanes; 7], most: u32) -> Lanes {
    if most as usize >= PLANES {
        return [u64::MAX; WORDS];
    }
    let (mut above, mut equal) = ([0; WORDS], [u64::MAX; WORDS]);
    for (place, digit) in digits.iter().enumerate().rev() {
        if most >> place & 1 == 1 {
            equal = each(|lane| equal[lane] & digit[lane]);
        } else {
            above = each(|lane| above[lane] | (equal[lane] & digit[lane]));
            equal = each(|lane| equal[lane] & !digit[lane]);
        }
    }
    each(|lane| !above[lane])
}
