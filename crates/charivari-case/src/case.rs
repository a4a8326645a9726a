//! A case directory: made, opened, opened for reading.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use charivari_model::{Timestamp, Tlp};
use serde::{Deserialize, Serialize};

use crate::canonical::hex;
use crate::db::{Db, Mode};
use crate::objects::{Leavings, Shelf, sync};
use crate::writer::{self, Writer};
use crate::{DATABASE, Error, INCOMING, Keys, LOCK, Result, WAIT, schema};

/// When something is done, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The present instant, as the program's clock tells it.
    pub now: Timestamp,
    /// The analyst.
    pub by: String,
}

/// What a case is to be.
#[derive(Clone, Debug, Default)]
pub struct NewCase {
    /// Its title.
    pub title: String,
    /// The question that it is to answer.
    pub question: String,
    /// Who may see it.
    pub tlp: Tlp,
    /// Where data in it is invented: the sentence that says so.
    pub synthetic: Option<String>,
    /// Its id, a UUID in lower case; a random one where there is none.
    pub uuid: Option<String>,
}

/// The first entry of every log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Opening {
    pub(crate) uuid: String,
    pub(crate) title: String,
    pub(crate) question: String,
    pub(crate) tlp: Tlp,
    pub(crate) synthetic: Option<String>,
    pub(crate) tool: String,
}

/// An open case.
#[derive(Debug)]
pub struct Case {
    pub(crate) dir: PathBuf,
    pub(crate) db: Db,
    pub(crate) opening: Opening,
    pub(crate) keys: Option<Keys>,
    writable: bool,
    wait: Duration,
    /// What the database's file was when it was opened.
    identity: Option<(u64, u64)>,
}

impl Case {
    /// Makes a case in `dir`, which has to be empty or not there.
    ///
    /// # Errors
    /// `E0602` where something is there, `E0611` where the id is no UUID or the title is empty, and
    /// what keeps the files from being written.
    pub fn create(dir: &Path, new: NewCase, stamp: &Stamp) -> Result<Self> {
        let opening = opening(new)?;
        clear_the_ground(dir)?;
        let made = |folder: PathBuf| {
            fs::create_dir_all(&folder).map_err(|error| Error::writing(&folder, &error))
        };
        Shelf::ALL.into_iter().try_for_each(|shelf| made(dir.join(shelf.name())))?;
        made(dir.join(INCOMING))?;
        File::create(dir.join(LOCK)).map_err(|error| Error::writing(&dir.join(LOCK), &error))?;
        // The database gets its name when it is whole, so that a case is there or is not.
        let unfinished = dir.join(format!("{DATABASE}-new"));
        let mut db = Db::open(dir, &unfinished, Mode::New, WAIT)?;
        schema::upgrade(&mut db)?;
        writer::transaction(&mut db, stamp, |writer| writer.append("open case", None, &opening))?;
        db.close()?;
        let file = dir.join(DATABASE);
        let named = fs::rename(&unfinished, &file).and_then(|()| sync(dir));
        named.map_err(|error| Error::writing(&file, &error))?;
        Self::open(dir)
    }

    /// Opens the case in `dir` for reading and writing, and upgrades an old schema.
    ///
    /// # Errors
    /// `E0601` where there is no case, `E0603` where its database is none, `E0604` where a newer
    /// program wrote it, `E0606` where it cannot be written.
    pub fn open(dir: &Path) -> Result<Self> {
        let (dir, file) = find(dir)?;
        let mut db = Db::open(&dir, &file, Mode::Write, WAIT)?;
        let version = known_version(&dir, &mut db)?;
        if version < schema::SCHEMA {
            // Whoever waited for another's upgrade finds nothing left to do.
            let stamp = Stamp { now: Timestamp(0), by: "whoever opened the case".to_owned() };
            let _lock = crate::lock::Lock::take(&dir, "upgrade the schema", &stamp, WAIT)?;
            schema::upgrade(&mut db)?;
        }
        Self::opened(dir, db, true)
    }

