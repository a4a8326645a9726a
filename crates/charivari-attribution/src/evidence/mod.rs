//! Kinds of evidence, one file each: what an observation says for or against each known actor.
//!
//! A kind takes rows (what was observed, each thing once) and gives items: for one actor, how much
//! likelier the row is if that actor did it than if some actor did, in nats. A new kind is one file
//! and one line in [`EVIDENCE`].

mod amplification;
mod hours_language;
mod impersonation;
mod influence;
mod infrastructure;
mod personas;
mod proof;
mod share;
mod targets;
mod techniques;

use crate::dossier::Dossiers;
use crate::observation::What;
use crate::weigh::Row;

pub(crate) use share::MOST;

/// On what an item rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    /// A fact of the actor: its place among the actor's facts.
    Fact(u32),
    /// Nothing of the kind is told of the actor, though other things of that kind are.
    Silence,
    /// The country that a document places the actor in.
    Country(u32),
    /// The ranking of all techniques together.
    Ranking,
    /// What cannot be copied.
    Proof,
    /// An elicited ratio: its place in the file of hypotheses.
    Elicited(u32),
}

/// What a row, or several together, says of one actor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    /// The row; `None` for all rows of the kind together.
    pub(crate) row: Option<u32>,
    /// The place of the actor among the dossiers.
    pub(crate) actor: u32,
    /// The logarithm of the likelihood ratio, in nats, before discounts.
    pub(crate) value: f64,
    pub(crate) basis: Basis,
}

/// What a kind of evidence looks at.
pub(crate) struct Context<'a> {
    pub(crate) dossiers: &'a Dossiers,
    pub(crate) rows: &'a [Row],
}

/// A kind of evidence.
pub(crate) trait Evidence: Sync {
    /// Its id.
    fn id(&self) -> &'static str;
    /// What it is called in a sentence.
    fn title(&self) -> &'static str;
    /// How easily its marks are copied by somebody else, from 0 to 1; 0.5 and more is soft evidence.
    ///
    /// Graded after the question of Skopik & Pahi 2020 (doi 10.1186/s42400-020-00048-4), how much
    /// effort it takes to plant a trace; the numbers are ours.
    fn spoof(&self) -> f64;
    /// Whether it compares techniques, which are published and copied, instead of traits.
    fn is_techniques(&self) -> bool {
        false
    }
    /// Why the same can be seen though nobody known did it.
    fn innocent(&self) -> &'static [&'static str];
    /// Whether it looks at such an observation.
    fn takes(&self, what: &What) -> bool;
    /// What its rows say of each actor.
    fn items(&self, context: &Context<'_>) -> Vec<Item>;
}

/// All kinds, in the order in which they are shown.
pub(crate) static EVIDENCE: [&dyn Evidence; 9] = [
    &techniques::Techniques,
    &influence::Influence,
    &targets::Targets,
    &personas::Personas,
    &impersonation::Impersonation,
    &amplification::Amplification,
    &infrastructure::Infrastructure,
    &hours_language::HoursLanguage,
    &proof::Uncopyable,
];

/// The kind that takes an observation.
pub(crate) fn kind_of(what: &What) -> usize {
    EVIDENCE.iter().position(|it| it.takes(what)).unwrap_or(0)
}

/// What one technique says of each actor by itself: shown in the matrix, where the ranking speaks
/// of all techniques at once.
pub(crate) fn by_technique(dossiers: &Dossiers, rows: &[Row]) -> Vec<Item> {
    techniques::each(dossiers, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_observation_has_one_kind() {
        for text in [
            "attack:T1585.001",
            "disarm:T0097.104",
            "software=S0154",
            "hours=utc+03:30",
            "language=fa",
            "persona=X",
            "court-record=apt28",
            "money=none",
            "trigger=insult",
            "motive=retaliation",
            "target=country:FR",
            "persona-style=criminal",
            "impersonation=officials",
            "amplification=blog",
            "infrastructure=commercial-vpn",
            "tooling=wiper",
        ] {
            let what: What = text.parse().unwrap();
            assert_eq!(EVIDENCE.iter().filter(|it| it.takes(&what)).count(), 1, "{text}");
        }
    }

    #[test]
    fn every_kind_names_what_could_be_innocent_and_how_easily_it_is_copied() {
        for it in EVIDENCE {
            assert!(it.innocent().len() >= 2, "{}", it.id());
            assert!((0.0..=1.0).contains(&it.spoof()), "{}", it.id());
            assert!(!it.is_techniques() || it.spoof() >= 0.5);
        }
    }
}
