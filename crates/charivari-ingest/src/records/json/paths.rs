//! The paths at which values stand in a JSON text, by which formats recognise themselves.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The most paths kept of a head, and how deep they go.
const MAX_PATHS: usize = 4_096;
const MAX_PATH_DEPTH: usize = 8;

/// The paths of every value in `value`, as in `data[].author.id`.
pub(crate) fn paths_of(value: &Value) -> BTreeSet<String> {
    paths_in(value.to_string().as_bytes())
}

/// The paths of every value in `bytes`, as far as they can be read.
pub(crate) fn paths_in(bytes: &[u8]) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let mut document = serde_json::Deserializer::from_slice(bytes);
    // A head is usually cut; what was seen before the cut is what is wanted.
    let _cut =
        Paths { found: &mut paths, path: String::new(), depth: 0 }.deserialize(&mut document);
    paths
}

struct Paths<'p> {
    found: &'p mut BTreeSet<String>,
    path: String,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Paths<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        if !self.path.is_empty() && self.found.len() < MAX_PATHS && !self.found.contains(&self.path)
        {
            self.found.insert(self.path.clone());
        }
        if self.depth >= MAX_PATH_DEPTH {
            return value.deserialize_ignored_any(IgnoredAny).map(|_| ());
        }
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Paths<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let path = if self.path.is_empty() { key } else { format!("{}.{key}", self.path) };
            map.next_value_seed(Paths { found: &mut *self.found, path, depth: self.depth + 1 })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let path = format!("{}[]", self.path);
        loop {
            let next = Paths { found: &mut *self.found, path: path.clone(), depth: self.depth + 1 };
            if seq.next_element_seed(next)?.is_none() {
                return Ok(());
            }
        }
    }

    pass_over_scalars!();
}
