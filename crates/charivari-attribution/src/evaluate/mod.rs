//! How good is it? Every case asked once, its own sources forgotten, by weights that did not see it.

mod calibration;
pub mod cases;
mod chance;
pub mod measures;

use std::collections::BTreeMap;

use serde::Serialize;

pub use self::cases::{Case, Cases};
pub use self::measures::{Measures, Outcome};
use crate::calibrate::countries;
use crate::candidates::Candidates;
use crate::error::{Error, Result};
use crate::features::{self, Features};
use crate::fit::Example;
use crate::knowledge::Knowledge;
use crate::query::Query;
use crate::rank::rank;
use crate::weights::{Model, Models, Weights, mixed, size_factor, softmax};

/// Which weights are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// For each case, those that were fitted without its actors.
    #[default]
    Folds,
    /// Those fitted on all cases, for every case: too good on cases that were fitted on.
    All,
}

/// The measures of one kind of case, and those of plain BM25 on the same cases.
#[derive(Clone, Debug, Serialize)]
pub struct Kind {
    /// Of the ranking.
    #[serde(flatten)]
    pub measures: Measures,
    /// Of BM25 (b = 0.25; tools at 1.5) with one temperature fitted on the same folds.
    pub bm25: Measures,
}

/// Which weights answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Used {
    /// Whether tools were compared.
    pub software: bool,
    /// How many cases were answered by weights fitted on all fitted cases.
    pub by_all: usize,
    /// How many cases, by fold from 1, were answered by weights of a fold that left their actors out.
    pub by_fold: BTreeMap<usize, usize>,
    /// How many cases were answered by weights that had seen cases of their actors.
    pub seen_in_fitting: usize,
}

/// A whole evaluation.
#[derive(Clone, Debug, Serialize)]
pub struct Evaluation {
    /// Which weights answered.
    pub used: Used,
    /// By kind of case.
    #[serde(flatten)]
    pub kinds: BTreeMap<String, Kind>,
}

/// Asks all cases.
///
/// # Errors
/// `E1104` if no weights are without a case's actors, and the errors of [`Candidates`]. A case of which
/// nothing is known is asked all the same, and is wrong.
pub fn evaluate(
    knowledge: &Knowledge,
    cases: &[Case],
    weights: &Weights,
    with_software: bool,
    fit: Fit,
) -> Result<Evaluation> {
    let mut used = Used { software: with_software, ..Used::default() };
    let mut outcomes: BTreeMap<&str, (Vec<Outcome>, Vec<Outcome>)> = BTreeMap::new();
    for case in cases {
        let models = chosen(weights, case, fit, &mut used)?;
        let held = outcomes.entry(case.kind()).or_default();
        let candidates = Candidates::new(knowledge, &case.removal())?;
        held.0.push(ask(&candidates, case, models.model(with_software), with_software)?);
        held.1.push(ask_bm25(&candidates, case, models, with_software));
    }
    let mut kinds = BTreeMap::new();
    for (kind, (ours, plain)) in outcomes {
        if let (Some(measures), Some(bm25)) = (Measures::of(&ours), Measures::of(&plain)) {
            kinds.insert(kind.to_owned(), Kind { measures, bm25 });
        }
    }
    Ok(Evaluation { used, kinds })
}

/// The weights that answer a case, noted in `used`.
fn chosen<'w>(weights: &'w Weights, case: &Case, fit: Fit, used: &mut Used) -> Result<&'w Models> {
    let unseen = weights.unseen(&case.true_actor);
    if fit == Fit::All {
        used.by_all += 1;
        used.seen_in_fitting += usize::from(!matches!(unseen, Some((_, None))));
        return Ok(&weights.all);
    }
    let Some((models, fold)) = unseen else {
        let problem = "its true actors were left out in different folds, so that no weights are \
            without them";
        return Err(Error::Case { id: case.id.clone(), problem: problem.to_owned() });
    };
    match fold {
        Some(fold) => *used.by_fold.entry(fold).or_default() += 1,
        None => used.by_all += 1,
    }
    Ok(models)
}

/// The places of the true actors among the candidates.
pub fn truth(candidates: &Candidates<'_>, case: &Case) -> Vec<usize> {
    let mut truth: Vec<usize> =
        case.true_actor.iter().filter_map(|id| candidates.place(id)).collect();
    truth.sort_unstable();
    truth.dedup();
    truth
}

/// A case as an example to fit on.
///
/// # Errors
/// `E1108` if nobody has a technique.
pub fn example(
    knowledge: &Knowledge,
    case: &Case,
    with_software: bool,
    fold: usize,
) -> Result<Example> {
    let candidates = Candidates::new(knowledge, &case.removal())?;
    let features = Features::of(&candidates, &case.query(with_software));
    Ok(Example { features, truth: truth(&candidates, case), fold })
}

