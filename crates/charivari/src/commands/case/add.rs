//! `charivari case add`: files become evidence.

use std::path::Path;

use charivari_case::{Added, NewEvidence};
use charivari_ingest::Progress as _;
use charivari_model::Tlp;
use charivari_model::case::{Custody, Evidence};

use super::{directory, open, stamp};
use crate::cli::case::Add;
use crate::failure::Result;
use crate::progress::Bar;
use crate::term;

pub(crate) fn run(args: &Add) -> Result<()> {
    let stamp = stamp(args.at.by.as_deref())?;
    let mut case = open(&directory(&args.at.place))?;
    let tlp = args.tlp.unwrap_or(case.tlp());
    let sizes = args.files.iter().filter_map(|path| Some(path.metadata().ok()?.len()));
    let bar = Bar::bytes(sizes.sum(), "keeping");
    let (mut told, mut before) = (Vec::new(), 0);
    for path in &args.files {
        let mut progress = |bytes| bar.read(before + bytes);
        let added = case.add_evidence(evidence(path, args, tlp), &stamp, &mut progress)?;
        before += added.evidence.bytes;
        told.push(said(&added));
    }
    bar.finish();
    term::line(&told.join("\n"))
}

fn evidence<'p>(path: &'p Path, args: &Add, tlp: Tlp) -> NewEvidence<'p> {
    NewEvidence {
        collector: args.collector.clone(),
        collected: args.collected.clone(),
        grade: args.grade,
        tlp,
        // What is not to be kept in the clear is sensitive, whether or not that was said.
        sensitive: args.sensitive || args.held_at.is_some() || args.keep_encrypted.is_some(),
        place: args.held_at.clone(),
        keep_encrypted: args.keep_encrypted.clone(),
        note: args.note.clone(),
        link: args.link,
        ..NewEvidence::new(path, &args.source)
    }
}

/// `E1  posts.jsonl  1,204,332 bytes  sha256 9f86…  kept`.
fn said(added: &Added) -> String {
    let evidence = &added.evidence;
    let known = if added.already { "; the case had it already" } else { "" };
    format!(
        "{}  {}  {} bytes  sha256 {}  {}{known}",
        evidence.id,
        evidence.name,
        evidence.bytes,
        evidence.sha256,
        place(evidence)
    )
}

/// Where the bytes are, in words.
pub(super) fn place(evidence: &Evidence) -> String {
    match &evidence.custody {
        Custody::Kept => "kept in the case".to_owned(),
        Custody::HeldElsewhere { place } => format!("held elsewhere: {place}"),
        Custody::Encrypted { place, .. } => {
            format!("kept encrypted; the original is held elsewhere: {place}")
        }
    }
}
