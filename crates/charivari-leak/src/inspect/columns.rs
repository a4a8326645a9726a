//! The report on one column, from what was held of it.

use std::collections::BTreeMap;

use charivari_text::language;

use super::judge::{Verdict, View};
use super::mentions::mentions;
use super::result::{Check, ColumnReport, Fill, Length};
use super::sample::Sample;
use super::say::{mask, mask_email};
use super::shape::{Class, Shape, class};
use super::values::national::SCHEMES;
use super::values::{card, digits, password, phone, postcode};
use crate::Kind;

/// So many masks are shown.
const MASKS: usize = 3;

/// So many values are asked about in the plans of telephone numbers.
const PLANNED: usize = 600;

/// Whether the names of the columns are a row of values: a file without a header was read with one.
pub(super) fn names_are_values(names: &[&str], sample: &Sample) -> bool {
    let telling = |name: &&str| {
        let bytes = name.trim().as_bytes();
        matches!(
            class(bytes, Shape::of(bytes)),
            Class::Email
                | Class::Date
                | Class::Phone
                | Class::Ip
                | Class::Iban
                | Class::Hash
                | Class::Hex
                | Class::Url
                | Class::Integer
                | Class::Decimal
        )
    };
    let values = names.iter().filter(|name| telling(name)).count();
    let met = names.iter().enumerate().filter(|(index, name)| {
        name.len() >= 3 && sample.column(*index).any(|value| value.eq_ignore_ascii_case(name))
    });
    values > 0 || met.count() * 2 > names.len().max(1)
}

pub(super) fn report(
    index: usize,
    name: &str,
    hidden: bool,
    column: &charivari_model::Column,
    view: &View<'_>,
    verdict: Verdict,
) -> ColumnReport {
    let counts = view.counts;
    let lengths = &counts.lengths;
    let is_text = verdict.kind == Kind::FreeText;
    ColumnReport {
        number: index as u32 + 1,
        name: if hidden { mask(name) } else { name.to_owned() },
        declared: column.declared.clone(),
        kind: verdict.kind,
        or: verdict.other,
        share: verdict.share,
        reasons: verdict.reasons,
        checks: checks(view, verdict.kind),
        fill: Fill {
            values: counts.filled(),
            nulls: counts.nulls,
            empty: counts.of(Class::Empty),
            placeholders: counts.of(Class::Placeholder),
        },
        distinct: counts.distinct.count(),
        length: Length {
            least: lengths.least,
            mean: lengths.sum as f64 / lengths.count.max(1) as f64,
            greatest: lengths.greatest,
        },
        language: is_text.then(|| languages(view)).flatten(),
        countries: countries(view, verdict.kind),
        schemes: schemes(view, verdict.kind),
        mentions: if is_text { mentioned(view) } else { BTreeMap::new() },
        masks: masks(view, verdict.kind),
    }
}

/// A check that every value went through: how many were asked, and how many passed.
fn every(check: &str, (of, passed): (u64, u64)) -> Check {
    Check { check: check.to_owned(), passed, of, sampled: false }
}

/// A check of the sample.
fn sampled(
    view: &View<'_>,
    check: &str,
    is_asked: impl Fn(&str) -> bool,
    passes: impl Fn(&str) -> bool,
) -> Check {
    let asked: Vec<&String> = view.values.iter().filter(|value| is_asked(value)).collect();
    Check {
        check: check.to_owned(),
        passed: asked.iter().filter(|value| passes(value)).count() as u64,
        of: asked.len() as u64,
        sampled: (view.values.len() as u64) < view.counts.filled(),
    }
}

