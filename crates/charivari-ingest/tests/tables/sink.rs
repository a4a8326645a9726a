//! A sink that keeps what it is given, as text to compare.

use std::fmt::Write;

use charivari_ingest::Input;
use charivari_ingest::tables::{TableOptions, TablesReport, read};
use charivari_model::{Cell, RowSink, TableHead};

/// Rows as lines: the table's name and columns, then `number: value | value`.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) text: String,
    pub(crate) rows: Vec<Vec<Option<String>>>,
    width: usize,
}

impl RowSink for Kept {
    fn table(&mut self, head: &TableHead) {
        let columns: Vec<String> = head
            .columns
            .iter()
            .map(|column| match &column.declared {
                Some(declared) => format!("{} <{declared}>", column.name),
                None => column.name.clone(),
            })
            .collect();
        self.width = columns.len();
        let name = head.name.as_deref().unwrap_or("-");
        writeln!(self.text, "# {} {name}: {}", head.file, columns.join(" | ")).unwrap();
    }

    fn row(&mut self, number: u64, cells: &[Cell<'_>]) {
        assert_eq!(cells.len(), self.width, "as many cells as columns");
        let shown: Vec<String> = cells
            .iter()
            .map(|cell| match cell {
                Cell::Null => "∅".to_owned(),
                Cell::Text(text) => format!("{text:?}"),
                Cell::Number(number) => (*number).to_owned(),
            })
            .collect();
        writeln!(self.text, "{number}: {}", shown.join(" | ")).unwrap();
        self.rows.push(cells.iter().map(|cell| cell.text().map(str::to_owned)).collect());
    }
}

/// Reads one file of this name.
pub(crate) fn table(
    bytes: impl Into<Vec<u8>>,
    options: &TableOptions,
) -> (Kept, Vec<TablesReport>) {
    let mut kept = Kept::default();
    let input = Input::memory("f", bytes.into());
    let reports = read(&[input], options, &(), &mut kept).unwrap_or_else(|error| panic!("{error}"));
    (kept, reports)
}

/// What the report says of rows that were not simply kept.
pub(crate) fn said(report: &TablesReport) -> String {
    let mut said = Vec::new();
    for (code, count) in &report.set_aside {
        said.push(format!("{} {count}", code.as_str()));
    }
    for (note, count) in &report.notes {
        said.push(format!("{note:?} {count}"));
    }
    if let Some(truncated) = &report.truncated {
        said.push(format!("{truncated:?}"));
    }
    said.join(", ")
}
