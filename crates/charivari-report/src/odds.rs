//! Probabilities as people read them: no more digits than are known, and none beyond a million.

use crate::format;

/// Below this nothing is told apart: no simulation goes that far.
pub(crate) const LEAST: f64 = 1e-6;

/// `1 in 20,000`, `less than 1 in a million`.
pub(crate) fn odds(p: f64) -> String {
    if !p.is_finite() || p < 0.0 {
        return "unknown".to_owned();
    }
    if p < LEAST {
        return "less than 1 in a million".to_owned();
    }
    if p > 0.5 {
        return "more than 1 in 2".to_owned();
    }
    format!("1 in {}", format::number(round_down(1.0 / p)))
}

/// `value` with its first digit alone, rounded down: odds are not made to look better.
fn round_down(value: f64) -> u64 {
    // At most a million, and so exact; what 1 / p lacks to a whole number is a rounding of its own.
    #[allow(clippy::cast_sign_loss)]
    let whole = (value.clamp(1.0, 1e6) + 1e-6).floor() as u64;
    let unit = 10_u64.pow(whole.ilog10());
    if whole < 20 { whole } else { whole / unit * unit }
}

/// A share of 0 to 1 in a hundred: `5 in 100`, or `1 in 1,000` where it is less than one.
pub(crate) fn in_hundred(share: f64) -> String {
    if !(0.01..=1.0).contains(&share) {
        return odds(share);
    }
    let hundredths = (share * 1_000.0).round() / 10.0;
    format!("{hundredths} in 100")
}

/// How often chance would make something: `0.04`, `2.3`, `74`.
pub(crate) fn expected(value: f64) -> String {
    if !value.is_finite() || value < 0.0 {
        return "unknown".to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    if value < 0.01 {
        return "less than 0.01".to_owned();
    }
    if value >= 9.95 {
        return about(value);
    }
    let shown = if value < 0.1 { format!("{value:.2}") } else { format!("{value:.1}") };
    shown.strip_suffix(".0").map(str::to_owned).unwrap_or(shown)
}

/// A large number that need not be whole, to the next whole.
pub(crate) fn about(value: f64) -> String {
    // Clamped to what a cast keeps.
    #[allow(clippy::cast_sign_loss)]
    let whole = value.round().clamp(0.0, 1e18) as u64;
    format::number(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_are_round_and_never_better_than_they_are() {
        for (p, shown) in [
            (1.0, "more than 1 in 2"),
            (0.5, "1 in 2"),
            (0.3, "1 in 3"),
            (0.05, "1 in 20"),
            (0.08, "1 in 12"),
            (0.000_05, "1 in 20,000"),
            (0.000_049, "1 in 20,000"),
            (1e-6, "1 in 1,000,000"),
            (9e-7, "less than 1 in a million"),
            (0.0, "less than 1 in a million"),
            (f64::MIN_POSITIVE, "less than 1 in a million"),
            (f64::NAN, "unknown"),
            (-1.0, "unknown"),
        ] {
            assert_eq!(odds(p), shown, "{p}");
        }
    }

    #[test]
    fn shares_and_expectations_have_few_digits() {
        assert_eq!(in_hundred(0.05), "5 in 100");
        assert_eq!(in_hundred(0.025), "2.5 in 100");
        assert_eq!(in_hundred(0.001), "1 in 1,000");
        for (value, shown) in [
            (0.0, "0"),
            (0.001, "less than 0.01"),
            (0.043, "0.04"),
            (2.34, "2.3"),
            (3.0, "3"),
            (73.7, "74"),
            (9.97, "10"),
            (1_234.5, "1,235"),
            (f64::NAN, "unknown"),
        ] {
            assert_eq!(expected(value), shown, "{value}");
        }
    }
}
