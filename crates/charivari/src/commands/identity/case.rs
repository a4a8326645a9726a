//! A run of identity into a case: inputs become evidence, what it found becomes findings.

use std::path::{Path, PathBuf};

use charivari_case::{Case, NewEvidence, NewFinding, NewRun, NewTable, Stamp};
use charivari_ingest::PartReport;
use charivari_model::case::{Locator, Method, Ref, Tagged};

use crate::cli::case::IntoCase;
use crate::commands::case;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

/// Where a list of the protected is from.
pub(super) const ROSTER: &str = "written by the analyst: who is protected";

/// The source of an input of which nothing was said.
const UNSAID: &str = "given to the analysis; where it came from was not said";

/// A case that a run goes into.
pub(super) struct Into {
    case: Case,
    stamp: Stamp,
    /// The evidence of each part, in their order.
    pub(super) parts: Vec<Ref>,
    /// Further evidence that was read.
    others: Vec<Ref>,
    is_open: bool,
}

/// Keeps one file as evidence, if a case was named; `made` says where it is from if nothing else does.
pub(super) fn keep_file(path: &Path, keep: &IntoCase, made: &str) -> Result<()> {
    let Some(dir) = &keep.case else { return Ok(()) };
    let stamp = case::stamp(keep.by.as_deref())?;
    let mut opened = case::open(dir)?;
    let tlp = opened.tlp();
    let source = keep.source.as_deref().unwrap_or(made);
    let new = NewEvidence {
        grade: keep.grade.unwrap_or_default(),
        tlp,
        ..NewEvidence::new(path, source)
    };
    let added = opened.add_evidence(new, &stamp, &mut |_| {})?;
    term::line(&format!("In the case: {}", added.evidence.id))
}

impl Into {
    /// Opens the case and keeps the inputs, if one was named.
    pub(super) fn open(
        paths: &[&PathBuf],
        parts: &[PartReport],
        keep: &IntoCase,
    ) -> Result<Option<Self>> {
        let Some(dir) = &keep.case else { return Ok(None) };
        let stamp = case::stamp(keep.by.as_deref())?;
        let mut opened = case::open(dir)?;
        let tlp = opened.tlp();
        let source = keep.source.as_deref().unwrap_or(UNSAID);
        let (mut kept, mut is_open) = (Vec::new(), true);
        for path in paths {
            let grade = keep.grade.unwrap_or_default();
            let new = NewEvidence { grade, tlp, ..NewEvidence::new(path, source) };
            let added = opened.add_evidence(new, &stamp, &mut |_| {})?;
            is_open &= !added.evidence.sensitive;
            kept.push((added.evidence.sha256, added.evidence.id));
        }
        let of = |digest: &str| kept.iter().find(|(known, _)| known == digest).map(|(_, id)| *id);
        let parts: Option<Vec<Ref>> = parts.iter().map(|part| of(&part.file.sha256)).collect();
        let parts = parts.ok_or_else(|| {
            Failure::input(
                "E0101: cannot read an input as it was analysed, since it changed before it was kept; run \
                 again when it is at rest",
            )
        })?;
        Ok(Some(Self { case: opened, stamp, parts, others: Vec::new(), is_open }))
    }

    /// Keeps an input by its digest and place alone: mail and leaks hold victims' data.
    pub(super) fn keep_sensitive(&mut self, path: &Path, keep: &IntoCase) -> Result<()> {
        let source = keep.source.as_deref().unwrap_or(UNSAID);
        let new = NewEvidence {
            grade: keep.grade.unwrap_or_default(),
            tlp: self.case.tlp(),
            sensitive: true,
            ..NewEvidence::new(path, source)
        };
        let added = self.case.add_evidence(new, &self.stamp, &mut |_| {})?;
        self.others.push(added.evidence.id);
        Ok(())
    }

    /// Where a row stands in the evidence.
    pub(super) fn locator(
        &self,
        part: u32,
        row: u64,
        account: &str,
        excerpt: &str,
    ) -> Option<Locator> {
        Some(Locator {
            evidence: *self.parts.get(part as usize)?,
            part: None,
            row,
            post: None,
            account: Some(account.to_owned()),
            time: None,
            excerpt: if self.is_open { excerpt.to_owned() } else { String::new() },
        })
    }

    /// Records the run, and says so. Of sensitive inputs no tables are kept.
    pub(super) fn record(
        mut self,
        command: &str,
        parameters: Vec<(String, String)>,
        method: Method,
        findings: Vec<NewFinding>,
        table: Option<(&Folder, &str, &str, usize)>,
    ) -> Result<()> {
        let mut inputs = self.parts.clone();
        inputs.append(&mut self.others);
        inputs.sort_unstable();
        inputs.dedup();
        let tables = table.filter(|_| self.is_open).map(|(folder, name, title, rows)| NewTable {
            name: name.to_owned(),
            title: title.to_owned(),
            path: folder.path(name),
            rows: rows as u64,
        });
        let new = NewRun {
            command: command.to_owned(),
            parameters,
            tool: concat!("charivari ", env!("CARGO_PKG_VERSION")).to_owned(),
            inputs,
            method,
            tables: tables.into_iter().collect(),
            picture: None,
            findings,
        };
        let recorded = self.case.record(new, &self.stamp)?;
        let count = recorded.findings.len();
        term::line(&format!(
            "In the case: {}, {count} findings. Decide on them with charivari case decide.",
            recorded.run
        ))
    }
}

/// A technique of the DISARM Red Framework, version 1.6 (DISARM Foundation, CC BY-SA 4.0).
pub(super) fn tagged(id: &str, name: &str, why: &str) -> Option<Tagged> {
    let technique = format!("disarm:{id}").parse().ok()?;
    Some(Tagged { technique, name: name.to_owned(), why: why.to_owned() })
}
