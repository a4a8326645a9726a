//! Whole records that a level does not show.

use std::collections::BTreeSet;

use charivari_model::case::{Dossier, Evidence, Finding, Kind, Ref, Ruling, Run, Subject};
use charivari_model::{Tlp, case};

use super::Redaction;
use crate::format;

/// The case with the records that the level shows, and what was left out in sentences.
pub(super) fn select(dossier: &Dossier, level: Redaction) -> (Dossier, Vec<String>) {
    let most = level.most();
    let mut selected = dossier.clone();
    let closed: Vec<u64> = vec![
        retain(&mut selected.evidence, |it: &Evidence| it.tlp <= most),
        retain(&mut selected.claims, |it| it.tlp <= most),
        retain(&mut selected.events, |it| it.tlp <= most),
        retain(&mut selected.actors, |it| it.tlp <= most),
    ];
    let notes = selected.notes.len() as u64;
    selected.notes.clear();
    let open: BTreeSet<Ref> = selected.evidence.iter().map(|it| it.id).collect();
    let old = retain(&mut selected.runs, |run| run.superseded_by.is_none());
    let shut =
        retain(&mut selected.runs, |run: &Run| run.inputs.iter().all(|it| open.contains(it)));
    let (stood, rested) = findings(&mut selected, &open);
    join(&mut selected);
    let mut told = marked(&closed, most);
    told.extend(sentence(
        stood,
        "finding was",
        "findings were",
        "rejected or replaced by a later run",
    ));
    told.extend(sentence(
        rested,
        "finding rests",
        "findings rest",
        &format!("on evidence that is marked above {most} or is not at hand to be checked"),
    ));
    told.extend(sentence(old, "run was", "runs were", "replaced by a later one"));
    told.extend(sentence(
        shut,
        "run read",
        "runs read",
        &format!("evidence that is marked above {most} or is not at hand to be checked"),
    ));
    told.extend(sentence(notes, "note was", "notes were", "written for the analysts alone"));
    (selected, told)
}

/// Keeps what is shown and counts what is not.
fn retain<T>(records: &mut Vec<T>, shown: impl FnMut(&T) -> bool) -> u64 {
    let before = records.len();
    records.retain(shown);
    (before - records.len()) as u64
}

/// Leaves out findings that do not stand, and findings that tell of evidence that is not shown.
///
/// What was made from marked material bears its marking, so that one closed input is enough.
fn findings(selected: &mut Dossier, open: &BTreeSet<Ref>) -> (u64, u64) {
    let runs: BTreeSet<Ref> = selected.runs.iter().map(|run| run.id).collect();
    let stood = retain(&mut selected.findings, |it| {
        it.superseded_by.is_none() && it.decision.ruling != Ruling::Rejected
    });
    let rested = retain(&mut selected.findings, |it: &Finding| {
        runs.contains(&it.run) && it.evidence.iter().all(|place| open.contains(&place.evidence))
    });
    (stood, rested)
}

/// Leaves out what joins records of which one is gone.
fn join(selected: &mut Dossier) {
    let refs: BTreeSet<Ref> = refs(selected).collect();
    let is_there = |it: &Ref| refs.contains(it);
    selected.checks.retain(|check| {
        is_there(&check.claim)
            && match &check.against {
                Subject::Finding { id } | Subject::Claim { id } => is_there(id),
                Subject::Rate { .. } => true,
            }
    });
    let hypothesis = |it: &Ref| it.kind == Kind::Hypothesis;
    let stays = selected.assessment.as_ref().is_some_and(|it| is_there(&it.run));
    selected.assessment.take_if(|_| !stays);
    for hypothesis in selected.assessment.iter_mut().flat_map(|it| &mut it.hypotheses) {
        hypothesis.supports.retain(is_there);
        hypothesis.contradicts.retain(is_there);
    }
    for row in selected.assessment.iter_mut().flat_map(|it| &mut it.weighed) {
        row.records.retain(is_there);
    }
    let weighed = selected.assessment.is_some();
    let joins = |it: &Ref| is_there(it) || (weighed && hypothesis(it));
    selected.links.retain(|link| joins(&link.from) && joins(&link.to));
}

/// Every record of a case.
fn refs(dossier: &Dossier) -> impl Iterator<Item = Ref> {
    (dossier.evidence.iter().map(|it| it.id))
        .chain(dossier.runs.iter().map(|it| it.id))
        .chain(dossier.findings.iter().map(|it| it.id))
        .chain(dossier.claims.iter().map(|it| it.id))
        .chain(dossier.events.iter().map(|it| it.id))
        .chain(dossier.actors.iter().map(|it: &case::Actor| it.id))
}

/// `2 claims are marked above TLP:CLEAR and were left out.`
fn marked(counts: &[u64], most: Tlp) -> Vec<String> {
    let words = [
        ("input file", "input files"),
        ("claim", "claims"),
        ("event", "events"),
        ("party", "parties"),
    ];
    counts
        .iter()
        .zip(words)
        .filter(|(count, _)| **count > 0)
        .map(|(count, (one, many))| {
            let are = if *count == 1 { "is" } else { "are" };
            format!("{} {are} marked above {most} and left out.", format::count(*count, one, many))
        })
        .collect()
}

fn sentence(count: u64, one: &str, many: &str, why: &str) -> Option<String> {
    let left = if count == 1 { "it was left out" } else { "they were left out" };
    (count > 0).then(|| format!("{} {why}: {left}.", format::count(count, one, many)))
}
