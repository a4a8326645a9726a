//! A run into a case: its files become sensitive evidence, what it found becomes findings.

use charivari_case::{Case, NewEvidence, NewFinding, NewRun, Recorded, Stamp};
use charivari_mail::campaign::Campaigns;
use charivari_model::Provenance;
use charivari_model::case::{Method, Ref};

use super::examine::{MAX_NOTABLE, Run};
use super::findings::MAX_CAMPAIGNS;
use super::inputs;
use crate::cli::mail::Examine;
use crate::commands::case;
use crate::failure::Result;
use crate::progress::Bar;

/// The case that a run goes into, with the evidence of each file.
pub(super) struct Into {
    case: Case,
    stamp: Stamp,
    evidence: Vec<Ref>,
}

impl Into {
    /// Opens the case and registers the files, if the run goes into one. Mail is sensitive: only its
    /// digest and its place come into a case, never its bytes.
    pub(super) fn open(args: &Examine) -> Result<Option<Self>> {
        let Some(dir) = &args.into.case else { return Ok(None) };
        let stamp = case::stamp(args.into.by.as_deref())?;
        let mut case = case::open(dir)?;
        let tlp = case.tlp();
        let source = args.into.source.as_deref();
        let source = source.unwrap_or("given to the analysis; where it came from was not said");
        let step = Bar::step("registering the files as evidence");
        let mut evidence = Vec::new();
        for file in inputs::files(&args.inputs)? {
            let new = NewEvidence {
                grade: args.into.grade.unwrap_or_default(),
                tlp,
                sensitive: true,
                ..NewEvidence::new(&file.path, source)
            };
            evidence.push(case.add_evidence(new, &stamp, &mut |_| {})?.evidence.id);
        }
        step.finish_and_clear();
        Ok(Some(Self { case, stamp, evidence }))
    }

    /// The evidence of each file, in the order of the files.
    pub(super) fn evidence(&self) -> &[Ref] {
        &self.evidence
    }

    /// Records the run with its findings.
    pub(super) fn record(
        mut self,
        provenance: Provenance,
        run: &Run<'_>,
        campaigns: &Campaigns,
        findings: Vec<NewFinding>,
    ) -> Result<Recorded> {
        let mut inputs = self.evidence.clone();
        inputs.sort_unstable();
        inputs.dedup();
        let new = NewRun {
            command: provenance.command,
            parameters: provenance.parameters,
            tool: provenance.tool,
            inputs,
            method: method(run, campaigns),
            tables: Vec::new(),
            picture: None,
            findings,
        };
        Ok(self.case.record(new, &self.stamp)?)
    }
}

/// What was done, and what it does not show.
fn method(run: &Run<'_>, campaigns: &Campaigns) -> Method {
    let steps = [
        "Signatures (DKIM, ARC) were checked with keys from a file; nothing was looked up.",
        "What receiving servers recorded counts only of servers that the analyst named, and only above \
         the line in which they received the message.",
        "A claim is verified where somebody who can be believed vouches for it, contradicted where \
         something that can be checked says otherwise, and else unverified, which is not forged.",
        "Messages with near-copies of one text were taken together; slots of their template are told by \
         kind, never by value.",
    ];
    let mut limits = vec![
        "SPF and DMARC cannot be checked from a stored message; they were taken as recorded."
            .to_owned(),
        "Mail is sensitive: no file, address, name or words of a recipient were kept in the case."
            .to_owned(),
    ];
    let mut left_out = |count: u64, what: &str| {
        if count > 0 {
            limits.push(format!("{count} {what}"));
        }
    };
    left_out(campaigns.left_out, "messages were not compared with others, for want of memory.");
    left_out(campaigns.cut, "messages were compared by the beginning of their text.");
    left_out(
        run.notable_left_out,
        &format!(
            "more messages would have had a finding of their own, beyond the first {MAX_NOTABLE}."
        ),
    );
    let more = campaigns.campaigns.len().saturating_sub(MAX_CAMPAIGNS) as u64;
    left_out(more, "smaller campaigns have no finding of their own.");
    left_out(run.set_aside.len() as u64, "files in folders were no mail and were set aside.");
    Method { steps: steps.map(str::to_owned).to_vec(), limits }
}

/// What a run became in its case, in a line.
pub(super) fn said(recorded: &Recorded) -> String {
    let superseded =
        if recorded.superseded.is_empty() { "" } else { "; an earlier run is superseded" };
    format!(
        "\nIn the case: {}, {} findings{superseded}. Decide on them with charivari case decide.",
        recorded.run,
        recorded.findings.len()
    )
}
