//! The words for how probable something is, and for how good the basis of a judgement is.
//!
//! They are two things, and never stand in one sentence: a judgement can be almost certain on a thin
//! basis, or a toss-up on an excellent one (ICD 203, Analytic Standards, section D.6.e.(2)).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How probable something is, in the words of ICD 203, section D.6.e.(2).(a).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likelihood {
    /// 1 to 5 %.
    AlmostNoChance,
    /// 5 to 20 %.
    VeryUnlikely,
    /// 20 to 45 %.
    Unlikely,
    /// 45 to 55 %.
    RoughlyEvenChance,
    /// 55 to 80 %.
    Likely,
    /// 80 to 95 %.
    VeryLikely,
    /// 95 to 99 %.
    AlmostCertain,
}

impl Likelihood {
    /// The word for a probability; the lower bound of a range belongs to it. What is not between 0
    /// and 1 has none.
    pub fn of(probability: f64) -> Option<Self> {
        if !(0.0..=1.0).contains(&probability) {
            return None;
        }
        Some(match probability {
            p if p < 0.05 => Self::AlmostNoChance,
            p if p < 0.20 => Self::VeryUnlikely,
            p if p < 0.45 => Self::Unlikely,
            p if p < 0.55 => Self::RoughlyEvenChance,
            p if p < 0.80 => Self::Likely,
            p if p < 0.95 => Self::VeryLikely,
            _ => Self::AlmostCertain,
        })
    }

    /// The word as a sentence uses it: "it is … that".
    pub const fn word(self) -> &'static str {
        match self {
            Self::AlmostNoChance => "almost no chance",
            Self::VeryUnlikely => "very unlikely",
            Self::Unlikely => "unlikely",
            Self::RoughlyEvenChance => "roughly even chance",
            Self::Likely => "likely",
            Self::VeryLikely => "very likely",
            Self::AlmostCertain => "almost certain",
        }
    }

    /// The range that the word stands for, in per cent.
    pub const fn range(self) -> (u8, u8) {
        match self {
            Self::AlmostNoChance => (1, 5),
            Self::VeryUnlikely => (5, 20),
            Self::Unlikely => (20, 45),
            Self::RoughlyEvenChance => (45, 55),
            Self::Likely => (55, 80),
            Self::VeryLikely => (80, 95),
            Self::AlmostCertain => (95, 99),
        }
    }
}

impl fmt::Display for Likelihood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// How good the basis of a judgement is: sources, method, and what is missing.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Scant, fragmentary or single-source.
    #[default]
    Low,
    /// Credible and plausible, but not corroborated enough.
    Moderate,
    /// Good quality, several independent lines.
    High,
}

impl Confidence {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }

    /// The value on STIX's scale for low, medium, high (STIX 2.1, Appendix A, "None/Low/Med/High").
    pub const fn stix(self) -> u8 {
        match self {
            Self::Low => 15,
            Self::Moderate => 50,
            Self::High => 85,
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Confidence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "low" => Ok(Self::Low),
            "moderate" | "medium" => Ok(Self::Moderate),
            "high" => Ok(Self::High),
            _ => Err(format!("expected low, moderate or high, but met \"{text}\"")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_probability_has_the_word_whose_range_holds_it() {
        for percent in 1..=99_u8 {
            let word = Likelihood::of(f64::from(percent) / 100.0);
            let (least, most) = word.map_or((0, 0), Likelihood::range);
            assert!((least..=most).contains(&percent), "{percent} {word:?}");
        }
        for wrong in [-0.1, 1.1, f64::NAN] {
            assert_eq!(Likelihood::of(wrong), None);
        }
    }
}
