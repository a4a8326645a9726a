//! Delimited text: rows of fields, in whatever dialect they were written.
//!
//! A row is looked at as a whole and again from its beginning where the window was too short, so
//! that fields can be handed on as they lie there. A row longer than the cap is passed over up to
//! the next line break; a quote that is never closed costs the line in which it was opened.

use charivari_model::Column;

use super::near;
use super::options::TableOptions;
use super::part::Part;
use super::report::{Dialect, Escape, RowFault, TableNote, Truncated};
use super::row::{Piece, RowBuffer};
use super::window::Window;
use crate::error::Result;

/// What a look at a row gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// A row of so many bytes, its line break included; whether the end of the text closed it, and
    /// whether text stood after a closing quote.
    Row { taken: usize, unended: bool, stray: bool },
    /// The row goes on behind the window.
    More,
    /// The text ends inside quotes.
    OpenQuote,
    /// There is nothing left.
    End,
}

/// Cuts the first row out of `text`; `at_end` says whether no more text follows.
pub(crate) fn cut_row(text: &str, at_end: bool, dialect: Dialect, row: &mut RowBuffer) -> Cut {
    row.clear();
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return if at_end { Cut::End } else { Cut::More };
    }
    let (mut at, mut stray) = (0, false);
    loop {
        let field = if bytes.get(at) == Some(&dialect.quote) {
            quoted(text, at + 1, at_end, dialect, row)
        } else {
            plain(text, at, dialect, row)
        };
        at = match field {
            Field::Ends(at) => at,
            Field::Strays(at) => {
                stray = true;
                at
            }
            Field::More if at_end => return Cut::OpenQuote,
            Field::More => return Cut::More,
        };
        match bytes.get(at) {
            Some(b'\n') => return Cut::Row { taken: at + 1, unended: false, stray },
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => {
                return Cut::Row { taken: at + 2, unended: false, stray };
            }
            Some(b'\r') if at + 1 < bytes.len() || at_end => {
                return Cut::Row { taken: at + 1, unended: false, stray };
            }
            Some(b'\r') => return Cut::More,
            // Anything else that ends a field is the delimiter.
            Some(_) => at += 1,
            None if at_end => return Cut::Row { taken: at, unended: true, stray },
            None => return Cut::More,
        }
    }
}

/// Where a field ends: at a delimiter, a line break or the end of the text.
enum Field {
    Ends(usize),
    /// Likewise, after text behind its closing quote.
    Strays(usize),
    /// Inside quotes the text ended.
    More,
}

/// A field without quotes that begins at `start`.
fn plain(text: &str, start: usize, dialect: Dialect, row: &mut RowBuffer) -> Field {
    let bytes = &text.as_bytes()[start..];
    let end = near::find([dialect.delimiter, b'\n', b'\r'], bytes).unwrap_or(bytes.len());
    let has_escape =
        dialect.escape == Escape::Backslash && memchr::memchr(b'\\', &bytes[..end]).is_some();
    if has_escape {
        return escaped(text, start, None, dialect, row);
    }
    row.pieces.push(Piece::Text(start..start + end));
    Field::Ends(start + end)
}

/// A field in quotes whose text begins at `start`.
fn quoted(text: &str, start: usize, at_end: bool, dialect: Dialect, row: &mut RowBuffer) -> Field {
    if dialect.escape == Escape::Backslash {
        return escaped(text, start, Some(dialect.quote), dialect, row);
    }
    let bytes = text.as_bytes();
    let (mut at, mut kept) = (start, start);
    let made = row.scratch.len();
    let mut is_made = false;
    loop {
        let Some(found) = memchr::memchr(dialect.quote, &bytes[at..]) else { return Field::More };
        let close = at + found;
        match bytes.get(close + 1) {
            Some(next) if *next == dialect.quote => {
                // Of two quotes the first one is text.
                row.scratch.push_str(&text[kept..=close]);
                is_made = true;
                (at, kept) = (close + 2, close + 2);
            }
            None if !at_end => return Field::More,
            _ => {
                if is_made {
                    row.scratch.push_str(&text[kept..close]);
                    row.made(made);
                } else {
                    row.pieces.push(Piece::Text(start..close));
                }
                return behind(text, close + 1, dialect, row);
            }
        }
    }
}

