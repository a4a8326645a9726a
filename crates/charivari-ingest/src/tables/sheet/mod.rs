//! Spreadsheets: every sheet is a table, and the first row with anything in it names the columns.
//!
//! They are read into memory as they lie there, and refused before anything of them is unpacked to
//! memory where that could take more than the caps. XLSX is streamed by `calamine`; ODS and XLS by our
//! own readers, because a repeated cell may stand for a million, and a sheet may claim to span more
//! cells than memory holds.

mod compound;
mod guard;
mod ods;
mod rows;
mod xls;
mod xlsx;

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;

use super::part::Part;
use super::report::TableFormat;
use crate::error::{Error, Result};
use crate::part::failure;
use crate::unpack::Plain;

/// What a compound file begins with: XLS, and spreadsheets that are locked.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Whether these first bytes are those of a spreadsheet, or of a ZIP that may be one.
pub(crate) fn may_be_sheet(head: &[u8]) -> bool {
    head.starts_with(&COMPOUND) || head.starts_with(b"PK\x03\x04")
}

/// Which spreadsheet an archive with these members is.
pub(crate) fn of_members(names: &[&str]) -> Option<TableFormat> {
    if names.contains(&"xl/workbook.xml") || names.contains(&"[Content_Types].xml") {
        Some(TableFormat::Xlsx)
    } else if names.contains(&"content.xml") && names.contains(&"mimetype") {
        Some(TableFormat::Ods)
    } else {
        None
    }
}

/// Reads a spreadsheet whose bytes come from `plain`.
///
/// # Errors
/// It is refused by a cap, damaged, locked, or no spreadsheet.
pub(crate) fn read(plain: Plain, part: &mut Part<'_>) -> Result<()> {
    let most = part.options.table_limits.sheet_packed;
    let name = part.name();
    let mut bytes = Vec::new();
    let read = plain.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| failure(&name, error))?;
    if bytes.len() as u64 > most {
        let met = format!("it has more than {most} bytes");
        return Err(Error::SheetBomb { input: name, met });
    }
    part.report.bytes = bytes.len() as u64;
    let bytes = Bytes::from(bytes);
    let format = if bytes.starts_with(&COMPOUND) {
        TableFormat::Xls
    } else {
        guard::check(&bytes, &name, part.options)?
    };
    part.report.format = format;
    let read = catch_unwind(AssertUnwindSafe(|| match format {
        TableFormat::Xls => xls::read(&bytes, part),
        TableFormat::Ods => ods::read(&bytes, part),
        _ => xlsx::read(&bytes, part),
    }));
    // The libraries that decode spreadsheets panic on some damaged ones.
    read.unwrap_or_else(|_| {
        let met = "its parts do not fit each other".to_owned();
        Err(Error::SheetDamaged { input: name, met })
    })
}
