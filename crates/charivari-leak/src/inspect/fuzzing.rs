//! What the fuzz targets of inspections run, and what has to hold after it.

use charivari_model::{Cell, Column, RowSink, TableHead};

use super::{Inspector, Settings, mentions};
use crate::Kind;

/// The names of all targets.
pub fn targets() -> Vec<String> {
    ["inspect-rows", "inspect-mentions"].map(str::to_owned).to_vec()
}

/// Runs one target on one input.
///
/// # Panics
/// Something that has to hold does not, or there is no such target.
pub fn run(target: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match target {
        "inspect-rows" => rows(&text),
        "inspect-mentions" => sentence(&text),
        _ => panic!("there is no fuzz target {target}"),
    }
}

/// Lines are rows and tabs cut them; the first line names the columns.
fn rows(text: &str) {
    let mut lines = text.lines();
    let columns: Vec<Column> = lines
        .next()
        .unwrap_or_default()
        .split('\t')
        .map(|name| Column { name: name.to_owned(), declared: None })
        .collect();
    let width = columns.len();
    let mut inspector = Inspector::new(Settings { today: Some(20_000), ..Settings::default() });
    inspector.table(&TableHead { columns, ..TableHead::default() });
    let mut count = 0;
    for line in lines {
        let mut cells: Vec<Cell<'_>> = line.split('\t').take(width).map(Cell::Text).collect();
        cells.resize(width, Cell::Null);
        count += 1;
        inspector.row(count, &cells);
    }
    let inspection = inspector.finish();
    let table = &inspection.tables[0];
    assert_eq!(table.rows, count);
    for column in &table.columns {
        let fill = column.fill;
        assert_eq!(fill.values + fill.nulls + fill.empty + fill.placeholders, count);
        assert!(column.distinct.count <= fill.values + fill.values / 20 + 1);
        assert!((0.0..=1.0).contains(&column.share), "{}", column.share);
        assert!(column.or != Some(column.kind) && Kind::ALL.contains(&column.kind));
        assert!(column.checks.iter().all(|check| check.passed <= check.of));
    }
    assert!(serde_json::to_string(&inspection).is_ok());
}

/// What is mentioned stands in order, does not overlap, and is cut at characters.
fn sentence(text: &str) {
    let mut end = 0;
    for (_, range) in mentions(text) {
        assert!(range.start >= end && range.start < range.end);
        assert!(text.get(range.clone()).is_some());
        end = range.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_values_in_any_mixture_break_nothing() {
        let parts = [
            "zqxa@example.org",
            "+33 6 39",
            "\t",
            "\n",
            " ",
            "12",
            "1984-03-12",
            "۱۲۳",
            "é",
            "@",
            ".",
            "::1",
            "192.0.2.7",
            "FR14 2004",
            "$2y$10$",
            "\u{fffd}",
            "Ã©",
            "&eacute;",
            "\\u00e9",
            "9999999999999999999999",
            "-",
            "\"",
            "x,y;z",
            "\u{202e}",
            "rue",
            "4111 1111 1111 1111",
            "NULL",
            "-1.5",
            "99999-9999",
            "SW1A 1AA",
            "\u{0}",
            "(",
            "/",
            "00",
        ];
        let mut state = 5_u64;
        for _ in 0..600 {
            let mut text = String::new();
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            for _ in 0..(state >> 57) {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(parts[(state >> 33) as usize % parts.len()]);
            }
            for target in targets() {
                run(&target, text.as_bytes());
            }
        }
    }
}
