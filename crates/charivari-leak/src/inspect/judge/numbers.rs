//! Numbers: of rows, of telephones, of places on the earth, of money, and mere counts.

use super::super::say::percent;
use super::super::shape::Class;
use super::super::values::{phone, postcode};
use super::{Candidates, View};
use crate::Kind;

pub(super) fn say(view: &View<'_>, candidates: &mut Candidates) {
    let integers = view.share(&[Class::Integer]);
    let decimals = view.share(&[Class::Decimal]);
    if integers + decimals > 0.6 && decimals > 0.1 {
        fractions(view, candidates, integers + decimals);
    } else if integers > 0.6 {
        whole(view, candidates, integers);
    }
    pairs(view, candidates);
    money(view, candidates);
    if integers + view.share(&[Class::Phone, Class::Decimal]) > 0.4 {
        phones(view, candidates);
    }
    postcodes(view, candidates);
}

/// Numbers with a fraction: coordinates have many places and stay on the globe.
fn fractions(view: &View<'_>, candidates: &mut Candidates, share: f64) {
    let places =
        |value: &str| value.split_once(['.', ',']).map_or(0, |(_, fraction)| fraction.len());
    let on_globe = |value: &str| number(value).is_some_and(|number| number.abs() <= 180.0);
    let fine = view.holds(|value| places(value) >= 4 && on_globe(value));
    let coarse = view.holds(|value| places(value) <= 3);
    if fine > 0.5 {
        let reason = format!(
            "{} have four places or more and lie between -180 and 180",
            view.of_sample(fine)
        );
        candidates.put(Kind::Coordinates, fine * 0.9, fine, reason);
    }
    let reason = format!(
        "{} are numbers, {} of them with at most three places",
        view.of_all(share),
        percent(coarse)
    );
    candidates.put(Kind::Quantity, share * (0.3 + 0.55 * coarse), share, reason);
}

fn number(value: &str) -> Option<f64> {
    value.replace(',', ".").parse().ok()
}

/// Two numbers with four places or more in one value.
fn pairs(view: &View<'_>, candidates: &mut Candidates) {
    let is_pair = |value: &str| {
        let parts: Vec<&str> = value
            .trim_matches(['(', ')', '[', ']'])
            .split([',', ';', ' '])
            .filter(|part| !part.is_empty())
            .collect();
        let fine =
            |part: &&str| part.split_once('.').is_some_and(|(_, fraction)| fraction.len() >= 3);
        let in_range =
            |part: &str, most: f64| part.parse::<f64>().is_ok_and(|number| number.abs() <= most);
        matches!(parts[..], [a, b] if fine(&a) && fine(&b) && in_range(a, 180.0) && in_range(b, 180.0))
    };
    let share = view.holds(is_pair);
    if share > 0.3 {
        let reason = format!(
            "{} are two numbers that a latitude and a longitude may be",
            view.of_sample(share)
        );
        candidates.put(Kind::Coordinates, share * 0.95, share, reason);
    }
}

/// Amounts with the sign or the code of a currency.
fn money(view: &View<'_>, candidates: &mut Candidates) {
    let is_money = |value: &str| {
        let rest: String = value.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
        let bare = ["€", "$", "£", "EUR", "USD", "GBP", "ریال", "تومان", "CHF"]
            .iter()
            .find_map(|sign| rest.strip_prefix(sign).or_else(|| rest.strip_suffix(sign)));
        bare.is_some_and(|bare| {
            bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-'))
        })
    };
    let share = view.holds(is_money);
    if share > 0.3 {
        candidates.put(
            Kind::Quantity,
            share * 0.9,
            share,
            format!("{} are amounts of a currency", view.of_sample(share)),
        );
    }
}

/// Integers, by how they follow each other and how many are different.
fn whole(view: &View<'_>, candidates: &mut Candidates, share: f64) {
    let integers = &view.counts.integers;
    let varied = view.variety();
    let sorted = integers.order.sorted();
    row_ids(view, candidates, share);
    let few = view.distinct();
    let quantity = match few {
        _ if varied > 0.97 && sorted > 0.9 => 0.2,
        0..=2 => 0.3,
        _ => 0.5,
    };
    let reason = format!(
        "{} are whole numbers with {} different values",
        view.of_all(share),
        super::super::say::grouped(few)
    );
    candidates.put(Kind::Quantity, share * quantity, share, reason.clone());
    let category = match few {
        0..=2 => 0.55,
        3..=7 => 0.4,
        _ => 0.15,
    };
    candidates.put(Kind::Category, share * category, share, reason);
}

