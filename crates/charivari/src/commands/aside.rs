//! Rows set aside, one by one, so that an analyst can look at them in the file.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray, UInt64Array};
use charivari_exchange::csv_table;
use charivari_ingest::PartReport;
use charivari_model::SetAside;

use crate::failure::Result;
use crate::output::Folder;

/// Writes `set_aside.csv`: input, row, code, field, what stood there, and what to do.
///
/// Each part lists its first rows only ([`charivari_ingest::MAX_ASIDE`]); all are counted in the
/// summary.
pub(crate) fn write(parts: &[PartReport], folder: &Folder) -> Result<()> {
    write_as("set_aside.csv", parts, folder)
}

/// As [`write()`], under another name.
pub(crate) fn write_as(name: &str, parts: &[PartReport], folder: &Folder) -> Result<()> {
    folder.write(name, |out| {
        let batch = table(parts).map_err(|error| error.to_string())?;
        let written = csv_table::write(out, &batch.schema(), std::slice::from_ref(&batch));
        written.map(|_| ()).map_err(|error| error.to_string())
    })
}

fn table(parts: &[PartReport]) -> std::result::Result<RecordBatch, arrow_schema::ArrowError> {
    let rows: Vec<(&str, &SetAside)> = parts
        .iter()
        .flat_map(|part| part.aside.iter().map(move |row| (part.name.as_str(), row)))
        .collect();
    let text = |cell: &dyn Fn(&(&str, &SetAside)) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(rows.iter().map(cell)))
    };
    let numbers: ArrayRef =
        Arc::new(UInt64Array::from_iter_values(rows.iter().map(|(_, row)| row.row)));
    RecordBatch::try_from_iter([
        ("input", text(&|(name, _)| (*name).to_owned())),
        ("row", numbers),
        ("code", text(&|(_, row)| row.code.to_string())),
        ("title", text(&|(_, row)| row.code.title().to_owned())),
        ("field", text(&|(_, row)| row.field.clone())),
        ("met", text(&|(_, row)| charivari_text::show::visible(&row.met).into_owned())),
        ("remedy", text(&|(_, row)| row.code.remedy().to_owned())),
    ])
}
