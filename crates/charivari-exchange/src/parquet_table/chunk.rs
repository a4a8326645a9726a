//! One column of one row group: choosing its encoder and putting its bytes into the file.

use std::io::Write;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Field, Schema};
use bytes::Bytes;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves,
};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::ColumnDescPtr;

use super::dictionary;

/// The most rows of one page: a page of dictionary codes then stays below a megabyte.
pub(super) const PAGE_ROWS: usize = 1 << 18;

/// A column of one row group that is still to be encoded.
pub(super) struct Task {
    position: usize,
    field: Arc<Field>,
    /// One for each leaf: lists and plain columns have one, structs several.
    leaves: Vec<(ColumnDescPtr, ArrowColumnWriter)>,
}

/// The tasks of row group `group`, one for each column of the table.
pub(super) fn tasks<W: Write + Send>(
    factory: &ArrowRowGroupWriterFactory,
    file: &SerializedFileWriter<W>,
    schema: &Schema,
    group: usize,
) -> Result<Vec<Task>> {
    let descriptor = file.schema_descr();
    let mut writers = factory.create_column_writers(group)?.into_iter().enumerate().peekable();
    let mut tasks = Vec::with_capacity(schema.fields().len());
    for (position, field) in schema.fields().iter().enumerate() {
        let mut leaves = Vec::new();
        while let Some((leaf, writer)) =
            writers.next_if(|(leaf, _)| descriptor.get_column_root_idx(*leaf) == position)
        {
            leaves.push((descriptor.column(leaf), writer));
        }
        tasks.push(Task { position, field: Arc::clone(field), leaves });
    }
    Ok(tasks)
}

impl Task {
    /// Encodes the column over all batches of its row group.
    pub(super) fn encode(mut self, batches: &[RecordBatch]) -> Result<Column> {
        let arrays: Vec<_> = batches.iter().map(|batch| batch.column(self.position)).collect();
        if let [(descriptor, _)] = self.leaves.as_slice()
            && let Some(chunk) = dictionary::encode(descriptor, &arrays)?
        {
            return Ok(Column::Ours(Box::new(chunk)));
        }
        for array in arrays {
            let levels = compute_leaves(&self.field, array)?;
            for ((_, writer), leaf) in self.leaves.iter_mut().zip(&levels) {
                writer.write(leaf)?;
            }
        }
        let closed = self.leaves.into_iter().map(|(_, writer)| writer.close());
        Ok(Column::Theirs(closed.collect::<Result<_>>()?))
    }
}

/// A column of one row group, encoded.
pub(super) enum Column {
    /// By the Parquet library.
    Theirs(Vec<ArrowColumnChunk>),
    /// By [`dictionary`].
    Ours(Box<Chunk>),
}

/// The bytes of a column chunk and what the file's footer says about them.
pub(super) struct Chunk {
    pub(super) bytes: Bytes,
    pub(super) close: ColumnCloseResult,
}

impl Column {
    /// Puts the column into its row group; columns must come in their order.
    pub(super) fn append<W: Write + Send>(
        self,
        row_group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<()> {
        match self {
            Self::Theirs(chunks) => {
                chunks.into_iter().try_for_each(|chunk| chunk.append_to_row_group(row_group))
            }
            Self::Ours(chunk) => row_group.append_column(&chunk.bytes, chunk.close),
        }
    }
}

/// An error of our own encoder in the library's terms.
pub(super) fn too_large(what: &str) -> ParquetError {
    ParquetError::General(format!(
        "{what} is larger than 2 GiB, the most that a page can hold; write fewer rows at a time"
    ))
}
