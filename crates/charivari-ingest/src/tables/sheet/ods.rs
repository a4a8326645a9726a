//! `OpenDocument` spreadsheets, streamed: a cell that is repeated a million times is looked at once.

use std::io::{BufReader, Cursor};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use bytes::Bytes;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::{CompressionMethod, ZipArchive};

use super::rows::{Sheet, Value};
use crate::error::{Error, Result};
use crate::options::Limits;
use crate::tables::part::Part;
use crate::tables::report::{TableNote, Truncated};
use crate::unpack::{Plain, inflate};

/// Reads every sheet.
pub(super) fn read(bytes: &Bytes, part: &mut Part<'_>) -> Result<()> {
    let name = part.name();
    let damaged =
        || Error::SheetDamaged { input: name.clone(), met: "its content is not there".to_owned() };
    let plain = content(bytes, &part.options.limits).ok_or_else(damaged)?;
    let mut reader = Reader::from_reader(plain);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) if start.name().as_ref() == "table:table" => {
                let sheet = attribute(&start, "table:name").unwrap_or_default();
                if !Walk::new(Sheet::new(&sheet, part)).read(&mut reader)? {
                    break cut(part);
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => break cut(part),
        }
    }
    Ok(())
}

fn cut(part: &mut Part<'_>) {
    let met = "a sheet is damaged behind its last row that was read".to_owned();
    part.report.truncated.get_or_insert(Truncated::Unreadable(met));
}

/// The part of the archive that holds the sheets.
fn content(bytes: &Bytes, limits: &Limits) -> Option<BufReader<Plain>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes.clone())).ok()?;
    let at = archive.index_for_name("content.xml")?;
    let entry = archive.by_index_raw(at).ok()?;
    let start = entry.data_start()? as usize;
    let packed = bytes.get(start..)?;
    let packed = bytes.slice_ref(packed.get(..entry.compressed_size() as usize).unwrap_or(packed));
    let length = packed.len() as u64;
    let reader: Plain = Box::new(Cursor::new(packed));
    Some(BufReader::new(match entry.compression() {
        CompressionMethod::DEFLATE => inflate(reader, &Arc::new(AtomicU64::new(length)), limits),
        _ => reader,
    }))
}

/// An attribute without its references.
fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    let value = attribute.normalized_value(quick_xml::XmlVersion::default()).ok()?;
    Some(value.into_owned())
}

fn count(start: &BytesStart<'_>, name: &str) -> u64 {
    attribute(start, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// A walk through one sheet.
struct Walk<'s, 'p> {
    sheet: Sheet<'s, 'p>,
    /// The row, from 1, and how often it stands there.
    row: u64,
    repeated: u64,
    column: u32,
    cells: Vec<(u32, Value)>,
}

impl<'s, 'p> Walk<'s, 'p> {
    fn new(sheet: Sheet<'s, 'p>) -> Self {
        Self { sheet, row: 0, repeated: 1, column: 0, cells: Vec::new() }
    }

    /// Reads up to the end of the sheet; `false` where it is damaged.
    fn read<R: std::io::BufRead>(mut self, reader: &mut Reader<R>) -> Result<bool> {
        let mut buffer = Vec::new();
        let whole = loop {
            buffer.clear();
            let (start, is_empty) = match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(start)) => (start, false),
                Ok(Event::Empty(start)) => (start, true),
                Ok(Event::End(end)) if end.name().as_ref() == "table:table-row" => {
                    self.end_row()?;
                    continue;
                }
                Ok(Event::End(end)) if end.name().as_ref() == "table:table" => break true,
                Ok(Event::Eof) | Err(_) => break false,
                Ok(_) => continue,
            };
            match start.name().as_ref() {
                "table:table-row" => {
                    self.row += self.repeated;
                    self.repeated = count(&start, "table:number-rows-repeated");
                    (self.row, self.column) = (self.row.max(1), 0);
                }
                "table:table-cell" | "table:covered-table-cell" => {
                    let start = start.into_owned();
                    if !self.cell(&start, is_empty, reader) {
                        break false;
                    }
                }
                _ => {}
            }
        };
        self.sheet.end()?;
        Ok(whole)
    }

    fn cell<R: std::io::BufRead>(
        &mut self,
        start: &BytesStart<'_>,
        is_empty: bool,
        reader: &mut Reader<R>,
    ) -> bool {
        let mut text = String::new();
        if !is_empty && !paragraphs(reader, start.name().as_ref(), &mut text) {
            return false;
        }
        let repeated = count(start, "table:number-columns-repeated");
        if start.try_get_attribute("table:formula").ok().flatten().is_some() {
            self.sheet.note(TableNote::Formula);
        }
        let value = match attribute(start, "office:value-type").as_deref() {
            Some("float" | "currency" | "percentage") => {
                attribute(start, "office:value").map(Value::Number)
            }
            Some("date") => attribute(start, "office:date-value").map(Value::Text),
            Some("time") => attribute(start, "office:time-value").map(Value::Text),
            Some("boolean") => attribute(start, "office:boolean-value").map(Value::Text),
            _ => Some(Value::Text(attribute(start, "office:string-value").unwrap_or(text))),
        };
        // One column more than there may be says that the row is too wide.
        let most = 1 << 14;
        if let Some(value) = value.filter(|value| *value != Value::Text(String::new())) {
            for column in (self.column..).take(repeated.min(most) as usize) {
                self.cells.push((column, value.clone()));
            }
        }
        self.column = self.column.saturating_add(repeated.min(1 << 20) as u32).min(1 << 20);
        true
    }

    /// Hands the row on as often as it stands there.
    fn end_row(&mut self) -> Result<()> {
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            // Whoever repeats a row with content a billion times gets no more than a sheet has.
            for row in (self.row..).take(self.repeated.min(1 << 20) as usize) {
                for (column, value) in &cells {
                    self.sheet.cell(row, *column, value.clone())?;
                }
            }
            self.sheet.end_row()?;
        }
        Ok(())
    }
}

/// The text of a cell up to its end: paragraphs as lines; `false` where it is damaged.
fn paragraphs<R: std::io::BufRead>(reader: &mut Reader<R>, cell: &str, out: &mut String) -> bool {
    let mut buffer = Vec::new();
    let (mut is_first, mut notes) = (true, 0_u32);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) if start.name().as_ref() == "office:annotation" => notes += 1,
            Ok(Event::End(end)) if end.name().as_ref() == "office:annotation" => {
                notes = notes.saturating_sub(1);
            }
            Ok(Event::End(end)) if end.name().as_ref() == cell => return true,
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) if notes > 0 => {}
            Ok(Event::Text(text)) => out.push_str(&text.xml10_content()),
            Ok(Event::CData(text)) => out.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(c)) => out.push(c),
                _ => out.push_str(named(&reference)),
            },
            Ok(Event::Start(start) | Event::Empty(start)) => match start.name().as_ref() {
                "text:p" if is_first => is_first = false,
                "text:p" | "text:line-break" => out.push('\n'),
                "text:tab" => out.push('\t'),
                "text:s" => {
                    let spaces = count(&start, "text:c").min(1_000);
                    out.extend(std::iter::repeat_n(' ', spaces as usize));
                }
                _ => {}
            },
            Ok(_) => {}
        }
    }
}

/// The five references that every XML document has.
fn named(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "\u{fffd}",
    }
}
