//! Tables as they pass: rows of named columns, whatever kind of file they came from.
//!
//! A reader of tables pushes into a [`RowSink`]; an analyser of columns is one. Neither knows the
//! other, and no row is kept by either longer than it needs it.

/// One value of a row, decoded and unescaped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cell<'a> {
    /// The row has no such field, or the file says that there is no value: `NULL` of SQL, `null` of
    /// JSON, an empty cell of a spreadsheet. An empty field of CSV is empty text.
    #[default]
    Null,
    /// Text, and everything in files that mark nothing else.
    Text(&'a str),
    /// A number, as it is written; only where the file marks it as one.
    Number(&'a str),
}

impl<'a> Cell<'a> {
    /// The value as text; nothing where there is none.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Self::Null => None,
            Self::Text(text) | Self::Number(text) => Some(text),
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its name; empty where the file gives none.
    pub name: String,
    /// The type that the file declares, as in `varchar(120)`; only dumps do.
    pub declared: Option<String>,
}

/// What is known of a table before its first row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableHead {
    /// The number of the input among those given, from 0.
    pub input: u32,
    /// The file, and the member of an archive, as messages name it.
    pub file: String,
    /// The table's own name: in a dump, or the sheet of a spreadsheet.
    pub name: Option<String>,
    /// The columns, in order.
    pub columns: Vec<Column>,
}

/// Takes tables row by row.
pub trait RowSink {
    /// A table begins, or goes on: dumps may take up a table again, and then say the same head.
    fn table(&mut self, head: &TableHead);

    /// A row of the table that began last.
    ///
    /// `number` counts the table's rows in its file from 1, set-aside ones included. `cells` are as
    /// many as the columns: what a row has too much or too little was reported by the reader.
    fn row(&mut self, number: u64, cells: &[Cell<'_>]);
}
