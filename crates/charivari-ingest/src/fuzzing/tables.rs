//! Leaked tables: however the blocks are cut, the same rows and the same report come out.

use charivari_model::{Cell, RowSink, TableHead};

use crate::tables::{TableLimits, TableOptions, TablesReport, Truncated, read};
use crate::{Input, MAX_ASIDE};

/// Every cell as it came.
#[derive(Default, PartialEq, Eq)]
struct Given {
    width: usize,
    number: u64,
    cells: Vec<Option<String>>,
    rows: u64,
}

impl RowSink for Given {
    fn table(&mut self, head: &TableHead) {
        (self.width, self.number) = (head.columns.len(), 0);
    }

    fn row(&mut self, number: u64, cells: &[Cell<'_>]) {
        assert_eq!(cells.len(), self.width, "as many cells as columns");
        assert!(number > 0, "rows are counted from 1");
        self.number = number;
        self.rows += 1;
        self.cells.extend(cells.iter().map(|cell| cell.text().map(str::to_owned)));
    }
}

/// Runs a target of tables.
pub(super) fn run(target: &str, bytes: &[u8]) {
    // What is no table of the kind asked for is tried all the same, behind words that make it one.
    let made: Vec<u8> = match target {
        "tables-sql" => [b"INSERT INTO t VALUES (1);\n", bytes].concat(),
        "tables-json" if !bytes.starts_with(b"{") => [b"[{\"a\":1},", bytes].concat(),
        "tables-delimited" => [b"id,name\n", bytes].concat(),
        _ => bytes.to_vec(),
    };
    let (first, report) = once(&made, 1 << 20);
    // Each size of blocks cuts elsewhere; a byte at a time is slow for long inputs.
    let small = if made.len() < 2_000 { 1 } else { 61 };
    for block in [small, 7 + made.len() / 3] {
        let (again, other) = once(&made, block);
        // How much a damaged packer gives before it fails depends on how much it was asked for.
        let (Some(report), Some(other)) = (&report, &other) else { continue };
        if report.iter().chain(other).any(is_unreadable) {
            continue;
        }
        assert!(first.cells == again.cells, "blocks of {block} give other cells");
        same(report, other);
    }
    if let Some(report) = report {
        check(&first, &report);
    }
}

fn once(bytes: &[u8], block: usize) -> (Given, Option<Vec<TablesReport>>) {
    let table_limits = TableLimits {
        columns: 64,
        tables: 16,
        sheet_unpacked: 4 << 20,
        sheet_rows: 1_000,
        json_records: 4,
        block,
        ..TableLimits::default()
    };
    let options = TableOptions { limits: super::limits(), table_limits, ..TableOptions::default() };
    let mut rows = Given::default();
    let reports = read(&[Input::memory("f", bytes.to_vec())], &options, &(), &mut rows).ok();
    (rows, reports)
}

fn same(one: &[TablesReport], other: &[TablesReport]) {
    assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one.tables, other.tables, "other tables");
        assert_eq!(one.set_aside, other.set_aside, "other rows set aside");
        assert_eq!(one.notes, other.notes, "other notes");
        assert_eq!(one.encoding, other.encoding, "another encoding");
    }
}

fn is_unreadable(report: &TablesReport) -> bool {
    matches!(report.truncated, Some(Truncated::Unreadable(_)))
}

/// The report tells what the sink got.
fn check(rows: &Given, reports: &[TablesReport]) {
    let told: u64 = reports.iter().map(TablesReport::rows).sum();
    assert_eq!(told, rows.rows, "the report counts other rows");
    for report in reports {
        let aside: u64 = report.set_aside.values().sum();
        assert_eq!(report.aside.len() as u64, aside.min(MAX_ASIDE as u64));
    }
}
