//! When the authority has to be told: 72 hours after the owner became aware (article 33(1) GDPR).
//!
//! Hours are hours: nights, weekends and holidays do not stop them (article 3 of Regulation (EEC,
//! Euratom) 1182/71 lets periods in hours run through holidays), and a change of clocks does not
//! stretch them, since the period is counted in time that passes and not on a dial. The rules of that
//! regulation that could lengthen the period, such as counting from the next full hour, are left
//! unused: whoever keeps the shorter deadline keeps both.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::Error;

/// The period of article 33(1).
pub const HOURS: i64 = 72;

/// When what has to happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// When the owner became aware, in the zone that it was given in.
    pub known_since: Zoned,
    /// When the 72 hours are over, in the same zone.
    pub authority_by: Zoned,
    /// Whether a day alone was given, so that the clock is taken to have begun at its first instant.
    pub from_a_day: bool,
    /// Whole hours left; negative when it is over.
    pub hours_left: i64,
    /// Whether a Saturday or a Sunday lies within the period, which does not stop it.
    pub has_weekend: bool,
    /// The day on which the data was made public, where it is known.
    pub leaked_on: Option<Date>,
}

impl Deadline {
    /// Whether the period is over.
    pub fn is_late(&self) -> bool {
        self.hours_left < 0
    }

    /// The deadline of an owner who has known since `known`; `leaked` is the day of publication.
    ///
    /// Both are instants with an offset or a zone (`2023-01-05T09:30+01:00`,
    /// `2023-01-05T09:30[Europe/Paris]`), or a day or a time on the wall in `zone`.
    ///
    /// # Errors
    /// [`Error::Instant`] and [`Error::Order`].
    pub fn of(
        known: &str,
        leaked: Option<&str>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let (known_since, from_a_day) = instant("--known-since", known, zone)?;
        let leaked_on = leaked.map(|text| instant("--leaked-on", text, zone)).transpose()?;
        if known_since.timestamp() > now {
            return Err(Error::Order {
                met: format!("--known-since is {known_since}, which is still to come"),
            });
        }
        let leaked_on = leaked_on.map(|(leaked, _)| leaked.date());
        if let Some(leaked) = leaked_on.filter(|leaked| *leaked > now.to_zoned(zone.clone()).date())
        {
            return Err(Error::Order {
                met: format!("--leaked-on is {leaked}, which is still to come"),
            });
        }
        let end = known_since.timestamp() + SignedDuration::from_hours(HOURS);
        let authority_by = end.to_zoned(known_since.time_zone().clone());
        let left = end.duration_since(now);
        let hours_left =
            if left.is_negative() && left.as_hours() == 0 { -1 } else { left.as_hours() };
        let has_weekend = has_weekend(&known_since, &authority_by);
        Ok(Self { known_since, authority_by, from_a_day, hours_left, has_weekend, leaked_on })
    }
}

fn has_weekend(from: &Zoned, to: &Zoned) -> bool {
    let is_weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let days = from.date().series(jiff::Span::new().days(1)).take_while(|day| *day <= to.date());
    days.into_iter().any(is_weekend)
}

/// Reads an instant; whether it is a day alone, which begins with its first instant.
fn instant(option: &'static str, text: &str, zone: &TimeZone) -> Result<(Zoned, bool), Error> {
    let text = text.trim();
    let wrong = || Error::Instant { option, met: text.to_owned() };
    if let Ok(zoned) = text.parse::<Zoned>() {
        return Ok((zoned, false));
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        // The offset that was written is kept, so that the deadline stands on the same clock.
        let pieces = jiff::fmt::temporal::Pieces::parse(text).map_err(|_| wrong())?;
        let offset = pieces.to_numeric_offset().map_or(TimeZone::UTC, TimeZone::fixed);
        return Ok((instant.to_zoned(offset), false));
    }
    if let (Ok(day), false) = (text.parse::<Date>(), text.contains(['T', ' ', ':'])) {
        return Ok((day.to_zoned(zone.clone()).map_err(|_| wrong())?, true));
    }
    let wall: jiff::civil::DateTime = text.parse().map_err(|_| wrong())?;
    // A time that the clocks show twice is taken as the earlier one, and the period ends earlier.
    let zoned = zone.to_ambiguous_zoned(wall).earlier().map_err(|_| wrong())?;
    Ok((zoned, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deadline(known: &str, now: &str) -> Result<Deadline, Error> {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        Deadline::of(known, None, &paris, now.parse().unwrap())
    }

    #[test]
    fn seventy_two_hours_pass_on_any_clock() {
        for (name, known, expected) in [
            ("over a weekend", "2023-01-06T17:00+01:00", "2023-01-09T17:00:00+01:00"),
            (
                "over the start of summer time",
                "2023-03-25T12:00[Europe/Paris]",
                "2023-03-28T13:00:00+02:00",
            ),
            (
                "over the end of summer time",
                "2023-10-28T12:00[Europe/Paris]",
                "2023-10-31T11:00:00+01:00",
            ),
            (
                "over the turn of the year and a holiday",
                "2022-12-31T23:30+01:00",
                "2023-01-03T23:30:00+01:00",
            ),
            (
                "a day alone begins at midnight on the owner's clock",
                "2023-01-05",
                "2023-01-08T00:00:00+01:00",
            ),
            ("in UTC", "2023-01-05T09:30Z", "2023-01-08T09:30:00+00:00"),
            ("a time on the wall", "2023-01-05T09:30", "2023-01-08T09:30:00+01:00"),
            ("an hour that comes twice", "2023-10-29T02:30", "2023-11-01T01:30:00+01:00"),
        ] {
            let found = deadline(known, "2024-01-01T00:00:00Z").unwrap().authority_by;
            let text = found.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
            assert_eq!(text, expected, "{name}");
        }
    }

    #[test]
    fn hours_left_are_counted_and_may_be_negative() {
        for (now, hours, late) in [
            ("2023-01-05T09:30:00Z", 72, false),
            ("2023-01-05T10:00:00Z", 71, false),
            ("2023-01-08T09:30:00Z", 0, false),
            ("2023-01-08T09:31:00Z", -1, true),
            ("2023-01-09T09:30:00Z", -24, true),
        ] {
            let found = deadline("2023-01-05T09:30Z", now).unwrap();
            assert_eq!((found.hours_left, found.is_late()), (hours, late), "{now}");
        }
        assert!(deadline("2023-01-06T17:00+01:00", "2023-01-07T00:00:00Z").unwrap().has_weekend);
        assert!(!deadline("2023-01-02T08:00+01:00", "2023-01-03T00:00:00Z").unwrap().has_weekend);
    }

    #[test]
    fn what_is_no_past_instant_is_refused() {
        for (known, now, code) in [
            ("yesterday", "2023-01-07T00:00:00Z", "E0776"),
            ("2023-02-30", "2023-04-07T00:00:00Z", "E0776"),
            ("", "2023-01-07T00:00:00Z", "E0776"),
            ("2023-01-08T00:00Z", "2023-01-07T00:00:00Z", "E0777"),
        ] {
            let error = deadline(known, now).unwrap_err().to_string();
            assert!(error.starts_with(code), "{known}: {error}");
        }
        let utc = TimeZone::UTC;
        let now = "2023-01-07T00:00:00Z".parse().unwrap();
        let later = Deadline::of("2023-01-05", Some("2023-01-09"), &utc, now).unwrap_err();
        assert!(later.to_string().starts_with("E0777"), "{later}");
    }
}
