//! Gathering acts by their pair of accounts, in time proportional to the acts.
//!
//! Lists of acts, one a chunk of objects, are cut by source account into buckets that fit the
//! cache; each bucket is then sorted by counting passes. The order of the lists is kept within a
//! pair, so the result does not depend on which thread did what.

use rayon::prelude::*;

use crate::acts::Act;

/// Bits of one counting pass.
const BITS: u32 = 8;

/// About how many acts make a bucket: 512 KiB, which fits a core's second-level cache.
const BUCKET_ACTS: usize = 1 << 15;

/// Below this many acts a comparison sort is as fast.
const SMALL: usize = 1 << 9;

/// All acts of `lists` by pair; acts of one pair stay in the order of the lists.
pub(crate) fn gather(lists: Vec<Vec<Act>>, accounts: usize) -> Vec<Act> {
    let buckets = Buckets::over(&lists, accounts);
    let lists: Vec<Cut> = lists.into_par_iter().map(|list| buckets.cut(&list)).collect();
    let mut gathered = vec![Act::default(); lists.iter().map(|list| list.acts.len()).sum()];
    let mut slices = Vec::with_capacity(buckets.count);
    let mut rest = gathered.as_mut_slice();
    for bucket in 0..buckets.count {
        let len = lists.iter().map(|list| list.bucket(bucket).len()).sum();
        let (slice, others) = rest.split_at_mut(len);
        slices.push(slice);
        rest = others;
    }
    let bits = usize::BITS - accounts.leading_zeros();
    slices.into_par_iter().enumerate().for_each_init(Vec::new, |spare, (bucket, slice)| {
        let mut filled = 0;
        for list in &lists {
            let acts = list.bucket(bucket);
            slice[filled..filled + acts.len()].copy_from_slice(acts);
            filled += acts.len();
        }
        sort(slice, spare, bits);
    });
    gathered
}

/// Ranges of source accounts with about equally many acts.
struct Buckets {
    /// The bucket of each source account.
    of_source: Vec<u32>,
    count: usize,
}

impl Buckets {
    fn over(lists: &[Vec<Act>], accounts: usize) -> Self {
        let mut acts = vec![0_u32; accounts];
        for act in lists.iter().flatten() {
            acts[act.accounts().0 as usize] += 1;
        }
        let (mut bucket, mut filled) = (0, 0);
        for source in &mut acts {
            let count = std::mem::replace(source, bucket) as usize;
            filled += count;
            if filled >= BUCKET_ACTS {
                (bucket, filled) = (bucket + 1, 0);
            }
        }
        Self { of_source: acts, count: bucket as usize + 1 }
    }

    /// Cuts a list into buckets, in one counting pass.
    fn cut(&self, list: &[Act]) -> Cut {
        let bucket = |act: &Act| self.of_source[act.accounts().0 as usize] as usize;
        let mut ends = vec![0_u32; self.count];
        for act in list {
            ends[bucket(act)] += 1;
        }
        let mut next = 0;
        for end in &mut ends {
            next += std::mem::replace(end, next);
        }
        let mut acts = vec![Act::default(); list.len()];
        for act in list {
            let end = &mut ends[bucket(act)];
            acts[*end as usize] = *act;
            *end += 1;
        }
        Cut { acts, ends }
    }
}

/// A list of acts by bucket.
struct Cut {
    acts: Vec<Act>,
    ends: Vec<u32>,
}

impl Cut {
    fn bucket(&self, bucket: usize) -> &[Act] {
        let start = if bucket == 0 { 0 } else { self.ends[bucket - 1] };
        &self.acts[start as usize..self.ends[bucket] as usize]
    }
}

/// Sorts by pair; acts of one pair keep their order. Accounts need at most `bits` bits.
fn sort(acts: &mut [Act], spare: &mut Vec<Act>, bits: u32) {
    if acts.len() < SMALL {
        acts.sort_by_key(|act| act.pair);
        return;
    }
    spare.clear();
    spare.resize(acts.len(), Act::default());
    let (mut from, mut to): (&mut [Act], &mut [Act]) = (acts, spare);
    let mut is_swapped = false;
    for half in [0, 32] {
        for shift in (0..bits).step_by(BITS as usize) {
            if pass(from, to, half + shift) {
                std::mem::swap(&mut from, &mut to);
                is_swapped = !is_swapped;
            }
        }
    }
    if is_swapped {
        to.copy_from_slice(from);
    }
}

/// One counting pass over the bits from `shift`; nothing is done where they are all the same.
fn pass(from: &[Act], to: &mut [Act], shift: u32) -> bool {
    let digit = |act: &Act| (act.pair >> shift) as usize & ((1 << BITS) - 1);
    let mut places = [0_u32; 1 << BITS];
    for act in from {
        places[digit(act)] += 1;
    }
    if places[digit(&from[0])] as usize == from.len() {
        return false;
    }
    let mut next = 0;
    for place in &mut places {
        next += std::mem::replace(place, next);
    }
    for act in from {
        let place = &mut places[digit(act)];
        to[*place as usize] = *act;
        *place += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn it_agrees_with_a_stable_sort(
            seed in prop::collection::vec((0_u32..3_000, 0_u32..3_000), 1..200),
            repeat in 1_usize..500,
            chunk in 1_usize..40_000,
        ) {
            let mut acts: Vec<Act> = Vec::new();
            for (place, (a, b)) in seed.iter().cycle().take(seed.len() * repeat).enumerate() {
                let pair = u64::from(*a) << 32 | u64::from(*b);
                acts.push(Act { pair, source: place as u32, target: 0 });
            }
            let mut expected = acts.clone();
            expected.sort_by_key(|act| act.pair);
            let lists: Vec<Vec<Act>> = acts.chunks(chunk).map(<[Act]>::to_vec).collect();
            prop_assert_eq!(gather(lists, 3_000), expected);
        }
    }
}
