//! What this report does not know, which a reader has to know.

use std::collections::BTreeSet;

use charivari_model::case::{Evidence, Ruling};
use charivari_model::{Grade, When};

use super::{Case, Family};
use crate::case::doc::{Block, Line, Section, Span, joined, line};
use crate::{format, limits};
use charivari_model::case::Redaction;

pub(super) fn section(case: &Case) -> Section {
    let mut blocks = Vec::new();
    let mut list = |heading: &str, items: Vec<Line>| {
        if !items.is_empty() {
            blocks.push(Block::Heading(None, heading.to_owned()));
            blocks.push(Block::List("hints", items));
        }
    };
    list("Not examined", not_examined(case));
    list("Not yet decided, or not judged", undecided(case));
    list("What the methods do not show", methods(case));
    list("Left out for want of room", no_room(case));
    let left = case.view.redacted.left().iter().map(|it| line![Span::Text(it.clone())]).collect();
    let heading = match case.level {
        Redaction::Public => "What the public version leaves out",
        _ => "What this version leaves out",
    };
    list(heading, left);
    if blocks.is_empty() {
        blocks.push(Block::Para(
            "empty",
            line!["Nothing is recorded here; that is a gap of its own."],
        ));
    }
    Section { id: "unknown", title: "What is not known", short: "Not known", blocks }
}

fn not_examined(case: &Case) -> Vec<Line> {
    let mut items: Vec<Line> = Family::ALL
        .into_iter()
        .filter(|family| !family.is_examined(case))
        .map(|family| line![family.looked_for(), ": not examined in this case."])
        .collect();
    if case.dossier.assessment.is_none() {
        items.push(line!["Who is behind it was not assessed."]);
    }
    items
}

fn undecided(case: &Case) -> Vec<Line> {
    let mut items = Vec::new();
    let open: Vec<_> = case.with(Ruling::Open).map(|it| it.id).collect();
    if !open.is_empty() {
        let count = format::count(open.len() as u64, "finding has", "findings have");
        let mut told = line![format!("{count} not been decided on: ")];
        told.extend(some(&open));
        items.push(told);
    }
    let ungraded = |it: &&Evidence| it.grade == Grade::UNKNOWN;
    let ungraded: Vec<_> = case.dossier.evidence.iter().filter(ungraded).map(|it| it.id).collect();
    if !ungraded.is_empty() {
        let count = format::count(ungraded.len() as u64, "input file", "input files");
        let mut told = line![format!("Neither source nor truth can be judged (F6) of {count}: ")];
        told.extend(some(&ungraded));
        items.push(told);
    }
    let checked: BTreeSet<_> = (case.dossier.checks.iter().map(|it| it.claim))
        .chain(case.dossier.links.iter().flat_map(|it| [it.from, it.to]))
        .collect();
    let is_bare =
        |it: &&charivari_model::case::Claim| case.origin(it) == it.id && !checked.contains(&it.id);
    let bare: Vec<_> = case.dossier.claims.iter().filter(is_bare).map(|it| it.id).collect();
    if !bare.is_empty() {
        let count = format::count(bare.len() as u64, "claim", "claims");
        let mut told = line![format!("Nothing in this case bears on {count}: ")];
        told.extend(some(&bare));
        items.push(told);
    }
    let claims = case.dossier.claims.iter().map(|it| &it.when);
    let times = claims.chain(case.dossier.events.iter().map(|it| &it.when));
    let zones = times.filter(|it: &&When| !it.zoned).count() as u64;
    if zones > 0 {
        let count = format::count(zones, "time was", "times were");
        items.push(line![format!("{count} given without a zone; UTC was assumed.")]);
    }
    items
}

/// The first records of a list, and how many more there are.
fn some(refs: &[charivari_model::case::Ref]) -> Line {
    let mut told = joined(refs.iter().take(limits::CASE_SEEN).map(|it| line![*it]), ", ");
    let rest = refs.len().saturating_sub(limits::CASE_SEEN) as u64;
    if rest > 0 {
        told.push(Span::from(format!(" and {} more", format::number(rest))));
    }
    told.push(Span::from("."));
    told
}

/// The limits that runs state; one that several state stands once.
fn methods(case: &Case) -> Vec<Line> {
    let mut seen = BTreeSet::new();
    let runs = case.dossier.runs.iter().filter(|it| it.superseded_by.is_none());
    let limits = runs.flat_map(|run| run.method.limits.iter().map(move |limit| (run.id, limit)));
    let mut items: Vec<Line> = limits
        .filter(|(_, limit)| seen.insert((*limit).clone()))
        .map(|(run, limit)| line![Span::Text(limit.clone()), " (", run, ")"])
        .collect();
    let total = items.len();
    items.truncate(limits::CASE_ROWS);
    items.extend(super::capped(items.len(), total as u64, "limits"));
    items
}

fn no_room(case: &Case) -> Vec<Line> {
    let left = case.dossier.left;
    [
        (left.evidence, "input file", "input files"),
        (left.findings, "finding", "findings"),
        (left.claims, "claim", "claims"),
        (left.events, "event", "events"),
        (left.notes, "note", "notes"),
    ]
    .into_iter()
    .filter(|it| it.0 > 0)
    .map(|(count, one, many)| {
        line![format!(
            "{} of the case: they stand in its database.",
            format::count(count, one, many)
        )]
    })
    .collect()
}
