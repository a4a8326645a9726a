//! What fuzzers run: every parser of this crate, and what must hold for whatever it accepts.

use charivari_knowledge::{Day, import};

use crate::assessment::analyse;
use crate::candidates::{Candidates, Removal};
use crate::dossier::Dossiers;
use crate::evaluate::{Cases, Fit, evaluate};
use crate::hypothesis::Hypotheses;
use crate::knowledge::Knowledge;
use crate::matrix::Opinions;
use crate::observation::Observations;
use crate::of_view::knowledge_of;
use crate::profile::Profiles;
use crate::query::Query;
use crate::rank::rank;
use crate::reports::{Reports, Subject, Use};
use crate::weigh::World;
use crate::weights::Weights;

const PROFILES: &str = r#"{"groups": [
  {"id": "G1", "name": "one", "country": "AA", "techniques": ["T1", "T2"], "software": ["S1"]},
  {"id": "G2", "name": "two", "techniques": ["T2", "T3"]}]}"#;

const PACK: &str = r#"id = "one"
name = "One"
[[source]]
key = "doc"
title = "Invented, Nobody"
date = "2020-01-31"
read = true
[[alias]]
name = "One"
relation = "same"
source = "doc"
passage = "page 1"
sure = "low"
[[use]]
technique = "disarm:T0089.001"
source = "doc"
passage = "page 1"
sure = "low"
[[trait]]
kind = "target"
value = "region:europe"
text = "Invented."
source = "doc"
passage = "page 2"
sure = "high"
"#;
const OBSERVATIONS: &str = r#"title = "invented"
[[observation]]
id = "o1"
what = "target=country:FR"
source = "a paper"
[[observation]]
id = "o2"
what = "attack:T0001"
standing = "inferred"
source = "nobody"
"#;

/// The names of the targets.
pub fn targets() -> Vec<String> {
    ["cases", "cells", "hypotheses", "observations", "profiles", "view", "weights"]
        .map(|name| format!("attribution-{name}"))
        .to_vec()
}

/// Runs a target on bytes.
///
/// # Panics
/// Something that has to hold does not, or there is no such target.
pub fn run(target: &str, bytes: &[u8]) {
    let Ok(weights) = Weights::shipped() else { return };
    match target {
        "attribution-cases" => {
            let Ok(cases) = Cases::read(bytes) else { return };
            let Some(knowledge) = knowledge(PROFILES.as_bytes()) else { return };
            for software in [false, true] {
                if let Ok(found) =
                    evaluate(&knowledge, &cases.cases, &weights, software, Fit::Folds)
                {
                    let n: usize = found.kinds.values().map(|kind| kind.measures.n).sum();
                    assert_eq!(n, cases.cases.len(), "every case is counted once");
                }
            }
        }
        "attribution-cells" => {
            let Ok(opinions) = Opinions::read(bytes) else { return };
            assert!(opinions.cells.iter().all(|it| !it.who.trim().is_empty()));
        }
        "attribution-hypotheses" => {
            let Ok(hypotheses) = Hypotheses::read(bytes) else { return };
            assess(&hypotheses, OBSERVATIONS.as_bytes(), &weights);
        }
        "attribution-observations" => {
            let Ok(hypotheses) = Hypotheses::shipped() else { return };
            assess(&hypotheses, bytes, &weights);
        }
        "attribution-profiles" => check(knowledge(bytes), &weights),
        "attribution-view" => view(bytes, &weights),
        "attribution-weights" => {
            if let Ok(weights) = Weights::read(bytes) {
                check(knowledge(PROFILES.as_bytes()), &weights);
            }
        }
        _ => panic!("there is no fuzz target {target}"),
    }
}

/// Profiles with a report about an actor, a campaign and a tool each.
fn knowledge(profiles: &[u8]) -> Option<Knowledge> {
    let told = |citation: &str, subject, techniques: &[&str]| Use {
        citation: citation.to_owned(),
        subject,
        techniques: techniques.iter().map(|&it| it.to_owned()).collect(),
        software: Vec::new(),
    };
    let campaign = Subject::Campaign("C1".to_owned(), vec!["G1".to_owned()]);
    let uses = vec![
        told("a", Subject::Actor("G1".to_owned()), &["T1", "T2"]),
        told("b", campaign, &["T1"]),
        told("c", Subject::Software("S1".to_owned()), &["T2"]),
    ];
    Knowledge::new(Profiles::read(profiles).ok()?.actors, &Reports { uses }).ok()
}

/// A collection of others, with and without a date.
fn view(bytes: &[u8], weights: &Weights) {
    let Ok(collection) = import::read("f", bytes, &import::Told::default()) else { return };
    let mut all = charivari_knowledge::Knowledge::default();
    all.add(collection);
    for day in [None, Day::new(2021, 6, 0)] {
        check(knowledge_of(&all.as_of(day)).ok(), weights);
    }
}

/// All that is weighed sums to one, and what was inferred changes no leader.
fn assess(hypotheses: &Hypotheses, bytes: &[u8], weights: &Weights) {
    let Ok(case) = Observations::read(bytes) else { return };
    if case.observations.len() > 40 {
        return;
    }
    let Ok(pack) = charivari_knowledge::pack::collection(&[("one", PACK)]) else { return };
    let mut known = charivari_knowledge::Knowledge::default();
    known.add(pack);
    let dossiers = Dossiers::of(&known.as_of(None));
    let Some(knowledge) = knowledge(PROFILES.as_bytes()) else { return };
    let world =
        World { dossiers: &dossiers, hypotheses, knowledge: &knowledge, models: &weights.all };
    let Ok(found) = analyse(&world, &case) else { return };
    let sum: f64 = found.weighing.answers.iter().map(|it| it.probability).sum();
    assert!((sum - 1.0).abs() < 1e-6, "probabilities sum to {sum}");
    let before = found.weighing.answers.iter().map(|it| it.without_inferred).fold(0.0, f64::max);
    let own = found.weighing.leader().map_or(0.0, |it| it.without_inferred);
    assert!(own >= before - 1e-9, "the inferred changed the leader");
}

/// Probabilities are numbers and sum to one, whatever is known.
fn check(knowledge: Option<Knowledge>, weights: &Weights) {
    let Some(knowledge) = knowledge else { return };
    let Ok(candidates) = Candidates::new(&knowledge, &Removal::default()) else { return };
    let query = Query::observed(["T1", "T2", "T0001"], ["S1", "S0001"]);
    for model in [&weights.all.techniques, &weights.all.software] {
        let Ok(ranking) = rank(&candidates, &query, model) else { continue };
        let sum: f64 = ranking.actors.iter().map(|it| it.probability).sum();
        assert!((sum - 1.0).abs() < 1e-6, "probabilities sum to {sum}");
        assert_eq!(ranking.actors.len(), candidates.len(), "every candidate is ranked");
    }
}
