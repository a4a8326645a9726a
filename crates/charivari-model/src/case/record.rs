//! Events, notes, parties, hypotheses, and what joins records.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Ref;
use crate::{Confidence, Likelihood, Timestamp, Tlp, When};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its number in the case.
    pub id: Ref,
    /// When it happened.
    pub when: When,
    /// What happened, in one line.
    pub title: String,
    /// More about it.
    pub text: String,
    /// Who says so.
    pub source: String,
    /// Who may see it.
    pub tlp: Tlp,
    /// When it came into the case.
    pub added: Timestamp,
    /// Who added it.
    pub added_by: String,
}

/// An analyst's note, about a record or about the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its number in the case.
    pub id: Ref,
    /// What it is about; `None` for the case as a whole.
    pub about: Option<Ref>,
    /// The note.
    pub text: String,
    /// Who may see it.
    pub tlp: Tlp,
    /// When it was written.
    pub added: Timestamp,
    /// Who wrote it.
    pub added_by: String,
}

/// A party that the case speaks of: a persona, a company, a state body, a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Its number in the case.
    pub id: Ref,
    /// The name used here.
    pub name: String,
    /// What it is: `persona`, `threat-actor`, `organisation`, `publication`, `person`.
    pub what: String,
    /// Other names, each with who uses it and since when.
    pub aliases: Vec<Alias>,
    /// What is known of it, in a few sentences.
    pub text: String,
    /// On what public ground it is named: an indictment, a sanctions list, its own words.
    pub ground: String,
    /// Its answer to what is said about it; empty until it gave one. Every named party is asked.
    pub reply: String,
    /// Who may see it.
    pub tlp: Tlp,
    /// When it came into the case.
    pub added: Timestamp,
    /// Who added it.
    pub added_by: String,
}

/// Another name of a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// Who uses it.
    pub source: String,
    /// Since when, as far as known.
    pub since: Option<When>,
}

/// The weighing of all answers to "who?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The answers, unknown and unrelated included.
    pub hypotheses: Vec<Hypothesis>,
    /// How good the basis of the weighing is.
    pub confidence: Confidence,
    /// Why it is no better and no worse.
    pub basis: String,
    /// What would change it.
    pub would_change: Vec<String>,
    /// What else has to be said with it: rivals, limits, replies, gaps, innocent explanations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Passage>,
    /// Each thing that was weighed beside each hypothesis.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weighed: Vec<Weighed>,
    /// The run that computed it.
    pub run: Ref,
}

/// A part of an assessment's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its heading.
    pub title: String,
    /// Its sentences.
    pub lines: Vec<String>,
}

/// One row of the matrix of competing hypotheses (Heuer, Psychology of Intelligence Analysis, 1999,
/// chapter 8).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighed {
    /// What was weighed, such as `disarm:T0089.001` or `money=sale-offer`.
    pub what: String,
    /// The records that show it.
    pub records: Vec<Ref>,
    /// For each hypothesis, in their order: 2 strongly consistent, 1 consistent, 0 not applicable, -1
    /// inconsistent, -2 strongly inconsistent.
    pub readings: Vec<i8>,
    /// How far it tells the hypotheses apart, in nats: the greatest of its log likelihood ratios less
    /// the least.
    pub diagnosticity: f64,
}

/// One answer to "who?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    /// Its number in the case.
    pub id: Ref,
    /// The answer, in one line.
    pub title: String,
    /// How probable it is.
    pub likelihood: Likelihood,
    /// The probability, from 0 to 1.
    pub probability: f64,
    /// What speaks for it.
    pub supports: Vec<Ref>,
    /// What speaks against it.
    pub contradicts: Vec<Ref>,
}

/// A link from one record to another, made by an analyst.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The record that says something of the other.
    pub from: Ref,
    /// How it stands to the other.
    pub relation: Relation,
    /// The other record.
    pub to: Ref,
    /// Why.
    pub reason: String,
    /// When it was made.
    pub added: Timestamp,
    /// Who made it.
    pub added_by: String,
}

/// How one record stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// It speaks for it.
    Supports,
    /// It speaks against it.
    Contradicts,
    /// It is the denial of it by a party that it concerns.
    Denies,
    /// It is about it.
    About,
}

impl Relation {
    /// All relations.
    pub const ALL: [Self; 4] = [Self::Supports, Self::Contradicts, Self::Denies, Self::About];

    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Contradicts => "contradicts",
            Self::Denies => "denies",
            Self::About => "about",
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Relation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|relation| relation.word() == lower).ok_or_else(|| {
            format!("expected supports, contradicts, denies or about, but met \"{text}\"")
        })
    }
}
