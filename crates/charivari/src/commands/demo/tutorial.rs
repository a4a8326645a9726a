//! The tutorial case: what was known on one day, what the exports show, and what the next day changed.

use std::collections::BTreeMap;
use std::path::Path;

use charivari_case::{Case, NewCase, Stamp};
use charivari_model::case::{Dossier, Ref, Ruling};
use charivari_model::{Timestamp, Tlp};

use super::facts::Facts;
use crate::commands::report;
use crate::failure::{Failure, Result};

/// The days of the tutorial: the eve of the attribution, and the day on which it was published.
pub(super) const DAYS: [&str; 2] = ["2023-02-02", "2023-02-03"];
/// Noon of each, in seconds since the epoch: the tutorial's clock, so that it gives the same bytes.
const NOONS: [i64; 2] = [1_675_339_200, 1_675_425_600];
/// The tutorial's case is always the same one.
const UUID: &str = "c4a71ba1-2023-4104-8d0e-5a1e0f50a115";
pub(super) const ANALYST: &str = "analyst of the tutorial";

const SYNTHETIC: &str = "This is a tutorial. The events, claims and parties in it are public facts \
                         with their sources; every post, account, text and address was made by a \
                         program.";

/// The tutorial under way.
pub(super) struct Tutorial {
    case: Case,
    facts: Facts,
    /// Claims by their key in the facts.
    claims: BTreeMap<String, Ref>,
}

/// When something of the tutorial is written down: at noon of its day, 0 or 1.
pub(super) fn stamp(day: usize) -> Stamp {
    Stamp { now: Timestamp::from_seconds(NOONS[day]), by: ANALYST.to_owned() }
}

impl Tutorial {
    /// Opens the case anew in `dir`, with what was known on the first day.
    pub(super) fn open(dir: &Path) -> Result<Self> {
        start_over(dir)?;
        let facts = Facts::read()?;
        let new = NewCase {
            title: facts.title.clone(),
            question: facts.question.clone(),
            tlp: Tlp::Clear,
            synthetic: Some(SYNTHETIC.to_owned()),
            uuid: Some(UUID.to_owned()),
        };
        let case = Case::create(dir, new, &stamp(0))?;
        let mut tutorial = Self { case, facts, claims: BTreeMap::new() };
        tutorial.learn(0)?;
        Ok(tutorial)
    }

    /// Records what became known on a day.
    pub(super) fn learn(&mut self, day: usize) -> Result<()> {
        let (stamp, name) = (stamp(day), DAYS[day]);
        if day == 0 {
            self.case.rates(&self.facts.rates()?, &stamp)?;
        }
        for event in self.facts.events(name)? {
            self.case.event(event, &stamp)?;
        }
        for actor in self.facts.actors(name)? {
            self.case.actor(actor, &stamp)?;
        }
        for (key, mut claim, repeats) in self.facts.claims(name)? {
            claim.repeats = repeats.and_then(|key| self.claims.get(&key).copied());
            let id = self.case.claim(claim, &stamp)?;
            self.claims.insert(key, id);
        }
        for link in self.facts.links(name) {
            let (from, to) = (self.claim(&link.from)?, self.claim(&link.to)?);
            self.case.link(from, link.relation, to, &link.reason, &stamp)?;
        }
        Ok(())
    }

    fn claim(&self, key: &str) -> Result<Ref> {
        let known = self.claims.get(key).copied();
        known.ok_or_else(|| Failure::fault(format!("the demo's facts name no claim {key}")))
    }

    /// Decides on what was found, as an analyst would who has read the posts: groups stand, and what
    /// openly posts together is innocent.
    pub(super) fn decide(&mut self) -> Result<()> {
        let stamp = stamp(0);
        for finding in self.dossier()?.findings {
            let (ruling, reason) = match finding.kind.as_str() {
                "coordination.group" => (
                    Ruling::Accepted,
                    "Its posts were read: one persona's material, pushed in step by accounts that \
                     have little else in common. No innocent explanation fits as well.",
                ),
                "coordination.syndication" => (
                    Ruling::Rejected,
                    "A newspaper's own accounts, which post through one tool and say so.",
                ),
                "observation" => (
                    Ruling::Accepted,
                    "It was public on that day; the source was looked up and graded.",
                ),
                kind if kind.starts_with("identity.") => (
                    Ruling::Accepted,
                    "The profiles were read beside the genuine ones; none of them says that it is parody, a fan \
                     or somebody of the same name.",
                ),
                kind if kind.starts_with("mail.") => (
                    Ruling::Accepted,
                    "The messages were read, and the signatures checked again with the keys of their day.",
                ),
                kind if kind.starts_with("leak.") => (
                    Ruling::Accepted,
                    "The comparison was repeated with the files and the command that its run names.",
                ),
                _ => (Ruling::Accepted, "The run was repeated from the command in its report."),
            };
            self.case.decide(finding.id, ruling, reason, &stamp)?;
        }
        Ok(())
    }

    /// The case as it stands.
    pub(super) fn dossier(&mut self) -> Result<Dossier> {
        Ok(self.case.dossier(&report::wanted())?)
    }
}

/// Takes the case of an earlier demo away; any other case stays, and the demo does not run.
fn start_over(dir: &Path) -> Result<()> {
    if !dir.exists() {
        return Ok(());
    }
    let is_ours = Case::open_reading(dir).is_ok_and(|case| case.uuid() == UUID);
    if !is_ours {
        return Err(Failure::output(format!(
            "E0332: cannot write into {}: it is there and no case of an earlier demo; name another \
             folder",
            dir.display()
        )));
    }
    std::fs::remove_dir_all(dir).map_err(|error| {
        Failure::output(format!("E0332: cannot take the earlier {} away: {error}", dir.display()))
    })
}
