//! A run into a case: its inputs become evidence, what it found becomes findings.

use std::path::Path;

use charivari_case::{Case, NewEvidence, NewRun, NewTable, Recorded, Stamp};
use charivari_model::Tlp;
use charivari_model::case::{Method, Ref};

use super::Run;
use super::report::Told;
use crate::cli::Kind;
use crate::cli::case::IntoCase;
use crate::commands::case;
use crate::failure::Result;
use crate::output::Folder;
use crate::progress::Bar;

/// The source of an input of which nothing was said.
const UNSAID: &str = "given to the analysis; where it came from was not said";

/// What is said where an input is sensitive.
const KEPT_OUT: &str = "An input is sensitive: neither words of its posts nor the tables of this run were \
                        kept in the case.";

/// The case that a run goes into, with the evidence of each part that was read.
pub(super) struct Into {
    case: Case,
    stamp: Stamp,
    /// The evidence of each part, in the order of the parts.
    pub(super) parts: Vec<Ref>,
    /// The evidence among it that is sensitive: no word of it may come into the case.
    sensitive: Vec<Ref>,
}

impl Into {
    /// Opens the case and keeps the inputs, if the run goes into one.
    pub(super) fn open(run: &Run<'_>) -> Result<Option<Self>> {
        let args = &run.args.into;
        let Some(dir) = &args.case else { return Ok(None) };
        let stamp = run.stamp.clone().map_or_else(|| case::stamp(args.by.as_deref()), Ok)?;
        let mut case = case::open(dir)?;
        let tlp = case.tlp();
        let (mut kept, mut sensitive): (Vec<(String, Ref)>, Vec<Ref>) = (Vec::new(), Vec::new());
        let step = Bar::step("keeping the inputs as evidence");
        for path in run.args.inputs.iter().chain(&run.args.background) {
            let added = case.add_evidence(evidence(path, args, tlp), &stamp, &mut |_| {})?;
            sensitive.extend(added.evidence.sensitive.then_some(added.evidence.id));
            kept.push((added.evidence.sha256, added.evidence.id));
        }
        step.finish_and_clear();
        let of = |digest: &str| kept.iter().find(|(known, _)| known == digest).map(|(_, id)| *id);
        let parts: Option<Vec<Ref>> = run.parts.iter().map(|part| of(&part.file.sha256)).collect();
        let changed = || {
            crate::failure::Failure::input(
                "E0101: cannot read an input as it was analysed, since it changed before it was kept; run \
                 again when it is at rest",
            )
        };
        Ok(Some(Self { case, stamp, parts: parts.ok_or_else(changed)?, sensitive }))
    }

    /// Records the run with its findings and the tables in `folder`.
    pub(super) fn record(
        mut self,
        run: &Run<'_>,
        mut told: Told,
        folder: &Folder,
    ) -> Result<Recorded> {
        let is_open = self.sensitive.is_empty();
        for place in told.findings.iter_mut().flat_map(|finding| &mut finding.evidence) {
            if self.sensitive.contains(&place.evidence) {
                place.excerpt.clear();
            }
        }
        if !is_open {
            told.warnings.push(KEPT_OUT.to_owned());
        }
        let mut inputs = self.parts.clone();
        inputs.sort_unstable();
        inputs.dedup();
        let new = NewRun {
            command: run.provenance.command.clone(),
            parameters: run.provenance.parameters.clone(),
            tool: run.provenance.tool.clone(),
            inputs,
            method: method(run, &told),
            tables: if is_open { tables(run, folder) } else { Vec::new() },
            picture: Some(told.picture),
            findings: told.findings,
        };
        Ok(self.case.record(new, &self.stamp)?)
    }
}

/// An input as evidence. What the case knows of it already is kept.
fn evidence<'p>(path: &'p Path, args: &IntoCase, tlp: Tlp) -> NewEvidence<'p> {
    let source = args.source.as_deref().unwrap_or(UNSAID);
    NewEvidence { grade: args.grade.unwrap_or_default(), tlp, ..NewEvidence::new(path, source) }
}

/// What was done, and what it does not show.
fn method(run: &Run<'_>, told: &Told) -> Method {
    let tested = run.network.significance.is_some();
    let mut steps = vec![
        "Two posts of different accounts that share an object within the window are an act; the \
         objects that two accounts met on are the weight of their edge."
            .to_owned(),
    ];
    if tested {
        steps.push(format!(
            "Each edge was tested against chance, given what each account shares, how attention to \
             each object rose and fell, and how quick each account is; edges stand at a false \
             discovery rate of {}, counted in accounts.",
            run.network.level
        ));
    } else {
        steps.push("Chance was not tested: some of these edges are accidents.".to_owned());
    }
    steps.push(
        "Groups are communities of the edges that stand, by the Leiden algorithm.".to_owned(),
    );
    let shown = told.findings.len().saturating_sub(1);
    let mut limits = told.warnings.clone();
    if shown < run.groups.len() {
        limits.push(format!(
            "Findings were recorded of {shown} of {} groups; the others stand in the table of groups.",
            run.groups.len()
        ));
    }
    Method { steps, limits }
}

/// What a run became in its case, in a few lines.
pub(super) fn said(recorded: &Recorded) -> String {
    let count = recorded.findings.len();
    let findings = match (recorded.findings.first(), recorded.findings.last()) {
        (Some(first), Some(last)) if count > 1 => format!("findings {first} to {last}"),
        (Some(one), _) => format!("finding {one}"),
        _ => "no finding".to_owned(),
    };
    let mut text = format!("\nIn the case: {}, {findings}", recorded.run);
    if !recorded.superseded.is_empty() {
        text.push_str("; an earlier run on the same inputs is superseded");
    }
    text.push_str(". Decide on them with charivari case decide.");
    text
}

/// The tables that the run wrote, as far as it did.
fn tables(run: &Run<'_>, folder: &Folder) -> Vec<NewTable> {
    if !run.wants(Kind::Tables) {
        return Vec::new();
    }
    let rows = |name: &str| match name {
        "edges.csv" => run.network.edges.edges.len(),
        "accounts.csv" => run.network.nodes.len(),
        "groups.csv" => run.groups.len(),
        _ => run.signs.rows.len(),
    };
    let tested = run.network.significance.is_some();
    let known = [
        ("edges.csv", "Pairs of accounts that acted together, with what chance says of each."),
        ("accounts.csv", "Accounts with at least one edge, their group and degree."),
        ("groups.csv", "Groups with their size, times and odds."),
        ("signs.csv", "Accounts in step, without sleep, or made in one go."),
    ];
    let made = known.into_iter().filter(|(name, _)| tested || *name != "signs.csv");
    made.map(|(name, title)| NewTable {
        name: name.to_owned(),
        title: title.to_owned(),
        path: folder.path(name),
        rows: rows(name) as u64,
    })
    .collect()
}
