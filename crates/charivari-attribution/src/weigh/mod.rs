//! The weighing: what was believed beforehand, times what each observation says.
//!
//! For each answer the log likelihood ratios of all kinds of evidence are summed, each discounted
//! for dependence ([`discount`]), and added to the log prior. Two things are kept apart:
//! a copycat's probability, which techniques can raise and never lower ([`copycat`]), and what was
//! only inferred, which can move probabilities and never the leader.

mod copycat;
mod discount;
mod ranker;
mod rows;
mod told;

use charivari_model::Likelihood;
use serde::Serialize;

use crate::dossier::Dossiers;
use crate::error::Result;
use crate::evidence::{Basis, EVIDENCE, kind_of};
use crate::hypothesis::{Hypotheses, Kind};
use crate::knowledge::Knowledge;
use crate::observation::Observations;
use crate::weights::Models;

pub(crate) use copycat::SOFT;
pub(crate) use ranker::Ranker;
pub use rows::Row;
pub(crate) use rows::rows_of;

/// What a case is weighed against.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// What is known of each actor.
    pub dossiers: &'a Dossiers,
    /// The answers that name no actor, and the priors.
    pub hypotheses: &'a Hypotheses,
    /// The profiles and reports that techniques are ranked by; the ids of its actors are ids of the
    /// dossiers.
    pub knowledge: &'a Knowledge,
    /// The weights of the ranking.
    pub models: &'a Models,
}

/// One answer to "who?".
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The key of the actor, or the word of the kind such as `copycat`.
    pub id: String,
    /// The actor's name, or the answer in a few words.
    pub title: String,
    /// What kind of answer it is, where it names no actor.
    pub kind: Option<Kind>,
    /// The countries that documents place the actor in.
    pub countries: Vec<String>,
    /// Its probability before anything of the case was seen.
    pub prior: f64,
    /// Its probability.
    pub probability: f64,
    /// Its probability on what was observed or reported alone.
    pub without_inferred: f64,
    /// The word for its probability (ICD 203).
    pub likelihood: Likelihood,
}

/// The probability of a country, summed over its actors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pool {
    /// Two letters; `unknown` for actors that nobody described or placed, `none` for answers that
    /// need no state.
    pub country: String,
    /// The sum.
    pub probability: f64,
    /// How many actors it is summed over.
    pub actors: usize,
}

/// What observations say for or against one answer, and on what that rests.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Argument {
    /// The kind of evidence.
    pub kind: &'static str,
    /// The observations.
    pub observations: Vec<String>,
    /// The answer that it speaks of.
    pub answer: String,
    /// The log likelihood ratio before discounts, in nats: positive speaks for the answer.
    pub nats: f64,
    /// What it is multiplied by, for standing, grade and dependence, from 0 to 1.
    pub weight: f64,
    /// Why, with the source and the passage.
    pub text: String,
    /// The document of the knowledge that it rests on, by its key.
    pub document: Option<String>,
}

/// A case weighed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weighing {
    /// The case.
    pub title: String,
    /// The day as of which the knowledge was asked.
    pub as_of: Option<charivari_knowledge::Day>,
    /// All answers, most probable first.
    pub answers: Vec<Answer>,
    /// Countries, most probable first.
    pub countries: Vec<Pool>,
    /// What was weighed, each thing once.
    pub rows: Vec<Row>,
    /// What spoke for and against the first actors and the answers that name none; strongest first.
    pub arguments: Vec<Argument>,
    /// How much of what was inferred was let through, from 0 to 1: less than 1 where more would have
    /// changed the leader.
    pub inferred_let_through: f64,
    /// The actor that techniques alone favour.
    pub favourite_of_techniques: Option<String>,
    /// The actor that everything but techniques favours.
    pub favourite_of_the_rest: Option<String>,
    /// How far techniques disagree with the rest, in nats, 0 or less.
    pub disagreement: f64,
    /// What could not be compared, since nothing is known of it.
    pub not_compared: Vec<String>,
}

impl Weighing {
    /// The most probable answer.
    pub fn leader(&self) -> Option<&Answer> {
        self.answers.first()
    }

