//! Verifying a seal: every file against the sums and the manifest, the log from its first entry to
//! its head, every record against its entry, `case.json` against the records, and the signature.
//!
//! A seal is a file from somebody else: nothing of it is unpacked onto the disk, and what it unpacks
//! to is capped.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Seek};

use charivari_model::Timestamp;
use charivari_model::case::{Entry, Head, Ref, Signed};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::canonical::hex;
use crate::chain::Chain;
use crate::check::Problem;
use crate::keys::{is_signed, pem};
use crate::members::{Capped, digest_all, is_proper, read_all};
use crate::replay::{Replay, alike};
use crate::seal::{CASE, FORMAT, LOG, MANIFEST, Manifest, PUBLIC, RECORDS, SIGNATURE, SUMS};
use crate::{Error, Result};

/// A member may unpack to this much, whatever its size.
const SMALL: u64 = 256 << 20;
/// Beyond that to so many times its packed size.
const RATIO: u64 = 1_000;
/// What is kept in memory may be this long.
const IN_MEMORY: u64 = 2 << 30;
/// A line of the log or the records may be this long.
const LINE: u64 = 256 << 20;
/// A seal may have so many members.
const MEMBERS: usize = 2_000_000;

/// What a seal turned out to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verified {
    /// What differs; empty where all is as it was sealed.
    pub problems: Vec<Problem>,
    /// What is worth knowing and no difference.
    pub notes: Vec<String>,
    /// What the case was when it was sealed; `None` where the manifest cannot be read.
    pub case: Option<Head>,
    /// When it was sealed and by whom, as the manifest says.
    pub sealed: Option<(Timestamp, String)>,
    /// The signature of the manifest, where it has one that holds.
    pub signed: Option<Signed>,
    /// Files that were hashed.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Entries of the log.
    pub entries: u64,
    /// Files of the case that the seal does not contain.
    pub left_out: u64,
}

/// A seal while it is being read.
struct Reading<R> {
    archive: ZipArchive<R>,
    digests: BTreeMap<String, (String, u64)>,
    found: Verified,
}

/// Verifies a seal as far as it can be read. Without a signature, this shows that the seal is in
/// itself as it was made; whoever can make seals can make another one.
///
/// # Errors
/// `E0621` where it is no seal at all, `E0622` where it unpacks to more than is read.
pub fn verify<R: Read + Seek>(seal: R) -> Result<Verified> {
    let wrong = |met: String| Error::NotASeal { met };
    let archive =
        ZipArchive::new(seal).map_err(|error| wrong(format!("no ZIP archive: {error}")))?;
    if archive.len() > MEMBERS {
        return Err(wrong(format!("{} members", archive.len())));
    }
    let mut reading = Reading { archive, digests: BTreeMap::new(), found: Verified::default() };
    reading.hash_all()?;
    if !reading.digests.contains_key(SUMS) && !reading.digests.contains_key(MANIFEST) {
        return Err(wrong(format!("it has neither {SUMS} nor {MANIFEST}")));
    }
    reading.check_sums()?;
    let manifest = reading.check_manifest()?;
    let replay = reading.check_log(manifest.as_ref())?;
    reading.check_case(replay, manifest.as_ref())?;
    Ok(reading.found)
}

impl<R: Read + Seek> Reading<R> {
    fn problem(&mut self, code: &'static str, what: &str, met: &str) {
        let what = what.escape_debug().to_string();
        let sentence = format!("{what}: {met}.");
        self.found.problems.push(Problem { code, what, sentence });
    }

