//! Rows of Apache Parquet files.
//!
//! The library that decodes them panics on some damaged files where it should give an error, such
//! as a dictionary page of no values. Every step into it goes through [`guarded`].

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use charivari_model::schema;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::file::reader::ChunkReader;

use super::{CHUNK_RECORDS, Chunk, Emit};

/// The most rows for each byte of the file. A run of equal or missing values takes a few bytes
/// whatever its length, so a small file may claim rows without end. Ids that differ take about a
/// byte each.
const MAX_ROWS_PER_BYTE: u64 = 20;

/// An opened file, its schema known and nothing read.
pub(crate) struct Opened<R: ChunkReader + 'static> {
    builder: ParquetRecordBatchReaderBuilder<R>,
    bytes: u64,
}

impl<R: ChunkReader + 'static> Opened<R> {
    /// Opens a file by its Parquet schema alone.
    ///
    /// Writers may add an Arrow schema as an opaque blob. It is passed over: it says nothing that
    /// is needed here, and its decoder would be one more to guard.
    ///
    /// # Errors
    /// The footer is damaged or of a kind that is not read.
    pub(crate) fn new(file: R) -> Result<Self, String> {
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let bytes = file.len();
        guarded(|| ParquetRecordBatchReaderBuilder::try_new_with_options(file, options))
            .map(|builder| Self { builder, bytes })
    }

    /// The names of the top-level columns.
    pub(crate) fn columns(&self) -> Vec<String> {
        self.builder.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The key-value metadata.
    ///
    /// Some programs carry it over to a file that they write anew, whatever they did to the texts.
    /// So what was said of the texts' digests holds only where the writer is the one that we use.
    pub(crate) fn metadata(&self) -> Vec<(String, String)> {
        let file = self.builder.metadata().file_metadata();
        let is_ours = file.created_by().is_some_and(|writer| writer.starts_with("parquet-rs "));
        file.key_value_metadata()
            .into_iter()
            .flatten()
            .filter(|entry| is_ours || entry.key != schema::TEXT_RULE_KEY)
            .map(|entry| (entry.key.clone(), entry.value.clone().unwrap_or_default()))
            .collect()
    }

    /// Reads the columns whose places are in `columns`, batch by batch; the first row is 1.
    ///
    /// # Errors
    /// A page is damaged, or there are far too many rows; the batches before it have been handed on.
    pub(crate) fn read(self, columns: &BTreeSet<usize>, emit: Emit<'_>) -> Result<(), String> {
        let mut reader = guarded(|| {
            let schema = self.builder.parquet_schema();
            let mask = ProjectionMask::roots(schema, columns.iter().copied());
            self.builder.with_projection(mask).with_batch_size(CHUNK_RECORDS).build()
        })?;
        let mut row = 1;
        while let Some(batch) = guarded(|| reader.next().transpose())? {
            let rows = batch.num_rows() as u64;
            if !emit(Chunk::Columns(batch, row)) {
                return Ok(());
            }
            row += rows;
            if row > self.bytes.saturating_mul(MAX_ROWS_PER_BYTE) {
                return Err(format!(
                    "more than {MAX_ROWS_PER_BYTE} rows for each byte of the file"
                ));
            }
        }
        Ok(())
    }
}

/// Runs one step of the decoder; what it was working on is not used again after a fault.
fn guarded<T, E: ToString>(step: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("it is damaged in a way that its decoder does not expect".to_owned()),
    }
}
