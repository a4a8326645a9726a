//! How good the basis is: a rule that can be read, and never how probable the answer is.
//!
//! **Low** where any of this holds: nothing but techniques speaks for the answer; it names no actor;
//! leaving out one observation, source, document or publisher changes who leads; what techniques
//! favour is not what everything else favours; a copycat is within a factor of four; what is known
//! of the actor comes from one publisher; what was inferred had to be held back.
//! **Moderate** where none of it holds, at least three kinds of evidence speak for the answer, from
//! two or more publishers, and each of three kinds has an observation graded B2 or better.
//! **High** where besides something cannot be copied: an admission, seized machines, a record that a
//! court tested. It is rare, and meant to be.

use std::collections::BTreeSet;

use charivari_model::Confidence;
use serde::Serialize;

use crate::evidence::EVIDENCE;
use crate::hypothesis::Kind;
use crate::observation::{Observations, What};
use crate::sensitivity::{Left, Sensitivity};
use crate::weigh::{Argument, Weighing, World};

/// Within which factor a copycat is too near.
const NEAR: f64 = 4.0;
/// From how many nats, discounts included, an argument speaks for the answer.
const SPEAKS: f64 = 0.1;

/// One condition and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Its short name.
    pub name: &'static str,
    /// Whether it is as good as it should be.
    pub holds: bool,
    /// What was met, as a sentence.
    pub text: String,
}

/// How good the basis is, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// The word.
    pub confidence: Confidence,
    /// All conditions.
    pub conditions: Vec<Condition>,
}

/// Judges the basis of a weighing.
pub fn confidence(
    world: &World<'_>,
    case: &Observations,
    weighing: &Weighing,
    sensitivity: &Sensitivity,
) -> Basis {
    let Some(leader) = weighing.leader() else {
        return Basis { confidence: Confidence::Low, conditions: Vec::new() };
    };
    let speaking: Vec<&Argument> = weighing
        .arguments
        .iter()
        .filter(|it| it.answer == leader.id && it.nats * it.weight >= SPEAKS)
        .collect();
    let floor = vec![
        names_an_actor(leader.kind),
        more_than_techniques(&speaking),
        robust(sensitivity),
        agreement(weighing),
        no_copycat_near(weighing, leader.probability),
        publishers(world, &speaking),
        not_by_inference(weighing),
    ];
    let more = vec![kinds(&speaking), grades(case, &speaking)];
    let last = uncopyable(world, case, &leader.id);
    let hold = |all: &[Condition]| all.iter().all(|it| it.holds);
    let confidence = match (hold(&floor) && hold(&more), last.holds) {
        (true, true) => Confidence::High,
        (true, false) => Confidence::Moderate,
        _ => Confidence::Low,
    };
    Basis { confidence, conditions: floor.into_iter().chain(more).chain([last]).collect() }
}

fn condition(name: &'static str, holds: bool, good: String, bad: String) -> Condition {
    Condition { name, holds, text: if holds { good } else { bad } }
}

fn names_an_actor(kind: Option<Kind>) -> Condition {
    condition(
        "names an actor",
        kind.is_none(),
        "The leading answer is an actor of whom documents tell.".to_owned(),
        "The leading answer names no actor, and rests on elicited ratios and priors.".to_owned(),
    )
}

fn more_than_techniques(speaking: &[&Argument]) -> Condition {
    let techniques: BTreeSet<&str> =
        EVIDENCE.iter().filter(|it| it.is_techniques()).map(|it| it.id()).collect();
    condition(
        "more than techniques",
        speaking.iter().any(|it| !techniques.contains(it.kind)),
        "Other things than techniques speak for it too.".to_owned(),
        "Nothing but techniques speaks for it, and techniques are copied.".to_owned(),
    )
}

fn robust(sensitivity: &Sensitivity) -> Condition {
    let single = [Left::Observation, Left::Source, Left::Document, Left::Publisher];
    let changing: Vec<&str> = sensitivity
        .omissions
        .iter()
        .filter(|it| it.changes_leader && single.contains(&it.left))
        .map(|it| it.name.as_str())
        .collect();
    let named = changing.iter().take(3).copied().collect::<Vec<_>>().join("; ");
    condition(
        "robust",
        changing.is_empty(),
        "No single observation, source, document or publisher decides who leads.".to_owned(),
        format!(
            "Somebody else leads without any one of {} things, among them: {named}.",
            changing.len()
        ),
    )
}

