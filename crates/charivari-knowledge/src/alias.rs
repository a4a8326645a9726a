//! Names as a graph: who bears a name, in whose words, and since when.
//!
//! Two collections that use one name may mean two things. So nothing is merged: a name leads to every
//! actor that bears it, and a reader sees who says so.

use crate::{Actor, Collection, Name, View};

/// An actor that bears a name, as one collection has it.
#[derive(Clone, Copy, Debug)]
pub struct Carrier<'a> {
    /// The collection.
    pub collection: &'a Collection,
    /// The actor.
    pub actor: &'a Actor,
    /// The claim by which it bears the name.
    pub name: &'a Name,
}

/// A name without what writers vary: case, spaces, hyphens, full stops.
#[must_use]
pub fn plain_name(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Everybody who bears a name, in the order of the collections.
#[must_use]
pub fn names_like<'a>(view: &'a View, name: &str) -> Vec<Carrier<'a>> {
    let wanted = plain_name(name);
    let mut found = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    for (collection, actor) in view.knowledge.actors() {
        // The id of an actor is a name that nobody else has.
        let by_id = plain_name(&actor.id) == wanted;
        let claim = actor.names.iter().find(|it| plain_name(&it.name) == wanted);
        let claim = claim.or_else(|| actor.names.first().filter(|_| by_id));
        found.extend(claim.map(|name| Carrier { collection, actor, name }));
    }
    found
}

impl View {
    /// Whether carriers of one name are told apart: two actors of one collection bear it, or they are
    /// placed in different countries.
    #[must_use]
    pub fn is_contested(&self, carriers: &[Carrier<'_>]) -> bool {
        let mut countries: Vec<&str> = Vec::new();
        for (number, one) in carriers.iter().enumerate() {
            let same = |other: &Carrier<'_>| std::ptr::eq(one.collection, other.collection);
            if carriers[number + 1..].iter().any(same) {
                return true;
            }
            countries.extend(one.actor.countries.iter().map(|it| it.code.as_str()));
        }
        countries.sort_unstable();
        countries.dedup();
        countries.len() > 1
    }

    /// Actors that share a name with `actor`, itself left out, each once and in order.
    #[must_use]
    pub fn neighbours<'a>(&'a self, actor: &Actor) -> Vec<Carrier<'a>> {
        let mut found: Vec<Carrier<'a>> = Vec::new();
        for name in &actor.names {
            for carrier in names_like(self, &name.name) {
                let is_known = found.iter().any(|it| std::ptr::eq(it.actor, carrier.actor));
                if carrier.actor != actor && !is_known {
                    found.push(carrier);
                }
            }
        }
        found
    }
}
