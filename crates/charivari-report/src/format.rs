//! Numbers, spans and instants as people read them.

use charivari_model::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// `1234567` as `1,234,567`.
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 account`, `2 accounts`, `3 replies`.
pub(crate) fn count(value: u64, singular: &str, plural: &str) -> String {
    format!("{} {}", number(value), if value == 1 { singular } else { plural })
}

/// A number of bytes, such as `4.2 MB`.
pub(crate) fn bytes(value: u64) -> String {
    let (mut scaled, mut unit) = (value as f64, "bytes");
    for next in ["kB", "MB", "GB", "TB"] {
        if scaled < 1_000.0 {
            break;
        }
        (scaled, unit) = (scaled / 1_000.0, next);
    }
    if unit == "bytes" { count(value, "byte", "bytes") } else { format!("{scaled:.1} {unit}") }
}

/// A span such as `45 s`, `2 min 5 s`, `3 h 20 min` or `9 days`, which no line breaks.
pub(crate) fn span(seconds: f64) -> String {
    breaking(seconds).replace(' ', "\u{a0}")
}

fn breaking(seconds: f64) -> String {
    if !seconds.is_finite() || seconds < 0.0 {
        return "unknown".to_owned();
    }
    if seconds < 10.0 {
        // One digit after the point matters here, and a whole number needs none.
        let shown = format!("{seconds:.1}");
        return format!("{} s", shown.strip_suffix(".0").unwrap_or(&shown));
    }
    // Rounded, positive and far below 2^63 after the clamp, so that the cast is exact.
    #[allow(clippy::cast_sign_loss)]
    let whole = seconds.round().min(1e15) as u64;
    let pair = |large: u64, unit: &str, small: u64, small_unit: &str| {
        if small == 0 {
            format!("{large} {unit}")
        } else {
            format!("{large} {unit} {small} {small_unit}")
        }
    };
    match whole {
        0..60 => format!("{whole} s"),
        60..3_600 => pair(whole / 60, "min", whole % 60, "s"),
        3_600..172_800 => pair(whole / 3_600, "h", whole % 3_600 / 60, "min"),
        _ => count(whole / 86_400, "day", "days"),
    }
}

/// The calendar date and time in UTC, where there is one.
pub(crate) fn civil(time: Timestamp) -> Option<DateTime> {
    let instant = jiff::Timestamp::from_microsecond(time.0).ok()?;
    Some(TimeZone::UTC.to_datetime(instant))
}

/// `6 January 2023`.
pub(crate) fn day(time: Timestamp) -> String {
    civil(time).map_or_else(|| time.to_string(), |at| at.strftime("%-d %B %Y").to_string())
}

/// `2023-01-06 10:13:20`, in UTC and to the second; the exact instant stands in the attribute.
pub(crate) fn instant(time: Timestamp) -> String {
    civil(time).map_or_else(|| time.to_string(), |at| at.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// `2023-01-06, 10 h`: the hour that holds an instant, in UTC.
pub(crate) fn hour(time: Timestamp) -> String {
    civil(time)
        .map_or_else(|| time.to_string(), |at| at.strftime("%Y-%m-%d, %H\u{a0}h").to_string())
}

/// A share as `0.76`; what is not a number is said to be unknown.
pub(crate) fn share(value: f64) -> String {
    if value.is_finite() { format!("{value:.2}") } else { "unknown".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators() {
        for (value, shown) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")]
        {
            assert_eq!(number(value), shown);
        }
        assert_eq!(count(1, "reply", "replies"), "1 reply");
        assert_eq!(bytes(4_200_000), "4.2 MB");
        assert_eq!(bytes(1), "1 byte");
    }

    #[test]
    fn spans_are_told_in_two_units_at_most() {
        for (seconds, shown) in [
            (0.0, "0 s"),
            (1.25, "1.2 s"),
            (45.4, "45 s"),
            (60.0, "1 min"),
            (125.0, "2 min 5 s"),
            (7_200.0, "2 h"),
            (864_000.0, "10 days"),
            (f64::NAN, "unknown"),
            (-1.0, "unknown"),
            (f64::MAX, "11,574,074,074 days"),
        ] {
            assert_eq!(span(seconds), shown.replace(' ', "\u{a0}"), "{seconds}");
        }
    }

    #[test]
    fn instants_outside_the_calendar_are_shown_as_numbers() {
        assert_eq!(day(Timestamp(1_673_000_000_500_000)), "6 January 2023");
        assert_eq!(instant(Timestamp(1_673_000_000_500_000)), "2023-01-06 10:13:20");
        assert_eq!(instant(Timestamp(i64::MAX)), "9223372036854775807 µs");
    }
}
