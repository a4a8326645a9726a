//! What a spreadsheet would unpack to, measured by unpacking it to nowhere under the caps.

use std::io::{Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use bytes::Bytes;
use zip::{CompressionMethod, ZipArchive};

use crate::error::{Error, Result};
use crate::options::Limits;
use crate::tables::options::TableOptions;
use crate::tables::report::TableFormat;
use crate::unpack::{Plain, inflate, is_cap};

/// The most bytes of a part that is kept in memory as a whole, such as the styles.
const MAX_KEPT: u64 = 64 << 20;

/// The most bytes of the strings that the sheets share.
const MAX_SHARED: u64 = 128 << 20;

/// Checks all parts of the archive, and says which spreadsheet it is.
///
/// # Errors
/// `E0121` where a part is too large, `E0122` where it is no spreadsheet, `E0123` where it is
/// locked.
pub(super) fn check(bytes: &Bytes, name: &str, options: &TableOptions) -> Result<TableFormat> {
    let damaged = |met: String| Error::SheetDamaged { input: name.to_owned(), met };
    let bomb = |met: String| Error::SheetBomb { input: name.to_owned(), met };
    let mut archive =
        ZipArchive::new(Cursor::new(bytes.clone())).map_err(|error| damaged(error.to_string()))?;
    if archive.len() > options.limits.members {
        return Err(bomb(format!("it has {} parts", archive.len())));
    }
    let limits = Limits {
        unpacked: options.table_limits.sheet_unpacked,
        ratio: options.table_limits.sheet_ratio,
        ratio_from: 16 << 20,
        ..options.limits.clone()
    };
    let mut names = Vec::new();
    let mut total = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| damaged(error.to_string()))?;
        let part = entry.name().map_err(|error| damaged(error.to_string()))?.into_owned();
        if entry.encrypted() {
            return Err(Error::Locked { input: name.to_owned() });
        }
        let method = entry.compression();
        let start = entry.data_start().unwrap_or(0) as usize;
        let packed = bytes.get(start..).unwrap_or_default();
        let packed = packed.get(..entry.compressed_size() as usize).unwrap_or(packed);
        let packed = bytes.slice_ref(packed);
        let length = packed.len() as u64;
        let reader: Plain = Box::new(Cursor::new(packed));
        let plain = match method {
            CompressionMethod::Stored => reader,
            CompressionMethod::DEFLATE => {
                inflate(reader, &Arc::new(AtomicU64::new(length)), &limits)
            }
            _ => return Err(damaged("a part is packed in a way that is not read".to_owned())),
        };
        total += measure(plain, most_of(&part, &limits), &limits).map_err(|met| match met {
            Met::Bomb(met) => bomb(met),
            Met::Damage(met) => damaged(met),
        })?;
        if total > limits.unpacked {
            return Err(bomb(format!("its parts unpack to more than {} bytes", limits.unpacked)));
        }
        names.push(part);
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    super::of_members(&names).ok_or_else(|| Error::NoTable {
        input: name.to_owned(),
        met: "a ZIP archive inside another file".to_owned(),
    })
}

/// How large a part may be: sheets are streamed, anything else is kept.
fn most_of(part: &str, limits: &Limits) -> u64 {
    let part = part.to_lowercase();
    if part.ends_with("sharedstrings.xml") {
        MAX_SHARED
    } else if part.ends_with("styles.xml") {
        MAX_KEPT
    } else if part.contains("worksheets/") || part == "content.xml" || !part.ends_with("xml") {
        limits.unpacked
    } else {
        MAX_KEPT
    }
}

/// Why a part is refused.
enum Met {
    Bomb(String),
    Damage(String),
}

/// The length of a part, whose content is looked at as it passes.
fn measure(mut plain: Plain, most: u64, limits: &Limits) -> std::result::Result<u64, Met> {
    let mut buffer = vec![0; 1 << 18];
    // The end of the last block, in which a word may have begun.
    let mut seen: Vec<u8> = Vec::new();
    let (mut total, mut since_tag, mut has_sections) = (0_u64, 0_usize, false);
    loop {
        let count = match plain.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if is_cap(&error) => {
                return Err(Met::Bomb(format!("it unpacks to more than {error}")));
            }
            Err(error) => return Err(Met::Damage(error.to_string())),
        };
        total += count as u64;
        let tail = seen.len().saturating_sub(64);
        seen.drain(..tail);
        seen.extend_from_slice(&buffer[..count]);
        if total > most {
            return Err(Met::Bomb(format!("one of its parts unpacks to more than {most} bytes")));
        }
        if find(&seen, b"<!DOCTYPE") || find(&seen, b"<!ENTITY") {
            return Err(Met::Bomb("it declares entities, which no spreadsheet does".to_owned()));
        }
        has_sections |= find(&seen, b"<![CDATA[") || find(&seen, b"<!--");
        if has_sections && total > MAX_KEPT {
            return Err(Met::Bomb("a large part of it has unparsed sections".to_owned()));
        }
        since_tag = longest_run(&buffer[..count], since_tag, limits.row)
            .ok_or_else(|| Met::Bomb(format!("a cell is longer than {} bytes", limits.row)))?;
        promised(&seen, most)?;
    }
    Ok(total)
}

fn find(bytes: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find(bytes, word).is_some()
}

/// How many bytes stand behind the last tag; nothing where there were more than `most` in between.
/// Pictures and the like have no tags, but are not this large without some byte that looks like one.
fn longest_run(bytes: &[u8], before: usize, most: usize) -> Option<usize> {
    let mut last = 0;
    let mut run = before;
    for at in memchr::memchr_iter(b'<', bytes) {
        if run + at - last > most {
            return None;
        }
        (last, run) = (at, 0);
    }
    let run = run + bytes.len() - last;
    (run <= most).then_some(run)
}

/// A count of strings for which room would be made at once, and which the part cannot hold.
fn promised(bytes: &[u8], most: u64) -> std::result::Result<(), Met> {
    let Some(at) = memchr::memmem::find(bytes, b"uniqueCount") else { return Ok(()) };
    let behind = &bytes[at + b"uniqueCount".len()..];
    let digits = behind.iter().skip_while(|byte| !byte.is_ascii_digit()).take(20);
    let digits: String =
        digits.take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
    let promised: u64 = if digits.len() > 18 { u64::MAX } else { digits.parse().unwrap_or(0) };
    if promised > most.min(MAX_SHARED) / 8 {
        return Err(Met::Bomb(format!("it promises {promised} strings")));
    }
    Ok(())
}
