//! Marks of a generator of test data.
//!
//! # What it finds
//! Addresses that are all made of the row's names, or never; names that are all equally frequent.
//!
//! # Why it matters
//! Libraries for test data draw each name with the same chance and build addresses by one rule.
//!
//! # Innocent explanations
//! - An organisation gives its staff addresses by one rule.
//! - The table was pseudonymised with a generator, and its other columns are genuine.
//! - A family has one address.
//!
//! # Source
//! Providers of the libraries named Faker (PHP, Python, JavaScript): names by equal chance, patterns of addresses and user names; name frequencies of populations follow Zipf's law.

use super::super::result::Unusual;
use super::super::say::{grouped, percent};
use super::super::words::plain;
use super::chance::spread;
use super::{Context, Found, Sign};
use crate::Kind;

pub(super) static SIGN: Sign = Sign {
    id: "generator",
    title: "Marks of a generator of test data",
    finds: "Addresses that are all made of the row's names, or never; names that are all equally frequent.",
    matters: "Libraries for test data draw each name with the same chance and build addresses by one rule.",
    innocent: &[
        "An organisation gives its staff addresses by one rule.",
        "The table was pseudonymised with a generator, and its other columns are genuine.",
        "A family has one address.",
    ],
    source: "Providers of the libraries named Faker (PHP, Python, JavaScript): names by equal chance, patterns of addresses and user names; name frequencies of populations follow Zipf's law.",
    look,
};

fn look(context: &Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    found.extend(addresses(context));
    for kind in [Kind::GivenName, Kind::FamilyName, Kind::City] {
        found.extend(context.of_kind(kind).filter_map(|column| equal_names(context, column)));
    }
    found
}

/// How many addresses hold the names of their row.
fn addresses(context: &Context<'_>) -> Option<Found> {
    let email = context.of_kind(Kind::Email).next()?;
    let names: Vec<usize> = [Kind::FamilyName, Kind::FullName]
        .into_iter()
        .flat_map(|kind| context.of_kind(kind).take(1))
        .collect();
    let name = *names.first()?;
    let (mut holding, mut all) = (0_u64, 0_u64);
    for row in 0..context.sample.len() {
        let (Some(mail), Some(name)) =
            (context.sample.value(row, email), context.sample.value(row, name))
        else {
            continue;
        };
        let (mail, name) = (plain(mail), plain(name));
        // Names in another script are written in Latin letters in an address, and cannot be compared.
        if !mail.contains('@') || !name.is_ascii() {
            continue;
        }
        let local = mail.split('@').next().unwrap_or_default();
        let mut parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() >= 3);
        all += 1;
        holding += u64::from(parts.any(|part| local.contains(part)));
    }
    let share = holding as f64 / all.max(1) as f64;
    let what = if share > 0.97 { "all but a few" } else { "almost none" };
    (all >= 200 && !(0.05..=0.97).contains(&share)).then(|| Found {
        columns: vec![name, email],
        statement: format!(
            "{what} of {} sampled addresses hold a name of their row ({})",
            grouped(all),
            percent(share)
        ),
        measures: vec![("share with a name of the row", share, "")],
        usual: "half to four fifths of private addresses hold a name of their owner",
        unusual: Unusual::Rare,
    })
}

/// Names whose frequencies differ no more than equal chances allow.
fn equal_names(context: &Context<'_>, column: usize) -> Option<Found> {
    let counts: Vec<u64> = context.views[column].plain.values().copied().collect();
    let all: u64 = counts.iter().sum();
    if counts.len() < 20 || all < counts.len() as u64 * 8 {
        return None;
    }
    let spread = spread(&counts);
    (spread < 2.0).then(|| Found {
        columns: vec![column],
        statement: format!(
            "{} names are about equally frequent among {} sampled ones",
            grouped(counts.len() as u64),
            grouped(all)
        ),
        measures: vec![("chi-square for each degree of freedom", spread, "")],
        usual: "a few names and places are many times as frequent as most",
        unusual: Unusual::Rare,
    })
}
