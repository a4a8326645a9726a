//! Reading instants in the forms that exports use.
//!
//! | form | example |
//! |---|---|
//! | ISO 8601 / RFC 3339, zoned or not, `T` or space | `2023-01-06T10:13:20.5+01:00` |
//! | Unix time in s, ms, µs or ns, told apart by size | `1673000000`, `1673000000.25`, `1673000000000` |
//! | RFC 2822 | `Fri, 6 Jan 2023 10:13:20 GMT` |
//! | Twitter's API 1.1 | `Fri Jan 06 10:13:20 +0000 2023` |
//! | with a zone's abbreviation (CrowdTangle) | `2023-01-06 05:13:20 EST` |
//! | slashed, where the order of day and month is known | `1/6/2023 10:13` |
//!
//! A form that could mean two instants is not guessed: it is an error.

use charivari_model::Timestamp;
use charivari_model::time::MICROS_PER_SECOND;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::options::DateOrder;

/// How times without a zone, and slashed dates, are to be understood.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// The zone of times that name none; UTC without it.
    pub zone: Option<TimeZone>,
    /// The order of day and month in slashed dates; without it they cannot be read.
    pub order: Option<DateOrder>,
}

/// An instant, and whether the source named its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant {
    /// The instant.
    pub time: Timestamp,
    /// Whether the source said in which zone.
    pub zoned: bool,
}

/// Reads an instant, or `None` where the text is none of the known forms.
pub fn parse(text: &str, clock: &Clock) -> Option<Instant> {
    let text = text.trim();
    iso(text, clock)
        .or_else(|| epoch(text).map(zoned))
        .or_else(|| with_month_name(text).map(zoned))
        .or_else(|| slashed(text, clock))
}

/// Reads a number as Unix time, whose unit shows in its size.
///
/// Seconds up to 10^11 (the year 5138), then milliseconds, microseconds and nanoseconds by a factor
/// of a thousand each.
pub fn from_number(value: i64) -> Timestamp {
    let micros = match value.unsigned_abs() {
        0..100_000_000_000 => value.saturating_mul(MICROS_PER_SECOND),
        100_000_000_000..100_000_000_000_000 => value.saturating_mul(1_000),
        100_000_000_000_000..100_000_000_000_000_000 => value,
        _ => value / 1_000,
    };
    Timestamp(micros)
}

fn zoned(time: Timestamp) -> Instant {
    Instant { time, zoned: true }
}

/// `1673000000`, `1673000000.25`, `1673000000000`; a leading minus is a time before 1970.
fn epoch(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    if digits.is_empty() || !digits.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value: i64 = whole.parse().ok()?;
    let time = from_number(value);
    if fraction.is_empty() || value.unsigned_abs() >= 100_000_000_000 {
        return Some(time);
    }
    let micros = micros_of(fraction.as_bytes());
    let signed = if whole.starts_with('-') { -micros } else { micros };
    Some(Timestamp(time.0.saturating_add(signed)))
}

/// Microseconds of a decimal fraction; digits beyond the sixth are dropped.
fn micros_of(fraction: &[u8]) -> i64 {
    let mut micros = 0;
    for place in 0..6 {
        let digit = fraction.get(place).map_or(0, |byte| i64::from(byte - b'0'));
        micros = micros * 10 + digit;
    }
    micros
}

/// ISO 8601 with `T` or a space, seconds and fraction optional, zone optional.
fn iso(text: &str, clock: &Clock) -> Option<Instant> {
    let bytes = text.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let date = calendar(number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..10])?)?;
    if bytes.len() == 10 {
        return local(date, Time::midnight(), clock);
    }
    if !matches!(bytes[10], b'T' | b't' | b' ') {
        return None;
    }
    let (time, rest) = clock_time(&bytes[11..])?;
    match zone_of(rest)? {
        None => local(date, time, clock),
        Some(offset) => Some(zoned(at(date, time, offset)?)),
    }
}

fn number(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0, |value, byte| {
        byte.is_ascii_digit().then(|| value * 10 + i32::from(byte - b'0'))
    })
}