    /// Opens the case in `dir` and never writes to it. It may lie where nobody can write.
    ///
    /// # Errors
    /// As [`Case::open`]; `E0606` where an old schema would have to be upgraded first, or where a
    /// program that was killed left what only a writer can take over.
    pub fn open_reading(dir: &Path) -> Result<Self> {
        let (dir, file) = find(dir)?;
        let reading = |mode| {
            let mut db = Db::open(&dir, &file, mode, WAIT)?;
            known_version(&dir, &mut db).map(|version| (db, version))
        };
        let opened = reading(Mode::Read);
        // Where SQLite cannot even make its shared memory nobody can write, and the file stands still.
        let (db, version) = match opened {
            Err(Error::ReadOnly { .. } | Error::Unwritable { .. }) => {
                let waiting = fs::metadata(dir.join(format!("{DATABASE}-wal")));
                if waiting.is_ok_and(|file| file.len() > 0) {
                    let met = "a program was killed there, and what it wrote last can be taken \
                               over only where one may write";
                    return Err(Error::ReadOnly { path: dir, met: met.to_owned() });
                }
                reading(Mode::Still)?
            }
            opened => opened?,
        };
        if version < schema::SCHEMA {
            let met = format!("its schema {version} is old and has to be upgraded first");
            return Err(Error::ReadOnly { path: dir, met });
        }
        Self::opened(dir, db, false)
    }

    fn opened(dir: PathBuf, mut db: Db, writable: bool) -> Result<Self> {
        let body = writer::body(&mut db, 1)?.ok_or_else(|| Error::NotADatabase {
            path: dir.join(DATABASE),
            met: "its log is empty".to_owned(),
        })?;
        let opening = serde_json::from_str(&body)
            .map_err(|error| Error::damaged("the first entry", error))?;
        let identity = identity(&dir.join(DATABASE));
        Ok(Self { dir, db, opening, keys: None, writable, wait: WAIT, identity })
    }

    /// The directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The case's id.
    pub fn uuid(&self) -> &str {
        &self.opening.uuid
    }

    /// Who may see the case.
    pub const fn tlp(&self) -> Tlp {
        self.opening.tlp
    }

    /// Sets how long a write waits for another process; 10 seconds unless set.
    pub const fn set_wait(&mut self, wait: Duration) {
        self.wait = wait;
    }

    /// Gives the case its keys: heads and seals are signed from now on. The log has to name the key
    /// ([`Case::make_keys`], [`Case::adopt_keys`]), or seals that it signs do not verify.
    pub fn use_keys(&mut self, keys: Keys) {
        self.keys = Some(keys);
    }

    /// Does one write under the lock and in one transaction: all of it stays, or nothing.
    pub(crate) fn write<T>(
        &mut self,
        what: &str,
        stamp: &Stamp,
        work: impl FnOnce(&mut Writer<'_>, &Path) -> Result<T>,
    ) -> Result<T> {
        let lock = self.lock(what, stamp)?;
        let Self { dir, db, .. } = self;
        tidy(dir, db)?;
        let done = writer::transaction(db, stamp, |writer| work(writer, dir));
        drop(lock);
        done
    }

    /// Takes the lock, and makes sure that the case is still where it was.
    pub(crate) fn lock(&self, what: &str, stamp: &Stamp) -> Result<crate::lock::Lock> {
        if !self.writable {
            let met = "it was opened for reading".to_owned();
            return Err(Error::ReadOnly { path: self.dir.clone(), met });
        }
        self.is_still_there()?;
        let lock = crate::lock::Lock::take(&self.dir, what, stamp, self.wait)?;
        self.is_still_there()?;
        Ok(lock)
    }

    fn is_still_there(&self) -> Result<()> {
        let file = self.dir.join(DATABASE);
        if file.exists() && identity(&file) == self.identity {
            return Ok(());
        }
        Err(Error::Moved { path: self.dir.clone() })
    }
}

/// What a new case says of itself, checked.
fn opening(new: NewCase) -> Result<Opening> {
    let NewCase { title, question, tlp, synthetic, uuid } = new;
    if title.trim().is_empty() {
        return Err(Error::invalid("the title", "a few words", &title));
    }
    let uuid = match uuid {
        Some(uuid) if is_uuid(&uuid) => uuid,
        Some(uuid) => return Err(Error::invalid("the id", "a UUID in lower case", &uuid)),
        None => random_uuid()?,
    };
    Ok(Opening { uuid, title, question, tlp, synthetic, tool: crate::TOOL.to_owned() })
}

/// A random UUID (RFC 9562, version 4).
fn random_uuid() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Error::NoRandom { met: error.to_string() })?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex(&bytes);
    let part = |from: usize, to: usize| text[from..to].to_owned();
    Ok([part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-"))
}

/// Whether a text is a UUID as this program writes it.
pub(crate) fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let is_figure =
        |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte) || byte == b'-';
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(is_figure)
}

