//! The ranking: all actors by score, each with what it is made of.

use crate::candidates::Candidates;
use crate::error::{Error, Result};
use crate::features::{self, FEATURES, Features};
use crate::query::Query;
use crate::weights::Model;

/// One part of a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The feature, of [`FEATURES`].
    pub feature: &'static str,
    /// Its value.
    pub value: f64,
    /// What it adds to the score, against the mean of all candidates.
    pub score: f64,
}

/// One actor in a ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Its place among the candidates.
    pub place: usize,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The country it is said to work for, where somebody says so.
    pub country: Option<String>,
    /// Its score against the mean of all candidates: the sum of the contributions.
    pub score: f64,
    /// How probable it is, **if** the actor is among the candidates at all.
    pub probability: f64,
    /// What the score is made of.
    pub contributions: Vec<Contribution>,
}

/// All candidates, best first; equal ones in the order of their ids.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The actors.
    pub actors: Vec<Ranked>,
    /// Techniques and tools of the query that nothing is known about, and that do not count.
    pub unknown: Vec<String>,
}

/// What one technique or tool of the query says about one actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The technique or tool.
    pub id: String,
    /// Whether the actor's profile has it.
    pub is_known_of_actor: bool,
    /// What it adds to the score through rarity, habit or tools, against the mean of all candidates.
    pub score: f64,
}

/// Why an actor stands where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// By technique and tool, in the order of the query.
    pub parts: Vec<Part>,
    /// The report of the actor that comes closest, and its cosine from 0 to 1.
    pub nearest: Option<(String, f64)>,
}

/// Ranks all candidates for a query.
///
/// The question decides the model: one for techniques, one for techniques with tools.
///
/// # Errors
/// `E1107` if nothing in the query is known, because a ranking would then be prejudice alone.
pub fn rank(candidates: &Candidates<'_>, query: &Query, model: &Model) -> Result<Ranking> {
    let features = Features::of(candidates, query);
    if features.size + features.tools <= 0.0 {
        let named = query.techniques().count() + query.software().count();
        return Err(Error::NothingKnown { named });
    }
    let scores: Vec<f64> = features.values.iter().map(|of| model.score(of)).collect();
    let probabilities = model.probabilities(&scores, features.size);
    let means = means(&features);
    let of = |place: usize| {
        let actor = &candidates.knowledge.actors[candidates.actors[place]];
        let contributions = contributions(model, &features.values[place], &means);
        Ranked {
            place,
            id: actor.id.clone(),
            name: actor.name.clone(),
            country: actor.country.clone(),
            score: contributions.iter().map(|it| it.score).sum(),
            probability: probabilities[place],
            contributions,
        }
    };
    let mut actors: Vec<Ranked> = (0..candidates.len()).map(of).collect();
    actors.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    let (techniques, software) = features::known(candidates, query);
    Ok(Ranking { actors, unknown: [techniques.unknown, software.unknown].concat() })
}

/// The mean of each feature over all candidates.
fn means(features: &Features) -> [f64; FEATURES.len()] {
    let count = features.values.len() as f64;
    let mut means = [0.0; FEATURES.len()];
    for values in &features.values {
        for (mean, value) in means.iter_mut().zip(values) {
            *mean += value / count;
        }
    }
    means
}

/// What each feature adds to a score, against the mean.
fn contributions(model: &Model, values: &[f64], means: &[f64]) -> Vec<Contribution> {
    let parts = model.weights.iter().zip(values).zip(FEATURES.into_iter().zip(means));
    parts
        .map(|((weight, &value), (feature, mean))| Contribution {
            feature,
            value,
            score: weight * (value - mean),
        })
        .collect()
}

/// Says what each technique and tool of a query adds for one candidate.
///
/// The nearness of reports belongs to the query as a whole and is not shared out; the report that
/// comes closest is named instead.
pub fn explain(
    candidates: &Candidates<'_>,
    query: &Query,
    model: &Model,
    place: usize,
) -> Explanation {
    let (techniques, software) = features::known(candidates, query);
    let weight = |feature: usize| model.weights.get(feature).copied().unwrap_or(0.0);
    let over_mean =
        |values: &[f64]| values[place] - values.iter().sum::<f64>() / values.len() as f64;
    let information = features::information(candidates, &techniques);
    let habit = features::habit(candidates, &techniques);
    let tools = features::tools(candidates, &software);
    let mut parts = Vec::new();
    let known =
        query.techniques().filter(|(id, _)| candidates.knowledge.technique.get(id).is_some());
    for (at, (id, _)) in known.enumerate() {
        parts.push(Part {
            id: id.to_owned(),
            is_known_of_actor: candidates.has.row(place)[techniques.items[at].0] > 0.0,
            score: weight(1) * over_mean(&information[at]) + weight(3) * over_mean(&habit[at]),
        });
    }
    let known = query.software().filter(|(id, _)| candidates.knowledge.software.get(id).is_some());
    for (at, (id, _)) in known.enumerate() {
        parts.push(Part {
            id: id.to_owned(),
            is_known_of_actor: candidates.has_software.row(place)[software.items[at].0] > 0.0,
            score: weight(4) * over_mean(&tools[at]),
        });
    }
    let nearest = features::nearest(candidates, &techniques)[place].1;
    let named = |(at, cosine): (usize, f64)| (candidates.reports[at].citation.clone(), cosine);
    Explanation { parts, nearest: nearest.map(named) }
}
