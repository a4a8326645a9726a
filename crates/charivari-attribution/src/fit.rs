//! Learning the weights: a conditional logit over the candidates of each case.
//!
//! Each case asks "which of these?", and the weights are those that make the true answers most
//! likely, with a ridge against over-fitting and none below zero for evidence. Afterwards the
//! sharpness and the floor are fitted on what weights say of actors they were fitted without.

use crate::features::{FEATURES, Features, IS_EVIDENCE};
use crate::weights::{Model, mixed, size_factor, softmax};

/// A case with its features and its answer.
#[derive(Clone, Debug)]
pub struct Example {
    /// What was measured.
    pub features: Features,
    /// The places of the true actors among the candidates.
    pub truth: Vec<usize>,
    /// In which fold the actors of this case are left out.
    pub fold: usize,
}

const RIDGE: f64 = 3.0;
const ROUNDS: usize = 60;
/// The least is above nothing: public attributions are themselves wrong now and then, so that no
/// resemblance may be certain, however little the fitted cases need it.
const FLOORS: [f64; 7] = [0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2];

/// Examples as centred and scaled matrices.
struct Scaled<'e> {
    rows: Vec<(Vec<Vec<f64>>, &'e [usize])>,
    scale: Vec<f64>,
}

impl<'e> Scaled<'e> {
    fn new(examples: &[&'e Example], width: usize) -> Self {
        let mut scale = vec![0.0; width];
        let mut rows = Vec::with_capacity(examples.len());
        for example in examples {
            let values = &example.features.values;
            let count = values.len() as f64;
            let mean: Vec<f64> =
                (0..width).map(|at| values.iter().map(|of| of[at]).sum::<f64>() / count).collect();
            let centre = |of: &[f64; FEATURES.len()]| -> Vec<f64> {
                of.iter().zip(&mean).map(|(value, mean)| value - mean).collect()
            };
            let matrix: Vec<Vec<f64>> = values.iter().map(centre).collect();
            for (at, scale) in scale.iter_mut().enumerate() {
                *scale += matrix.iter().map(|row| row[at] * row[at]).sum::<f64>() / count;
            }
            rows.push((matrix, example.truth.as_slice()));
        }
        for scale in &mut scale {
            *scale = (*scale / rows.len().max(1) as f64).sqrt() + 1e-9;
        }
        for ((matrix, _), example) in rows.iter_mut().zip(examples) {
            let factor = size_factor(example.features.size);
            for row in matrix {
                for (value, scale) in row.iter_mut().zip(&scale) {
                    *value *= factor / scale;
                }
            }
        }
        Self { rows, scale }
    }

    /// The loss with its slope and curvature.
    fn loss(&self, weights: &[f64]) -> (f64, Vec<f64>, Vec<Vec<f64>>) {
        let width = weights.len();
        let mut loss = RIDGE / 2.0 * weights.iter().map(|it| it * it).sum::<f64>();
        let mut slope: Vec<f64> = weights.iter().map(|it| RIDGE * it).collect();
        let mut curve = vec![vec![0.0; width]; width];
        for (at, row) in curve.iter_mut().enumerate() {
            row[at] = RIDGE;
        }
        for (matrix, truth) in self.rows.iter().filter(|(_, truth)| !truth.is_empty()) {
            let dot = |row: &Vec<f64>| row.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>();
            let chances = softmax(&matrix.iter().map(dot).collect::<Vec<_>>(), 1.0);
            let right: f64 = truth.iter().map(|&at| chances[at]).sum::<f64>().max(1e-300);
            loss -= right.ln();
            let mut expected = vec![0.0; width];
            for (row, chance) in matrix.iter().zip(&chances) {
                add(&mut expected, row, *chance);
            }
            for &at in *truth {
                add(&mut slope, &matrix[at], -chances[at] / right);
            }
            add(&mut slope, &expected, 1.0);
            for (row, chance) in matrix.iter().zip(&chances) {
                for (i, curve) in curve.iter_mut().enumerate() {
                    let factor = chance * (row[i] - expected[i]);
                    for (j, cell) in curve.iter_mut().enumerate() {
                        *cell += factor * (row[j] - expected[j]);
                    }
                }
            }
        }
        (loss, slope, curve)
    }
}

fn add(sum: &mut [f64], row: &[f64], factor: f64) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += factor * value;
    }
}

/// The weights of the first `width` features that fit `examples` best.
pub fn weights(examples: &[&Example], width: usize) -> Vec<f64> {
    let scaled = Scaled::new(examples, width);
    let mut weights = vec![0.0; width];
    let (mut loss, mut slope, mut curve) = scaled.loss(&weights);
    for _ in 0..ROUNDS {
        // What lies at its bound and wants to go beyond it stays there for this step.
        let is_free = |at: &usize| !(IS_EVIDENCE[*at] && weights[*at] <= 0.0 && slope[*at] > 0.0);
        let free: Vec<usize> = (0..width).filter(is_free).collect();
        let step = solve(&curve, &slope, &free);
        let mut length = 1.0;
        let better = loop {
            let mut next = weights.clone();
            for (&at, step) in free.iter().zip(&step) {
                next[at] -= length * step;
                if IS_EVIDENCE[at] {
                    next[at] = next[at].max(0.0);
                }
            }
            let found = scaled.loss(&next);
            if found.0 < loss - 1e-10 {
                break Some((next, found));
            }
            length /= 2.0;
            if length < 1e-6 {
                break None;
            }
        };
        let Some((next, found)) = better else { break };
        weights = next;
        (loss, slope, curve) = found;
    }
    weights.iter().zip(&scaled.scale).map(|(weight, scale)| weight / scale).collect()
}

