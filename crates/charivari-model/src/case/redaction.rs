//! How much of a case is shown to whom.

use std::fmt;
use std::str::FromStr;

use crate::Tlp;

/// A level of redaction, from the fullest to the barest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Redaction {
    /// Everything, marked as not for distribution.
    #[default]
    Internal,
    /// For a partner who works on the same case: accounts and keys, no notes, no analysts, no places.
    Partner,
    /// For everybody: pseudonyms, no words of posts, no ids, no links, times by the hour.
    Public,
}

impl Redaction {
    /// All levels, the fullest first.
    pub const ALL: [Self; 3] = [Self::Internal, Self::Partner, Self::Public];

    /// The word as an analyst types it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Partner => "partner",
            Self::Public => "public",
        }
    }

    /// The most closed marking that this level shows, of a case as of a record in it.
    pub const fn most(self) -> Tlp {
        match self {
            Self::Internal => Tlp::Red,
            Self::Partner => Tlp::Amber,
            Self::Public => Tlp::Clear,
        }
    }
}

impl fmt::Display for Redaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Redaction {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|level| level.word() == lower)
            .ok_or_else(|| format!("expected internal, partner or public, but met \"{text}\""))
    }
}
