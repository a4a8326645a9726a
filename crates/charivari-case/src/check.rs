//! Checking a case: every file is hashed again, every entry of the log followed, and everything that
//! follows from the log made again and compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::Path;

use charivari_model::case::{Custody, Evidence, Kind, Ref, Run};

use crate::chain::Chain;
use crate::db::{Db, Mode, count, sql, text, text_or_none};
use crate::dossier::{all, parse};
use crate::evidence::kept;
use crate::history::entry;
use crate::objects::{Leavings, Shelf, copy};
use crate::{Case, DATABASE, Error, INCOMING, LOCK, Result, WAIT, schema};

/// How many entries are read at once.
const PAGE: u64 = 4_096;

/// Something that is not as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The stable code.
    pub code: &'static str,
    /// The record or file.
    pub what: String,
    /// What was expected, and what was met.
    pub sentence: String,
}

/// How far a check has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: &'static str,
    /// How much of it is done: entries, or bytes.
    pub done: u64,
    /// How much there is.
    pub total: u64,
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Entries of the log, each with its content.
    pub entries: u64,
    /// Files that were hashed: evidence, encrypted copies, tables.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Pieces of evidence that are held elsewhere.
    pub held_elsewhere: u64,
    /// Pieces of evidence that are kept encrypted.
    pub encrypted: u64,
}

/// The result of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What differs; empty where all is as it was recorded.
    pub problems: Vec<Problem>,
    /// What is worth knowing and no difference.
    pub notes: Vec<String>,
    /// What was looked at.
    pub counts: Counts,
}

/// A file that has to be there.
struct Expected {
    bytes: u64,
    records: String,
}

