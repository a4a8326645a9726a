//! When posts were made, hour by hour: days, the usual rhythm, and silences that break it.

use std::collections::BTreeMap;

use charivari_model::Timestamp;
use charivari_model::time::MICROS_PER_SECOND;
use serde::{Serialize, Serializer};

const HOUR: i64 = 3_600 * MICROS_PER_SECOND;
const DAY_HOURS: i64 = 24;

/// The hours that are kept one by one: 1970 to 2099. Other times are no times of posts.
const HOURS: std::ops::Range<i64> = 0..1_139_592;

/// A silence is told when it lasts at least so many times the usual one.
const GAP_FACTOR: i64 = 3;

/// At most so many silences are told.
const MAX_GAPS: usize = 5;

/// The fewest days with posts that make a rhythm.
const MIN_DAYS: usize = 5;

/// What happened in one hour.
#[derive(Clone, Copy, Debug)]
struct Hour {
    first: i64,
    last: i64,
    count: u64,
}

/// Posts by hour.
#[derive(Clone, Debug, Default)]
pub(super) struct Hours {
    hours: BTreeMap<i64, Hour>,
    pub(super) outside: u64,
}

/// A silence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The last post before it, in microseconds since the epoch; RFC 3339 in JSON.
    #[serde(serialize_with = "instant")]
    pub from: i64,
    /// The first post after it.
    #[serde(serialize_with = "instant")]
    pub to: i64,
}

/// An instant as RFC 3339.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over so")]
pub(super) fn instant<S: Serializer>(time: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&Timestamp(*time))
}

impl Gap {
    /// How long it lasts, in seconds.
    pub fn seconds(&self) -> i64 {
        self.to.saturating_sub(self.from) / MICROS_PER_SECOND
    }
}

/// Silences that break the usual rhythm.
///
/// The usual silence is the median, over the days with posts, of the longest pause that ends on
/// that day; pauses within one hour of the clock count as an hour. A silence is told when it lasts
/// at least three times as long. Fewer than five days with posts make no rhythm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gaps {
    /// The usual longest pause of a day, in seconds; none where there are too few days.
    pub usual_seconds: Option<i64>,
    /// How many silences are at least three times as long.
    pub count: u64,
    /// The longest of them, the longest first, at most five.
    pub longest: Vec<Gap>,
}

impl Hours {
    /// Adds a post made at `time`.
    pub(super) fn add(&mut self, time: i64) {
        let hour = time.div_euclid(HOUR);
        if !HOURS.contains(&hour) {
            self.outside += 1;
            return;
        }
        self.put(hour, Hour { first: time, last: time, count: 1 });
    }

    fn put(&mut self, hour: i64, new: Hour) {
        let known = self.hours.entry(hour).or_insert(Hour { count: 0, ..new });
        known.first = known.first.min(new.first);
        known.last = known.last.max(new.last);
        known.count += new.count;
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.outside += other.outside;
        for (hour, new) in other.hours {
            self.put(hour, new);
        }
    }

    /// Posts by day, as days since 1970-01-01, days without posts left out.
    pub(super) fn days(&self) -> BTreeMap<i64, u64> {
        let mut days = BTreeMap::new();
        for (hour, posts) in &self.hours {
            *days.entry(hour.div_euclid(DAY_HOURS)).or_default() += posts.count;
        }
        days
    }

    pub(super) fn gaps(&self) -> Gaps {
        let mut all: Vec<Gap> = self
            .hours
            .values()
            .zip(self.hours.values().skip(1))
            .map(|(before, after)| Gap { from: before.last, to: after.first })
            .collect();
        let mut longest_of_day: BTreeMap<i64, i64> = BTreeMap::new();
        for gap in &all {
            let day = gap.to.div_euclid(HOUR * DAY_HOURS);
            let longest = longest_of_day.entry(day).or_default();
            *longest = (*longest).max(gap.seconds());
        }
        let mut usual: Vec<i64> = longest_of_day.into_values().map(|gap| gap.max(3_600)).collect();
        usual.sort_unstable();
        if usual.len() < MIN_DAYS {
            return Gaps { usual_seconds: None, count: 0, longest: Vec::new() };
        }
        let median = usual[usual.len() / 2];
        all.retain(|gap| gap.seconds() >= median.saturating_mul(GAP_FACTOR));
        all.sort_by_key(|gap| (-gap.seconds(), gap.from));
        let count = all.len() as u64;
        all.truncate(MAX_GAPS);
        Gaps { usual_seconds: Some(median), count, longest: all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One post an hour for `days` days, but for the hours in `silent`.
    fn hourly(days: i64, silent: std::ops::Range<i64>) -> Hours {
        let mut hours = Hours::default();
        for hour in (0..days * 24).filter(|hour| !silent.contains(hour)) {
            hours.add((480_000 + hour) * HOUR);
        }
        hours
    }

    #[test]
    fn a_silence_is_told_when_it_is_three_times_the_usual_one() {
        for (name, days, silent, expected) in [
            ("no silence", 10, 0..0, Some(0)),
            ("two hours are not enough", 10, 100..101, Some(0)),
            ("three hours are", 10, 100..102, Some(1)),
            ("too few days", 4, 30..60, None),
        ] {
            let gaps = hourly(days, silent).gaps();
            assert_eq!(gaps.usual_seconds.map(|_| gaps.count), expected, "{name}");
        }
        let gap = &hourly(10, 100..150).gaps().longest[0];
        assert_eq!((gap.from, gap.seconds()), (480_099 * HOUR, 51 * 3_600));
    }

    #[test]
    fn times_that_are_none_are_counted_and_take_no_room() {
        let mut hours = Hours::default();
        for time in [i64::MIN, -1, 0, i64::MAX] {
            hours.add(time);
        }
        assert_eq!((hours.outside, hours.days().len()), (3, 1));
    }
}
