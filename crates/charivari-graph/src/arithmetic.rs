//! Functions of mathematics made from additions, multiplications and divisions only.
//!
//! The standard library's `exp` and `ln` are those of the system and may differ in the last bit
//! from one machine to the next; communities and drawings must not.

use std::f64::consts::LN_2;

/// e to the power of `x` for `x` ≤ 0; 0 for anything below −700 or not a number. Relative error
/// below 10⁻¹².
pub(crate) fn exp_of_negative(x: f64) -> f64 {
    if x.is_nan() || x < -700.0 {
        return 0.0;
    }
    let x = x.min(0.0);
    let halvings = (x / LN_2).round();
    let rest = x - halvings * LN_2;
    // The rest is at most 0.35 in size, where twelve terms of the series suffice.
    let mut sum = 1.0;
    for term in (1..=12).rev() {
        sum = 1.0 + sum * rest / f64::from(term);
    }
    sum * power_of_two(halvings as i64)
}

/// The natural logarithm of 1 + `x` for `x` ≥ 0 and finite; 0 otherwise. Absolute error below
/// 10⁻⁸, which is plenty for a drawing.
pub(crate) fn ln_1p(x: f64) -> f64 {
    const MANTISSA: u64 = (1 << 52) - 1;
    if !(x > 0.0 && x.is_finite()) {
        return 0.0;
    }
    let bits = (1.0 + x).to_bits();
    let mut exponent = (bits >> 52) as f64 - 1023.0;
    let mut mantissa = f64::from_bits((bits & MANTISSA) | (1023 << 52));
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa *= 0.5;
        exponent += 1.0;
    }
    // ln m = 2 artanh s with s at most 0.172, so that the series falls by 30 with each term.
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let s2 = s * s;
    let series = 1.0 + s2 * (1.0 / 3.0 + s2 * (0.2 + s2 * (1.0 / 7.0 + s2 / 9.0)));
    2.0 * s * series + exponent * LN_2
}

/// 2 to the power of `exponent`, for exponents of normal doubles.
fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits((exponent.clamp(-1022, 1023) + 1023).cast_unsigned() << 52)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    #[test]
    fn exp_agrees_with_the_system() {
        for step in 0..7000 {
            let x = -f64::from(step) / 10.0;
            let (met, expected) = (exp_of_negative(x), x.exp());
            assert!((met - expected).abs() <= 1e-12 * expected, "{x}: {met} {expected}");
        }
        assert_eq!(exp_of_negative(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp_of_negative(f64::NAN), 0.0);
    }

    #[test]
    fn ln_agrees_with_the_system() {
        for step in 0..2000 {
            let x = 1.02_f64.powi(step - 1000);
            assert!((ln_1p(x) - x.ln_1p()).abs() < 1e-8, "{x}");
        }
        assert_eq!(ln_1p(f64::NAN) + ln_1p(-1.0) + ln_1p(f64::INFINITY), 0.0);
    }
}
