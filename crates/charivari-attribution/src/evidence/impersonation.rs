//! # What it finds
//! Whom an actor is told to pretend to be.
//!
//! # Why it matters
//! Posing as an editor or as citizens of the target country is a craft that is practised.
//!
//! # Innocent explanations
//! Satire and fan accounts; criminals who pose as whoever is believed; an account that was taken over.
//!
//! # Parameters
//! None of its own.
//!
//! # Source
//! The packs' trait `impersonation`.

use charivari_knowledge::TraitKind;

use super::{Context, Evidence, Item, share};
use crate::observation::What;

pub(crate) struct Impersonation;

fn is_kind(what: &What) -> bool {
    matches!(what, What::Trait(TraitKind::Impersonation, _))
}

impl Evidence for Impersonation {
    fn id(&self) -> &'static str {
        "impersonation"
    }
    fn title(&self) -> &'static str {
        "habits of impersonation"
    }
    fn spoof(&self) -> f64 {
        0.7
    }
    fn innocent(&self) -> &'static [&'static str] {
        &["satire and admirers use others' names too", "criminals pose as whoever is believed"]
    }
    fn takes(&self, what: &What) -> bool {
        is_kind(what)
    }
    fn items(&self, seen: &Context<'_>) -> Vec<Item> {
        share::by_trait(seen.dossiers, seen.rows, is_kind, share::equal)
    }
}
