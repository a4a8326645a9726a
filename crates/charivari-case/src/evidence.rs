//! Evidence: how input files come into a case, and which never do.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::iter;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use charivari_model::case::{Custody, Evidence, Kind, Ref};
use charivari_model::{Grade, Tlp, When};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::canonical::hex;
use crate::db::{count, sql};
use crate::objects::{Incoming, Known, Shelf, copy, mark, read_only, unmark};
use crate::writer::{self, Writer};
use crate::{Case, Error, Result, Stamp};

/// An input file that is to be registered.
#[derive(Clone, Debug)]
pub struct NewEvidence<'p> {
    /// The file.
    pub path: &'p Path,
    /// The name under which it is registered; the file's own where there is none.
    pub name: Option<String>,
    /// Where it came from: who or what gave it.
    pub source: String,
    /// Who collected it.
    pub collector: Option<String>,
    /// When it was collected.
    pub collected: Option<When>,
    /// How far its source and what it says can be trusted.
    pub grade: Grade,
    /// Who may see it.
    pub tlp: Tlp,
    /// Whether it holds victims' data. Such a file is never copied in the clear.
    pub sensitive: bool,
    /// Where it is held, where it is not kept; its path where nothing is said.
    pub place: Option<String>,
    /// The public key, `age1…`, for which an encrypted copy of a sensitive file is kept.
    pub keep_encrypted: Option<String>,
    /// A sentence about it.
    pub note: Option<String>,
    /// Whether to link the file into the case instead of copying it. Link and file are one: it
    /// becomes read-only, and whoever changes it changes the evidence, which a check finds.
    pub link: bool,
}

impl<'p> NewEvidence<'p> {
    /// A file from a source, of which nothing more is known.
    #[must_use]
    pub fn new(path: &'p Path, source: &str) -> Self {
        Self {
            path,
            name: None,
            source: source.to_owned(),
            collector: None,
            collected: None,
            grade: Grade::UNKNOWN,
            tlp: Tlp::default(),
            sensitive: false,
            place: None,
            keep_encrypted: None,
            note: None,
            link: false,
        }
    }
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The record, of an earlier time where the file was there already.
    pub evidence: Evidence,
    /// Whether the case had the same bytes before.
    pub already: bool,
}

/// A file that was read and, where it is to be kept, waits to be placed.
struct Taken {
    known: Known,
    incoming: Option<(Incoming, Shelf, String)>,
    custody: Custody,
}

impl Case {
    /// Registers a file, copying it unless it is sensitive. `seen` hears how many bytes were read.
    ///
    /// # Errors
    /// `E0608` and `E0609` where the file cannot be read or changes meanwhile, `E0617` where the
    /// recipient is none, and what keeps a case from being written. Nothing is added then.
    pub fn add_evidence(
        &mut self,
        new: NewEvidence<'_>,
        stamp: &Stamp,
        seen: &mut dyn FnMut(u64),
    ) -> Result<Added> {
        if new.source.trim().is_empty() {
            return Err(Error::invalid("the source", "who or what gave the file", &new.source));
        }
        if new.keep_encrypted.is_some() && !new.sensitive {
            let met = "a file that is not sensitive";
            return Err(Error::invalid("an encrypted copy", "a sensitive file", met));
        }
        let taken = if new.sensitive {
            self.take_sensitive(&new, stamp, seen)?
        } else {
            self.take(&new, stamp, seen)?
        };
        let (added, marks) =
            self.write("add evidence", stamp, |writer, dir| register(writer, dir, new, taken))?;
        unmark(&marks);
        Ok(added)
    }

    /// A new file on its way in.
    pub(crate) fn incoming(&self, stamp: &Stamp) -> Result<Incoming> {
        let _lock = self.lock("begin a copy", stamp)?;
        Incoming::begin(&self.dir)
    }

