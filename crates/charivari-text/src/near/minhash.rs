//! `MinHash` band keys of a near key (Broder 1997): two keys share a band key with the
//! probability that their Jaccard coefficient over shingles has to the power of [`ROWS`].

use super::key::shingle_length;

/// Rows in a band.
pub(super) const ROWS: usize = 3;
/// Bands made at a time; more need more memory at once.
pub(super) const BANDS: usize = 8;
/// How often [`BANDS`] bands are made.
pub(super) const PASSES: usize = 5;

const HASHES: usize = ROWS * BANDS;

/// The hash functions of one pass, as columns so that the compiler makes wide instructions.
pub(super) struct Functions {
    xor: [u32; HASHES],
    multiply: [u32; HASHES],
}

impl Functions {
    pub(super) fn of_pass(pass: usize) -> Self {
        let mut state = 0x6368_6172_6976_6172 ^ (pass as u64) << 56;
        let mut next = || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            (mixed >> 32) as u32
        };
        let xor = std::array::from_fn(|_| next());
        // An odd factor, so that no two shingles become one.
        let multiply = std::array::from_fn(|_| next() | 1);
        Self { xor, multiply }
    }

    /// The band keys of shingles.
    pub(super) fn bands(&self, shingles: &[u32]) -> [u32; BANDS] {
        let mut least = [i32::MAX; HASHES];
        for &shingle in shingles {
            for ((least, xor), multiply) in least.iter_mut().zip(&self.xor).zip(&self.multiply) {
                // Signed, because that is what the oldest wide instructions compare.
                *least = (*least).min((shingle ^ xor).wrapping_mul(*multiply).cast_signed());
            }
        }
        std::array::from_fn(|band| {
            least[band * ROWS..][..ROWS].iter().fold(0x811C_9DC5, |key, &row| {
                mix(key ^ row.cast_unsigned()).wrapping_add(0x9E37_79B9)
            })
        })
    }
}

/// Appends the hashes of the shingles of a key to `out`. A key shorter than its shingle is one
/// shingle.
pub(super) fn shingles_into(key: &str, chars: &mut Vec<u32>, out: &mut Vec<u32>) {
    chars.clear();
    chars.extend(key.chars().map(u32::from));
    out.clear();
    for (at, &first) in chars.iter().enumerate() {
        let length = shingle_length(first);
        let Some(shingle) = chars.get(at..at + length) else {
            if out.is_empty() {
                out.push(hash(chars));
            }
            continue;
        };
        out.push(hash(shingle));
    }
}

fn hash(shingle: &[u32]) -> u32 {
    let mixed = shingle
        .iter()
        .fold(0_u64, |hash, &c| (hash ^ u64::from(c)).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    mix((mixed >> 32) as u32)
}

/// A bijection that spreads every bit (the finaliser of `MurmurHash3`).
fn mix(mut x: u32) -> u32 {
    x = (x ^ (x >> 16)).wrapping_mul(0x85EB_CA6B);
    x = (x ^ (x >> 13)).wrapping_mul(0xC2B2_AE35);
    x ^ (x >> 16)
}
