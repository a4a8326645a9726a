//! The answers that are weighed against each other, with what is believed of them beforehand.
//!
//! Beside every actor of whom something is known stand six answers that are always there: an actor
//! that nobody has described, somebody who imitates a known one, a criminal, an insider, activists,
//! and events that have nothing to do with each other. How likely a trait is under them is nobody's
//! statistic: it is elicited, bounded, and said to be so, and an analyst can give another file.

use std::collections::BTreeSet;
use std::io::Read;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::observation::{What, parse};

/// The strongest that an elicited ratio may speak, either way.
pub const MOST_ELICITED: f64 = 8.0;

const SHIPPED: &str = include_str!("../data/hypotheses.toml");

/// What kind of answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An actor that nobody has described.
    Unknown,
    /// Somebody who imitates a known actor, or plants its marks.
    Copycat,
    /// Somebody who wants money.
    Criminal,
    /// Somebody who had access by right.
    Insider,
    /// People who mean what they say, on nobody's behalf.
    Activists,
    /// Several things that have nothing to do with each other.
    Unrelated,
}

impl Kind {
    /// All of them; each stands in every weighing.
    pub const ALL: [Self; 6] = [
        Self::Unknown,
        Self::Copycat,
        Self::Criminal,
        Self::Insider,
        Self::Activists,
        Self::Unrelated,
    ];
}

/// An answer that names no actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Other {
    /// What kind it is; its id.
    pub kind: Kind,
    /// The answer as a sentence says it: "the work of …".
    pub title: String,
    /// How probable it is before anything of the case is seen.
    pub prior: f64,
    /// Why so probable.
    pub reason: String,
}

/// How much likelier one observation is under one answer than for actors at large.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elicited {
    /// The observation, such as `money=sale-offer`.
    pub what: What,
    /// The answer.
    pub hypothesis: Kind,
    /// From 1/8 to 8.
    pub ratio: f64,
    /// Why.
    pub reason: String,
}

/// All answers that name no actor, and what is left for those who are known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hypotheses {
    /// Where the numbers come from.
    pub note: String,
    /// What all known actors have together beforehand; it is shared out evenly.
    pub named: f64,
    /// Why so much.
    pub named_reason: String,
    /// The other answers, one of each kind.
    #[serde(rename = "hypothesis")]
    pub others: Vec<Other>,
    /// What was elicited.
    #[serde(default, rename = "likelihood")]
    pub likelihoods: Vec<Elicited>,
}

impl Hypotheses {
    /// Those that are shipped.
    ///
    /// # Errors
    /// Never for a program as it was built.
    pub fn shipped() -> Result<Self> {
        Self::read(SHIPPED.as_bytes())
    }

    /// Reads hypotheses from TOML or JSON.
    ///
    /// # Errors
    /// `E1109` and `E1120` as for observations; `E1121` where a prior is none, the priors do not sum
    /// to one, a kind is missing or stands twice, or a ratio is beyond its bound.
    pub fn read(input: impl Read) -> Result<Self> {
        let read: Self = parse(input, "the hypotheses")?;
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<()> {
        let form = |problem: String| Error::Form { what: "the hypotheses", problem };
        let kinds: BTreeSet<Kind> = self.others.iter().map(|it| it.kind).collect();
        if self.others.len() != Kind::ALL.len() || kinds.len() != Kind::ALL.len() {
            return Err(form("expected each of the six kinds of hypothesis once".to_owned()));
        }
        let is_prior = |it: f64| (1e-6..1.0).contains(&it);
        if !is_prior(self.named) || self.others.iter().any(|it| !is_prior(it.prior)) {
            return Err(form("expected priors between 0.000001 and 1".to_owned()));
        }
        let sum = self.named + self.others.iter().map(|it| it.prior).sum::<f64>();
        if (sum - 1.0).abs() > 1e-6 {
            return Err(form(format!("expected priors that sum to 1, but they sum to {sum}")));
        }
        let mut seen = BTreeSet::new();
        for (at, it) in self.likelihoods.iter().enumerate() {
            let wrong = |problem: String| Error::Row {
                what: "likelihood",
                row: at + 1,
                id: it.what.to_string(),
                problem,
            };
            if !(1.0 / MOST_ELICITED..=MOST_ELICITED).contains(&it.ratio) {
                let met = it.ratio;
                return Err(wrong(format!(
                    "expected a ratio from 1/8 to 8, but met {met}; nobody's judgement bears more"
                )));
            }
            if it.reason.trim().is_empty() {
                return Err(wrong("expected a reason, but met nothing; say why".to_owned()));
            }
            if !seen.insert((&it.what, it.hypothesis)) {
                return Err(wrong("it stands twice for one hypothesis; keep one".to_owned()));
            }
        }
        Ok(())
    }

    /// The answer of a kind.
    pub(crate) fn ratio(&self, what: &What, kind: Kind) -> Option<(usize, &Elicited)> {
        let is = |(_, it): &(usize, &Elicited)| it.hypothesis == kind && it.what == *what;
        self.likelihoods.iter().enumerate().find(is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_hypotheses_are_read_and_each_bound_is_kept() {
        let shipped = Hypotheses::shipped().unwrap();
        assert_eq!(shipped.others.len(), 6);
        // The open share of the ranking: 28 of 52 campaigns have no known group.
        let unknown = shipped.others.iter().find(|it| it.kind == Kind::Unknown).unwrap().prior;
        assert!((unknown / (unknown + shipped.named) - 28.0 / 52.0).abs() < 1e-3);
    }

    #[test]
    fn what_breaks_the_form_is_told() {
        for (name, from, to, expected) in [
            ("not one", "named = 0.27", "named = 0.37", "sum to"),
            ("a kind twice", "kind = \"insider\"", "kind = \"criminal\"", "six kinds"),
            ("too strong", "ratio = 6", "ratio = 60", "E1121 likelihood"),
            ("no reason", "named_reason", "named_raison", "E1120"),
        ] {
            assert!(SHIPPED.contains(from), "{name}");
            let error = Hypotheses::read(SHIPPED.replacen(from, to, 1).as_bytes()).unwrap_err();
            let told = error.to_string().replacen(": ", " ", 1);
            assert!(told.contains(expected), "{name}: {error}");
        }
    }
}
