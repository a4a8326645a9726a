//! Logistic regression with shrinkage, and how well its probabilities hold.

/// What a fit gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The weight of each column, in the order of the rows' values.
    pub weights: Vec<f64>,
}

/// Weights of a logistic regression that pays `shrink` × weight² ÷ 2 for each weight but the
/// first, by Newton's method; rows of values and whether the thing was there.
///
/// The first column is taken for the constant, which is not shrunk.
pub fn logistic(rows: &[Vec<f64>], there: &[bool], shrink: f64) -> Fit {
    let width = rows.first().map_or(0, Vec::len);
    let mut weights = vec![0.0; width];
    for _ in 0..60 {
        let (gradient, hessian) = newton(rows, there, &weights, shrink);
        let Some(step) = solve(hessian, gradient) else { break };
        let largest = step.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        // Long steps are cut, so that separable data cannot throw the weights about.
        let scale = if largest > 4.0 { 4.0 / largest } else { 1.0 };
        for (weight, change) in weights.iter_mut().zip(&step) {
            *weight += change * scale;
        }
        if largest < 1e-10 {
            break;
        }
    }
    Fit { weights }
}

/// As [`logistic`], with log odds that hold for others than those learnt from: shrinkage makes them
/// too timid, few rows too bold. Each group is told by weights learnt from all other groups; what
/// these odds are worth (Platt 1999) stretches the weights of all rows and moves their constant.
///
/// `groups` is by row: rows of one group are not independent.
pub fn stretched(rows: &[Vec<f64>], there: &[bool], groups: &[u32], shrink: f64) -> Fit {
    let mut names = groups.to_vec();
    names.sort_unstable();
    names.dedup();
    let mut odds = vec![0.0; rows.len()];
    for left_out in names {
        let kept = |place: &usize| groups[*place] != left_out;
        let (others, known): (Vec<Vec<f64>>, Vec<bool>) =
            (0..rows.len()).filter(kept).map(|place| (rows[place].clone(), there[place])).unzip();
        let fit = logistic(&others, &known, shrink);
        for place in (0..rows.len()).filter(|place| !kept(place)) {
            odds[place] = fit.log_odds(&rows[place]);
        }
    }
    let mut fit = logistic(rows, there, shrink);
    if let Some(held) = calibration(&odds, there) {
        fit.weights.iter_mut().for_each(|weight| *weight *= held.slope[0]);
        if let Some(constant) = fit.weights.first_mut() {
            *constant += held.intercept[0];
        }
    }
    fit
}

impl Fit {
    /// The log odds of a row.
    pub fn log_odds(&self, row: &[f64]) -> f64 {
        row.iter().zip(&self.weights).map(|(value, weight)| value * weight).sum()
    }
}

/// Slope and intercept of a calibration with 95 % intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// 1 where log odds are neither too bold nor too timid, with its interval.
    pub slope: [f64; 3],
    /// 0 where they are neither too high nor too low, with its interval; at the slope found.
    pub intercept: [f64; 3],
}

/// How log odds that were given hold against what was there (Cox 1958): the estimate, then its
/// 95 % interval.
pub fn calibration(log_odds: &[f64], there: &[bool]) -> Option<Calibration> {
    let rows: Vec<Vec<f64>> = log_odds.iter().map(|value| vec![1.0, *value]).collect();
    let fit = logistic(&rows, there, 0.0);
    let (_, hessian) = newton(&rows, there, &fit.weights, 0.0);
    let errors: Option<Vec<f64>> = (0..2)
        .map(|place| {
            let mut unit = vec![0.0; 2];
            unit[place] = 1.0;
            let column = solve(hessian.clone(), unit)?;
            Some(column[place].max(0.0).sqrt())
        })
        .collect();
    let errors = errors?;
    let around = |at: usize| {
        [fit.weights[at], fit.weights[at] - 1.96 * errors[at], fit.weights[at] + 1.96 * errors[at]]
    };
    Some(Calibration { slope: around(1), intercept: around(0) })
}

