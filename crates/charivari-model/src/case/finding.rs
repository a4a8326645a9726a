//! What an analysis found, and what the analyst made of it.

use serde::{Deserialize, Serialize};

use super::{Observed, Picture, Ref};
use crate::{Confidence, Technique, Timestamp};

/// One run of an analysis: enough to repeat it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its number in the case.
    pub id: Ref,
    /// The command, such as `coordinate`.
    pub command: String,
    /// Each parameter by name, in a defined order.
    pub parameters: Vec<(String, String)>,
    /// The name and version of the program.
    pub tool: String,
    /// The evidence that was read.
    pub inputs: Vec<Ref>,
    /// When it was recorded.
    pub time: Timestamp,
    /// Who ran it.
    pub by: String,
    /// What the method does, assumes and cannot see.
    pub method: Method,
    /// The tables that it left in the case.
    pub tables: Vec<Table>,
    /// What there is to draw of it.
    pub picture: Option<Picture>,
    /// The later run of the same analysis on the same inputs that took its place.
    pub superseded_by: Option<Ref>,
}

/// How a result came about, in whole sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// What was done.
    pub steps: Vec<String>,
    /// What it does not show, such as what was cut, capped or set aside.
    pub limits: Vec<String>,
}

/// A table that lies in the case, known by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its file name, such as `edges.csv`.
    pub name: String,
    /// What it holds, as a sentence.
    pub title: String,
    /// Lower-case hexadecimal SHA-256.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// How many rows it has, without its header.
    pub rows: u64,
}

/// One sentence with its measure, its evidence, its techniques and its innocent explanations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Its number in the case.
    pub id: Ref,
    /// The run that made it.
    pub run: Ref,
    /// What kind of finding it is, such as `coordination.group`.
    pub kind: String,
    /// What it is about within its run, such as `group 1`; unique among findings of one kind and run.
    pub subject: String,
    /// The sentence.
    pub statement: String,
    /// Its numbers, the most important first.
    pub measures: Vec<Measure>,
    /// How good its basis is.
    pub confidence: Confidence,
    /// Where it can be seen in the evidence.
    pub evidence: Vec<Locator>,
    /// Places in the evidence beyond those listed.
    pub evidence_left_out: u64,
    /// The accounts that it speaks of.
    pub accounts: Vec<Account>,
    /// Techniques that it would be an instance of.
    pub techniques: Vec<Tagged>,
    /// How it came to be known, where an analyst recorded it; a detector's finding is observed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
    /// What it speaks of beside the genuine, where somebody pretends to be another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Beside>,
    /// What else could explain it, each as a sentence.
    pub innocent: Vec<String>,
    /// Names of the run's tables in which it stands.
    pub tables: Vec<String>,
    /// When what it speaks of began and ended.
    pub period: Option<(Timestamp, Timestamp)>,
    /// What the analyst made of it.
    pub decision: Decision,
    /// The finding of a later run that took its place.
    pub superseded_by: Option<Ref>,
}

/// A number with its unit and interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// What is measured, such as `accounts`.
    pub name: String,
    /// The number.
    pub value: f64,
    /// The unit, such as `accounts`, `s` or `customers`; empty for a bare number.
    pub unit: String,
    /// The least and the greatest value that the data allows; `None` for an exact count.
    pub interval: Option<(f64, f64)>,
    /// What the interval is, such as `95 % confidence`.
    pub interval_is: String,
}

impl Measure {
    /// An exact count.
    #[must_use]
    pub fn count(name: &str, value: u64, unit: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: value as f64,
            unit: unit.to_owned(),
            interval: None,
            interval_is: String::new(),
        }
    }
}

/// A place in the evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Locator {
    /// The evidence.
    pub evidence: Ref,
    /// The part of it, where it holds several: the name of a member of an archive.
    pub part: Option<String>,
    /// The row, line or element in it, the first being 1.
    pub row: u64,
    /// The native id of the post that stands there.
    pub post: Option<String>,
    /// The account that made it.
    pub account: Option<String>,
    /// When it was made.
    pub time: Option<Timestamp>,
    /// The words of the post; empty where they say nothing or were left out.
    pub excerpt: String,
}

/// An account that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// `platform:native_id`.
    pub key: String,
    /// Its handle, where the source gives one.
    pub handle: Option<String>,
    /// Its display name, where the source gives one.
    pub name: Option<String>,
    /// Why it is spoken of, as a sentence.
    pub why: String,
    /// The policies of its platform that this touches, such as `coordinated inauthentic behaviour`.
    pub policy: Option<String>,
}

/// One thing of an account or message beside the same thing of the genuine one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// What is compared: `name`, `handle`, `bio`, `link`, `address`, or `picture`, whose two sides are
    /// PDQ hashes of 64 hexadecimal digits.
    pub what: String,
    /// The genuine one's; empty where it has none.
    pub genuine: String,
    /// What was met; empty where there is none.
    pub met: String,
    /// How the two differ or agree, in a few words.
    pub difference: String,
}

/// A technique and why it is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tagged {
    /// The technique.
    pub technique: Technique,
    /// Its name in its catalogue.
    pub name: String,
    /// Why what was found would be an instance of it, as a sentence.
    pub why: String,
}

/// What an analyst decided about a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The ruling.
    pub ruling: Ruling,
    /// Why.
    pub reason: String,
    /// Who decided; empty while it is open.
    pub by: String,
    /// When.
    pub time: Option<Timestamp>,
}

/// Whether a finding stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Ruling {
    /// Nobody has decided yet.
    #[default]
    Open,
    /// An analyst stands behind it.
    Accepted,
    /// An analyst found it wrong or innocent.
    Rejected,
}

impl Ruling {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}
