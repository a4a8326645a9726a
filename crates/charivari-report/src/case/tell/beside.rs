//! A look-alike beside the genuine, thing by thing.

use charivari_model::case::{Beside, Finding};

use crate::case::doc::{Block, Column, Line, Row, Span, Table, line};
use crate::svg::mosaic::mosaic_svg;

/// More rows than an account has things to show are no account's.
const MOST: usize = 12;

/// The two sides of a finding that compares, as a table.
pub(super) fn blocks(finding: &Finding) -> Vec<Block> {
    let rows: Vec<Row> = finding.beside.iter().take(MOST).map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let more = super::capped(rows.len(), finding.beside.len() as u64, "things");
    let column = |title, class| Column { title, class };
    let columns = vec![
        column("What", "tight"),
        column("Genuine", "prose"),
        column("Met", "prose"),
        column("How they differ", "prose"),
    ];
    let caption = format!("{}: the genuine and what was met, side by side", finding.id);
    let mut blocks = vec![Block::Table(Table { caption, columns, rows })];
    blocks.extend(more.map(|it| Block::Para("more", it)));
    blocks
}

fn row(beside: &Beside) -> Row {
    let Beside { what, genuine, met, difference } = beside;
    let sides = if what == "picture" {
        [mosaic(genuine, None, "not known"), mosaic(met, Some(genuine), "not shown")]
    } else {
        [words(genuine, "not known"), words(met, "not shown")]
    };
    let [genuine, met] = sides;
    let difference = words(difference, "not shown");
    Row { id: None, cells: vec![line![Span::Name(what.clone())], genuine, met, difference] }
}

fn words(text: &str, missing: &str) -> Line {
    if text.is_empty() {
        return line![Span::Missing(missing.to_owned())];
    }
    line![Span::Text(text.to_owned())]
}

/// What the comparison of pictures sees. The pictures themselves are not shown: they may be of people
/// who have nothing to do with it.
fn mosaic(hash: &str, beside: Option<&str>, missing: &str) -> Line {
    match mosaic_svg(hash, beside) {
        Some(drawn) => {
            let short: String = hash.chars().take(8).collect();
            line![Span::Badge(drawn), Span::Code(short)]
        }
        None => words(hash, missing),
    }
}
