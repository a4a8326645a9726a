//! Techniques and software: the vocabulary, which stays today's whatever the date asked about; what
//! programs do is a claim with a source, and has its date.

use std::collections::BTreeMap;

use charivari_model::Technique;
use serde::{Deserialize, Serialize};

use crate::Cited;

/// A technique of a framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TechniqueEntry {
    /// The technique.
    pub technique: Technique,
    /// Its name.
    pub name: String,
    /// Short names of its tactics.
    pub tactics: Vec<String>,
    /// The technique that took its place.
    pub revoked_by: Option<Technique>,
    /// Whether it was given up without a successor.
    pub deprecated: bool,
}

impl TechniqueEntry {
    /// The technique of which this is a part: `attack:T1585` for `attack:T1585.001`.
    #[must_use]
    pub fn parent(&self) -> Option<Technique> {
        let (main, _) = self.technique.id().split_once('.')?;
        format!("{}:{main}", self.technique.framework().prefix()).parse().ok()
    }
}

/// A program that actors use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Software {
    /// Its id, such as `S0002`.
    pub id: String,
    /// Its names, the listed one first.
    pub names: Vec<String>,
    /// Whether anybody can have it, as opposed to malware.
    pub is_tool: bool,
    /// Techniques that it is said to carry out, each once and in order.
    pub abilities: Vec<Ability>,
}

/// One claim that a program carries out a technique.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ability {
    /// The technique.
    pub technique: Technique,
    /// Who says so.
    pub cited: Vec<Cited>,
}

impl Software {
    /// Puts abilities in order, each technique once with everybody who says so.
    pub(crate) fn settle(&mut self) {
        self.abilities.sort_by(|one, other| one.technique.cmp(&other.technique));
        self.abilities.dedup_by(|later, kept| {
            let same = later.technique == kept.technique;
            if same {
                kept.cited.append(&mut later.cited);
            }
            same
        });
    }
}

/// The techniques and programs of one collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Techniques.
    pub techniques: BTreeMap<Technique, TechniqueEntry>,
    /// Programs by id.
    pub software: BTreeMap<String, Software>,
}

impl Vocabulary {
    /// The technique that stands today for `technique`, however often it was replaced.
    ///
    /// Nothing where it is unknown, was given up, or is replaced in a circle.
    #[must_use]
    pub fn today(&self, technique: &Technique) -> Option<&TechniqueEntry> {
        let mut at = technique;
        for _ in 0..=self.techniques.len() {
            let entry = self.techniques.get(at)?;
            match &entry.revoked_by {
                Some(next) => at = next,
                None => return (!entry.deprecated).then_some(entry),
            }
        }
        None
    }
}
