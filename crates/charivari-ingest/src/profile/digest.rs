//! Digests by which rows are told apart: the same for the same content in every run.

use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, RecordBatch};
use sha2::{Digest, Sha256};

use super::columns::items;

/// The first 16 bytes of the SHA-256 of `bytes`.
fn wide(bytes: &[u8]) -> u128 {
    let full = Sha256::digest(bytes);
    full.iter().take(16).fold(0, |sum, byte| sum << 8 | u128::from(*byte))
}

/// The digest of several texts, none of which can run into the next.
pub(super) fn of_texts(texts: &[&str]) -> u64 {
    let mut bytes = Vec::with_capacity(96);
    for text in texts {
        put_text(text, &mut bytes);
    }
    short(wide(&bytes))
}

/// The digest by which a post or an account is known: its platform and native id.
pub fn identity(platform: &str, native_id: &str) -> u128 {
    let mut bytes = Vec::with_capacity(96);
    put_text(platform, &mut bytes);
    put_text(native_id, &mut bytes);
    wide(&bytes)
}

/// The upper half of a digest, for tables that can bear a collision.
pub fn short(digest: u128) -> u64 {
    (digest >> 64) as u64
}

fn put_text(text: &str, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

/// Digests of whole rows of a table with the types of [`charivari_model::schema`].
pub struct RowDigests<'a> {
    columns: Vec<&'a dyn Array>,
    bytes: Vec<u8>,
}

impl<'a> RowDigests<'a> {
    /// Digests of the columns of `batch`, without those called `without`.
    pub fn new(batch: &'a RecordBatch, without: &[&str]) -> Self {
        let schema = batch.schema_ref();
        let named = schema.fields().iter().zip(batch.columns());
        let columns = named.filter(|(field, _)| !without.contains(&field.name().as_str()));
        Self { columns: columns.map(|(_, column)| column.as_ref()).collect(), bytes: Vec::new() }
    }

    /// The digest of what stands in `row`.
    pub fn of(&mut self, row: usize) -> u128 {
        self.bytes.clear();
        for column in &self.columns {
            put_cell(*column, row, &mut self.bytes);
        }
        wide(&self.bytes)
    }

    /// How many columns say something in `row`.
    pub fn filled(&self, row: usize) -> u32 {
        self.columns.iter().filter(|column| column.is_valid(row)).count() as u32
    }
}

/// Null is told from every value, and no value can run into the next.
fn put_cell(column: &dyn Array, row: usize, bytes: &mut Vec<u8>) {
    if column.is_null(row) {
        bytes.push(0);
        return;
    }
    bytes.push(1);
    if let Some(texts) = column.as_string_opt::<i32>() {
        put_text(texts.value(row), bytes);
    } else if let Some(lists) = column.as_list_opt::<i32>() {
        bytes.extend_from_slice(&lists.value_length(row).to_le_bytes());
        items(lists, row).for_each(|text| put_text(text, bytes));
    } else if let Some(times) = column.as_primitive_opt::<TimestampMicrosecondType>() {
        bytes.extend_from_slice(&times.value(row).to_le_bytes());
    } else if let Some(counts) = column.as_primitive_opt::<Int64Type>() {
        bytes.extend_from_slice(&counts.value(row).to_le_bytes());
    } else if let Some(flags) = column.as_boolean_opt() {
        bytes.push(u8::from(flags.value(row)));
    }
}
