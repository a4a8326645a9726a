//! # What it finds
//! Evidence that nobody else can make: an admission in a place that is surely the actor's own,
//! machines that somebody holds, a record that a court tested.
//!
//! # Why it matters
//! Everything else can be copied; without some of this no confidence is high.
//!
//! # Innocent explanations
//! Admissions are made for fame; seized machines may have been rented or stolen; an indictment is an
//! accusation and no record that was tested.
//!
//! # Parameters
//! Each speaks for its actor by a factor of 30, and says nothing of others.
//!
//! # Source
//! The analyst's own reading, with its source; the factor is elicited.

use super::{Basis, Context, Evidence, Item, share};
use crate::observation::What;

pub(crate) struct Uncopyable;

/// The logarithm of the ratio of one such piece.
const STRENGTH: f64 = 3.401_197_381_662_155_5;

impl Evidence for Uncopyable {
    fn id(&self) -> &'static str {
        "uncopyable"
    }
    fn title(&self) -> &'static str {
        "what cannot be copied"
    }
    fn spoof(&self) -> f64 {
        0.0
    }
    fn innocent(&self) -> &'static [&'static str] {
        &["admissions are made for fame", "machines are rented, borrowed and stolen"]
    }
    fn takes(&self, what: &What) -> bool {
        matches!(what, What::Proof(..))
    }
    fn items(&self, seen: &Context<'_>) -> Vec<Item> {
        let item = |(at, row): (u32, &crate::weigh::Row)| {
            let What::Proof(_, id) = &row.what else { return None };
            let actor = seen.dossiers.place(id)? as u32;
            Some(Item { row: Some(at), actor, value: STRENGTH, basis: Basis::Proof })
        };
        share::rows(seen.rows, |it| self.takes(it)).filter_map(item).collect()
    }
}
