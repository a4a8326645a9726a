//! Rows or people that stand there more than once.
//!
//! # What it finds
//! Whole rows that are equal, and addresses or telephone numbers that several rows share.
//!
//! # Why it matters
//! A table sold by its number of rows may be padded with copies, and people are fewer than rows.
//!
//! # Innocent explanations
//! - One person has several orders or subscriptions.
//! - Families and offices share an address or a telephone.
//! - An export was run twice and joined.
//!
//! # Source
//! Practice of breach verification: Hunt, 'Here's how I verify data breaches'; real tables are dirty, made-up ones too clean.

use super::super::result::Unusual;
use super::super::say::grouped;
use super::super::sketch::Distinct;
use super::{Context, Found, Sign};
use crate::Kind;

pub(super) static SIGN: Sign = Sign {
    id: "duplicates",
    title: "Rows or people that stand there more than once",
    finds: "Whole rows that are equal, and addresses or telephone numbers that several rows share.",
    matters: "A table sold by its number of rows may be padded with copies, and people are fewer than rows.",
    innocent: &[
        "One person has several orders or subscriptions.",
        "Families and offices share an address or a telephone.",
        "An export was run twice and joined.",
    ],
    source: "Practice of breach verification: Hunt, 'Here's how I verify data breaches'; real tables are dirty, made-up ones too clean.",
    look,
};

fn look(context: &Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let (rows, distinct) = (context.table.rows, context.table.distinct_rows);
    if let Some(copies) = beyond_error(rows, distinct) {
        let share = copies as f64 / rows as f64;
        found.push(Found {
            columns: Vec::new(),
            statement: format!(
                "{}{} of {} rows are copies of another row",
                about(distinct),
                grouped(copies),
                grouped(rows)
            ),
            measures: vec![("copies", copies as f64, "rows"), ("share of rows", share, "")],
            usual: "an export of a table with a key has no equal rows",
            unusual: if share > 0.05 { Unusual::Rare } else { Unusual::Uncommon },
        });
    }
    for kind in [Kind::Email, Kind::Phone] {
        for column in context.of_kind(kind) {
            let counts = &context.columns[column];
            let Some(copies) = beyond_error(counts.filled(), counts.distinct.count()) else {
                continue;
            };
            let share = copies as f64 / counts.filled() as f64;
            found.push(Found {
                columns: vec![column],
                statement: format!("{}{} of {} values of kind {} were there before",
                    about(counts.distinct.count()),
                    grouped(copies), grouped(counts.filled()), kind.word()),
                measures: vec![("copies", copies as f64, "values"), ("share of values", share, "")],
                usual: "lists of subscribers share a few addresses in a hundred; lists of orders share most",
                unusual: if share > 0.3 { Unusual::Uncommon } else { Unusual::Common },
            });
        }
    }
    found
}

#[expect(clippy::cast_sign_loss, reason = "a product of counts is not negative")]
/// How many there are too many of, where that is more than the error of the count allows.
fn beyond_error(count: u64, distinct: Distinct) -> Option<u64> {
    let copies = count.saturating_sub(distinct.count);
    let least = (3.0 * distinct.standard_error * count as f64).ceil() as u64;
    (copies > least).then_some(copies)
}

fn about(distinct: Distinct) -> &'static str {
    if distinct.exact { "" } else { "about " }
}
