//! Dumps in SQL, row by row: never a tree of syntax, never a whole statement in memory.
//!
//! The beginning of a statement says which table and columns follow; after that one list of values
//! is looked at at a time. A list that is none costs itself: reading goes on at the next list or
//! statement. Columns come from the statement, else from `CREATE TABLE`, else they have no names.

mod copy;
mod create;
pub(crate) mod escape;
mod flavour;
mod head;
mod statement;
mod values;

use std::collections::BTreeMap;

use charivari_model::Column;

pub(crate) use flavour::flavour;

use super::part::Part;
use super::report::{RowFault, SqlFlavour, TableNote};
use super::row::RowBuffer;
use super::window::Window;
use crate::error::Result;
use head::{Head, Look};
use values::{Seen, Step, Tuple, skip_space};

/// Reads the dump that the window holds.
///
/// # Errors
/// It has more tables than the caps allow.
pub(crate) fn read(
    window: &mut Window<'_>,
    flavour: SqlFlavour,
    part: &mut Part<'_>,
) -> Result<()> {
    part.report.flavour = Some(flavour);
    let mut dump = Dump {
        backslashes: flavour.has_backslashes(),
        window,
        part,
        row: RowBuffer::default(),
        declared: BTreeMap::new(),
        last: String::new(),
    };
    while dump.statement()? {}
    Ok(())
}

/// What follows a list of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// A comma and another list, or the end of the statement.
    Comma,
    /// The bracket of a list.
    Open,
    /// Another statement.
    End,
}

/// A dump as it is read.
struct Dump<'d, 'w, 'p> {
    window: &'d mut Window<'w>,
    part: &'d mut Part<'p>,
    /// Whether a backslash escapes in plain strings.
    backslashes: bool,
    row: RowBuffer,
    /// The columns of tables that were declared.
    declared: BTreeMap<String, Vec<Column>>,
    /// The beginning of the last statement of rows, whose table still goes on: dumps of one row a
    /// statement repeat it.
    last: String,
}