/// Makes the directory, or makes sure that it holds nothing but an attempt that was cut off.
fn clear_the_ground(dir: &Path) -> Result<()> {
    let occupied =
        |met: &str| Err(Error::Occupied { path: dir.to_path_buf(), met: met.to_owned() });
    let listed = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return fs::create_dir_all(dir).map_err(|error| Error::writing(dir, &error));
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return occupied("a file"),
        listed => listed.map_err(|error| Error::lost(dir, error))?,
    };
    let unfinished = format!("{DATABASE}-new");
    let mut ours: Vec<&str> = Shelf::ALL.iter().map(|shelf| shelf.name()).collect();
    ours.extend([INCOMING, LOCK]);
    for entry in listed {
        let name = entry.map_err(|error| Error::lost(dir, error))?.file_name();
        let name = name.to_string_lossy();
        if name == DATABASE {
            return occupied("a case");
        }
        if name.starts_with(&unfinished) {
            let path = dir.join(name.as_ref());
            fs::remove_file(&path).map_err(|error| Error::writing(&path, &error))?;
        } else if !ours.contains(&name.as_ref()) {
            return occupied(&format!("{name:?}"));
        }
    }
    Ok(())
}

/// The directory as it is really called, and the database in it.
fn find(dir: &Path) -> Result<(PathBuf, PathBuf)> {
    let none = || Error::NotACase { path: dir.to_path_buf() };
    let dir = fs::canonicalize(dir).map_err(|_| none())?;
    let file = dir.join(DATABASE);
    if !file.is_file() {
        return Err(none());
    }
    let mut head = [0; 16];
    let read = File::open(&file).and_then(|mut file| file.read_exact(&mut head));
    match read {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {}
        read => read.map_err(|error| Error::lost(&file, error))?,
    }
    if &head != b"SQLite format 3\0" {
        let met = "it does not begin as a database of SQLite does".to_owned();
        return Err(Error::NotADatabase { path: file, met });
    }
    Ok((dir, file))
}

/// The schema of an open database, if this program knows it.
fn known_version(dir: &Path, db: &mut Db) -> Result<u32> {
    let version = schema::version(db)?;
    if !schema::is_case(db)? || version == 0 {
        let met = "it is a database of something else".to_owned();
        return Err(Error::NotADatabase { path: dir.join(DATABASE), met });
    }
    if version > schema::SCHEMA {
        let path = dir.to_path_buf();
        return Err(Error::NewerSchema { path, met: version, known: schema::SCHEMA });
    }
    Ok(version)
}

/// What tells one file from another of the same name.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

/// Elsewhere only the name tells.
#[cfg(not(unix))]
fn identity(_: &Path) -> Option<(u64, u64)> {
    None
}

/// Takes away what killed writers left: unfinished files, and files that were placed but never
/// registered. The caller holds the lock.
fn tidy(dir: &Path, db: &mut Db) -> Result<()> {
    let left = Leavings::find(dir)?;
    for (mark, shelf, sha256) in left.marks {
        let object = dir.join(shelf.place(&sha256));
        if !writer::is_registered(db, shelf, &sha256)? && object.exists() {
            fs::remove_file(&object).map_err(|error| Error::writing(&object, &error))?;
        }
        fs::remove_file(&mark).map_err(|error| Error::writing(&mark, &error))?;
    }
    for part in left.parts {
        fs::remove_file(&part).map_err(|error| Error::writing(&part, &error))?;
    }
    Ok(())
}
