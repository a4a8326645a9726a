//! The one result of a verification, whichever way it was made, as `verification.json` holds it.
//!
//! A way of comparing (on one machine, or between two parties) fills a [`Tally`]: counts alone, no
//! values. [`Verification::of`] makes the result of it, and
//! [`Verification::published`] the form of the result that may leave the house.

mod agree;
mod published;
mod tally;
mod words;

use charivari_model::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::agree::{Level, level};
pub use self::tally::{
    Canary, ColumnTally, Commitment, Decoys, Draw, Earlier, LeftOut, Processor, Tally, Way,
};
use crate::Kind;
use crate::chance::{self, Interval};
use crate::ratio::Ratio;
use crate::snapshot::Snapshot;
use crate::volume::Volume;

/// The version of the form that is written.
pub const SCHEMA: u32 = 1;

/// Published counts of people under this are withheld.
pub const FEW: u64 = 10;

/// A count, or as much of it as may be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// The count itself.
    Exactly(u64),
    /// Fewer than this; how many is withheld.
    Under(u64),
    /// This or more; how many more is withheld, since it would give a small count away.
    AtLeast(u64),
    /// Withheld altogether.
    Withheld,
}

impl Count {
    /// The count, where it is said exactly.
    pub fn exact(self) -> Option<u64> {
        match self {
            Self::Exactly(count) => Some(count),
            _ => None,
        }
    }
}

impl Default for Count {
    fn default() -> Self {
        Self::Exactly(0)
    }
}

/// How the values of one column agree on the rows that were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The column's name in the sample.
    pub column: String,
    /// The column's name in the own records.
    pub own: String,
    /// What it holds.
    pub kind: Kind,
    /// The same after normalising.
    pub agree: Count,
    /// The same but for a small edit.
    pub near: Count,
    /// Something else.
    pub differ: Count,
    /// Missing on one side or on both.
    pub absent: Count,
}

/// How often somebody was found who cannot be there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FalseMatches {
    /// Invented rows that were asked.
    pub asked: u64,
    /// Those of them that were found.
    pub found: u64,
    /// The rate, with 95 % limits (Clopper and Pearson).
    pub rate: Interval,
}

/// Which copy of the table the sample came from, as far as something names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// Canaries, by the copy that they were planted in.
    pub canaries: Vec<Canary>,
    /// Who is given the columns of the sample, best fit first.
    pub processors: Vec<Processor>,
    /// One sentence.
    pub sentence: String,
}

/// The result of a verification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verification {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The program and version that made it.
    pub tool: String,
    /// How the comparison was made.
    pub way: Way,
    /// When, as the caller says.
    pub time: Option<Timestamp>,
    /// Whether this is the form for others, with small counts withheld.
    pub is_published: bool,
    /// What it says, in one sentence, with the alternatives as part of it.
    pub statement: String,
    /// Rows of the sample that were compared.
    pub asked: u64,
    /// Those of them that were found in the own records.
    pub found: Count,
    /// Rows of the sample that were not compared, and why.
    pub left_out: Vec<LeftOut>,
    /// Rows of the own records.
    pub own_rows: u64,
    /// What a row is found by.
    pub key: Kind,
    /// How many of `found` were found by likeness of several columns, not by the key.
    pub found_by_likeness: Count,
    /// The version of the rules by which values were made alike.
    pub normaliser: String,
    /// How the tool drew the rows, where it did.
    pub draw: Option<Draw>,
    /// The share found in the whole sample, with 95 % limits: only where the tool drew the rows.
    pub share: Option<Interval>,
    /// Agreement by column on found rows.
    pub columns: Vec<Agreement>,
    /// From decoys, where there were any.
    pub false_matches: Option<FalseMatches>,
    /// How many times better one origin explains the counts than another.
    pub ratios: Vec<Ratio>,
    /// When this copy of the table existed.
    pub snapshot: Option<Snapshot>,
    /// How many rows the table of the leak had.
    pub volume: Option<Volume>,
    /// Which copy it was.
    pub copy: Option<Copy>,
    /// What either party was bound to before.
    pub commitments: Vec<Commitment>,
    /// What else would give the same result.
    pub alternatives: Vec<String>,
    /// What the result does not show.
    pub limits: Vec<String>,
}

impl Verification {
    /// The result that a tally gives. Snapshot, volume and copy are added by whoever can tell.
    pub fn of(tally: &Tally, tool: &str) -> Self {
        let draw = tally.draw;
        let decoys = tally.decoys.map(|decoys| FalseMatches {
            asked: decoys.asked,
            found: decoys.found,
            rate: chance::clopper_pearson(decoys.found, decoys.asked, chance::LEVEL),
        });
        let mut result = Self {
            schema: SCHEMA,
            tool: tool.to_owned(),
            way: tally.way,
            time: tally.time,
            is_published: false,
            statement: String::new(),
            asked: tally.asked,
            found: Count::Exactly(tally.found),
            left_out: tally.left_out.clone(),
            own_rows: tally.own_rows,
            key: tally.key,
            found_by_likeness: Count::Exactly(tally.found_by_likeness),
            normaliser: tally.normaliser.clone(),
            draw,
            share: draw.map(|_| chance::clopper_pearson(tally.found, tally.asked, chance::LEVEL)),
            columns: tally.columns.iter().map(ColumnTally::agreement).collect(),
            false_matches: decoys,
            ratios: crate::ratio::of(tally),
            snapshot: None,
            volume: None,
            copy: tally.copy(),
            commitments: tally.commitments.clone(),
            alternatives: words::alternatives(tally),
            limits: words::limits(tally),
        };
        result.statement = words::statement(&result);
        result
    }
}
