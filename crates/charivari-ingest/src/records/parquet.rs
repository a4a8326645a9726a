//! Rows of Apache Parquet files.

use std::collections::BTreeSet;

use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;

use super::{CHUNK_RECORDS, Chunk, Emit};

/// An opened file, its schema known and nothing read.
pub(crate) struct Opened<R: ChunkReader + 'static>(ParquetRecordBatchReaderBuilder<R>);

impl<R: ChunkReader + 'static> Opened<R> {
    pub(crate) fn new(file: R) -> Result<Self, ParquetError> {
        ParquetRecordBatchReaderBuilder::try_new(file).map(Self)
    }

    /// The names of the top-level columns.
    pub(crate) fn columns(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The key-value metadata.
    pub(crate) fn metadata(&self) -> Vec<(String, String)> {
        let entries = self.0.metadata().file_metadata().key_value_metadata();
        entries
            .into_iter()
            .flatten()
            .map(|entry| (entry.key.clone(), entry.value.clone().unwrap_or_default()))
            .collect()
    }

    /// Reads the columns whose places are in `columns`, batch by batch; the first row is 1.
    ///
    /// # Errors
    /// A page is damaged; the batches before it have been handed on.
    pub(crate) fn read(self, columns: &BTreeSet<usize>, emit: Emit<'_>) -> Result<(), String> {
        let mask = ProjectionMask::roots(self.0.parquet_schema(), columns.iter().copied());
        let reader = self
            .0
            .with_projection(mask)
            .with_batch_size(CHUNK_RECORDS)
            .build()
            .map_err(|error| error.to_string())?;
        let mut row = 1;
        for batch in reader {
            let batch = batch.map_err(|error| error.to_string())?;
            let rows = batch.num_rows() as u64;
            if !emit(Chunk::Columns(batch, row)) {
                return Ok(());
            }
            row += rows;
        }
        Ok(())
    }
}
