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
    let mut found = Vec::new();
    let is_entered = |kind: Kind| {
        matches!(
            kind,
            Kind::GivenName
                | Kind::FamilyName
                | Kind::FullName
                | Kind::Street
                | Kind::City
                | Kind::Phone
                | Kind::PostalAddress
                | Kind::BirthDate
        )
    };
    let entered: Vec<usize> = (0..context.columns.len())
        .filter(|&column| is_entered(context.table.columns[column].kind))
        .collect();
    let rows = context.table.rows;
    if rows < 500 || entered.len() < 3 {
        return found;
    }
    let unclean: u64 = entered
        .iter()
        .map(|&column| {
            let fill = &context.table.columns[column].fill;
            fill.nulls + fill.empty + fill.placeholders + context.columns[column].padded
        })
        .sum();
    if unclean == 0 {
        found.push(Found {
            statement: format!(
                "{} columns that people fill in have no empty field and no stray space in {} rows",
                entered.len(),
                grouped(rows)
            ),
            measures: vec![("fields looked at", (rows * entered.len() as u64) as f64, "fields")],
            columns: entered.clone(),
            usual: "some fields in a hundred are empty or have a stray space",
            unusual: Unusual::Uncommon,
        });
    }
    for column in entered {
        let view = &context.views[column];
        let is_name = matches!(
            context.table.columns[column].kind,
            Kind::GivenName | Kind::FamilyName | Kind::FullName | Kind::City
        );
        let language = context.table.columns[column].reasons.iter().find_map(|reason| {
            ["fr", "de", "es"].into_iter().find(|code| reason.contains(&format!(" in {code} ")))
        });
        if let Some(language) = language
            .filter(|_| is_name && context.columns[column].high == 0 && view.distinct() >= 100)
        {
            found.push(Found {
                columns: vec![column],
                statement: format!(
                    "none of {} different names, of which most resemble {language}, has an accent",
                    grouped(view.distinct())
                ),
                measures: vec![("different names", view.distinct() as f64, "names")],
                usual: "one name in ten or twenty has one in French, German or Spanish",
                unusual: Unusual::Uncommon,
            });
        }
    }
    found
}
