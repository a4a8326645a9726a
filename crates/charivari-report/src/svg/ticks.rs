//! Marks on the axes: instants in UTC and round counts.

use charivari_model::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::format;

/// A mark on a time axis: where, and up to two lines of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tick {
    /// Seconds since the epoch.
    pub(crate) at_s: i64,
    /// The label next to the axis.
    pub(crate) label: String,
    /// The day or year below it, where it changes.
    pub(crate) below: Option<String>,
}

const DAY: i64 = 86_400;

/// Distances between marks shorter than a month, in seconds.
const STEPS: [i64; 16] = [
    1,
    5,
    15,
    30,
    60,
    300,
    900,
    1_800,
    3_600,
    3 * 3_600,
    6 * 3_600,
    12 * 3_600,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
];

/// Distances between marks in months.
const MONTHS: [i32; 10] = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1_200];

/// At most `most` marks between two instants, both included, in seconds since the epoch.
pub(crate) fn time(start_s: i64, end_s: i64, most: usize) -> Vec<Tick> {
    let span = i128::from(end_s) - i128::from(start_s);
    let room = i128::try_from(most.max(2)).unwrap_or(2);
    let step = STEPS.iter().copied().find(|&step| span < i128::from(step) * room);
    let marks = match step {
        Some(step) => every(start_s, end_s, step),
        None => monthly(start_s, end_s, most),
    };
    label(&marks, step)
}

/// The multiples of `step`; weeks begin on a Monday.
fn every(start_s: i64, end_s: i64, step: i64) -> Vec<i64> {
    // The epoch was a Thursday.
    let offset = if step >= 7 * DAY { 4 * DAY } else { 0 };
    let lifted = start_s.saturating_sub(offset);
    let mut at = lifted.div_euclid(step).saturating_mul(step).saturating_add(offset);
    if at < start_s {
        at = at.saturating_add(step);
    }
    let mut marks = Vec::new();
    while at <= end_s && marks.len() < 64 {
        marks.push(at);
        at = at.saturating_add(step);
    }
    marks
}

/// The first days of months, as far apart as needed.
fn monthly(start_s: i64, end_s: i64, most: usize) -> Vec<i64> {
    let (Some(from), Some(to)) = (civil(start_s), civil(end_s)) else { return Vec::new() };
    let index = |at: DateTime| i32::from(at.year()) * 12 + i32::from(at.month()) - 1;
    let (low, high) = (index(from), index(to));
    let room = i32::try_from(most.max(2)).unwrap_or(2);
    let step = MONTHS.iter().copied().find(|step| high - low < step * room).unwrap_or(12_000);
    let first = low.div_euclid(step) * step;
    (0..=room)
        .filter_map(|count| first_of_month(first + count * step))
        .filter(|at| (start_s..=end_s).contains(at))
        .collect()
}

fn first_of_month(index: i32) -> Option<i64> {
    let year = i16::try_from(index.div_euclid(12)).ok()?;
    let month = i8::try_from(index.rem_euclid(12) + 1).ok()?;
    let date = Date::new(year, month, 1).ok()?;
    Some(jiff::tz::TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?.as_second())
}

fn civil(seconds: i64) -> Option<DateTime> {
    format::civil(Timestamp::from_seconds(seconds))
}

/// Writes the marks, with the day or year where it is new.
fn label(marks: &[i64], step: Option<i64>) -> Vec<Tick> {
    let (shape, larger) = match step {
        Some(step) if step < 60 => ("%H:%M:%S", "%-d %b %Y"),
        Some(step) if step < DAY => ("%H:%M", "%-d %b %Y"),
        Some(_) => ("%-d %b", "%Y"),
        None => ("%b %Y", ""),
    };
    let mut last = String::new();
    let mut ticks = Vec::new();
    for &at_s in marks {
        let Some(at) = civil(at_s) else { continue };
        let below = at.strftime(larger).to_string();
        let is_new = !below.is_empty() && below != last;
        ticks.push(Tick {
            at_s,
            label: at.strftime(shape).to_string(),
            below: is_new.then(|| below.clone()),
        });
        last = below;
    }
    ticks
}

/// Round counts from 0 to the first that is not below `greatest`: two or three marks.
pub(crate) fn counts(greatest: u64) -> Vec<u64> {
    let mut unit = 1_u64;
    loop {
        for factor in [1, 2, 3, 4, 5, 6, 8] {
            let half = unit.saturating_mul(factor);
            if half.saturating_mul(2) >= greatest || half == u64::MAX {
                return if greatest <= 1 {
                    vec![0, 1]
                } else {
                    vec![0, half, half.saturating_mul(2)]
                };
            }
        }
        unit = unit.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_at_round_instants() {
        // 2023-01-04T00:00:00Z.
        let start = 1_672_790_400;
        for (name, span_s, expected) in [
            (
                "a minute",
                60,
                vec!["00:00:00|4 Jan 2023", "00:00:15", "00:00:30", "00:00:45", "00:01:00"],
            ),
            ("six hours", 21_600, vec!["00:00|4 Jan 2023", "03:00", "06:00"]),
            (
                "two days",
                172_800,
                vec!["00:00|4 Jan 2023", "12:00", "00:00|5 Jan 2023", "12:00", "00:00|6 Jan 2023"],
            ),
            ("three weeks", 21 * DAY, vec!["9 Jan|2023", "16 Jan", "23 Jan"]),
            ("a year", 365 * DAY, vec!["Apr 2023", "Jul 2023", "Oct 2023", "Jan 2024"]),
        ] {
            let shown: Vec<_> = time(start, start + span_s, 5)
                .into_iter()
                .map(|t| t.below.map_or(t.label.clone(), |below| format!("{}|{below}", t.label)))
                .collect();
            assert_eq!(shown, expected, "{name}");
        }
    }

    #[test]
    fn any_span_gives_few_marks() {
        for (start, end) in [(i64::MIN, i64::MAX), (5, 5), (-62_135_596_800, 253_402_300_799)] {
            assert!(time(start, end, 6).len() <= 8, "{start} to {end}");
        }
    }

    #[test]
    fn counts_are_round_and_enough() {
        for (greatest, expected) in [
            (0, vec![0, 1]),
            (1, vec![0, 1]),
            (7, vec![0, 4, 8]),
            (41, vec![0, 30, 60]),
            (106, vec![0, 60, 120]),
        ] {
            assert_eq!(counts(greatest), expected, "{greatest}");
        }
        assert_eq!(counts(u64::MAX).last(), Some(&u64::MAX));
    }
}