    /// Hashes every member.
    fn hash_all(&mut self) -> Result<()> {
        for index in 0..self.archive.len() {
            let name = self.archive.name_for_index(index).and_then(Result::ok);
            let name = name.map(std::borrow::Cow::into_owned).unwrap_or_default();
            if !is_proper(&name) {
                self.problem("E0651", &name, "no name that a seal gives");
                continue;
            }
            let mut digest = Sha256::new();
            let read = self.member(index, &name, |input| digest_all(input, &mut digest))?;
            match read {
                Ok(bytes) => {
                    self.found.files += 1;
                    self.found.bytes += bytes;
                    self.digests.insert(name, (hex(&digest.finalize()), bytes));
                }
                Err(met) => {
                    self.problem("E0650", &name, &format!("cannot be unpacked: {met}"));
                    self.digests.insert(name, (String::new(), 0));
                }
            }
        }
        Ok(())
    }

    /// Reads one member under its cap; the inner result is what its data did.
    fn member<T>(
        &mut self,
        index: usize,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> io::Result<T>,
    ) -> Result<Result<T, String>> {
        let member = match self.archive.by_index(index) {
            Ok(member) => member,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let cap = SMALL.max(member.compressed_size().saturating_mul(RATIO));
        let mut capped = Capped::new(member, cap);
        let done = read(&mut capped);
        if capped.is_over() {
            let limit = format!("{} MiB", cap >> 20);
            return Err(Error::Bomb { name: name.to_owned(), limit });
        }
        Ok(done.map_err(|error| error.to_string()))
    }

    /// The bytes of a member, where they are there and can be read.
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let read = self.member(index, name, |mut input| read_all(&mut input, IN_MEMORY))?;
        match read {
            Ok(None) => Err(Error::Bomb { name: name.to_owned(), limit: "2 GiB".to_owned() }),
            Ok(bytes) => Ok(bytes),
            // That it cannot be unpacked was said when it was hashed.
            Err(_) => Ok(None),
        }
    }

    /// Compares every member with `SHA256SUMS`.
    fn check_sums(&mut self) -> Result<()> {
        let Some(sums) = self.bytes(SUMS)? else {
            self.problem("E0649", SUMS, "missing");
            return Ok(());
        };
        let sums = String::from_utf8_lossy(&sums).into_owned();
        let mut listed = BTreeMap::new();
        for line in sums.lines() {
            match line.split_once("  ") {
                Some((sha256, name)) => {
                    listed.insert(name.to_owned(), sha256.to_owned());
                }
                None => self.problem("E0650", SUMS, "a line that is no sum"),
            }
        }
        self.compare(&listed, SUMS, &[SUMS]);
        Ok(())
    }

    /// Compares the members with a list of sums.
    fn compare(&mut self, listed: &BTreeMap<String, String>, list: &str, besides: &[&str]) {
        let digests = self.digests.clone();
        for (name, sha256) in listed {
            match digests.get(name) {
                None => self.problem("E0649", name, &format!("missing, while {list} names it")),
                Some((met, _)) if met != sha256 && !met.is_empty() => {
                    self.problem("E0650", name, &format!("not what {list} says"));
                }
                Some(_) => {}
            }
        }
        for name in digests.keys() {
            if !listed.contains_key(name) && !besides.contains(&name.as_str()) {
                self.problem("E0651", name, &format!("{list} does not name it"));
            }
        }
    }

    /// Reads the manifest and compares it with the members, and the signature with it.
    fn check_manifest(&mut self) -> Result<Option<Manifest>> {
        let Some(bytes) = self.bytes(MANIFEST)? else {
            self.problem("E0649", MANIFEST, "missing or unreadable");
            return Ok(None);
        };
        let manifest: Manifest = match serde_json::from_slice(&bytes) {
            Ok(manifest) => manifest,
            Err(error) => {
                self.problem("E0652", MANIFEST, &format!("cannot be understood: {error}"));
                return Ok(None);
            }
        };
        if manifest.format != FORMAT {
            let met = manifest.format.escape_debug().to_string();
            self.problem("E0652", MANIFEST, &format!("its format is \"{met}\", not \"{FORMAT}\""));
        }
        let files = manifest.files.iter();
        let listed = files.map(|file| (file.name.clone(), file.sha256.clone())).collect();
        self.compare(&listed, MANIFEST, &[SUMS, MANIFEST, SIGNATURE, PUBLIC]);
        self.check_signature(&manifest, &bytes)?;
        self.found.case = Some(manifest.case.clone());
        self.found.sealed = Some((manifest.sealed, manifest.sealed_by.clone()));
        self.found.left_out = manifest.left_out.len() as u64;
        Ok(Some(manifest))
    }