/// Solves `curve · step = slope` for the free places; the ridge keeps it from being singular.
fn solve(curve: &[Vec<f64>], slope: &[f64], free: &[usize]) -> Vec<f64> {
    let row = |&at: &usize| -> Vec<f64> {
        free.iter().map(|&of| curve[at][of]).chain([slope[at]]).collect()
    };
    let mut rows: Vec<Vec<f64>> = free.iter().map(row).collect();
    let count = rows.len();
    for pivot in 0..count {
        let (done, rest) = rows.split_at_mut(pivot + 1);
        let head = &done[pivot];
        for row in rest {
            let factor = row[pivot] / head[pivot];
            for (value, head) in row.iter_mut().zip(head) {
                *value -= factor * head;
            }
        }
    }
    let mut found = vec![0.0; count];
    for at in (0..count).rev() {
        let known: f64 = (at + 1..count).map(|of| rows[at][of] * found[of]).sum();
        found[at] = (rows[at][count] - known) / rows[at][at];
    }
    found
}

/// The sharpness and the floor that fit scores of cases that the weights did not see.
fn sharpness_and_floor(scored: &[(Vec<f64>, &Example)]) -> (f64, f64) {
    let mut best = (f64::INFINITY, 1.0, 0.0);
    for step in 10..=32 {
        let sharpness = f64::from(step) / 20.0;
        let chances: Vec<(Vec<f64>, &Example)> = scored
            .iter()
            .map(|(scores, of)| (softmax(scores, sharpness * size_factor(of.features.size)), *of))
            .collect();
        for floor in FLOORS {
            let loss = |(chances, of): &(Vec<f64>, &Example)| {
                let right: f64 = of.truth.iter().map(|&at| mixed(chances, floor)[at]).sum();
                -right.max(1e-12).ln()
            };
            let asked = chances.iter().filter(|(_, of)| !of.truth.is_empty());
            let sum: f64 = asked.map(loss).sum();
            if sum < best.0 {
                best = (sum, sharpness, floor);
            }
        }
    }
    (best.1, best.2)
}

/// Fits weights, and their calibration on inner folds of the same examples.
pub fn model(examples: &[&Example], width: usize) -> Model {
    let mut folds: Vec<usize> = examples.iter().map(|of| of.fold).collect();
    folds.sort_unstable();
    folds.dedup();
    let mut scored = Vec::new();
    for fold in folds {
        let (out, seen): (Vec<&Example>, Vec<&Example>) =
            examples.iter().partition(|of| of.fold == fold);
        let held = weights(&seen, width);
        for example in out {
            let score = |of: &[f64; FEATURES.len()]| -> f64 {
                of.iter().zip(&held).map(|(value, weight)| value * weight).sum()
            };
            scored.push((example.features.values.iter().map(score).collect(), example));
        }
    }
    let (sharpness, floor) = sharpness_and_floor(&scored);
    Model { weights: weights(examples, width), sharpness, floor }
}

/// The sharpness that makes plain scores most likely; no size of the query is taken into account.
pub fn temperature(scored: &[(Vec<f64>, Vec<usize>)]) -> f64 {
    let loss = |sharpness: f64| -> f64 {
        let of = |(scores, truth): &(Vec<f64>, Vec<usize>)| {
            let chances = softmax(scores, sharpness);
            -truth.iter().map(|&at| chances[at]).sum::<f64>().max(1e-12).ln()
        };
        scored.iter().filter(|(_, truth)| !truth.is_empty()).map(of).sum()
    };
    let (mut low, mut high) = (0.01_f64.ln(), 10.0_f64.ln());
    // Golden sections; the loss has one valley.
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    for _ in 0..60 {
        let (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        if loss(left.exp()) <= loss(right.exp()) {
            high = right;
        } else {
            low = left;
        }
    }
    f64::midpoint(low, high).exp()
}

/// Shares actors out to folds so that each fold has about as many cases; equal ones by their ids.
pub fn folds(counts: &[(String, usize)], folds: usize) -> Vec<Vec<String>> {
    let mut actors: Vec<&(String, usize)> = counts.iter().collect();
    actors.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut made = vec![(0, Vec::new()); folds.max(1)];
    for (actor, count) in actors {
        if let Some(least) = made.iter_mut().min_by_key(|fold| fold.0) {
            least.0 += count;
            least.1.push(actor.clone());
        }
    }
    made.into_iter().map(|(_, actors)| actors).filter(|actors| !actors.is_empty()).collect()
}
