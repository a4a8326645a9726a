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
}

/// The result of reading.
pub type Result<T> = std::result::Result<T, Error>;
