//! Renders what was read as text that a person can check.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::fmt::Write;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, TimestampMicrosecondType, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use charivari_ingest::{Batch, Input, Options, PartReport};
use charivari_model::Timestamp;

/// Reads `inputs` on `threads` threads and keeps all batches, in order.
pub(crate) fn read(
    inputs: &[Input],
    options: &Options,
    threads: usize,
) -> charivari_ingest::Result<(Vec<PartReport>, Vec<Batch>)> {
    let mut batches = Vec::new();
    let reports =
        charivari_ingest::read(inputs, options, threads, &(), |b| b, |b| batches.push(b))?;
    Ok((reports, batches))
}

/// Everything that reading gave: the report of each part, then each post, trace and account.
pub(crate) fn render(inputs: &[Input], options: &Options) -> String {
    match read(inputs, options, 1) {
        Ok((reports, batches)) => {
            let mut out = String::new();
            for (part, report) in reports.iter().enumerate() {
                render_report(&mut out, report);
                for batch in batches.iter().filter(|batch| batch.part as usize == part) {
                    out.push_str(&render_tables(batch));
                }
            }
            out
        }
        Err(error) => format!("error: {error}\n"),
    }
}

fn render_report(out: &mut String, report: &PartReport) {
    let mut line = |text: String| writeln!(out, "{text}").unwrap();
    line(format!("input: {} ({})", report.name, report.container));
    line(format!("format: {} ({})", report.format, report.title));
    line(format!("reason: {}", report.reason));
    line(format!("records: {}, kept: {}", report.records, report.kept));
    for (code, count) in &report.set_aside {
        line(format!("set aside: {code} × {count} ({})", code.title()));
    }
    for row in &report.aside {
        line(format!("  row {}: {} field={:?} met={:?}", row.row, row.code, row.field, row.met));
    }
    for (note, count) in &report.notes {
        line(format!("note: {note:?} × {count}"));
    }
}

/// The posts, traces and accounts of one batch.
pub(crate) fn render_tables(batch: &Batch) -> String {
    let mut out = String::new();
    let tables = [("post", &batch.posts), ("trace", &batch.traces), ("account", &batch.accounts)];
    for (kind, table) in tables {
        for row in 0..table.as_ref().map_or(0, RecordBatch::num_rows) {
            render_row(&mut out, kind, table.as_ref().unwrap(), row);
        }
    }
    out
}

fn render_row(out: &mut String, kind: &str, table: &RecordBatch, row: usize) {
    let number = table.column_by_name("row").unwrap().as_primitive::<UInt64Type>().value(row);
    writeln!(out, "\n{kind} from row {number}").unwrap();
    for (field, array) in table.schema().fields().iter().zip(table.columns()) {
        let name = field.name().as_str();
        if matches!(name, "input" | "row") || array.is_null(row) {
            continue;
        }
        let value = cell(array, row);
        // A post that is no repost is the usual case and goes without saying.
        if (name, value.as_str()) != ("is_repost", "false") {
            writeln!(out, "  {name}: {value}").unwrap();
        }
    }
}

fn cell(array: &ArrayRef, row: usize) -> String {
    match array.data_type() {
        DataType::Utf8 => show(array.as_string::<i32>().value(row)),
        DataType::Boolean => array.as_boolean().value(row).to_string(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::UInt32 => array.as_primitive::<UInt32Type>().value(row).to_string(),
        DataType::UInt64 => array.as_primitive::<UInt64Type>().value(row).to_string(),
        DataType::Timestamp(..) => {
            Timestamp(array.as_primitive::<TimestampMicrosecondType>().value(row)).to_string()
        }
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            let items = items.as_string::<i32>();
            let items: Vec<String> = (0..items.len()).map(|at| show(items.value(at))).collect();
            format!("[{}]", items.join(" | "))
        }
        other => panic!("no schema has the type {other}"),
    }
}

/// Line breaks and tabs are written out, so that a value stays on its line.
fn show(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}
