//! A seal: a case in one file that can be handed on and checked by whoever gets it.
//!
//! A ZIP archive with `case.json` (the dossier), `records.jsonl` (the content of every entry),
//! `log.jsonl` (the entries), tables and evidence where asked, reports, `manifest.json`, where there
//! is a key its signature, and `SHA256SUMS` over all of it. The same case gives the same bytes.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::Path;

use charivari_model::Timestamp;
use charivari_model::case::{Custody, Dossier, Evidence, Head, Ref, Signed};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::canonical::{hex, sha256};
use crate::dossier::Wanted;
use crate::members::is_plain;
use crate::objects::{Shelf, copy};
use crate::{Case, Error, Result, Stamp, TOOL};

/// How a manifest says what it is.
pub(crate) const FORMAT: &str = "charivari seal 1";
/// The names of the members that every seal has.
pub(crate) const CASE: &str = "case.json";
pub(crate) const RECORDS: &str = "records.jsonl";
pub(crate) const LOG: &str = "log.jsonl";
pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const SUMS: &str = "SHA256SUMS";
/// The signature of the manifest, 64 bytes, and the public key, where there is one.
pub(crate) const SIGNATURE: &str = "manifest.sig";
pub(crate) const PUBLIC: &str = "manifest.pem";

/// From which length on a member needs the wide form of ZIP.
const LARGE: u64 = 0xffff_0000;

/// What goes into a seal besides the records and the log.
#[derive(Clone, Debug, Default)]
pub struct SealOptions {
    /// The evidence that the case keeps in the clear. What is sensitive never goes into a seal.
    pub with_evidence: bool,
    /// The tables of runs.
    pub with_tables: bool,
    /// Reports, each with its file name.
    pub reports: Vec<(String, Vec<u8>)>,
}

/// A seal that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// SHA-256 of its manifest, which stands for all of it.
    pub manifest: String,
    /// The head of the log that it holds.
    pub log_head: String,
    /// Its files.
    pub files: u64,
    /// The signature of the manifest, where there is a key.
    pub signed: Option<Signed>,
    /// Files that it does not contain.
    pub left_out: u64,
}

/// What a seal says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    pub(crate) tool: String,
    pub(crate) sealed: Timestamp,
    pub(crate) sealed_by: String,
    pub(crate) case: Head,
    pub(crate) runs: Vec<SealedRun>,
    pub(crate) files: Vec<SealedFile>,
    pub(crate) left_out: Vec<LeftOut>,
    pub(crate) public_key: Option<String>,
}

/// How something was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SealedRun {
    pub(crate) id: Ref,
    pub(crate) command: String,
    pub(crate) tool: String,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) inputs: Vec<Ref>,
}

/// A file in a seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SealedFile {
    pub(crate) name: String,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
}

/// A file that a seal does not contain, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LeftOut {
    pub(crate) record: Ref,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    pub(crate) why: String,
}

/// A ZIP archive that is being written, and what is in it.
struct Bundle<W: Write + Seek> {
    zip: ZipWriter<W>,
    files: Vec<SealedFile>,
}

/// Writes a member and digests it.
struct Member<'b, W: Write + Seek> {
    zip: &'b mut ZipWriter<W>,
    digest: Sha256,
    bytes: u64,
}

impl<W: Write + Seek> Write for Member<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.zip.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

fn failed(error: &io::Error) -> Error {
    Error::writing(Path::new("the seal"), error)
}

