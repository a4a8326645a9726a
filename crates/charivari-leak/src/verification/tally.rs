//! What a comparison counted: the input of a verification, whichever way it was made.

use charivari_model::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Agreement, Copy, Count};
use crate::Kind;
use crate::chance::Interval;

/// How a comparison was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// On one machine that held both tables.
    #[default]
    Local,
    /// Between two parties, neither of which saw the other's rows.
    Exchange,
    /// By a third party, who signs what it saw.
    Attested,
}

/// Rows that the tool itself drew from the whole sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// How many were drawn.
    pub drawn: u64,
    /// Out of how many.
    pub of: u64,
    /// With which seed, so that anybody can draw them again.
    pub seed: u64,
}

/// Rows that were not compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Why, in a few words.
    pub why: String,
    /// How many.
    pub rows: u64,
}

/// How one column agrees on the rows that were found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnTally {
    /// Its name in the sample.
    pub column: String,
    /// Its name in the own records.
    pub own: String,
    /// What it holds.
    pub kind: Kind,
    /// The same after normalising.
    pub agree: u64,
    /// The same but for a small edit; 0 where the way cannot tell.
    pub near: u64,
    /// Something else.
    pub differ: u64,
    /// Missing on one side or on both.
    pub absent: u64,
    /// How often two rows of the own records that are taken at random agree, where it is known.
    pub by_chance: Option<f64>,
}

impl ColumnTally {
    pub(super) fn agreement(&self) -> Agreement {
        Agreement {
            column: self.column.clone(),
            own: self.own.clone(),
            kind: self.kind,
            agree: Count::Exactly(self.agree),
            near: Count::Exactly(self.near),
            differ: Count::Exactly(self.differ),
            absent: Count::Exactly(self.absent),
        }
    }
}

/// Invented rows that were asked among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoys {
    /// How many were asked.
    pub asked: u64,
    /// How many of them were found.
    pub found: u64,
}

/// Addresses that were planted in one copy of the table and used nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canary {
    /// The copy that they were planted in, as its owner calls it.
    pub copy: String,
    /// How many were planted.
    pub planted: u64,
    /// How many of them are in the sample.
    pub found: u64,
}

/// Somebody who is given a copy of some columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Processor {
    /// Who, as the owner of the records calls it.
    pub name: String,
    /// How many columns it is given.
    pub given: u64,
    /// How many of the sample's compared columns it is given.
    pub shared: u64,
    /// How many of the sample's compared columns it is not given.
    pub not_given: u64,
}

/// An earlier breach, given as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// What it is called.
    pub name: String,
    /// How many distinct keys it has.
    pub rows: u64,
    /// How many of them are in the own records as well.
    pub shared_with_own: u64,
    /// Rows of the sample that are both in the own records and in it.
    pub in_both: u64,
    /// Rows of the sample that are in it alone.
    pub in_it_alone: u64,
}

/// What a party was bound to before the comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Who was bound: `own` or `sample`.
    pub who: String,
    /// How it was bound, such as `merkle-sha256`.
    pub scheme: String,
    /// The root or digest, as hex.
    pub root: String,
    /// The number of rows that were bound.
    pub rows: u64,
}

/// What a comparison counted. Holds no value of any row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// How the comparison was made.
    pub way: Way,
    /// When, as the caller says.
    pub time: Option<Timestamp>,
    /// Rows of the own records.
    pub own_rows: u64,
    /// Rows of the sample that were compared.
    pub asked: u64,
    /// Those of them that were found.
    pub found: u64,
    /// Those of `found` that were found by likeness of several columns, not by the key.
    pub found_by_likeness: u64,
    /// Rows of the sample that were not compared, and why.
    pub left_out: Vec<LeftOut>,
    /// What a row is found by.
    pub key: Kind,
    /// The version of the rules by which values were made alike: [`crate::normal::VERSION`].
    pub normaliser: String,
    /// How the tool drew the rows, where it did.
    pub draw: Option<Draw>,
    /// Agreement by column on found rows.
    pub columns: Vec<ColumnTally>,
    /// Decoys, where there were any.
    pub decoys: Option<Decoys>,
    /// Canaries, by the copy that they were planted in.
    pub canaries: Vec<Canary>,
    /// Who is given which columns, where it was said.
    pub processors: Vec<Processor>,
    /// Earlier breaches.
    pub earlier: Vec<Earlier>,
    /// The share of an ordinary list of addresses that would be found in the own records: the least
    /// and the most that the analyst holds possible.
    pub overlap: Interval,
    /// What either party was bound to before.
    pub commitments: Vec<Commitment>,
}

impl Tally {
    /// A tally in which nothing was counted yet.
    pub fn new(way: Way, key: Kind) -> Self {
        Self {
            way,
            time: None,
            own_rows: 0,
            asked: 0,
            found: 0,
            found_by_likeness: 0,
            left_out: Vec::new(),
            key,
            normaliser: crate::normal::VERSION.to_owned(),
            draw: None,
            columns: Vec::new(),
            decoys: None,
            canaries: Vec::new(),
            processors: Vec::new(),
            earlier: Vec::new(),
            overlap: crate::ratio::OVERLAP,
            commitments: Vec::new(),
        }
    }

    /// Which copy canaries and columns name, in one sentence.
    pub(super) fn copy(&self) -> Option<Copy> {
        if self.canaries.is_empty() && self.processors.is_empty() {
            return None;
        }
        let mut processors = self.processors.clone();
        processors.sort_by(|a, b| (a.not_given, &a.name).cmp(&(b.not_given, &b.name)));
        let sentence = super::words::copy(&self.canaries, &processors);
        Some(Copy { canaries: self.canaries.clone(), processors, sentence })
    }
}
