//! What is said about tables once they were read: never a value of a row.

use std::collections::BTreeMap;

use charivari_model::{Column, InputFile};

/// What one part of the inputs turned out to be and to hold.
#[derive(Clone, Debug)]
pub struct TablesReport {
    /// The number of the input among those given, from 0.
    pub input: u32,
    /// The file it came from, with the digest of its bytes as they lie there.
    pub file: InputFile,
    /// The name of the member, where the file is an archive.
    pub member: Option<String>,
    /// The kind of file.
    pub format: TableFormat,
    /// How fields are told apart, in delimited text.
    pub dialect: Option<Dialect>,
    /// Whose dump it is, where it is one.
    pub flavour: Option<SqlFlavour>,
    /// How bytes became text; nothing for spreadsheets, which say it themselves.
    pub encoding: Option<EncodingFound>,
    /// Bytes of this part once unpacked.
    pub bytes: u64,
    /// The tables in the order in which they began.
    pub tables: Vec<TableFound>,
    /// Rows set aside, by code: all of them are counted.
    pub set_aside: BTreeMap<RowFault, u64>,
    /// The first [`crate::MAX_ASIDE`] rows set aside.
    pub aside: Vec<RowAside>,
    /// Whether the part ends in the middle of something, or could not be read to its end.
    pub truncated: Option<Truncated>,
    /// Things worth telling about the rows that were kept, with how often.
    pub notes: BTreeMap<TableNote, u64>,
}

impl TablesReport {
    /// Rows handed on, of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// The name for messages: the file's, and after `!` the member's for archives.
    pub fn name(&self) -> String {
        match &self.member {
            Some(member) => format!("{}!{member}", self.file.name),
            None => self.file.name.clone(),
        }
    }
}

/// The kinds of files that hold tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TableFormat {
    /// Rows of fields with a delimiter.
    Delimited,
    /// JSON with several records in arrays.
    Json,
    /// One JSON value a line.
    JsonLines,
    /// Statements of a database dump.
    Sql,
    /// Office Open XML: XLSX and XLSM.
    Xlsx,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// Excel 97 to 2003.
    Xls,
}

impl TableFormat {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delimited => "delimited",
            Self::Json => "json",
            Self::JsonLines => "json-lines",
            Self::Sql => "sql",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Xls => "xls",
        }
    }
}

/// How the fields of delimited text are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The byte between fields.
    pub delimiter: u8,
    /// The byte around fields that hold delimiters.
    pub quote: u8,
    /// How a quote stands inside a quoted field.
    pub escape: Escape,
    /// Whether the first row names the columns.
    pub header: bool,
}

/// Whose dump it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlFlavour {
    /// `MySQL` or `MariaDB`: backslashes escape.
    MySql,
    /// `PostgreSQL`.
    PostgreSql,
    /// `SQLite`.
    Sqlite,
    /// SQL Server.
    SqlServer,
    /// Nothing tells; quotes are doubled and backslashes are text.
    Other,
}

/// How a quote stands inside a quoted field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// It stands twice.
    Doubled,
    /// A backslash stands before it.
    Backslash,
}

/// How bytes became text, and why so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodingFound {
    /// The name of the encoding.
    pub name: &'static str,
    /// How it was decided.
    pub decided: EncodingDecision,
    /// The encoding of words that are not valid in the first one, where there are such.
    pub fallback: Option<&'static str>,
    /// Bytes that were decoded by the fallback, or replaced because nothing decodes them.
    pub replaced: u64,
}

/// How an encoding was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodingDecision {
    /// The analyst named it.
    Given,
    /// A byte order mark stands at the beginning.
    Mark,
    /// The beginning is valid in it, and hardly any other text is.
    Valid,
    /// Some words are valid in it and some are not: the file is mixed.
    Mixed,
    /// A guess from the bytes that are not ASCII, or from where the zeros stand.
    Guess,
}

/// One table of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableFound {
    /// Its name, where the file gives one.
    pub name: Option<String>,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Rows handed on.
    pub rows: u64,
    /// Rows set aside.
    pub set_aside: u64,
    /// Rows passed over because another table was asked for.
    pub passed_over: u64,
}

