//! Candidates compared letter by letter.

use rapidfuzz::distance::levenshtein::{Args, BatchComparator};
use rayon::prelude::*;

use super::candidates::Candidates;
use super::forms::Forms;
use super::kind::{max_distance, of_distance};
use super::minhash::BANDS;

/// So many verified neighbours of higher rank are kept for a form; a form that has them all
/// is not compared further, since it is well placed already.
pub(super) const KEPT: usize = 8;
/// A form with so many neighbours takes no part in further passes.
const ENOUGH: usize = 6;
/// No neighbour.
pub(super) const NOBODY: u32 = u32::MAX;

/// The neighbours of higher rank of each form.
pub(super) type Neighbours = Vec<[u32; KEPT]>;

/// Forms in an order that depends on content only: those with most copies first, then by digest.
/// A *rank* is a place in that order.
pub(super) struct Ranked<'a> {
    forms: &'a Forms,
    /// The form of each rank.
    pub(super) order: Vec<u32>,
    /// Characters of each rank's key.
    chars: Vec<u16>,
    threshold: f64,
}

impl<'a> Ranked<'a> {
    pub(super) fn new(forms: &'a Forms, threshold: f64) -> Self {
        let mut order: Vec<u32> = (0..forms.len() as u32).collect();
        order.par_sort_unstable_by_key(|&form| {
            let form = form as usize;
            (std::cmp::Reverse(forms.copies[form]), forms.digests[form])
        });
        let chars = order.par_iter().map(|&form| forms.key(form as usize).chars().count() as u16);
        Self { forms, chars: chars.collect(), order, threshold }
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    pub(super) fn key(&self, rank: u32) -> &str {
        self.forms.key(self.order[rank as usize] as usize)
    }

    /// One form against others.
    pub(super) fn comparison(&self, rank: u32) -> Comparison<'_> {
        Comparison { forms: self, rank, comparator: None }
    }
}

/// One form to be compared with others; what can be prepared once is.
pub(super) struct Comparison<'a> {
    forms: &'a Ranked<'a>,
    rank: u32,
    comparator: Option<BatchComparator<char>>,
}

impl Comparison<'_> {
    /// The similarity with another form when it is above the threshold.
    pub(super) fn similar(&mut self, other: u32) -> Option<f64> {
        let (a, b) = (self.chars(self.rank), self.chars(other));
        let longer = a.max(b);
        let max = max_distance(self.forms.threshold, longer)?;
        if a.abs_diff(b) > max {
            return None;
        }
        let comparator = self
            .comparator
            .get_or_insert_with(|| BatchComparator::new(self.forms.key(self.rank).chars()));
        let args = Args::default().score_cutoff(max);
        let distance = comparator.distance_with_args(self.forms.key(other).chars(), &args)?;
        Some(of_distance(distance, longer))
    }

    fn chars(&self, rank: u32) -> usize {
        usize::from(self.forms.chars[rank as usize])
    }
}

/// Adds those of the candidates that pass to the neighbours; returns how many were compared.
pub(super) fn verify(
    forms: &Ranked<'_>,
    candidates: &Candidates,
    neighbours: &mut Neighbours,
) -> u64 {
    neighbours
        .par_iter_mut()
        .enumerate()
        .with_min_len(512)
        .map(|(rank, kept)| {
            let all = (&candidates.first[rank], &candidates.before[rank]);
            verify_one(forms, rank as u32, all, kept)
        })
        .sum()
}

fn verify_one(
    forms: &Ranked<'_>,
    rank: u32,
    (first, before): (&[u32; BANDS], &[u32; BANDS]),
    kept: &mut [u32; KEPT],
) -> u64 {
    let mut count = kept.iter().position(|&other| other == NOBODY).unwrap_or(KEPT);
    if count >= ENOUGH {
        return 0;
    }
    let mut others = [rank; 2 * BANDS];
    others[..BANDS].copy_from_slice(first);
    others[BANDS..].copy_from_slice(before);
    others.sort_unstable();
    let mut compared = 0;
    let mut comparison = forms.comparison(rank);
    let mut last = rank;
    for other in others {
        if count == KEPT {
            break;
        }
        if other == last || other == rank || kept[..count].contains(&other) {
            continue;
        }
        last = other;
        compared += 1;
        if comparison.similar(other).is_some() {
            kept[count] = other;
            count += 1;
        }
    }
    compared
}
