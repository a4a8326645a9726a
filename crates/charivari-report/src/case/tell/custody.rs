//! The head of the log, and the notes of analysts.

use super::{Case, by, capped};
use crate::case::doc::{Block, Card, Section, Span, line, para};
use crate::{format, limits};

/// The head of the log, with what it shows and what it cannot show.
pub(super) fn section(case: &Case) -> Section {
    let head = &case.dossier.head;
    let mut blocks = vec![
        para(line![
            "Everything that was done in this case stands in a log in which each entry carries the hash of \
             the one before. Whoever has this hash can tell whether anything up to it was changed since."
        ]),
        Block::Para("loghash", line![Span::Code(head.log_head.clone())]),
        Block::Facts(vec![
            ("Entries".to_owned(), line![format::number(head.log_entries)]),
            ("Last entry (UTC)".to_owned(), line![Span::Time(head.changed)]),
            ("Schema".to_owned(), line![head.schema.to_string()]),
        ]),
    ];
    match &head.signed {
        Some(signed) => blocks.push(Block::List(
            "hints",
            vec![
                line!["Signed with the Ed25519 key ", Span::Code(signed.key.clone()), "."],
                line!["Signature: ", Span::Whole(signed.signature.clone())],
            ],
        )),
        None => {
            blocks.push(Block::Para("hint", line!["The head is not signed: no key was at hand."]));
        }
    }
    blocks.push(Block::Frame(
        "What this cannot show".to_owned(),
        vec![para(line![
            "Whoever holds the whole case can write all of it anew, with other hashes. Only a head that was \
             printed, sent or signed before shows that this was done. The log says what was recorded, not \
             that it is true."
        ])],
    ));
    Section { id: "log", title: "The log", short: "Log", blocks }
}

/// What analysts noted; other levels have none.
pub(super) fn notes(case: &Case) -> Option<Section> {
    let notes = &case.dossier.notes;
    if notes.is_empty() {
        return None;
    }
    let shown = notes.len().min(limits::CASE_NOTES);
    let mut blocks: Vec<Block> = notes
        .iter()
        .take(shown)
        .map(|it| {
            let mut title = line![Span::Strong(it.id.to_string()), " "];
            if let Some(about) = it.about {
                title.extend(line!["on ", about]);
            }
            let meta = by(line![Span::Time(it.added)], &it.added_by);
            let text = para(line![Span::Text(it.text.clone())]);
            let blocks = vec![Block::Para("meta", meta), text];
            Block::Card(Card { id: it.id.to_string(), title, blocks })
        })
        .collect();
    let total = notes.len() as u64 + case.dossier.left.notes;
    blocks.extend(capped(shown, total, "notes").map(|it| Block::Para("more", it)));
    Some(Section { id: "notes", title: "Notes of the analysts", short: "Notes", blocks })
}
