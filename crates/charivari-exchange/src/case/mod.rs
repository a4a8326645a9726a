//! A whole case in the formats that other analysts' tools read.
//!
//! | exporter | files | for |
//! |---|---|---|
//! | `stix` | `stix.json` | any reader of STIX 2.1 |
//! | `opencti` | `opencti.json` | `OpenCTI`, with its own objects and ids |
//! | `misp` | `misp.json` | MISP |
//! | `navigator` | `navigator-attack.json`, `navigator-disarm.json` | ATT&CK Navigator |
//! | `timesketch` | `timesketch.jsonl` | Timesketch |
//! | `referral` | `referral.csv`, `referral.json` | the integrity team of a platform |
//!
//! All of them tell of the same findings: those that an analyst accepted and no later run replaced.
//! [`Options::include_open`] adds those that nobody has decided on, each marked as open wherever it
//! appears. Rejected findings never leave.
//!
//! The dossier is handed in as it may be seen: whoever redacts it does so before. An exporter copies
//! what is there and derives nothing that was taken away, so an empty excerpt, a post without an id
//! and an account that is only called `account 12` are ordinary.

mod ids;
mod misp;
mod navigator;
mod outgoing;
mod referral;
mod stix;
mod summary;
mod timesketch;
mod words;

use std::io::Write;

use charivari_model::case::{Dossier, Redaction};

use crate::ExchangeError;
use outgoing::Outgoing;

/// A format that a case can be written in: data, so that a program can list and offer them.
pub struct Exporter {
    /// The name that an analyst types, such as `stix`.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The files that it consists of.
    pub files: &'static [File],
}

/// One file of a format.
pub struct File {
    /// Its name, such as `stix.json`.
    pub name: &'static str,
    make: fn(&Outgoing<'_>, &mut dyn Write) -> Result<u64, ExchangeError>,
}

/// All formats, in the order in which they are offered.
pub static EXPORTERS: &[&Exporter] = &[
    &stix::STIX,
    &stix::OPENCTI,
    &misp::MISP,
    &navigator::NAVIGATOR,
    &timesketch::TIMESKETCH,
    &referral::REFERRAL,
];

/// What the analyst chose about all formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether findings that nobody has decided on go out too, each marked as open.
    pub include_open: bool,
    /// How much the dossier still tells, so that the files can say it.
    pub redaction: Redaction,
}

/// What went into a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Objects, techniques, lines or rows, whatever the format counts.
    pub records: u64,
    /// What the analyst should know of it, such as what stayed out, as sentences.
    pub notes: Vec<String>,
}

impl File {
    /// Writes the file.
    ///
    /// # Errors
    ///
    /// When the case's id is no UUID, or the output takes no more bytes.
    pub fn write(
        &self,
        dossier: &Dossier,
        options: Options,
        mut out: impl Write,
    ) -> Result<Written, ExchangeError> {
        let outgoing = Outgoing::new(dossier, options)?;
        let records = (self.make)(&outgoing, &mut out)?;
        out.flush()?;
        Ok(Written { records, notes: outgoing.notes() })
    }
}

/// The exporter of that name, if there is one.
#[must_use]
pub fn exporter(name: &str) -> Option<&'static Exporter> {
    EXPORTERS.iter().copied().find(|exporter| exporter.name == name)
}

/// Writes a JSON document for people and machines: indented, with a line break at its end.
fn write_json(document: &serde_json::Value, out: &mut dyn Write) -> Result<(), ExchangeError> {
    serde_json::to_writer_pretty(&mut *out, document).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}
