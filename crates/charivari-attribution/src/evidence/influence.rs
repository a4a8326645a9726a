//! # What it finds
//! Techniques of influence (DISARM) that an actor is told to use, against all actors of whom such
//! techniques are told at all.
//!
//! # Why it matters
//! How a leak is staged differs more between actors than how it was stolen.
//!
//! # Innocent explanations
//! Every leak has a leaker and a channel; a staging that worked is imitated; the ids were given by
//! the packs' authors, who knew the actors.
//!
//! # Parameters
//! A technique and its part (`T0135`, `T0135.001`) count as half the same.
//!
//! # Source
//! DISARM Framework 1.6; the packs' own mapping.

use charivari_model::Framework;

use super::{Context, Evidence, Item, share};
use crate::observation::What;

pub(crate) struct Influence;

fn is_kind(what: &What) -> bool {
    matches!(what, What::Technique(technique) if technique.framework() == Framework::Disarm)
}

fn closeness(one: &What, other: &What) -> f64 {
    if one == other {
        return 1.0;
    }
    let (What::Technique(one), What::Technique(other)) = (one, other) else { return 0.0 };
    let part =
        |whole: &str, part: &str| part.split_once('.').is_some_and(|(main, _)| main == whole);
    if part(one.id(), other.id()) || part(other.id(), one.id()) { 0.5 } else { 0.0 }
}

impl Evidence for Influence {
    fn id(&self) -> &'static str {
        "influence"
    }
    fn title(&self) -> &'static str {
        "techniques of influence"
    }
    fn spoof(&self) -> f64 {
        0.9
    }
    fn is_techniques(&self) -> bool {
        true
    }
    fn innocent(&self) -> &'static [&'static str] {
        &[
            "every leak has somebody who leaks it and a channel through which it goes",
            "a staging that once drew attention is imitated",
        ]
    }
    fn takes(&self, what: &What) -> bool {
        is_kind(what)
    }
    fn items(&self, seen: &Context<'_>) -> Vec<Item> {
        let items = share::rows(seen.rows, is_kind)
            .flat_map(|row| share::shares(seen.dossiers, row, is_kind, closeness));
        items.collect()
    }
}