fn checks(view: &View<'_>, kind: Kind) -> Vec<Check> {
    let counts = view.counts;
    match kind {
        Kind::Email => {
            vec![every("written as an address", (counts.filled(), counts.of(Class::Email)))]
        }
        Kind::Ip => vec![every("an internet address", (counts.filled(), counts.of(Class::Ip)))],
        Kind::Iban => vec![every("mod 97", counts.ibans)],
        Kind::Card => {
            let known = |value: &str| {
                digits(value).is_some_and(|(all, length)| card::scheme(&all[..length]).is_some())
            };
            let range = sampled(view, "a range and length that is given out", |_| true, known);
            vec![every("Luhn", counts.cards), range]
        }
        Kind::NationalId => SCHEMES
            .iter()
            .map(|scheme| {
                let check = format!("check of the {}", scheme.name);
                sampled(view, &check, scheme.has_form, scheme.passes)
            })
            .filter(|check| check.of * 2 > view.values.len() as u64)
            .collect(),
        Kind::Phone => vec![planned(view)],
        Kind::Postcode => vec![
            sampled(
                view,
                "the form of a country",
                |_| true,
                |value| !postcode::countries(value).is_empty(),
            ),
            sampled(view, "a French department", |value| value.len() == 5, postcode::is_french),
        ],
        _ => Vec::new(),
    }
}

fn planned(view: &View<'_>) -> Check {
    let asked: Vec<&str> = view.values.iter().map(String::as_str).take(PLANNED).collect();
    let planned = phone::plan(&asked, view.country);
    Check {
        check: format!("plan of numbers of {}", planned.region.unwrap_or("no country")),
        passed: planned.valid,
        of: planned.of,
        sampled: (asked.len() as u64) < view.counts.filled(),
    }
}

fn languages(view: &View<'_>) -> Option<String> {
    let mut counts = BTreeMap::<&str, u64>::new();
    let step = view.values.len() / 400 + 1;
    for guess in view.values.iter().step_by(step).filter_map(|value| language::guess(value)) {
        *counts.entry(guess.code).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(code, count)| (*count, std::cmp::Reverse(*code)))
        .map(|(code, _)| code.to_owned())
}

fn countries(view: &View<'_>, kind: Kind) -> Vec<(String, u64)> {
    let mut counts = BTreeMap::<String, u64>::new();
    let mut count = |code: &str| *counts.entry(code.to_owned()).or_default() += 1;
    match kind {
        Kind::Phone => {
            let asked: Vec<&str> = view.values.iter().map(String::as_str).take(PLANNED).collect();
            return phone::plan(&asked, view.country).countries;
        }
        Kind::Iban => view
            .values
            .iter()
            .filter_map(|value| value.get(..2))
            .for_each(|code| count(&code.to_ascii_uppercase())),
        Kind::Email => view
            .values
            .iter()
            .filter_map(|value| value.rsplit_once('.'))
            .filter(|(_, top)| top.len() == 2)
            .for_each(|(_, top)| count(&top.to_ascii_uppercase())),
        Kind::Postcode => view
            .values
            .iter()
            .for_each(|value| postcode::countries(value).iter().for_each(|code| count(code))),
        Kind::NationalId => view.values.iter().for_each(|value| {
            SCHEMES
                .iter()
                .filter(|scheme| (scheme.has_form)(value) && (scheme.passes)(value))
                .for_each(|scheme| count(scheme.country));
        }),
        _ => {}
    }
    let mut all: Vec<(String, u64)> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}

fn schemes(view: &View<'_>, kind: Kind) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    if kind == Kind::Password {
        for value in &view.values {
            let scheme =
                password::scheme(value).unwrap_or("in the clear, or a scheme that is not known");
            *counts.entry(scheme.to_owned()).or_default() += 1;
        }
    }
    counts
}

fn mentioned(view: &View<'_>) -> BTreeMap<super::Mention, u64> {
    let mut counts = BTreeMap::new();
    for value in &view.values {
        let mut met: Vec<super::Mention> =
            mentions(value).into_iter().map(|(mention, _)| mention).collect();
        met.sort_unstable();
        met.dedup();
        for mention in met {
            *counts.entry(mention).or_default() += 1;
        }
    }
    counts
}

fn masks(view: &View<'_>, kind: Kind) -> Vec<(String, f64)> {
    let mut counts = BTreeMap::<String, u64>::new();
    for value in &view.values {
        let mask = if kind == Kind::Email { mask_email(value) } else { mask(value) };
        *counts.entry(mask).or_default() += 1;
    }
    let mut all: Vec<(String, u64)> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let whole = view.values.len().max(1) as f64;
    all.into_iter().take(MASKS).map(|(mask, count)| (mask, count as f64 / whole)).collect()
}
