//! Which records are of one person, though names are misspelt, people have moved, and columns are swapped?
//!
//! The model is that of Fellegi and Sunter ("A theory for record linkage", JASA 64, 1969): every column of a
//! pair of records agrees to some degree (`compare`); how often records of one person show a degree
//! (`m`) and how often others do (`u`) gives its weight. `u` is counted on pairs taken at random, `m` and the
//! share of matches are found by expectation and maximisation (Dempster, Laird and Rubin, JRSS B 39, 1977)
//! on the pairs that share some key (`block`): no pair is ever told to be a match. Agreement on a rare
//! value counts more than on a common one. At last every record is given to one other at most.
//!
//! Nothing depends on the order of rows or on the number of threads: ties are broken by content.

mod block;
mod compare;
mod em;
mod records;

use std::cmp::Ordering;

use rayon::prelude::*;

pub use self::compare::MOST_COLUMNS;
pub use self::em::{ColumnFit, Fit};
pub use self::records::Records;

/// What is asked of a linkage.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Pairs that are at least so probable are matches.
    pub threshold: f64,
    /// A key brings no more pairs than this times the records; keys that would are left out.
    pub pairs_per_record: u64,
    /// Whether every record has one partner at most.
    pub one_to_one: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { threshold: 0.9, pairs_per_record: 60, one_to_one: true }
    }
}

/// Two records that are of one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The record of the first table.
    pub left: u32,
    /// The record of the second.
    pub right: u32,
    /// How probable it is under the model.
    pub probability: f64,
}

/// The result of a linkage.
#[derive(Clone, Debug)]
pub struct Linkage {
    /// The matches, by record of the first table.
    pub links: Vec<Link>,
    /// How many pairs were compared.
    pub compared: u64,
    /// What was learnt of columns and matches.
    pub fit: Fit,
    /// Keys that were left out because they bring too many pairs, and values that are too common.
    pub keys_left_out: u64,
    /// Columns behind the first [`MOST_COLUMNS`], which were not compared.
    pub columns_left_out: u64,
    /// Pairs that were probable enough, but one of whose records went to another.
    pub rivals: u64,
}

/// Links the records of two tables.
pub fn link(left: &Records, right: &Records, settings: &Settings) -> Linkage {
    let (pairs, left_out) = block::between(left, right, settings);
    linked(left, right, &pairs, left_out, settings, false)
}

/// Links the records of one table with one another; the left one of each link is the smaller.
pub fn dedupe(records: &Records, settings: &Settings) -> Linkage {
    let settings = Settings { one_to_one: false, ..*settings };
    let (pairs, left_out) = block::within(records, &settings);
    linked(records, records, &pairs, left_out, &settings, true)
}

/// Compares pairs and counts those that agree fully: for measuring how fast it is.
#[doc(hidden)]
pub fn compare_all(left: &Records, right: &Records, pairs: &[(u32, u32)]) -> u64 {
    let patterns = compare::patterns(left, right, pairs);
    patterns.iter().fold(0, |sum, pattern| sum ^ pattern)
}

fn linked(
    left: &Records,
    right: &Records,
    pairs: &[(u32, u32)],
    keys_left_out: u64,
    settings: &Settings,
    is_one_table: bool,
) -> Linkage {
    let patterns = compare::patterns(left, right, pairs);
    let random = block::random(left, right, is_one_table);
    let fit = em::fit(left, &patterns, &compare::patterns(left, right, &random));
    let score = |at: usize| fit.log_odds(left, right, pairs[at], patterns[at]);
    let least = (settings.threshold / (1.0 - settings.threshold)).ln();
    let scored: Vec<(f64, usize)> = (0..pairs.len())
        .into_par_iter()
        .map(|at| (score(at), at))
        .filter(|(odds, _)| *odds >= least)
        .collect();
    let probable = scored.len();
    let chosen = if settings.one_to_one { assigned(left, right, pairs, scored) } else { scored };
    let rivals = (probable - chosen.len()) as u64;
    let mut links: Vec<Link> = chosen
        .into_iter()
        .map(|(odds, at)| Link {
            left: pairs[at].0,
            right: pairs[at].1,
            probability: 1.0 / (1.0 + (-odds).exp()),
        })
        .collect();
    links.sort_by_key(|link| (link.left, link.right));
    let columns_left_out = left.kinds.len().saturating_sub(MOST_COLUMNS) as u64;
    Linkage { links, compared: pairs.len() as u64, fit, keys_left_out, columns_left_out, rivals }
}

/// The likeliest pairs first, each record once. Ties go by what the records hold, not where they stand.
fn assigned(
    left: &Records,
    right: &Records,
    pairs: &[(u32, u32)],
    mut scored: Vec<(f64, usize)>,
) -> Vec<(f64, usize)> {
    let content = |at: usize| {
        let (a, b) = pairs[at];
        (left.digest(a), right.digest(b), a, b)
    };
    scored.sort_by(|a, b| match b.0.total_cmp(&a.0) {
        Ordering::Equal => content(a.1).cmp(&content(b.1)),
        order => order,
    });
    let mut left_taken = vec![false; left.len()];
    let mut right_taken = vec![false; right.len()];
    scored.retain(|&(_, at)| {
        let (a, b) = pairs[at];
        let is_free = !left_taken[a as usize] && !right_taken[b as usize];
        if is_free {
            left_taken[a as usize] = true;
            right_taken[b as usize] = true;
        }
        is_free
    });
    scored
}
