//! Profiles and reports together, with ids as numbers, so that they are looked at many times.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::profile::Profile;
use crate::reports::{self, Reports};

/// The most cells a table of actors by techniques or by tools may have; ATT&CK has 130,000.
const MAX_CELLS: usize = 8_000_000;

/// Ids as numbers, in the order of the ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary(BTreeMap<String, u32>);

impl Vocabulary {
    fn new<'a>(ids: impl Iterator<Item = &'a String>) -> Self {
        let mut held: BTreeMap<String, u32> = ids.map(|id| (id.clone(), 0)).collect();
        for (number, value) in held.values_mut().enumerate() {
            *value = number as u32;
        }
        Self(held)
    }

    pub(crate) fn get(&self, id: &str) -> Option<usize> {
        self.0.get(id).map(|&number| number as usize)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    fn numbers(&self, ids: &[String]) -> Vec<u32> {
        ids.iter().filter_map(|id| self.0.get(id).copied()).collect()
    }
}

/// Of whom a use is told.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    /// These actors.
    Actors(Vec<u32>),
    /// A campaign, and the actors it is attributed to.
    Campaign(String, Vec<u32>),
    /// A tool.
    Software(u32),
}

/// What one source says of one subject, in numbers.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) citation: String,
    pub(crate) subject: Subject,
    pub(crate) techniques: Vec<u32>,
    pub(crate) software: Vec<u32>,
}

/// All that is known of all actors.
///
/// [`Candidates`](crate::Candidates) are made from it, with or without setting reports aside.
#[derive(Clone, Debug)]
pub struct Knowledge {
    pub(crate) actors: Vec<Profile>,
    pub(crate) actor: Vocabulary,
    pub(crate) technique: Vocabulary,
    pub(crate) software: Vocabulary,
    /// The techniques and tools of each actor's profile.
    pub(crate) profiles: Vec<(Vec<u32>, Vec<u32>)>,
    pub(crate) rows: Vec<Row>,
}

impl Knowledge {
    /// Puts profiles and reports together.
    ///
    /// The profiles decide who is a candidate and what each one uses; a report about somebody else
    /// only shows how often things are told at all.
    ///
    /// # Errors
    /// `E1103` if an id stands twice, `E1112` if the tables would be too large.
    pub fn new(mut actors: Vec<Profile>, reports: &Reports) -> Result<Self> {
        actors.sort_by(|a, b| a.id.cmp(&b.id));
        if let Some(pair) = actors.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(Error::Twice { id: pair[0].id.clone(), of: "profiles" });
        }
        let uses = || reports.uses.iter();
        let technique = Vocabulary::new(
            actors.iter().flat_map(|it| &it.techniques).chain(uses().flat_map(|it| &it.techniques)),
        );
        let tools = uses().filter_map(|it| match &it.subject {
            reports::Subject::Software(id) => Some(id),
            _ => None,
        });
        let software = Vocabulary::new(
            actors
                .iter()
                .flat_map(|it| &it.software)
                .chain(uses().flat_map(|it| &it.software))
                .chain(tools),
        );
        let things = technique.len().max(software.len());
        if actors.len().saturating_mul(things) > MAX_CELLS {
            return Err(Error::TooMany { actors: actors.len(), things, cap: MAX_CELLS });
        }
        let actor = Vocabulary::new(actors.iter().map(|it| &it.id));
        let profiles = actors
            .iter()
            .map(|it| (technique.numbers(&it.techniques), software.numbers(&it.software)))
            .collect();
        let subject = |of: &reports::Subject| match of {
            reports::Subject::Software(id) => {
                software.get(id).map(|number| Subject::Software(number as u32))
            }
            reports::Subject::Campaign(id, actors) => {
                Some(Subject::Campaign(id.clone(), actor.numbers(actors)))
            }
            reports::Subject::Actor(id) => {
                Some(Subject::Actors(actor.numbers(std::slice::from_ref(id))))
            }
        };
        let row = |it: &crate::reports::Use| {
            Some(Row {
                citation: it.citation.clone(),
                subject: subject(&it.subject)?,
                techniques: technique.numbers(&it.techniques),
                software: software.numbers(&it.software),
            })
        };
        let rows = uses().filter_map(row).collect();
        Ok(Self { actors, actor, technique, software, profiles, rows })
    }

    /// The actors, in the order of their ids.
    pub fn actors(&self) -> &[Profile] {
        &self.actors
    }

    /// Whether there is an actor of this id.
    pub fn has_actor(&self, id: &str) -> bool {
        self.actor.get(id).is_some()
    }
}
