//! Do probabilities mean what they say? The slope and the intercept of right against said.

use serde::Serialize;

use super::measures::Interval;

const Z: f64 = 1.959_964;

/// The calibration of the first candidate: right or wrong against the log odds it was given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// 1 for a perfect forecaster; below it, the forecasts are too extreme.
    pub slope: f64,
    /// Its 95 % interval.
    pub slope_interval: Interval,
    /// 0 for a perfect forecaster; above it, the forecasts are too low.
    pub intercept: f64,
    /// Its 95 % interval.
    pub intercept_interval: Interval,
}

/// A logistic regression of right (1) or wrong (0), the second of each pair, on its log odds.
pub(super) fn calibration(pairs: &[(f64, f64)]) -> Option<Calibration> {
    let (mut intercept, mut slope) = (0.0, 0.0);
    let mut inverse = [0.0; 3];
    for _ in 0..50 {
        // The gradient, and the lower half of the information matrix.
        let (mut gradient, mut matrix) = ([0.0; 2], [0.0; 3]);
        for &(odds, is_right) in pairs {
            let chance = 1.0 / (1.0 + (-(intercept + slope * odds)).exp());
            let spread = chance * (1.0 - chance);
            gradient[0] += is_right - chance;
            gradient[1] += (is_right - chance) * odds;
            matrix[0] += spread;
            matrix[1] += spread * odds;
            matrix[2] += spread * odds * odds;
        }
        let det = matrix[0] * matrix[2] - matrix[1] * matrix[1];
        // Where all are right, all wrong, or all alike, there is no slope to speak of.
        if det.is_nan() || det < 1e-9 {
            return None;
        }
        inverse = [matrix[2] / det, -matrix[1] / det, matrix[0] / det];
        intercept += inverse[0] * gradient[0] + inverse[1] * gradient[1];
        slope += inverse[1] * gradient[0] + inverse[2] * gradient[1];
    }
    let within =
        |value: f64, variance: f64| (value - Z * variance.sqrt(), value + Z * variance.sqrt());
    let is_found = slope.is_finite() && slope.abs() < 50.0 && intercept.abs() < 50.0;
    is_found.then(|| Calibration {
        slope,
        slope_interval: within(slope, inverse[2]),
        intercept,
        intercept_interval: within(intercept, inverse[0]),
    })
}

#[cfg(test)]
mod tests {
    use super::super::chance::Draws;
    use super::*;

    #[test]
    fn an_overconfident_forecaster_has_a_slope_below_one() {
        let mut draws = Draws::new(8);
        let pairs: Vec<(f64, f64)> = (0..2_000)
            .map(|_| {
                let odds = 4.0 * draws.unit() - 2.0;
                let is_right = draws.unit() < 1.0 / (1.0 + (-odds).exp());
                (3.0 * odds, f64::from(u8::from(is_right)))
            })
            .collect();
        let found = calibration(&pairs).unwrap();
        assert!((found.slope - 1.0 / 3.0).abs() < 0.1, "{found:?}");
        assert!(found.slope_interval.1 < 1.0, "{found:?}");
    }

    #[test]
    fn where_all_are_right_or_all_alike_there_is_no_slope() {
        for (name, pairs) in
            [("all right", [(1.0, 1.0), (0.5, 1.0)]), ("all alike", [(1.0, 1.0), (1.0, 0.0)])]
        {
            assert_eq!(calibration(&pairs), None, "{name}");
        }
        assert_eq!(calibration(&[]), None);
    }
}
