//! The event with its tags and attributes.

use charivari_model::{Framework, Timestamp};
use serde_json::{Value, json};

use super::{objects, report};
use crate::case::ids;
use crate::case::outgoing::{Outgoing, Use};
use crate::case::summary;
use crate::case::words::{Style, or, plain, stix_time};

/// The document, and how many attributes and objects it holds.
pub(super) fn event(out: &Outgoing<'_>) -> (Value, u64) {
    let head = &out.dossier.head;
    let objects = objects::all(out);
    let attributes = attributes(out);
    let count = (objects.len() + attributes.len()) as u64;
    let mark = if head.synthetic.is_some() { "[synthetic] " } else { "" };
    let author = json!({
        "name": plain(or(&head.opened_by, "unnamed analyst")),
        "uuid": uuid(out, "author"),
    });
    let event = json!({
        "uuid": uuid(out, "event"),
        "info": format!("{mark}{}", plain(or(&head.title, "untitled case"))),
        "date": day(head.opened),
        "timestamp": seconds(head.changed),
        "publish_timestamp": "0",
        "published": false,
        "analysis": if out.findings.is_empty() { "0" } else { "1" },
        // How bad it is, is not for a method to say: undefined.
        "threat_level_id": "4",
        "distribution": "0",
        "sharing_group_id": "0",
        "locked": false,
        "disable_correlation": false,
        "attribute_count": attribute_count(&attributes, &objects).to_string(),
        "Org": author,
        "Orgc": author,
        "Tag": tags(out),
        "Attribute": attributes,
        "Object": objects,
        "EventReport": [report::report(out)],
    });
    (json!({ "Event": event }), count)
}

/// The UUID of a part of the event.
pub(super) fn uuid(out: &Outgoing<'_>, name: &str) -> String {
    ids::of_scope(out.scope, &format!("misp {name}")).to_string()
}

/// Seconds since the epoch as the text that MISP wants, never negative.
pub(super) fn seconds(time: Timestamp) -> String {
    time.seconds().max(0).to_string()
}

fn day(time: Timestamp) -> String {
    stix_time(time).chars().take(10).collect()
}

fn attribute_count(attributes: &[Value], objects: &[Value]) -> usize {
    let inside = objects.iter().map(|object| object["Attribute"].as_array().map_or(0, Vec::len));
    attributes.len() + inside.sum::<usize>()
}

fn tags(out: &Outgoing<'_>) -> Vec<Value> {
    let mut names = vec![objects::tlp(out.tlp)];
    if out.dossier.head.synthetic.is_some() {
        names.push("charivari:synthetic=\"true\"".to_owned());
    }
    names.push(format!("charivari:redaction=\"{}\"", out.options.redaction.word()));
    if let Some(assessment) = &out.dossier.assessment {
        names.push(objects::confidence(assessment.confidence));
    }
    names.extend(out.techniques.iter().map(galaxy));
    names.iter().map(|name| json!({ "name": name })).collect()
}

/// The tag of a technique, spelt as its galaxy spells the value.
fn galaxy(one: &Use<'_>) -> String {
    let number = one.technique.id();
    // A quotation mark would end the value of the tag.
    let name = plain(or(one.name, number)).replace('"', "'");
    match one.technique.framework() {
        Framework::Disarm => format!("misp-galaxy:disarm-techniques=\"{name}\""),
        Framework::Attack => format!("misp-galaxy:mitre-attack-pattern=\"{name} - {number}\""),
    }
}

/// What stands alone: the name of the operation and of those who are called threat actors.
fn attributes(out: &Outgoing<'_>) -> Vec<Value> {
    let head = &out.dossier.head;
    let mut all = vec![json!({
        "uuid": uuid(out, "campaign"),
        "type": "campaign-name",
        "category": "Attribution",
        "value": plain(or(&head.title, "untitled case")),
        "comment": plain(&head.question),
        "to_ids": false,
        "disable_correlation": false,
        "distribution": "5",
        "sharing_group_id": "0",
        "deleted": false,
        "timestamp": seconds(head.changed),
    })];
    let actors = out.dossier.actors.iter();
    let actors = actors.filter(|actor| actor.what.trim().eq_ignore_ascii_case("threat-actor"));
    all.extend(actors.map(|actor| {
        json!({
            "uuid": uuid(out, &actor.id.to_string()),
            "type": "threat-actor",
            "category": "Attribution",
            "value": plain(or(&actor.name, "unnamed party")),
            "comment": summary::actor(actor, Style::Plain),
            "to_ids": false,
            "disable_correlation": false,
            "distribution": "5",
            "sharing_group_id": "0",
            "deleted": false,
            "timestamp": seconds(actor.added),
            "Tag": [{ "name": objects::tlp(actor.tlp) }],
        })
    }));
    all
}
