//! What is kept of texts beside them, so that later runs need not compute it again.

use std::sync::Arc;

use arrow_array::builder::{FixedSizeBinaryBuilder, UInt32Builder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{Field, FieldRef, Schema};
use charivari_model::schema;
use charivari_text::normalise::{Normaliser, digest_of_normalised};

use crate::failure::{Failure, Result};

/// The columns of posts as they are written: those of the schema, and those of the texts' keys.
pub(super) fn posts() -> Schema {
    Schema::new(with_keys(schema::posts().fields().iter().cloned()))
}

fn with_keys(fields: impl Iterator<Item = FieldRef>) -> Vec<FieldRef> {
    fields.chain(schema::text_keys().map(Arc::<Field>::new)).collect()
}

/// `batch` with the keys of its texts behind its columns; on any thread.
pub(super) fn added(batch: &RecordBatch) -> Result<RecordBatch> {
    let texts = batch.column_by_name("text").and_then(|column| column.as_string_opt::<i32>());
    let texts = texts.ok_or_else(|| Failure::fault("a table of posts without text"))?;
    let mut digests = FixedSizeBinaryBuilder::with_capacity(texts.len(), 16);
    let mut significant = UInt32Builder::with_capacity(texts.len());
    let (mut normaliser, mut normal) = (Normaliser::new(), String::new());
    for text in texts {
        normal.clear();
        let letters = text.map(|text| normaliser.normalise_into(text, &mut normal));
        // What is longer than can be counted here is long enough for everything.
        significant.append_option(letters.map(|count| u32::try_from(count).unwrap_or(u32::MAX)));
        match letters {
            Some(_) => {
                digests.append_value(digest_of_normalised(&normal)).map_err(Failure::fault)?;
            }
            None => digests.append_null(),
        }
    }
    let keys: [ArrayRef; 2] = [Arc::new(digests.finish()), Arc::new(significant.finish())];
    let fields = with_keys(batch.schema_ref().fields().iter().cloned());
    let columns = batch.columns().iter().cloned().chain(keys).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(Failure::fault)
}
