//! JSON as tables: records one a line, or in the arrays of a document.
//!
//! An object is a row. Objects inside it are flattened (`address.city`), arrays stay JSON text. The
//! columns are all keys of the first records, in the order in which they came; keys that come later
//! are counted and not handed on.

mod columns;
mod value;

use super::part::Part;
use super::report::{RowFault, TableFormat};
use super::window::Window;
use crate::error::Result;
use columns::Table;
use value::{End, skip_space, string_end, value_end};

/// Reads the JSON that the window holds.
///
/// # Errors
/// It has more tables than the caps allow.
pub(crate) fn read(window: &mut Window<'_>, by_line: bool, part: &mut Part<'_>) -> Result<()> {
    if part.report.format == TableFormat::JsonLines {
        lines(window, by_line, part)
    } else {
        Document { window, path: Vec::new(), open: Vec::new(), table: None }.read(part)
    }
}

/// Records that follow each other; each on its own line where `by_line`.
fn lines(window: &mut Window<'_>, by_line: bool, part: &mut Part<'_>) -> Result<()> {
    let cap = part.options.limits.row;
    let mut table = Table::new(None);
    loop {
        let offset = window.offset();
        let (text, whole) = window.row(cap);
        let start = skip_space(text.as_bytes(), 0);
        if start > 0 {
            window.pass(start);
            continue;
        }
        let end = if by_line { line_end(text, whole) } else { value_end(text, 0, whole) };
        match end {
            End::More if text.is_empty() && whole => break,
            End::More if text.len() <= cap && !whole => {
                window.more();
            }
            End::At(end) if end <= cap => {
                let record = text[..end].trim_end();
                // A line that ends in a line break is whole, whatever it holds.
                let is_cut = by_line && !text[..end].ends_with('\n') && !table.is_record(record);
                if is_cut && value_end(record, 0, false) == End::More {
                    table.flush(part)?;
                    part.aside(RowFault::Cut, None, offset);
                    part.cut("a record");
                } else {
                    table.record(record, offset, part)?;
                }
                window.pass(end);
            }
            End::More if text.len() <= cap => {
                table.flush(part)?;
                part.aside(RowFault::Cut, None, offset);
                part.cut("a record");
                window.pass(text.len());
            }
            End::Broken => {
                table.flush(part)?;
                part.aside(RowFault::MalformedJson, None, offset);
                skip_line(window);
            }
            End::At(_) | End::More => {
                table.flush(part)?;
                part.aside(RowFault::TooLong, None, offset);
                skip_line(window);
            }
        }
    }
    table.flush(part)
}

fn line_end(text: &str, whole: bool) -> End {
    match memchr::memchr(b'\n', text.as_bytes()) {
        Some(at) => End::At(at + 1),
        None if whole && !text.is_empty() => End::At(text.len()),
        None => End::More,
    }
}

/// Passes over text up to and with the next line break.
fn skip_line(window: &mut Window<'_>) {
    loop {
        let text = window.rest();
        if let Some(at) = memchr::memchr(b'\n', text.as_bytes()) {
            return window.pass(at + 1);
        }
        window.pass(text.len());
        if !window.more() {
            return;
        }
    }
}

/// What the walk through a document is inside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Object,
    Array,
}

/// A document whose arrays are tables, named by the keys that lead to them.
struct Document<'d, 'w> {
    window: &'d mut Window<'w>,
    path: Vec<String>,
    open: Vec<Open>,
    table: Option<Table>,
}

/// Objects around arrays deeper than this are no document of tables.
const MAX_OPEN: usize = 32;

impl Document<'_, '_> {
    fn read(mut self, part: &mut Part<'_>) -> Result<()> {
        loop {
            let at = skip_space(self.window.rest().as_bytes(), 0);
            if at > 0 {
                self.window.pass(at);
                continue;
            }
            let Some(next) = self.window.rest().as_bytes().first().copied() else {
                if self.window.more() {
                    continue;
                }
                break;
            };
            match (self.open.last(), next) {
                (_, b',') => self.window.pass(1),
                (Some(Open::Array), b']') | (Some(Open::Object), b'}') => self.close(part)?,
                (Some(Open::Array), _) => self.element(part)?,
                (Some(Open::Object), b'"') => self.member(part)?,
                (None, b'[') => self.enter(Open::Array),
                (None, b'{') => self.enter(Open::Object),
                _ => self.damage(RowFault::MalformedJson, 1, part)?,
            }
        }
        if let Some(table) = &mut self.table {
            table.flush(part)?;
        }
        if !self.open.is_empty() {
            part.cut("a document");
        }
        Ok(())
    }

