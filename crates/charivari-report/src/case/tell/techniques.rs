//! The techniques that findings are instances of, by catalogue.

use std::collections::BTreeMap;

use charivari_model::case::{Ref, Ruling, Tagged};
use charivari_model::{Framework, Technique};

use super::Case;
use crate::case::doc::{Block, Line, Section, Span, Tile, joined, line, para};
use crate::svg::matrix::{Matrix, Sign, matrix_svg};
use crate::{limits, show};

/// A technique with the findings that are instances of it.
struct Seen<'a> {
    tagged: &'a Tagged,
    findings: Vec<(Ref, Ruling)>,
}

/// Where links to a technique lead.
pub(super) fn id(technique: &Technique) -> String {
    let id = technique.id().replace('.', "-");
    format!("T-{}-{id}", technique.framework().prefix())
}

pub(super) fn section(case: &Case) -> Section {
    let mut seen: BTreeMap<&Technique, Seen> = BTreeMap::new();
    for finding in &case.findings {
        for tagged in &finding.techniques {
            let entry = seen
                .entry(&tagged.technique)
                .or_insert_with(|| Seen { tagged, findings: Vec::new() });
            if entry.findings.last().is_none_or(|last| last.0 != finding.id) {
                entry.findings.push((finding.id, finding.decision.ruling));
            }
        }
    }
    let mut blocks = Vec::new();
    if seen.is_empty() {
        let told = "No finding of this case names a technique.";
        blocks.push(Block::Para("empty", line![told]));
    } else {
        blocks.push(para(line![
            "A technique is a way of acting that others have described and numbered: DISARM for influence \
             operations, ATT&CK for intrusions. Many use the same ones, so that a technique alone names \
             nobody."
        ]));
        blocks.push(matrix(&seen));
    }
    for framework in [Framework::Disarm, Framework::Attack] {
        let tiles: Vec<Tile> = seen
            .values()
            .filter(|it| it.tagged.technique.framework() == framework)
            .map(tile)
            .collect();
        if !tiles.is_empty() {
            blocks.push(Block::Heading(None, framework.title().to_owned()));
            blocks.push(Block::Tiles(tiles));
        }
    }
    Section { id: "techniques", title: "Techniques", short: "Techniques", blocks }
}

fn tile(seen: &Seen) -> Tile {
    let shown = seen.findings.iter().take(limits::CASE_SEEN).map(|it| {
        let open = if it.1 == Ruling::Open { " (not yet decided)" } else { "" };
        line![it.0, open]
    });
    let mut told: Line = line!["Seen in "];
    told.extend(joined(shown, ", "));
    let rest = seen.findings.len().saturating_sub(limits::CASE_SEEN) as u64;
    if rest > 0 {
        told.push(Span::from(format!(" and {} more", crate::format::number(rest))));
    }
    Tile {
        id: id(&seen.tagged.technique),
        code: seen.tagged.technique.id().to_owned(),
        name: seen.tagged.name.clone(),
        seen: told,
        why: seen.tagged.why.clone(),
    }
}

/// Techniques by findings.
fn matrix(seen: &BTreeMap<&Technique, Seen>) -> Block {
    let mut columns: Vec<Ref> =
        seen.values().flat_map(|it| it.findings.iter().map(|finding| finding.0)).collect();
    columns.sort_unstable();
    columns.dedup();
    let total = columns.len();
    columns.truncate(limits::CASE_COLUMNS);
    let rows: Vec<&Seen> = seen.values().take(limits::CASE_ROWS).collect();
    let cells = rows.iter().enumerate().flat_map(|(row, it)| {
        let columns = &columns;
        it.findings.iter().filter_map(move |finding| {
            Some((row, columns.iter().position(|column| *column == finding.0)?, Sign::For))
        })
    });
    let matrix = Matrix {
        cells: cells.collect(),
        rows: rows
            .iter()
            .map(|it| {
                let name = show::text(&it.tagged.name);
                show::shorten(&format!("{} {name}", it.tagged.technique.id()), 42)
            })
            .collect(),
        columns: columns.iter().map(ToString::to_string).collect(),
    };
    let mut caption = line!["A disc: the finding would be an instance of the technique."];
    if let Some(rest) = super::capped(columns.len(), total as u64, "findings") {
        caption.push(Span::from(" "));
        caption.extend(rest);
    }
    let label = "Techniques and the findings that are instances of them".to_owned();
    let svg = matrix_svg(&matrix, "technique-matrix", &label);
    Block::Chart { label, svg, legend: Vec::new(), caption }
}