fn agreement(weighing: &Weighing) -> Condition {
    let (one, other) = (&weighing.favourite_of_techniques, &weighing.favourite_of_the_rest);
    let apart = one.is_some() && other.is_some() && one != other;
    let name = |id: &Option<String>| {
        let id = id.as_deref().unwrap_or("nobody");
        weighing.answers.iter().find(|it| it.id == id).map_or(id, |it| &it.title).to_owned()
    };
    condition(
        "techniques and the rest agree",
        !apart,
        "Techniques do not favour another actor than everything else does.".to_owned(),
        format!("Techniques favour {}, everything else {}.", name(one), name(other)),
    )
}

fn no_copycat_near(weighing: &Weighing, leader: f64) -> Condition {
    let copycat = weighing.of_kind(Kind::Copycat).map_or(0.0, |it| it.probability);
    condition(
        "no copycat near",
        copycat * NEAR < leader,
        "An imitator is less than a quarter as probable.".to_owned(),
        format!("An imitator has {:.0} %, a quarter of the leader or more.", copycat * 100.0),
    )
}

fn publishers(world: &World<'_>, speaking: &[&Argument]) -> Condition {
    let keys: BTreeSet<&str> = speaking.iter().filter_map(|it| it.document.as_deref()).collect();
    let of = world.dossiers.documents.iter().filter(|it| keys.contains(it.key.as_str()));
    let names: BTreeSet<&str> = of.map(|it| it.publisher.as_str()).collect();
    let told = names.iter().copied().collect::<Vec<_>>().join(", ");
    condition(
        "two publishers",
        names.len() >= 2,
        format!("What is known of it comes from {told}."),
        if told.is_empty() {
            "No document of the knowledge speaks for it by itself.".to_owned()
        } else {
            format!("All that is known of it comes from one publisher: {told}.")
        },
    )
}

fn not_by_inference(weighing: &Weighing) -> Condition {
    condition(
        "not by inference",
        weighing.inferred_let_through >= 1.0,
        "What was only inferred does not decide.".to_owned(),
        "What was only inferred would have changed the leader, and was held back.".to_owned(),
    )
}

fn kinds(speaking: &[&Argument]) -> Condition {
    let kinds: BTreeSet<&str> = speaking.iter().map(|it| it.kind).collect();
    let told = kinds.iter().copied().collect::<Vec<_>>().join(", ");
    condition(
        "three kinds of evidence",
        kinds.len() >= 3,
        format!("{} kinds of evidence speak for it: {told}.", kinds.len()),
        format!("Fewer than three kinds of evidence speak for it: {told}."),
    )
}

fn grades(case: &Observations, speaking: &[&Argument]) -> Condition {
    let good: BTreeSet<&str> = case
        .observations
        .iter()
        .filter(|it| it.is_well_graded())
        .map(|it| it.id.as_str())
        .collect();
    let kinds: BTreeSet<&str> = speaking
        .iter()
        .filter(|it| it.observations.iter().any(|id| good.contains(id.as_str())))
        .map(|it| it.kind)
        .collect();
    condition(
        "graded B2 or better",
        kinds.len() >= 3,
        format!("{} of these kinds have an observation graded B2 or better.", kinds.len()),
        format!("Only {} of these kinds have an observation graded B2 or better.", kinds.len()),
    )
}

fn uncopyable(world: &World<'_>, case: &Observations, leader: &str) -> Condition {
    let place = world.dossiers.place(leader);
    let shows = |what: &What| matches!(what, What::Proof(_, id) if place.is_some() && world.dossiers.place(id) == place);
    let found = case.observations.iter().any(|it| shows(&it.what) && it.weight() >= 0.9);
    condition(
        "something that cannot be copied",
        found,
        "Something speaks for it that nobody else could have made.".to_owned(),
        "Nothing speaks for it that nobody else could have made.".to_owned(),
    )
}