    fn check_signature(&mut self, manifest: &Manifest, bytes: &[u8]) -> Result<()> {
        let signature = self.bytes(SIGNATURE)?;
        let (key, signature) = match (&manifest.public_key, signature) {
            (None, None) => {
                let note = "the seal is not signed: that it is whole does not show who made it";
                self.found.notes.push(note.to_owned());
                return Ok(());
            }
            (Some(key), Some(signature)) => (key.clone(), hex(&signature)),
            (Some(_), None) => {
                self.problem("E0653", SIGNATURE, "missing, while the manifest names a key");
                return Ok(());
            }
            (None, Some(_)) => {
                self.problem("E0653", SIGNATURE, "there, while the manifest names no key");
                return Ok(());
            }
        };
        let signed = Signed { key, signature };
        if !is_signed(&signed, bytes) {
            self.problem("E0653", SIGNATURE, "the manifest is not what this key signed");
            return Ok(());
        }
        if self.bytes(PUBLIC)?.is_none_or(|pem_there| pem_there != pem(&signed.key).as_bytes()) {
            self.problem("E0653", PUBLIC, "not the key that the manifest names");
        }
        let head = &manifest.case;
        let message = crate::Signature::of_head(&head.uuid, head.log_entries, &head.log_head);
        if head.signed.as_ref().is_some_and(|signed| !is_signed(signed, &message)) {
            self.problem("E0653", MANIFEST, "the head of its log is not what its key signed");
        }
        self.found.signed = Some(signed);
        Ok(())
    }

    /// Follows the log with the contents of its entries, and makes from it what follows.
    fn check_log(&mut self, manifest: Option<&Manifest>) -> Result<Option<Replay>> {
        let mut entries = Vec::new();
        let read = self.lines(LOG, |line| {
            let entry: Entry = serde_json::from_str(line).map_err(|error| error.to_string())?;
            entries.push(entry);
            Ok(())
        })?;
        if !read {
            return Ok(None);
        }
        let (mut chain, mut replay) = (Chain::default(), Replay::default());
        let (mut problems, mut at) = (Vec::new(), 0);
        let read = self.lines(RECORDS, |line| {
            let Some(entry) = entries.get(at) else {
                return Err("it has more lines than the log has entries".to_owned());
            };
            at += 1;
            chain.follow(entry, Some(line), &mut problems);
            replay.take(entry, line)
        })?;
        for entry in entries.iter().skip(at).filter(|_| read) {
            chain.follow(entry, None, &mut problems);
        }
        self.found.entries = entries.len() as u64;
        self.found.problems.extend(problems);
        let (number, hash) = chain.head();
        if read
            && let Some(head) = manifest.map(|manifest| &manifest.case)
            && (head.log_entries != number || head.log_head != hash)
        {
            let met = "its head of the log is not that of log.jsonl";
            self.problem("E0652", MANIFEST, met);
        }
        Ok(read.then_some(replay))
    }

