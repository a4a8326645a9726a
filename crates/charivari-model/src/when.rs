//! A time as people know it: some day in January, that afternoon in Paris, this very second.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};
use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A time with its uncertainty: something happened at an instant between two bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The earliest instant that it can have been, in UTC.
    pub from: Timestamp,
    /// The latest instant that it can have been, in UTC; equal to `from` where it is known exactly.
    pub to: Timestamp,
    /// The time as it was given, such as `2023-01-04T15:00 Europe/Paris`.
    pub given: String,
    /// Whether the source named a zone; where it did not, UTC was assumed.
    pub zoned: bool,
}

impl When {
    /// An instant known exactly.
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self { from: instant, to: instant, given: instant.to_string(), zoned: true }
    }

    /// A time between two instants.
    #[must_use]
    pub fn between(from: Timestamp, to: Timestamp) -> Self {
        Self { from, to, given: format!("{from}..{to}"), zoned: true }
    }

    /// Reads `2023`, `2023-01`, `2023-01-04`, `2023-01-04T15:00`, an instant with an offset, or two of
    /// these joined by `..`; behind it may stand a zone, as in `2023-01-04T15:00 Europe/Paris`.
    ///
    /// # Errors
    ///
    /// What was expected, where the text is none of these or names no zone of the database.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let wrong = || {
            format!(
                "expected a time such as 2023-01-04, 2023-01, 2023-01-04T15:00+01:00, \
                 \"2023-01-04T15:00 Europe/Paris\" or two of them as in 2023-01-04..2023-01-05, \
                 but met \"{text}\""
            )
        };
        let (body, zone) = match text.split_once(' ') {
            Some((body, name)) => (body, Some(TimeZone::get(name.trim()).map_err(|_| wrong())?)),
            None => (text, None),
        };
        let (first, last) = body.split_once("..").unwrap_or((body, body));
        let first = part(first, zone.as_ref()).ok_or_else(wrong)?;
        let last = part(last, zone.as_ref()).ok_or_else(wrong)?;
        if last.to < first.from {
            return Err(wrong());
        }
        let zoned = zone.is_some() || (first.zoned && last.zoned);
        Ok(Self { from: first.from, to: last.to, given: text.to_owned(), zoned })
    }

    /// Whether the instant is known exactly.
    pub const fn is_exact(&self) -> bool {
        self.from.0 == self.to.0
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.given)
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text)
    }
}

/// The bounds of one given time.
struct Bounds {
    from: Timestamp,
    to: Timestamp,
    zoned: bool,
}

/// One time: an instant, or a span of the calendar from its first to its last microsecond.
fn part(text: &str, zone: Option<&TimeZone>) -> Option<Bounds> {
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        let at = Timestamp(instant.as_microsecond());
        return Some(Bounds { from: at, to: at, zoned: true });
    }
    let (start, length) = civil(text)?;
    let utc = TimeZone::UTC;
    let begin = start.to_zoned(zone.unwrap_or(&utc).clone()).ok()?;
    let from = micros(&begin);
    let end = begin.checked_add(length).ok()?;
    Some(Bounds { from, to: Timestamp(micros(&end).0 - 1), zoned: zone.is_some() })
}

/// A civil time and how long it may have lasted, by how finely it was given.
fn civil(text: &str) -> Option<(DateTime, Span)> {
    let number = |text: &str, figures| {
        (text.len() == figures && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<i16>().ok())
            .flatten()
    };
    if let Some(year) = number(text, 4) {
        return Some((Date::new(year, 1, 1).ok()?.into(), Span::new().years(1)));
    }
    if let Some((year, month)) = text.split_once('-')
        && let (Some(year), Some(month)) = (number(year, 4), number(month, 2))
    {
        let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
        return Some((first.into(), Span::new().months(1)));
    }
    if !text.contains(['T', 't', ':']) {
        return Some((text.parse::<Date>().ok()?.into(), Span::new().days(1)));
    }
    let length = match text.matches(':').count() {
        0 => Span::new().hours(1),
        1 => Span::new().minutes(1),
        _ => Span::new().seconds(1),
    };
    Some((text.parse().ok()?, length))
}

fn micros(zoned: &Zoned) -> Timestamp {
    Timestamp(zoned.timestamp().as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_as_uncertain_as_it_was_given() {
        for (given, from, to) in [
            ("2023", "2023-01-01T00:00:00Z", "2023-12-31T23:59:59.999999Z"),
            ("2023-01", "2023-01-01T00:00:00Z", "2023-01-31T23:59:59.999999Z"),
            ("2023-01-04", "2023-01-04T00:00:00Z", "2023-01-04T23:59:59.999999Z"),
            ("2023-01-04T15:00+01:00", "2023-01-04T14:00:00Z", "2023-01-04T14:00:00Z"),
            (
                "2023-01-04T15:00 Europe/Paris",
                "2023-01-04T14:00:00Z",
                "2023-01-04T14:00:59.999999Z",
            ),
            ("2023-01-04..2023-01-05", "2023-01-04T00:00:00Z", "2023-01-05T23:59:59.999999Z"),
            // The day on which the clocks go forward has 23 hours.
            ("2023-03-26 Europe/Paris", "2023-03-25T23:00:00Z", "2023-03-26T21:59:59.999999Z"),
        ] {
            let when = When::parse(given).unwrap_or_else(|error| panic!("{given}: {error}"));
            assert_eq!(when.from.to_string(), from, "{given}");
            assert_eq!(when.to.to_string(), to, "{given}");
        }
    }

    #[test]
    fn a_zone_that_was_assumed_is_known_to_be() {
        for (given, zoned) in
            [("2023-01-04", false), ("2023-01-04 Europe/Paris", true), ("2023-01-04T15:00Z", true)]
        {
            assert_eq!(When::parse(given).map(|when| when.zoned), Ok(zoned), "{given}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for wrong in ["", "yesterday", "2023-13", "2023-01-05..2023-01-04", "2023-01-04 Mars/Base"]
        {
            assert!(When::parse(wrong).is_err(), "{wrong}");
        }
    }
}