    /// The answer of a kind.
    pub fn of_kind(&self, kind: Kind) -> Option<&Answer> {
        self.answers.iter().find(|it| it.kind == Some(kind))
    }
}

/// An item with what it is multiplied by.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    pub(crate) row: Option<u32>,
    pub(crate) kind: usize,
    pub(crate) value: f64,
    pub(crate) weight: f64,
    pub(crate) basis: Basis,
}

/// The probabilities of all answers: the actors in their order, then [`Kind::ALL`].
#[derive(Clone, Debug)]
pub(crate) struct Posterior {
    pub(crate) log: Vec<f64>,
    pub(crate) items: Vec<Vec<Weighed>>,
    pub(crate) technique_favourite: Option<usize>,
    pub(crate) rest_favourite: Option<usize>,
    pub(crate) disagreement: f64,
}

/// The posterior with and without what was inferred.
pub(crate) struct Settled {
    pub(crate) all: Posterior,
    /// Natural logarithms of the probabilities that stand.
    pub(crate) log: Vec<f64>,
    pub(crate) without_inferred: Vec<f64>,
    pub(crate) let_through: f64,
}

/// Weighs a case.
///
/// # Errors
/// `E1121` and `E1122` for observations that were made without being read and cannot be; `E1108` if
/// no actor has a technique.
pub fn weigh(world: &World<'_>, case: &Observations) -> Result<Weighing> {
    case.check()?;
    let rows = rows_of(case.observations.iter());
    let ranker = Ranker::new(world, world.dossiers, world.dossiers)?;
    let settled = settle(world, &rows, &ranker);
    Ok(told::told(world, case, rows, &settled, &ranker))
}

/// Weighs rows against the dossiers of a ranker.
pub(crate) fn settle(world: &World<'_>, rows: &[Row], ranker: &Ranker<'_>) -> Settled {
    let all = posterior(world, rows, ranker);
    if rows.iter().all(|it| !it.inferred) {
        let log = all.log.clone();
        return Settled { without_inferred: log.clone(), log, all, let_through: 1.0 };
    }
    let firm: Vec<Row> = rows.iter().filter(|it| !it.inferred).cloned().collect();
    let without = posterior(world, &firm, ranker).log;
    let (log, let_through) = hold(&without, &all.log);
    Settled { all, log, without_inferred: without, let_through }
}

/// Goes from `before` to `after` as far as the leader stays the leader.
fn hold(before: &[f64], after: &[f64]) -> (Vec<f64>, f64) {
    let leader = first(before);
    let mut share: f64 = 1.0;
    for at in (0..before.len()).filter(|at| *at != leader) {
        let lead = before[leader] - before[at];
        let lost = lead - (after[leader] - after[at]);
        if lost > 0.0 && lead < lost {
            share = share.min(lead / lost);
        }
    }
    if share < 1.0 {
        // A hair less, so that rounding does not turn a tie.
        share *= 0.999;
    }
    let mixed = before.iter().zip(after).map(|(one, other)| one + share * (other - one)).collect();
    (normalised(mixed), share)
}

/// The place of the greatest; the first of equals.
pub(crate) fn first(log: &[f64]) -> usize {
    let mut best = 0;
    for (at, value) in log.iter().enumerate() {
        if *value > log[best] {
            best = at;
        }
    }
    best
}

/// Logarithms of shares that sum to one.
pub(crate) fn normalised(mut log: Vec<f64>) -> Vec<f64> {
    let sum = log_sum(log.iter().copied());
    for it in &mut log {
        *it -= sum;
    }
    log
}

/// The logarithm of the sum of exponentials.
pub(crate) fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let top = values.clone().fold(f64::NEG_INFINITY, f64::max);
    top + values.map(|it| (it - top).exp()).sum::<f64>().ln()
}

/// The most that everything elicited about one answer may say together: a factor of 20 either way.
const MOST_TOGETHER: f64 = 2.995_732_273_553_991;

