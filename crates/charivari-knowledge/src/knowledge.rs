//! All collections, side by side.

use std::fmt;

use charivari_model::Technique;
use serde::{Deserialize, Serialize};

use crate::{Actor, Campaign, Fault, Software, Source, TechniqueEntry, Vocabulary};

/// Where a collection comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// MITRE ATT&CK: its domain (`enterprise`, `ics`, `mobile`) and version.
    Attack(String, String),
    /// DISARM, and its version.
    Disarm(String),
    /// A galaxy of MISP: its type and version.
    Misp(String, String),
    /// Microsoft's list of names.
    Microsoft,
    /// The project's own packs, or an analyst's.
    Packs,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attack(domain, version) => write!(f, "ATT&CK {domain} {version}"),
            Self::Disarm(version) => write!(f, "DISARM {version}"),
            Self::Misp(galaxy, version) => write!(f, "MISP {galaxy} {version}"),
            Self::Microsoft => write!(f, "Microsoft's names"),
            Self::Packs => write!(f, "packs"),
        }
    }
}

/// What one file, or one set of packs, says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// Where it comes from.
    pub origin: Origin,
    /// The notice that its licence asks for.
    pub notice: String,
    /// What it cites.
    pub sources: Vec<Source>,
    /// Its actors, by id.
    pub actors: Vec<Actor>,
    /// Its campaigns, by id.
    pub campaigns: Vec<Campaign>,
    /// Its techniques and programs.
    pub vocabulary: Vocabulary,
    /// Objects that could not be read, or contradict each other.
    pub faults: Vec<Fault>,
}

impl Collection {
    /// A collection that says nothing yet.
    #[must_use]
    pub fn new(origin: Origin) -> Self {
        Self {
            origin,
            notice: String::new(),
            sources: Vec::new(),
            actors: Vec::new(),
            campaigns: Vec::new(),
            vocabulary: Vocabulary::default(),
            faults: Vec::new(),
        }
    }

    /// The actor with an id.
    #[must_use]
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.id == id)
    }

    /// The source that a fact cites.
    #[must_use]
    pub fn source(&self, number: Option<u32>) -> Option<&Source> {
        self.sources.get(number? as usize)
    }
}

/// Everything that is known, collection by collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// The collections, in the order in which they were added.
    pub collections: Vec<Collection>,
}

impl Knowledge {
    /// Adds a collection. One of the same origin that is there already stays: two imports of one
    /// version are two claims.
    pub fn add(&mut self, collection: Collection) {
        self.collections.push(collection);
    }

    /// The same without any pack: the packs were written by people who knew how cases ended.
    #[must_use]
    pub fn without_packs(mut self) -> Self {
        self.collections.retain(|it| it.origin != Origin::Packs);
        self
    }

    /// What the frameworks say of a technique: each version that knows it.
    pub fn technique<'a>(
        &'a self,
        technique: &'a Technique,
    ) -> impl Iterator<Item = (&'a Collection, &'a TechniqueEntry)> {
        let entry = |it: &'a Collection| Some((it, it.vocabulary.techniques.get(technique)?));
        self.collections.iter().filter_map(entry)
    }

    /// The name of a technique in the newest collection that knows it.
    #[must_use]
    pub fn technique_name(&self, technique: &Technique) -> Option<&str> {
        let mut named =
            self.collections.iter().rev().filter_map(|it| it.vocabulary.techniques.get(technique));
        named.next().map(|entry| entry.name.as_str())
    }

    /// What is said of a program, by its id.
    pub fn software<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Software> {
        self.collections.iter().filter_map(|it| it.vocabulary.software.get(id))
    }

    /// Every actor with its collection.
    pub fn actors(&self) -> impl Iterator<Item = (&Collection, &Actor)> {
        self.collections.iter().flat_map(|it| it.actors.iter().map(move |actor| (it, actor)))
    }
}
