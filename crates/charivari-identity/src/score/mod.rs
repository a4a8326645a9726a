//! How much all that is known of an account speaks for a pretender.
//!
//! The score is a log likelihood ratio in natural units: how many times likelier all this is in a
//! pretender than in an ordinary account, as a sum of parts that are shown. It has two pieces:
//!
//! - **how rare such a likeness is** among ordinary accounts, measured on simulated ones, and not
//!   taken for rarer than the words of the name are in the file at hand: many people are called
//!   like a protected one;
//! - **pretender or honest look-alike**: weights of a logistic regression with shrinkage on pairs
//!   made by hand, half of them honest ([`weights`]).
//!
//! What the file at hand has many of says little ([`Usual`]): a sign never counts for more than it is
//! rare there.
//!
//! A ratio is no probability. A probability needs a prior, and is never shown without it.

mod features;
mod innocent;
pub mod weights;

pub use features::{Evidence, Feature, Link, PictureSign};
pub use innocent::{Innocent, innocent};

use serde::Serialize;

use crate::names::Level;

/// The chance, without looking, that an account pretends to be a given protected one.
pub const PRIOR: f64 = 1e-6;

/// One part of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// What it is of: a feature's name, or `rarity`.
    pub name: &'static str,
    /// What it adds to the log likelihood ratio.
    pub weight: f64,
    /// In words.
    pub reason: String,
}

/// A score with its parts, the weightiest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The log likelihood ratio: pretender against ordinary account.
    pub total: f64,
    /// Of it, pretender against honest look-alike.
    pub among_alike: f64,
    /// The parts, whose weights add up to `total`.
    pub parts: Vec<Part>,
}

impl Score {
    /// The probability under this prior.
    pub fn probability(&self, prior: f64) -> f64 {
        crate::fit::probability(self.total + log_odds(prior))
    }
}

/// The log odds of a probability.
pub fn log_odds(probability: f64) -> f64 {
    (probability / (1.0 - probability)).ln()
}

/// The score at which the probability under this prior is one half.
pub fn threshold(prior: f64) -> f64 {
    -log_odds(prior)
}

/// How common things are in the file at hand; the default where nothing is known of that.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usual {
    /// How often the words of the protected name meet by chance in one account, 0 to 1.
    pub name: f64,
    /// The share of accounts that have a sign, 0 to 1, whoever is protected.
    pub signs: Vec<(Feature, f64)>,
}

impl Usual {
    /// A weight as far as the file bears it: what a share of all accounts has is at most one in that
    /// share times likelier in a pretender.
    fn bears(&self, feature: Feature, weight: f64) -> f64 {
        let share = self.signs.iter().find(|(sign, _)| *sign == feature).map(|(_, share)| *share);
        share.map_or(weight, |share| weight.min(-share.ln()))
    }
}

/// The score of one account against one who is protected, in a file in which so much is usual.
pub fn score(evidence: &Evidence, usual: &Usual) -> Option<Score> {
    let level = evidence.level()?;
    let common = usual.name;
    let part = |(feature, mut reason): (Feature, String)| {
        let learnt = weights::of(feature);
        let weight = usual.bears(feature, learnt);
        if weight < learnt {
            reason.push_str(", as many in this file");
        }
        Part { name: feature.name(), weight, reason }
    };
    let mut parts: Vec<Part> = evidence.features().into_iter().map(part).collect();
    parts.insert(0, Part { name: "constant", weight: weights::CONSTANT, reason: String::new() });
    let among_alike: f64 = parts.iter().map(|part| part.weight).sum();
    // The constant belongs to the mixture of the table of pairs, and means nothing by itself: it is
    // shown with the rarity.
    parts.remove(0);
    let rarity = rarity(level, common);
    parts.push(Part {
        name: "rarity",
        weight: rarity + weights::CONSTANT,
        reason: rarity_words(level, common),
    });
    parts.retain(|part| part.weight != 0.0);
    parts.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.name.cmp(b.name)));
    let total = parts.iter().map(|part| part.weight).sum();
    Some(Score { total, among_alike, parts })
}

/// How much rarer such a likeness is among ordinary accounts than among the honest look-alikes of
/// the table, as a log.
fn rarity(level: Level, common: f64) -> f64 {
    let (honest, ordinary) = weights::background(level);
    let by_chance = match level {
        Level::Disguised => 0.0,
        Level::Near => common * 4.0,
        _ => common,
    };
    (honest / ordinary.max(by_chance).min(honest)).ln()
}

fn rarity_words(level: Level, common: f64) -> String {
    let (_, ordinary) = weights::background(level);
    let rate = ordinary.max(if level == Level::Disguised { 0.0 } else { common });
    let once = 1.0 / rate;
    let once = if once >= 2e6 {
        format!("{:.0} million", once / 1e6)
    } else if once >= 2e3 {
        format!("{:.0},000", once / 1e3)
    } else {
        format!("{once:.0}")
    };
    format!("about one ordinary account in {once} has a name that {} here", level.words())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_depends_on_its_prior() {
        let score = Score { total: threshold(PRIOR), among_alike: 0.0, parts: Vec::new() };
        assert!((score.probability(PRIOR) - 0.5).abs() < 1e-9);
        assert!(score.probability(1e-7) < 0.1);
        assert!(score.probability(0.5) > 0.99);
    }

    #[test]
    fn parts_add_up_and_common_names_count_less() {
        let evidence = features::tests::exact_name();
        let rare = score(&evidence, &Usual::default()).unwrap();
        let common = score(&evidence, &Usual { name: 1e-3, ..Usual::default() }).unwrap();
        let sum: f64 = rare.parts.iter().map(|part| part.weight).sum();
        assert!((sum - rare.total).abs() < 1e-9);
        assert!(common.total < rare.total - 1.0, "{} {}", common.total, rare.total);
    }

    #[test]
    fn a_sign_counts_for_no_more_than_it_is_rare_in_the_file() {
        let evidence = Evidence { lure: true, ..features::tests::exact_name() };
        let of = |share: f64| {
            let usual = Usual { signs: vec![(Feature::Lure, share)], ..Usual::default() };
            let score = score(&evidence, &usual).unwrap();
            let part = score.parts.into_iter().find(|part| part.name == "asks").unwrap();
            (part.weight, part.reason.ends_with("as many in this file"))
        };
        assert_eq!(of(1e-6), (weights::of(Feature::Lure), false));
        assert_eq!(of(0.5), (2.0_f64.ln(), true));
    }
}
