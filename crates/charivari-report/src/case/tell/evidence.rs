//! The input files: what they are, how far they can be trusted, and where their bytes are.

use std::collections::BTreeSet;

use charivari_model::case::{Custody, Evidence, Ref};

use super::{Case, by, capped, words};
use crate::case::doc::{Block, Column, Line, Row, Section, Span, Table, line, para};
use crate::{format, limits};

pub(super) fn section(case: &Case) -> Section {
    let evidence = &case.dossier.evidence;
    let mut blocks = Vec::new();
    if evidence.is_empty() {
        blocks.push(Block::Para(
            "empty",
            line!["No input file is recorded, or none can be shown here."],
        ));
    } else {
        blocks.push(para(line![
            "An input is known by the SHA-256 of its bytes and is never changed. Its grade is that of the \
             Admiralty code: how reliable its source is, and apart from that how credible what it says."
        ]));
        let cited = cited(case);
        let mut room = limits::CASE_EVIDENCE;
        let shown: Vec<&Evidence> = evidence
            .iter()
            .filter(|it| {
                let fits = room > 0;
                room = room.saturating_sub(1);
                fits || cited.contains(&it.id)
            })
            .collect();
        let total = evidence.len() as u64 + case.dossier.left.evidence;
        let more = capped(shown.len(), total, "input files");
        blocks.push(Block::Table(table(&shown)));
        blocks.extend(more.map(|it| Block::Para("more", it)));
    }
    Section { id: "evidence", title: "Evidence", short: "Evidence", blocks }
}

/// What the findings that are told lead to; all of it is listed.
fn cited(case: &Case) -> BTreeSet<Ref> {
    let told = case.told().iter().chain(case.rejected.iter().take(limits::CASE_REJECTED));
    let places = told.flat_map(|it| it.evidence.iter().take(limits::CASE_PLACES));
    places.map(|it| it.evidence).collect()
}

fn table(shown: &[&Evidence]) -> Table {
    let column = |title, class| Column { title, class };
    Table {
        caption: "Input files".to_owned(),
        columns: vec![
            column("No.", ""),
            column("File and source", "prose"),
            column("Grade", "prose"),
            column("Custody", "prose"),
            column("Size", "n"),
            column("SHA-256", "hash"),
        ],
        rows: shown.iter().map(|it| row(it)).collect(),
    }
}

fn row(evidence: &Evidence) -> Row {
    let grade = evidence.grade;
    let mut file = if evidence.name.is_empty() {
        line![Span::Missing("file not named".to_owned())]
    } else {
        line![Span::File(evidence.name.clone())]
    };
    if !evidence.source.is_empty() {
        file.extend(line![", from ", Span::Text(evidence.source.clone())]);
    }
    if let Some(note) = &evidence.note {
        file.extend(line![". ", Span::Text(note.clone())]);
    }
    let digest = if evidence.sha256.is_empty() {
        line![Span::Missing("not shown: it would help to find the file".to_owned())]
    } else {
        line![Span::Code(evidence.sha256.clone())]
    };
    let size = if evidence.sha256.is_empty() {
        "not shown".to_owned()
    } else {
        format::bytes(evidence.bytes)
    };
    let graded = format!("{grade}: {}; {}", grade.reliability(), grade.credibility());
    Row {
        id: Some(evidence.id.to_string()),
        cells: vec![
            line![evidence.id.to_string()],
            file,
            line![graded],
            custody(evidence),
            line![size],
            digest,
        ],
    }
}

/// Where the bytes are, who collected them, and when.
fn custody(evidence: &Evidence) -> Line {
    let mut told = match &evidence.custody {
        Custody::Kept => line!["kept in the case"],
        Custody::HeldElsewhere { place } => held("held elsewhere", place),
        Custody::Encrypted { place, .. } => {
            held("encrypted in the case, held in the clear elsewhere", place)
        }
    };
    if evidence.sensitive {
        told.push(Span::from("; holds victims' data"));
    }
    if let Some(when) = &evidence.collected {
        told.push(Span::from("; collected "));
        told.extend(words::utc(when));
        told = by(told, evidence.collector.as_deref().unwrap_or_default());
    }
    told.extend(line!["; added ", Span::Time(evidence.added)]);
    told = by(told, &evidence.added_by);
    told.push(Span::from(format!("; {}", evidence.tlp)));
    told
}

fn held(words: &str, place: &str) -> Line {
    let mut told = line![words];
    if !place.is_empty() {
        told.extend(line![": ", Span::File(place.to_owned())]);
    }
    told
}
