//! One chunk of records on its way into columns; many are at work at the same time.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, UInt32Array, UInt64Array};
use arrow_schema::{DataType, Field, FieldRef, Schema};
use charivari_model::Code;

use crate::error::Result;
use crate::formats::Mapper;
use crate::options::Options;
use crate::records::{Chunk, Fields, Record, Values};
use crate::rows::{Batch, Fault, Rows};
use crate::table::Row;

/// A chunk, and all that is needed to turn it into columns.
pub(crate) struct Job {
    pub(crate) part: u32,
    pub(crate) context: Arc<Context>,
    pub(crate) chunk: Chunk,
}

/// What all jobs of a part share.
pub(crate) struct Context {
    pub(crate) name: String,
    pub(crate) mapper: Arc<dyn Mapper>,
    pub(crate) header: Arc<[String]>,
    pub(crate) places: Arc<[Option<usize>]>,
}

impl Job {
    pub(crate) fn run(&self, options: &Options) -> Result<Batch> {
        let mut rows = Rows::new(self.part, options, self.context.mapper.reads_digests());
        match &self.chunk {
            Chunk::Fields(fields) => self.fields(fields, &mut rows),
            Chunk::Values(values) => self.values(values, &mut rows),
            Chunk::Columns(batch, first) => match self.whole(batch, *first, options)? {
                Some(whole) => return Ok(whole),
                None => self.columns(batch, *first, &mut rows),
            },
        }
        rows.finish(&self.context.name)
    }

    fn columns(&self, batch: &RecordBatch, first: u64, rows: &mut Rows<'_>) {
        for row in 0..batch.num_rows() {
            rows.record(first + row as u64, |rows| {
                let row = Row::of_columns(batch, &self.context.places, row);
                self.context.mapper.map(Record::Row(row), rows)
            });
        }
    }

    /// Canonical posts are handed on as they stand: only where they were read is new.
    fn whole(&self, batch: &RecordBatch, first: u64, options: &Options) -> Result<Option<Batch>> {
        let place = |column: usize| self.context.places.get(column).copied().flatten();
        let mapper = &self.context.mapper;
        let columns =
            if options.rows.is_none() { mapper.whole(batch, &place, options) } else { None };
        let Some(mut columns) = columns else { return Ok(None) };
        let rows = batch.num_rows() as u64;
        let parts = UInt32Array::from_value(self.part, batch.num_rows());
        let numbers = UInt64Array::from_iter_values(first..first + rows);
        columns.push((Arc::new(Field::new("input", DataType::UInt32, false)), Arc::new(parts)));
        columns.push((Arc::new(Field::new("row", DataType::UInt64, false)), Arc::new(numbers)));
        let (fields, arrays): (Vec<FieldRef>, Vec<ArrayRef>) = columns.into_iter().unzip();
        let posts =
            RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(|error| {
                crate::Error::Table { input: self.context.name.clone(), met: error.to_string() }
            })?;
        let kept = rows;
        Ok(Some(Batch {
            part: self.part,
            posts: Some(posts),
            records: rows,
            kept,
            ..Batch::default()
        }))
    }

    fn fields(&self, fields: &Fields, rows: &mut Rows<'_>) {
        let mut first = 0;
        for (number, end) in &fields.rows {
            let ends = &fields.ends[first..*end];
            let start = if first == 0 { 0 } else { fields.ends[first - 1] };
            first = *end;
            // The header is row 1, and it is no record.
            if *number == 1 {
                continue;
            }
            let data = &fields.data[start..ends.last().copied().unwrap_or(start)];
            rows.record(*number, |rows| {
                let row = Row::of_text(data, ends, start, &self.context.header)?;
                self.check_fields(row).map_err(|fault| {
                    let too_few = row.len() < self.context.header.len();
                    if too_few && fields.unended == Some(*number) {
                        Fault::new(Code::CutRow, "", &fault.met)
                    } else {
                        fault
                    }
                })?;
                self.context.mapper.map(Record::Row(row), rows)
            });
        }
        set_aside(&fields.faults, rows);
    }

    /// A row has as many fields as the header, and is not the header again.
    fn check_fields(&self, row: Row<'_>) -> std::result::Result<(), Fault> {
        let header = &self.context.header;
        if row.len() != header.len() {
            let met = format!("{} fields, the header has {}", row.len(), header.len());
            return Err(Fault::new(Code::FieldCount, "", &met));
        }
        let first = row.text(0);
        if first.as_deref() == header.first().map(String::as_str)
            && (1..header.len())
                .all(|column| row.text(column).unwrap_or_default() == header[column].as_str())
        {
            return Err(Fault::new(Code::RepeatedHeader, "", first.as_deref().unwrap_or_default()));
        }
        Ok(())
    }

    fn values(&self, values: &Values, rows: &mut Rows<'_>) {
        let mut start = 0;
        for (number, end) in &values.rows {
            let data = &values.data[start..*end];
            start = *end;
            rows.record(*number, |rows| {
                let value = serde_json::from_slice(data).map_err(|error| {
                    let is_text = std::str::from_utf8(data).is_ok();
                    let code = if is_text { Code::MalformedJson } else { Code::Encoding };
                    Fault::new(code, "", &error.to_string())
                })?;
                let record = Record::Json { value: &value, around: &values.around };
                self.context.mapper.map(record, rows)
            });
        }
        set_aside(&values.faults, rows);
    }
}

/// Sets aside the rows that could not be cut out of the file.
fn set_aside(faults: &[(u64, Fault)], rows: &mut Rows<'_>) {
    for (number, fault) in faults {
        if fault.code == Code::CutRow {
            rows.note_unreadable();
        }
        rows.record(*number, |_| Err(fault.clone()));
    }
}
