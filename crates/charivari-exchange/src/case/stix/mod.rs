//! STIX 2.1, plain and as `OpenCTI` understands it best.
//!
//! # What it is
//! A bundle of objects as JSON (OASIS, STIX 2.1). The plain one uses nothing but the standard. The
//! other has `OpenCTI`'s own `narrative`, `channel` and `event` objects, and the ids that `OpenCTI`
//! itself would give, so that importing a case twice, or after someone else's, makes no doubles.
//!
//! # Who reads it
//! Threat-intelligence platforms and whoever exchanges with them.
//!
//! # What goes in
//! The case as `report` and `campaign`; each finding as `note` about its accounts, techniques and
//! files; accounts as `user-account`; files as `file` with their SHA-256; techniques as
//! `attack-pattern`; parties as `intrusion-set`, `threat-actor` or `identity`; claims and events as
//! `note` (`OpenCTI`: `narrative` and `event` where they are that); each hypothesis as `note` with an
//! `opinion` on it; links as `related-to`. `attributed-to` stands only where the assessment's
//! leading hypothesis is at least likely and an analyst linked it to a party.
//!
//! # What stays out
//! Indicators: an account that posts is not malicious by itself. The bytes of evidence and where
//! sensitive ones are held. Probabilities: `confidence` is low 15, moderate 50, high 85, and speaks
//! of the basis only.
//!
//! # Source
//! STIX Version 2.1, OASIS Standard, 10 June 2021; the TLP 2.0 markings of the OASIS CTI common
//! objects; the `generate_id` functions of pycti 7.

mod bundle;
mod people;
mod records;
mod things;

use std::io::Write;

use super::outgoing::Outgoing;
use super::words::Style;
use super::{Exporter, File, write_json};
use crate::ExchangeError;
use bundle::Bundle;

/// The plain standard.
pub(super) static STIX: Exporter =
    Exporter { name: "stix", title: "STIX 2.1", files: &[File { name: "stix.json", make: plain }] };

/// The standard with `OpenCTI`'s objects and ids.
pub(super) static OPENCTI: Exporter = Exporter {
    name: "opencti",
    title: "STIX 2.1 for OpenCTI",
    files: &[File { name: "opencti.json", make: opencti }],
};

/// Whose objects and ids a bundle has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flavour {
    Plain,
    OpenCti,
}

impl Flavour {
    /// `OpenCTI` renders descriptions and notes as Markdown.
    const fn style(self) -> Style {
        match self {
            Self::Plain => Style::Plain,
            Self::OpenCti => Style::Markdown,
        }
    }
}

fn plain(outgoing: &Outgoing<'_>, out: &mut dyn Write) -> Result<u64, ExchangeError> {
    write(outgoing, Flavour::Plain, out)
}

fn opencti(outgoing: &Outgoing<'_>, out: &mut dyn Write) -> Result<u64, ExchangeError> {
    write(outgoing, Flavour::OpenCti, out)
}

fn write(
    outgoing: &Outgoing<'_>,
    flavour: Flavour,
    out: &mut dyn Write,
) -> Result<u64, ExchangeError> {
    let mut bundle = Bundle::new(outgoing, flavour);
    things::add_campaign(&mut bundle);
    people::add_actors(&mut bundle);
    things::add_techniques(&mut bundle);
    things::add_evidence(&mut bundle);
    people::add_accounts(&mut bundle);
    records::add_findings(&mut bundle);
    records::add_claims(&mut bundle);
    records::add_events(&mut bundle);
    records::add_assessment(&mut bundle);
    records::add_notes(&mut bundle);
    records::add_links(&mut bundle);
    things::add_report(&mut bundle);
    let (document, objects) = bundle.finish();
    write_json(&document, out)?;
    Ok(objects)
}
