//! Builds the table of reports from ATT&CK's enterprise bundle (STIX 2.0 or 2.1):
//!
//! `xz -dc enterprise-attack-18.1.json.xz | cargo run --release -p charivari-attribution --example
//! build_reports -- 18.1 > crates/charivari-attribution/data/attack-18.1-reports.tsv`

#![allow(clippy::print_stdout, reason = "the table is what this program gives")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::Value;

type Things = (BTreeSet<String>, BTreeSet<String>);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let version = std::env::args().nth(1).ok_or("the version of ATT&CK is expected")?;
    let bundle: Value = serde_json::from_reader(io::stdin().lock())?;
    let objects = bundle["objects"].as_array().ok_or("the bundle has no objects")?;
    let alive = |object: &&Value| {
        object["revoked"] != Value::Bool(true) && object["x_mitre_deprecated"] != Value::Bool(true)
    };
    let ids: BTreeMap<&str, &str> = objects
        .iter()
        .filter(alive)
        .filter_map(|object| Some((object["id"].as_str()?, attack_id(object)?)))
        .collect();
    let mut uses: BTreeMap<(String, String), Things> = BTreeMap::new();
    let mut campaigns: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for relation in objects.iter().filter(|o| o["type"] == "relationship").filter(alive) {
        let id = |end: &str| relation[end].as_str().and_then(|id| ids.get(id)).copied();
        let (Some(subject), Some(object)) = (id("source_ref"), id("target_ref")) else { continue };
        match relation["relationship_type"].as_str() {
            Some("attributed-to") => {
                campaigns.entry(subject).or_default().insert(object);
            }
            Some("uses") => {
                for citation in citations(relation) {
                    let held = uses.entry((citation, subject.to_owned())).or_default();
                    let side = if object.starts_with('T') { &mut held.0 } else { &mut held.1 };
                    side.insert(object.to_owned());
                }
            }
            _ => {}
        }
    }
    print_table(&version, &campaigns, &uses)
}

fn print_table(
    version: &str,
    campaigns: &BTreeMap<&str, BTreeSet<&str>>,
    uses: &BTreeMap<(String, String), Things>,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(
        out,
        "# Who is said to use what, by the report cited for it: ids and names of reports."
    )?;
    writeln!(
        out,
        "# (c) 2025 The MITRE Corporation. This work is reproduced and distributed with the"
    )?;
    writeln!(out, "# permission of The MITRE Corporation. See NOTICE.md.")?;
    writeln!(out, "version\t{version}")?;
    for (campaign, groups) in campaigns {
        writeln!(out, "campaign\t{campaign}\t{}", join(groups.iter().copied()))?;
    }
    for ((citation, subject), (techniques, software)) in uses {
        let techniques = join(techniques.iter().map(String::as_str));
        let software = join(software.iter().map(String::as_str));
        writeln!(out, "use\t{citation}\t{subject}\t{techniques}\t{software}")?;
    }
    Ok(out.flush()?)
}

fn join<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join(",")
}

fn attack_id(object: &Value) -> Option<&str> {
    let references = object["external_references"].as_array()?;
    let own = references.iter().find(|reference| reference["source_name"] == "mitre-attack")?;
    own["external_id"].as_str()
}

/// The sources of a relation, `-` where it names none.
fn citations(relation: &Value) -> BTreeSet<String> {
    let references = relation["external_references"].as_array();
    let names = references.into_iter().flatten().filter_map(|it| it["source_name"].as_str());
    let sources: BTreeSet<String> = names
        .filter(|name| *name != "mitre-attack")
        .map(|name| name.replace(['\t', '\n', '\r'], " "))
        .collect();
    if sources.is_empty() { BTreeSet::from(["-".to_owned()]) } else { sources }
}
