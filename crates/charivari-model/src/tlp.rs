//! The Traffic Light Protocol: who may see something.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A marking of the Traffic Light Protocol, version 2.0 (FIRST, August 2022), from open to closed.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Tlp {
    /// There is no limit on disclosure.
    Clear,
    /// Recipients may share it within their community, not publicly.
    Green,
    /// Recipients may share it on a need-to-know basis within their organisation and its clients.
    #[default]
    Amber,
    /// Recipients may share it on a need-to-know basis within their organisation only.
    AmberStrict,
    /// For the eyes and ears of individual recipients only.
    Red,
}

impl Tlp {
    /// All markings, from open to closed.
    pub const ALL: [Self; 5] =
        [Self::Clear, Self::Green, Self::Amber, Self::AmberStrict, Self::Red];

    /// The word as an analyst types it, such as `amber-strict`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::AmberStrict => "amber-strict",
            Self::Red => "red",
        }
    }

    /// The label that the standard prescribes, such as `TLP:AMBER+STRICT`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }
}

impl fmt::Display for Tlp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl FromStr for Tlp {
    type Err = String;

    /// Reads `amber`, `TLP:AMBER+STRICT` and the like, in any case; `white` is what `clear` was called.
    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_ascii_lowercase();
        let word = lower.strip_prefix("tlp:").unwrap_or(&lower).replace('+', "-");
        let word = if word == "white" { "clear" } else { &word };
        Self::ALL.into_iter().find(|tlp| tlp.word() == word).ok_or_else(|| {
            format!("expected clear, green, amber, amber-strict or red, but met \"{text}\"")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markings_are_read_as_people_write_them() {
        for (text, tlp) in [
            ("amber", Tlp::Amber),
            ("TLP:AMBER+STRICT", Tlp::AmberStrict),
            ("tlp:white", Tlp::Clear),
            (" Red ", Tlp::Red),
        ] {
            assert_eq!(text.parse(), Ok(tlp), "{text}");
        }
        assert!("orange".parse::<Tlp>().is_err());
    }
}
