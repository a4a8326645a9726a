//! A case at a glance, in a time that does not grow with it.

use std::collections::BTreeSet;

use charivari_model::case::{Claim, Finding, Head, Kind, Ref, Relation, Ruling};

use crate::db::{count, sql};
use crate::dossier::{STANDINGS, actors, all, spoken, tally};
use crate::{Case, Result};

/// How many of the newest findings and claims are shown.
const NEWEST: usize = 5;

/// A case at a glance.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Overview {
    /// What the case is, and how far its log has come.
    pub head: Head,
    /// How many records there are of each kind, in the order of [`Kind::ALL`].
    pub counts: Vec<(Kind, u64)>,
    /// How many findings stand with each ruling: accepted, open, rejected. Superseded ones apart.
    pub rulings: Vec<(Ruling, u64)>,
    /// How many findings later ones took the place of.
    pub superseded: u64,
    /// How many pieces of evidence are held elsewhere.
    pub held_elsewhere: u64,
    /// How many pieces of evidence are kept encrypted.
    pub encrypted: u64,
    /// The newest findings that stand, the newest first.
    pub findings: Vec<Finding>,
    /// The newest claims, the newest first.
    pub claims: Vec<Claim>,
    /// What is still to be done, each as a sentence.
    pub questions: Vec<String>,
}

impl Case {
    /// The case at a glance.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn overview(&mut self) -> Result<Overview> {
        let head = self.head()?;
        let db = &mut self.db;
        let mut counts = Vec::new();
        for kind in Kind::ALL {
            let statement = sql("SELECT max(number) FROM made WHERE letter = ?");
            let most = db.number(statement.bind(kind.letter().to_string()))?;
            counts.push((kind, most.unsigned_abs()));
        }
        let mut rulings = Vec::new();
        for (standing, ruling) in STANDINGS.iter().enumerate() {
            let number = tally(db, &format!("standing {standing}"))?.unsigned_abs();
            rulings.push((*ruling, number));
        }
        let superseded = tally(db, "superseded")?.unsigned_abs();
        let held_elsewhere = tally(db, "held_elsewhere")?.unsigned_abs();
        let encrypted = tally(db, "encrypted")?.unsigned_abs();
        let newest = db.rows(sql("SELECT number FROM finding WHERE superseded_by IS NULL \
                                  ORDER BY number DESC LIMIT 5"))?;
        let mut findings = Vec::new();
        for row in newest.iter().take(NEWEST) {
            findings.push(self.finding(Ref::new(Kind::Finding, count(row, 0)?))?);
        }
        let claims: Vec<Claim> = all(&mut self.db, Kind::Claim)?;
        let questions = self.questions(&claims, rulings[1].1)?;
        let claims = claims.into_iter().rev().take(NEWEST).collect();
        Ok(Overview {
            head,
            counts,
            rulings,
            superseded,
            held_elsewhere,
            encrypted,
            findings,
            claims,
            questions,
        })
    }

    /// What is still to be done.
    fn questions(&mut self, claims: &[Claim], open: u64) -> Result<Vec<String>> {
        let mut questions = Vec::new();
        if open > 0 {
            questions.push(format!(
                "{} for a decision.",
                several(open, "finding waits", "findings wait")
            ));
        }
        let answered: BTreeSet<Ref> = self
            .links()?
            .iter()
            .filter(|link| link.relation != Relation::About)
            .flat_map(|link| [link.from, link.to])
            .collect();
        let first: Vec<&Claim> = claims.iter().filter(|claim| claim.repeats.is_none()).collect();
        let alone = first.iter().filter(|claim| !answered.contains(&claim.id)).count() as u64;
        if alone > 0 {
            let claims = several(alone, "claim is", "claims are");
            questions.push(format!("{claims} neither supported nor contradicted by anything."));
        }
        let actors = actors(&mut self.db)?;
        let silent = actors.iter().filter(|actor| actor.reply.is_empty()).count() as u64;
        if silent > 0 {
            questions
                .push(format!("{} not replied.", several(silent, "party has", "parties have")));
        }
        if spoken::<serde_json::Value>(&mut self.db, "assess")?.is_empty() {
            questions.push("No hypotheses have been weighed.".to_owned());
        }
        Ok(questions)
    }
}

/// A number with the words that fit it.
fn several(number: u64, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}
