//! Several exports put together.
//!
//! # What it finds
//! Numbers of rows that begin again, dates in two forms, and columns that are filled in one part of the table only.
//!
//! # Why it matters
//! A table put together from several exports has several dates and sources, and its number of rows is a sum.
//!
//! # Innocent explanations
//! - A system was migrated, and old rows keep their form.
//! - A dump holds several partitions of one table.
//! - A field was added to the form later.
//!
//! # Source
//! Practice of breach verification: Hunt, 'Here's how I verify data breaches'; real tables are dirty, made-up ones too clean.

use super::super::result::Unusual;
use super::super::say::grouped;
use super::super::stats::Column;
use super::super::values::date::Form;
use super::{Context, Found, Sign};
use crate::Kind;

pub(super) static SIGN: Sign = Sign {
    id: "joined",
    title: "Several exports put together",
    finds: "Numbers of rows that begin again, dates in two forms, and columns that are filled in one part of the table only.",
    matters: "A table put together from several exports has several dates and sources, and its number of rows is a sum.",
    innocent: &[
        "A system was migrated, and old rows keep their form.",
        "A dump holds several partitions of one table.",
        "A field was added to the form later.",
    ],
    source: "Practice of breach verification: Hunt, 'Here's how I verify data breaches'; real tables are dirty, made-up ones too clean.",
    look,
};

fn look(context: &Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (column, counts) in context.columns.iter().enumerate() {
        let order = &counts.integers.order;
        let is_id = context.table.columns[column].kind == Kind::RowId;
        if is_id && order.falling > 0 && order.falling * 100 <= order.rising {
            found.push(Found {
                columns: vec![column],
                statement: format!(
                    "numbers rise from row to row and begin again {} times",
                    grouped(order.falling)
                ),
                measures: vec![
                    ("falls", order.falling as f64, "rows"),
                    ("rises", order.rising as f64, "rows"),
                ],
                usual: "an export in the order of its key never falls",
                unusual: if order.falling <= 20 { Unusual::Uncommon } else { Unusual::Common },
            });
        }
        found.extend(forms(column, counts));
        found.extend(halves(context, column));
    }
    found
}

/// Dates in two forms, of which the rarer is no slip.
fn forms(column: usize, counts: &Column) -> Option<Found> {
    let dates = &counts.dates;
    // Slashes whose order is open belong to whichever order is there.
    let open = Form::Slashes as usize;
    let several = Form::ALL.iter().filter(|form| {
        let count = dates.forms[**form as usize];
        **form as usize != open && count * 200 > dates.count && count >= 5
    });
    let several: Vec<&str> = several.map(|form| form.pattern()).collect();
    (several.len() > 1).then(|| Found {
        columns: vec![column],
        statement: format!("dates stand in several forms: {}", several.join(", ")),
        measures: vec![("forms", several.len() as f64, "forms")],
        usual: "one export writes dates in one form",
        unusual: Unusual::Uncommon,
    })
}

/// A column that is empty up to a row and filled from there on, or the other way.
fn halves(context: &Context<'_>, column: usize) -> Option<Found> {
    let filled: Vec<bool> = (0..context.sample.len())
        .map(|row| context.sample.value(row, column).is_some_and(|value| !value.trim().is_empty()))
        .collect();
    let all = filled.iter().filter(|is_filled| **is_filled).count();
    let (mut before, mut best) = (0_usize, (0.0_f64, 0_usize));
    for (at, is_filled) in filled.iter().enumerate().skip(1) {
        before += usize::from(filled[at - 1]);
        let (left, right) =
            (before as f64 / at as f64, (all - before) as f64 / (filled.len() - at) as f64);
        let is_wide = at * 20 > filled.len() && (filled.len() - at) * 20 > filled.len();
        if is_wide && (left - right).abs() > best.0 {
            best = ((left - right).abs(), at);
        }
        let _ = is_filled;
    }
    (best.0 > 0.9 && filled.len() >= 100).then(|| {
        let row = best.1 as u64 * context.table.sample_step;
        Found {
            columns: vec![column],
            statement: format!(
                "the column is filled on one side of about row {} and empty on the other",
                grouped(row)
            ),
            measures: vec![("difference of fill", best.0, "")],
            usual: "fill changes slowly from row to row",
            unusual: Unusual::Uncommon,
        }
    })
}