/// A row that was set aside: where, and why, but not what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowAside {
    /// The place of its table in [`TablesReport::tables`], where it has one.
    pub table: Option<usize>,
    /// Its number in the table, from 1; 0 where it has none.
    pub row: u64,
    /// How many bytes of text stand before it, once unpacked and decoded; in a sheet the number of
    /// its row there.
    pub offset: u64,
    /// The number of the column at fault, from 1, where it is one.
    pub column: Option<u32>,
    /// What is wrong.
    pub code: RowFault,
}

/// Why a row was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RowFault {
    /// It is longer than the cap.
    TooLong,
    /// It has more values than the table has columns.
    TooManyValues,
    /// A quote is opened and never closed.
    OpenQuote,
    /// A row of a dump that is no list of values.
    BrokenTuple,
    /// The file ends in the middle of it.
    Cut,
    /// A line or element is not valid JSON.
    MalformedJson,
    /// A JSON value is no object and no list of values.
    NoRecord,
    /// It has more values than any table may have columns.
    TooWide,
    /// It stands after the last row of a sheet that is read.
    BeyondLastRow,
}

impl RowFault {
    /// Every code, in the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::TooLong,
        Self::TooManyValues,
        Self::OpenQuote,
        Self::BrokenTuple,
        Self::Cut,
        Self::MalformedJson,
        Self::NoRecord,
        Self::TooWide,
        Self::BeyondLastRow,
    ];

    /// The stable code, such as `E0231`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooLong => "E0230",
            Self::TooManyValues => "E0231",
            Self::OpenQuote => "E0232",
            Self::BrokenTuple => "E0233",
            Self::Cut => "E0234",
            Self::MalformedJson => "E0235",
            Self::NoRecord => "E0236",
            Self::TooWide => "E0237",
            Self::BeyondLastRow => "E0238",
        }
    }

    /// What is wrong, in a few words.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::TooLong => "a row longer than the cap",
            Self::TooManyValues => "more values than columns",
            Self::OpenQuote => "a quote that is never closed",
            Self::BrokenTuple => "no list of values",
            Self::Cut => "the file ends in the middle of the row",
            Self::MalformedJson => "not valid JSON",
            Self::NoRecord => "a JSON value that is no record",
            Self::TooWide => "more values than any table may have columns",
            Self::BeyondLastRow => "a row after the last one that is read",
        }
    }
}

/// Where a part stops before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truncated {
    /// It ends in the middle of a row, a value, a statement or a document.
    InTheMiddle(&'static str),
    /// It could not be read on, for the reason given.
    Unreadable(String),
}

/// Something about rows that were kept, or about the part as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TableNote {
    /// A row had fewer values than columns; the others are `Null`.
    ShortRow,
    /// A row had empty values beyond the last column.
    TrailingEmpty,
    /// An empty line was passed over.
    EmptyLine,
    /// Text stood after a closing quote and was kept with it.
    StrayText,
    /// The header stood again inside the table and was passed over.
    RepeatedHeader,
    /// A zero byte stands in the text.
    ZeroByte,
    /// The table has one column only, so that nothing told the delimiter.
    OneColumn,
    /// A record had a key that no column has; its value was not handed on.
    LateKey,
    /// A record had one key twice; the last value was kept.
    RepeatedKey,
    /// A value was a formula; its stored result was taken.
    Formula,
    /// A cell holds an error such as a division by zero; it became `Null`.
    ErrorCell,
    /// A sheet without cells.
    EmptySheet,
    /// A statement that holds no rows of a table.
    OtherStatement,
    /// A statement that inserts from a query, so that its rows are elsewhere.
    InsertFromQuery,
    /// A value of a dump is an expression; its text was taken as it stands.
    Expression,
    /// A binary value; it was handed on as hexadecimal digits.
    Binary,
    /// The dump switches backslash escapes off.
    NoBackslashEscapes,
    /// A row of a table that was not asked for.
    PassedOver,
    /// A member of an archive that is empty.
    EmptyMember,
    /// A member of an archive that holds no table.
    OtherMember,
    /// A record of JSON nests deeper than is flattened; the rest is JSON text.
    DeepValue,
}
