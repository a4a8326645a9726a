//! An export that was cut.
//!
//! # What it finds
//! A number of rows that is a limit of a program or a round number, and rows in alphabetical order that end before the end of the alphabet.
//!
//! # Why it matters
//! What was cut off is not in the sample, and the seller's number is not the table's.
//!
//! # Innocent explanations
//! - The seller shows a sample and says so.
//! - An office program cut the file while it was saved.
//! - The query had a limit.
//!
//! # Source
//! Row limits of spreadsheets: 65,536 (Excel 97 to 2003) and 1,048,576 (since 2007); common limits of queries.

use super::super::result::Unusual;
use super::super::say::grouped;
use super::{Context, Found, Sign};

pub(super) static SIGN: Sign = Sign {
    id: "truncated",
    title: "An export that was cut",
    finds: "A number of rows that is a limit of a program or a round number, and rows in alphabetical order that end before the end of the alphabet.",
    matters: "What was cut off is not in the sample, and the seller's number is not the table's.",
    innocent: &[
        "The seller shows a sample and says so.",
        "An office program cut the file while it was saved.",
        "The query had a limit.",
    ],
    source: "Row limits of spreadsheets: 65,536 (Excel 97 to 2003) and 1,048,576 (since 2007); common limits of queries.",
    look,
};

/// Limits of programs, header left out and not.
const LIMITS: [(u64, &str); 6] = [
    (65_535, "the old limit of spreadsheets"),
    (65_536, "the old limit of spreadsheets"),
    (1_048_575, "the limit of spreadsheets"),
    (1_048_576, "the limit of spreadsheets"),
    (32_767, "the greatest number of 15 bits"),
    (32_768, "the greatest number of 15 bits"),
];

fn look(context: &Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let rows = context.table.rows;
    let limit = LIMITS.iter().find(|(limit, _)| *limit == rows).map(|(_, what)| *what);
    let is_round = rows >= 100
        && [100, 200, 250, 500].iter().any(|unit| {
            let mut unit = *unit;
            while unit < rows {
                unit *= 10;
            }
            unit == rows
        });
    if let Some(what) = limit.or(is_round.then_some("a round number")) {
        found.push(Found {
            columns: Vec::new(),
            statement: format!("the table has exactly {} rows, {what}", grouped(rows)),
            measures: vec![("rows", rows as f64, "rows")],
            usual: "one table in a hundred has a round number of rows by chance, or fewer",
            unusual: if limit.is_some() { Unusual::Rare } else { Unusual::Uncommon },
        });
    }
    for (column, counts) in context.columns.iter().enumerate() {
        let Some(last) = counts.order.last_initial() else { continue };
        let steps = counts.order.rising + counts.order.falling + counts.order.same;
        // Steps that neither rise nor fall say nothing: values may all begin alike.
        let is_sorted = counts.order.sorted() > 0.995
            && steps >= 100
            && counts.order.rising >= 50
            && counts.distinct.count().count >= 50;
        if is_sorted && last.is_ascii_alphabetic() && last.to_ascii_lowercase() < b't' {
            let initial = char::from(last.to_ascii_uppercase());
            found.push(Found {
                columns: vec![column],
                statement: format!("rows are in alphabetical order and end at {initial}"),
                measures: vec![("share of steps in order", counts.order.sorted(), "")],
                usual: "a whole list in alphabetical order ends in the last letters",
                unusual: Unusual::Rare,
            });
        }
    }
    found
}
