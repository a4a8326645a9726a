//! A MISP event.
//!
//! # What it is
//! One event in MISP's core format (JSON), with objects, galaxy tags and an event report.
//!
//! # Who reads it
//! MISP and all that speaks its format: CERTs and sharing communities.
//!
//! # What goes in
//! The case as event and as `campaign-name`; its marking, techniques and grades as tags; accounts,
//! files, findings, claims, hypotheses and shown posts as objects of MISP's own templates; the whole
//! story, with timeline and evidence list, as an event report in Markdown.
//!
//! # What stays out
//! `to_ids` is never set: an account or a file of evidence is nothing to block by itself. The event
//! is not published and its distribution is "your organisation only", so that whoever imports it
//! decides whom to show it.
//!
//! # Source
//! MISP core format (misp-standard.org); the object templates and type table that pymisp 2.5 ships;
//! the galaxies `disarm-techniques` and `mitre-attack-pattern`; the taxonomies `tlp`,
//! `admiralty-scale` and `estimative-language`.

mod event;
mod objects;
mod report;

use std::io::Write;

use super::outgoing::Outgoing;
use super::{Exporter, File, write_json};
use crate::ExchangeError;

/// The event.
pub(super) static MISP: Exporter = Exporter {
    name: "misp",
    title: "MISP event",
    files: &[File { name: "misp.json", make: write }],
};

fn write(outgoing: &Outgoing<'_>, out: &mut dyn Write) -> Result<u64, ExchangeError> {
    let (document, objects) = event::event(outgoing);
    write_json(&document, out)?;
    Ok(objects)
}