impl<W: Write + Seek> Bundle<W> {
    /// Adds a member that `write` writes.
    fn add(
        &mut self,
        name: &str,
        bytes: u64,
        write: impl FnOnce(&mut Member<'_, W>) -> Result<()>,
    ) -> Result<&SealedFile> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644)
            .large_file(bytes >= LARGE);
        self.zip.start_file(name, options).map_err(|error| failed(&io::Error::other(error)))?;
        let mut member = Member { zip: &mut self.zip, digest: Sha256::new(), bytes: 0 };
        write(&mut member)?;
        let (sha256, bytes) = (hex(&member.digest.finalize()), member.bytes);
        self.files.push(SealedFile { name: name.to_owned(), sha256, bytes });
        self.files.last().ok_or_else(|| failed(&io::Error::other("no member")))
    }

    /// Adds a member that is at hand.
    fn add_bytes(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let write =
            |member: &mut Member<'_, W>| member.write_all(bytes).map_err(|error| failed(&error));
        self.add(name, bytes.len() as u64, write).map(|_| ())
    }

    /// Adds a file of the case, if it is still what was registered.
    fn add_object(&mut self, dir: &Path, from: Shelf, sha256: &str, bytes: u64) -> Result<()> {
        let place = from.place(sha256);
        let path = dir.join(&place);
        let mut file = File::open(&path).map_err(|error| Error::lost(&path, error))?;
        let written = self.add(&place, bytes, |member| {
            let copied = copy(&mut file, member, &mut |_| ());
            copied.map(|_| ()).map_err(|(reading, error)| {
                if reading { Error::lost(&path, error) } else { failed(&error) }
            })
        })?;
        if written.sha256 == sha256 { Ok(()) } else { Err(Error::NotSealed { what: place }) }
    }
}

impl Case {
    /// Writes a seal of the case. The case itself is not changed, so that one can be sealed that may
    /// only be read; [`Case::log_seal`] writes down that it was handed on.
    ///
    /// # Errors
    /// `E0626` where a file is not what was registered, `E0611` where a report's name is not plain,
    /// and what keeps the case from being read or the seal from being written.
    pub fn seal<W: Write + Seek>(
        &mut self,
        out: W,
        options: &SealOptions,
        stamp: &Stamp,
    ) -> Result<Sealed> {
        for (name, _) in &options.reports {
            if !is_plain(name) {
                let expected = "ASCII letters, figures, '-', '_' and '.', not a dot first";
                return Err(Error::invalid("a report's name", expected, name));
            }
        }
        let dossier = self.dossier(&Wanted::everything())?;
        let mut bundle = Bundle { zip: ZipWriter::new(out), files: Vec::new() };
        let json =
            serde_json::to_vec(&dossier).map_err(|error| Error::damaged("the case", error))?;
        bundle.add_bytes(CASE, &json)?;
        drop(json);
        self.write_log(&mut bundle, dossier.head.log_entries)?;
        let left_out = add_files(&self.dir, &mut bundle, &dossier, options)?;
        for (name, bytes) in &options.reports {
            bundle.add_bytes(&format!("reports/{name}"), bytes)?;
        }
        self.finish(bundle, dossier, left_out, stamp)
    }

    /// Writes down that a seal was handed on, and to whom or what for.
    ///
    /// # Errors
    /// What keeps a case from being written.
    pub fn log_seal(&mut self, sealed: &Sealed, purpose: &str, stamp: &Stamp) -> Result<()> {
        let content = serde_json::json!({
            "manifest": sealed.manifest, "log_head": sealed.log_head, "purpose": purpose,
        });
        self.write("log a seal", stamp, |writer, _| writer.append("seal", None, &content))
    }

    /// Writes the log and the contents of its entries, line by line.
    fn write_log<W: Write + Seek>(&mut self, bundle: &mut Bundle<W>, entries: u64) -> Result<()> {
        bundle.add(LOG, LARGE, |member| {
            self.pages(entries, |case, from, to| {
                for entry in case.log(from..=to)? {
                    serde_json::to_writer(&mut *member, &entry)
                        .map_err(|error| failed(&error.into()))?;
                    member.write_all(b"\n").map_err(|error| failed(&error))?;
                }
                Ok(())
            })
        })?;
        bundle.add(RECORDS, LARGE, |member| {
            self.pages(entries, |case, from, to| {
                for body in case.bodies(from, to)? {
                    let written = member.write_all(body.as_bytes());
                    let written = written.and_then(|()| member.write_all(b"\n"));
                    written.map_err(|error| failed(&error))?;
                }
                Ok(())
            })
        })?;
        Ok(())
    }

    /// Goes through the entries of the log by pages.
    fn pages(
        &mut self,
        entries: u64,
        mut page: impl FnMut(&mut Self, u64, u64) -> Result<()>,
    ) -> Result<()> {
        const PAGE: u64 = 4_096;
        let mut from = 1;
        while from <= entries {
            let to = entries.min(from + PAGE - 1);
            page(self, from, to)?;
            from = to + 1;
        }
        Ok(())
    }

