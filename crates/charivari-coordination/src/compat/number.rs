//! Numbers as R writes them into a CSV file.

use std::borrow::Cow;

/// Writes a number as R's `fwrite` and `write.csv` do.
///
/// At most 15 significant digits, no trailing zeros, and the scientific form where it is shorter:
/// `16.3333333333333`, `604800`, but `1e+05`. What is not a number is an empty field.
pub(super) fn r_number(value: f64) -> Cow<'static, str> {
    if value.is_nan() {
        return Cow::Borrowed("");
    }
    if value.is_infinite() {
        return Cow::Borrowed(if value > 0.0 { "Inf" } else { "-Inf" });
    }
    if value == 0.0 {
        return Cow::Borrowed("0");
    }
    let (digits, exponent) = significant_digits(value.abs());
    let fixed = fixed_form(&digits, exponent);
    let scientific = scientific_form(&digits, exponent);
    let body = if fixed.len() <= scientific.len() { fixed } else { scientific };
    if value < 0.0 { Cow::Owned(format!("-{body}")) } else { Cow::Owned(body) }
}

/// The digits of a positive number rounded to 15 places, without trailing zeros, and the exponent
/// of the first.
fn significant_digits(value: f64) -> (String, i32) {
    let text = format!("{value:.14e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    (digits.to_owned(), exponent.parse().unwrap_or(0))
}

fn fixed_form(digits: &str, exponent: i32) -> String {
    if exponent < 0 {
        let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
        return format!("0.{zeros}{digits}");
    }
    let whole = exponent.unsigned_abs() as usize + 1;
    if digits.len() <= whole {
        return format!("{digits}{}", "0".repeat(whole - digits.len()));
    }
    let (whole, rest) = digits.split_at(whole);
    format!("{whole}.{rest}")
}

fn scientific_form(digits: &str, exponent: i32) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    format!("{first}{point}{rest}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The right column is what R 4.2.2 with data.table 1.14.8 wrote.
    #[test]
    fn numbers_are_written_as_r_writes_them() {
        let cases = [
            (0.0, "0"),
            (1.0, "1"),
            (12.0, "12"),
            (0.5, "0.5"),
            (0.1, "0.1"),
            (-2.5, "-2.5"),
            (1.0 / 3.0, "0.333333333333333"),
            (2.0 / 3.0, "0.666666666666667"),
            (49.0 / 3.0, "16.3333333333333"),
            (1e5 / 3.0, "33333.3333333333"),
            (1e-3 / 3.0, "0.000333333333333333"),
            (123_456.7, "123456.7"),
            (123_456_789.123_456_79, "123456789.123457"),
            (100_000.0, "1e+05"),
            (100_001.0, "100001"),
            (120_000.0, "120000"),
            (300_000.0, "3e+05"),
            (604_800.0, "604800"),
            (1e-4, "1e-04"),
            (1e-5, "1e-05"),
            (0.000_123_45, "0.00012345"),
            (1e15, "1e+15"),
            (1e22, "1e+22"),
            (123_456_789_012_345_678.0, "123456789012346000"),
            (f64::NAN, ""),
        ];
        for (value, expected) in cases {
            assert_eq!(r_number(value), expected, "{value}");
        }
    }
}
