//! A weighing as it is shown: answers, countries, and each argument as a sentence.

use std::collections::BTreeMap;

use charivari_model::{Framework, Likelihood};

use super::{
    Answer, Argument, Pool, Ranker, Row, Settled, Weighed, Weighing, World, id_of, priors,
};
use crate::dossier::Dossiers;
use crate::evidence::{Basis, EVIDENCE, kind_of};
use crate::hypothesis::Kind;
use crate::observation::{Observations, What};

/// How many actors have their arguments told.
const TOLD: usize = 8;

pub(super) fn told(
    world: &World<'_>,
    case: &Observations,
    rows: Vec<Row>,
    settled: &Settled,
    ranker: &Ranker<'_>,
) -> Weighing {
    let dossiers = world.dossiers;
    let answers = answers(world, settled);
    let actors = dossiers.actors.len();
    let mut order: Vec<usize> = (0..actors).collect();
    order.sort_by(|a, b| settled.log[*b].total_cmp(&settled.log[*a]).then(a.cmp(b)));
    let shown = order.into_iter().take(TOLD).chain(actors..actors + Kind::ALL.len());
    let mut arguments = Vec::new();
    for at in shown {
        let of = &settled.all.items[at];
        let mut own: Vec<Argument> = of.iter().map(|it| argument(world, &rows, at, it)).collect();
        own.sort_by(|a, b| {
            (b.nats * b.weight)
                .abs()
                .total_cmp(&(a.nats * a.weight).abs())
                .then_with(|| a.observations.cmp(&b.observations))
        });
        arguments.extend(own);
    }
    let key = |at: Option<usize>| at.map(|at| dossiers.actors[at].key.clone());
    Weighing {
        title: case.title.clone(),
        as_of: dossiers.as_of,
        countries: pools(&answers),
        answers,
        not_compared: not_compared(dossiers, &rows, ranker),
        rows,
        arguments,
        inferred_let_through: settled.let_through,
        favourite_of_techniques: key(settled.all.technique_favourite),
        favourite_of_the_rest: key(settled.all.rest_favourite),
        disagreement: settled.all.disagreement,
    }
}

fn answers(world: &World<'_>, settled: &Settled) -> Vec<Answer> {
    let dossiers = world.dossiers;
    let priors = priors(world.hypotheses, dossiers.actors.len());
    let mut answers: Vec<Answer> = (0..priors.len())
        .map(|at| {
            let actor = dossiers.actors.get(at);
            let kind = actor.is_none().then(|| Kind::ALL[at - dossiers.actors.len()]);
            let other =
                kind.and_then(|kind| world.hypotheses.others.iter().find(|it| it.kind == kind));
            let probability = settled.log[at].exp().clamp(0.0, 1.0);
            Answer {
                id: id_of(dossiers, at),
                title: actor.map_or_else(
                    || other.map_or_else(String::new, |it| it.title.clone()),
                    |it| it.name.clone(),
                ),
                kind,
                countries: actor.map_or_else(Vec::new, |it| {
                    it.country_codes().into_iter().map(str::to_owned).collect()
                }),
                prior: priors[at].exp(),
                probability,
                without_inferred: settled.without_inferred[at].exp().clamp(0.0, 1.0),
                likelihood: Likelihood::of(probability).unwrap_or(Likelihood::AlmostNoChance),
            }
        })
        .collect();
    answers.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    answers
}

/// Countries apart from actors; an actor in two countries is shared out.
fn pools(answers: &[Answer]) -> Vec<Pool> {
    let mut pools: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for it in answers {
        let mut add = |country, share: f64| {
            let held = pools.entry(country).or_default();
            held.0 += share;
            held.1 += usize::from(it.kind.is_none());
        };
        match it.kind {
            Some(Kind::Unknown) => add("unknown", it.probability),
            Some(_) => add("none", it.probability),
            None if it.countries.is_empty() => add("unknown", it.probability),
            None => {
                let share = it.probability / it.countries.len() as f64;
                it.countries.iter().for_each(|code| add(code, share));
            }
        }
    }
    let pool = |(country, (probability, actors)): (&str, (f64, usize))| Pool {
        country: country.to_owned(),
        probability,
        actors,
    };
    let mut pools: Vec<Pool> = pools.into_iter().map(pool).collect();
    pools.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.country.cmp(&b.country)));
    pools
}

fn not_compared(dossiers: &Dossiers, rows: &[Row], ranker: &Ranker<'_>) -> Vec<String> {
    let mut left: Vec<String> = ranker.unknown(rows);
    for row in rows {
        let is_out = match &row.what {
            What::Proof(_, id) => dossiers.place(id).is_none(),
            What::Technique(it) if it.framework() == Framework::Disarm => {
                dossiers.actors.iter().all(|actor| actor.facts_of(&row.what).is_empty())
            }
            _ => false,
        };
        if is_out {
            left.push(row.what.to_string());
        }
    }
    left
}

/// One item as an argument.
fn argument(world: &World<'_>, rows: &[Row], at: usize, it: &Weighed) -> Argument {
    let (text, document) = reason(world, rows, at, it);
    let observations = if let Some(row) = it.row {
        rows[row as usize].observations.clone()
    } else {
        let own = rows.iter().filter(|row| kind_of(&row.what) == it.kind);
        own.flat_map(|row| row.observations.clone()).collect()
    };
    Argument {
        kind: EVIDENCE[it.kind].id(),
        observations,
        answer: id_of(world.dossiers, at),
        nats: it.value,
        weight: it.weight,
        text,
        document,
    }
}

/// Why an item says what it says, and the document that it rests on.
fn reason(world: &World<'_>, rows: &[Row], at: usize, it: &Weighed) -> (String, Option<String>) {
    let dossiers = world.dossiers;
    let actor = dossiers.actors.get(at);
    let name = actor.map_or("", |it| it.name.as_str());
    let what = it.row.map(|row| rows[row as usize].what.to_string()).unwrap_or_default();
    let key = |document: u32| dossiers.documents[document as usize].key.clone();
    match it.basis {
        Basis::Fact(place) => {
            let Some(fact) = actor.and_then(|it| it.facts.get(place as usize)) else {
                return (String::new(), None);
            };
            let key = key(fact.document);
            let passage = match fact.passage.as_str() {
                "" => String::new(),
                passage => format!(", {passage}"),
            };
            let text = format!("{name}: {what} is told in {key}{passage}. {}", fact.text);
            (text.trim_end().to_owned(), Some(key))
        }
        Basis::Silence => {
            (format!("{name}: other things of this kind are told, {what} is not."), None)
        }
        Basis::Country(document) => {
            let key = key(document);
            let usual = "beside what is usual in the country in which";
            (format!("{name}: {what}, {usual} {key} places it."), Some(key))
        }
        Basis::Ranking => {
            let beside = "the techniques and tools together, beside all actors' reports (ranking).";
            (format!("{name}: {beside}"), None)
        }
        Basis::Proof => (format!("{name}: {what} cannot be made by somebody else."), None),
        Basis::Elicited(place) => {
            let said = world.hypotheses.likelihoods.get(place as usize);
            (format!("{what}: {} (elicited)", said.map_or("", |it| it.reason.as_str())), None)
        }
    }
}
