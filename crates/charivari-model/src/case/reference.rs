//! How records of a case name each other: `E3`, `F12`, `C1`.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The kinds of records of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An input file.
    Evidence,
    /// One run of an analysis.
    Run,
    /// One sentence with its measure and evidence.
    Finding,
    /// Someone's statement.
    Claim,
    /// Something that happened.
    Event,
    /// An analyst's note.
    Note,
    /// A party that is spoken of.
    Actor,
    /// One answer to "who?".
    Hypothesis,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Evidence,
        Self::Run,
        Self::Finding,
        Self::Claim,
        Self::Event,
        Self::Note,
        Self::Actor,
        Self::Hypothesis,
    ];

    /// The letter before the number.
    pub const fn letter(self) -> char {
        match self {
            Self::Evidence => 'E',
            Self::Run => 'R',
            Self::Finding => 'F',
            Self::Claim => 'C',
            Self::Event => 'V',
            Self::Note => 'N',
            Self::Actor => 'A',
            Self::Hypothesis => 'H',
        }
    }

    /// The word for one.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Run => "run",
            Self::Finding => "finding",
            Self::Claim => "claim",
            Self::Event => "event",
            Self::Note => "note",
            Self::Actor => "actor",
            Self::Hypothesis => "hypothesis",
        }
    }
}

/// A record of a case, by kind and number; numbers start at 1 and are never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref {
    /// What it is.
    pub kind: Kind,
    /// Which one.
    pub number: u64,
}

impl Ref {
    /// The record `number` of a kind.
    pub const fn new(kind: Kind, number: u64) -> Self {
        Self { kind, number }
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.kind.letter(), self.number)
    }
}

impl FromStr for Ref {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("expected a record such as E3, F12 or C1, but met \"{text}\"");
        let trimmed = text.trim();
        let letter = trimmed.chars().next().ok_or_else(wrong)?.to_ascii_uppercase();
        let kind = Kind::ALL.into_iter().find(|kind| kind.letter() == letter).ok_or_else(wrong)?;
        let figures =
            trimmed.get(1..).filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        let number = figures.and_then(|figures| figures.parse().ok()).filter(|number| *number > 0);
        Ok(Self { kind, number: number.ok_or_else(wrong)? })
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Serialize for Ref {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_as_it_is_written() {
        for kind in Kind::ALL {
            let reference = Ref::new(kind, 12);
            assert_eq!(reference.to_string().parse(), Ok(reference));
        }
        for wrong in ["", "F", "F0", "X1", "F1a", "1", "F-1", "é1"] {
            assert!(wrong.parse::<Ref>().is_err(), "{wrong}");
        }
    }
}
