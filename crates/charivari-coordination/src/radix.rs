//! Sorting acts by their pair of accounts, in time proportional to the acts.

use rayon::prelude::*;

use crate::acts::Act;

/// Bits of one pass.
const BITS: u32 = 11;

/// Below this many acts a comparison sort is as fast.
const SMALL: usize = 1 << 12;

/// How many parts a large list is cut into; it does not depend on the number of threads.
const PARTS: usize = 8;

/// Sorts by pair; acts of one pair keep their order. Accounts are below `accounts`.
pub(crate) fn sort(acts: &mut Vec<Act>, accounts: usize) {
    if acts.len() < SMALL {
        acts.sort_by_key(|act| act.pair);
        return;
    }
    let bits = usize::BITS - accounts.leading_zeros();
    // Each part is sorted for itself, then neighbours are merged: both steps keep the order.
    let size = acts.len().div_ceil(PARTS);
    let mut spare = acts.clone();
    acts.par_chunks_mut(size).zip(spare.par_chunks_mut(size)).for_each(|(part, spare)| {
        let (mut from, mut to): (&mut [Act], &mut [Act]) = (part, spare);
        let mut passes = 0;
        for half in [0, 32] {
            let mut shift = 0;
            while shift < bits {
                pass(from, to, half + shift);
                std::mem::swap(&mut from, &mut to);
                shift += BITS;
                passes += 1;
            }
        }
        if passes % 2 == 1 {
            to.copy_from_slice(from);
        }
    });
    let mut width = size;
    let mut sorted = std::mem::take(acts);
    while width < sorted.len() {
        sorted
            .par_chunks(width * 2)
            .zip(spare.par_chunks_mut(width * 2))
            .for_each(|(pairs, out)| merge(pairs.split_at(width.min(pairs.len())), out));
        std::mem::swap(&mut sorted, &mut spare);
        width *= 2;
    }
    *acts = sorted;
}

/// One counting pass over the bits from `shift`.
fn pass(from: &[Act], to: &mut [Act], shift: u32) {
    let digit = |act: &Act| (act.pair >> shift) as usize & ((1 << BITS) - 1);
    let mut places = [0_u32; 1 << BITS];
    for act in from {
        places[digit(act)] += 1;
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
}

fn merge((left, right): (&[Act], &[Act]), out: &mut [Act]) {
    let (mut a, mut b) = (left.iter().peekable(), right.iter().peekable());
    for place in out {
        let from_left = match (a.peek(), b.peek()) {
            (Some(first), Some(second)) => first.pair <= second.pair,
            (left, _) => left.is_some(),
        };
        if let Some(act) = if from_left { a.next() } else { b.next() } {
            *place = *act;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn it_agrees_with_a_stable_sort(
            seed in prop::collection::vec((0_u32..3_000, 0_u32..3_000), 0..200),
            repeat in 1_usize..100,
        ) {
            let mut acts: Vec<Act> = Vec::new();
            for (place, (a, b)) in seed.iter().cycle().take(seed.len() * repeat).enumerate() {
                let pair = u64::from(*a) << 32 | u64::from(*b);
                acts.push(Act { pair, source: place as u32, target: 0 });
            }
            let mut expected = acts.clone();
            expected.sort_by_key(|act| act.pair);
            sort(&mut acts, 3_000);
            prop_assert_eq!(acts, expected);
        }
    }
}
