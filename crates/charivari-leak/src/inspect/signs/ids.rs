//! Numbers of rows: their range and gaps.
//!
//! # What it finds
//! The least and the greatest number of a row, how much of the range is there, the lengths of gaps, and parity.
//!
//! # Why it matters
//! The range bounds how many rows the table had; gaps say whether the rows are all, a part, or every second.
//!
//! # Innocent explanations
//! - Rows were deleted, as the law asks.
//! - A cluster of databases gives odd numbers on one server and even ones on the other.
//! - Numbers are shared with other tables.
//!
//! # Source
//! German tank problem: Ruggles and Brodie 1947; auto-increment steps of replicated databases.

use super::super::result::Unusual;
use super::super::say::{grouped, percent};
use super::{Context, Found, Sign};
use crate::Kind;

pub(super) static SIGN: Sign = Sign {
    id: "ids",
    title: "Numbers of rows: their range and gaps",
    finds: "The least and the greatest number of a row, how much of the range is there, the lengths of gaps, and parity.",
    matters: "The range bounds how many rows the table had; gaps say whether the rows are all, a part, or every second.",
    innocent: &[
        "Rows were deleted, as the law asks.",
        "A cluster of databases gives odd numbers on one server and even ones on the other.",
        "Numbers are shared with other tables.",
    ],
    source: "German tank problem: Ruggles and Brodie 1947; auto-increment steps of replicated databases.",
    look,
};

fn look(context: &Context<'_>) -> Vec<Found> {
    context.of_kind(Kind::RowId).filter_map(|column| one(context, column)).collect()
}

fn one(context: &Context<'_>, column: usize) -> Option<Found> {
    let integers = &context.columns[column].integers;
    if integers.count < 20 || integers.count * 2 < context.columns[column].filled() {
        return None;
    }
    let range = integers.greatest.abs_diff(integers.least).saturating_add(1);
    let share = (integers.count as f64 / range as f64).min(1.0);
    let even = integers.even as f64 / integers.count as f64;
    let steps: u64 = integers.steps.iter().sum();
    let wide: u64 = integers.steps[4..].iter().sum();
    let one_parity = !(0.05..=0.95).contains(&even);
    let parity = if one_parity { format!("; {} are even", percent(even)) } else { String::new() };
    Some(Found {
        columns: vec![column],
        statement: format!(
            "{} numbers from {} to {}: {} of the range{parity}",
            grouped(integers.count),
            integers.least,
            integers.greatest,
            percent(share)
        ),
        measures: vec![
            ("least", integers.least as f64, ""),
            ("greatest", integers.greatest as f64, ""),
            ("share of the range", share, ""),
            ("share of even numbers", even, ""),
            ("steps of one", integers.next as f64, "rows"),
            ("steps of 16 or more", wide as f64, "rows"),
            ("steps upwards", steps as f64, "rows"),
        ],
        usual: "tables that live have gaps of a few per cent; samples have more",
        unusual: if one_parity { Unusual::Uncommon } else { Unusual::Common },
    })
}
