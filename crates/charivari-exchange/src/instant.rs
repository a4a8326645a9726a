//! Instants and numbers as text, without going through a formatter a million times.

use std::io::Write as _;

use charivari_model::Timestamp;

const MICROS_PER_DAY: i64 = 86_400_000_000;
/// The days between 0000-03-01, where the arithmetic below starts, and 1970-01-01.
const DAYS_BEFORE_EPOCH: i64 = 719_468;

/// Appends `time` as RFC 3339 in UTC; the fraction is left out where it is zero.
///
/// Gives what [`Timestamp`] shows, several times faster. Instants outside the years 0 to 9999 are
/// left to [`Timestamp`].
pub(crate) fn write_instant(time: Timestamp, out: &mut Vec<u8>) {
    let days = time.0.div_euclid(MICROS_PER_DAY);
    let Some((year, month, day)) = civil(days) else {
        append(out, time);
        return;
    };
    let micros = time.0.rem_euclid(MICROS_PER_DAY);
    let second = micros / 1_000_000;
    let mut text = *b"0000-00-00T00:00:00";
    two(&mut text, 0, year / 100);
    two(&mut text, 2, year % 100);
    two(&mut text, 5, month);
    two(&mut text, 8, day);
    two(&mut text, 11, second / 3_600);
    two(&mut text, 14, second / 60 % 60);
    two(&mut text, 17, second % 60);
    out.extend_from_slice(&text);
    write_fraction(micros % 1_000_000, out);
    out.push(b'Z');
}

/// Year, month and day of the day `days` after 1970-01-01, within the years 0 to 9999.
///
/// Works in eras of 400 years of 146,097 days that begin on 1 March, so that the leap day is the
/// last of its year.
fn civil(days: i64) -> Option<(i64, i64, i64)> {
    let shifted = days.checked_add(DAYS_BEFORE_EPOCH)?;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (0..=9_999).contains(&year).then_some((year, month, day))
}

/// Writes `value`, which is below 100, as two digits at `at`.
fn two(text: &mut [u8; 19], at: usize, value: i64) {
    text[at] = digit(value / 10);
    text[at + 1] = digit(value % 10);
}

fn digit(value: i64) -> u8 {
    b'0' + u8::try_from(value).unwrap_or_default()
}

fn write_fraction(micros: i64, out: &mut Vec<u8>) {
    if micros == 0 {
        return;
    }
    out.push(b'.');
    let (mut rest, mut unit) = (micros, 100_000);
    while rest > 0 {
        out.push(digit(rest / unit));
        rest %= unit;
        unit = (unit / 10).max(1);
    }
}

/// Appends a number in the shortest form that reads back as the same number, never with an
/// exponent: `0.1`, `60`, `1000000`, `NaN`, `inf`.
pub(crate) fn write_real(value: f64, out: &mut Vec<u8>) {
    // Whole numbers are common (delays in seconds) and much cheaper as integers.
    if value.abs() < 9e15 && value.fract() == 0.0 && (value != 0.0 || value.is_sign_positive()) {
        #[expect(clippy::cast_possible_truncation, reason = "whole and far inside the range")]
        write_integer(value as i64, out);
    } else {
        append(out, value);
    }
}

/// Appends a whole number in decimal digits.
pub(crate) fn write_integer(value: i64, out: &mut Vec<u8>) {
    if value < 0 {
        out.push(b'-');
    }
    write_count(value.unsigned_abs(), out);
}

/// Appends a whole number that is not negative in decimal digits.
pub(crate) fn write_count(mut value: u64, out: &mut Vec<u8>) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends anything that can be shown; writing to a `Vec` cannot fail.
pub(crate) fn append(out: &mut Vec<u8>, value: impl std::fmt::Display) {
    let _ = write!(out, "{value}");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn instant(micros: i64) -> String {
        let mut out = Vec::new();
        write_instant(Timestamp(micros), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn instants_are_rfc_3339() {
        for (name, micros, expected) in [
            ("epoch", 0, "1970-01-01T00:00:00Z"),
            ("whole second", 1_673_000_000_000_000, "2023-01-06T10:13:20Z"),
            ("half second", 1_673_000_000_500_000, "2023-01-06T10:13:20.5Z"),
            ("one microsecond", 1, "1970-01-01T00:00:00.000001Z"),
            ("before the epoch", -1, "1969-12-31T23:59:59.999999Z"),
            ("leap day", 951_782_400_000_000, "2000-02-29T00:00:00Z"),
            ("year 0", -62_167_219_200_000_000, "0000-01-01T00:00:00Z"),
            ("no calendar date", i64::MAX, "9223372036854775807 µs"),
        ] {
            assert_eq!(instant(micros), expected, "{name}");
        }
    }

    #[test]
    fn reals_are_short_and_never_have_an_exponent() {
        for (value, expected) in [
            (0.1, "0.1"),
            (60.0, "60"),
            (-0.0, "-0"),
            (-3.0, "-3"),
            (1e15, "1000000000000000"),
            (1e21, "1000000000000000000000"),
            (1.5e-7, "0.00000015"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            let mut out = Vec::new();
            write_real(value, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    proptest! {
        #[test]
        fn instants_are_what_the_model_shows(micros in -70_000_000_000_000_000_i64..260_000_000_000_000_000) {
            prop_assert_eq!(instant(micros), Timestamp(micros).to_string());
        }

        #[test]
        fn any_instant_is_written(micros in any::<i64>()) {
            prop_assert_eq!(instant(micros), Timestamp(micros).to_string());
        }

        #[test]
        fn reals_read_back(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            let mut out = Vec::new();
            write_real(value, &mut out);
            let back: f64 = String::from_utf8(out).unwrap().parse().unwrap();
            prop_assert!(back.to_bits() == bits || (back.is_nan() && value.is_nan()));
        }

        #[test]
        fn integers_read_back(value in any::<i64>()) {
            let mut out = Vec::new();
            write_integer(value, &mut out);
            prop_assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
    }
}
