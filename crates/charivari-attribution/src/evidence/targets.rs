//! # What it finds
//! Whom the operation went for, what set it off and what it seems to want, against whom actors are
//! told to go for.
//!
//! # Why it matters
//! A target is chosen by whoever has the motive, and costs an imitator the operation that he wants.
//!
//! # Innocent explanations
//! Large and weakly protected targets are hit by everybody; an occasion moves many at once; the motive
//! is read into the act by whoever watches.
//!
//! # Parameters
//! A country within a region that an actor is told to go for counts as half of it, a region that
//! holds such a country as three quarters.
//!
//! # Source
//! The packs' traits `target`, `trigger` and `motive`.

use charivari_knowledge::TraitKind;

use super::{Context, Evidence, Item, share};
use crate::observation::What;

pub(crate) struct Targets;

/// The countries of `region:europe`, as ISO 3166-1 has them.
const EUROPE: &str = "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU \
                      LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM UA VA XK";

fn is_kind(what: &What) -> bool {
    matches!(what, What::Trait(TraitKind::Target | TraitKind::Trigger | TraitKind::Motive, _))
}

/// Whether `country:XX` lies in `region:…`.
fn is_in(country: &str, region: &str) -> bool {
    let Some(code) = country.strip_prefix("country:") else { return false };
    region == "region:europe" && EUROPE.split_whitespace().any(|it| it == code)
}

fn closeness(observed: &What, fact: &What) -> f64 {
    match (observed, fact) {
        (one, other) if one == other => 1.0,
        (What::Trait(_, one), What::Trait(_, other)) if is_in(one, other) => 0.5,
        (What::Trait(_, one), What::Trait(_, other)) if is_in(other, one) => 0.75,
        _ => 0.0,
    }
}

impl Evidence for Targets {
    fn id(&self) -> &'static str {
        "targets"
    }
    fn title(&self) -> &'static str {
        "targets, occasion and motive"
    }
    fn spoof(&self) -> f64 {
        0.2
    }
    fn innocent(&self) -> &'static [&'static str] {
        &[
            "one occasion moves many at once",
            "what is large and weakly protected is hit by everybody",
        ]
    }
    fn takes(&self, what: &What) -> bool {
        is_kind(what)
    }
    fn items(&self, seen: &Context<'_>) -> Vec<Item> {
        share::by_trait(seen.dossiers, seen.rows, is_kind, closeness)
    }
}
