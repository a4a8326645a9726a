//! What an inspection found, as it is written. Nothing in it is a value of a row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::mentions::Mention;
use super::sketch::Distinct;
use crate::Kind;

/// The version of the documents that [`Inspection`] is written as.
pub const SCHEMA: &str = "charivari.leak.inspection/1";

/// What was found in all tables.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Inspection {
    /// The version of this document.
    pub schema: String,
    /// The tables, in the order in which they began.
    pub tables: Vec<Table>,
    /// Tables that came after the most that are kept apart; nothing is said of them.
    pub tables_left_out: u64,
}

/// What was found in one table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Table {
    /// The number of the input, from 0.
    pub input: u32,
    /// The file, and the member of an archive.
    pub file: String,
    /// The table's own name.
    pub name: Option<String>,
    /// Its rows.
    pub rows: u64,
    /// Every so many rows one was looked at closely.
    pub sample_step: u64,
    /// Rows that were looked at closely.
    pub sampled_rows: u64,
    /// Values that were longer than is kept for a closer look, which saw their beginning.
    pub values_cut: u64,
    /// Whether the names of the columns look like values, so that they are shown as masks.
    pub names_hidden: bool,
    /// Different rows.
    pub distinct_rows: Distinct,
    /// The columns, in order.
    pub columns: Vec<ColumnReport>,
    /// What of the table looks joined, cut, padded or made up.
    pub signs: Vec<SignReport>,
    /// Signs that were looked for and not found, by id.
    pub signs_absent: Vec<String>,
}

/// What was found in one column.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ColumnReport {
    /// Its number, from 1.
    pub number: u32,
    /// Its name, or a mask of it where it looks like a value.
    pub name: String,
    /// The type that the file declares.
    pub declared: Option<String>,
    /// The kind of data.
    pub kind: Kind,
    /// The second candidate, where the first is not sure.
    pub or: Option<Kind>,
    /// The share of values that fit the kind.
    pub share: f64,
    /// Why, the strongest reason first.
    pub reasons: Vec<String>,
    /// Checks that values passed or failed.
    pub checks: Vec<Check>,
    /// How far it is filled.
    pub fill: Fill,
    /// How many different values it has.
    pub distinct: Distinct,
    /// Lengths of values in bytes.
    pub length: Length,
    /// The language of running text or names.
    pub language: Option<String>,
    /// Countries of its values, the most frequent first, over the sample.
    pub countries: Vec<(String, u64)>,
    /// The schemes by which passwords were hashed, over the sample.
    pub schemes: BTreeMap<String, u64>,
    /// Values of running text that mention something, over the sample.
    pub mentions: BTreeMap<Mention, u64>,
    /// The commonest masks of values with their shares, over the sample.
    pub masks: Vec<(String, f64)>,
}

/// A check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// What was checked, as words: `mod 97`.
    pub check: String,
    /// Values that passed.
    pub passed: u64,
    /// Values that were checked.
    pub of: u64,
    /// Whether only the sample was checked, and not every value.
    pub sampled: bool,
}

/// How far a column is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// Values that say something.
    pub values: u64,
    /// Fields without a value.
    pub nulls: u64,
    /// Empty text.
    pub empty: u64,
    /// Words for nothing, such as `n/a`.
    pub placeholders: u64,
}

/// Lengths of values in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Length {
    /// The shortest.
    pub least: u32,
    /// The mean.
    pub mean: f64,
    /// The longest.
    pub greatest: u32,
}

/// A sign that was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignReport {
    /// Which sign, such as `duplicates`.
    pub sign: String,
    /// Its title.
    pub title: String,
    /// The columns that it is about, by number from 1; empty for the whole table.
    pub columns: Vec<u32>,
    /// What was found, as a sentence.
    pub statement: String,
    /// The numbers behind it.
    pub measures: Vec<Measure>,
    /// What is usual, as a sentence.
    pub usual: String,
    /// How unusual it is.
    pub unusual: Unusual,
    /// What else could explain it.
    pub innocent: Vec<String>,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// What is measured.
    pub name: String,
    /// The number.
    pub value: f64,
    /// Its unit; empty for a bare number.
    pub unit: String,
}

/// How unusual a measure is among honest tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unusual {
    /// Honest tables show it often: worth knowing, no more.
    Common,
    /// Honest tables show it sometimes.
    Uncommon,
    /// Honest tables seldom show it.
    Rare,
}

impl Unusual {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Uncommon => "uncommon",
            Self::Rare => "rare",
        }
    }
}
