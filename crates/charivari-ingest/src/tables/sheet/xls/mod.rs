//! Excel 5 to 2003: the records of a workbook (MS-XLS), read one at a time.
//!
//! `calamine` makes room for every cell that a sheet claims to span and follows chains of sectors that
//! meet themselves, so it is not asked. Here no record is kept but the strings that the sheets share,
//! which are capped, and no part of the file is gone through more than a few times.

mod format;
mod records;
mod strings;

use std::collections::BTreeSet;

use bytes::Bytes;

use self::format::Formats;
use self::records::{Records, Text};
use self::strings::Shared;
use super::compound::{Compound, u16_at, u32_at};
use super::rows::{Sheet, Value};
use crate::error::{Error, Result};
use crate::tables::part::Part;
use crate::tables::report::{TableNote, Truncated};

const END: u16 = 0x000A;
const FORMULA: u16 = 0x0006;
const FILE_PASS: u16 = 0x002F;
const DATE_MODE: u16 = 0x0022;
const CODE_PAGE: u16 = 0x0042;
const BOUND_SHEET: u16 = 0x0085;
const MUL_RK: u16 = 0x00BD;
const RICH_STRING: u16 = 0x00D6;
const EXTENDED_FORMAT: u16 = 0x00E0;
const SHARED_STRINGS: u16 = 0x00FC;
const LABEL_SHARED: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const TRUTH_OR_ERROR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const RK: u16 = 0x027E;
const FORMAT: u16 = 0x041E;
const BEGIN: u16 = 0x0809;

/// The numbers of a row and a column, which cells begin with.
type Place = (u64, u32);

/// What holds for the whole workbook.
#[derive(Default)]
struct Book {
    shared: Shared,
    formats: Formats,
    /// Sheets with cells: where each begins, and its name.
    sheets: Vec<(u64, String)>,
}

/// Reads every sheet.
///
/// # Errors
/// `E0121` where shared strings or the way through the sheets pass a cap, `E0122` where the file is no
/// workbook, `E0123` where it is locked.
pub(super) fn read(bytes: &Bytes, part: &mut Part<'_>) -> Result<()> {
    let input = part.name();
    let damaged = |met: &str| Error::SheetDamaged { input: input.clone(), met: met.to_owned() };
    let file = Compound::open(bytes).ok_or_else(|| damaged("its table of sectors is damaged"))?;
    if file.stream("EncryptedPackage").is_some() {
        return Err(Error::Locked { input });
    }
    let stream = file.stream("Workbook").or_else(|| file.stream("Book"));
    let stream = stream.ok_or_else(|| damaged("there is no workbook in it"))?;
    // Every byte is needed once; a file that sends us round and round is none of a program's.
    let mut records = Records::new(stream, 4);
    let book = workbook(&mut records, part)?;
    let mut seen = BTreeSet::new();
    for (at, name) in &book.sheets {
        let is_there = seen.insert(*at) && records.begin(*at);
        let is_whole = !is_there || {
            let sheet = Sheet::new(name, part);
            Walk { book: &book, sheet, waiting: None }.read(&mut records)?
        };
        if records.is_spent() {
            let met = "its sheets lie upon each other".to_owned();
            return Err(Error::SheetBomb { input, met });
        }
        if !is_there {
            part.note(TableNote::EmptySheet);
        }
        if !is_whole {
            let met = "a sheet is damaged behind its last row that was read".to_owned();
            part.report.truncated.get_or_insert(Truncated::Unreadable(met));
        }
    }
    Ok(())
}

/// Reads what stands before the sheets.
fn workbook(records: &mut Records, part: &Part<'_>) -> Result<Book> {
    let input = part.name();
    let damaged = |met: &str| Error::SheetDamaged { input: input.clone(), met: met.to_owned() };
    if !records.begin(0) {
        return Err(damaged("it is older than Excel 5, or no workbook"));
    }
    let mut book = Book::default();
    while let Some(kind) = records.next() {
        match kind {
            END => return Ok(book),
            FILE_PASS => return Err(Error::Locked { input }),
            SHARED_STRINGS => {
                if !book.shared.read(records) {
                    let met = "its shared strings are longer than the cap".to_owned();
                    return Err(Error::SheetBomb { input, met });
                }
            }
            _ => book.add(kind, records),
        }
    }
    Err(damaged("its workbook has no end"))
}

impl Book {
    /// What a record says of dates, formats, texts and sheets.
    fn add(&mut self, kind: u16, records: &mut Records) {
        let body = records.body();
        match kind {
            DATE_MODE => self.formats.is_1904 = u16_at(body, 0) == Some(1),
            CODE_PAGE => {
                let page = u16_at(body, 0).unwrap_or_default();
                records.text.set_page(page);
            }
            EXTENDED_FORMAT => self.formats.cell(u16_at(body, 2).unwrap_or_default()),
            FORMAT => {
                let number = u16_at(body, 0).unwrap_or_default();
                let pattern = records.text.short_or_long(body.get(2..).unwrap_or_default());
                self.formats.pattern(number, &pattern);
            }
            BOUND_SHEET => {
                let is_sheet = body.get(5) == Some(&0);
                let name = records.text.short(body.get(6..).unwrap_or_default());
                if let (Some(at), true) = (u32_at(body, 0), is_sheet) {
                    self.sheets.push((u64::from(at), name));
                }
            }
            _ => {}
        }
    }
}

