//! A whole case, as reports and exporters read it.

use serde::{Deserialize, Serialize};

use super::{
    Actor, Assessment, Check, Claim, Event, Evidence, Finding, Link, Note, Rate, Ref, Run,
};
use crate::{Timestamp, Tlp, When};

/// A case at one head of its log, in full or with what was left out counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// What the case is, and how far its log had come.
    pub head: Head,
    /// Input files.
    pub evidence: Vec<Evidence>,
    /// Runs of analyses.
    pub runs: Vec<Run>,
    /// What they found.
    pub findings: Vec<Finding>,
    /// Who said what.
    pub claims: Vec<Claim>,
    /// How numbers in claims compare.
    pub checks: Vec<Check>,
    /// What joins records.
    pub links: Vec<Link>,
    /// What happened.
    pub events: Vec<Event>,
    /// Notes of analysts.
    pub notes: Vec<Note>,
    /// Parties.
    pub actors: Vec<Actor>,
    /// Rates of exchange that claims were checked against.
    pub rates: Vec<Rate>,
    /// The weighing of hypotheses, where it was done.
    pub assessment: Option<Assessment>,
    /// What there was no room for.
    pub left: Left,
}

/// What the case is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The case's own id, a UUID.
    pub uuid: String,
    /// Its title.
    pub title: String,
    /// The question that it is to answer.
    pub question: String,
    /// Who may see it.
    pub tlp: Tlp,
    /// When it was opened.
    pub opened: Timestamp,
    /// Who opened it.
    pub opened_by: String,
    /// Set where data in it was invented: the sentence that says so.
    pub synthetic: Option<String>,
    /// The version of the database's schema.
    pub schema: u32,
    /// Entries of the log.
    pub log_entries: u64,
    /// The hash of the last entry.
    pub log_head: String,
    /// When the last entry was written.
    pub changed: Timestamp,
    /// The signature of the head, where there is a key.
    pub signed: Option<Signed>,
    /// The name and version of the program that wrote this.
    pub tool: String,
}

/// A signature with Ed25519 (RFC 8032).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The public key, lower-case hexadecimal.
    pub key: String,
    /// The signature, lower-case hexadecimal.
    pub signature: String,
}

/// How many records of a kind were left out for want of room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Input files.
    pub evidence: u64,
    /// Findings.
    pub findings: u64,
    /// Claims.
    pub claims: u64,
    /// Events.
    pub events: u64,
    /// Notes.
    pub notes: u64,
}

/// One moment of a case's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// When it was.
    pub when: When,
    /// The record.
    pub record: Ref,
    /// What it was, in one line.
    pub title: String,
}

impl Dossier {
    /// What happened, was said, was done and was collected, in the order of time; what began at the
    /// same instant in the order of its certainty, then of its record.
    #[must_use]
    pub fn timeline(&self) -> Vec<Moment> {
        let events =
            self.events.iter().map(|event| moment(&event.when, event.id, event.title.clone()));
        let claims = self
            .claims
            .iter()
            .map(|claim| moment(&claim.when, claim.id, format!("{}: {}", claim.who, claim.gist)));
        let findings = self.findings.iter().filter(|finding| finding.superseded_by.is_none());
        let findings = findings.filter_map(|finding| {
            let (from, to) = finding.period?;
            Some(moment(&When::between(from, to), finding.id, finding.statement.clone()))
        });
        let evidence = self.evidence.iter().filter_map(|evidence| {
            let when = evidence.collected.as_ref()?;
            Some(moment(when, evidence.id, format!("collected: {}", evidence.name)))
        });
        let mut moments: Vec<Moment> =
            events.chain(claims).chain(findings).chain(evidence).collect();
        moments.sort_by_key(|moment| (moment.when.from, moment.when.to, moment.record));
        moments
    }

    /// The finding of that number, if it is here.
    #[must_use]
    pub fn finding(&self, id: Ref) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }

    /// The run of that number, if it is here.
    #[must_use]
    pub fn run(&self, id: Ref) -> Option<&Run> {
        self.runs.iter().find(|run| run.id == id)
    }
}

fn moment(when: &When, record: Ref, title: String) -> Moment {
    Moment { when: when.clone(), record, title }
}
