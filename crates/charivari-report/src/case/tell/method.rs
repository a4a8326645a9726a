//! What was computed, with which parameters, so that it can be done again.

use charivari_model::case::Run;

use super::{Case, by, capped};
use crate::case::doc::{Block, Card, Column, Line, Row, Section, Span, Table, joined, line, para};
use crate::{format, limits};
use charivari_model::case::Redaction;

pub(super) fn section(case: &Case) -> Section {
    let runs: Vec<&Run> =
        case.dossier.runs.iter().filter(|it| it.superseded_by.is_none()).collect();
    let mut blocks = Vec::new();
    if runs.is_empty() {
        blocks.push(Block::Para("empty", line!["No analysis was run in this case."]));
    } else {
        blocks.push(para(line![
            "The same version with the same inputs and parameters gives the same result to the byte. \
             Compare the digests of the inputs first."
        ]));
    }
    let shown = runs.len().min(limits::CASE_RUNS);
    blocks.extend(runs.iter().take(shown).map(|it| card(it)));
    blocks.extend(capped(shown, runs.len() as u64, "analyses").map(|it| Block::Para("more", it)));
    if case.replaced > 0 {
        let count = format::count(
            case.replaced,
            "finding of an earlier run was",
            "findings of earlier runs were",
        );
        blocks.push(Block::Para(
            "more",
            line![format!("{count} replaced and not told here; the case keeps them.")],
        ));
    }
    if case.level == Redaction::Internal && !case.view.command_line.is_empty() {
        let command = Span::Whole(case.view.command_line.to_owned());
        blocks.push(Block::Heading(None, "To write this report again".to_owned()));
        blocks.push(para(line![command]));
    }
    Section { id: "method", title: "Method", short: "Method", blocks }
}

fn card(run: &Run) -> Block {
    let mut title = line![Span::Strong(run.id.to_string()), " "];
    title.push(Span::Name(run.command.clone()));
    let mut meta = line![Span::Name(run.tool.clone()), ", recorded ", Span::Time(run.time), " UTC"];
    meta = by(meta, &run.by);
    meta.push(Span::from("; read "));
    let inputs = run.inputs.iter().take(limits::CASE_SEEN).map(|it| line![*it]);
    meta.extend(joined(inputs, ", "));
    let rest = run.inputs.len().saturating_sub(limits::CASE_SEEN) as u64;
    if rest > 0 {
        meta.push(Span::from(format!(" and {} more", format::number(rest))));
    }
    let mut blocks = vec![Block::Para("meta", meta)];
    let text = |text: &String| -> Line { line![Span::Text(text.clone())] };
    if !run.method.steps.is_empty() {
        let steps = run.method.steps.iter().take(limits::CASE_STEPS).map(text).collect();
        blocks.push(Block::List("hints", steps));
    }
    blocks.extend(table(run));
    blocks.extend(parameters(run));
    Block::Card(Card { id: run.id.to_string(), title, blocks })
}

fn parameters(run: &Run) -> Option<Block> {
    let rows = run.parameters.iter().take(limits::CASE_ROWS).map(|(name, value)| Row {
        id: None,
        cells: vec![line![Span::Name(name.clone())], line![Span::Text(value.clone())]],
    });
    let column = |title, class| Column { title, class };
    let table = Block::Table(Table {
        caption: format!("Parameters of {}", run.id),
        columns: vec![column("Parameter", ""), column("Value", "prose")],
        rows: rows.collect(),
    });
    let count = format::count(run.parameters.len() as u64, "parameter", "parameters");
    (!run.parameters.is_empty()).then(|| Block::Fold(count, vec![table]))
}

fn table(run: &Run) -> Option<Block> {
    let rows = run.tables.iter().take(limits::CASE_ROWS).map(|it| Row {
        id: None,
        cells: vec![
            line![Span::File(it.name.clone())],
            line![Span::Text(it.title.clone())],
            line![format::number(it.rows)],
            line![format::bytes(it.bytes)],
            line![Span::Code(it.sha256.clone())],
        ],
    });
    let column = |title, class| Column { title, class };
    let table = Block::Table(Table {
        caption: format!("Tables that {} left in the case", run.id),
        columns: vec![
            column("Table", ""),
            column("What it holds", "prose"),
            column("Rows", "n"),
            column("Size", "n"),
            column("SHA-256", "hash"),
        ],
        rows: rows.collect(),
    });
    let count = format::count(run.tables.len() as u64, "table", "tables");
    (!run.tables.is_empty()).then(|| Block::Fold(count, vec![table]))
}
