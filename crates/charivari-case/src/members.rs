//! Members of a seal that comes from somebody else: their names, and how much is read of them.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// Reads up to a cap and remembers whether there was more.
pub(crate) struct Capped<R> {
    inner: R,
    room: u64,
    over: bool,
}

impl<R> Capped<R> {
    /// Lets `room` bytes through.
    pub(crate) const fn new(inner: R, room: u64) -> Self {
        Self { inner, room, over: false }
    }

    /// Whether there was more.
    pub(crate) const fn is_over(&self) -> bool {
        self.over
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let filled = self.inner.read(buffer)?;
        if filled as u64 > self.room {
            self.over = true;
            return Err(io::Error::other("more than the cap"));
        }
        self.room -= filled as u64;
        Ok(filled)
    }
}

/// Digests everything that is read.
pub(crate) fn digest_all(input: &mut dyn Read, digest: &mut Sha256) -> io::Result<u64> {
    let (mut buffer, mut bytes) = (vec![0; 1 << 17], 0);
    loop {
        let filled = input.read(&mut buffer)?;
        if filled == 0 {
            return Ok(bytes);
        }
        digest.update(&buffer[..filled]);
        bytes += filled as u64;
    }
}

/// Whether a name leads nowhere else when somebody unpacks the seal.
pub(crate) fn is_proper(name: &str) -> bool {
    let is_part = |part: &str| is_plain(part);
    name.len() <= 400 && name.split('/').all(is_part)
}

/// Whether a name is one that every system can unpack and `sha256sum` reads without escapes.
pub(crate) fn is_plain(name: &str) -> bool {
    let is_fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty() && name.len() <= 200 && !name.starts_with('.') && name.chars().all(is_fine)
}

/// Reads what is at hand, for callers that have no file.
pub(crate) fn read_all(input: &mut dyn Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    input.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}
