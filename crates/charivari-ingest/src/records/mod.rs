//! Containers: how records are cut out of bytes, before anyone knows what they mean.
//!
//! A reader yields [`Chunk`]s of about a mebibyte; formats turn their records into posts on other
//! threads. Nothing here knows a platform.

pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod parquet;

use std::sync::Arc;

use arrow_array::RecordBatch;
use charivari_model::Code;
use serde_json::{Map, Value};

use crate::rows::Fault;
use crate::table::Row;

/// A chunk is closed when its text has this many bytes …
pub(crate) const CHUNK_BYTES: usize = 1 << 20;

/// … or this many records.
pub(crate) const CHUNK_RECORDS: usize = 1 << 14;

/// One record as a format sees it.
pub enum Record<'a> {
    /// A row of a table, by column.
    Row(Row<'a>),
    /// A JSON value, and the scalars of the objects around it.
    Json {
        /// The value.
        value: &'a Value,
        /// The scalar members that came before it in the enclosing objects, outer ones first.
        around: &'a Map<String, Value>,
    },
}

/// Some records, still as they lie in the file.
pub(crate) enum Chunk {
    /// Rows of text fields.
    Fields(Fields),
    /// JSON values.
    Values(Values),
    /// Rows of typed columns; the number of the first one.
    Columns(RecordBatch, u64),
}

/// Rows of text fields in one buffer.
#[derive(Default)]
pub(crate) struct Fields {
    /// The unquoted fields, one after the other.
    pub data: Vec<u8>,
    /// Where each field ends in `data`.
    pub ends: Vec<usize>,
    /// The number of each row, and where its fields end in `ends`.
    pub rows: Vec<(u64, usize)>,
    /// The row that the end of the input closed instead of a line break, by its number.
    pub unended: Option<u64>,
    /// Rows that could not be cut out.
    pub faults: Vec<(u64, Fault)>,
}

/// JSON values in one buffer.
#[derive(Default)]
pub(crate) struct Values {
    /// The values as they stand in the file, one after the other.
    pub data: Vec<u8>,
    /// The number of each value, and where it ends in `data`.
    pub rows: Vec<(u64, usize)>,
    /// The scalars around these values.
    pub around: Arc<Map<String, Value>>,
    /// Values that could not be cut out.
    pub faults: Vec<(u64, Fault)>,
}

impl Values {
    fn is_full(&self) -> bool {
        self.data.len() >= CHUNK_BYTES || self.rows.len() >= CHUNK_RECORDS
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.faults.is_empty()
    }
}

/// Where a reader puts its chunks; `false` asks it to stop.
pub(crate) type Emit<'e> = &'e mut dyn FnMut(Chunk) -> bool;

/// The fault of a row that a read error cut off.
pub(crate) fn cut(error: &std::io::Error) -> Fault {
    Fault::new(Code::CutRow, "", &format!("reading stopped: {error}"))
}
