//! What makes an input unusable as a whole. Nothing has been written when one of these is met.

use thiserror::Error;

/// A fault that stops a run. Each has a stable code, says what was met and what to do.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is not there or may not be read.
    #[error("E0101: cannot read {input}: {source}; check the path and its permissions")]
    Unreadable {
        /// The input's name.
        input: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// No format recognises the content.
    #[error(
        "E0102: the content of {input} is of no known format (met {met}); name the columns with \
         --columns account=…,post=…,time=…, or the format with --format"
    )]
    Unrecognised {
        /// The input's name.
        input: String,
        /// What its beginning looks like.
        met: String,
    },
    /// Compressed data is damaged or ends early before anything could be recognised.
    #[error("E0103: {input} is damaged or cut: {source}; fetch the file again")]
    Damaged {
        /// The input's name.
        input: String,
        /// What the decoder said.
        source: std::io::Error,
    },
    /// Compressed data unpacks to more than the cap allows.
    #[error("E0104: {input} unpacks to more than {limit}; if it is genuine, unpack it yourself")]
    Bomb {
        /// The input's name.
        input: String,
        /// The cap that was met, in words.
        limit: String,
    },
    /// A column without which nothing can be read is missing.
    #[error(
        "E0105: {input} has no column for the {field} (columns met: {met}); name it with \
         --columns {field}=NAME"
    )]
    MissingColumn {
        /// The input's name.
        input: String,
        /// The field that no column holds.
        field: &'static str,
        /// The columns that are there.
        met: String,
    },
    /// A format was named that does not exist.
    #[error("E0106: there is no format {met}; the formats are {known}")]
    UnknownFormat {
        /// The name given.
        met: String,
        /// All names.
        known: String,
    },
    /// A Parquet file cannot be read.
    #[error("E0107: {input} is not a readable Parquet file: {met}; write it again")]
    Parquet {
        /// The input's name.
        input: String,
        /// What the reader said.
        met: String,
    },
    /// `--columns` names a field or a column that does not exist.
    #[error("E0108: --columns {met}: {expected}")]
    Columns {
        /// The pair as given.
        met: String,
        /// What would have been understood.
        expected: String,
    },
    /// The file is empty.
    #[error("E0109: {input} is empty")]
    Empty {
        /// The input's name.
        input: String,
    },
    /// An archive holds nothing that could be read.
    #[error("E0110: the archive {input} cannot be read: {met}")]
    Archive {
        /// The archive's name.
        input: String,
        /// What is wrong with it.
        met: String,
    },
    /// The parts of a run do not fit the column tables that carry them.
    #[error("E0111: {input} does not fit its table: {met}")]
    Table {
        /// The input's name.
        input: String,
        /// What the table said.
        met: String,
    },
    /// The content holds no table that is read.
    #[error(
        "E0120: no table was recognised in {input} (met {met}); expected delimited text, JSON, a \
         dump in SQL or a spreadsheet: convert it to one of those"
    )]
    NoTable {
        /// The input's name.
        input: String,
        /// What its beginning looks like.
        met: String,
    },
    /// A spreadsheet would take more memory than the caps allow.
    #[error("E0121: the spreadsheet {input} is refused: {met}; export it as CSV if it is genuine")]
    SheetBomb {
        /// The input's name.
        input: String,
        /// The cap that was met, in words.
        met: String,
    },
    /// A spreadsheet is damaged, or is not what it claims to be.
    #[error("E0122: the spreadsheet {input} cannot be read: {met}; save it again, or as CSV")]
    SheetDamaged {
        /// The input's name.
        input: String,
        /// What is wrong with it.
        met: String,
    },
    /// A spreadsheet or an archive is locked with a password.
    #[error("E0123: {input} is locked with a password; unlock it and hand in what is inside")]
    Locked {
        /// The input's name.
        input: String,
    },
    /// A 7z archive that is packed in a way that is not read.
    #[error("E0124: the 7z archive {input} is not read: {met}; unpack it yourself")]
    SevenZ {
        /// The archive's name.
        input: String,
        /// Why it is not read.
        met: String,
    },
    /// A part claims more tables than are told apart.
    #[error("E0126: {input} has {met}; split it, or ask for single tables")]
    TablesTooMany {
        /// The input's name.
        input: String,
        /// How many.
        met: String,
    },
    /// Tables were asked for by name and none of that name is there.
    #[error("E0127: no table is named {wanted}; the tables are {met}")]
    NoSuchTable {
        /// The names that were asked for.
        wanted: String,
        /// The names that are there.
        met: String,
    },
}

/// The result of reading.
pub type Result<T> = std::result::Result<T, Error>;
