//! Candidates of one pass of bands: for each form, the first form in its bucket of each band and
//! the one before it.

use rayon::prelude::*;

use super::minhash::{BANDS, Functions, shingles_into};
use super::verify::Ranked;

/// What each form, by rank, is to be compared with: in each band, the first of its bucket and
/// the one before it. The form itself stands where there is none.
pub(super) struct Candidates {
    pub(super) first: Vec<[u32; BANDS]>,
    pub(super) before: Vec<[u32; BANDS]>,
    /// Pairs within buckets that are not among them.
    pub(super) capped: u64,
}

/// The candidates that bands of this pass give.
pub(super) fn candidates(forms: &Ranked<'_>, pass: usize) -> Candidates {
    let functions = Functions::of_pass(pass);
    let mut keys: Vec<[u32; BANDS]> = Vec::with_capacity(forms.len());
    (0..forms.len())
        .into_par_iter()
        .with_min_len(1_024)
        .map_init(Default::default, |(chars, shingles), rank| {
            shingles_into(forms.key(rank as u32), chars, shingles);
            functions.bands(shingles)
        })
        .collect_into_vec(&mut keys);
    let mut before = vec![[0; BANDS]; keys.len()];
    let mut capped = 0;
    let mut order = Vec::with_capacity(keys.len());
    for band in 0..BANDS {
        order.clear();
        order.par_extend(
            keys.par_iter()
                .enumerate()
                .map(|(rank, keys)| (u64::from(keys[band]) << 32) | rank as u64),
        );
        order.par_sort_unstable();
        // From here on the place of the band's key holds the first of the bucket.
        capped += link(&order, band, &mut keys, &mut before);
    }
    Candidates { first: keys, before, capped }
}

/// Notes the first and the previous of each bucket; returns how many pairs that leaves out.
fn link(
    order: &[u64],
    band: usize,
    first: &mut [[u32; BANDS]],
    before: &mut [[u32; BANDS]],
) -> u64 {
    let mut capped = 0;
    for bucket in order.chunk_by(|a, b| a >> 32 == b >> 32) {
        let mut previous = bucket[0] as u32;
        for &entry in bucket {
            let rank = entry as u32;
            first[rank as usize][band] = bucket[0] as u32;
            before[rank as usize][band] = previous;
            previous = rank;
        }
        // Of n(n−1)/2 pairs, n−1 are with the first and n−2 more with the one before.
        let n = bucket.len() as u64;
        capped += (n * (n - 1) / 2).saturating_sub((2 * n).saturating_sub(3));
    }
    capped
}