/// Numbers of rows are all different, rise, fill their range or have one length.
fn row_ids(view: &View<'_>, candidates: &mut Candidates, share: f64) {
    let integers = &view.counts.integers;
    let (varied, sorted, count) = (view.variety(), integers.order.sorted(), integers.count);
    if varied <= 0.97 || count < 3 {
        let reason =
            format!("{} are whole numbers, only {} different", view.of_all(share), percent(varied));
        candidates.put(Kind::RowId, share * if varied > 0.5 { 0.32 } else { 0.2 }, share, reason);
        return;
    }
    let range = integers.greatest.abs_diff(integers.least).saturating_add(1);
    let dense = count as f64 / range as f64;
    let long = integers.digits[7..].iter().max().copied().unwrap_or(0);
    let orderly = if sorted > 0.9 {
        0.85
    } else if dense > 0.2 {
        0.75
    } else if long * 50 > count * 49 {
        // Amounts are seldom all of one length, and seldom all different.
        0.58
    } else {
        0.42
    };
    let reason = format!(
        "{} are whole numbers, {} different, {} in rising order; they fill {} of their range",
        view.of_all(share),
        percent(varied),
        percent(sorted),
        percent(dense.min(1.0))
    );
    candidates.put(Kind::RowId, share * orderly, share, reason);
}

/// Telephones: the form, whether a plan of numbers gives them out, and that they are no sequence.
fn phones(view: &View<'_>, candidates: &mut Candidates) {
    let form = view.holds(phone::has_form);
    if form < 0.4 {
        return;
    }
    let integers = &view.counts.integers;
    let sequence = integers.count > 0
        && (integers.order.sorted() > 0.95 || integers.next * 4 > integers.count);
    let asked: Vec<&str> = view
        .values
        .iter()
        .map(String::as_str)
        .filter(|value| phone::has_form(value))
        .take(240)
        .collect();
    let planned = phone::plan(&asked, view.country);
    let valid = planned.valid as f64 / planned.of.max(1) as f64;
    let dialled = view.holds(|value| value.starts_with(['+', '0', '(']));
    let marked = view.holds(|value| value.contains([' ', '-', '.', '/', '(', '+']));
    let score = form * (0.25 * dialled + 0.2 * marked + 0.55 * valid.max(0.3 * marked * dialled));
    let reason = format!(
        "{} have the form of telephone numbers, and the plan of {} gives out {} of {} of them",
        view.of_sample(form),
        planned.region.unwrap_or("no country"),
        percent(valid),
        super::super::say::grouped(planned.of)
    );
    // Numbers of orders begin alike, with a year or a series, and have no mark or leading zero.
    let heads: std::collections::BTreeSet<&str> =
        view.values.iter().filter_map(|value| value.get(..3)).collect();
    let series = dialled + marked < 0.2 && heads.len() * 20 < view.values.len() && heads.len() <= 8;
    candidates.put(Kind::Phone, if sequence || series { score * 0.4 } else { score }, form, reason);
}

fn postcodes(view: &View<'_>, candidates: &mut Candidates) {
    let form = view.holds(|value| !postcode::countries(value).is_empty());
    if form < 0.6 || view.distinct() < 3 {
        return;
    }
    let integers = &view.counts.integers;
    let is_sequence =
        integers.count > 0 && (view.variety() > 0.97 && integers.order.sorted() > 0.9);
    let lettered = view.holds(|value| value.bytes().any(|byte| byte.is_ascii_alphabetic()));
    let led = integers.zero_led as f64 / integers.count.max(1) as f64;
    let one_length =
        integers.digits.iter().max().copied().unwrap_or(0) as f64 / integers.count.max(1) as f64;
    let short = view.holds(|value| value.len() == 4);
    let heads: std::collections::BTreeSet<&str> =
        view.values.iter().filter_map(|value| value.get(..1)).collect();
    let base = if lettered > 0.5 {
        0.85
    } else if short > 0.5 {
        0.3
    } else {
        0.42 + f64::from(u8::from(led > 0.0)) * 0.15
            + f64::from(u8::from(heads.len() >= 3 && one_length > 0.9)) * 0.12
    };
    let reason = format!("{} have the form of post codes", view.of_sample(form));
    candidates.put(Kind::Postcode, if is_sequence { 0.1 } else { base * form }, form, reason);
}