    /// Reads and copies a file.
    fn take(
        &self,
        new: &NewEvidence<'_>,
        stamp: &Stamp,
        seen: &mut dyn FnMut(u64),
    ) -> Result<Taken> {
        let custody = Custody::Kept;
        if new.link {
            let known = read(new.path, &mut io::sink(), Path::new(""), seen)?;
            return Ok(Taken { known, incoming: None, custody });
        }
        let mut incoming = self.incoming(stamp)?;
        let known = read(new.path, &mut incoming, &self.dir, seen)?;
        incoming.finish()?;
        let sha256 = known.sha256.clone();
        Ok(Taken { known, incoming: Some((incoming, Shelf::Evidence, sha256)), custody })
    }

    /// Reads a sensitive file, and encrypts it where a recipient is named.
    fn take_sensitive(
        &self,
        new: &NewEvidence<'_>,
        stamp: &Stamp,
        seen: &mut dyn FnMut(u64),
    ) -> Result<Taken> {
        let place = new.place.clone().unwrap_or_else(|| absolute(new.path));
        let Some(recipient) = new.keep_encrypted.clone() else {
            let known = read(new.path, &mut io::sink(), Path::new(""), seen)?;
            return Ok(Taken { known, incoming: None, custody: Custody::HeldElsewhere { place } });
        };
        let key = age::x25519::Recipient::from_str(recipient.trim())
            .map_err(|_| Error::NoRecipient { met: recipient.clone() })?;
        let sealed = age::Encryptor::with_recipients(iter::once(&key as &dyn age::Recipient))
            .map_err(|_| Error::NoRecipient { met: recipient.clone() })?;
        let mut incoming = self.incoming(stamp)?;
        let mut tee = Tee { output: &mut incoming, digest: Sha256::new(), bytes: 0 };
        let failed = |error: &io::Error| Error::writing(&self.dir, error);
        let mut output = sealed.wrap_output(&mut tee).map_err(|error| failed(&error))?;
        let known = read(new.path, &mut output, &self.dir, seen)?;
        output.finish().map_err(|error| failed(&error))?;
        let (sha256, bytes) = (hex(&tee.digest.finalize()), tee.bytes);
        incoming.finish()?;
        let incoming = Some((incoming, Shelf::Encrypted, sha256.clone()));
        let custody = Custody::Encrypted { place, recipient, sha256, bytes };
        Ok(Taken { known, incoming, custody })
    }
}

/// Registers what was taken, or finds that it is registered. Gives the marks to be taken away.
fn register(
    writer: &mut Writer<'_>,
    dir: &Path,
    new: NewEvidence<'_>,
    taken: Taken,
) -> Result<(Added, Vec<PathBuf>)> {
    let Taken { known, incoming, custody } = taken;
    if let Some(evidence) = by_digest(writer, &known.sha256)? {
        let marks = again(writer, dir, &new, &evidence, incoming)?;
        return Ok((Added { evidence, already: true }, marks));
    }
    let mut marks = Vec::new();
    if let Some((incoming, shelf, sha256)) = incoming {
        marks.push(incoming.settle(dir, shelf, &sha256)?);
    } else if new.link && custody == Custody::Kept {
        marks.push(link(dir, new.path, &known)?);
    }
    let evidence = Evidence {
        id: writer.make(Kind::Evidence)?,
        name: new.name.unwrap_or_else(|| file_name(new.path)),
        sha256: known.sha256,
        bytes: known.bytes,
        source: new.source,
        collector: new.collector,
        collected: new.collected,
        added: writer.stamp.now,
        added_by: writer.stamp.by.clone(),
        grade: new.grade,
        tlp: new.tlp,
        sensitive: new.sensitive,
        custody,
        note: new.note,
    };
    writer.append("add evidence", Some(evidence.id), &evidence)?;
    Ok((Added { evidence, already: false }, marks))
}

