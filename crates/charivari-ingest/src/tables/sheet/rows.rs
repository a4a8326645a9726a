//! Cells of a sheet gathered into rows.

use charivari_model::Column;

use crate::error::Result;
use crate::tables::part::Part;
use crate::tables::report::{RowFault, TableNote};
use crate::tables::row::{Piece, RowBuffer};

/// Rows that are looked at for the number of columns, and the most bytes that they may have.
const LOOKED_AT: usize = 200;
const LOOKED_AT_BYTES: usize = 16 << 20;

/// The value of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Number(String),
}

/// A row as it was found: its place among all rows of the sheet, and its cells by column.
type Found = (u64, Vec<(u32, Value)>);

/// A sheet on its way to a table.
pub(super) struct Sheet<'s, 'p> {
    name: String,
    part: &'s mut Part<'p>,
    /// Rows that wait until the number of columns is known.
    waiting: Option<Vec<Found>>,
    row: Found,
    buffer: RowBuffer,
    rows: u64,
    is_wide: bool,
    /// Bytes of the row, and of those that wait. A string that many cells share is counted for each.
    bytes: usize,
    waiting_bytes: usize,
}

impl<'s, 'p> Sheet<'s, 'p> {
    pub(super) fn new(name: &str, part: &'s mut Part<'p>) -> Self {
        Self {
            name: name.to_owned(),
            part,
            waiting: Some(Vec::new()),
            row: (0, Vec::new()),
            buffer: RowBuffer::default(),
            rows: 0,
            is_wide: false,
            bytes: 0,
            waiting_bytes: 0,
        }
    }

    /// Counts something worth telling.
    pub(super) fn note(&mut self, note: TableNote) {
        self.part.note(note);
    }

    /// A cell that is not empty; those of one row follow each other.
    pub(super) fn cell(&mut self, row: u64, column: u32, value: Value) -> Result<()> {
        if self.row.0 != row {
            self.end_row()?;
            self.row.0 = row;
        }
        let (Value::Text(text) | Value::Number(text)) = &value;
        self.bytes = self.bytes.saturating_add(text.len());
        if column as usize >= self.part.options.table_limits.columns {
            self.is_wide = true;
        } else if self.bytes <= self.part.options.limits.row {
            self.row.1.push((column, value));
        }
        Ok(())
    }

    /// Ends the row, if there is anything in it.
    pub(super) fn end_row(&mut self) -> Result<()> {
        let row = std::mem::take(&mut self.row);
        let bytes = std::mem::take(&mut self.bytes);
        if std::mem::take(&mut self.is_wide) {
            self.flush()?;
            self.part.aside(RowFault::TooWide, None, row.0);
        } else if bytes > self.part.options.limits.row {
            self.flush()?;
            self.part.aside(RowFault::TooLong, None, row.0);
        } else if !row.1.is_empty() {
            self.rows += 1;
            if self.rows > self.part.options.table_limits.sheet_rows {
                self.flush()?;
                self.part.aside(RowFault::BeyondLastRow, None, row.0);
            } else if let Some(waiting) = &mut self.waiting {
                waiting.push(row);
                self.waiting_bytes += bytes;
                if waiting.len() >= LOOKED_AT || self.waiting_bytes >= LOOKED_AT_BYTES {
                    self.flush()?;
                }
            } else {
                self.hand(&row);
            }
        }
        Ok(())
    }

    /// Ends the sheet.
    pub(super) fn end(mut self) -> Result<()> {
        self.end_row()?;
        self.flush()
    }

    fn flush(&mut self) -> Result<()> {
        let Some(waiting) = self.waiting.take() else { return Ok(()) };
        let Some((header, rows)) = waiting.split_first() else {
            self.part.note(TableNote::EmptySheet);
            return Ok(());
        };
        let last = waiting.iter().flat_map(|row| &row.1).map(|(column, _)| column + 1).max();
        let mut columns = vec![Column::default(); last.unwrap_or(0) as usize];
        for (column, value) in &header.1 {
            let (Value::Text(name) | Value::Number(name)) = value;
            name.trim().clone_into(&mut columns[*column as usize].name);
        }
        self.part.begin(Some(&self.name), &columns)?;
        for row in rows {
            self.hand(row);
        }
        Ok(())
    }

    fn hand(&mut self, (number, cells): &Found) {
        self.buffer.clear();
        for (column, value) in cells {
            let at = *column as usize;
            if self.buffer.pieces.len() <= at {
                self.buffer.pieces.resize(at + 1, Piece::Null);
            }
            let start = self.buffer.scratch.len();
            let (Value::Text(text) | Value::Number(text)) = value;
            self.buffer.scratch.push_str(text);
            let made = start..self.buffer.scratch.len();
            self.buffer.pieces[at] = match value {
                Value::Text(_) => Piece::Made(made),
                Value::Number(_) => Piece::MadeNumber(made),
            };
        }
        // Empty cells at the end of a row are not written at all, which is no shortness.
        let width = self.part.width();
        if self.buffer.pieces.len() < width {
            self.buffer.pieces.resize(width, Piece::Null);
        }
        self.part.row(&mut self.buffer, "", *number);
    }
}
