//! The matrix of competing hypotheses: what was weighed, beside each answer.

use charivari_model::case::{Assessment, Hypothesis, Weighed};

use crate::case::doc::{Block, Column, Line, Row, Span, Table, joined, line};
use crate::svg::matrix::{Matrix, Sign, matrix_svg};
use crate::{limits, show};

/// The matrix as a drawing and as a table, the most telling rows first.
pub(super) fn blocks(assessment: &Assessment) -> Vec<Block> {
    let hypotheses: Vec<&Hypothesis> =
        assessment.hypotheses.iter().take(limits::CASE_HYPOTHESES).collect();
    let mut rows: Vec<&Weighed> = assessment.weighed.iter().collect();
    rows.sort_by(|a, b| b.diagnosticity.total_cmp(&a.diagnosticity).then(a.what.cmp(&b.what)));
    let total = rows.len();
    rows.truncate(limits::CASE_ROWS);
    let label = "What was weighed, beside each hypothesis".to_owned();
    let svg = matrix_svg(&drawn(&rows, &hypotheses), "weighed-matrix", &label);
    let mut caption = line![
        "A disc fits a hypothesis, a ring with a bar does not; large ones weigh more. An empty cell says \
         nothing. What tells the hypotheses apart stands first: a row that fits all of them alike is no \
         evidence for any."
    ];
    if let Some(rest) = super::capped(rows.len(), total as u64, "rows") {
        caption.push(Span::from(" "));
        caption.extend(rest);
    }
    vec![
        Block::Chart { label, svg, legend: Vec::new(), caption },
        Block::Fold("The same in words".to_owned(), vec![Block::Table(table(&rows, &hypotheses))]),
    ]
}

fn drawn(rows: &[&Weighed], hypotheses: &[&Hypothesis]) -> Matrix {
    let cells = rows.iter().enumerate().flat_map(|(row, weighed)| {
        let readings = weighed.readings.iter().take(hypotheses.len()).enumerate();
        readings.filter_map(move |(column, reading)| Some((row, column, sign(*reading)?)))
    });
    Matrix {
        rows: rows.iter().map(|it| show::shorten(&show::text(&it.what), 42)).collect(),
        columns: hypotheses.iter().map(|it| it.id.to_string()).collect(),
        cells: cells.collect(),
    }
}

const fn sign(reading: i8) -> Option<Sign> {
    match reading {
        2.. => Some(Sign::For),
        1 => Some(Sign::ForWeakly),
        0 => None,
        -1 => Some(Sign::AgainstWeakly),
        _ => Some(Sign::Against),
    }
}

/// Each row with the hypotheses that it fits and does not fit.
fn table(rows: &[&Weighed], hypotheses: &[&Hypothesis]) -> Table {
    let named = |weighed: &Weighed, fits: &dyn Fn(i8) -> bool| -> Line {
        let of = weighed.readings.iter().zip(hypotheses).filter(|(reading, _)| fits(**reading));
        let told = of.map(|(_, it)| line![it.id]);
        let shown = joined(told, ", ");
        if shown.is_empty() { line![Span::Missing("none".to_owned())] } else { shown }
    };
    let row = |it: &&Weighed| Row {
        id: None,
        cells: vec![
            line![Span::Name(it.what.clone())],
            joined(it.records.iter().take(limits::CASE_SEEN).map(|record| line![*record]), ", "),
            named(it, &|reading| reading > 0),
            named(it, &|reading| reading < 0),
            line![format!("{:.1}", it.diagnosticity)],
        ],
    };
    let column = |title, class| Column { title, class };
    Table {
        caption: "What was weighed, and which hypotheses it fits".to_owned(),
        columns: vec![
            column("What", ""),
            column("Seen in", ""),
            column("Fits", ""),
            column("Does not fit", ""),
            column("Tells apart (nats)", "n"),
        ],
        rows: rows.iter().map(row).collect(),
    }
}
