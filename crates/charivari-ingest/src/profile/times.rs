//! The times of posts or traces: range, resolution, days and silences.

use std::collections::BTreeMap;

use charivari_model::{Resolution, Timestamp};
use serde::{Serialize, Serializer};

use super::days::{Gaps, Hours, instant};

/// Times as they come.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    range: Option<(i64, i64)>,
    resolution: Option<Resolution>,
    hours: Hours,
}

/// What the times show.
#[derive(Clone, Debug, Serialize)]
pub struct TimeSummary {
    /// The earliest time, in microseconds since the epoch; RFC 3339 in JSON.
    #[serde(serialize_with = "instant")]
    pub first: i64,
    /// The latest time.
    #[serde(serialize_with = "instant")]
    pub last: i64,
    /// The coarsest step of which all times are multiples.
    pub resolution: Resolution,
    /// Posts by day, as days since 1970-01-01 in UTC; days without posts are left out. Dates in
    /// JSON.
    #[serde(serialize_with = "dates")]
    pub days: BTreeMap<i64, u64>,
    /// Silences.
    pub gaps: Gaps,
    /// Times before 1970 or after 2099, which are in no day.
    pub outside: u64,
}

/// Days as dates.
fn dates<S: Serializer>(days: &BTreeMap<i64, u64>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(days.iter().map(|(day, count)| (date(*day), count)))
}

/// The date of a day that is counted from 1970-01-01, as `2023-01-06`.
pub fn date(day: i64) -> String {
    let text = Timestamp::from_seconds(day.saturating_mul(86_400)).to_string();
    text.split('T').next().unwrap_or_default().to_owned()
}

impl Times {
    pub(super) fn add(&mut self, time: i64) {
        let (first, last) = self.range.unwrap_or((time, time));
        self.range = Some((first.min(time), last.max(time)));
        let resolution = Resolution::of(Timestamp(time));
        self.resolution = Some(self.resolution.map_or(resolution, |all| all.min(resolution)));
        self.hours.add(time);
    }

    pub(super) fn merge(&mut self, other: Self) {
        let ends = [self.range, other.range].into_iter().flatten();
        self.range = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        self.resolution = [self.resolution, other.resolution].into_iter().flatten().min();
        self.hours.merge(other.hours);
    }

    pub(super) fn summary(&self) -> Option<TimeSummary> {
        let (first, last) = self.range?;
        Some(TimeSummary {
            first,
            last,
            resolution: self.resolution?,
            days: self.hours.days(),
            gaps: self.hours.gaps(),
            outside: self.hours.outside,
        })
    }
}
