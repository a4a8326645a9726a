//! Inputs as they are given: files on the disk, or bytes in memory.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use charivari_model::InputFile;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::unpack::Plain;

/// Something to read: a name for messages, and where the bytes are.
#[derive(Clone, Debug)]
pub struct Input {
    name: String,
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    File(PathBuf),
    Memory(Bytes),
}

impl Input {
    /// The file at `path`; it is opened when it is read. Messages name it without its folders.
    pub fn file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Self { name, source: Source::File(path.to_owned()) }
    }

    /// Bytes in memory.
    pub fn memory(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self { name: name.into(), source: Source::Memory(bytes.into()) }
    }

    /// The name for messages and reports.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The length in bytes as it lies there.
    ///
    /// # Errors
    /// `E0101` where the file cannot be looked at.
    pub fn len(&self) -> Result<u64> {
        match &self.source {
            Source::File(path) => {
                let metadata = std::fs::metadata(path).map_err(|source| self.unreadable(source))?;
                if metadata.is_dir() {
                    let source = io::Error::new(io::ErrorKind::IsADirectory, "it is a folder");
                    return Err(self.unreadable(source));
                }
                Ok(metadata.len())
            }
            Source::Memory(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// Whether there is nothing in it.
    ///
    /// # Errors
    /// As [`Input::len`].
    pub fn is_empty(&self) -> Result<bool> {
        self.len().map(|len| len == 0)
    }

    /// Opens it for reading from any place.
    pub(crate) fn open(&self) -> Result<Handle> {
        Ok(match &self.source {
            Source::File(path) => {
                Handle::File(File::open(path).map_err(|source| self.unreadable(source))?)
            }
            Source::Memory(bytes) => Handle::Memory(Cursor::new(bytes.clone())),
        })
    }

    /// Its length and SHA-256, read in one pass.
    ///
    /// # Errors
    /// `E0101` where it cannot be read.
    pub fn digest(&self) -> Result<InputFile> {
        let tally = Tally::default();
        let copied = io::copy(&mut tally.watch(self.open()?), &mut io::sink());
        let len = copied.map_err(|source| self.unreadable(source))?;
        let changed = || self.unreadable(io::Error::other("it changed while it was read"));
        tally.finish(&self.name, len).ok_or_else(changed)
    }

    pub(crate) fn unreadable(&self, source: io::Error) -> Error {
        Error::Unreadable { input: self.name.clone(), source }
    }
}

/// An opened input.
pub(crate) enum Handle {
    File(File),
    Memory(Cursor<Bytes>),
}

impl Read for Handle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Memory(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for Handle {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}

/// The digest of an input while it is being read by others.
#[derive(Clone, Default)]
pub(crate) struct Tally {
    hasher: Arc<Mutex<Sha256>>,
    /// How many bytes were read: for progress, and for the ratio of packed to plain.
    pub(crate) bytes: Arc<AtomicU64>,
}

impl Tally {
    /// Hashes and counts what is read through the result.
    pub(crate) fn watch<R: Read>(&self, inner: R) -> Hashing<R> {
        Hashing { inner, tally: self.clone() }
    }

    /// Counts what is read through the result without hashing it.
    pub(crate) fn count<R: Read>(&self, inner: R) -> Counting<R> {
        Counting { inner, bytes: Arc::clone(&self.bytes) }
    }

    /// The file that was read, if all of its `len` bytes were.
    fn finish(&self, name: &str, len: u64) -> Option<InputFile> {
        let bytes = self.bytes.load(Ordering::Relaxed);
        let hasher = self.hasher.lock().ok()?.clone();
        let file = || InputFile { name: name.to_owned(), sha256: hexadecimal(hasher), bytes };
        (bytes == len).then(file)
    }

    /// The digest of `input`, which was read through this tally as far as its parser went.
    pub(crate) fn of(&self, input: &Input) -> Result<InputFile> {
        match self.finish(&input.name, input.len()?) {
            Some(file) => Ok(file),
            None => input.digest(),
        }
    }
}

fn hexadecimal(hasher: Sha256) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(64);
    for byte in hasher.finalize() {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Hashes and counts what is read through it.
pub(crate) struct Hashing<R> {
    inner: R,
    tally: Tally,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if let Ok(mut hasher) = self.tally.hasher.lock() {
            hasher.update(&buffer[..count]);
        }
        self.tally.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Read + Send + 'static> Hashing<R> {
    /// A buffered reader that can move to another thread.
    pub(crate) fn boxed(self) -> Plain {
        Box::new(BufReader::with_capacity(1 << 18, self))
    }
}

/// Counts what is read through it.
pub(crate) struct Counting<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