/// A walk through the records of one sheet.
struct Walk<'b, 's, 'p> {
    book: &'b Book,
    sheet: Sheet<'s, 'p>,
    /// The cell of a formula whose text stands in a record of its own.
    waiting: Option<Place>,
}

impl Walk<'_, '_, '_> {
    /// Reads up to the end of the sheet; `false` where it is damaged.
    fn read(mut self, records: &mut Records) -> Result<bool> {
        // Charts stand inside sheets, between a beginning and an end of their own.
        let mut inside = 0_u32;
        let is_whole = loop {
            let Some(kind) = records.next() else { break false };
            match kind {
                BEGIN => inside += 1,
                END if inside == 0 => break true,
                END => inside -= 1,
                _ if inside > 0 => {}
                STRING => self.string(records)?,
                _ => self.cells(kind, records.body(), &records.text)?,
            }
        };
        self.sheet.end()?;
        Ok(is_whole)
    }

    /// The text of the formula before.
    fn string(&mut self, records: &mut Records) -> Result<()> {
        let Some(place) = self.waiting.take() else { return Ok(()) };
        let text = strings::after_formula(records);
        self.put(place, Some(Value::Text(text)))
    }

    fn cells(&mut self, kind: u16, body: &[u8], text: &Text) -> Result<()> {
        let (Some(row), Some(column)) = (u16_at(body, 0), u16_at(body, 2)) else { return Ok(()) };
        let place = (u64::from(row) + 1, u32::from(column));
        let format = u16_at(body, 4).unwrap_or_default();
        let formats = &self.book.formats;
        let value = match kind {
            NUMBER => f64_at(body, 6).map(|number| formats.value(number, format)),
            RK => u32_at(body, 6).map(|number| formats.value(rk(number), format)),
            LABEL_SHARED => u32_at(body, 6)
                .and_then(|at| self.book.shared.get(at as usize))
                .map(|text| Value::Text(text.to_owned())),
            LABEL | RICH_STRING => Some(Value::Text(text.long(body.get(6..).unwrap_or_default()))),
            TRUTH_OR_ERROR if body.get(7) == Some(&1) => {
                self.sheet.note(TableNote::ErrorCell);
                None
            }
            TRUTH_OR_ERROR => body.get(6).map(|&truth| Value::Text((truth != 0).to_string())),
            FORMULA => self.formula(place, format, body),
            MUL_RK => return self.several(place, body),
            _ => return Ok(()),
        };
        self.put(place, value)
    }

    /// The stored result of a formula.
    fn formula(&mut self, place: Place, format: u16, body: &[u8]) -> Option<Value> {
        self.sheet.note(TableNote::Formula);
        self.waiting = None;
        if u16_at(body, 12) != Some(0xFFFF) {
            return f64_at(body, 6).map(|number| self.book.formats.value(number, format));
        }
        match body.get(6) {
            Some(0) => self.waiting = Some(place),
            Some(1) => return body.get(8).map(|&truth| Value::Text((truth != 0).to_string())),
            Some(2) => self.sheet.note(TableNote::ErrorCell),
            _ => {}
        }
        None
    }

    /// Numbers of cells that stand beside each other.
    fn several(&mut self, (row, first): Place, body: &[u8]) -> Result<()> {
        let all = body.get(4..body.len().saturating_sub(2)).unwrap_or_default();
        for (column, cell) in (first..).zip(all.chunks_exact(6)) {
            let format = u16_at(cell, 0).unwrap_or_default();
            let value = u32_at(cell, 2).map(|number| self.book.formats.value(rk(number), format));
            self.put((row, column), value)?;
        }
        Ok(())
    }

    fn put(&mut self, (row, column): Place, value: Option<Value>) -> Result<()> {
        match value {
            Some(Value::Text(text)) if text.is_empty() => Ok(()),
            Some(value) => self.sheet.cell(row, column, value),
            None => Ok(()),
        }
    }
}

fn f64_at(body: &[u8], at: usize) -> Option<f64> {
    body.get(at..)?.first_chunk().map(|eight| f64::from_le_bytes(*eight))
}

/// A number in four bytes: an integer of 30 bits or the upper bits of a fraction, perhaps a hundredth
/// (MS-XLS 2.5.217).
fn rk(bits: u32) -> f64 {
    let number = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_opened() {
        for (bits, expected) in [
            (0x3FF0_0000, 1.0),
            (0x3FF0_0001, 0.01),
            (123 << 2 | 2, 123.0),
            (12_345 << 2 | 3, 123.45),
            ((-5_i32).cast_unsigned() << 2 | 2, -5.0),
        ] {
            assert!((rk(bits) - expected).abs() < 1e-12, "{bits:x}");
        }
    }
}
