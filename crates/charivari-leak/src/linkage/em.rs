//! What agreement of a column is worth, learnt without being told any match.

use std::collections::BTreeMap;

use super::compare::{DEGREES, MISSING, MOST_COLUMNS, SAME, degree};
use super::records::Records;
use crate::Kind;

/// Rounds of expectation and maximisation; it is settled long before.
const ROUNDS: usize = 60;

/// Added to counts of random pairs, so that what was never met is not impossible.
const PRIOR: f64 = 0.5;

/// What was learnt of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnFit {
    /// What it holds.
    pub kind: Kind,
    /// Among records of one person, how often each degree of agreement (from 1) occurs.
    pub m: [f64; DEGREES],
    /// Among others.
    pub u: [f64; DEGREES],
}

/// What was learnt.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Of each column.
    pub columns: Vec<ColumnFit>,
    /// The share of matches among the pairs that were compared.
    pub share: f64,
    /// Of each column, the share of each value among the records of the second table.
    frequencies: Vec<BTreeMap<Box<str>, f64>>,
}

/// Fits the model to the patterns of pairs that share a key and of pairs taken at random.
pub(super) fn fit(records: &Records, patterns: &[u64], random: &[u64]) -> Fit {
    let columns = records.kinds.len().min(MOST_COLUMNS);
    let mut fits: Vec<ColumnFit> = (0..columns)
        .map(|column| ColumnFit {
            kind: records.kinds[column],
            m: [0.0, 0.86, 0.06, 0.04, 0.035, 0.005],
            u: shares(random, column),
        })
        .collect();
    let counts = counted(patterns);
    let mut share = 0.05;
    for _ in 0..ROUNDS {
        share = round(&mut fits, &counts, share);
    }
    Fit { columns: fits, share, frequencies: frequencies(records) }
}

/// Patterns with how many pairs have each: far fewer than pairs.
fn counted(patterns: &[u64]) -> Vec<(u64, f64)> {
    let mut sorted = patterns.to_vec();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f64)).collect()
}

/// How often a column shows each degree, where it has one.
fn shares(patterns: &[u64], column: usize) -> [f64; DEGREES] {
    let mut counts = [PRIOR; DEGREES];
    counts[usize::from(MISSING)] = 0.0;
    for &pattern in patterns {
        let degree = degree(pattern, column);
        if degree != MISSING {
            counts[usize::from(degree)] += 1.0;
        }
    }
    let all: f64 = counts.iter().sum();
    counts.map(|count| count / all)
}

/// One round; gives the new share of matches.
fn round(fits: &mut [ColumnFit], counts: &[(u64, f64)], share: f64) -> f64 {
    let mut sums = vec![[0.02_f64; DEGREES]; fits.len()];
    let (mut matched, mut all) = (0.0, 0.0);
    let prior = (share / (1.0 - share)).ln();
    for &(pattern, count) in counts {
        let odds = prior
            + fits
                .iter()
                .enumerate()
                .map(|(column, fit)| weight(fit, degree(pattern, column)))
                .sum::<f64>();
        let probable = count / (1.0 + (-odds).exp());
        matched += probable;
        all += count;
        for (column, sums) in sums.iter_mut().enumerate() {
            sums[usize::from(degree(pattern, column))] += probable;
        }
    }
    for (fit, sums) in fits.iter_mut().zip(sums) {
        let present: f64 = sums.iter().skip(1).sum();
        for (m, sum) in fit.m.iter_mut().zip(sums).skip(1) {
            *m = sum / present;
        }
    }
    (matched / f64::max(all, 1.0)).clamp(1e-9, 0.999)
}

/// The logarithm of how much more often matches show a degree than others do.
fn weight(fit: &ColumnFit, degree: u8) -> f64 {
    if degree == MISSING {
        return 0.0;
    }
    let at = usize::from(degree);
    (fit.m[at] / fit.u[at]).ln()
}

fn frequencies(records: &Records) -> Vec<BTreeMap<Box<str>, f64>> {
    let of = |column: usize| {
        let mut counts: BTreeMap<Box<str>, f64> = BTreeMap::new();
        let mut all = 0.0;
        for row in 0..records.len() as u32 {
            if let Some((_, value)) = records.value(column, row) {
                *counts.entry(value.into()).or_default() += 1.0;
                all += 1.0;
            }
        }
        for count in counts.values_mut() {
            *count /= f64::max(all, 1.0);
        }
        counts
    };
    (0..records.kinds.len().min(MOST_COLUMNS)).map(of).collect()
}

impl Fit {
    /// The logarithm of the odds that a pair is a match. Agreement on a value counts as much as the value
    /// is rare: its own frequency stands for the mean chance to agree.
    pub(super) fn log_odds(
        &self,
        left: &Records,
        _right: &Records,
        (a, _): (u32, u32),
        pattern: u64,
    ) -> f64 {
        let mut odds = (self.share / (1.0 - self.share)).ln();
        for (column, fit) in self.columns.iter().enumerate() {
            let degree = degree(pattern, column);
            let own = if degree == SAME { left.value(column, a) } else { None };
            odds += match own.and_then(|(_, value)| self.frequencies[column].get(value)) {
                // A value met once or twice may be rarer or not: half of the mean is the least.
                Some(&frequency) => {
                    let u = fit.u[usize::from(SAME)];
                    (fit.m[usize::from(SAME)] / frequency.max(0.5 * u)).ln()
                }
                None => weight(fit, degree),
            };
        }
        odds
    }
}