/// What happens to bytes that the case knows: another source is written down, and a copy that went
/// missing is put back.
fn again(
    writer: &mut Writer<'_>,
    dir: &Path,
    new: &NewEvidence<'_>,
    old: &Evidence,
    incoming: Option<(Incoming, Shelf, String)>,
) -> Result<Vec<PathBuf>> {
    if new.sensitive && old.custody == Custody::Kept {
        return Err(Error::invalid(
            "sensitive",
            "a file that the case does not keep in the clear yet",
            &format!("the bytes of {}; make a new case without them", old.id),
        ));
    }
    if old.source != new.source {
        let content = json!({
            "evidence": old.id, "source": new.source, "collector": new.collector,
            "collected": new.collected, "grade": new.grade, "note": new.note,
        });
        writer.append("see evidence again", Some(old.id), &content)?;
    }
    match incoming {
        Some((incoming, Shelf::Evidence, sha256))
            if old.custody == Custody::Kept
                && !dir.join(Shelf::Evidence.place(&sha256)).exists() =>
        {
            let mark = incoming.settle(dir, Shelf::Evidence, &sha256)?;
            writer.append("put evidence back", Some(old.id), &json!({ "evidence": old.id }))?;
            Ok(vec![mark])
        }
        _ => Ok(Vec::new()),
    }
}

/// The evidence with these bytes.
fn by_digest(writer: &mut Writer<'_>, sha256: &str) -> Result<Option<Evidence>> {
    let statement = sql("SELECT number FROM evidence WHERE sha256 = ?").bind(sha256.to_owned());
    let Some(row) = writer.db.row(statement)? else { return Ok(None) };
    let id = Ref::new(Kind::Evidence, count(&row, 0)?);
    let body = writer::record(writer.db, id)?.unwrap_or_default();
    serde_json::from_str(&body).map(Some).map_err(|error| Error::damaged(id, error))
}

/// Links a file to its place in the case.
fn link(dir: &Path, path: &Path, known: &Known) -> Result<PathBuf> {
    let target = dir.join(Shelf::Evidence.place(&known.sha256));
    let mark = mark(dir, Shelf::Evidence, &known.sha256);
    let made = mark.parent().map_or(Ok(()), fs::create_dir_all);
    let made = made.and_then(|()| File::create(&mark));
    made.map_err(|error| Error::writing(&mark, &error))?;
    let made = target.parent().map_or(Ok(()), fs::create_dir_all);
    made.map_err(|error| Error::writing(&target, &error))?;
    // What lies there and is not registered belongs to nobody.
    let _ = fs::remove_file(&target);
    let linked = fs::hard_link(path, &target).and_then(|()| read_only(&target));
    match linked {
        Ok(()) => Ok(mark),
        Err(error) => Err(Error::NoLink { path: path.to_path_buf(), met: error.to_string() }),
    }
}

/// Reads a whole file into `output`, and makes sure that it did not change meanwhile.
fn read(
    path: &Path,
    output: &mut dyn Write,
    target: &Path,
    seen: &mut dyn FnMut(u64),
) -> Result<Known> {
    let mut file = File::open(path).map_err(|error| Error::reading(path, error))?;
    let before = file.metadata().map_err(|error| Error::reading(path, error))?;
    if !before.is_file() {
        return Err(Error::reading(path, "it is no file"));
    }
    let known = copy(&mut file, output, seen).map_err(|(reading, error)| {
        if reading { Error::reading(path, error) } else { Error::writing(target, &error) }
    })?;
    let after = fs::metadata(path).map_err(|error| Error::reading(path, error))?;
    let same = |one: &Metadata| (one.len(), one.modified().ok());
    if same(&before) != same(&after) || after.len() != known.bytes {
        return Err(Error::Changed { path: path.to_path_buf() });
    }
    Ok(known)
}

/// A path as one finds the file again.
fn absolute(path: &Path) -> String {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()).display().to_string()
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Writes on and digests what it writes.
struct Tee<'o> {
    output: &'o mut Incoming,
    digest: Sha256,
    bytes: u64,
}

impl Write for Tee<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.output.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Where evidence is kept, with the digest that its file has.
pub(crate) fn kept(evidence: &Evidence) -> Option<(Shelf, &str, u64)> {
    match &evidence.custody {
        Custody::Kept => Some((Shelf::Evidence, &evidence.sha256, evidence.bytes)),
        Custody::Encrypted { sha256, bytes, .. } => Some((Shelf::Encrypted, sha256, *bytes)),
        Custody::HeldElsewhere { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_a_file_is_registered() {
        assert_eq!(file_name(Path::new("/a/b/posts.csv")), "posts.csv");
        assert_eq!(file_name(Path::new("/")), "");
    }
}
