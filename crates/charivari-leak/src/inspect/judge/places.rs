//! Streets and whole addresses, and running text.

use super::super::mentions::mentions;
use super::super::shape::Class;
use super::super::words::street;
use super::{Candidates, View};
use crate::Kind;

pub(super) fn say(view: &View<'_>, candidates: &mut Candidates) {
    let worded = view.share(&[Class::Words, Class::Mixed, Class::Text, Class::Word, Class::Token]);
    if worded < 0.5 {
        return;
    }
    addresses(view, candidates);
    text(view, candidates);
}

fn addresses(view: &View<'_>, candidates: &mut Candidates) {
    let seen: Vec<street::Seen> = view.values.iter().map(|value| street::look(value)).collect();
    let share = |is_such: fn(&street::Seen) -> bool| {
        seen.iter().filter(|seen| is_such(seen)).count() as f64 / seen.len().max(1) as f64
    };
    let lines = share(|seen| (seen.street || seen.number) && seen.words >= 2 && seen.words <= 16);
    let streets = share(|seen| seen.street && seen.words >= 1);
    let numbers = share(|seen| seen.number && seen.words >= 2);
    let whole = share(|seen| {
        (seen.street || seen.number) && (seen.postcode || seen.parts >= 3) && seen.words >= 4
    });
    let lengthy = share(|seen| seen.words > 16);
    if lines < 0.3 {
        return;
    }
    let line =
        lines * (0.5 * streets + 0.3 * numbers + 0.2 * view.variety().min(1.0)) * (1.0 - lengthy);
    let reason = format!(
        "{} have a word for a street, and {} a house number",
        view.of_sample(streets),
        super::super::say::percent(numbers)
    );
    candidates.put(Kind::Street, line * (1.0 - 0.8 * whole), streets, reason);
    if whole > 0.2 {
        let reason = format!(
            "{} have a street or a number and a post code or three parts",
            view.of_sample(whole)
        );
        candidates.put(
            Kind::PostalAddress,
            whole * (0.6 + 0.35 * streets) * (1.0 - lengthy),
            whole,
            reason,
        );
    }
}

/// Running text has many words, of which most are no names and begin small.
fn text(view: &View<'_>, candidates: &mut Candidates) {
    let words = |value: &str| value.split_whitespace().count();
    let long = view.holds(|value| words(value) >= 6);
    let mean = view.values.iter().map(|value| words(value)).sum::<usize>() as f64
        / view.values.len().max(1) as f64;
    let several = view.holds(|value| words(value) >= 3);
    if several < 0.25 {
        return;
    }
    let small = view.values.iter().flat_map(|value| value.split_whitespace().skip(1)).take(20_000);
    let (lower, all) = small.fold((0_u32, 0_u32), |(lower, all), word| {
        (lower + u32::from(!word.chars().next().is_some_and(char::is_uppercase)), all + 1)
    });
    let lower = f64::from(lower) / f64::from(all.max(1));
    let mentioning = view.holds(|value| words(value) >= 4 && !mentions(value).is_empty());
    let score = (0.55 * long + 0.2 * several)
        .mul_add(0.4 + 0.6 * lower, 0.25 * (mean / 12.0).min(1.0))
        * view.variety().max(0.5);
    let reason = format!(
        "{} have six words or more ({mean:.1} on average); {} mention an address or a number",
        view.of_sample(long),
        super::super::say::percent(mentioning)
    );
    candidates.put(Kind::FreeText, score, long.max(several), reason);
}
