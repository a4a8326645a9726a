//! How far a source and what it says can be trusted: the Admiralty code.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A grade of the Admiralty code (NATO AJP-2.1): a letter for the source, a figure for what it says.
///
/// The two are independent: a reliable source can pass on something improbable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade {
    /// `A` completely reliable, `B` usually, `C` fairly, `D` not usually, `E` unreliable, `F` cannot
    /// be judged.
    reliability: u8,
    /// 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged.
    credibility: u8,
}

impl Grade {
    /// `F6`: neither can be judged, which is where everything starts.
    pub const UNKNOWN: Self = Self { reliability: b'F', credibility: 6 };

    /// What the letter says of the source.
    pub const fn reliability(self) -> &'static str {
        match self.reliability {
            b'A' => "completely reliable source",
            b'B' => "usually reliable source",
            b'C' => "fairly reliable source",
            b'D' => "not usually reliable source",
            b'E' => "unreliable source",
            _ => "source whose reliability cannot be judged",
        }
    }

    /// What the figure says of the information.
    pub const fn credibility(self) -> &'static str {
        match self.credibility {
            1 => "confirmed by other sources",
            2 => "probably true",
            3 => "possibly true",
            4 => "doubtful",
            5 => "improbable",
            _ => "truth cannot be judged",
        }
    }
}

impl Default for Grade {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", char::from(self.reliability), self.credibility)
    }
}

impl FromStr for Grade {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let [letter, figure] = *text.trim().as_bytes() else { return Err(expected(text)) };
        let reliability = letter.to_ascii_uppercase();
        let credibility = figure.wrapping_sub(b'0');
        if (b'A'..=b'F').contains(&reliability) && (1..=6).contains(&credibility) {
            return Ok(Self { reliability, credibility });
        }
        Err(expected(text))
    }
}

fn expected(met: &str) -> String {
    format!(
        "expected a letter from A to F for the source and a figure from 1 to 6 for what it says, \
         such as B2, but met \"{met}\""
    )
}

impl Serialize for Grade {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Grade {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_a_to_f_and_figures_1_to_6_are_grades() {
        assert_eq!("b2".parse::<Grade>().map(|grade| grade.to_string()), Ok("B2".to_owned()));
        for wrong in ["", "B", "B7", "B0", "G1", "22", "B22", "é"] {
            assert!(wrong.parse::<Grade>().is_err(), "{wrong}");
        }
    }
}
