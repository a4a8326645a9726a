//! What the report says, section by section.

mod assessment;
mod beside;
mod claims;
mod custody;
mod evidence;
mod families;
mod findings;
mod method;
mod network;
mod parties;
mod summary;
mod techniques;
mod timeline;
mod unknown;
mod weighed;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use charivari_model::case::{Actor, Claim, Dossier, Finding, Ref, Ruling};

use super::CaseView;
use super::doc::{Document, Line, Section, Span, line};
use crate::limits;
use charivari_model::case::Redaction;

pub(super) use families::Family;

/// A case with what all sections look up in it.
pub(super) struct Case<'a> {
    pub(super) view: &'a CaseView<'a>,
    pub(super) dossier: &'a Dossier,
    pub(super) level: Redaction,
    /// Findings that stand or are open, the accepted first, each kind in the order of the case.
    pub(super) findings: Vec<&'a Finding>,
    /// Findings that an analyst rejected.
    pub(super) rejected: Vec<&'a Finding>,
    /// Findings that a later run replaced.
    pub(super) replaced: u64,
    actors: BTreeMap<String, &'a Actor>,
    claims: BTreeMap<Ref, &'a Claim>,
}

impl<'a> Case<'a> {
    fn of(view: &'a CaseView<'a>) -> Self {
        let dossier = view.redacted.dossier();
        let stands = |it: &&Finding| it.superseded_by.is_none();
        let of = |ruling| {
            dossier.findings.iter().filter(stands).filter(move |it| it.decision.ruling == ruling)
        };
        let mut actors = BTreeMap::new();
        for actor in &dossier.actors {
            let aliases = actor.aliases.iter().map(|alias| &alias.name);
            for name in std::iter::once(&actor.name).chain(aliases) {
                actors.entry(name.trim().to_lowercase()).or_insert(actor);
            }
        }
        Self {
            view,
            dossier,
            level: view.redacted.level(),
            findings: of(Ruling::Accepted).chain(of(Ruling::Open)).collect(),
            rejected: of(Ruling::Rejected).collect(),
            replaced: dossier.findings.iter().filter(|it| !stands(it)).count() as u64,
            actors,
            claims: dossier.claims.iter().map(|claim| (claim.id, claim)).collect(),
        }
    }

    /// Findings with one ruling, in the order of the case.
    pub(super) fn with(&self, ruling: Ruling) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().copied().filter(move |it| it.decision.ruling == ruling)
    }

    /// Findings that are told in full; the others are counted.
    pub(super) fn told(&self) -> &[&'a Finding] {
        &self.findings[..self.findings.len().min(limits::CASE_FINDINGS)]
    }

    /// The party of a name.
    pub(super) fn actor(&self, name: &str) -> Option<&'a Actor> {
        self.actors.get(&name.trim().to_lowercase()).copied()
    }

    /// The statement that a claim repeats, however many repeat it in between; itself where it is the
    /// first, or where the chain leads out of what is shown.
    pub(super) fn origin(&self, claim: &Claim) -> Ref {
        let (mut at, mut seen) = (claim.id, BTreeSet::new());
        while seen.insert(at) {
            match self.claims.get(&at).and_then(|it| it.repeats) {
                Some(next) if self.claims.contains_key(&next) => at = next,
                _ => return at,
            }
        }
        // Claims that repeat each other in a circle have no first; the least stands for all.
        seen.into_iter().next().unwrap_or(claim.id)
    }
}

/// Tells the whole case.
pub(super) fn document(view: &CaseView) -> Document {
    let case = Case::of(view);
    let head = &case.dossier.head;
    let (mark, means) = mark(&case);
    let mut facts: Vec<(String, Line)> = vec![
        ("Opened".to_owned(), by(line![Span::Time(head.opened)], &head.opened_by)),
        ("As of".to_owned(), line![Span::Time(head.changed)]),
        ("Case".to_owned(), line![Span::Code(head.uuid.clone())]),
    ];
    let short: String = head.log_head.chars().take(16).collect();
    let entries = format!("entry {}, ", crate::format::number(head.log_entries));
    facts.push(("Log".to_owned(), line![entries, Span::Jump("log".to_owned(), short)]));
    Document {
        title: head.title.clone(),
        kicker: match case.level {
            Redaction::Internal => "Case report".to_owned(),
            Redaction::Partner => "Case report for partners".to_owned(),
            Redaction::Public => "Case report, public version".to_owned(),
        },
        tlp: head.tlp,
        mark,
        mark_means: means,
        synthetic: head.synthetic.clone(),
        by_hour: case.level == Redaction::Public,
        facts,
        tool: head.tool.clone(),
        sections: sections(&case),
    }
}

/// All sections in their order.
fn sections(case: &Case) -> Vec<Section> {
    let sections = [
        Some(summary::section(case)),
        Some(findings::section(case)),
        Some(timeline::section(case)),
        Some(network::section(case)),
        Some(families::groups(case)),
        Some(families::section(case, Family::Identity)),
        Some(families::section(case, Family::Leak)),
        Some(families::section(case, Family::Mail)),
        Some(techniques::section(case)),
        Some(assessment::section(case)),
        Some(claims::section(case)),
        Some(parties::section(case)),
        Some(unknown::section(case)),
        Some(method::section(case)),
        Some(evidence::section(case)),
        custody::notes(case),
        Some(custody::section(case)),
    ];
    sections.into_iter().flatten().collect()
}

/// What stands on top of every printed page, and what it means.
fn mark(case: &Case) -> (&'static str, String) {
    match case.level {
        Redaction::Internal => (
            "INTERNAL — not for distribution",
            "Written for the analysts of this case. Write a version for partners or for the public \
             before it goes to anybody else."
                .to_owned(),
        ),
        Redaction::Partner => (
            "FOR PARTNERS",
            "Share it only as its marking allows. It names accounts; notes, analysts and places of files \
             are left out."
                .to_owned(),
        ),
        Redaction::Public => (
            "PUBLIC VERSION",
            "Accounts bear pseudonyms; words of posts, ids and links are left out, and times are given \
             by the hour."
                .to_owned(),
        ),
    }
}

/// Adds who did something, where that is shown.
pub(super) fn by(mut told: Line, name: &str) -> Line {
    if !name.is_empty() {
        told.extend(line![" by ", Span::Name(name.to_owned())]);
    }
    told
}

/// `Showing 200 of 1,000,000 findings.`, where not all are shown.
pub(super) fn capped(shown: usize, total: u64, what: &str) -> Option<Line> {
    let shown = shown as u64;
    (shown < total).then(|| {
        let number = crate::format::number;
        line![format!("Showing {} of {} {what}.", number(shown), number(total))]
    })
}
