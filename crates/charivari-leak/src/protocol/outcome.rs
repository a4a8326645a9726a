//! What an exchange gives: counts, and what both sides were bound to.

use std::collections::BTreeMap;

use charivari_model::Timestamp;
use serde::{Deserialize, Serialize};

use super::terms::when;
use super::{Compared, CopyMet, Digest, SampleCounts, TableCounts, Terms};
use crate::verification;

/// The counts of an exchange. They stay with the holder; what leaves has small counts withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What was compared.
    pub terms: Terms,
    /// Rows of the sample that were asked, decoys not counted.
    pub asked: u64,
    /// How many of them were found.
    pub found: u64,
    /// By column, on found rows.
    pub columns: Vec<ColumnOutcome>,
    /// The decoys.
    pub decoys: Decoys,
    /// Canaries in the sample by copy, where the committed list was given.
    pub canaries: Option<BTreeMap<String, CopyMet>>,
    /// What was counted on the holder's side.
    pub sample: SampleCounts,
    /// What the organisation says of its table.
    pub table: TableCounts,
    /// Entries of the set that was held against the commitment.
    pub entries: u64,
    /// The digest of the organisation's commitment.
    pub commitment: Digest,
    /// The root over the organisation's set.
    pub table_root: Digest,
    /// The salted root over the sample.
    pub sample_root: Digest,
    /// The root over the blinded elements.
    pub elements_root: Digest,
    /// When the organisation committed.
    #[serde(with = "when")]
    pub committed: Timestamp,
    /// When the holder committed.
    #[serde(with = "when")]
    pub requested: Timestamp,
    /// When it was answered.
    #[serde(with = "when")]
    pub answered: Timestamp,
}

/// One column on found rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnOutcome {
    /// The column.
    pub column: Compared,
    /// Found rows for which the sample has a value. Where the organisation has none they differ.
    pub compared: u64,
    /// How many of them agree.
    pub agreed: u64,
}

/// Decoys, which nobody can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoys {
    /// How many were asked.
    pub asked: u64,
    /// How many were found all the same.
    pub found: u64,
}

impl Outcome {
    /// The counts in the form that every way of comparing gives.
    #[must_use]
    pub fn tally(&self) -> verification::Tally {
        let mut tally = verification::Tally::new(verification::Way::Exchange, self.terms.key.kind);
        tally.time = Some(self.answered);
        tally.own_rows = self.entries;
        tally.asked = self.asked;
        tally.found = self.found;
        tally.normaliser.clone_from(&self.terms.normaliser);
        tally.left_out = self.left_out();
        tally.columns = self.columns.iter().map(|one| self.column(one)).collect();
        tally.decoys = (self.decoys.asked > 0)
            .then_some(verification::Decoys { asked: self.decoys.asked, found: self.decoys.found });
        tally.canaries = self.canaries.iter().flatten().map(canary).collect();
        let bound = |who: &str, scheme: &str, root: Digest, rows| verification::Commitment {
            who: who.to_owned(),
            scheme: scheme.to_owned(),
            root: root.to_string(),
            rows,
        };
        let asked = self.asked + self.decoys.asked;
        tally.commitments = vec![
            bound("own", "merkle-sha256", self.table_root, self.entries),
            bound("sample", "salted-merkle-sha256", self.sample_root, asked),
            bound("sample", "blinded-merkle-sha256", self.elements_root, asked),
        ];
        tally
    }

    fn left_out(&self) -> Vec<verification::LeftOut> {
        let counts = &self.sample;
        [
            ("no value in the key column", counts.without_key),
            ("a key that is too long", counts.too_long),
            ("the key of an earlier row", counts.duplicates),
        ]
        .into_iter()
        .filter(|(_, rows)| *rows > 0)
        .map(|(why, rows)| verification::LeftOut { why: why.to_owned(), rows })
        .collect()
    }

    fn column(&self, one: &ColumnOutcome) -> verification::ColumnTally {
        let form = if one.column.exact { " as written" } else { "" };
        verification::ColumnTally {
            column: format!("{}{form}", one.column.name),
            own: one.column.name.clone(),
            kind: one.column.kind,
            agree: one.agreed,
            // The tokens of two values are equal or not: likeness does not show.
            near: 0,
            // Where the organisation has no value the tokens differ as well.
            differ: one.compared - one.agreed,
            absent: self.found - one.compared,
            by_chance: None,
        }
    }
}

fn canary((copy, met): (&String, &CopyMet)) -> verification::Canary {
    verification::Canary { copy: copy.clone(), planted: met.planted, found: met.found }
}
