//! ZIP archives: each member is read like a file of its own.
//!
//! The directory is read by the `zip` crate; members are then unpacked from where they lie, through
//! the same capped decoders as everything else.

use std::io::{BufReader, Read, Seek, SeekFrom};

use zip::{CompressionMethod, ZipArchive};

use crate::error::{Error, Result};
use crate::input::{Input, Tally};
use crate::options::{Limits, Options};
use crate::part::failure;
use crate::unpack::{Plain, inflate};

/// One member of an archive, and where it lies.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// Its name inside the archive.
    pub name: String,
    offset: u64,
    packed: u64,
    method: CompressionMethod,
}

/// The members of `input`, if it is an archive; folders and system files left out.
///
/// # Errors
/// `E0110` where the directory is damaged, has too many members, or a member is locked or packed in
/// a way that is not read; nothing of such an archive is read in silence.
pub(crate) fn members(input: &Input, options: &Options) -> Result<Option<Vec<Member>>> {
    let mut handle = input.open()?;
    let mut magic = [0; 4];
    let filled = crate::part::read_up_to(&mut handle, &mut magic)
        .map_err(|source| input.unreadable(source))?;
    if &magic[..filled] != b"PK\x03\x04" && &magic[..filled] != b"PK\x05\x06" {
        return Ok(None);
    }
    let refuse = |met: String| Error::Archive { input: input.name().to_owned(), met };
    let mut archive =
        ZipArchive::new(BufReader::new(handle)).map_err(|error| refuse(error.to_string()))?;
    if archive.len() > options.limits.members {
        return Err(refuse(format!(
            "{} members, more than {}",
            archive.len(),
            options.limits.members
        )));
    }
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| refuse(error.to_string()))?;
        let name = entry.name().map_err(|error| refuse(error.to_string()))?.into_owned();
        if entry.is_dir() || is_system_file(&name) || entry.size() == 0 {
            continue;
        }
        if entry.encrypted() {
            return Err(refuse(format!("{name} is locked with a password; unlock it first")));
        }
        let method = entry.compression();
        if !matches!(method, CompressionMethod::Stored | CompressionMethod::DEFLATE) {
            return Err(refuse(format!("{name} is packed as {method}; unpack it yourself")));
        }
        let offset = entry.data_start().ok_or_else(|| refuse(format!("{name} has no data")))?;
        members.push(Member { name, offset, packed: entry.compressed_size(), method });
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    if members.is_empty() {
        return Err(refuse("it has no files".to_owned()));
    }
    Ok(Some(members))
}

/// Files that operating systems add and no platform exports.
pub(crate) fn is_system_file(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || matches!(last, ".DS_Store" | "Thumbs.db")
}

impl Member {
    /// Opens the member's plain bytes.
    pub(crate) fn open(&self, input: &Input, tally: &Tally, limits: &Limits) -> Result<Plain> {
        let mut handle = input.open()?;
        handle.seek(SeekFrom::Start(self.offset)).map_err(|error| failure(&self.name, error))?;
        let counted = tally.count(handle.take(self.packed));
        let packed: Plain = Box::new(BufReader::with_capacity(1 << 18, counted));
        Ok(if self.method == CompressionMethod::DEFLATE {
            inflate(packed, &tally.bytes, limits)
        } else {
            packed
        })
    }
}
