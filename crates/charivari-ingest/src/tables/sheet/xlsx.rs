//! XLSX and XLSM, streamed cell by cell.

use std::io::Cursor;

use bytes::Bytes;
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use super::rows::{Sheet, Value};
use crate::error::{Error, Result};
use crate::tables::part::Part;
use crate::tables::report::{TableNote, Truncated};

/// Reads every sheet.
#[expect(clippy::disallowed_methods, reason = "the guard was passed, as the rule asks")]
pub(super) fn read(bytes: &Bytes, part: &mut Part<'_>) -> Result<()> {
    let name = part.name();
    let damaged = |met: &str| Error::SheetDamaged { input: name.clone(), met: met.to_owned() };
    let mut book: Xlsx<Cursor<Bytes>> = calamine::open_workbook_from_rs(Cursor::new(bytes.clone()))
        .map_err(|error| match error {
            calamine::XlsxError::Password => Error::Locked { input: name.clone() },
            // What the library says may quote the content.
            _ => damaged("its workbook is not valid"),
        })?;
    for sheet in book.sheet_names() {
        let Ok(mut cells) = book.worksheet_cells_reader(&sheet) else {
            part.note(TableNote::EmptySheet);
            continue;
        };
        let mut rows = Sheet::new(&sheet, part);
        let cut = loop {
            match cells.next_cell_with_formula_metadata() {
                Ok(Some(cell)) => {
                    if cell.formula.is_some() {
                        rows.note(TableNote::Formula);
                    }
                    let (row, column) = cell.pos;
                    if matches!(cell.value, DataRef::Error(_)) {
                        rows.note(TableNote::ErrorCell);
                    }
                    if let Some(value) = value(&cell.value) {
                        rows.cell(u64::from(row) + 1, column, value)?;
                    }
                }
                Ok(None) => break false,
                Err(_) => break true,
            }
        };
        rows.end()?;
        if cut {
            let met = "a sheet is damaged behind its last row that was read".to_owned();
            part.report.truncated.get_or_insert(Truncated::Unreadable(met));
        }
    }
    Ok(())
}

/// The value of a cell; nothing where it is empty.
fn value(data: &DataRef<'_>) -> Option<Value> {
    Some(match data {
        DataRef::Int(number) => Value::Number(number.to_string()),
        DataRef::Float(number) => Value::Number(number.to_string()),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Value::Text(text.clone())
        }
        DataRef::SharedString(text) => Value::Text((*text).to_owned()),
        DataRef::Bool(truth) => Value::Text(truth.to_string()),
        DataRef::DateTime(time) => Value::Text(iso(time)),
        DataRef::Error(_) | DataRef::Empty => return None,
    })
}

/// A date, a time or both as ISO 8601 writes them.
pub(super) fn iso(time: &ExcelDateTime) -> String {
    let value = time.as_f64();
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if time.is_duration() || (0.0..1.0).contains(&value) {
        let seconds = (value * 86_400.0).round();
        let (hours, rest) = ((seconds / 3_600.0).trunc(), (seconds % 3_600.0).abs());
        return format!("{hours:02}:{:02}:{:02}", (rest / 60.0).trunc(), rest % 60.0);
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date}T{hour:02}:{minute:02}:{second:02}")
    }
}
