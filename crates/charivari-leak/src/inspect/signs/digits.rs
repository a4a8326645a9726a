//! Digits and dates that are drawn.
//!
//! # What it finds
//! Births that are equally frequent in all years, amounts against the law of first digits, cents that are all alike, telephone numbers that no plan gives out.
//!
//! # Why it matters
//! People's ages follow a pyramid, prices end in 0, 5 and 9, and operators give out blocks of numbers; draws do none of it.
//!
//! # Innocent explanations
//! - Members must have a certain age.
//! - Amounts are of one product, or limited.
//! - Numbers are written without the country, or of a country that was not named.
//! - Digits were changed to protect people.
//!
//! # Source
//! Benford 1938 and Newcomb 1881 for first digits; E.164 plans of numbers.

use super::super::result::Unusual;
use super::super::say::{grouped, percent};
use super::chance::{spread, uniform};
use super::{Context, Found, Sign};
use crate::Kind;

pub(super) static SIGN: Sign = Sign {
    id: "digits",
    title: "Digits and dates that are drawn",
    finds: "Births that are equally frequent in all years, amounts against the law of first digits, cents that are all alike, telephone numbers that no plan gives out.",
    matters: "People's ages follow a pyramid, prices end in 0, 5 and 9, and operators give out blocks of numbers; draws do none of it.",
    innocent: &[
        "Members must have a certain age.",
        "Amounts are of one product, or limited.",
        "Numbers are written without the country, or of a country that was not named.",
        "Digits were changed to protect people.",
    ],
    source: "Benford 1938 and Newcomb 1881 for first digits; E.164 plans of numbers.",
    look,
};

fn look(context: &Context<'_>) -> Vec<Found> {
    let births = context.of_kind(Kind::BirthDate).flat_map(|column| births(context, column));
    let amounts = context.of_kind(Kind::Quantity).flat_map(|column| amounts(context, column));
    let phones = context.of_kind(Kind::Phone).filter_map(|column| phones(context, column));
    births.chain(amounts).chain(phones).collect()
}

fn births(context: &Context<'_>, column: usize) -> Vec<Found> {
    let dates = &context.columns[column].dates;
    let mut found = Vec::new();
    if dates.count < 400 {
        return found;
    }
    let years: Vec<u64> = dates.years.iter().copied().skip_while(|count| *count == 0).collect();
    let end = years.iter().rposition(|count| *count > 0).map_or(0, |last| last + 1);
    // The first and the last year may be parts of years.
    let inner = years.get(1..end.saturating_sub(1)).unwrap_or_default();
    if inner.len() >= 15 && uniform(inner) {
        found.push(Found {
            columns: vec![column],
            statement: format!("births are equally frequent in all of {} years", inner.len()),
            measures: vec![("chi-square for each degree of freedom", spread(inner), "")],
            usual: "some years have several times as many customers as others",
            unusual: Unusual::Rare,
        });
    }
    let heap = dates.new_years as f64 / dates.count as f64;
    if heap > 0.01 {
        found.push(Found {
            columns: vec![column],
            statement: format!("{} of births are on the first of January", percent(heap)),
            measures: vec![("share on the first of January", heap, "")],
            usual: "one in 365, and more where a form has a default or only asks for the year",
            unusual: Unusual::Common,
        });
    }
    found
}

fn amounts(context: &Context<'_>, column: usize) -> Vec<Found> {
    let counts = &context.columns[column];
    let integers = &counts.integers;
    let mut found = Vec::new();
    let is_wide = integers.least > 0 && integers.greatest / integers.least.max(1) >= 1_000;
    if integers.count >= 500 && is_wide {
        let benford: Vec<f64> =
            (1..10).map(|digit| (1.0 + 1.0 / f64::from(digit)).log10()).collect();
        let shares: Vec<f64> = integers.first_digits[1..]
            .iter()
            .map(|count| *count as f64 / integers.count as f64)
            .collect();
        let apart =
            shares.iter().zip(&benford).map(|(met, law)| (met - law).abs()).sum::<f64>() / 9.0;
        // Nigrini's bound for no conformity of first digits is a mean deviation of 0.015.
        if apart > 0.015 {
            found.push(Found {
                columns: vec![column],
                statement: format!("first digits of {} amounts over three powers of ten or more are not distributed by the law of first digits", grouped(integers.count)),
                measures: vec![("mean absolute deviation", apart, "")],
                usual: "amounts over several powers of ten follow the law within 0.015 (Nigrini 2012)",
                unusual: if apart > 0.04 { Unusual::Uncommon } else { Unusual::Common },
            });
        }
    }
    let mut cents = [0_u64; 10];
    let with_cents = context.views[column].values.iter().filter_map(|value| {
        let (_, fraction) = value.split_once(['.', ','])?;
        let digit = *fraction.as_bytes().get(1)?;
        digit.is_ascii_digit().then(|| usize::from(digit - b'0'))
    });
    with_cents.for_each(|digit| cents[digit] += 1);
    if cents.iter().sum::<u64>() >= 500 && uniform(&cents) {
        found.push(Found {
            columns: vec![column],
            statement: "the last digits of cents are all alike".to_owned(),
            measures: vec![("chi-square for each degree of freedom", spread(&cents), "")],
            usual: "prices end in 0, 5 or 9; sums with taxes and weights may end in anything",
            unusual: Unusual::Uncommon,
        });
    }
    found
}

fn phones(context: &Context<'_>, column: usize) -> Option<Found> {
    let check = context.table.columns[column]
        .checks
        .iter()
        .find(|check| check.check.starts_with("plan"))?;
    let share = check.passed as f64 / check.of.max(1) as f64;
    (check.of >= 100 && share < 0.85).then(|| Found {
        columns: vec![column],
        statement: format!(
            "the {} gives out {} of {} numbers",
            check.check,
            percent(share),
            grouped(check.of)
        ),
        measures: vec![("share that is given out", share, "")],
        usual: "nineteen of twenty numbers that customers entered are given out",
        unusual: if share < 0.6 { Unusual::Rare } else { Unusual::Uncommon },
    })
}
