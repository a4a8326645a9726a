//! Excel 97 to 2003: told apart from locked files, and not read.
//!
//! The library that decodes it makes room for all cells that a sheet spans, whatever the file's
//! size, and its records cannot be looked at before without decoding the compound file ourselves.

use bytes::Bytes;

use crate::error::{Error, Result};
use crate::tables::part::Part;

/// Refuses the file, and says why.
pub(super) fn read(bytes: &Bytes, part: &mut Part<'_>) -> Result<()> {
    let input = part.name();
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &locked).is_some() {
        return Err(Error::Locked { input });
    }
    let met = "it is of the old binary form, which is not read".to_owned();
    Err(Error::SheetDamaged { input, met })
}
