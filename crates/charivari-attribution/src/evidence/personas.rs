//! # What it finds
//! Names that an actor's personas bore before, and how its personas are made.
//!
//! # Why it matters
//! Names are used again, and every actor has its kind of faces.
//!
//! # Innocent explanations
//! Anybody can take a name; activists and criminals look the way personas pretend to look; new names
//! are the rule, so that one that nobody knows speaks for nobody.
//!
//! # Parameters
//! A name is compared without case, spaces and signs, and one that no actor bore says nothing.
//!
//! # Source
//! The packs' names with the relation `persona` and their trait `persona-style`.

use charivari_knowledge::TraitKind;

use super::{Basis, Context, Evidence, Item, MOST, share};
use crate::observation::What;

pub(crate) struct Personas;

fn is_style(what: &What) -> bool {
    matches!(what, What::Trait(TraitKind::PersonaStyle, _))
}

fn plain(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Evidence for Personas {
    fn id(&self) -> &'static str {
        "personas"
    }
    fn title(&self) -> &'static str {
        "personas and names"
    }
    fn spoof(&self) -> f64 {
        0.9
    }
    fn innocent(&self) -> &'static [&'static str] {
        &["anybody can take a name", "real activists look the way such personas pretend to look"]
    }
    fn takes(&self, what: &What) -> bool {
        is_style(what) || matches!(what, What::Persona(_))
    }
    fn items(&self, seen: &Context<'_>) -> Vec<Item> {
        let mut items = share::by_trait(seen.dossiers, seen.rows, is_style, share::equal);
        for (at, row) in share::rows(seen.rows, |it| matches!(it, What::Persona(_))) {
            let What::Persona(name) = &row.what else { continue };
            for (actor, dossier) in seen.dossiers.actors.iter().enumerate() {
                let bears = |it: &crate::dossier::Fact| matches!(&it.what, What::Persona(own) if plain(own) == plain(name));
                let Some(fact) = dossier.facts.iter().position(bears) else { continue };
                items.push(Item {
                    row: Some(at),
                    actor: actor as u32,
                    value: MOST * dossier.facts[fact].sure,
                    basis: Basis::Fact(fact as u32),
                });
            }
        }
        items
    }
}
