//! Cells that an analyst sets himself, with his name and his reason.

use std::io::Read;

use serde::{Deserialize, Serialize};

use super::Reading;
use crate::error::{Error, Result};
use crate::observation::{What, parse};

/// An analyst's own cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// The observation, as [`What`] is written.
    pub what: What,
    /// The answer's id.
    pub answer: String,
    /// How the one stands to the other.
    pub reading: Reading,
    /// Whether strongly so.
    #[serde(default)]
    pub strong: bool,
    /// Who says so.
    pub who: String,
    /// Why.
    pub why: String,
}

/// A file of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinions {
    /// The cells.
    #[serde(default, rename = "cell")]
    pub cells: Vec<Opinion>,
}

impl Opinions {
    /// Reads cells from TOML or JSON.
    ///
    /// # Errors
    /// `E1109` and `E1120` as for observations, `E1121` where nobody or no reason is named.
    pub fn read(input: impl Read) -> Result<Self> {
        let read: Self = parse(input, "the cells")?;
        for (at, it) in read.cells.iter().enumerate() {
            if it.who.trim().is_empty() || it.why.trim().is_empty() {
                return Err(wrong(at, it, "expected who sets it and why, but met nothing"));
            }
        }
        Ok(read)
    }
}

pub(super) fn wrong(at: usize, it: &Opinion, problem: &str) -> Error {
    let id = format!("{} beside {}", it.what, it.answer);
    Error::Row { what: "cell", row: at + 1, id, problem: problem.to_owned() }
}
