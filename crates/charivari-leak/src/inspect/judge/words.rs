//! Columns of words: names of people and places, closed lists, and words of the trade.

use super::super::say::{grouped, percent};
use super::super::shape::Class;
use super::super::words::closed::Closed;
use super::super::words::letters::{Likeness, Sort, likeness};
use super::super::words::plain;
use super::{Candidates, View};
use crate::Kind;

/// So many different words are looked at.
const LOOKED_AT: usize = 500;

pub(super) fn say(view: &View<'_>, candidates: &mut Candidates) {
    let worded = view.share(&[Class::Word, Class::Words]);
    lists(view, candidates);
    if worded < 0.6 || view.values.is_empty() {
        few(view, candidates, view.share(&[Class::Word, Class::Words, Class::Token, Class::Mixed]));
        return;
    }
    few(view, candidates, worded);
    let several = view.holds(|value| (2..=4).contains(&name_parts(value).len()));
    if several > 0.6 {
        full_names(view, candidates, several);
    }
    single(view, candidates, worded);
}

/// Lists that are closed by nature.
fn lists(view: &View<'_>, candidates: &mut Candidates) {
    let all: u64 = view.plain.values().sum();
    let share = |list: Closed| {
        let known: u64 =
            view.plain.iter().filter(|(word, _)| list.has(word)).map(|(_, count)| count).sum();
        known as f64 / all.max(1) as f64
    };
    for (list, kind, weight, what) in [
        (Closed::Sex, Kind::Gender, 0.97, "are words or letters for a person's sex, or titles"),
        (Closed::Calendar, Kind::Category, 0.93, "are days of the week or months"),
        (Closed::State, Kind::Category, 0.85, "are words for states and switches"),
        (Closed::Country, Kind::Country, 0.95, "are names of countries"),
        (Closed::CountryCode, Kind::Country, 0.88, "are codes of countries"),
    ] {
        let known = share(list);
        let is_possible = list != Closed::Sex || view.distinct() <= 40;
        if known > 0.4 && is_possible {
            candidates.put(
                kind,
                known * weight,
                known,
                format!("{} {what}", view.of_sample(known)),
            );
        }
    }
}

/// Few different values, each often.
fn few(view: &View<'_>, candidates: &mut Candidates, worded: f64) {
    let (distinct, filled) = (view.plain.len() as u64, view.values.len() as u64);
    if worded < 0.3 || filled == 0 {
        return;
    }
    let each = filled as f64 / distinct.max(1) as f64;
    // Dirty values add different spellings: what counts is how many words cover nearly all values.
    let mut counts: Vec<u64> = view.plain.values().copied().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let mut covered = 0;
    let core = counts.iter().take_while(|&&count| {
        let go_on = covered * 20 < filled * 19;
        covered += count;
        go_on
    });
    let core = core.count();
    let score = match core {
        _ if each < 4.0 => 0.1,
        0..=10 => 0.72,
        11..=16 => 0.6,
        17..=24 => 0.42,
        _ => 0.2,
    };
    let reason = format!(
        "{core} different values make up 95 % of them, of {} in all",
        grouped(view.distinct())
    );
    candidates.put(Kind::Category, score, 1.0, reason);
}

/// The parts of a value that a name may consist of.
fn name_parts(value: &str) -> Vec<&str> {
    value.split([' ', ',']).filter(|part| !part.is_empty()).collect()
}

fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = words.collect();
    all.sort_unstable();
    all.dedup();
    let step = all.len() / LOOKED_AT + 1;
    all.into_iter().step_by(step).collect()
}

fn full_names(view: &View<'_>, candidates: &mut Candidates, several: f64) {
    let ends = |at: fn(&[&str]) -> Option<String>| {
        distinct(view.values.iter().filter_map(|value| {
            let parts = name_parts(value);
            (parts.len() > 1).then(|| at(&parts)).flatten()
        }))
    };
    let first = likeness(&ends(|parts| parts.first().map(|part| plain(part))));
    let last = likeness(&ends(|parts| parts.last().map(|part| plain(part))));
    let of = |likeness: &Likeness, sort: Sort| likeness.sorts[sort as usize];
    let person = |likeness: &Likeness| of(likeness, Sort::Given) + of(likeness, Sort::Family);
    let pair = (person(&first) * person(&last)).sqrt();
    let both = (of(&first, Sort::Given) * of(&last, Sort::Family))
        .max(of(&first, Sort::Family) * of(&last, Sort::Given))
        .sqrt();
    let short = view.holds(|value| name_parts(value).iter().all(|part| part.chars().count() <= 18));
    let capital = view.holds(|value| {
        name_parts(value)
            .iter()
            .filter(|part| part.chars().next().is_some_and(|c| !c.is_lowercase()))
            .count()
            >= 2
    });
    let score =
        several * short * (0.2 + 0.25 * pair + 0.2 * both + 0.2 * view.variety() + 0.15 * capital);
    let reason = format!(
        "{} are two to four short words, of which the first resemble {} and the last {} names in {}",
        view.of_sample(several),
        if of(&first, Sort::Given) > of(&first, Sort::Family) { "given" } else { "family" },
        if of(&last, Sort::Given) > of(&last, Sort::Family) { "given" } else { "family" },
        first.language
    );
    candidates.put(Kind::FullName, score, several, reason);
}

fn single(view: &View<'_>, candidates: &mut Candidates, worded: f64) {
    let likeness = likeness(&distinct(view.plain.keys().cloned()));
    let one_word = view.holds(|value| !value.contains(' '));
    let common = likeness.sorts[Sort::Common as usize];
    let shape = worded * (0.4 + 0.6 * one_word);
    let places = worded * (0.7 + 0.3 * one_word);
    let reason = |sort: Sort, what: &str| {
        format!(
            "{} of its words resemble {what} in {} by their letters ({} stand in the lexicon)",
            percent(likeness.sorts[sort as usize]),
            likeness.language,
            percent(likeness.known[sort as usize])
        )
    };
    for (kind, sort, weight, what) in [
        (Kind::GivenName, Sort::Given, shape, "given names"),
        (Kind::FamilyName, Sort::Family, shape, "family names"),
        (Kind::City, Sort::City, places, "places"),
    ] {
        let known = (likeness.known[sort as usize] * 4.0).min(1.0) * 0.2;
        let score = weight * (0.15 + 0.55 * likeness.sorts[sort as usize] + known);
        candidates.put(kind, score, worded, reason(sort, what));
    }
    if common > 0.4 {
        candidates.put(
            Kind::Other,
            0.3 + 0.35 * common,
            worded,
            reason(Sort::Common, "words of shops and offices"),
        );
    }
}
