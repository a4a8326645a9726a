//! What the program carries, as a world to weigh in.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]
#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::{BTreeMap, BTreeSet};

use charivari_attribution::{
    Dossiers, Hypotheses, Knowledge, Observation, Observations, Profile, Reports, Standing, Use,
    Weights, What, World,
};
use charivari_knowledge::{Origin, Used, View};
use charivari_model::Framework;

pub(crate) const HOLY_SOULS: &str = include_str!("../cases/holy-souls.toml");

/// Everything that a world borrows.
pub(crate) struct Known {
    pub(crate) dossiers: Dossiers,
    pub(crate) hypotheses: Hypotheses,
    pub(crate) knowledge: Knowledge,
    pub(crate) weights: Weights,
}

impl Known {
    pub(crate) fn world(&self) -> World<'_> {
        World {
            dossiers: &self.dossiers,
            hypotheses: &self.hypotheses,
            knowledge: &self.knowledge,
            models: &self.weights.all,
        }
    }

    pub(crate) fn of(view: &View) -> Self {
        let dossiers = Dossiers::of(view);
        Self {
            knowledge: knowledge_of(view, &dossiers),
            dossiers,
            hypotheses: Hypotheses::shipped().unwrap(),
            weights: Weights::shipped().unwrap(),
        }
    }

    pub(crate) fn as_of(day: &str) -> Self {
        let day = day.parse().unwrap();
        Self::of(&charivari_knowledge::shipped().unwrap().as_of(Some(day)))
    }

    pub(crate) fn without_packs(day: &str) -> Self {
        let mut all = charivari_knowledge::shipped().unwrap();
        all.collections.retain(|it| it.origin != Origin::Packs);
        Self::of(&all.as_of(Some(day.parse().unwrap())))
    }
}

/// Profiles and reports of a view.
pub(crate) fn knowledge_of(view: &View, dossiers: &Dossiers) -> Knowledge {
    let mut profiles: BTreeMap<String, Profile> = BTreeMap::new();
    let mut told: BTreeMap<(String, String), (BTreeSet<String>, BTreeSet<String>)> =
        BTreeMap::new();
    for (collection, actor) in view.knowledge.actors() {
        let Some(place) = dossiers.place(&actor.id).filter(|_| !actor.uses.is_empty()) else {
            continue;
        };
        let key = &dossiers.actors[place].key;
        let profile = profiles.entry(key.clone()).or_insert_with(|| Profile {
            id: key.clone(),
            name: actor.name.clone(),
            country: None,
            techniques: vec![],
            software: vec![],
        });
        for it in &actor.uses {
            let mut cite = |id: &str, is_software: bool| {
                let list =
                    if is_software { &mut profile.software } else { &mut profile.techniques };
                list.push(id.to_owned());
                for cited in &it.cited {
                    let source = collection.source(cited.source);
                    let name = source.map_or("-", |it| {
                        if collection.origin == Origin::Packs { &it.title } else { &it.key }
                    });
                    let held = told.entry((name.to_owned(), key.clone())).or_default();
                    let set = if is_software { &mut held.1 } else { &mut held.0 };
                    set.insert(id.to_owned());
                }
            };
            match &it.used {
                Used::Technique(it) if it.framework() == Framework::Attack => cite(it.id(), false),
                Used::Technique(_) => {}
                Used::Software(id) => cite(id, true),
            }
        }
    }
    let mut actors: Vec<Profile> =
        profiles.into_values().filter(|it| !it.techniques.is_empty()).collect();
    for it in &mut actors {
        for list in [&mut it.techniques, &mut it.software] {
            list.sort();
            list.dedup();
        }
    }
    let uses = told.into_iter().map(|((citation, subject), (techniques, software))| Use {
        citation,
        subject,
        techniques: techniques.into_iter().collect(),
        software: software.into_iter().collect(),
    });
    let reports = Reports { uses: uses.collect(), ..Reports::default() };
    Knowledge::new(actors, &reports).unwrap()
}

pub(crate) fn holy_souls() -> Observations {
    Observations::read(HOLY_SOULS.as_bytes()).unwrap()
}

/// An observation of something, from a source of its own.
pub(crate) fn seen(id: &str, what: &What, standing: Standing, source: &str) -> Observation {
    Observation {
        id: id.to_owned(),
        what: what.clone(),
        standing,
        grade: Some("B2".parse().unwrap()),
        source: source.to_owned(),
        evidence: Vec::new(),
        date: None,
        note: String::new(),
    }
}

/// A case of such observations, each with a source of its own.
pub(crate) fn case(whats: &[(What, Standing)]) -> Observations {
    let one = |(at, (what, standing)): (usize, &(What, Standing))| {
        seen(&format!("o{at}"), what, *standing, &format!("source {at}"))
    };
    Observations {
        title: "invented".to_owned(),
        observations: whats.iter().enumerate().map(one).collect(),
        denials: Vec::new(),
    }
}
