//! Microsoft's list of names: which weather name is whose other name, and where it is thought to be.

use charivari_model::Confidence;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{LONGEST, called, unknown};
use crate::{Actor, Cited, Collection, Country, Fault, Name, Origin, Relation, Result};

/// Countries as the list writes them.
const COUNTRIES: [(&str, &str); 13] = [
    ("Belarus", "BY"),
    ("China", "CN"),
    ("India", "IN"),
    ("Iran", "IR"),
    ("Israel", "IL"),
    ("Lebanon", "LB"),
    ("North Korea", "KP"),
    ("Pakistan", "PK"),
    ("Russia", "RU"),
    ("South Korea", "KR"),
    ("Türkiye", "TR"),
    ("Turkey", "TR"),
    ("Vietnam", "VN"),
];

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "Threat actor name")]
    name: String,
    #[serde(rename = "Origin/Threat")]
    origin: String,
    #[serde(default, rename = "Other names")]
    others: String,
}

pub(super) fn read(file: &str, text: &str) -> Result<Collection> {
    let raw: Vec<&RawValue> = serde_json::from_str(text)
        .map_err(|error| unknown(file, &format!("JSON that cannot be read: {error}")))?;
    let mut collection = Collection::new(Origin::Microsoft);
    for (number, raw) in raw.iter().enumerate() {
        match serde_json::from_str::<Row>(raw.get()) {
            Ok(row) if row.name.len() + row.others.len() <= LONGEST * 4 => {
                collection.actors.push(actor(&row));
            }
            Ok(_) => {
                let text =
                    format!("its names are longer than {} bytes; it was left out", LONGEST * 4);
                collection.faults.push(Fault::new("E1021", called(raw, number), text));
            }
            Err(error) => {
                let text = format!("expected a row of the list, but met {error}; it was left out");
                collection.faults.push(Fault::new("E1020", called(raw, number), text));
            }
        }
    }
    if collection.actors.is_empty() {
        return Err(unknown(file, "a list without a row that has \"Threat actor name\""));
    }
    Ok(collection)
}

/// The list has no dates, so what it says is seen only by those who ask about today.
fn actor(row: &Row) -> Actor {
    let cited = || {
        vec![Cited { source: None, date: None, passage: String::new(), sure: Confidence::Moderate }]
    };
    let name = |name: &str, relation| Name { name: name.to_owned(), relation, cited: cited() };
    let others =
        row.others.split(',').map(str::trim).filter(|it| !it.is_empty() && *it != row.name);
    let mut names = vec![name(&row.name, Relation::Listed)];
    names.extend(others.map(|it| name(it, Relation::Overlaps)));
    let country = COUNTRIES.iter().find(|(word, _)| row.origin.contains(word));
    Actor {
        id: row.name.clone(),
        name: row.name.clone(),
        about: format!("Origin or kind of threat: {}.", row.origin),
        names,
        countries: country
            .map(|(_, code)| Country { code: (*code).to_owned(), cited: cited() })
            .into_iter()
            .collect(),
        ..Actor::default()
    }
}
