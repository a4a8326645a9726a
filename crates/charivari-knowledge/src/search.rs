//! One search over all names, techniques and programs.

use serde::Serialize;

use crate::View;
use crate::alias::plain_name;

/// The most hits that are given; the others are counted.
const MOST: usize = 50;

/// Something whose name or id has the words that were looked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hit {
    /// How well it fits: 0 exactly, 1 from its beginning, 2 somewhere.
    pub rank: u8,
    /// `actor`, `technique` or `software`.
    pub kind: &'static str,
    /// Its id in its collection.
    pub id: String,
    /// The name that fits.
    pub name: String,
    /// The name under which it is listed.
    pub listed: String,
    /// The collection.
    pub collection: String,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Hits {
    /// The best hits first.
    pub hits: Vec<Hit>,
    /// How many were left out.
    pub left_out: u64,
}

impl View {
    /// Looks for `words` in all names and ids.
    #[must_use]
    pub fn search(&self, words: &str) -> Hits {
        let wanted = plain_name(words);
        let mut hits = Vec::new();
        if wanted.is_empty() {
            return Hits::default();
        }
        for collection in &self.knowledge.collections {
            let origin = collection.origin.to_string();
            let mut add = |kind, id: &str, listed: &str, names: &[&str]| {
                let all = std::iter::once(id).chain(names.iter().copied());
                let fits = all.filter_map(|name| Some((rank(&plain_name(name), &wanted)?, name)));
                let best = fits.min();
                hits.extend(best.map(|(rank, name)| Hit {
                    rank,
                    kind,
                    id: id.to_owned(),
                    name: name.to_owned(),
                    listed: listed.to_owned(),
                    collection: origin.clone(),
                }));
            };
            for actor in &collection.actors {
                let names: Vec<&str> = actor.names.iter().map(|it| it.name.as_str()).collect();
                add("actor", &actor.id, &actor.name, &names);
            }
            for (technique, entry) in &collection.vocabulary.techniques {
                add("technique", &technique.to_string(), &entry.name, &[&entry.name]);
            }
            for software in collection.vocabulary.software.values() {
                let names: Vec<&str> = software.names.iter().map(String::as_str).collect();
                add("software", &software.id, names.first().unwrap_or(&""), &names);
            }
        }
        hits.sort();
        let left_out = hits.len().saturating_sub(MOST) as u64;
        hits.truncate(MOST);
        Hits { hits, left_out }
    }
}

fn rank(name: &str, wanted: &str) -> Option<u8> {
    match name.find(wanted)? {
        0 if name.len() == wanted.len() => Some(0),
        0 => Some(1),
        _ => Some(2),
    }
}