/// The mean of the precision at each thing that is there, from the highest score down; ties count
/// against.
pub fn average_precision(scores: &[f64], there: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(there[*a].cmp(&there[*b])));
    let (mut hits, mut sum) = (0_usize, 0.0);
    for (rank, place) in order.into_iter().enumerate() {
        if there[place] {
            hits += 1;
            sum += hits as f64 / (rank + 1) as f64;
        }
    }
    if hits == 0 { 0.0 } else { sum / hits as f64 }
}

/// The probability of log odds.
pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[allow(clippy::needless_range_loop, reason = "indices are those of the formula")]
fn newton(
    rows: &[Vec<f64>],
    there: &[bool],
    weights: &[f64],
    shrink: f64,
) -> (Vec<f64>, Vec<Vec<f64>>) {
    let width = weights.len();
    let (mut gradient, mut hessian) = (vec![0.0; width], vec![vec![0.0; width]; width]);
    for (row, there) in rows.iter().zip(there) {
        let odds: f64 = row.iter().zip(weights).map(|(value, weight)| value * weight).sum();
        let p = probability(odds);
        let miss = f64::from(u8::from(*there)) - p;
        for i in 0..width {
            gradient[i] += miss * row[i];
            for j in 0..width {
                hessian[i][j] += p * (1.0 - p) * row[i] * row[j];
            }
        }
    }
    for i in 1..width {
        gradient[i] -= shrink * weights[i];
        hessian[i][i] += shrink;
    }
    (gradient, hessian)
}

/// The solution of a small system of equations by elimination; none where it has no single one.
#[allow(clippy::needless_range_loop, reason = "indices are those of the formula")]
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs()))?;
        if matrix[pivot][column].abs() < 1e-12 {
            return None;
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..size {
            let factor = matrix[row][column] / matrix[column][column];
            for at in column..size {
                matrix[row][at] -= factor * matrix[column][at];
            }
            right[row] -= factor * right[column];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|at| matrix[row][at] * right[at]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_table_gives_its_log_odds() {
        // 30 of 40 with the sign, 10 of 40 without: log odds of ln 3 and -ln 3.
        let rows: Vec<Vec<f64>> =
            (0..80).map(|n| vec![1.0, if n < 40 { 1.0 } else { 0.0 }]).collect();
        let there: Vec<bool> = (0..80).map(|n| n < 30 || (40..50).contains(&n)).collect();
        let fit = logistic(&rows, &there, 0.0);
        let three = 3.0_f64.ln();
        assert!((fit.weights[0] + three).abs() < 1e-6, "{fit:?}");
        assert!((fit.weights[1] - 2.0 * three).abs() < 1e-6, "{fit:?}");
        let shrunk = logistic(&rows, &there, 5.0);
        assert!(shrunk.weights[1] < fit.weights[1] && shrunk.weights[1] > 0.5);
        let odds: Vec<f64> =
            rows.iter().map(|row| fit.weights[0] + fit.weights[1] * row[1]).collect();
        let held = calibration(&odds, &there).unwrap();
        assert!((held.slope[0] - 1.0).abs() < 1e-6 && held.intercept[0].abs() < 1e-6);
        assert!(held.slope[1] < 1.0 && held.slope[2] > 1.0);
    }

    #[test]
    fn average_precision_of_known_orders() {
        let cases: [(&str, &[f64], &[bool], f64); 4] = [
            ("all first", &[3.0, 2.0, 1.0], &[true, true, false], 1.0),
            ("one late", &[3.0, 2.0, 1.0], &[true, false, true], f64::midpoint(1.0, 2.0 / 3.0)),
            ("ties count against", &[1.0, 1.0], &[true, false], 0.5),
            ("nothing", &[], &[], 0.0),
        ];
        for (name, scores, there, expected) in cases {
            assert!((average_precision(scores, there) - expected).abs() < 1e-12, "{name}");
        }
    }
}
