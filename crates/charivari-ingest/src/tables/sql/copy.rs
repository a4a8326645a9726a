//! The lines that follow `PostgreSQL`'s `COPY … FROM stdin`.

use super::escape::{self, Escapes};
use crate::tables::near;
use crate::tables::part::Part;
use crate::tables::report::RowFault;
use crate::tables::row::{Piece, RowBuffer};
use crate::tables::window::Window;

/// Reads lines up to `\.`; at the end of the input the dump is cut.
pub(crate) fn read(window: &mut Window<'_>, part: &mut Part<'_>, row: &mut RowBuffer) {
    let cap = part.options.limits.row;
    loop {
        let text = window.rest();
        let Some(end) = memchr::memchr(b'\n', text.as_bytes()) else {
            if text.len() > cap {
                part.aside(RowFault::TooLong, None, window.offset());
                skip_line(window, part);
            } else if !window.more() {
                at_end(window, part);
                return;
            }
            continue;
        };
        let line = text[..end].strip_suffix('\r').unwrap_or(&text[..end]);
        if line == "\\." {
            return window.pass(end + 1);
        }
        if end > cap {
            part.aside(RowFault::TooLong, None, window.offset());
        } else {
            cut_line(line, row);
            part.row(row, line, window.offset());
        }
        window.pass(end + 1);
    }
}

/// What stands before the end of a dump that is cut.
fn at_end(window: &mut Window<'_>, part: &mut Part<'_>) {
    let rest = window.rest();
    if rest == "\\." {
        return window.pass(2);
    }
    part.cut("the lines of a COPY");
    if !rest.is_empty() {
        part.aside(RowFault::Cut, None, window.offset());
        window.pass(rest.len());
    }
}

/// Passes over a line that is longer than the cap.
fn skip_line(window: &mut Window<'_>, part: &mut Part<'_>) {
    loop {
        let text = window.rest();
        if let Some(at) = memchr::memchr(b'\n', text.as_bytes()) {
            return window.pass(at + 1);
        }
        window.pass(text.len());
        if !window.more() {
            return part.cut("a row");
        }
    }
}

/// The fields of a line.
fn cut_line(line: &str, row: &mut RowBuffer) {
    row.clear();
    let bytes = line.as_bytes();
    let mut start = 0;
    loop {
        let rest = &bytes[start..];
        let found = near::find([b'\t', b'\\'], rest).map_or(bytes.len(), |at| start + at);
        let end = if bytes.get(found) == Some(&b'\\') {
            escaped(line, start, row)
        } else {
            row.pieces.push(Piece::Text(start..found));
            found
        };
        if end >= bytes.len() {
            return;
        }
        start = end + 1;
    }
}

/// A field with backslashes; where it ends.
fn escaped(line: &str, start: usize, row: &mut RowBuffer) -> usize {
    let bytes = line.as_bytes();
    let end = memchr::memchr(b'\t', &bytes[start..]).map_or(bytes.len(), |at| start + at);
    let field = &line[start..end];
    if field == "\\N" {
        row.pieces.push(Piece::Null);
        return end;
    }
    let made = row.scratch.len();
    let mut rest = field;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        row.scratch.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // The end of the field ends the digits of an escape as well.
        let taken = escape::undo(rest, Escapes::PostgreSql, &mut row.scratch);
        let whole = || {
            let mut out = String::new();
            escape::undo(&format!("{rest} "), Escapes::PostgreSql, &mut out)
                .map(|taken| (taken, out))
        };
        let taken = taken.unwrap_or_else(|| match whole() {
            Some((taken, out)) => {
                row.scratch.push_str(&out);
                taken
            }
            None => 0,
        });
        rest = rest.get(taken..).unwrap_or_default();
    }
    row.scratch.push_str(rest);
    row.made(made);
    end
}
