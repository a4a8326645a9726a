//! The operation, its techniques, the files, and the report that holds all together.

use std::collections::BTreeSet;

use charivari_model::Framework;
use serde_json::{Value, json};

use super::Flavour;
use super::bundle::Bundle;
use crate::case::outgoing::Use;
use crate::case::summary;
use crate::case::words::{exact, or, plain, stix_time};

/// The operation that the case is about.
pub(super) fn add_campaign(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    let head = &out.dossier.head;
    let style = bundle.flavour.style();
    let mut draft = bundle.draft("campaign", "case");
    draft.set("name", plain(or(&head.title, "untitled case")));
    let mut description = out.caveats(style);
    description.insert(0, style.text(or(&head.question, "No question was stated.")));
    draft.set("description", style.join(&description));
    if let Some((first, last)) = out.period() {
        draft.set("first_seen", stix_time(first));
        draft.set("last_seen", stix_time(last));
    }
    bundle.campaign = bundle.add(draft);
}

/// The techniques, each used by the operation for the reasons that findings give.
pub(super) fn add_techniques(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    for one in &out.techniques {
        let id = add_technique(bundle, one);
        let style = bundle.flavour.style();
        let campaign = bundle.campaign.clone();
        let why = one.findings.iter();
        let why =
            why.map(|(finding, tagged)| format!("{}: {}", finding.id, style.text(&tagged.why)));
        let why = style.join(&why.collect::<Vec<_>>());
        bundle.relate("uses", (&campaign, &id), &why, None);
    }
}

fn add_technique(bundle: &mut Bundle<'_>, one: &Use<'_>) -> String {
    let number = one.technique.id();
    let mut draft = bundle.draft("attack-pattern", one.technique.to_string());
    draft.set("name", plain(or(one.name, number)));
    draft.set("external_references", json!([reference(one.technique.framework(), number)]));
    if bundle.flavour == Flavour::OpenCti {
        draft.set_technique(number);
    }
    draft.labels.push(one.technique.framework().prefix());
    let id = bundle.add(draft);
    bundle.is_technique(one.technique, &id);
    id
}

/// Where a technique is described: the catalogue's own name for itself, never another's.
fn reference(framework: Framework, number: &str) -> Value {
    let (source, url) = match framework {
        Framework::Attack => (
            "mitre-attack",
            format!("https://attack.mitre.org/techniques/{}/", number.replace('.', "/")),
        ),
        Framework::Disarm => (
            "DISARM",
            format!(
                "https://github.com/DISARMFoundation/DISARMframeworks/blob/main/generated_pages/\
                 techniques/{number}.md"
            ),
        ),
    };
    json!({"source_name": source, "external_id": number, "url": url})
}

/// The input files, by digest and name, and one note that says where they came from.
pub(super) fn add_evidence(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    let style = bundle.flavour.style();
    let mut ids = BTreeSet::new();
    let mut lines = Vec::new();
    let mut tlp = out.dossier.head.tlp;
    for evidence in &out.dossier.evidence {
        let mut others = vec![("size", json!(evidence.bytes))];
        let name = ("name", json!(exact(or(&evidence.name, "unnamed file"))));
        let mut contributing = vec![name];
        if is_sha256(&evidence.sha256) {
            contributing.push(("hashes", json!({"SHA-256": evidence.sha256})));
        }
        if evidence.bytes > i64::MAX.unsigned_abs() {
            others.clear();
        }
        let id = bundle.observe("file", &contributing, &others, evidence.tlp);
        bundle.is_record(evidence.id, &id);
        lines.push(summary::evidence(evidence, style));
        tlp = tlp.max(evidence.tlp);
        ids.insert(id);
    }
    if ids.is_empty() {
        return;
    }
    let mut draft = bundle.draft("note", "evidence");
    draft.set("abstract", "Evidence of the case");
    let mut content = String::new();
    style.list("Evidence", &lines, &mut content);
    draft.set("content", content);
    draft.set("object_refs", json!(ids));
    draft.labels.push("evidence");
    draft.tlp = tlp;
    bundle.add(draft);
}

/// Whether a text is a digest as STIX wants it.
fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The report, which holds every other object.
pub(super) fn add_report(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    let head = &out.dossier.head;
    let mut draft = bundle.draft("report", "report");
    draft.set("name", plain(or(&head.title, "untitled case")));
    draft.set("description", summary::case(out, bundle.flavour.style()));
    draft.set("report_types", json!(["campaign"]));
    draft.set("published", stix_time(head.changed));
    draft.set("object_refs", json!(bundle.all()));
    if let Some(assessment) = &out.dossier.assessment {
        draft.set("confidence", assessment.confidence.stix());
    }
    draft.labels.push("influence-operation");
    draft.tlp = out.tlp;
    bundle.add(draft);
}
