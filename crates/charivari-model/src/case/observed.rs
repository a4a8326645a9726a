//! How what a finding says came to be known, where an analyst says so, and signs beside techniques.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Grade;

/// How well it stands that something happened.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Nobody saw it; it must have happened, or usually does.
    Inferred,
    /// Somebody else saw it and says so.
    Reported,
    /// It is in the evidence.
    #[default]
    Observed,
}

impl Standing {
    /// All of them, the best first.
    pub const ALL: [Self; 3] = [Self::Observed, Self::Reported, Self::Inferred];

    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Inferred => "inferred",
            Self::Reported => "reported",
            Self::Observed => "observed",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Standing {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|standing| standing.word() == lower)
            .ok_or_else(|| format!("expected observed, reported or inferred, but met \"{text}\""))
    }
}

/// Something by which activities are told apart that is no technique: whom it aimed at, which face it
/// wore, which tool it used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sign {
    /// What sort of sign, such as `target`, `persona-style`, `money`, `software` or `persona`.
    pub kind: String,
    /// The sign, in the words of the packs: `sector:press`, `sale-offer`, `utc+03:30`.
    pub value: String,
}

/// What an analyst says of a finding that no detector made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed {
    /// How well it stands.
    pub standing: Standing,
    /// The Admiralty grade, where it differs from that of the evidence.
    pub grade: Option<Grade>,
    /// What it rests on besides the evidence: a publication, a record. Observations that rest on one
    /// source depend on each other.
    pub source: String,
    /// The signs that are no techniques.
    pub signs: Vec<Sign>,
}
