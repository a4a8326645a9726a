//! What an exchange gives: counts, and what both sides were bound to.

use std::collections::BTreeMap;

use charivari_model::Timestamp;
use serde::{Deserialize, Serialize};

use super::terms::when;
use super::{Compared, Digest, SampleCounts, TableCounts, Terms};

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
    pub canaries: Option<BTreeMap<String, u64>>,
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
