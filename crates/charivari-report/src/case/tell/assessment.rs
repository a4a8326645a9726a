//! The weighing of all answers to "who?".

use charivari_model::case::{Assessment, Finding, Hypothesis, Passage, Ref};

use super::{Case, summary, weighed, words};
use crate::case::doc::{Block, Column, Line, Row, Section, Span, Table, joined, line, para};
use crate::svg::likelihood::{Bar, likelihood_svg};
use crate::svg::matrix::{Matrix, Sign, matrix_svg};
use crate::{limits, show};

pub(super) fn section(case: &Case) -> Section {
    let blocks = case.dossier.assessment.as_ref().map_or_else(
        || vec![Block::Para("empty", line!["Who is behind it was not assessed."])],
        |assessment| blocks(case, assessment),
    );
    Section { id: "assessment", title: "Who could it be?", short: "Assessment", blocks }
}

fn blocks(case: &Case, assessment: &Assessment) -> Vec<Block> {
    let mut basis = line![words::confidence(assessment.confidence), " "];
    basis.push(Span::Text(assessment.basis.clone()));
    let mut blocks = vec![
        para(line![
            "Each answer is weighed against what was found, \"nobody in particular\" and \"unknown\" \
             included. Computed by ",
            assessment.run,
            "."
        ]),
        likelihood(assessment),
        para(basis),
        Block::Table(table(assessment)),
    ];
    if assessment.weighed.is_empty() {
        blocks.extend(matrix(case, assessment));
    } else {
        blocks.extend(weighed::blocks(assessment));
    }
    if !assessment.would_change.is_empty() {
        blocks.push(Block::Heading(None, "What would change it".to_owned()));
        let items = assessment.would_change.iter().take(20);
        blocks.push(Block::List("hints", items.map(|it| line![Span::Text(it.clone())]).collect()));
    }
    blocks.extend(assessment.passages.iter().take(PASSAGES).flat_map(passage));
    let (shown, total) =
        (assessment.passages.len().min(PASSAGES), assessment.passages.len() as u64);
    blocks.extend(super::capped(shown, total, "passages").map(|it| Block::Para("more", it)));
    blocks
}

/// So many passages are shown, and so many lines of each.
const PASSAGES: usize = 12;
const LINES: usize = 40;

/// A part of the assessment's text under its heading.
fn passage(passage: &Passage) -> Vec<Block> {
    let lines: Vec<Line> =
        passage.lines.iter().take(LINES).map(|it| line![Span::Text(it.clone())]).collect();
    let more = super::capped(lines.len(), passage.lines.len() as u64, "lines");
    let mut blocks = vec![
        Block::Heading(None, show::shorten(&show::text(&passage.title), 80)),
        Block::List("hints", lines),
    ];
    blocks.extend(more.map(|it| Block::Para("more", it)));
    blocks
}

fn likelihood(assessment: &Assessment) -> Block {
    let bars: Vec<Bar> = assessment
        .hypotheses
        .iter()
        .take(limits::CASE_HYPOTHESES)
        .map(|it| Bar {
            name: it.id.to_string(),
            likelihood: it.likelihood,
            probability: it.probability,
        })
        .collect();
    Block::Chart {
        label: "How probable each hypothesis is".to_owned(),
        svg: likelihood_svg(&bars, "likelihoods"),
        legend: Vec::new(),
        caption: line![
            "The band is the range of the word; the mark in it is the number that was computed."
        ],
    }
}

fn table(assessment: &Assessment) -> Table {
    let refs = |refs: &[Ref]| -> Line {
        let shown = joined(refs.iter().take(limits::CASE_SEEN).map(|it| line![*it]), ", ");
        if shown.is_empty() { line![Span::Missing("nothing".to_owned())] } else { shown }
    };
    let row = |it: &Hypothesis| Row {
        id: Some(it.id.to_string()),
        cells: vec![
            line![it.id.to_string()],
            line![Span::Text(it.title.clone())],
            line![summary::judged(it.likelihood).replace(" that this holds:", "")],
            refs(&it.supports),
            refs(&it.contradicts),
        ],
    };
    let column = |title, class| Column { title, class };
    Table {
        caption: "Hypotheses and what bears on them".to_owned(),
        columns: vec![
            column("No.", "tight"),
            column("Hypothesis", "prose"),
            column("Likelihood", ""),
            column("For", ""),
            column("Against", ""),
        ],
        rows: assessment.hypotheses.iter().take(limits::CASE_HYPOTHESES).map(row).collect(),
    }
}

/// Records by hypotheses; what bears on every one alike tells them apart as little as nothing.
fn matrix(case: &Case, assessment: &Assessment) -> Option<Block> {
    let hypotheses: Vec<&Hypothesis> =
        assessment.hypotheses.iter().take(limits::CASE_HYPOTHESES).collect();
    let mut records: Vec<Ref> = hypotheses
        .iter()
        .flat_map(|it| it.supports.iter().chain(&it.contradicts))
        .copied()
        .collect();
    records.sort_unstable();
    records.dedup();
    let total = records.len();
    records.truncate(limits::CASE_ROWS);
    let mut cells = Vec::new();
    for (column, hypothesis) in hypotheses.iter().enumerate() {
        for (refs, sign) in
            [(&hypothesis.supports, Sign::For), (&hypothesis.contradicts, Sign::Against)]
        {
            let rows = refs.iter().filter_map(|it| records.binary_search(it).ok());
            cells.extend(rows.map(|row| (row, column, sign)));
        }
    }
    let matrix = Matrix {
        rows: records.iter().map(|it| name(case, *it)).collect(),
        columns: hypotheses.iter().map(|it| it.id.to_string()).collect(),
        cells,
    };
    let label = "What speaks for and against each hypothesis".to_owned();
    let mut caption = line!["A disc speaks for a hypothesis, a ring with a bar against it."];
    if let Some(rest) = super::capped(records.len(), total as u64, "records") {
        caption.push(Span::from(" "));
        caption.extend(rest);
    }
    let svg = matrix_svg(&matrix, "hypothesis-matrix", &label);
    (total > 0).then_some(Block::Chart { label, svg, legend: Vec::new(), caption })
}

/// A record's number with the beginning of what it says.
fn name(case: &Case, record: Ref) -> String {
    let finding = case.findings.iter().find(|it| it.id == record).map(|it: &&Finding| &it.subject);
    let claim = case.dossier.claims.iter().find(|it| it.id == record).map(|it| &it.gist);
    let words = finding.or(claim).map_or_else(String::new, |it| show::text(it));
    show::shorten(format!("{record} {words}").trim(), 42)
}
