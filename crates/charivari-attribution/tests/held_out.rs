//! Is the whole calibrated? Each document of a pack is hidden, and what it tells is asked about.
//!
//! What this is worth: little more than that nothing is grossly wrong. The cases are few, the packs'
//! authors wrote both sides, and a hidden document tells of what its siblings tell.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]
#![allow(clippy::print_stderr, reason = "the figures are for the document")]

mod known;

use charivari_attribution::{Observations, Standing, What, weigh};
use charivari_knowledge::{Knowledge, Origin};
use known::{Known, case};

/// Everything that is carried, without one document of the packs, or without whole actors.
fn without(document: &str, actors: &[String]) -> Known {
    let mut all: Knowledge = charivari_knowledge::shipped().unwrap();
    for collection in &mut all.collections {
        collection.actors.retain(|it| !actors.contains(&it.id));
        if collection.origin != Origin::Packs {
            continue;
        }
        let is_out: Vec<bool> = collection.sources.iter().map(|it| it.key == document).collect();
        let keep = |cited: &mut Vec<charivari_knowledge::Cited>| {
            cited.retain(|it| it.source.is_none_or(|at| !is_out[at as usize]));
            !cited.is_empty()
        };
        for actor in &mut collection.actors {
            actor.uses.retain_mut(|it| keep(&mut it.cited));
            actor.traits.retain_mut(|it| keep(&mut it.cited));
            actor.names.retain_mut(|it| keep(&mut it.cited));
            actor.countries.retain_mut(|it| keep(&mut it.cited));
        }
        collection.actors.retain(|it| !it.names.is_empty());
    }
    Known::of(&all.as_of(None))
}

/// What a document tells of an actor, as a case: traits and techniques, no names.
fn hidden(known: &Known, place: usize, document: u32) -> Observations {
    let told = known.dossiers.actors[place].told_in(document);
    let whats: Vec<(What, Standing)> = told
        .filter(|it| !matches!(it, What::Persona(_)))
        .map(|it| (it.clone(), Standing::Observed))
        .collect();
    case(&whats)
}

#[test]
fn documents_of_packs_that_are_hidden_are_recognised_about_as_often_as_is_said() {
    let known = Known::of(&charivari_knowledge::shipped().unwrap().as_of(None));
    // Of the first answer: how probable, and whether right; in a world that knows the actor and in one that does not.
    let mut here: Vec<(f64, bool)> = Vec::new();
    let mut gone: Vec<(f64, bool)> = Vec::new();
    let mut true_probability = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    for (place, actor) in known.dossiers.actors.iter().enumerate() {
        for (number, document) in
            known.dossiers.documents.iter().enumerate().filter(|(_, it)| it.of_pack)
        {
            let asked = hidden(&known, place, number as u32);
            if asked.observations.len() < 5 {
                continue;
            }
            let less = without(&document.key, &[]);
            if less.dossiers.place(&actor.key).is_none() {
                continue;
            }
            let found = weigh(&less.world(), &asked).unwrap();
            let first = found.leader().unwrap();
            here.push((first.probability, first.id == actor.key));
            true_probability
                .push(found.answers.iter().find(|it| it.id == actor.key).unwrap().probability);
            let named = found.answers.iter().filter(|it| it.kind.is_none());
            places.push(1 + named.take_while(|it| it.id != actor.key).count());
            let ids: Vec<String> = actor.ids.iter().cloned().collect();
            let nobody = without(&document.key, &ids);
            let found = weigh(&nobody.world(), &asked).unwrap();
            let first = found.leader().unwrap();
            // Right is any answer that names no actor: the true one is not there.
            gone.push((first.probability, first.kind.is_some()));
        }
    }
    let mean = |of: &[(f64, bool)]| {
        let n = of.len() as f64;
        (of.iter().map(|it| it.0).sum::<f64>() / n, of.iter().filter(|it| it.1).count() as f64 / n)
    };
    let (said, right) = mean(&here);
    let (said_gone, right_gone) = mean(&gone);
    // Known and unknown in the shares that the priors say: 24 to 28.
    let share = 24.0 / 52.0;
    let (said_all, right_all) =
        (share * said + (1.0 - share) * said_gone, share * right + (1.0 - share) * right_gone);
    let brier = |of: &[(f64, bool)]| {
        of.iter().map(|it| (it.0 - f64::from(u8::from(it.1))).powi(2)).sum::<f64>()
            / of.len() as f64
    };
    let true_mean = true_probability.iter().sum::<f64>() / true_probability.len() as f64;
    let within = |most: usize| places.iter().filter(|it| **it <= most).count();
    eprintln!(
        "among named actors only: first in {}, of the first five in {}, of the first ten in {} of {}",
        within(1),
        within(5),
        within(10),
        places.len()
    );
    eprintln!(
        "{} cases; actor known: first answer {said:.3} probable, right {right:.3}, Brier {:.3}, mean probability of the true actor {true_mean:.3}",
        here.len(),
        brier(&here)
    );
    eprintln!(
        "actor taken out: first answer {said_gone:.3} probable, names nobody {right_gone:.3}, Brier {:.3}",
        brier(&gone)
    );
    eprintln!("together, 24 to 28: said {said_all:.3}, right {right_all:.3}");
    assert!(here.len() >= 10, "{}", here.len());
    assert!((said_all - right_all).abs() < 0.25, "said {said_all}, right {right_all}");
}
