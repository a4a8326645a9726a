//! All that is said about the inputs, as one document: the page shows it, `--json` prints it.

use std::collections::BTreeMap;

use charivari_ingest::tables::{TablesReport, Truncated};
use charivari_leak::inspect::{Inspection, Table};
use serde::Serialize;

/// The document.
#[derive(Serialize)]
pub(super) struct Document<'r> {
    tool: &'static str,
    schema: &'r str,
    pub(super) parts: Vec<Part<'r>>,
    pub(super) tables: &'r [Table],
    pub(super) tables_left_out: u64,
}

/// One file or member of an archive.
#[derive(Serialize)]
pub(super) struct Part<'r> {
    input: u32,
    pub(super) name: String,
    pub(super) format: &'r str,
    pub(super) encoding: Option<&'r str>,
    pub(super) bytes: u64,
    pub(super) sha256: &'r str,
    pub(super) rows: u64,
    pub(super) set_aside: Vec<Aside>,
    pub(super) truncated: Option<String>,
    pub(super) notes: BTreeMap<String, u64>,
}

/// Rows set aside for one reason.
#[derive(Serialize)]
pub(super) struct Aside {
    pub(super) code: &'static str,
    pub(super) what: &'static str,
    pub(super) rows: u64,
}

impl<'r> Document<'r> {
    pub(super) fn of(parts: &'r [TablesReport], inspection: &'r Inspection) -> Self {
        Self {
            tool: concat!("charivari ", env!("CARGO_PKG_VERSION")),
            schema: &inspection.schema,
            parts: parts.iter().map(part).collect(),
            tables: &inspection.tables,
            tables_left_out: inspection.tables_left_out,
        }
    }
}

fn part(report: &TablesReport) -> Part<'_> {
    let aside = report.set_aside.iter();
    Part {
        input: report.input,
        name: report.name(),
        format: report.format.as_str(),
        encoding: report.encoding.as_ref().map(|found| found.name),
        bytes: report.file.bytes,
        sha256: &report.file.sha256,
        rows: report.rows(),
        set_aside: aside
            .map(|(fault, rows)| Aside {
                code: fault.as_str(),
                what: fault.describe(),
                rows: *rows,
            })
            .collect(),
        truncated: report.truncated.as_ref().map(|truncated| match truncated {
            Truncated::InTheMiddle(what) => format!("it ends in the middle of {what}"),
            Truncated::Unreadable(why) => format!("it could not be read to its end: {why}"),
        }),
        notes: report
            .notes
            .iter()
            .map(|(note, count)| (words(&format!("{note:?}")), *count))
            .collect(),
    }
}

/// `ShortRow` as `short row`.
fn words(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}
