//! Writes an invented case in all formats, for programs that read them:
//! `cargo run -p charivari-exchange --example case_files -- DIR`.
//!
//! `DIR/internal` has everything, `DIR/open` the open findings too, `DIR/public` what the public may
//! see, and `DIR/empty` a case in which nothing was found.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a tool for checks, not the program")]

use std::fs;
use std::path::Path;

use charivari_exchange::case::{EXPORTERS, Options};
use charivari_model::case::Dossier;
use charivari_model::case::Redaction;

#[path = "../tests/support/case.rs"]
mod case;

fn main() {
    let folder = std::env::args_os().nth(1).unwrap_or_else(|| "case-files".into());
    let folder = Path::new(&folder);
    let open = Options { include_open: true, ..Options::default() };
    let public = Options { redaction: Redaction::Public, ..Options::default() };
    write(&folder.join("internal"), &case::sample(), Options::default());
    write(&folder.join("open"), &case::sample(), open);
    write(&folder.join("public"), &case::public(), public);
    write(&folder.join("empty"), &empty(), Options::default());
}

/// A case that was only just opened.
fn empty() -> Dossier {
    let mut dossier = case::sample();
    dossier.evidence.clear();
    dossier.runs.clear();
    dossier.findings.clear();
    dossier.claims.clear();
    dossier.checks.clear();
    dossier.links.clear();
    dossier.events.clear();
    dossier.notes.clear();
    dossier.actors.clear();
    dossier.assessment = None;
    dossier.head.synthetic = None;
    dossier
}

fn write(folder: &Path, dossier: &Dossier, options: Options) {
    fs::create_dir_all(folder).unwrap();
    for exporter in EXPORTERS {
        for file in exporter.files {
            let path = folder.join(file.name);
            let written = file.write(dossier, options, fs::File::create(&path).unwrap()).unwrap();
            println!("{}: {} records {:?}", path.display(), written.records, written.notes);
        }
    }
}
