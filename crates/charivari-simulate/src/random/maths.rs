//! Logarithm and exponential from additions, multiplications and divisions only.
//!
//! Those operations are exact to the last bit on every machine (IEEE 754); the functions of the
//! platform's library are not. Ours are right to about 14 digits, which is ample for a simulation.

/// The natural logarithm of 2 in two parts: the first has few bits, so that its multiples are exact.
const LN_2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);

/// The natural logarithm of `x`; that of the smallest positive number where `x` is not positive.
#[must_use]
pub fn ln(x: f64) -> f64 {
    let bits = x.max(f64::MIN_POSITIVE).to_bits();
    let mut exponent = (bits >> 52) as f64 - 1_023.0;
    // The part in [1, 2), then in [0.7, 1.4), where the series is short.
    let mut part = f64::from_bits((bits & ((1 << 52) - 1)) | (1_023 << 52));
    if part > std::f64::consts::SQRT_2 {
        part /= 2.0;
        exponent += 1.0;
    }
    let s = (part - 1.0) / (part + 1.0);
    let square = s * s;
    // ln(part) = 2 (s + s³/3 + s⁵/5 + …), summed from the smallest term.
    let series = (0..12).rev().fold(0.0, |sum, k| sum * square + 1.0 / f64::from(2 * k + 1));
    exponent * LN_2.0 + (exponent * LN_2.1 + 2.0 * s * series)
}

/// e to the power `x`, for `x` cut to -700..=700.
#[must_use]
pub fn exp(x: f64) -> f64 {
    let x = x.clamp(-700.0, 700.0);
    let halvings = (x / std::f64::consts::LN_2).round();
    let rest = x - halvings * LN_2.0 - halvings * LN_2.1;
    // 1 + r (1 + r/2 (1 + r/3 (…))), from the innermost bracket.
    let series = (1..=15).rev().fold(1.0, |sum, k| 1.0 + rest / f64::from(k) * sum);
    series * power_of_two(halvings as i64)
}

fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(u64::try_from(exponent + 1_023).unwrap_or(0) << 52)
}

/// The whole part of `x`, 0 where `x` is negative.
#[must_use]
#[expect(clippy::cast_sign_loss, reason = "a conversion to an unsigned integer ends at 0")]
pub fn whole(x: f64) -> u64 {
    x as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_agree_with_the_platform() {
        for x in [1e-300, 1e-9, 0.3, 0.999, 1.0, 1.5, 2.0, 10.0, 12_345.678, 1e300] {
            assert!((ln(x) - x.ln()).abs() <= 1e-13 * x.ln().abs().max(1.0), "ln {x}");
        }
        for x in [-650.0, -20.5, -1.0, 0.0, 1e-9, 0.5, 1.0, 3.25, 100.0, 699.0_f64] {
            assert!((exp(x) / x.exp() - 1.0).abs() <= 1e-12, "exp {x}");
        }
    }

    #[test]
    fn the_ends_of_the_range_are_finite() {
        assert!(ln(0.0).is_finite() && ln(-1.0).is_finite());
        assert!(exp(1e9).is_finite() && exp(-1e9) >= 0.0);
        assert_eq!((whole(-3.0), whole(2.9), whole(f64::NAN)), (0, 2, 0));
    }
}
