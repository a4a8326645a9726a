//! Posts over time as a small chart of block characters.

use std::collections::BTreeMap;

use charivari_ingest::profile::date;

use super::page::{Page, grouped};

/// The most lines of a chart.
const MAX_LINES: usize = 40;

/// Years are drawn however many they are; a profile has no days beyond 1970 to 2099.
const MAX_YEARS: usize = 130;

/// The longest bar, in characters.
const WIDTH: u64 = 56;

/// An eighth to eight eighths of a character.
const EIGHTHS: [&str; 8] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

/// From a day to the first day of the step it is in.
type Step = fn(i64) -> i64;

/// The finest steps in which the chart fits: its name, and the label of the step a day is in.
const STEPS: [(&str, Step); 5] = [
    ("day", by_day),
    ("week", by_week),
    ("month", by_month),
    ("quarter", by_quarter),
    ("year", by_year),
];

fn by_day(day: i64) -> i64 {
    day
}

/// Weeks begin on Monday; 1970-01-01 was a Thursday.
fn by_week(day: i64) -> i64 {
    day - (day + 3).rem_euclid(7)
}

fn by_month(day: i64) -> i64 {
    first_of(day, 1)
}

fn by_quarter(day: i64) -> i64 {
    first_of(day, 3)
}

fn by_year(day: i64) -> i64 {
    first_of(day, 12)
}

/// The first day of the stretch of `months` that `day` is in; stretches begin in January.
fn first_of(day: i64, months: i64) -> i64 {
    let name = date(day);
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<i64>().ok()).unwrap_or(1);
    let mut parts = name.split('-').skip(1);
    let (month, of_month) = (number(parts.next()), number(parts.next()));
    let first_of_month = day - of_month + 1;
    if (month - 1) % months == 0 { first_of_month } else { first_of(first_of_month - 1, months) }
}

/// Draws the chart: one line a day, or a longer step where days would be too many.
pub(super) fn draw(page: &mut Page, what: &str, days: &BTreeMap<i64, u64>) {
    let (Some((first, _)), Some((last, _))) = (days.first_key_value(), days.last_key_value())
    else {
        return;
    };
    let fits = |step: Step| steps(*first, *last, step, MAX_LINES + 1).len() <= MAX_LINES;
    let (name, step) = STEPS.into_iter().find(|(_, step)| fits(*step)).unwrap_or(STEPS[4]);
    let mut lines: BTreeMap<i64, u64> =
        steps(*first, *last, step, MAX_YEARS).into_iter().map(|label| (label, 0)).collect();
    for (day, count) in days {
        *lines.entry(step(*day)).or_default() += count;
    }
    let most = lines.values().copied().max().unwrap_or(1).max(1);
    page.section(&format!("{what} per {name}, UTC"));
    for (label, count) in lines {
        let label = date(label);
        let label = match name {
            "month" | "quarter" => label.get(..7).unwrap_or(&label),
            "year" => label.get(..4).unwrap_or(&label),
            _ => &label,
        };
        let number = if count == 0 { "·".to_owned() } else { grouped(count) };
        page.line(&format!("{label:<10}  {number:>9}  {}", bar(count, most)));
    }
}

/// The steps from one day to another, those without posts too; at most `limit` of them.
fn steps(first: i64, last: i64, step: Step, limit: usize) -> Vec<i64> {
    let mut labels = vec![step(first)];
    let mut day = first;
    while day < last && labels.len() < limit {
        day += 1;
        let label = step(day);
        if labels.last() != Some(&label) {
            labels.push(label);
        }
    }
    labels
}

/// A bar of `count` where `most` is the longest; something is always seen of something.
fn bar(count: u64, most: u64) -> String {
    if count == 0 {
        return String::new();
    }
    let eighths = (u128::from(count) * u128::from(WIDTH) * 8 / u128::from(most)).max(1);
    let (whole, rest) = ((eighths / 8) as usize, (eighths % 8) as usize);
    let mut bar = EIGHTHS[7].repeat(whole);
    if rest > 0 {
        bar.push_str(EIGHTHS[rest - 1]);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_fall_into_their_steps() {
        // 2023-01-06 was a Friday.
        let day = 19_363;
        let labels: Vec<String> = STEPS.iter().map(|(_, step)| date(step(day))).collect();
        assert_eq!(labels, ["2023-01-06", "2023-01-02", "2023-01-01", "2023-01-01", "2023-01-01"]);
        let november = day + 300;
        let labels = [by_month, by_quarter, by_year].map(|step| date(step(november)));
        assert_eq!(labels, ["2023-11-01", "2023-10-01", "2023-01-01"]);
    }

    #[test]
    fn bars_are_in_proportion_and_never_vanish() {
        assert_eq!(bar(0, 10), "");
        assert_eq!(bar(1, 1_000_000), "▏");
        assert_eq!(bar(10, 10).chars().count(), 56);
        assert_eq!(bar(5, 10).chars().count(), 28);
    }
}
