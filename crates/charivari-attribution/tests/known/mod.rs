//! What the program carries, as a world to weigh in.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]
#![allow(dead_code, reason = "not every test needs all of it")]

use charivari_attribution::{
    Dossiers, Hypotheses, Knowledge, Observation, Observations, Standing, Weights, What, World,
    knowledge_of,
};
use charivari_knowledge::View;

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
        Self {
            knowledge: knowledge_of(view).unwrap(),
            dossiers: Dossiers::of(view),
            hypotheses: Hypotheses::shipped().unwrap(),
            weights: Weights::shipped().unwrap(),
        }
    }

    pub(crate) fn as_of(day: &str) -> Self {
        let day = day.parse().unwrap();
        Self::of(&charivari_knowledge::shipped().unwrap().as_of(Some(day)))
    }

    pub(crate) fn without_packs(day: &str) -> Self {
        let all = charivari_knowledge::shipped().unwrap().without_packs();
        Self::of(&all.as_of(Some(day.parse().unwrap())))
    }
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