/// What follows a closing quote: the end of the field, or text that is kept with it.
fn behind(text: &str, at: usize, dialect: Dialect, row: &mut RowBuffer) -> Field {
    let bytes = &text.as_bytes()[at..];
    let length = near::find([dialect.delimiter, b'\n', b'\r'], bytes).unwrap_or(bytes.len());
    let stray = &text[at..at + length];
    if stray.trim_matches(' ').is_empty() {
        return Field::Ends(at + length);
    }
    let made = match row.pieces.pop() {
        Some(Piece::Text(range)) => {
            let made = row.scratch.len();
            row.scratch.push_str(&text[range]);
            made
        }
        Some(Piece::Made(range)) => range.start,
        _ => row.scratch.len(),
    };
    row.scratch.push_str(stray);
    row.made(made);
    Field::Strays(at + length)
}

/// A field with backslashes, in quotes or without; `\N` alone says that there is no value.
fn escaped(
    text: &str,
    start: usize,
    quote: Option<u8>,
    dialect: Dialect,
    row: &mut RowBuffer,
) -> Field {
    let bytes = text.as_bytes();
    let made = row.scratch.len();
    let (mut at, mut kept) = (start, start);
    let end = loop {
        let rest = &bytes[at..];
        let found = match quote {
            Some(quote) => memchr::memchr2(quote, b'\\', rest),
            None => {
                rest.iter().position(|byte| [dialect.delimiter, b'\n', b'\r', b'\\'].contains(byte))
            }
        };
        let Some(found) = found.map(|found| at + found) else {
            if quote.is_some() {
                return Field::More;
            }
            break bytes.len();
        };
        if bytes[found] != b'\\' {
            break found;
        }
        let is_mark =
            |next: &u8| [dialect.delimiter, dialect.quote, b'\n', b'\r', b'\\'].contains(next);
        match bytes.get(found + 1) {
            Some(next) if is_mark(next) => {
                row.scratch.push_str(&text[kept..found]);
                kept = found + 1;
                at = found + 2;
            }
            None if quote.is_some() => return Field::More,
            _ => at = found + 1,
        }
    };
    if quote.is_none() && &text[start..end] == "\\N" {
        row.pieces.push(Piece::Null);
        return Field::Ends(end);
    }
    row.scratch.push_str(&text[kept..end]);
    row.made(made);
    if quote.is_some() { behind(text, end + 1, dialect, row) } else { Field::Ends(end) }
}

/// Reads the table that the window holds.
///
/// # Errors
/// The part has too many tables, which one table never is.
pub(crate) fn read(window: &mut Window<'_>, dialect: Dialect, part: &mut Part<'_>) -> Result<()> {
    part.report.dialect = Some(dialect);
    let mut row = RowBuffer::default();
    let mut columns: Option<Vec<Column>> = None;
    loop {
        let cut = cut_row(window.rest(), window.is_whole(), dialect, &mut row);
        let offset = window.offset();
        let length = match cut {
            Cut::Row { taken, .. } => taken,
            _ => window.rest().len(),
        };
        // Where a row over the cap is cut must not depend on how much of it the window held.
        if length > part.options.limits.row {
            too_long(window, part, offset);
            continue;
        }
        match cut {
            Cut::End => break,
            Cut::More => {
                window.more();
            }
            Cut::OpenQuote => open_quote(window, part, offset),
            Cut::Row { taken, unended, stray } => {
                if is_empty_line(&row) {
                    part.note(TableNote::EmptyLine);
                } else if row.pieces.len() > part.options.table_limits.columns {
                    part.aside(RowFault::TooWide, None, offset);
                } else if let Some(columns) = &columns {
                    part.notes(TableNote::StrayText, u64::from(stray));
                    data_row(window, dialect, columns, unended, part, &mut row);
                } else {
                    let first = first_row(window.rest(), dialect, &row);
                    part.begin(None, &first)?;
                    columns = Some(first);
                    if !dialect.header {
                        continue;
                    }
                }
                window.pass(taken);
            }
        }
    }
    if part.report.tables.is_empty() {
        part.begin(None, &[])?;
    }
    Ok(())
}

