//! # What it finds
//! How much more the techniques and tools of the case resemble an actor's reports than those of all
//! actors: the calibrated ranking, whose probability times the number of candidates is the
//! likelihood ratio of an actor against an average one.
//!
//! # Why it matters
//! Actors keep their habits; half of the reports that were set aside are recognised by them.
//!
//! # Innocent explanations
//! Techniques are published, taught, bought and copied; a tool that anybody can download says little;
//! an actor of whom much is told resembles everything.
//!
//! # Parameters
//! Those of the ranking; nothing is spoken of fewer than one known technique.
//!
//! # Source
//! docs/attribution.md, "Method"; the ranking corrects for dependence between techniques itself.

use charivari_model::Framework;

use super::{Context, Evidence, Item, share};
use crate::dossier::Dossiers;
use crate::observation::What;
use crate::weigh::Row;

pub(crate) struct Techniques;

fn is_kind(what: &What) -> bool {
    match what {
        What::Technique(technique) => technique.framework() == Framework::Attack,
        What::Software(_) => true,
        _ => false,
    }
}

impl Evidence for Techniques {
    fn id(&self) -> &'static str {
        "techniques"
    }
    fn title(&self) -> &'static str {
        "techniques and tools of intrusion"
    }
    fn spoof(&self) -> f64 {
        0.9
    }
    fn is_techniques(&self) -> bool {
        true
    }
    fn innocent(&self) -> &'static [&'static str] {
        &[
            "techniques are published, taught and copied, so that others use them too",
            "tools that anybody can download are used by anybody",
        ]
    }
    fn takes(&self, what: &What) -> bool {
        is_kind(what)
    }
    /// The ranking speaks of all techniques at once and is no matter of single rows: the weighing adds
    /// it as an item of its own.
    fn items(&self, _: &Context<'_>) -> Vec<Item> {
        Vec::new()
    }
}

/// What each technique says by itself, from all actors' records, ATT&CK and DISARM apart.
pub(crate) fn each(dossiers: &Dossiers, all: &[Row]) -> Vec<Item> {
    share::rows(all, is_kind)
        .flat_map(|row| share::shares(dossiers, row, is_kind, share::equal))
        .collect()
}
