//! Tables and JSON that the commands of identity write.

use std::io::Write;

use charivari_exchange::csv_table::guard;
use serde::Serialize;

use crate::failure::{Failure, Result};
use crate::output::Folder;

/// Writes a CSV table whose cells no spreadsheet runs.
pub(super) fn csv(
    folder: &Folder,
    name: &str,
    header: &[&str],
    rows: &[Vec<String>],
) -> Result<()> {
    folder.write(name, |out| {
        let mut writer = csv::Writer::from_writer(out);
        let failed = |error: csv::Error| error.to_string();
        writer.write_record(header).map_err(failed)?;
        for row in rows {
            writer.write_record(row.iter().map(|cell| guard(cell))).map_err(failed)?;
        }
        writer.flush().map_err(|error| error.to_string())
    })
}

/// Writes a JSON file.
pub(super) fn json(folder: &Folder, name: &str, value: &impl Serialize) -> Result<()> {
    let text = text(value)?;
    folder.write(name, |out| out.write_all(text.as_bytes()).map_err(|error| error.to_string()))
}

/// A value as JSON.
pub(super) fn text(value: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string_pretty(value).map_err(Failure::fault)? + "\n")
}
