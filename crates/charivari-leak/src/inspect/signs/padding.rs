//! Repeated blocks and constant columns.
//!
//! # What it finds
//! A block of rows that comes again and again from the first row on, equal rows in a row, and columns with one value.
//!
//! # Why it matters
//! Copying a block is the cheapest way to make a sample look large.
//!
//! # Innocent explanations
//! - A column holds the tenant, the site or the version, which is the same for all.
//! - A join repeated each row once for each partner.
//!
//! # Source
//! Practice of breach verification: Hunt, 'Here's how I verify data breaches'; real tables are dirty, made-up ones too clean.

use super::super::result::Unusual;
use super::super::say::{grouped, percent};
use super::{Context, Found, Sign};

pub(super) static SIGN: Sign = Sign {
    id: "padding",
    title: "Repeated blocks and constant columns",
    finds: "A block of rows that comes again and again from the first row on, equal rows in a row, and columns with one value.",
    matters: "Copying a block is the cheapest way to make a sample look large.",
    innocent: &[
        "A column holds the tenant, the site or the version, which is the same for all.",
        "A join repeated each row once for each partner.",
    ],
    source: "Practice of breach verification: Hunt, 'Here's how I verify data breaches'; real tables are dirty, made-up ones too clean.",
    look,
};

fn look(context: &Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let rows = context.table.rows;
    if let Some(period) = period(&context.trail.first) {
        found.push(Found {
            columns: Vec::new(),
            statement: format!(
                "the first {} rows are a block of {} rows, repeated",
                grouped(context.trail.first.len() as u64),
                grouped(period as u64)
            ),
            measures: vec![("length of the block", period as f64, "rows")],
            usual: "exports do not repeat themselves",
            unusual: Unusual::Rare,
        });
    }
    let repeated = context.trail.repeated as f64 / rows.max(1) as f64;
    if repeated > 0.01 {
        found.push(Found {
            columns: Vec::new(),
            statement: format!("{} of rows are equal to the row before", percent(repeated)),
            measures: vec![("share of rows", repeated, "")],
            usual: "rows with a key are never equal to the row before",
            unusual: Unusual::Uncommon,
        });
    }
    let is_constant = |column: &usize| {
        let counts = &context.columns[*column];
        counts.filled() == rows && counts.distinct.count().count == 1
    };
    let constant: Vec<usize> = (0..context.columns.len()).filter(is_constant).collect();
    if rows >= 50 && !constant.is_empty() {
        let many = constant.len() * 2 > context.columns.len();
        found.push(Found {
            measures: vec![("constant columns", constant.len() as f64, "columns")],
            statement: format!(
                "{} of {} columns have one value in all rows",
                constant.len(),
                context.columns.len()
            ),
            columns: constant,
            usual: "a few columns with one value are ordinary",
            unusual: if many { Unusual::Uncommon } else { Unusual::Common },
        });
    }
    found
}

/// The length of the block that the rows consist of, if it comes at least three times.
fn period(rows: &[u64]) -> Option<usize> {
    let is_period =
        |period: &usize| rows[*period..].iter().zip(rows).all(|(later, earlier)| later == earlier);
    (2..=rows.len() / 3).find(is_period)
}
