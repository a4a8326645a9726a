//! The parts of an assessment as a case keeps them.

use charivari_model::case::{Passage, Ref, Weighed};

use crate::assessment::Text;
use crate::matrix::{Cell, Matrix, Reading};
use crate::observation::Observations;
use crate::weigh::Answer;

/// What has to be said with an assessment, beside what has fields of its own.
pub(crate) fn passages(text: &Text) -> Vec<Passage> {
    let parts = [
        ("Rivals", &text.rivals),
        ("Limits", &text.limits),
        ("What the parties say", &text.replies),
        ("What to look for next", &text.look_for),
        ("Innocent explanations", &text.innocent),
    ];
    let filled = parts.into_iter().filter(|(_, lines)| !lines.is_empty());
    let mut passages: Vec<Passage> = filled
        .map(|(title, lines)| Passage { title: title.to_owned(), lines: lines.clone() })
        .collect();
    let (title, lines) = ("What a match is".to_owned(), vec![text.notice.clone()]);
    passages.push(Passage { title, lines });
    passages
}

/// The matrix with a column for each chosen answer, in their order; what says nothing of any of them
/// is left out.
pub(crate) fn weighed(matrix: &Matrix, case: &Observations, chosen: &[&Answer]) -> Vec<Weighed> {
    let places: Vec<Option<usize>> = chosen
        .iter()
        .map(|it| matrix.columns.iter().position(|column| column.answer == it.id))
        .collect();
    let rows = matrix.lines.iter().map(|line| {
        let readings =
            places.iter().map(|at| at.map_or(0, |at| step(&line.cells[at]))).collect::<Vec<i8>>();
        let shown = case.observations.iter().filter(|it| line.observations.contains(&it.id));
        let mut records: Vec<Ref> =
            shown.flat_map(|it| &it.evidence).filter_map(|it| it.parse().ok()).collect();
        records.sort_unstable();
        records.dedup();
        let what = line.what.to_string();
        Weighed { what, records, readings, diagnosticity: line.diagnosticity }
    });
    rows.filter(|row| row.readings.iter().any(|it| *it != 0)).collect()
}

fn step(cell: &Cell) -> i8 {
    match (cell.reading, cell.strong) {
        (Reading::Consistent, true) => 2,
        (Reading::Consistent, false) => 1,
        (Reading::NotApplicable, _) => 0,
        (Reading::Inconsistent, false) => -1,
        (Reading::Inconsistent, true) => -2,
    }
}
