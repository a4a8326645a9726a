//! Files of the protocol: secrets for their owner's eyes only, all others whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use charivari_leak::protocol;
use charivari_model::Timestamp;
use serde::Serialize;
use zeroize::Zeroizing;

use crate::failure::{Failure, Result};
use crate::output;

/// The longest file that is read as a whole, in bytes.
const MOST: u64 = 32 << 20;

/// Random bytes that are used for one thing.
pub(in crate::commands::leak) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|error| {
        Failure::fault(format!("E0736: the system gives no random bytes: {error}"))
    })?;
    Ok(bytes)
}

/// Reads a file of the protocol as text.
pub(in crate::commands::leak) fn read(path: &Path) -> Result<Zeroizing<String>> {
    let failed = |met: String| {
        Failure::input(format!(
            "E0739: {} cannot be read: {met}; check the path and its permissions",
            path.display()
        ))
    };
    let file = File::open(path).map_err(|error| failed(error.to_string()))?;
    let mut text = Zeroizing::new(String::new());
    file.take(MOST + 1).read_to_string(&mut text).map_err(|error| failed(error.to_string()))?;
    if text.len() as u64 > MOST {
        return Err(failed(format!("it is longer than {MOST} bytes")));
    }
    Ok(text)
}

/// Writes JSON that anybody may read.
pub(in crate::commands::leak) fn write_json(path: &Path, value: &impl Serialize) -> Result<()> {
    output::write(path, |out| {
        serde_json::to_writer_pretty(&mut *out, value).map_err(|error| error.to_string())?;
        out.write_all(b"\n").map_err(|error| error.to_string())
    })
}

/// Writes a secret into a new file that only its owner may read, and waits until it is on the disk.
pub(in crate::commands::leak) fn write_secret(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| {
        Failure::output(format!(
            "E0760: the secret {} cannot be written: {error}; no file is replaced, choose a new one",
            path.display()
        ))
    })
}

/// Writes a secret as JSON.
pub(in crate::commands::leak) fn write_secret_json(
    path: &Path,
    value: &impl Serialize,
) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map(Zeroizing::new);
    let text = text.map_err(|_| Failure::fault("E0760: the secret cannot be put into words"))?;
    write_secret(path, text.as_bytes())
}

/// Reads a secret of 32 bytes, and refuses it where others may read it as well.
pub(in crate::commands::leak) fn read_key(path: &Path) -> Result<Zeroizing<[u8; 32]>> {
    check_private(path)?;
    let text = read(path)?;
    let digest = protocol::Digest::from_hex(text.trim());
    digest.map(|digest| Zeroizing::new(digest.0)).ok_or_else(|| {
        Failure::input(format!(
            "E0760: the secret {} is damaged: 64 hexadecimal figures are expected; restore it",
            path.display()
        ))
    })
}

/// Refuses a secret that others than its owner may read.
#[cfg(unix)]
pub(in crate::commands::leak) fn check_private(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_or(0, |found| found.permissions().mode() & 0o777);
    if mode.trailing_zeros() >= 6 {
        return Ok(());
    }
    Err(Failure::input(format!(
        "E0760: the secret {} may be read by others (mode {mode:o}); give it mode 600",
        path.display()
    )))
}

/// Elsewhere the folder's own protection counts.
#[cfg(not(unix))]
pub(in crate::commands::leak) fn check_private(_: &Path) -> Result<()> {
    Ok(())
}

/// An instant of the command line.
pub(in crate::commands::leak) fn instant(text: &str) -> Result<Timestamp> {
    let time: std::result::Result<jiff::Timestamp, _> = text.parse();
    time.map(|time| Timestamp(time.as_microsecond())).map_err(|_| {
        let expected = "an instant such as 2023-02-01T00:00:00Z".to_owned();
        protocol::Error::Bounds { what: "the end", expected, met: text.to_owned() }.into()
    })
}
