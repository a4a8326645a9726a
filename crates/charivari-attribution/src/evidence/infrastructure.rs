//! # What it finds
//! Where an actor's machines stand and what it works with, in words that are broader than
//! techniques.
//!
//! # Why it matters
//! Infrastructure costs money and habit to change.
//!
//! # Innocent explanations
//! Commercial networks and public tools serve everybody; a machine can be borrowed or broken into.
//!
//! # Parameters
//! None of its own.
//!
//! # Source
//! The packs' traits `infrastructure` and `tooling`.

use charivari_knowledge::TraitKind;

use super::{Context, Evidence, Item, share};
use crate::observation::What;

pub(crate) struct Infrastructure;

fn is_kind(what: &What) -> bool {
    matches!(what, What::Trait(TraitKind::Infrastructure | TraitKind::Tooling, _))
}

impl Evidence for Infrastructure {
    fn id(&self) -> &'static str {
        "infrastructure"
    }
    fn title(&self) -> &'static str {
        "infrastructure and tooling"
    }
    fn spoof(&self) -> f64 {
        0.5
    }
    fn innocent(&self) -> &'static [&'static str] {
        &[
            "commercial networks and public tools serve everybody",
            "machines are borrowed and broken into",
        ]
    }
    fn takes(&self, what: &What) -> bool {
        is_kind(what)
    }
    fn items(&self, seen: &Context<'_>) -> Vec<Item> {
        share::by_trait(seen.dossiers, seen.rows, is_kind, share::equal)
    }
}
