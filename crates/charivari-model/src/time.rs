//! Instants and how finely an export records them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Microseconds in one second.
pub const MICROS_PER_SECOND: i64 = 1_000_000;

/// An instant in microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Shown as RFC 3339 in UTC; the fraction is left out where it is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The instant `seconds` after the epoch; saturates at the ends of the range.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(MICROS_PER_SECOND))
    }

    /// Whole seconds since the epoch, rounded towards the past.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(MICROS_PER_SECOND)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(instant) => write!(f, "{instant}"),
            // Outside the years -9999 to 9999 there is no calendar date to show.
            Err(_) => write!(f, "{} µs", self.0),
        }
    }
}

/// How finely the times of a set of posts are recorded.
///
/// A window of 60 s over minute-resolution times means "the same or the next minute", so every
/// reader of a result has to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// Some time has a fraction of a second.
    Subsecond,
    /// All times are whole seconds.
    Second,
    /// All times are multiples of 60 s.
    Minute,
    /// All times are multiples of 3,600 s.
    Hour,
    /// All times are multiples of 86,400 s.
    Day,
}

impl Resolution {
    /// The finest resolution that one instant needs.
    #[must_use]
    pub const fn of(time: Timestamp) -> Self {
        if time.0 % MICROS_PER_SECOND != 0 {
            return Self::Subsecond;
        }
        let seconds = time.0 / MICROS_PER_SECOND;
        if seconds % 60 != 0 {
            Self::Second
        } else if seconds % 3_600 != 0 {
            Self::Minute
        } else if seconds % 86_400 != 0 {
            Self::Hour
        } else {
            Self::Day
        }
    }

    /// The length of one step in seconds; 0 for [`Resolution::Subsecond`].
    #[must_use]
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Subsecond => 0,
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => 86_400,
        }
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Subsecond => "finer than a second",
            Self::Second => "seconds",
            Self::Minute => "minutes",
            Self::Hour => "hours",
            Self::Day => "days",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_shown_in_utc() {
        for (micros, shown) in [
            (0, "1970-01-01T00:00:00Z"),
            (1_673_000_000_500_000, "2023-01-06T10:13:20.5Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (i64::MAX, "9223372036854775807 µs"),
        ] {
            assert_eq!(Timestamp(micros).to_string(), shown);
        }
    }

    #[test]
    fn an_instant_needs_its_finest_unit() {
        for (seconds, resolution) in [
            (61, Resolution::Second),
            (120, Resolution::Minute),
            (7_200, Resolution::Hour),
            (172_800, Resolution::Day),
            (-60, Resolution::Minute),
        ] {
            assert_eq!(Resolution::of(Timestamp::from_seconds(seconds)), resolution, "{seconds}");
        }
        assert_eq!(Resolution::of(Timestamp(1)), Resolution::Subsecond);
    }
}
