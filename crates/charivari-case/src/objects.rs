//! Files of a case, each known by its SHA-256: how they come in whole or not at all.
//!
//! Bytes are first written into `incoming`, by a file that its writer holds locked. Under the case's
//! lock it is then marked, renamed to its place, registered in the database, and the mark taken
//! away. A mark that is there when nobody writes tells of a writer that was killed: what it marks is
//! thrown away unless it is registered. So nothing that was not acknowledged stays for long, and
//! nobody has to look through all files to find it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::canonical::hex;
use crate::{Error, INCOMING, Result};

/// The kinds of files that a case keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shelf {
    /// Copies of evidence.
    Evidence,
    /// Tables of runs.
    Tables,
    /// Sensitive inputs, encrypted.
    Encrypted,
}

impl Shelf {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Evidence, Self::Tables, Self::Encrypted];

    /// The name of its directory.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Tables => "tables",
            Self::Encrypted => "encrypted",
        }
    }

    /// The place of a file within the case, by its digest.
    pub(crate) fn place(self, sha256: &str) -> String {
        let end = if self == Self::Encrypted { ".age" } else { "" };
        format!("{}/{}/{sha256}{end}", self.name(), sha256.get(..2).unwrap_or("00"))
    }

    /// The shelf of that name.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shelf| shelf.name() == name)
    }
}

/// A file on its way in; it vanishes with this unless it was placed.
#[derive(Debug)]
pub(crate) struct Incoming {
    file: BufWriter<File>,
    path: PathBuf,
    placed: bool,
}

/// What is known of bytes that were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// Lower-case hexadecimal SHA-256.
    pub(crate) sha256: String,
    /// Their number.
    pub(crate) bytes: u64,
}

impl Incoming {
    /// A new file in `incoming`; the caller holds the case's lock, so that nobody tidies it away
    /// before it is locked.
    pub(crate) fn begin(dir: &Path) -> Result<Self> {
        let folder = dir.join(INCOMING);
        fs::create_dir_all(&folder).map_err(|error| Error::writing(&folder, &error))?;
        let mut name = [0; 8];
        getrandom::fill(&mut name).map_err(|error| Error::NoRandom { met: error.to_string() })?;
        let path = folder.join(format!("{}.part", hex(&name)));
        let opened = OpenOptions::new().write(true).create_new(true).open(&path);
        let file = opened.map_err(|error| Error::writing(&path, &error))?;
        file.lock().map_err(|error| Error::writing(&path, &error))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 18, file), path, placed: false })
    }

    /// Flushes everything to the disk and takes the right to write away.
    pub(crate) fn finish(&mut self) -> Result<()> {
        let wrote = self.file.flush().and_then(|()| {
            read_only(&self.path)?;
            self.file.get_ref().sync_all()
        });
        wrote.map_err(|error| Error::writing(&self.path, &error))
    }

    /// Puts the finished file where its digest says, marked until [`unmark`] is called. The caller
    /// holds the case's lock.
    pub(crate) fn settle(mut self, dir: &Path, on: Shelf, sha256: &str) -> Result<PathBuf> {
        let (mark, target) = (mark(dir, on, sha256), dir.join(on.place(sha256)));
        File::create(&mark).map_err(|error| Error::writing(&mark, &error))?;
        let moved = target.parent().map_or(Ok(()), fs::create_dir_all);
        let moved = moved.and_then(|()| fs::rename(&self.path, &target));
        let synced = moved.and_then(|()| target.parent().map_or(Ok(()), sync));
        synced.map_err(|error| Error::writing(&target, &error))?;
        self.placed = true;
        Ok(mark)
    }
}

impl Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.placed {
            // What cannot be taken away now, the next writer takes away.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Mode 0444 where there are modes.
#[cfg(unix)]
pub(crate) fn read_only(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o444))
}

/// Elsewhere the flag that the system has.
#[cfg(not(unix))]
pub(crate) fn read_only(path: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions)
}

/// Makes sure that the names in a directory are on the disk.
#[cfg(unix)]
pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere directories cannot be opened as files.
#[cfg(not(unix))]
pub(crate) fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The mark of a file that is being placed.
pub(crate) fn mark(dir: &Path, shelf: Shelf, sha256: &str) -> PathBuf {
    dir.join(INCOMING).join(format!("{}-{sha256}.mark", shelf.name()))
}

/// Takes the marks of placed files away, once they are registered.
pub(crate) fn unmark(marks: &[PathBuf]) {
    for mark in marks {
        // A mark that stays is looked at by the next writer, who finds its file registered.
        let _ = fs::remove_file(mark);
    }
}

/// What a killed writer left in `incoming`: names of unfinished files, and marks.
#[derive(Debug, Default)]
pub(crate) struct Leavings {
    /// Unfinished files that nobody writes any more.
    pub(crate) parts: Vec<PathBuf>,
    /// Marks, each with the shelf and the digest of the file that was being placed.
    pub(crate) marks: Vec<(PathBuf, Shelf, String)>,
}

impl Leavings {
    /// Looks into `incoming`. Files of living writers are locked by them and left out.
    pub(crate) fn find(dir: &Path) -> Result<Self> {
        let folder = dir.join(INCOMING);
        let mut found = Self::default();
        let listed = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
            listed => listed.map_err(|error| Error::lost(&folder, error))?,
        };
        for entry in listed {
            let path = entry.map_err(|error| Error::lost(&folder, error))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if let Some((shelf, sha256)) =
                name.strip_suffix(".mark").and_then(|name| name.split_once('-'))
                && let Some(shelf) = Shelf::named(shelf)
            {
                found.marks.push((path.clone(), shelf, sha256.to_owned()));
            } else if is_left(&path) {
                found.parts.push(path);
            }
        }
        found.parts.sort();
        found.marks.sort();
        Ok(found)
    }
}

/// Whether the writer of an unfinished file is gone.
fn is_left(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// Copies everything from `input` to `output` and says what it was; `seen` hears of each step.
pub(crate) fn copy(
    input: &mut dyn Read,
    output: &mut dyn Write,
    seen: &mut dyn FnMut(u64),
) -> Result<Known, (bool, io::Error)> {
    let (mut digest, mut bytes) = (Sha256::new(), 0_u64);
    let mut buffer = vec![0; 1 << 18];
    loop {
        let filled = match input.read(&mut buffer) {
            Ok(filled) => filled,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            // Reading failed, not writing.
            Err(error) => return Err((true, error)),
        };
        if filled == 0 {
            return Ok(Known { sha256: hex(&digest.finalize()), bytes });
        }
        digest.update(&buffer[..filled]);
        output.write_all(&buffer[..filled]).map_err(|error| (false, error))?;
        bytes += filled as u64;
        seen(bytes);
    }
}