impl Case {
    /// Compares everything in the case with its log, and hashes every file again.
    ///
    /// # Errors
    /// What keeps the database from being read. What differs is no error but in the result.
    pub fn check(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<Checked> {
        let mut checked = Checked::default();
        check_database(&mut self.db, &mut checked)?;
        self.db.run_all("BEGIN".to_owned())?;
        let read = check_log(&mut self.db, progress, &mut checked)
            .and_then(|()| check_state(&mut self.db, &mut checked))
            .and_then(|()| expected(&mut self.db, &mut checked));
        self.db.run_all("COMMIT".to_owned())?;
        let expected = read?;
        check_files(&self.dir, &expected, progress, &mut checked)?;
        check_rest(&self.dir, &expected, &mut checked)?;
        Ok(checked)
    }
}

/// Whether the database is whole, and has the tables and triggers that it should.
fn check_database(db: &mut Db, checked: &mut Checked) -> Result<()> {
    for row in db.rows(sql("PRAGMA quick_check(10)"))? {
        let said = text(&row, 0)?;
        if said != "ok" {
            let sentence = format!("{DATABASE}: the database is damaged: {}.", said.escape_debug());
            checked.problems.push(Problem { code: "E0647", what: DATABASE.to_owned(), sentence });
        }
    }
    let mut fresh = Db::open(Path::new(""), Path::new(""), Mode::Memory, WAIT)?;
    schema::upgrade(&mut fresh)?;
    let (have, expected) = (definitions(db)?, definitions(&mut fresh)?);
    let names: BTreeSet<&String> = have.keys().chain(expected.keys()).collect();
    for name in names {
        let met = match (have.get(name), expected.get(name)) {
            (Some(met), Some(expected)) if met == expected => continue,
            (Some(_), Some(_)) => "is not as this program makes it",
            (Some(_), None) => "is not of this program",
            (None, _) => "is missing",
        };
        let what = name.escape_debug().to_string();
        let sentence = format!("{DATABASE}: {what} {met}.");
        checked.problems.push(Problem { code: "E0648", what, sentence });
    }
    Ok(())
}

/// The tables, indices and triggers of a database.
fn definitions(db: &mut Db) -> Result<BTreeMap<String, String>> {
    let rows = db.rows(sql("SELECT type || ' ' || name, sql FROM main.sqlite_schema \
                            WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"))?;
    rows.iter().map(|row| Ok((text(row, 0)?, text_or_none(row, 1)?.unwrap_or_default()))).collect()
}

/// Follows the log.
fn check_log(db: &mut Db, progress: &mut dyn FnMut(Progress), checked: &mut Checked) -> Result<()> {
    let total = db.number(sql("SELECT max(number) FROM log"))?.unsigned_abs();
    let (mut chain, mut last) = (Chain::default(), -1_i64);
    loop {
        let statement = sql("SELECT number, time, by, action, letter, record, digest, hash, body \
                             FROM log LEFT JOIN content ON entry = number \
                             WHERE number > ? ORDER BY number LIMIT ?");
        let rows = db.rows(statement.bind(last).bind(i64::try_from(PAGE).unwrap_or(1)))?;
        for row in &rows {
            let entry = entry(row, chain.head().1)?;
            chain.follow(&entry, text_or_none(row, 8)?.as_deref(), &mut checked.problems);
            checked.counts.entries += 1;
        }
        let (done, step) = (chain.head().0, "following the log");
        progress(Progress { step, done, total });
        if (rows.len() as u64) < PAGE {
            break;
        }
        last = i64::try_from(done).unwrap_or(i64::MAX);
    }
    let orphans = db.rows(sql("SELECT entry FROM content \
                            WHERE NOT EXISTS (SELECT 1 FROM log WHERE number = entry)"))?;
    for row in &orphans {
        let what = format!("log entry {}", count(row, 0)?);
        let sentence = format!("{what}: missing, while its content is there.");
        checked.problems.push(Problem { code: "E0645", what, sentence });
    }
    Ok(())
}

/// Makes everything that follows from the log again.
fn check_state(db: &mut Db, checked: &mut Checked) -> Result<()> {
    match schema::differing(db) {
        Ok(tables) => {
            for (table, rows) in tables {
                let what = format!("table {table}");
                let sentence = format!(
                    "{DATABASE}: the table {table} does not follow from the log in {rows} rows."
                );
                checked.problems.push(Problem { code: "E0646", what, sentence });
            }
            Ok(())
        }
        // A log that was tampered with may contradict itself.
        Err(Error::Database { met, .. }) if !checked.problems.is_empty() => {
            let sentence = format!("{DATABASE}: the log contradicts itself: {met}.");
            checked.problems.push(Problem { code: "E0646", what: "the log".to_owned(), sentence });
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// The files that have to be there, by their place.
fn expected(db: &mut Db, checked: &mut Checked) -> Result<BTreeMap<String, Expected>> {
    let mut files: BTreeMap<String, Expected> = BTreeMap::new();
    let mut add = |place: String, bytes: u64, record: Ref| {
        let one = files.entry(place).or_insert(Expected { bytes, records: String::new() });
        if !one.records.is_empty() {
            one.records.push_str(", ");
        }
        one.records.push_str(&record.to_string());
    };
    for evidence in all::<Evidence>(db, Kind::Evidence)? {
        if let Some((shelf, sha256, bytes)) = kept(&evidence) {
            add(shelf.place(sha256), bytes, evidence.id);
        }
        match &evidence.custody {
            Custody::Kept => {}
            Custody::HeldElsewhere { place } => {
                checked.counts.held_elsewhere += 1;
                let place = place.escape_debug();
                checked.notes.push(format!("{} is held elsewhere: {place}", evidence.id));
            }
            Custody::Encrypted { place, .. } => {
                checked.counts.encrypted += 1;
                let place = place.escape_debug();
                checked.notes.push(format!(
                    "{} is held elsewhere: {place}; an encrypted copy is kept",
                    evidence.id
                ));
            }
        }
    }
    let rows = db.rows(sql("SELECT number, body FROM log JOIN content ON entry = number \
                            WHERE action = 'record run' ORDER BY number"))?;
    for row in &rows {
        let run: Run = parse(&text(row, 1)?, format!("log entry {}", count(row, 0)?))?;
        for table in run.tables {
            add(Shelf::Tables.place(&table.sha256), table.bytes, run.id);
        }
    }
    Ok(files)
}

/// Hashes every file that has to be there.
fn check_files(
    dir: &Path,
    expected: &BTreeMap<String, Expected>,
    progress: &mut dyn FnMut(Progress),
    checked: &mut Checked,
) -> Result<()> {
    let total = expected.values().map(|one| one.bytes).sum();
    let step = "hashing files";
    for (place, one) in expected {
        let path = dir.join(place);
        let what = format!("{} ({})", place, one.records);
        let mut file = match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let sentence = format!("{what}: the file is missing.");
                checked.problems.push(Problem { code: "E0640", what, sentence });
                continue;
            }
            opened => opened.map_err(|error| Error::lost(&path, error))?,
        };
        let before = checked.counts.bytes;
        let mut seen = |bytes| progress(Progress { step, done: before + bytes, total });
        let known = copy(&mut file, &mut io::sink(), &mut seen);
        let known = known.map_err(|(_, error)| Error::lost(&path, error))?;
        checked.counts.files += 1;
        checked.counts.bytes += known.bytes;
        let name = place.rsplit('/').next().unwrap_or_default();
        if name.strip_suffix(".age").unwrap_or(name) != known.sha256 {
            let sentence = if known.bytes == one.bytes {
                format!(
                    "{what}: its bytes are not those that were registered; their SHA-256 is {} now.",
                    known.sha256
                )
            } else {
                format!("{what}: it has {} bytes, and {} were registered.", known.bytes, one.bytes)
            };
            checked.problems.push(Problem { code: "E0641", what, sentence });
        }
    }
    Ok(())
}

/// Files that belong to no record.
fn check_rest(
    dir: &Path,
    expected: &BTreeMap<String, Expected>,
    checked: &mut Checked,
) -> Result<()> {
    let left = Leavings::find(dir)?;
    let marked: BTreeSet<String> =
        left.marks.iter().map(|(_, shelf, sha256)| shelf.place(sha256)).collect();
    let mut places = Vec::new();
    for shelf in Shelf::ALL {
        walk(dir, shelf.name(), 2, &mut places)?;
    }
    for place in places {
        if expected.contains_key(&place) {
            continue;
        }
        let why = if marked.contains(&place) {
            "left by an interrupted run, never registered"
        } else {
            "belongs to no record"
        };
        checked.notes.push(format!("{}: {why}", place.escape_debug()));
    }
    for part in left.parts {
        let name = part.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = name.escape_debug();
        checked
            .notes
            .push(format!("{INCOMING}/{name}: left by an interrupted run, never registered"));
    }
    let mut rest = Vec::new();
    walk(dir, "", 0, &mut rest)?;
    for name in rest {
        if !name.starts_with(DATABASE) && name != LOCK {
            checked.notes.push(format!("{}: belongs to no record", name.escape_debug()));
        }
    }
    Ok(())
}

/// The files below a directory of the case, by their places, in order.
fn walk(dir: &Path, place: &str, depth: u8, found: &mut Vec<String>) -> Result<()> {
    let folder = dir.join(place);
    let listed = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        listed => listed.map_err(|error| Error::lost(&folder, error))?,
    };
    let mut entries = Vec::new();
    for entry in listed {
        let entry = entry.map_err(|error| Error::lost(&folder, error))?;
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        entries.push((entry.file_name().to_string_lossy().into_owned(), is_folder));
    }
    entries.sort();
    for (name, is_folder) in entries {
        let path = if place.is_empty() { name } else { format!("{place}/{name}") };
        match (is_folder, depth) {
            (true, 0) => {}
            (true, _) => walk(dir, &path, depth - 1, found)?,
            (false, _) => found.push(path),
        }
    }
    Ok(())
}