/// A row with nothing in it at all.
fn is_empty_line(row: &RowBuffer) -> bool {
    matches!(row.pieces.as_slice(), [Piece::Text(at)] if at.is_empty())
}

/// The columns: named by the first row, or as many as it has.
fn first_row(text: &str, dialect: Dialect, row: &RowBuffer) -> Vec<Column> {
    let name = |piece: &Piece| match piece {
        _ if !dialect.header => String::new(),
        Piece::Text(at) | Piece::Number(at) => text[at.clone()].trim().to_owned(),
        Piece::Made(at) | Piece::MadeNumber(at) => row.scratch[at.clone()].trim().to_owned(),
        Piece::Null => String::new(),
    };
    row.pieces.iter().map(|piece| Column { name: name(piece), declared: None }).collect()
}

fn data_row(
    window: &Window<'_>,
    dialect: Dialect,
    columns: &[Column],
    unended: bool,
    part: &mut Part<'_>,
    row: &mut RowBuffer,
) {
    let offset = window.offset();
    let text = window.rest();
    if unended && row.pieces.len() < columns.len() {
        part.cut("a row");
        part.aside(RowFault::Cut, None, offset);
        return;
    }
    if dialect.header && is_named_as(columns, text, row) {
        part.note(TableNote::RepeatedHeader);
    } else {
        part.row(row, text, offset);
    }
}

/// Whether the row is the header again. Almost every row is told from it by its first value.
fn is_named_as(columns: &[Column], text: &str, row: &RowBuffer) -> bool {
    let mut pairs = row.pieces.iter().zip(columns);
    row.pieces.len() == columns.len()
        && pairs.all(|(piece, column)| {
            row.cell(piece, text).text().is_some_and(|text| text.trim() == column.name)
        })
}

/// Passes over a row that is longer than the cap, up to the next line break.
fn too_long(window: &mut Window<'_>, part: &mut Part<'_>, offset: u64) {
    part.aside(RowFault::TooLong, None, offset);
    skip_line(window, part);
}

/// Passes over text up to and with the next line break, in as little memory as a block takes.
fn skip_line(window: &mut Window<'_>, part: &mut Part<'_>) {
    loop {
        let text = window.rest();
        if let Some(at) = memchr::memchr2(b'\n', b'\r', text.as_bytes()) {
            return window.pass(at + 1);
        }
        window.pass(text.len());
        if !window.more() {
            part.cut("a row");
            return;
        }
    }
}

/// The end of the text stands inside quotes: the line in which they were opened is lost.
fn open_quote(window: &mut Window<'_>, part: &mut Part<'_>, offset: u64) {
    let text = window.rest();
    let line = memchr::memchr2(b'\n', b'\r', text.as_bytes());
    if line.is_none() || window.failure.is_some() {
        part.cut("a quoted field");
        part.aside(RowFault::Cut, None, offset);
        return window.pass(text.len());
    }
    part.aside(RowFault::OpenQuote, None, offset);
    window.pass(line.map_or(text.len(), |at| at + 1));
}

/// Says why the window ended early, where it did.
pub(crate) fn say_end(window: &Window<'_>, part: &mut Part<'_>) {
    if let Some(failure) = &window.failure {
        part.report.truncated = Some(Truncated::Unreadable(failure.to_string()));
    }
}

/// The delimiter and quote that the analyst named, where they did.
pub(crate) fn given(options: &TableOptions, mut dialect: Dialect) -> Dialect {
    dialect.delimiter = options.delimiter.unwrap_or(dialect.delimiter);
    dialect.quote = options.quote.unwrap_or(dialect.quote);
    dialect.escape = options.escape.unwrap_or(dialect.escape);
    dialect.header = options.header.unwrap_or(dialect.header);
    dialect
}
