//! What the analyst says about leaked tables, and the caps that stand beside [`Limits`].

use encoding_rs::Encoding;

use super::report::Escape;
use crate::options::Limits;

/// How tables are to be read. The default asks for nothing and decides everything from content.
#[derive(Clone, Debug, Default)]
pub struct TableOptions {
    /// The encoding of text without a byte order mark; decided from content without it.
    pub encoding: Option<&'static Encoding>,
    /// The byte between fields of delimited text; decided from content without it.
    pub delimiter: Option<u8>,
    /// The byte around fields of delimited text; decided from content without it.
    pub quote: Option<u8>,
    /// How a quote stands inside a quoted field; decided from content without it.
    pub escape: Option<Escape>,
    /// Whether the first row of delimited text names the columns; decided from content without it.
    pub header: Option<bool>,
    /// The only tables wanted, by their name as the file gives it; all where this is empty.
    ///
    /// Tables without a name are always read. What is passed over is counted in the report.
    pub tables: Vec<String>,
    /// The caps for rows, archives and unpacked bytes.
    pub limits: Limits,
    /// The caps that only tables have.
    pub table_limits: TableLimits,
}

impl TableOptions {
    /// Whether a table of this name is wanted.
    pub fn wants(&self, name: Option<&str>) -> bool {
        self.tables.is_empty()
            || name.is_none_or(|name| self.tables.iter().any(|wanted| wanted == name))
    }
}

/// Caps against tables that would take all memory.
#[derive(Clone, Debug)]
pub struct TableLimits {
    /// The most columns of one table; a row with more is set aside.
    pub columns: usize,
    /// The most tables of one part that are told apart; more are refused.
    pub tables: usize,
    /// The most bytes that a spreadsheet may take as it lies there.
    pub sheet_packed: u64,
    /// The most bytes that all parts of a spreadsheet may unpack to.
    pub sheet_unpacked: u64,
    /// The largest ratio of unpacked to packed bytes of a spreadsheet beyond 16 MiB.
    pub sheet_ratio: u64,
    /// The most rows of one sheet; those after it are counted and not read.
    pub sheet_rows: u64,
    /// How many records of JSON are looked at for the columns of the table.
    pub json_records: usize,
    /// How many bytes are read from an input at a time.
    pub block: usize,
}

impl Default for TableLimits {
    fn default() -> Self {
        Self {
            columns: 4_096,
            tables: 10_000,
            sheet_packed: 512 << 20,
            sheet_unpacked: 2 << 30,
            sheet_ratio: 200,
            sheet_rows: 1 << 20,
            json_records: 1_000,
            block: 1 << 20,
        }
    }
}