fn calendar(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// `HH:MM[:SS[.fraction]]`, and what follows it. A leap second is read as the second before it.
fn clock_time(bytes: &[u8]) -> Option<(Time, &[u8])> {
    let field = |at: usize| number(bytes.get(at..at + 2)?);
    if bytes.get(2) != Some(&b':') {
        return None;
    }
    let (hour, minute) = (field(0)?, field(3)?);
    let (mut second, mut nanos, mut end) = (0, 0, 5);
    if bytes.get(5) == Some(&b':') {
        second = field(6)?.min(if field(6)? == 60 { 59 } else { 99 });
        end = 8;
        if matches!(bytes.get(8), Some(b'.' | b',')) {
            let digits = bytes[9..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            nanos = i32::try_from(micros_of(&bytes[9..9 + digits])).ok()? * 1_000;
            end = 9 + digits;
        }
    }
    let narrow = |value: i32| i8::try_from(value).ok();
    let time = Time::new(narrow(hour)?, narrow(minute)?, narrow(second)?, nanos).ok()?;
    Some((time, &bytes[end..]))
}

/// The offset that a zone suffix names: `Some(None)` for no suffix, `None` for an unknown one.
#[expect(clippy::option_option, reason = "no zone and an unknown zone are different answers")]
fn zone_of(suffix: &[u8]) -> Option<Option<Offset>> {
    let suffix = suffix.trim_ascii();
    let hours = |hours: i8| Some(Some(Offset::constant(hours)));
    match suffix {
        b"" => Some(None),
        b"Z" | b"z" | b"UTC" | b"GMT" => Some(Some(Offset::UTC)),
        b"EDT" => hours(-4),
        b"EST" | b"CDT" => hours(-5),
        b"CST" | b"MDT" => hours(-6),
        b"MST" | b"PDT" => hours(-7),
        b"PST" => hours(-8),
        b"CET" => hours(1),
        b"CEST" => hours(2),
        [sign @ (b'+' | b'-'), rest @ ..] => numeric_offset(*sign, rest).map(Some),
        _ => None,
    }
}

/// `01`, `0100`, `01:00` after a sign.
fn numeric_offset(sign: u8, rest: &[u8]) -> Option<Offset> {
    let (hours, minutes) = match rest {
        [a, b] => (number(&[*a, *b])?, 0),
        [a, b, c, d] | [a, b, b':', c, d] => (number(&[*a, *b])?, number(&[*c, *d])?),
        _ => return None,
    };
    let seconds = hours * 3_600 + minutes * 60;
    Offset::from_seconds(if sign == b'-' { -seconds } else { seconds }).ok()
}

/// `date` and `time` at a fixed offset, by plain arithmetic: this runs for every post.
fn at(date: Date, time: Time, offset: Offset) -> Option<Timestamp> {
    let days = days_from_epoch(date);
    let seconds =
        i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60 + i64::from(time.second())
            - i64::from(offset.seconds());
    let micros = i64::from(time.subsec_nanosecond()) / 1_000;
    days.checked_mul(86_400)?
        .checked_add(seconds)?
        .checked_mul(MICROS_PER_SECOND)?
        .checked_add(micros)
        .map(Timestamp)
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March.
fn days_from_epoch(date: Date) -> i64 {
    let (year, month, day) =
        (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn local(date: Date, time: Time, clock: &Clock) -> Option<Instant> {
    let time = match &clock.zone {
        None => at(date, time, Offset::UTC)?,
        // Many formats are in UTC by definition: their times need no table of zones.
        Some(zone) if *zone == TimeZone::UTC => at(date, time, Offset::UTC)?,
        Some(zone) => {
            let zoned = DateTime::from_parts(date, time).to_zoned(zone.clone()).ok()?;
            Timestamp(zoned.timestamp().as_microsecond())
        }
    };
    Some(Instant { time, zoned: false })
}

/// The months as RFC 2822 spells them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// RFC 2822 and Twitter's API 1.1, which both spell the month.
fn with_month_name(text: &str) -> Option<Timestamp> {
    let text = text.split_once(", ").map_or(text, |(_, rest)| rest);
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let (day, month, year, time, zone) = match words.as_slice() {
        [_weekday, month, day, time, zone, year] => (day, month, year, time, zone),
        [day, month, year, time, zone] => (day, month, year, time, zone),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))? + 1;
    let date = calendar(year.parse().ok()?, month.try_into().ok()?, day.parse().ok()?)?;
    let (time, rest) = clock_time(time.as_bytes())?;
    let offset = zone_of(zone.as_bytes())??;
    if rest.is_empty() { at(date, time, offset) } else { None }
}

/// `7/3/2018 14:05`, which needs the order of day and month.
fn slashed(text: &str, clock: &Clock) -> Option<Instant> {
    let order = clock.order?;
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    let mut parts = date.split('/').map(|part| part.parse::<i32>().ok());
    let (first, second, year) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || year < 1_000 {
        return None;
    }
    let (day, month) = match order {
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
    };
    let time = if time.is_empty() { Time::midnight() } else { short_time(time)? };
    local(calendar(year, month, day)?, time, clock)
}

/// `9:05`, `09:05`, `9:05:07`.
fn short_time(text: &str) -> Option<Time> {
    let padded =
        if text.as_bytes().get(1) == Some(&b':') { format!("0{text}") } else { text.to_owned() };
    let (time, rest) = clock_time(padded.as_bytes())?;
    rest.is_empty().then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<(i64, bool)> {
        parse(text, &Clock::default()).map(|instant| (instant.time.0, instant.zoned))
    }

    #[test]
    fn every_form_gives_the_same_instant() {
        let at = 1_673_000_000 * MICROS_PER_SECOND;
        for (text, zoned) in [
            ("1673000000", true),
            ("1673000000.0", true),
            ("1673000000000", true),
            ("1673000000000000", true),
            ("1673000000000000000", true),
            ("2023-01-06T10:13:20Z", true),
            ("2023-01-06T10:13:20.000Z", true),
            ("2023-01-06T11:13:20+01:00", true),
            ("2023-01-06 05:13:20 EST", true),
            ("2023-01-06 10:13:20+00", true),
            ("2023-01-06 10:13:20 UTC", true),
            ("Fri, 6 Jan 2023 10:13:20 GMT", true),
            ("6 Jan 2023 10:13:20 +0000", true),
            ("Fri Jan 06 10:13:20 +0000 2023", true),
            (" 2023-01-06 10:13:20 ", false),
            ("2023-01-06T10:13:20", false),
        ] {
            assert_eq!(seconds(text), Some((at, zoned)), "{text}");
        }
    }

    #[test]
    fn fractions_and_short_forms_are_kept() {
        for (text, micros) in [
            ("1673000000.25", 1_673_000_000_250_000),
            ("2023-01-06T10:13:20.123456789Z", 1_673_000_000_123_456),
            ("2023-01-06T10:13Z", 1_672_999_980_000_000),
            ("2023-01-06", 1_672_963_200_000_000),
            ("-1.5", -1_500_000),
            ("2016-12-31T23:59:60Z", 1_483_228_799_000_000),
        ] {
            assert_eq!(seconds(text).map(|(micros, _)| micros), Some(micros), "{text}");
        }
    }

    #[test]
    fn what_could_mean_two_instants_is_refused() {
        for text in
            ["7/3/2018", "yesterday", "", "2023-13-01", "2023-02-30T00:00:00Z", "12:30", "1e9"]
        {
            assert_eq!(seconds(text), None, "{text}");
        }
        let clock = Clock { order: Some(DateOrder::MonthFirst), zone: None };
        let day = parse("7/3/2018 9:05", &clock).unwrap();
        assert_eq!(day.time.to_string(), "2018-07-03T09:05:00Z");
    }

    #[test]
    fn an_unzoned_time_takes_the_zone_of_the_clock() {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let clock = Clock { zone: Some(zone), order: None };
        let winter = parse("2023-01-06 11:13:20", &clock).unwrap();
        assert_eq!(winter.time, Timestamp::from_seconds(1_673_000_000));
        assert!(!winter.zoned);
    }

    #[test]
    fn days_are_counted_as_the_calendar_library_counts_them() {
        for year in [-4_000_i16, -1, 0, 1, 1600, 1900, 1970, 2000, 2024, 9_999] {
            for (month, day) in [(1, 1), (2, 28), (3, 1), (12, 31)] {
                let date = Date::new(year, month, day).unwrap();
                let epoch = Date::new(1970, 1, 1).unwrap();
                let days = (date - epoch).get_days();
                assert_eq!(days_from_epoch(date), i64::from(days), "{date}");
            }
        }
    }
}
