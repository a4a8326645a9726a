//! Arrow dictionaries straight into Parquet dictionary pages.
//!
//! Parquet's dictionary encoding holds each distinct value once and for each row its code
//! (Apache Parquet, *Encodings*, "Dictionary Encoding"). An Arrow dictionary has the same form, so
//! only the codes need to be made dense: values are numbered as they first appear, which takes one
//! look-up in an array for each row. The general encoder hashes every value of every row instead,
//! which is most of its time.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_buffer::ArrowNativeType;
use arrow_schema::DataType;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::statistics::Statistics;
use parquet::schema::types::ColumnDescPtr;

use super::chunk::{Chunk, PAGE_ROWS, too_large};
use super::page::PageWriter;
use super::{ZSTD_LEVEL, hybrid};

/// No code has been given to this value yet.
const UNSEEN: u32 = u32::MAX;
/// Statistics with longer values would cost more than they help.
const LONGEST_STATISTIC: usize = 64;

/// Encodes the rows of `arrays` as one column chunk.
///
/// Gives nothing where the general encoder has to do it: where the arrays are no dictionaries of
/// texts, do not share their values, or hold nulls.
pub(super) fn encode(descriptor: &ColumnDescPtr, arrays: &[&ArrayRef]) -> Result<Option<Chunk>> {
    let Some(values) = shared_values(arrays) else { return Ok(None) };
    let rows = arrays.iter().map(Array::len).sum();
    let mut codes = Codes {
        of_value: vec![UNSEEN; values.len()],
        values: Vec::new(),
        of_row: Vec::with_capacity(rows),
    };
    for array in arrays {
        codes.add(array.as_ref());
    }
    if codes.of_row.len() != rows {
        return Ok(None);
    }
    write_chunk(descriptor, values, &codes).map(Some)
}

/// The values that all `arrays` share, where this encoder can take them.
fn shared_values<'a>(arrays: &[&'a ArrayRef]) -> Option<&'a StringArray> {
    let (first, others) = arrays.split_first()?;
    let values = first.as_any_dictionary_opt()?.values();
    let data = values.to_data();
    let values = values.as_string_opt::<i32>()?;
    let shared = others.iter().all(|array| {
        array.as_any_dictionary_opt().is_some_and(|other| other.values().to_data().ptr_eq(&data))
    });
    let nulls = values.null_count() + arrays.iter().map(Array::null_count).sum::<usize>();
    (shared && nulls == 0).then_some(values)
}

/// Dense codes for the values that occur.
struct Codes {
    /// For each value of the Arrow dictionary its code, or [`UNSEEN`].
    of_value: Vec<u32>,
    /// For each code its value in the Arrow dictionary.
    values: Vec<usize>,
    /// For each row its code.
    of_row: Vec<u32>,
}

impl Codes {
    /// Adds the rows of a dictionary; adds none where its keys have an unknown type.
    fn add(&mut self, array: &dyn Array) {
        let DataType::Dictionary(key, _) = array.data_type() else { return };
        match key.as_ref() {
            DataType::Int8 => self.add_keys::<Int8Type>(array),
            DataType::Int16 => self.add_keys::<Int16Type>(array),
            DataType::Int32 => self.add_keys::<Int32Type>(array),
            DataType::Int64 => self.add_keys::<Int64Type>(array),
            DataType::UInt8 => self.add_keys::<UInt8Type>(array),
            DataType::UInt16 => self.add_keys::<UInt16Type>(array),
            DataType::UInt32 => self.add_keys::<UInt32Type>(array),
            DataType::UInt64 => self.add_keys::<UInt64Type>(array),
            _ => {}
        }
    }

    fn add_keys<K: ArrowDictionaryKeyType>(&mut self, array: &dyn Array) {
        let Some(dictionary) = array.as_dictionary_opt::<K>() else { return };
        for key in dictionary.keys().values() {
            let value = key.as_usize();
            // Arrow checks keys when an array is made; a key outside ends here, and the caller sees
            // that rows are missing.
            let Some(code) = self.of_value.get_mut(value) else { return };
            if *code == UNSEEN {
                *code = self.values.len() as u32;
                self.values.push(value);
            }
            self.of_row.push(*code);
        }
    }
}

fn write_chunk(descriptor: &ColumnDescPtr, values: &StringArray, codes: &Codes) -> Result<Chunk> {
    let mut pages = PageWriter::new(ZSTD_LEVEL)?;
    let mut plain = Vec::new();
    for &value in &codes.values {
        let text = values.value(value);
        let length = u32::try_from(text.len()).map_err(|_| too_large("a value"))?;
        plain.extend_from_slice(&length.to_le_bytes());
        plain.extend_from_slice(text.as_bytes());
    }
    pages.dictionary(&plain, codes.values.len())?;
    let data_offset = pages.len();
    let width = hybrid::width(codes.values.len());
    let mut page = Vec::new();
    for rows in codes.of_row.chunks(PAGE_ROWS) {
        page.clear();
        if descriptor.max_def_level() > 0 {
            write_all_present(rows.len(), &mut page);
        }
        page.push(width);
        hybrid::write(rows, width, &mut page);
        pages.data(&page, rows.len())?;
    }
    close(descriptor, values, codes, pages, data_offset)
}

/// Appends the definition levels of `rows` rows without a null, their length before them.
fn write_all_present(rows: usize, page: &mut Vec<u8>) {
    let mut levels = Vec::new();
    hybrid::write_run(1, rows as u64, 1, &mut levels);
    // One run is a handful of bytes.
    page.extend_from_slice(&(levels.len() as u32).to_le_bytes());
    page.extend_from_slice(&levels);
}

fn close(
    descriptor: &ColumnDescPtr,
    values: &StringArray,
    codes: &Codes,
    pages: PageWriter,
    data_offset: usize,
) -> Result<Chunk> {
    let rows = codes.of_row.len();
    let mut metadata = ColumnChunkMetaData::builder(descriptor.clone())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY])
        .set_num_values(signed(rows)?)
        .set_total_compressed_size(signed(pages.len())?)
        .set_total_uncompressed_size(signed(pages.uncompressed())?)
        .set_dictionary_page_offset(Some(0))
        .set_data_page_offset(signed(data_offset)?);
    if let Some(statistics) = statistics(values, codes) {
        metadata = metadata.set_statistics(statistics);
    }
    let bytes = pages.finish();
    Ok(Chunk {
        close: ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: rows as u64,
            metadata: metadata.build()?,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        },
        bytes,
    })
}

/// A length as the footer holds it.
fn signed(length: usize) -> Result<i64> {
    i64::try_from(length).map_err(|_| too_large("a column chunk"))
}

/// The least and the greatest value, from the distinct ones alone.
fn statistics(values: &StringArray, codes: &Codes) -> Option<Statistics> {
    let texts = || codes.values.iter().map(|&value| values.value(value));
    let (least, greatest) = (texts().min()?, texts().max()?);
    let short = least.len().max(greatest.len()) <= LONGEST_STATISTIC;
    let bytes = |text: &str| Some(ByteArray::from(text));
    short.then(|| Statistics::byte_array(bytes(least), bytes(greatest), None, Some(0), false))
}