    /// Hands on the lines of a member; whether all could be used.
    fn lines(
        &mut self,
        name: &str,
        mut take: impl FnMut(&str) -> Result<(), String>,
    ) -> Result<bool> {
        let Some(index) = self.archive.index_for_name(name) else {
            self.problem("E0649", name, "missing");
            return Ok(false);
        };
        let read = self.member(index, name, |input| {
            let mut input = BufReader::with_capacity(1 << 16, input);
            let (mut line, mut number) = (Vec::new(), 0_u64);
            loop {
                line.clear();
                Read::by_ref(&mut input).take(LINE).read_until(b'\n', &mut line)?;
                if line.is_empty() {
                    return Ok(None);
                }
                number += 1;
                let text = std::str::from_utf8(&line).map_err(|error| error.to_string());
                let taken = text.and_then(|text| take(text.strip_suffix('\n').unwrap_or(text)));
                if let Err(met) = taken {
                    return Ok(Some(format!("line {number} cannot be used: {met}")));
                }
            }
        })?;
        match read {
            Ok(None) => return Ok(true),
            Ok(Some(met)) => self.problem("E0644", name, &met),
            Err(met) => self.problem("E0650", name, &format!("cannot be unpacked: {met}")),
        }
        Ok(false)
    }

    /// Compares `case.json` with what follows from the log.
    fn check_case(&mut self, replay: Option<Replay>, manifest: Option<&Manifest>) -> Result<()> {
        let Some(bytes) = self.bytes(CASE)? else {
            self.problem("E0649", CASE, "missing or unreadable");
            return Ok(());
        };
        let case: Value = match serde_json::from_slice(&bytes) {
            Ok(case) => case,
            Err(error) => {
                self.problem("E0654", CASE, &format!("cannot be understood: {error}"));
                return Ok(());
            }
        };
        let Some(mut replay) = replay else { return Ok(()) };
        self.compare_records(&case, &mut replay);
        let head = case.get("head").cloned().unwrap_or_default();
        for field in ["uuid", "title", "question", "tlp", "synthetic"] {
            let said = replay.opening.get(field).unwrap_or(&Value::Null);
            if !alike(head.get(field).unwrap_or(&Value::Null), said) {
                self.problem("E0654", CASE, &format!("its {field} is not that of the log"));
            }
        }
        if let Some(manifest) = manifest {
            let same = serde_json::to_value(&manifest.case).is_ok_and(|said| alike(&said, &head));
            if !same {
                self.problem("E0654", CASE, "its head is not that of the manifest");
            }
        }
        if let Some(signed) = self.found.signed.clone()
            && !replay.keys.contains(&signed.key)
        {
            self.problem("E0653", MANIFEST, "it is signed with a key that the log does not name");
        }
        Ok(())
    }

    fn compare_records(&mut self, case: &Value, replay: &mut Replay) {
        let list =
            |name: &str| case.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let mut there: BTreeMap<Ref, Value> = BTreeMap::new();
        for name in ["evidence", "runs", "findings", "claims", "events", "notes", "actors"] {
            for record in list(name) {
                let id = record.get("id").and_then(Value::as_str).unwrap_or_default();
                match id.parse() {
                    Ok(id) => {
                        there.insert(id, record);
                    }
                    Err(met) => self.problem("E0654", CASE, &format!("in {name}: {met}")),
                }
            }
        }
        let assessment = case.get("assessment").cloned().unwrap_or_default();
        for (id, said) in &replay.records {
            match there.remove(id) {
                Some(met) if alike(&met, said) => {}
                Some(_) => self.problem(
                    "E0654",
                    &id.to_string(),
                    "in case.json it is not what the log says",
                ),
                // Only the latest weighing is in the dossier; it is compared as a whole.
                None if id.kind == charivari_model::case::Kind::Hypothesis => {}
                None => self.problem("E0654", &id.to_string(), "missing in case.json"),
            }
        }
        for id in there.keys() {
            self.problem("E0654", &id.to_string(), "in case.json, but not in the log");
        }
        for (name, met, said) in [
            ("links", Value::from(list("links")), Value::from(replay.links.clone())),
            ("rates", Value::from(list("rates")), replay.rates()),
            ("assessment", assessment, replay.assessment.clone()),
        ] {
            if !alike(&met, &said) {
                self.problem("E0654", CASE, &format!("its {name} is not what the log says"));
            }
        }
    }
}