/// The probabilities of all answers, what was inferred taken like everything else.
pub(crate) fn posterior(world: &World<'_>, rows: &[Row], ranker: &Ranker<'_>) -> Posterior {
    let dossiers = ranker.dossiers;
    let actors = dossiers.actors.len();
    let ranking = ranker.ratios(rows);
    let mut items = items(ranker, rows, ranking.as_deref().map(Vec::as_slice));
    let priors = priors(world.hypotheses, actors);
    let bounded = |at: usize, sum: f64| {
        priors[at] + if at < actors { sum } else { sum.clamp(-MOST_TOGETHER, MOST_TOGETHER) }
    };
    let rest: Vec<f64> = (0..priors.len())
        .map(|at| bounded(at, discount::total(&items[at], dossiers, at, rows, is_rest)))
        .collect();
    let favourite = |values: &[f64], floor: f64| {
        let best = first(values);
        (actors > 0 && values[best] > floor + 1e-9).then_some(best)
    };
    let even = priors.first().copied().unwrap_or(0.0);
    let rest_favourite = favourite(&rest[..actors], even);
    let technique_favourite = ranking.and_then(|it| favourite(it.as_slice(), 0.0));
    let techniques = copycat::by_techniques(ranker, rows);
    let disagreement = rest_favourite.map_or(0.0, |actor| techniques[actor].1);
    let all: Vec<f64> = (0..priors.len())
        .map(|at| bounded(at, discount::apply(&mut items[at], dossiers, at, rows)))
        .collect();
    let imitated = copycat::imitated(&items[..actors], dossiers, rows);
    let log = copycat::joined(&rest, all, &imitated, &techniques, disagreement);
    Posterior { log, items, technique_favourite, rest_favourite, disagreement }
}

/// What all kinds of evidence say of all answers, before discounts.
fn items(ranker: &Ranker<'_>, rows: &[Row], ranking: Option<&[f64]>) -> Vec<Vec<Weighed>> {
    let actors = ranker.dossiers.actors.len();
    let mut items: Vec<Vec<Weighed>> = vec![Vec::new(); actors + Kind::ALL.len()];
    for (at, row) in rows.iter().enumerate() {
        let (told, weight, at) = (ranker.told(row), row.weight, Some(at as u32));
        for (kind, it) in &told.items {
            let (kind, value, basis) = (*kind, it.value, it.basis);
            items[it.actor as usize].push(Weighed { row: at, kind, value, weight, basis });
        }
        let kind = kind_of(&row.what);
        for &(answer, value, place) in &told.elicited {
            let basis = Basis::Elicited(place);
            items[actors + answer].push(Weighed { row: at, kind, value, weight, basis });
        }
    }
    for (actor, &value) in ranking.into_iter().flatten().enumerate().filter(|(_, it)| **it != 0.0) {
        let basis = Basis::Ranking;
        items[actor].push(Weighed { row: None, kind: 0, value, weight: 1.0, basis });
    }
    items
}

/// Whether an item is no comparison of techniques.
fn is_rest(it: &Weighed) -> bool {
    !EVIDENCE[it.kind].is_techniques()
}

/// The logarithms of the priors: the known share evenly, then the others.
pub(crate) fn priors(hypotheses: &Hypotheses, actors: usize) -> Vec<f64> {
    let each = (hypotheses.named / actors.max(1) as f64).ln();
    let of = |kind: Kind| {
        hypotheses
            .others
            .iter()
            .find(|it| it.kind == kind)
            .map_or(f64::NEG_INFINITY, |it| it.prior.ln())
    };
    std::iter::repeat_n(each, actors).chain(Kind::ALL.into_iter().map(of)).collect()
}

/// The id of the answer at a place.
pub(crate) fn id_of(dossiers: &Dossiers, at: usize) -> String {
    match dossiers.actors.get(at) {
        Some(actor) => actor.key.clone(),
        None => Kind::ALL
            .get(at - dossiers.actors.len())
            .map_or_else(String::new, |it| kind_word(*it).to_owned()),
    }
}

/// The word of a kind of answer.
pub(crate) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Unknown => "unknown",
        Kind::Copycat => "copycat",
        Kind::Criminal => "criminal",
        Kind::Insider => "insider",
        Kind::Activists => "activists",
        Kind::Unrelated => "unrelated",
    }
}
