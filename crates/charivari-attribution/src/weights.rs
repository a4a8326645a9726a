//! How much each feature counts, as learnt on public cases, and how scores become probabilities.

use std::io::Read;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::features::{FEATURES, IS_EVIDENCE, WITHOUT_SOFTWARE};
use crate::profile::read_text;

/// The number of techniques at which a score is taken as it is.
pub(crate) const USUAL_SIZE: f64 = 15.0;
/// How evidence fades as it grows: techniques of one report depend on each other, so that thirty of
/// them are not twice the evidence of fifteen.
pub(crate) const SIZE_EXPONENT: f64 = -0.45;

/// The weights of the features and the calibration of one question.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Model {
    /// By feature; four without tools, six with them.
    pub weights: Vec<f64>,
    /// What scores are multiplied by before they become probabilities (the inverse of a temperature).
    pub sharpness: f64,
    /// What is shared out evenly among all actors, because no score knows everything.
    pub floor: f64,
}

/// The two questions: techniques only, and techniques with tools.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Models {
    /// Techniques only.
    pub techniques: Model,
    /// Techniques with tools.
    pub software: Model,
    /// The temperature of plain BM25 (b = 0.25) on the same cases, to compare with.
    pub baseline: Baseline,
}

/// The sharpness of plain BM25, fitted on the same cases.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Baseline {
    /// Techniques only.
    pub techniques: f64,
    /// Techniques, and tools at 1.5 times their BM25.
    pub software: f64,
}

/// Weights that were fitted without some actors.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Fold {
    /// The actors whose cases were not seen in fitting.
    pub actors: Vec<String>,
    /// What was fitted without them.
    pub models: Models,
}

/// All weights that are shipped.
///
/// An actor whose cases were seen in fitting may only be tested with weights fitted without it:
/// that is what the folds are for. Everybody else is ranked with the weights fitted on all.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Weights {
    /// The names of the features, in order.
    pub features: Vec<String>,
    /// How many cases were fitted on.
    pub cases: usize,
    /// Fitted on all of them.
    pub all: Models,
    /// Fitted without some actors each; every actor that was fitted on is left out in one fold.
    pub folds: Vec<Fold>,
}

/// The largest weight and sharpness; fitted ones are near 1.
const LARGEST: f64 = 1_000.0;

const SHIPPED: &str = include_str!("../data/weights.json");

impl Weights {
    /// The weights that are shipped.
    ///
    /// # Errors
    /// `E1106` if they are damaged.
    pub fn shipped() -> Result<Self> {
        Self::read(SHIPPED.as_bytes())
    }

    /// Reads weights from JSON, and refuses those of other features.
    ///
    /// # Errors
    /// `E1109` if it cannot be read, `E1106` if it is no weights of these features.
    pub fn read(input: impl Read) -> Result<Self> {
        let text = read_text(input, "the weights")?;
        let weights: Self =
            serde_json::from_str(&text).map_err(|error| Error::Weights(error.to_string()))?;
        if weights.features != FEATURES {
            let expected = FEATURES.join(", ");
            return Err(Error::Weights(format!("the features {expected} are expected")));
        }
        let sets = std::iter::once(&weights.all).chain(weights.folds.iter().map(|it| &it.models));
        for models in sets {
            models.techniques.check(WITHOUT_SOFTWARE)?;
            models.software.check(FEATURES.len())?;
        }
        Ok(weights)
    }

    /// The weights for a case whose true actors are these: those of the fold that did not see them.
    ///
    /// The second part is the fold, from 1, or nothing where all weights may be used. Two actors that
    /// were left out in different folds have no weights that saw neither.
    pub fn unseen(&self, actors: &[String]) -> Option<(&Models, Option<usize>)> {
        let mut fold = None;
        for actor in actors {
            let own = self.folds.iter().position(|fold| fold.actors.contains(actor));
            match (fold, own) {
                (_, None) => {}
                (None, some) => fold = some,
                (Some(one), Some(other)) if one == other => {}
                _ => return None,
            }
        }
        Some(match fold {
            None => (&self.all, None),
            Some(at) => (&self.folds[at].models, Some(at + 1)),
        })
    }
}

impl Models {
    /// The model of a question.
    pub fn model(&self, with_software: bool) -> &Model {
        if with_software { &self.software } else { &self.techniques }
    }
}

impl Model {
    fn check(&self, features: usize) -> Result<()> {
        if self.weights.len() != features {
            let met = self.weights.len();
            return Err(Error::Weights(format!("{features} weights are expected, {met} were met")));
        }
        let is_bad = |(weight, is_evidence): (&f64, &bool)| {
            !(-LARGEST..=LARGEST).contains(weight) || (*is_evidence && *weight < 0.0)
        };
        if self.weights.iter().zip(&IS_EVIDENCE).any(is_bad) {
            let problem = "weights are from -1000 to 1000, and those of evidence are not negative";
            return Err(Error::Weights(problem.to_owned()));
        }
        if !(self.sharpness > 0.0 && self.sharpness <= LARGEST && (0.0..1.0).contains(&self.floor))
        {
            let problem =
                "a sharpness above 0 and up to 1000 and a floor from 0 to below 1 are expected";
            return Err(Error::Weights(problem.to_owned()));
        }
        Ok(())
    }

    /// The score of one candidate.
    pub(crate) fn score(&self, features: &[f64]) -> f64 {
        self.weights.iter().zip(features).map(|(weight, value)| weight * value).sum()
    }

    /// What scores of a query with so much evidence become.
    pub(crate) fn probabilities(&self, scores: &[f64], size: f64) -> Vec<f64> {
        mixed(&softmax(scores, self.sharpness * size_factor(size)), self.floor)
    }
}

/// How much a score counts for a query with so much evidence.
pub(crate) fn size_factor(size: f64) -> f64 {
    (size.max(1.0) / USUAL_SIZE).powf(SIZE_EXPONENT)
}

/// Scores as probabilities that sum to one.
pub(crate) fn softmax(scores: &[f64], sharpness: f64) -> Vec<f64> {
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut odds: Vec<f64> = scores.iter().map(|it| ((it - top) * sharpness).exp()).collect();
    let sum: f64 = odds.iter().sum();
    for it in &mut odds {
        *it /= sum;
    }
    odds
}

/// Probabilities with `floor` of them shared out evenly.
pub(crate) fn mixed(probabilities: &[f64], floor: f64) -> Vec<f64> {
    let even = floor / probabilities.len().max(1) as f64;
    probabilities.iter().map(|it| it * (1.0 - floor) + even).collect()
}