    /// Enters what the window begins with.
    fn enter(&mut self, open: Open) {
        self.window.pass(1);
        self.open.push(open);
        if open == Open::Array {
            let name = self.path.join(".");
            self.table = Some(Table::new((!name.is_empty()).then_some(name)));
        }
    }

    fn close(&mut self, part: &mut Part<'_>) -> Result<()> {
        self.window.pass(1);
        self.open.pop();
        self.path.pop();
        match self.table.take() {
            Some(mut table) => table.flush(part),
            None => Ok(()),
        }
    }

    /// A record.
    fn element(&mut self, part: &mut Part<'_>) -> Result<()> {
        let cap = part.options.limits.row;
        let offset = self.window.offset();
        let (text, whole) = self.window.row(cap);
        match value_end(text, 0, whole) {
            End::At(end) if end <= cap => {
                if let Some(table) = &mut self.table {
                    table.record(&text[..end], offset, part)?;
                }
                self.window.pass(end);
                Ok(())
            }
            End::More if text.len() <= cap => {
                if self.window.more() {
                    return Ok(());
                }
                if let Some(table) = &mut self.table {
                    table.flush(part)?;
                }
                part.aside(RowFault::Cut, None, offset);
                self.window.pass(text_len(self.window));
                Ok(())
            }
            End::Broken => self.damage(RowFault::MalformedJson, 1, part),
            End::At(_) | End::More => self.damage(RowFault::TooLong, cap, part),
        }
    }

    /// A key and its value: arrays and objects are entered, anything else is passed over.
    fn member(&mut self, part: &mut Part<'_>) -> Result<()> {
        let cap = part.options.limits.row;
        let (text, whole) = self.window.row(cap);
        let bytes = text.as_bytes();
        let Some(end) = string_end(bytes, 1) else { return self.short(part) };
        let colon = skip_space(bytes, end);
        let at = skip_space(bytes, colon + 1);
        match (bytes.get(colon), bytes.get(at)) {
            (None, _) | (Some(b':'), None) => self.short(part),
            (Some(b':'), Some(first @ (b'[' | b'{'))) if self.open.len() < MAX_OPEN => {
                let open = if *first == b'[' { Open::Array } else { Open::Object };
                self.path.push(text[1..end - 1].to_owned());
                self.window.pass(at);
                self.enter(open);
                Ok(())
            }
            (Some(b':'), Some(_)) => match value_end(text, at, whole) {
                End::At(end) => {
                    self.window.pass(end);
                    Ok(())
                }
                End::More if text.len() <= cap => self.short(part),
                End::More => self.damage(RowFault::TooLong, cap, part),
                End::Broken => self.damage(RowFault::MalformedJson, 1, part),
            },
            _ => self.damage(RowFault::MalformedJson, 1, part),
        }
    }

    /// Reads on; what cannot be read on is cut.
    fn short(&mut self, part: &mut Part<'_>) -> Result<()> {
        let cap = part.options.limits.row;
        if self.window.rest().len() > cap {
            return self.damage(RowFault::TooLong, cap, part);
        }
        if !self.window.more() {
            self.window.pass(text_len(self.window));
        }
        Ok(())
    }

    /// Sets what stands here aside and goes on behind its next line break, or at an object behind a
    /// comma.
    fn damage(&mut self, code: RowFault, passed: usize, part: &mut Part<'_>) -> Result<()> {
        if let Some(table) = &mut self.table {
            table.flush(part)?;
        }
        part.aside(code, None, self.window.offset());
        let text = self.window.rest();
        let passed = (passed..=text.len()).find(|at| text.is_char_boundary(*at));
        self.window.pass(passed.unwrap_or(text.len()));
        loop {
            let bytes = self.window.rest().as_bytes();
            let Some(at) = memchr::memchr2(b'\n', b'}', bytes) else {
                self.window.pass(text_len(self.window));
                if !self.window.more() {
                    return Ok(());
                }
                continue;
            };
            if bytes[at] == b'}' && bytes.len() - at < 3 && !self.window.is_whole() {
                self.window.pass(at);
                self.window.more();
                continue;
            }
            let is_next = bytes[at] == b'\n' || bytes[at..].starts_with(b"},{");
            self.window.pass(at + 1);
            if is_next {
                return Ok(());
            }
        }
    }
}

fn text_len(window: &Window<'_>) -> usize {
    window.rest().len()
}
