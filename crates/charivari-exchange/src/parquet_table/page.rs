//! Pages of a column chunk and their headers.
//!
//! A header is a `PageHeader` of Apache Parquet's `parquet.thrift` in Thrift's compact protocol;
//! pages are of version 1, which every reader knows.

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};

use super::chunk::too_large;
use super::hybrid::write_varint;

/// `PageType` in `parquet.thrift`.
const DATA_PAGE: i32 = 0;
const DICTIONARY_PAGE: i32 = 2;
/// `Encoding` in `parquet.thrift`.
const PLAIN: i32 = 0;
const RLE: i32 = 3;
const RLE_DICTIONARY: i32 = 8;
/// Field types of the compact protocol.
const TYPE_FALSE: u8 = 2;
const TYPE_I32: u8 = 5;
const TYPE_STRUCT: u8 = 12;

/// Compresses pages one after the other into the bytes of a column chunk.
pub(super) struct PageWriter {
    compressor: zstd::bulk::Compressor<'static>,
    bytes: Vec<u8>,
    uncompressed: usize,
}

impl PageWriter {
    pub(super) fn new(level: i32) -> Result<Self> {
        Ok(Self {
            compressor: zstd::bulk::Compressor::new(level)?,
            bytes: Vec::new(),
            uncompressed: 0,
        })
    }

    /// The length of the chunk so far.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// What the length would be without compression.
    pub(super) fn uncompressed(&self) -> usize {
        self.uncompressed
    }

    pub(super) fn finish(self) -> Bytes {
        Bytes::from(self.bytes)
    }

    /// Appends the page of the `count` distinct values, which stand in `plain`.
    pub(super) fn dictionary(&mut self, plain: &[u8], count: usize) -> Result<()> {
        let count = i32::try_from(count).map_err(|_| too_large("a dictionary"))?;
        self.page(plain, DICTIONARY_PAGE, |header| {
            header.begin_struct(7);
            header.int(1, count);
            header.int(2, PLAIN);
            header.no(3);
            header.end();
        })
    }

    /// Appends a page of `rows` codes; `data` holds the definition levels, if any, and the codes.
    pub(super) fn data(&mut self, data: &[u8], rows: usize) -> Result<()> {
        let rows = i32::try_from(rows).map_err(|_| too_large("a page"))?;
        self.page(data, DATA_PAGE, |header| {
            header.begin_struct(5);
            header.int(1, rows);
            header.int(2, RLE_DICTIONARY);
            header.int(3, RLE);
            header.int(4, RLE);
            header.end();
        })
    }

    fn page(&mut self, data: &[u8], kind: i32, details: impl FnOnce(&mut Header)) -> Result<()> {
        let compressed = self.compressor.compress(data).map_err(ParquetError::from)?;
        let length = |length: usize| i32::try_from(length).map_err(|_| too_large("a page"));
        let mut header = Header::default();
        header.int(1, kind);
        header.int(2, length(data.len())?);
        header.int(3, length(compressed.len())?);
        details(&mut header);
        header.end();
        self.uncompressed += header.bytes.len() + data.len();
        self.bytes.extend_from_slice(&header.bytes);
        self.bytes.extend_from_slice(&compressed);
        Ok(())
    }
}

/// A struct in Thrift's compact protocol, where a field says how far it is from the one before.
#[derive(Default)]
struct Header {
    bytes: Vec<u8>,
    /// The last field of the struct being written.
    last: u8,
    /// The last field of the struct around it.
    outer: u8,
}

impl Header {
    fn field(&mut self, id: u8, kind: u8) {
        // Ids rise and differ by less than 16, so the short form always fits.
        self.bytes.push((id - self.last) << 4 | kind);
        self.last = id;
    }

    fn int(&mut self, id: u8, value: i32) {
        self.field(id, TYPE_I32);
        // Zigzag: the sign goes into the lowest bit. No value here is negative.
        write_varint(u64::from(value.unsigned_abs()) << 1, &mut self.bytes);
    }

    fn no(&mut self, id: u8) {
        self.field(id, TYPE_FALSE);
    }

    fn begin_struct(&mut self, id: u8) {
        self.field(id, TYPE_STRUCT);
        self.outer = std::mem::take(&mut self.last);
    }

    fn end(&mut self) {
        self.bytes.push(0);
        self.last = std::mem::take(&mut self.outer);
    }
}
