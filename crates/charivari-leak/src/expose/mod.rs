//! Who is put at risk by a leak, for the owner of the records.
//!
//! [`Analyser`] takes the owner's table row by row and keeps of each record a set of facts and keyed
//! digests, never a value. [`Analyser::finish`] sizes the risk of each person after ENISA's method
//! ([`severity`]) in the context that the owner states ([`context`]), and counts: how many are at
//! which risk, which combinations identify or endanger, who stands alone, where they are. What is
//! counted is protected ([`suppress`]) before it leaves, so that an [`Exposure`] may be shown.
//!
//! [`deadline`] works out when the authority has to be told, [`notice`] drafts what it and the people
//! are told, and [`list`] writes whom to tell first, encrypted to the owner's key.

mod columns;
mod error;
mod person;

pub mod context;
pub mod deadline;
pub mod geography;
pub mod list;
pub mod notice;
mod result;
pub mod severity;
pub mod suppress;

use std::collections::BTreeSet;

use charivari_model::{Cell, RowSink, TableHead};
use jiff::civil::Date;

pub use self::columns::Columns;
pub use self::context::Context;
pub use self::error::Error;
use self::person::{Facts, Person, Reading};
pub use self::result::{Alone, Combination, Country, Exposure, InBand, Region};
use self::severity::{Band, Circumstances, Severity};
use crate::Kind;

/// A key for the digests of one run; it leaves with the run.
///
/// # Errors
/// [`Error::Random`].
pub fn random_key() -> Result<[u8; 32], Error> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| Error::Random { met: error.to_string() })?;
    Ok(key)
}

/// What the owner says of the table and of the breach.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What being in the table means.
    pub context: Context,
    /// What happened to the data.
    pub circumstances: Circumstances,
    /// The country of records that state none.
    pub home: Option<[u8; 2]>,
    /// Domains whose users are in danger where they become known.
    pub at_risk_domains: Vec<String>,
    /// Countries in which people are in danger where they become known.
    pub at_risk_countries: Vec<[u8; 2]>,
    /// The day on which people are as old as they are.
    pub as_of: Date,
    /// Whether nobody but the owner can read the data, such as with a strong cipher whose key was
    /// not taken.
    pub unintelligible: bool,
}

/// Says which columns of a table hold what; nothing where the table is to be passed over.
pub type Chooser<'a> = Box<dyn Fn(&TableHead) -> Option<Columns> + 'a>;

/// Sizes the risk to the people of the tables that pass.
pub struct Analyser<'a> {
    settings: Settings,
    key: [u8; 32],
    choose: Chooser<'a>,
    columns: Option<Columns>,
    kinds: Vec<Kind>,
    people: Vec<Person>,
    passed_over: BTreeSet<(u32, String, Option<String>)>,
}

impl<'a> Analyser<'a> {
    /// An analyser of these settings; `key` keeps digests from being worth anything elsewhere.
    pub fn new(settings: Settings, key: [u8; 32], choose: Chooser<'a>) -> Self {
        let (columns, kinds, people) = (None, Vec::new(), Vec::new());
        Self { settings, key, choose, columns, kinds, people, passed_over: BTreeSet::new() }
    }

    /// What was found. `file` is how messages name the input.
    ///
    /// # Errors
    /// [`Error::NoPerson`] and [`Error::Empty`].
    pub fn finish(mut self, file: &str) -> Result<(Exposure, Tiers), Error> {
        if self.kinds.is_empty() {
            return Err(Error::NoPerson { file: file.to_owned() });
        }
        if self.people.is_empty() {
            return Err(Error::Empty { file: file.to_owned() });
        }
        let quasi = group(&mut self.people, |person| person.quasi, Facts::UNIQUE);
        group(&mut self.people, |person| person.commune, Facts::ALONE);
        let exposure = result::sum(
            &self.settings,
            &self.kinds,
            &self.people,
            &quasi,
            self.passed_over.len() as u64,
        );
        let tiers = self.people.iter().map(|person| tier(&self.settings, person.facts)).collect();
        Ok((exposure, Tiers(tiers)))
    }
}

impl RowSink for Analyser<'_> {
    fn table(&mut self, head: &TableHead) {
        self.columns = (self.choose)(head).filter(Columns::has_person);
        if let Some(columns) = &self.columns {
            self.kinds.extend(columns.kinds());
        } else {
            // A dump takes up a table again and again.
            self.passed_over.insert((head.input, head.file.clone(), head.name.clone()));
        }
    }

    fn row(&mut self, _number: u64, cells: &[Cell<'_>]) {
        let Some(columns) = &self.columns else { return };
        let reading = Reading {
            home: self.settings.home,
            at_risk_domains: &self.settings.at_risk_domains,
            at_risk_countries: &self.settings.at_risk_countries,
            as_of: self.settings.as_of,
            key: &self.key,
        };
        self.people.push(reading.person(&columns.values(cells)));
    }
}

/// How soon each person is to be told, by the order of the rows: 1 is first, 4 is last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tiers(Vec<u8>);

impl Tiers {
    /// The tier of a row, counted over all tables that were not passed over, from 0.
    pub fn of(&self, place: usize) -> u8 {
        self.0.get(place).copied().unwrap_or(4)
    }

    /// The tiers that somebody is in.
    pub fn present(&self) -> Vec<u8> {
        (1..=4).filter(|tier| self.0.contains(tier)).collect()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn severity(settings: &Settings, facts: Facts) -> Severity {
    Severity::of(facts.dpc(&settings.context), facts.ease(), settings.circumstances)
}

/// First those whom a fact endangers and who are at high risk, then by risk.
fn tier(settings: &Settings, facts: Facts) -> u8 {
    let band = severity(settings, facts).band;
    let is_endangered = facts.any(&person::ENDANGERS);
    match band {
        Band::High | Band::VeryHigh if is_endangered => 1,
        Band::VeryHigh => 2,
        Band::High => 3,
        Band::Low | Band::Medium => 4,
    }
}

/// Marks whoever is the only one with a digest, and tells how many stand in groups of which size: of
/// one, of two to four, of five to nine, of ten and more, and how many have no digest.
fn group(people: &mut [Person], digest: impl Fn(&Person) -> u64, alone: Facts) -> [u64; 5] {
    let mut order: Vec<(u64, usize)> =
        people.iter().enumerate().map(|(place, person)| (digest(person), place)).collect();
    order.sort_unstable();
    let mut counts = [0; 5];
    for same in order.chunk_by(|one, other| one.0 == other.0) {
        let size = same.len() as u64;
        let slot = match (same[0].0, size) {
            (0, _) => 4,
            (_, 1) => 0,
            (_, 2..=4) => 1,
            (_, 5..=9) => 2,
            _ => 3,
        };
        counts[slot] += size;
        if slot == 0 {
            people[same[0].1].facts.set(alone, true);
        }
    }
    counts
}
