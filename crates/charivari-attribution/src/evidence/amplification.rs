//! # What it finds
//! How an actor makes its catch known, and how money appears in it.
//!
//! # Why it matters
//! A sock-puppet crowd or a price that nobody is meant to pay tells an operation for effect from a
//! trade.
//!
//! # Innocent explanations
//! News spreads by itself; sellers advertise where buyers are; supporters are no sock puppets.
//!
//! # Parameters
//! None of its own.
//!
//! # Source
//! The packs' traits `amplification` and `money`.

use charivari_knowledge::TraitKind;

use super::{Context, Evidence, Item, share};
use crate::observation::What;

pub(crate) struct Amplification;

fn is_kind(what: &What) -> bool {
    matches!(what, What::Trait(TraitKind::Amplification | TraitKind::Money, _))
}

impl Evidence for Amplification {
    fn id(&self) -> &'static str {
        "amplification"
    }
    fn title(&self) -> &'static str {
        "amplification and money"
    }
    fn spoof(&self) -> f64 {
        0.8
    }
    fn innocent(&self) -> &'static [&'static str] {
        &["news of a leak spreads by itself", "sellers advertise where buyers are"]
    }
    fn takes(&self, what: &What) -> bool {
        is_kind(what)
    }
    fn items(&self, seen: &Context<'_>) -> Vec<Item> {
        share::by_trait(seen.dossiers, seen.rows, is_kind, share::equal)
    }
}
