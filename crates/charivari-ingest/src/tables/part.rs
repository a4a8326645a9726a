//! One part of the inputs as it is read: hands rows on and counts what is said of them.

use std::collections::BTreeMap;

use charivari_model::{Cell, Column, InputFile, RowSink, TableHead};

use super::options::TableOptions;
use super::report::{
    RowAside, RowFault, TableFormat, TableFound, TableNote, TablesReport, Truncated,
};
use super::row::{Piece, RowBuffer};
use crate::error::{Error, Result};
use crate::read::MAX_ASIDE;

/// The report of a part in the making, and the sink of its rows.
pub(crate) struct Part<'p> {
    pub(crate) report: TablesReport,
    pub(crate) options: &'p TableOptions,
    sink: &'p mut dyn RowSink,
    /// The table that rows belong to, as a place in the report.
    current: Option<usize>,
    wanted: bool,
}

impl<'p> Part<'p> {
    pub(crate) fn new(
        input: u32,
        name: &str,
        member: Option<&str>,
        options: &'p TableOptions,
        sink: &'p mut dyn RowSink,
    ) -> Self {
        let file = InputFile { name: name.to_owned(), sha256: String::new(), bytes: 0 };
        let report = TablesReport {
            input,
            file,
            member: member.map(str::to_owned),
            format: TableFormat::Delimited,
            dialect: None,
            flavour: None,
            encoding: None,
            bytes: 0,
            tables: Vec::new(),
            set_aside: BTreeMap::new(),
            aside: Vec::new(),
            truncated: None,
            notes: BTreeMap::new(),
        };
        Self { report, options, sink, current: None, wanted: true }
    }

    /// The name for messages.
    pub(crate) fn name(&self) -> String {
        self.report.name()
    }

    /// A table begins, or goes on: one of the same name and columns is the same table.
    pub(crate) fn begin(&mut self, name: Option<&str>, columns: &[Column]) -> Result<()> {
        let is_same =
            |table: &TableFound| table.name.as_deref() == name && table.columns == columns;
        if self.current.is_some_and(|at| is_same(&self.report.tables[at])) {
            return Ok(());
        }
        let known = self.report.tables.iter().position(is_same);
        let at = known.unwrap_or(self.report.tables.len());
        if known.is_none() {
            if at >= self.options.table_limits.tables {
                let met = format!("more than {at} tables");
                return Err(Error::TablesTooMany { input: self.name(), met });
            }
            let (name, columns) = (name.map(str::to_owned), columns.to_vec());
            self.report.tables.push(TableFound { name, columns, ..TableFound::default() });
        }
        self.current = Some(at);
        self.wanted = self.options.wants(name);
        if self.wanted {
            self.sink.table(&TableHead {
                input: self.report.input,
                file: self.name(),
                name: name.map(str::to_owned),
                columns: columns.to_vec(),
            });
        }
        Ok(())
    }

    /// How many columns the table has.
    pub(crate) fn width(&self) -> usize {
        self.table().map_or(0, |table| table.columns.len())
    }

    /// The table that rows belong to.
    pub(crate) fn table(&self) -> Option<&TableFound> {
        self.current.and_then(|at| self.report.tables.get(at))
    }

    /// Hands a row on whose values lie in `buffer` and `text`, filled up to the columns.
    pub(crate) fn row(&mut self, buffer: &mut RowBuffer, text: &str, offset: u64) {
        let width = self.width();
        if buffer.pieces.len() < width {
            self.note(TableNote::ShortRow);
            buffer.pieces.resize(width, Piece::Null);
        } else if buffer.pieces.len() > width {
            let is_empty = |piece: &Piece| match piece {
                Piece::Null => true,
                Piece::Text(at) | Piece::Made(at) => at.is_empty(),
                Piece::Number(_) | Piece::MadeNumber(_) => false,
            };
            if !buffer.pieces[width..].iter().all(is_empty) {
                self.aside(RowFault::TooManyValues, Some(width as u32 + 1), offset);
                return;
            }
            self.note(TableNote::TrailingEmpty);
            buffer.pieces.truncate(width);
        }
        buffer.with_cells(text, |cells| self.hand(cells));
    }

    /// Hands a row on that has as many cells as the table has columns.
    pub(crate) fn hand(&mut self, cells: &[Cell<'_>]) {
        let Some(table) = self.current.and_then(|at| self.report.tables.get_mut(at)) else {
            return;
        };
        if self.wanted {
            table.rows += 1;
            self.sink.row(table.rows + table.set_aside, cells);
        } else {
            table.passed_over += 1;
        }
    }

    /// Sets a row of the table aside.
    pub(crate) fn aside(&mut self, code: RowFault, column: Option<u32>, offset: u64) {
        let table = self.current.and_then(|at| self.report.tables.get_mut(at));
        let row = table.map_or(0, |table| {
            table.set_aside += 1;
            table.rows + table.set_aside + table.passed_over
        });
        *self.report.set_aside.entry(code).or_default() += 1;
        if self.report.aside.len() < MAX_ASIDE {
            let aside = RowAside { table: self.current, row, offset, column, code };
            self.report.aside.push(aside);
        }
    }

    /// Counts something worth telling.
    pub(crate) fn note(&mut self, note: TableNote) {
        self.notes(note, 1);
    }

    /// Counts something worth telling `count` times.
    pub(crate) fn notes(&mut self, note: TableNote, count: u64) {
        if count > 0 {
            *self.report.notes.entry(note).or_default() += count;
        }
    }

    /// The part ends in the middle of something; the first reason stands.
    pub(crate) fn cut(&mut self, what: &'static str) {
        self.report.truncated.get_or_insert(Truncated::InTheMiddle(what));
    }
}
