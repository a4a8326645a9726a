//! Fits the weights that are shipped:
//!
//! ```sh
//! cargo run --release -p charivari-attribution --example fit_weights -- CASES.json PROFILES.json > weights.json
//! mv weights.json crates/charivari-attribution/data/weights.json
//! ```
//!
//! Ten folds share the actors out; each fold's weights, their calibration and the temperature of the
//! baseline are fitted without the cases of its actors.

#![allow(clippy::print_stdout, reason = "the weights are what this program gives")]

use std::collections::BTreeMap;
use std::fs::File;

use charivari_attribution::evaluate::{Case, Cases, bm25_scores, example, truth};
use charivari_attribution::features::{FEATURES, WITHOUT_SOFTWARE};
use charivari_attribution::fit::{Example, folds, model, temperature};
use charivari_attribution::{
    Baseline, Candidates, Fold, Knowledge, Models, Profiles, Reports, Result, Weights,
};

const FOLDS: usize = 10;

type Scored = (Vec<f64>, Vec<usize>);

struct Prepared {
    techniques: Vec<Example>,
    software: Vec<Example>,
    plain: Vec<[Scored; 2]>,
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(cases), Some(profiles)) = (arguments.next(), arguments.next()) else {
        return Err("the files of cases and profiles are expected".into());
    };
    let cases = Cases::read(File::open(cases)?)?.cases;
    let profiles = Profiles::read(File::open(profiles)?)?;
    let known = charivari_knowledge::shipped()?.without_packs().as_of(None);
    let knowledge = Knowledge::new(profiles.actors, &Reports::of(&known))?;
    let actors = folds(&counts(&cases), FOLDS);
    let prepared = prepare(&knowledge, &cases, &actors)?;
    let fold = |fold: usize| Fold {
        actors: actors[fold].clone(),
        models: fit(&prepared, |at| prepared.techniques[at].fold != fold),
    };
    let weights = Weights {
        features: FEATURES.map(str::to_owned).to_vec(),
        cases: cases.len(),
        all: fit(&prepared, |_| true),
        folds: (0..actors.len()).map(fold).collect(),
    };
    println!("{}", serde_json::to_string_pretty(&weights)?);
    Ok(())
}

/// How many cases each actor has; a case of several belongs to the first.
fn counts(cases: &[Case]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for actor in cases.iter().flat_map(|case| &case.true_actor) {
        *counts.entry(actor).or_default() += 1;
    }
    counts.into_iter().map(|(actor, count)| (actor.clone(), count)).collect()
}

fn prepare(knowledge: &Knowledge, cases: &[Case], actors: &[Vec<String>]) -> Result<Prepared> {
    let mut prepared = Prepared { techniques: Vec::new(), software: Vec::new(), plain: Vec::new() };
    for case in cases {
        let of = |fold: &Vec<String>| fold.contains(&case.true_actor[0]);
        let fold = actors.iter().position(of).unwrap_or_default();
        prepared.techniques.push(example(knowledge, case, false, fold)?);
        prepared.software.push(example(knowledge, case, true, fold)?);
        let candidates = Candidates::new(knowledge, &case.removal())?;
        prepared.plain.push([false, true].map(|software| {
            (bm25_scores(&candidates, &case.query(software)), truth(&candidates, case))
        }));
    }
    Ok(prepared)
}

fn fit(prepared: &Prepared, is_seen: impl Fn(usize) -> bool) -> Models {
    let seen = |examples: &'_ [Example]| -> Vec<usize> {
        (0..examples.len()).filter(|&at| is_seen(at)).collect()
    };
    let places = seen(&prepared.techniques);
    let of = |examples: &[Example], width| {
        let seen: Vec<&Example> = places.iter().map(|&at| &examples[at]).collect();
        model(&seen, width)
    };
    let plain = |question: usize| {
        let scored: Vec<Scored> =
            places.iter().map(|&at| prepared.plain[at][question].clone()).collect();
        temperature(&scored)
    };
    Models {
        techniques: of(&prepared.techniques, WITHOUT_SOFTWARE),
        software: of(&prepared.software, FEATURES.len()),
        baseline: Baseline { techniques: plain(0), software: plain(1) },
    }
}
