//! Which pairs are worth comparing: those that share a value of a column, or values of two columns.
//!
//! Every column and every two columns are a key. What two records of one person share differs, so that a
//! key is left out only if it brings too many pairs; that is counted. Pairs for `u` are taken at
//! random, by content, so that the order of rows does not matter.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Settings;
use super::records::Records;

/// Random pairs from which `u` is counted.
const RANDOM: usize = 400_000;

/// A value that more records than this share in a key brings no pairs.
const COMMON: usize = 200;

/// The pairs between two tables, sorted, and how many keys and values were left out.
pub(super) fn between(
    left: &Records,
    right: &Records,
    settings: &Settings,
) -> (Vec<(u32, u32)>, u64) {
    pairs(left, right, settings, |a, b| Some((a, b)))
}

/// The pairs within a table, the smaller first.
pub(super) fn within(records: &Records, settings: &Settings) -> (Vec<(u32, u32)>, u64) {
    pairs(records, records, settings, |a, b| (a < b).then_some((a, b)))
}

fn pairs(
    left: &Records,
    right: &Records,
    settings: &Settings,
    pair: impl Fn(u32, u32) -> Option<(u32, u32)> + Sync,
) -> (Vec<(u32, u32)>, u64) {
    let columns = left.columns.len();
    let keys: Vec<(usize, usize)> =
        (0..columns).flat_map(|one| (one..columns).map(move |other| (one, other))).collect();
    let most = settings.pairs_per_record * (left.len() + right.len()) as u64;
    let of_keys: Vec<(Vec<(u32, u32)>, u64)> =
        keys.par_iter().map(|&key| of_key(left, right, key, most, &pair)).collect();
    let mut left_out = 0;
    let mut all = Vec::new();
    for (pairs, without) in of_keys {
        left_out += without;
        all.extend(pairs);
    }
    all.par_sort_unstable();
    all.dedup();
    (all, left_out)
}

fn of_key(
    left: &Records,
    right: &Records,
    key: (usize, usize),
    most: u64,
    pair: &(impl Fn(u32, u32) -> Option<(u32, u32)> + Sync),
) -> (Vec<(u32, u32)>, u64) {
    let mut blocks: BTreeMap<(&str, &str), Vec<u32>> = BTreeMap::new();
    for row in 0..right.len() as u32 {
        if let Some(value) = of_row(right, key, row) {
            blocks.entry(value).or_default().push(row);
        }
    }
    let found = |row: u32| of_row(left, key, row).and_then(|value| blocks.get(&value));
    let rows = 0..left.len() as u32;
    let is_common = |rows: &&Vec<u32>| rows.len() > COMMON;
    let sum: u64 = rows
        .clone()
        .filter_map(found)
        .filter(|rows| !is_common(rows))
        .map(|rows| rows.len() as u64)
        .sum();
    if sum > most {
        return (Vec::new(), 1);
    }
    let left_out = blocks.values().filter(is_common).count() as u64;
    let mut all = Vec::with_capacity(sum as usize);
    for row in rows {
        let others = found(row).filter(|rows| !is_common(rows)).into_iter().flatten();
        all.extend(others.filter_map(|&other| pair(row, other)));
    }
    (all, left_out)
}

fn of_row(records: &Records, (one, other): (usize, usize), row: u32) -> Option<(&str, &str)> {
    let first = records.value(one, row)?.1;
    let second = if one == other { "" } else { records.value(other, row)?.1 };
    Some((first, second))
}

/// Pairs taken at random, whatever the order of rows.
pub(super) fn random(left: &Records, right: &Records, is_one_table: bool) -> Vec<(u32, u32)> {
    if left.is_empty() || right.is_empty() {
        return Vec::new();
    }
    let (a, b) = (by_content(left), by_content(right));
    let mut pairs = Vec::with_capacity(RANDOM);
    let mut step = 0_usize;
    while pairs.len() < RANDOM && step < b.len() {
        // Each round pairs every record with one other, a large step further.
        let shift = step.wrapping_mul(7_919) + step * step + 13;
        for (at, &row) in a.iter().enumerate() {
            let other = b[(at + shift) % b.len()];
            if !is_one_table || row != other {
                pairs.push((row, other));
            }
        }
        step += 1;
    }
    pairs.truncate(RANDOM);
    pairs
}

fn by_content(records: &Records) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..records.len() as u32).collect();
    rows.sort_by_key(|&row| (records.digest(row), row));
    rows
}
