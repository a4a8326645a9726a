//! A table of marks: which record speaks for what, and which technique stands in which finding.

use crate::format;

use super::{open, push_escaped, px};

/// The width at which text is as large as in the other charts.
const WIDTH: f64 = 1_160.0;
const CELL: f64 = 38.0;
const LEFT: f64 = 340.0;
const TOP: f64 = 34.0;
const FONT: f64 = 14.0;

/// What one cell says; each has a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// It speaks for it, or is there.
    For,
    /// It speaks for it a little.
    ForWeakly,
    /// It speaks against it.
    Against,
    /// It speaks against it a little.
    AgainstWeakly,
}

/// Rows and columns with the signs of their cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matrix {
    /// Names of the rows, safe to look at.
    pub(crate) rows: Vec<String>,
    /// Short names of the columns.
    pub(crate) columns: Vec<String>,
    /// Row, column and sign.
    pub(crate) cells: Vec<(usize, usize, Sign)>,
}

/// Draws a matrix; cells outside of it are not drawn.
pub(crate) fn matrix_svg(matrix: &Matrix, id: &str, title: &str) -> String {
    let (rows, columns) = (matrix.rows.len() as f64, matrix.columns.len() as f64);
    let right = LEFT + columns * CELL;
    let size = ((right + 8.0).max(WIDTH), TOP + rows * CELL + 8.0);
    let mut out = String::new();
    open(&mut out, id, "bars matrix", size, (title, &told(matrix)));
    for (index, column) in matrix.columns.iter().enumerate() {
        let x = LEFT + (index as f64 + 0.5) * CELL;
        put!(out, "<path class=\"grid\" d=\"M{} {}V{}\"/>", px(x), px(TOP), px(TOP + rows * CELL));
        put!(out, "<text class=\"ink\" x=\"{}\" y=\"{}\">", px(x), px(TOP - 10.0));
        push_escaped(&mut out, column);
        out.push_str("</text>");
    }
    for (index, row) in matrix.rows.iter().enumerate() {
        let y = TOP + (index as f64 + 0.5) * CELL;
        put!(out, "<path class=\"grid\" d=\"M{} {}H{}\"/>", px(LEFT), px(y), px(right));
        put!(
            out,
            "<text class=\"end ink\" x=\"{}\" y=\"{}\" ",
            px(LEFT - 12.0),
            px(y + FONT * 0.35)
        );
        out.push_str("unicode-bidi=\"isolate\">");
        push_escaped(&mut out, row);
        out.push_str("</text>");
    }
    for (row, column, sign) in &matrix.cells {
        if *row < matrix.rows.len() && *column < matrix.columns.len() {
            let centre = (LEFT + (*column as f64 + 0.5) * CELL, TOP + (*row as f64 + 0.5) * CELL);
            draw(&mut out, centre, *sign);
        }
    }
    out.push_str("</svg>");
    out
}

/// A full disc for, an open ring with a bar against; smaller where it is weak.
fn draw(out: &mut String, (x, y): (f64, f64), sign: Sign) {
    let r = if matches!(sign, Sign::For | Sign::Against) { 9.0 } else { 5.0 };
    match sign {
        Sign::For | Sign::ForWeakly => {
            put!(out, "<circle class=\"for\" cx=\"{}\" cy=\"{}\" r=\"{r}\"/>", px(x), px(y));
        }
        Sign::Against | Sign::AgainstWeakly => put!(
            out,
            "<circle class=\"against\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>\
             <path class=\"against\" d=\"M{} {y}h{}\"/>",
            px(x - r + 4.0),
            px(2.0 * r - 8.0),
            x = px(x),
            y = px(y)
        ),
    }
}

fn told(matrix: &Matrix) -> String {
    let count = |signs: [Sign; 2]| {
        matrix.cells.iter().filter(|cell| signs.contains(&cell.2)).count() as u64
    };
    format!(
        "{} by {}; {} for and {} against. The table below says the same in words.",
        format::count(matrix.rows.len() as u64, "row", "rows"),
        format::count(matrix.columns.len() as u64, "column", "columns"),
        format::number(count([Sign::For, Sign::ForWeakly])),
        format::number(count([Sign::Against, Sign::AgainstWeakly])),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_is_well_formed_and_cells_outside_are_not_drawn() {
        let matrix = Matrix {
            rows: vec!["<F1> & more".to_owned()],
            columns: vec!["H1".to_owned(), "H2".to_owned()],
            cells: vec![(0, 0, Sign::For), (0, 1, Sign::Against), (7, 7, Sign::For)],
        };
        let svg = matrix_svg(&matrix, "m", "Matrix");
        assert_eq!(svg.matches("<circle").count(), 2);
        let mut reader = quick_xml::Reader::from_str(&svg);
        while reader.read_event().expect("markup") != quick_xml::events::Event::Eof {}
    }
}