fn ask(
    candidates: &Candidates<'_>,
    case: &Case,
    model: &Model,
    with_software: bool,
) -> Result<Outcome> {
    let query = case.query(with_software);
    let ranking = match rank(candidates, &query, model) {
        Err(Error::NothingKnown { .. }) => return Ok(unanswered(candidates, case)),
        ranked => ranked?,
    };
    let mut scores = vec![0.0; candidates.len()];
    let mut chances = vec![0.0; candidates.len()];
    for actor in &ranking.actors {
        scores[actor.place] = actor.score;
        chances[actor.place] = actor.probability;
    }
    let truth = truth(candidates, case);
    let size = Features::of(candidates, &query).size;
    let others = without(&scores, &truth);
    let unknown = model.probabilities(&others, size);
    let pooled = countries(&ranking);
    Ok(outcome(case, &truth, &scores, &chances, &unknown, |is_named_only| {
        let best = pooled.iter().find(|it| !is_named_only || it.code.is_some());
        best.and_then(|it| it.code.clone())
    }))
}

/// A case of which nothing is known: all candidates are equal, so that the true one comes last.
fn unanswered(candidates: &Candidates<'_>, case: &Case) -> Outcome {
    let truth = truth(candidates, case);
    let scores = vec![0.0; candidates.len()];
    let even = |scores: &[f64]| softmax(scores, 1.0);
    let (all, others) = (even(&scores), even(&without(&scores, &truth)));
    outcome(case, &truth, &scores, &all, &others, |_| None)
}

fn without(scores: &[f64], truth: &[usize]) -> Vec<f64> {
    let others = scores.iter().enumerate().filter(|(at, _)| !truth.contains(at));
    others.map(|(_, &score)| score).collect()
}

/// The scores of plain BM25: what has to be beaten.
pub fn bm25_scores(candidates: &Candidates<'_>, query: &Query) -> Vec<f64> {
    let (techniques, software) = features::known(candidates, query);
    let mut scores = vec![0.0; candidates.len()];
    let parts = [
        (1.0, features::information(candidates, &techniques)),
        (1.5, features::bm25(&candidates.has_software, candidates.len(), &software, 0.25)),
    ];
    for (factor, parts) in parts {
        for part in parts {
            for (score, value) in scores.iter_mut().zip(part) {
                *score += factor * value;
            }
        }
    }
    scores
}

fn ask_bm25(
    candidates: &Candidates<'_>,
    case: &Case,
    models: &Models,
    with_software: bool,
) -> Outcome {
    let scores = bm25_scores(candidates, &case.query(with_software));
    let baseline = models.baseline;
    let sharpness = if with_software { baseline.software } else { baseline.techniques };
    let chances = softmax(&scores, sharpness);
    let truth = truth(candidates, case);
    let unknown = softmax(&without(&scores, &truth), sharpness);
    let mut pools: BTreeMap<Option<&str>, f64> = BTreeMap::new();
    for (place, chance) in chances.iter().enumerate() {
        let actor = &candidates.knowledge.actors()[candidates.actors[place]];
        *pools.entry(actor.country.as_deref()).or_default() += chance;
    }
    outcome(case, &truth, &scores, &chances, &unknown, |is_named_only| {
        let named = pools.iter().filter(|(code, _)| !is_named_only || code.is_some());
        let best = named.max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        best.and_then(|(code, _)| code.map(str::to_owned))
    })
}

fn outcome(
    case: &Case,
    truth: &[usize],
    scores: &[f64],
    chances: &[f64],
    unknown: &[f64],
    country: impl Fn(bool) -> Option<String>,
) -> Outcome {
    let best = truth.iter().map(|&at| scores[at]).fold(f64::NEG_INFINITY, f64::max);
    let before = scores
        .iter()
        .enumerate()
        .filter(|(at, score)| !truth.contains(at) && **score >= best)
        .count();
    let right: f64 = truth.iter().map(|&at| chances[at]).sum();
    let squares: f64 = chances.iter().map(|chance| chance * chance).sum();
    // Any of several true actors is right, so they stand as one answer.
    let own: f64 = truth.iter().map(|&at| chances[at] * chances[at]).sum();
    let is_known = !case.true_country.is_empty();
    let is_true = |code: Option<String>| code.is_some_and(|it| case.true_country.contains(&it));
    Outcome {
        actor: case.true_actor.first().cloned().unwrap_or_default(),
        rank: (!truth.is_empty()).then_some(before + 1),
        right,
        top: chances.iter().copied().fold(0.0, f64::max),
        top_if_unknown: unknown.iter().copied().fold(0.0, f64::max),
        squared_error: squares - own + (1.0 - right).powi(2),
        country: is_known.then(|| (is_true(country(true)), is_true(country(false)))),
    }
}

/// The probabilities of scores, for whoever fits or compares calibrations.
pub fn chances(scores: &[f64], sharpness: f64, floor: f64, size: f64) -> Vec<f64> {
    mixed(&softmax(scores, sharpness * size_factor(size)), floor)
}
