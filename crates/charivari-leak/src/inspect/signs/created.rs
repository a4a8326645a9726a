//! When rows were made.
//!
//! # What it finds
//! The span of dates, their days of the week and hours, dates in the future, and times that are all round.
//!
//! # Why it matters
//! People sleep, and shops have busy days: dates drawn by a program have neither night nor weekend.
//!
//! # Innocent explanations
//! - Times are stored in another zone, or by a nightly batch.
//! - A migration gave old rows the date of the migration.
//! - Future dates are ends of subscriptions.
//!
//! # Source
//! Practice of breach verification: Hunt, 'Here's how I verify data breaches'; real tables are dirty, made-up ones too clean.

use super::super::result::Unusual;
use super::super::say::percent;
use super::super::stats::Dates;
use super::super::values::date::shown;
use super::chance::{spread, uniform};
use super::{Context, Found, Sign};
use crate::Kind;

pub(super) static SIGN: Sign = Sign {
    id: "created",
    title: "When rows were made",
    finds: "The span of dates, their days of the week and hours, dates in the future, and times that are all round.",
    matters: "People sleep, and shops have busy days: dates drawn by a program have neither night nor weekend.",
    innocent: &[
        "Times are stored in another zone, or by a nightly batch.",
        "A migration gave old rows the date of the migration.",
        "Future dates are ends of subscriptions.",
    ],
    source: "Practice of breach verification: Hunt, 'Here's how I verify data breaches'; real tables are dirty, made-up ones too clean.",
    look,
};

fn look(context: &Context<'_>) -> Vec<Found> {
    context.of_kind(Kind::Time).flat_map(|column| one(context, column)).collect()
}

fn one(context: &Context<'_>, column: usize) -> Vec<Found> {
    let dates = &context.columns[column].dates;
    if dates.count < 50 {
        return Vec::new();
    }
    let mut found = vec![span(column, dates)];
    found.extend(habits(column, dates));
    found.extend(clocks(column, dates, context.today));
    found
}

/// The share of times from 1 to 5 o'clock.
fn night(dates: &Dates) -> f64 {
    dates.hours[1..5].iter().sum::<u64>() as f64 / dates.with_time.max(1) as f64
}

/// Whether there are times of day, and not only midnights.
fn timed(dates: &Dates) -> bool {
    dates.with_time > dates.midnights * 2 && dates.with_time >= 200
}

fn span(column: usize, dates: &Dates) -> Found {
    Found {
        columns: vec![column],
        statement: format!(
            "dates from {} to {}; the order of rows is {}",
            shown(dates.first),
            shown(dates.last),
            order(dates)
        ),
        measures: vec![
            ("days", (dates.last - dates.first) as f64, "days"),
            (
                "share on Saturday and Sunday",
                (dates.weekdays[5] + dates.weekdays[6]) as f64 / dates.count as f64,
                "",
            ),
            ("share from 1 to 5 o'clock", night(dates), ""),
            ("share of rows in order", dates.order.sorted(), ""),
        ],
        usual: "rows lie in the order of their making, or of their key",
        unusual: Unusual::Common,
    }
}

/// Hours and days of the week that are all alike.
fn habits(column: usize, dates: &Dates) -> Vec<Found> {
    let mut found = Vec::new();
    if timed(dates) && uniform(&dates.hours) {
        found.push(Found {
            columns: vec![column],
            statement: format!(
                "all hours are alike, with {} from 1 to 5 at night",
                percent(night(dates))
            ),
            measures: vec![("chi-square for each degree of freedom", spread(&dates.hours), "")],
            usual: "people make a twentieth of their rows from 1 to 5 at night, in one time zone",
            unusual: Unusual::Rare,
        });
    }
    if dates.count >= 500 && uniform(&dates.weekdays) {
        found.push(Found {
            columns: vec![column],
            statement: "all days of the week are alike".to_owned(),
            measures: vec![("chi-square for each degree of freedom", spread(&dates.weekdays), "")],
            usual: "days of the week differ in most shops",
            unusual: Unusual::Uncommon,
        });
    }
    found
}

/// Times that are round, and dates that have not come yet.
fn clocks(column: usize, dates: &Dates, today: Option<i64>) -> Vec<Found> {
    let mut found = Vec::new();
    let round = dates.whole_minutes as f64 / dates.with_time.max(1) as f64;
    if timed(dates) && round > 0.5 {
        found.push(Found {
            columns: vec![column],
            statement: format!("{} of times have no seconds", percent(round)),
            measures: vec![("share of times without seconds", round, "")],
            usual: "one time in sixty has no seconds by chance",
            unusual: Unusual::Uncommon,
        });
    }
    if today.is_some_and(|today| dates.last > today + 1) {
        found.push(Found {
            columns: vec![column],
            statement: format!(
                "the latest date, {}, is later than the day of this inspection",
                shown(dates.last)
            ),
            measures: Vec::new(),
            usual: "what has happened is not in the future",
            unusual: Unusual::Uncommon,
        });
    }
    found
}

fn order(dates: &Dates) -> &'static str {
    match dates.order.sorted() {
        share if share > 0.98 => "theirs",
        share if share < 0.02 => "theirs, the latest first",
        _ => "another",
    }
}
