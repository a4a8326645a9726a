//! Layers for the ATT&CK Navigator.
//!
//! # What it is
//! Two layer files of format 4.5: one over ATT&CK, one over DISARM, whose matrix the Navigator loads
//! from the bundle that the DISARM Foundation publishes. A layer colours techniques by how many
//! findings would be instances of them.
//!
//! # Who reads it
//! Analysts who compare operations technique by technique.
//!
//! # What goes in
//! Each technique with the number of findings as score, their statements as comment, and their
//! numbers and rulings as metadata; the case, its marking and what was left out as metadata of the
//! layer. No tactic is named, so a technique is coloured under every tactic that it belongs to.
//!
//! # What stays out
//! Accounts, evidence, claims, links. A score says how many findings there are, not how bad it is.
//!
//! # Source
//! Layer file format 4.5 in the repository of the ATT&CK Navigator (MITRE).

use std::io::Write;

use charivari_model::Framework;
use serde_json::{Value, json};

use super::outgoing::{Outgoing, Use};
use super::summary;
use super::words::{Style, exact, or, plain};
use super::{Exporter, File, write_json};
use crate::ExchangeError;

/// The layers.
pub(super) static NAVIGATOR: Exporter = Exporter {
    name: "navigator",
    title: "ATT&CK Navigator layers 4.5 for ATT&CK and DISARM",
    files: &[
        File { name: "navigator-attack.json", make: attack },
        File { name: "navigator-disarm.json", make: disarm },
    ],
};

/// The matrix of DISARM as its foundation publishes it; only the Navigator loads it.
const DISARM_BUNDLE: &str = "https://raw.githubusercontent.com/DISARMFoundation/DISARMframeworks/\
                             main/generated_files/DISARM_STIX/DISARM.json";
/// From one finding to the most.
const COLOURS: [&str; 2] = ["#fee8c8", "#d7301f"];

fn attack(outgoing: &Outgoing<'_>, out: &mut dyn Write) -> Result<u64, ExchangeError> {
    write(outgoing, Framework::Attack, out)
}

fn disarm(outgoing: &Outgoing<'_>, out: &mut dyn Write) -> Result<u64, ExchangeError> {
    write(outgoing, Framework::Disarm, out)
}

fn write(
    outgoing: &Outgoing<'_>,
    framework: Framework,
    out: &mut dyn Write,
) -> Result<u64, ExchangeError> {
    let uses: Vec<&Use<'_>> = outgoing.techniques_of(framework).collect();
    let most = uses.iter().map(|one| one.findings.len()).max().unwrap_or(1);
    let techniques: Vec<Value> = uses.iter().map(|one| technique(one)).collect();
    let head = &outgoing.dossier.head;
    let mut layer = json!({
        "name": format!("{}: {}", plain(or(&head.title, "untitled case")), framework.title()),
        "description": outgoing.caveats(Style::Plain).join("\n"),
        "domain": "enterprise-attack",
        "versions": {"attack": "18", "navigator": "5.2.0", "layer": "4.5"},
        "techniques": techniques,
        // The two ends of a gradient may not be equal.
        "gradient": {"colors": COLOURS, "minValue": 0, "maxValue": most.max(1)},
        "legendItems": legend(most),
        "layout": {
            "layout": "side", "showID": true, "showName": true, "expandedSubtechniques": "annotated",
        },
        "hideDisabled": false,
        "sorting": 0,
        "metadata": about_case(outgoing),
    });
    if framework == Framework::Disarm {
        layer["domain"] = json!("disarm");
        layer["customDataURL"] = json!(DISARM_BUNDLE);
        // A version of ATT&CK would make the Navigator offer to upgrade techniques that are not its.
        layer["versions"] = json!({"navigator": "5.2.0", "layer": "4.5"});
    }
    write_json(&layer, out)?;
    Ok(uses.len() as u64)
}

fn technique(one: &Use<'_>) -> Value {
    let comments: Vec<String> = one
        .findings
        .iter()
        .map(|(finding, tagged)| {
            let sentence = summary::statement(finding, Style::Plain);
            let why = plain(&tagged.why);
            format!("{} ({} confidence): {sentence} {why}", finding.id, finding.confidence)
        })
        .collect();
    let metadata: Vec<Value> = one
        .findings
        .iter()
        .map(|(finding, _)| item(&finding.id.to_string(), finding.decision.ruling.word()))
        .collect();
    json!({
        "techniqueID": one.technique.id(),
        "score": one.findings.len(),
        "comment": comments.join("\n"),
        "enabled": true,
        "metadata": metadata,
        "showSubtechniques": true,
    })
}

fn legend(most: usize) -> Value {
    let label = |count: usize| {
        if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
    };
    json!([
        {"label": "no finding", "color": COLOURS[0]},
        {"label": label(most), "color": COLOURS[1]},
    ])
}

fn about_case(outgoing: &Outgoing<'_>) -> Vec<Value> {
    let head = &outgoing.dossier.head;
    let mut items = vec![
        item("case", &exact(&head.uuid)),
        item("marking", outgoing.tlp.label()),
        item("redaction", outgoing.options.redaction.word()),
        item("log head", &exact(&head.log_head)),
        item("written by", &plain(&head.tool)),
    ];
    if let Some(sentence) = &head.synthetic {
        items.push(item("synthetic", &plain(sentence)));
    }
    items
}

fn item(name: &str, value: &str) -> Value {
    json!({"name": name, "value": or(value, "none")})
}
