//! Galaxies of MISP: names, countries and techniques, without dates.

use charivari_model::{Confidence, Technique};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{LONGEST, called};
use crate::{Actor, Cited, Collection, Country, Fault, Name, Origin, Relation, TechniqueEntry};

#[derive(Deserialize)]
struct Value {
    #[serde(rename = "value")]
    name: String,
    #[serde(default)]
    uuid: String,
    #[serde(default)]
    meta: Meta,
}

#[derive(Default, Deserialize)]
struct Meta {
    #[serde(default)]
    synonyms: Vec<String>,
    #[serde(default)]
    country: Option<String>,
    #[serde(default, rename = "cfr-suspected-state-sponsor")]
    sponsor: Option<String>,
    #[serde(default, rename = "attribution-confidence")]
    confidence: Option<serde_json::Value>,
    #[serde(default)]
    external_id: Option<serde_json::Value>,
    #[serde(default)]
    kill_chain: Vec<String>,
}

/// Reads the values of a galaxy; `kind` is its type, such as `threat-actor`.
pub(super) fn read(kind: &str, version: String, values: &[&RawValue]) -> Collection {
    let mut collection = Collection::new(Origin::Misp(kind.to_owned(), version));
    for (number, raw) in values.iter().enumerate() {
        match serde_json::from_str::<Value>(raw.get()) {
            Err(error) => {
                let text =
                    format!("expected a value of a galaxy, but met {error}; it was left out");
                collection.faults.push(Fault::new("E1020", called(raw, number), text));
            }
            Ok(value) if value.name.len() > LONGEST => {
                let text = format!("a name is longer than {LONGEST} bytes; it was left out");
                collection.faults.push(Fault::new("E1021", called(raw, number), text));
            }
            Ok(value) => match technique(kind, &value) {
                Some(entry) => {
                    collection.vocabulary.techniques.insert(entry.technique.clone(), entry);
                }
                None => collection.actors.push(actor(value)),
            },
        }
    }
    collection.actors.sort_by(|one, other| one.id.cmp(&other.id));
    let faults = &mut collection.faults;
    collection.actors.dedup_by(|later, kept| {
        let is_same = later.id == kept.id;
        if is_same {
            let text = "the id stands more than once; the first was taken";
            faults.push(Fault::new("E1022", &later.id, text));
        }
        is_same
    });
    collection.faults.sort();
    collection
}

/// A value of a galaxy of techniques.
fn technique(kind: &str, value: &Value) -> Option<TechniqueEntry> {
    let framework = match kind {
        "disarm-techniques" => "disarm",
        "mitre-attack-pattern" => "attack",
        _ => return None,
    };
    let id = value.meta.external_id.as_ref()?.as_str()?;
    let technique: Technique = format!("{framework}:{id}").parse().ok()?;
    let tactic = |it: &String| it.rsplit(':').next().unwrap_or_default().to_owned();
    Some(TechniqueEntry {
        technique,
        name: value.name.clone(),
        tactics: value.meta.kill_chain.iter().map(tactic).collect(),
        revoked_by: None,
        deprecated: false,
    })
}

fn actor(value: Value) -> Actor {
    let undated = |sure| vec![Cited { source: None, date: None, passage: String::new(), sure }];
    let mut names = vec![Name {
        name: value.name.clone(),
        relation: Relation::Listed,
        cited: undated(Confidence::Moderate),
    }];
    // MISP calls synonyms what may be a persona, a company or an overlap, so no more is claimed.
    names.extend(value.meta.synonyms.into_iter().filter(|it| *it != value.name).map(|name| Name {
        name,
        relation: Relation::Overlaps,
        cited: undated(Confidence::Low),
    }));
    let code = value
        .meta
        .country
        .filter(|it| it.len() == 2 && it.bytes().all(|byte| byte.is_ascii_alphabetic()));
    // 50 is what MISP writes where nobody judged.
    let sure = match value.meta.confidence.as_ref().and_then(|it| it.as_str()?.parse::<u32>().ok())
    {
        Some(51..) => Confidence::Moderate,
        _ => Confidence::Low,
    };
    let countries = code.map(|code| Country { code: code.to_uppercase(), cited: undated(sure) });
    Actor {
        id: if value.uuid.is_empty() { value.name.clone() } else { value.uuid },
        name: value.name,
        about: value
            .meta
            .sponsor
            .map_or_else(String::new, |it| format!("Suspected sponsor: {it}.")),
        names,
        countries: countries.into_iter().collect(),
        ..Actor::default()
    }
}
