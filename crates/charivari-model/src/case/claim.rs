//! What someone said, the numbers in it, and how they compare.

use serde::{Deserialize, Serialize};

use super::Ref;
use crate::{Grade, Timestamp, Tlp, When};

/// Someone's statement; a denial is a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Its number in the case.
    pub id: Ref,
    /// Who said it.
    pub who: String,
    /// When.
    pub when: When,
    /// Where: a publication, a forum, a press conference.
    pub place: String,
    /// The words as they were said; empty where only the sense is known.
    pub verbatim: String,
    /// What it says, in one line.
    pub gist: String,
    /// What it is about, such as `the data`.
    pub about: String,
    /// The numbers in it.
    pub quantities: Vec<Quantity>,
    /// The claim that it only repeats: one claim repeated by ten newspapers is one source.
    pub repeats: Option<Ref>,
    /// How far the speaker and the words can be trusted.
    pub grade: Grade,
    /// Who may see it.
    pub tlp: Tlp,
    /// When it came into the case.
    pub added: Timestamp,
    /// Who added it.
    pub added_by: String,
}

/// A number in a statement, with its unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The least that the words allow.
    pub least: f64,
    /// The most that the words allow; infinite in "more than 200,000" and written as `null`.
    pub most: Option<f64>,
    /// The number itself.
    pub value: f64,
    /// The unit in one form, such as `customers`, `BTC` or `USD`.
    pub unit: String,
    /// The words that were read as this number.
    pub words: String,
    /// The place, in the same statement's list, of the amount that this one is said to be worth:
    /// "20 bitcoin (USD 340,000)".
    pub worth_of: Option<usize>,
}

/// What one unit was worth in another on a day, from the analyst's own table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// The day, as `2023-01-04`.
    pub day: String,
    /// The unit that is priced, such as `BTC`.
    pub unit: String,
    /// The unit of the price, such as `USD`.
    pub price_unit: String,
    /// The price of one.
    pub price: f64,
    /// Where the table came from.
    pub source: String,
}

/// How a number in a claim compares with something that was found or is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The claim.
    pub claim: Ref,
    /// The words of the number.
    pub words: String,
    /// What it was compared with.
    pub against: Subject,
    /// The result.
    pub verdict: Verdict,
    /// The comparison as a sentence.
    pub sentence: String,
}

/// What a number was compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// A measure of a finding.
    Finding {
        /// Which.
        id: Ref,
    },
    /// Another claim.
    Claim {
        /// Which.
        id: Ref,
    },
    /// A rate of the analyst's table.
    Rate {
        /// The day of the rate.
        day: String,
    },
}

/// How a comparison came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The two can both be right.
    Agrees,
    /// They cannot both be right.
    Differs,
    /// The data does not tell.
    Open,
}

impl Verdict {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Open => "cannot tell",
        }
    }
}
