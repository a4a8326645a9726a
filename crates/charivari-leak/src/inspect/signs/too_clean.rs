//! Too clean.
//!
//! # What it finds
//! No field without a value, no stray space, no accent where the language has them, one way of writing capitals.
//!
//! # Why it matters
//! Tables that people filled in for years are dirty; a program's are not.
//!
//! # Innocent explanations
//! - The export was cleaned, or validates what is entered.
//! - The table is new or small.
//! - The system stores names without accents.
//!
//! # Source
//! Practice of breach verification: Hunt, 'Here's how I verify data breaches'; real tables are dirty, made-up ones too clean.

use super::super::result::Unusual;
use super::super::say::grouped;
use super::{Context, Found, Sign};
use crate::Kind;

pub(super) static SIGN: Sign = Sign {
    id: "too-clean",
    title: "Too clean",
    finds: "No field without a value, no stray space, no accent where the language has them, one way of writing capitals.",
    matters: "Tables that people filled in for years are dirty; a program's are not.",
    innocent: &[
        "The export was cleaned, or validates what is entered.",
        "The table is new or small.",
        "The system stores names without accents.",
    ],
    source: "Practice of breach verification: Hunt, 'Here's how I verify data breaches'; real tables are dirty, made-up ones too clean.",
    look,
};

fn look(context: &Context<'_>) -> Vec<Found> {
    let entered: Vec<usize> = (0..context.columns.len())
        .filter(|&column| is_entered(context.table.columns[column].kind))
        .collect();
    if context.table.rows < 500 || entered.len() < 3 {
        return Vec::new();
    }
    let accents = entered.iter().filter_map(|&column| without_accents(context, column));
    full(context, &entered).into_iter().chain(accents).collect()
}

/// Kinds that people write by hand into forms.
fn is_entered(kind: Kind) -> bool {
    use Kind::{BirthDate, City, FamilyName, FullName, GivenName, Phone, PostalAddress, Street};
    matches!(
        kind,
        BirthDate | City | FamilyName | FullName | GivenName | Phone | PostalAddress | Street
    )
}

/// Columns without a single empty field or stray space.
fn full(context: &Context<'_>, entered: &[usize]) -> Option<Found> {
    let rows = context.table.rows;
    let unclean = entered.iter().map(|&column| {
        let fill = &context.table.columns[column].fill;
        fill.nulls + fill.empty + fill.placeholders + context.columns[column].padded
    });
    (unclean.sum::<u64>() == 0).then(|| Found {
        statement: format!(
            "{} columns that people fill in have no empty field and no stray space in {} rows",
            entered.len(),
            grouped(rows)
        ),
        measures: vec![("fields looked at", (rows * entered.len() as u64) as f64, "fields")],
        columns: entered.to_vec(),
        usual: "some fields in a hundred are empty or have a stray space",
        unusual: Unusual::Uncommon,
    })
}

/// Many names without an accent in a language that has them.
fn without_accents(context: &Context<'_>, column: usize) -> Option<Found> {
    use Kind::{City, FamilyName, FullName, GivenName};
    let (view, report) = (&context.views[column], &context.table.columns[column]);
    let is_name = matches!(report.kind, City | FamilyName | FullName | GivenName);
    let language = report.reasons.iter().find_map(|reason| {
        ["fr", "de", "es"].into_iter().find(|code| reason.contains(&format!(" in {code} ")))
    })?;
    let is_plain = context.columns[column].high == 0 && view.distinct() >= 100;
    (is_name && is_plain).then(|| Found {
        columns: vec![column],
        statement: format!(
            "none of {} different names, of which most resemble {language}, has an accent",
            grouped(view.distinct())
        ),
        measures: vec![("different names", view.distinct() as f64, "names")],
        usual: "one name in ten or twenty has one in French, German or Spanish",
        unusual: Unusual::Uncommon,
    })
}
