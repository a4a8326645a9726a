//! Dates: of birth, or of something that happened.

use super::super::say::percent;
use super::super::shape::Class;
use super::super::stats::FIRST_YEAR;
use super::super::values::date;
use super::{Candidates, View};
use crate::Kind;

pub(super) fn say(view: &View<'_>, candidates: &mut Candidates) {
    let share = view.share(&[Class::Date]);
    if share > 0.3 {
        let dates = &view.counts.dates;
        let timed = (dates.with_time - dates.midnights) as f64 / dates.count.max(1) as f64;
        weigh(candidates, share, &years(&dates.years), timed, &view.of_all(share));
        return;
    }
    let integers = view.share(&[Class::Integer]);
    if integers > 0.8 {
        compact(view, candidates);
        epochs(view, candidates);
    }
}

/// Dates by year, of those counted.
fn years(counts: &[u64]) -> Vec<(i32, u64)> {
    (FIRST_YEAR..).zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect()
}

/// The year below which this share of dates lies.
fn quantile(years: &[(i32, u64)], share: f64) -> i32 {
    let all: u64 = years.iter().map(|(_, count)| count).sum();
    let mut seen = 0;
    for (year, count) in years {
        seen += count;
        if seen as f64 >= share * all as f64 {
            return *year;
        }
    }
    years.last().map_or(0, |(year, _)| *year)
}

fn weigh(candidates: &mut Candidates, share: f64, years: &[(i32, u64)], timed: f64, of: &str) {
    let (early, middle, late) = (quantile(years, 0.1), quantile(years, 0.5), quantile(years, 0.9));
    let spread = late - early;
    let span = format!("four fifths lie from {early} to {late}");
    let grown = spread >= 18 && middle < 2003;
    let born = if timed > 0.5 {
        0.05
    } else if grown {
        0.85
    } else if spread >= 12 {
        0.4
    } else {
        0.15
    };
    candidates.put(
        Kind::BirthDate,
        share * born,
        share,
        format!("{of} are dates; {span}, as births of customers do"),
    );
    let happened = if timed > 0.5 {
        0.9
    } else if grown {
        0.25
    } else if spread >= 12 {
        0.5
    } else {
        0.8
    };
    let clock = if timed > 0.5 {
        format!(", {} with a time of day", percent(timed))
    } else {
        String::new()
    };
    candidates.put(Kind::Time, share * happened, share, format!("{of} are dates{clock}; {span}"));
}

/// Eight digits that are a date each: `19840312`.
fn compact(view: &View<'_>, candidates: &mut Candidates) {
    let read = |value: &str| {
        let [year, month, day] = [value.get(..4)?, value.get(4..6)?, value.get(6..8)?];
        (value.len() == 8).then(|| date::read(format!("{year}-{month}-{day}").as_bytes()))?
    };
    let mut counts = std::collections::BTreeMap::<i32, u64>::new();
    for moment in view.values.iter().filter_map(|value| read(value)) {
        *counts.entry(moment.common_year()).or_default() += 1;
    }
    let count: u64 = counts.values().sum();
    let share = count as f64 / view.values.len().max(1) as f64;
    // One number of eight digits in 270 is a date between 1900 and 2030 by chance.
    if share > 0.9 {
        let years: Vec<(i32, u64)> = counts.into_iter().collect();
        weigh(candidates, share, &years, 0.0, &view.of_sample(share));
    }
}

/// Seconds or milliseconds since 1970.
fn epochs(view: &View<'_>, candidates: &mut Candidates) {
    let seconds = 800_000_000..2_000_000_000_i64;
    let is_epoch = |value: &str| {
        value
            .parse::<i64>()
            .is_ok_and(|number| seconds.contains(&number) || seconds.contains(&(number / 1_000)))
    };
    let share = view.holds(is_epoch);
    let integers = &view.counts.integers;
    let is_sequence = integers.next * 2 > integers.count;
    if share > 0.97 && !is_sequence {
        let reason = format!(
            "{} are seconds or milliseconds since 1970 that fall between 1995 and 2033",
            view.of_sample(share)
        );
        candidates.put(Kind::Time, 0.75 * share, share, reason);
    }
}