impl Dump<'_, '_, '_> {
    /// Reads one statement; `false` at the end of the dump.
    fn statement(&mut self) -> Result<bool> {
        if !statement::skip_between(self.window, &mut self.backslashes, self.part) {
            return Ok(false);
        }
        if !self.last.is_empty() && self.window.rest().starts_with(&self.last) {
            self.window.pass(self.last.len());
            self.lists();
            return Ok(true);
        }
        let (text, _) = self.window.row(self.part.options.limits.row);
        let (head, taken) = match head::look(text) {
            Look::At(head, taken) => (head, taken),
            Look::More if text.len() > self.part.options.limits.row => (Head::Other, 0),
            Look::More if self.window.more() => return Ok(true),
            Look::More => (Head::Other, 0),
        };
        self.begin(head, taken)?;
        Ok(true)
    }

    /// Reads on behind the beginning of a statement.
    fn begin(&mut self, head: Head, taken: usize) -> Result<()> {
        match head {
            Head::Insert { table, columns } => {
                let known = self.columns(&table, columns);
                if let Some(columns) = &known {
                    self.part.begin(Some(&table), columns)?;
                    self.last = self.window.rest()[..taken].to_owned();
                } else {
                    self.last.clear();
                }
                self.window.pass(taken);
                if known.is_none() && !self.unnamed(&table)? {
                    return Ok(());
                }
                self.lists();
            }
            Head::Copy { table, columns } => {
                self.last.clear();
                let known = self.columns(&table, columns);
                self.window.pass(taken);
                let columns = match known {
                    Some(columns) => columns,
                    None => vec![Column::default(); self.width_of_line()],
                };
                self.part.begin(Some(&table), &columns)?;
                copy::read(self.window, self.part, &mut self.row);
            }
            Head::Create { table, inside } => {
                let most = self.part.options.table_limits.columns;
                let columns = create::columns(&self.window.rest()[inside], most);
                if self.declared.len() < self.part.options.table_limits.tables {
                    self.declared.insert(table, columns);
                }
                self.window.pass(taken);
                self.rest_of_statement();
            }
            Head::FromQuery => {
                self.part.note(TableNote::InsertFromQuery);
                self.rest_of_statement();
            }
            Head::Other => {
                self.part.note(TableNote::OtherStatement);
                self.rest_of_statement();
            }
        }
        Ok(())
    }

    /// The columns of a statement: its own, with the types that were declared, or the declared ones.
    fn columns(&self, table: &str, names: Option<Vec<String>>) -> Option<Vec<Column>> {
        let declared = self.declared.get(table).or_else(|| {
            // A dump may name the schema in one place and leave it out in another.
            let bare = table.rsplit('.').next().unwrap_or(table);
            let mut same =
                self.declared.iter().filter(|(name, _)| name.rsplit('.').next() == Some(bare));
            same.next().map(|(_, columns)| columns)
        });
        let Some(names) = names else { return declared.cloned() };
        let declared_as = |name: &str| {
            let column = declared?.iter().find(|column| column.name == name)?;
            column.declared.clone()
        };
        Some(names.into_iter().map(|name| Column { declared: declared_as(&name), name }).collect())
    }

    /// Begins a table whose columns nobody names: they are as many as its first row has values.
    fn unnamed(&mut self, table: &str) -> Result<bool> {
        let cap = self.part.options.limits.row;
        loop {
            let backslashes = self.backslashes;
            let (text, _) = self.window.row(cap);
            let mut tuple = Tuple { text, backslashes, row: &mut self.row, seen: Seen::default() };
            let width = match tuple.read(0) {
                Step::More if text.len() <= cap && !self.window.is_whole() => {
                    self.window.more();
                    continue;
                }
                Step::At(_) => self.row.pieces.len(),
                // Some list after this one may tell; until then the table has no columns.
                _ => 0,
            };
            let width = width.min(self.part.options.table_limits.columns);
            self.part.begin(Some(table), &vec![Column::default(); width])?;
            return Ok(true);
        }
    }

    /// How many fields the next line has.
    fn width_of_line(&mut self) -> usize {
        while !self.window.rest().contains('\n')
            && self.window.rest().len() <= self.part.options.limits.row
            && self.window.more()
        {}
        let line = self.window.rest().lines().next().unwrap_or_default();
        if line == "\\." { 0 } else { line.split('\t').count() }
    }

    /// Reads lists of values up to the end of the statement.
    fn lists(&mut self) {
        let mut after = After::Open;
        loop {
            let text = self.window.rest();
            let at = skip_space(text.as_bytes(), 0);
            let next = text.as_bytes().get(at).copied();
            after = match (next, after) {
                (None, _) if self.window.more() => after,
                (None, _) => {
                    // What has no semicolon at the end of a dump may be all there is.
                    if after == After::Open || self.row.pieces.is_empty() {
                        self.part.cut("a statement");
                    }
                    return;
                }
                (Some(b'('), After::Open) => {
                    self.window.pass(at);
                    self.list()
                }
                (Some(_), After::Open) => {
                    self.window.pass(at);
                    self.resynchronise(RowFault::BrokenTuple, 0)
                }
                (Some(b','), _) => {
                    self.window.pass(at + 1);
                    After::Open
                }
                (Some(b';'), _) => return self.window.pass(at + 1),
                // A clause that begins here, or the next statement where nothing ends this one.
                (Some(_), _) => {
                    self.window.pass(at);
                    if !statement::begins(self.window) {
                        self.rest_of_statement();
                    }
                    return;
                }
            };
            if after == After::End {
                return;
            }
        }
    }

    /// Reads the list that the window begins with.
    fn list(&mut self) -> After {
        let cap = self.part.options.limits.row;
        loop {
            let backslashes = self.backslashes;
            let (text, _) = self.window.row(cap);
            let mut tuple = Tuple { text, backslashes, row: &mut self.row, seen: Seen::default() };
            let step = tuple.read(0);
            let seen = tuple.seen;
            match step {
                Step::At(end) if end <= cap => {
                    self.keep(seen);
                    self.window.pass(end);
                    return After::Comma;
                }
                Step::More if text.len() <= cap => {
                    if !self.window.more() {
                        self.part.aside(RowFault::Cut, None, self.window.offset());
                        self.part.cut("a row");
                        self.window.pass(self.window.rest().len());
                        return After::End;
                    }
                }
                Step::Broken => return self.resynchronise(RowFault::BrokenTuple, 1),
                Step::At(_) | Step::More => return self.resynchronise(RowFault::TooLong, cap),
            }
        }
    }

    /// Hands the list on.
    fn keep(&mut self, seen: Seen) {
        let offset = self.window.offset();
        self.part.notes(TableNote::Binary, seen.binary);
        self.part.notes(TableNote::Expression, seen.expressions);
        if self.row.pieces.len() > self.part.options.table_limits.columns {
            self.part.aside(RowFault::TooWide, None, offset);
        } else {
            self.part.row(&mut self.row, self.window.rest(), offset);
        }
    }

    /// Sets a list aside and goes on at the next list or statement behind its first bytes.
    fn resynchronise(&mut self, code: RowFault, passed: usize) -> After {
        self.part.aside(code, None, self.window.offset());
        let text = self.window.rest();
        let passed = (passed..=text.len()).find(|at| text.is_char_boundary(*at));
        self.window.pass(passed.unwrap_or(text.len()));
        statement::next_list(self.window, self.part)
    }

    /// Passes over a statement up to its end.
    fn rest_of_statement(&mut self) {
        statement::skip(self.window, self.part, &mut self.backslashes);
    }
}