    /// The contents of some entries.
    fn bodies(&mut self, from: u64, to: u64) -> Result<Vec<String>> {
        let statement = crate::db::sql(
            "SELECT body FROM content WHERE entry BETWEEN ? AND ? \
                                        ORDER BY entry",
        );
        let (from, to) = (crate::writer::signed(from)?, crate::writer::signed(to)?);
        let rows = self.db.rows(statement.bind(from).bind(to))?;
        rows.iter().map(|row| crate::db::text(row, 0)).collect()
    }

    /// Writes what stands for all of it: manifest, signature and sums.
    fn finish<W: Write + Seek>(
        &self,
        mut bundle: Bundle<W>,
        dossier: Dossier,
        left_out: Vec<LeftOut>,
        stamp: &Stamp,
    ) -> Result<Sealed> {
        let runs = dossier.runs.into_iter().map(|run| {
            let (id, command, tool) = (run.id, run.command, run.tool);
            SealedRun { id, command, tool, parameters: run.parameters, inputs: run.inputs }
        });
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            tool: TOOL.to_owned(),
            sealed: stamp.now,
            sealed_by: stamp.by.clone(),
            runs: runs.collect(),
            files: bundle.files.clone(),
            left_out,
            public_key: dossier.head.signed.as_ref().map(|signed| signed.key.clone()),
            case: dossier.head,
        };
        let mut json = serde_json::to_vec_pretty(&manifest)
            .map_err(|error| Error::damaged("the manifest", error))?;
        json.push(b'\n');
        bundle.add_bytes(MANIFEST, &json)?;
        let signed = self.sign(&json);
        if let Some(signed) = &signed {
            let bytes = crate::canonical::unhex::<64>(&signed.signature).unwrap_or([0; 64]);
            bundle.add_bytes(SIGNATURE, &bytes)?;
            bundle.add_bytes(PUBLIC, crate::keys::pem(&signed.key).as_bytes())?;
        }
        let lines = bundle.files.iter().map(|file| format!("{}  {}\n", file.sha256, file.name));
        let sums: String = lines.collect();
        bundle.add_bytes(SUMS, sums.as_bytes())?;
        let files = bundle.files.len() as u64;
        let written = bundle.zip.finish().map_err(|error| failed(&io::Error::other(error)));
        written?.flush().map_err(|error| failed(&error))?;
        Ok(Sealed {
            manifest: sha256(&json),
            log_head: manifest.case.log_head,
            files,
            signed,
            left_out: manifest.left_out.len() as u64,
        })
    }
}

/// Adds the files that are wanted, and says which ones are not there and why.
fn add_files<W: Write + Seek>(
    dir: &Path,
    bundle: &mut Bundle<W>,
    dossier: &Dossier,
    options: &SealOptions,
) -> Result<Vec<LeftOut>> {
    let mut left_out = Vec::new();
    for evidence in &dossier.evidence {
        if let Some(why) = stays_out(evidence, options) {
            let (record, sha256) = (evidence.id, evidence.sha256.clone());
            left_out.push(LeftOut { record, sha256, bytes: evidence.bytes, why: why.to_owned() });
        } else {
            bundle.add_object(dir, Shelf::Evidence, &evidence.sha256, evidence.bytes)?;
        }
    }
    let mut there = std::collections::BTreeSet::new();
    for run in &dossier.runs {
        for table in &run.tables {
            if !options.with_tables {
                let (record, sha256, bytes) = (run.id, table.sha256.clone(), table.bytes);
                left_out.push(LeftOut { record, sha256, bytes, why: "not asked for".to_owned() });
            } else if there.insert(&table.sha256) {
                bundle.add_object(dir, Shelf::Tables, &table.sha256, table.bytes)?;
            }
        }
    }
    Ok(left_out)
}

/// Why a piece of evidence does not go into the seal.
fn stays_out(evidence: &Evidence, options: &SealOptions) -> Option<&'static str> {
    match (&evidence.custody, evidence.sensitive) {
        (Custody::HeldElsewhere { .. }, _) => Some("sensitive: held elsewhere"),
        (Custody::Encrypted { .. }, _) | (_, true) => {
            Some("sensitive: stays encrypted in the case")
        }
        (Custody::Kept, false) if !options.with_evidence => Some("not asked for"),
        (Custody::Kept, false) => None,
    }
}
