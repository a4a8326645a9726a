//! Record batches as CSV that people can open in a spreadsheet without harm.
//!
//! | rule | reason |
//! |---|---|
//! | UTF-8 without a byte order mark, rows end with LF | what R, pandas and `DuckDB` read without options |
//! | quoting as in RFC 4180, section 2 | any text survives, line breaks included |
//! | a null is an empty cell, an empty text is `""` | "the source does not say" is not "it says nothing" |
//! | instants as RFC 3339 in UTC, with a fraction only if there is one | sorts as text, and spreadsheets leave it alone |
//! | numbers in the shortest form that reads back the same, without exponents | spreadsheets do not damage them on the way |
//! | booleans as `true` and `false` | |
//! | lists joined by `\|`; within an item `\` and `\|` are written `\\` and `\\|` | one cell, still taken apart again |
//! | text that a spreadsheet would run gets an apostrophe, see [`guard`] | a post must not run on the analyst's machine |

mod cells;
mod guard;

use std::io::Write;

use arrow_array::RecordBatch;
use arrow_schema::{Fields, Schema};
use rayon::prelude::*;

use crate::error::ExchangeError;
use cells::Column;
pub use guard::{guard, is_formula, unguard};

/// Rows that one thread formats at a time: some hundred kilobytes of text.
const ROWS_PER_TASK: usize = 8_192;

/// Writes record batches as one CSV table; the header is written when it is made.
pub struct CsvWriter<W> {
    out: W,
    fields: Fields,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a table with the columns of `schema` and writes its header.
    ///
    /// # Errors
    ///
    /// When the output takes no bytes.
    pub fn new(mut out: W, schema: &Schema) -> Result<Self, ExchangeError> {
        let mut header = Vec::new();
        for (position, field) in schema.fields().iter().enumerate() {
            if position > 0 {
                header.push(b',');
            }
            cells::write_text(field.name(), &mut header);
        }
        header.push(b'\n');
        out.write_all(&header)?;
        Ok(Self { out, fields: schema.fields().clone() })
    }

    /// Appends the rows of `batch`.
    ///
    /// # Errors
    ///
    /// When the batch has other columns than the table, a column has a type that CSV cannot hold,
    /// or the output takes no more bytes.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), ExchangeError> {
        check_columns(&self.fields, batch)?;
        let columns = self
            .fields
            .iter()
            .zip(batch.columns())
            .map(|(field, array)| Column::new(field.name(), array.as_ref()))
            .collect::<Result<Vec<_>, _>>()?;
        let rows = batch.num_rows();
        // A wave bounds the memory: only its rows are held as text.
        let wave = ROWS_PER_TASK.saturating_mul(2 * rayon::current_num_threads());
        for start in (0..rows).step_by(wave.max(1)) {
            let end = start.saturating_add(wave).min(rows);
            let tasks: Vec<usize> = (start..end).step_by(ROWS_PER_TASK).collect();
            let texts: Vec<Vec<u8>> = tasks
                .into_par_iter()
                .map(|from| {
                    format_rows(&columns, from, from.saturating_add(ROWS_PER_TASK).min(end))
                })
                .collect();
            for text in texts {
                self.out.write_all(&text)?;
            }
        }
        Ok(())
    }

    /// Ends the table and gives the output back.
    ///
    /// # Errors
    ///
    /// When the last bytes cannot be written.
    pub fn finish(mut self) -> Result<W, ExchangeError> {
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Writes `batches` with the columns of `schema` as one CSV table.
///
/// # Errors
///
/// As [`CsvWriter::write`].
pub fn write<'a, W: Write>(
    out: W,
    schema: &Schema,
    batches: impl IntoIterator<Item = &'a RecordBatch>,
) -> Result<W, ExchangeError> {
    let mut writer = CsvWriter::new(out, schema)?;
    for batch in batches {
        writer.write(batch)?;
    }
    writer.finish()
}

fn check_columns(fields: &Fields, batch: &RecordBatch) -> Result<(), ExchangeError> {
    let schema = batch.schema_ref();
    let same = fields.len() == schema.fields().len()
        && fields
            .iter()
            .zip(schema.fields())
            .all(|(a, b)| a.name() == b.name() && a.data_type() == b.data_type());
    if same {
        return Ok(());
    }
    Err(ExchangeError::Schema {
        table: "CSV".to_owned(),
        expected: describe(fields),
        met: describe(schema.fields()),
    })
}

/// The names and types of columns, for messages.
pub(crate) fn describe(fields: &Fields) -> String {
    let columns: Vec<String> =
        fields.iter().map(|field| format!("{} {}", field.name(), field.data_type())).collect();
    columns.join(", ")
}

fn format_rows(columns: &[Column<'_>], from: usize, to: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity((to - from) * columns.len() * 12);
    for row in from..to {
        let line = out.len();
        for (position, column) in columns.iter().enumerate() {
            if position > 0 {
                out.push(b',');
            }
            column.write(row, &mut out);
        }
        if out.len() == line {
            // Readers skip empty lines, so a lone null must still be a row.
            out.extend_from_slice(b"\"\"");
        }
        out.push(b'\n');
    }
    out
}
