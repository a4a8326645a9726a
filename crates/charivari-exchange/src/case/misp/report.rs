//! The event report: the whole story in Markdown.

use charivari_model::case::Kind;
use serde_json::{Value, json};

use super::event::{seconds, uuid};
use crate::case::outgoing::Outgoing;
use crate::case::summary;
use crate::case::words::{Style, or, plain, when_text};

/// The report that stands in the event.
pub(super) fn report(out: &Outgoing<'_>) -> Value {
    let head = &out.dossier.head;
    let mark = if head.synthetic.is_some() { "[synthetic] " } else { "" };
    json!({
        "uuid": uuid(out, "report"),
        "name": format!("{mark}{}", plain(or(&head.title, "untitled case"))),
        "content": content(out),
        "distribution": "5",
        "sharing_group_id": "0",
        "timestamp": seconds(head.changed),
        "deleted": false,
    })
}

fn content(out: &Outgoing<'_>) -> String {
    const STYLE: Style = Style::Markdown;
    let dossier = out.dossier;
    let mut text = summary::case(out, STYLE);
    let moments = dossier.timeline();
    let told = moments
        .iter()
        .filter(|moment| moment.record.kind != Kind::Finding || out.tells_of(moment.record));
    let timeline = told.map(|moment| {
        let when = when_text(&moment.when, STYLE);
        let mark = out.mark(moment.record);
        format!("{when}: {} {mark}{}", moment.record, STYLE.text(&moment.title))
    });
    STYLE.list("Timeline", &timeline.collect::<Vec<_>>(), &mut text);
    let parties = dossier.actors.iter().map(|actor| {
        let said = summary::actor(actor, Style::Plain).replace('\n', " ");
        format!(
            "{} {} ({}): {}",
            actor.id,
            STYLE.text(&actor.name),
            STYLE.text(&actor.what),
            STYLE.text(&said)
        )
    });
    STYLE.list("Parties", &parties.collect::<Vec<_>>(), &mut text);
    let joined = dossier.links.iter().filter(|link| {
        [link.from, link.to].iter().all(|end| end.kind != Kind::Finding || out.tells_of(*end))
    });
    let links: Vec<String> = joined.map(|link| summary::link(link, STYLE)).collect();
    STYLE.list("Support and contradiction", &links, &mut text);
    let notes = dossier.notes.iter().filter(|note| {
        note.about.is_none_or(|about| about.kind != Kind::Finding || out.tells_of(about))
    });
    let notes = notes.map(|note| format!("{} {}", note.id, STYLE.text(&note.text)));
    STYLE.list("Notes", &notes.collect::<Vec<_>>(), &mut text);
    let evidence: Vec<String> =
        dossier.evidence.iter().map(|one| summary::evidence(one, STYLE)).collect();
    STYLE.list("Evidence", &evidence, &mut text);
    text
}
