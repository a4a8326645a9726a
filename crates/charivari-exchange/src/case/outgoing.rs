//! What leaves a case: one choice of findings, accounts and techniques for all formats.

use std::collections::{BTreeMap, BTreeSet};

use charivari_model::case::Redaction;
use charivari_model::case::{
    Account, Actor, Check, Dossier, Evidence, Finding, Locator, Ref, Ruling, Run, Subject, Tagged,
};
use charivari_model::{Framework, Technique, Timestamp, Tlp};
use uuid::Uuid;

use super::words::{Style, plain};
use super::{Options, ids};
use crate::ExchangeError;

/// A case as all exporters see it.
pub(crate) struct Outgoing<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) options: Options,
    /// In what the objects get their ids. What was redacted is another document than what was not,
    /// and must not be taken for a version of it, so each level has a scope of its own.
    pub(crate) scope: Uuid,
    /// The findings that go out, in the order of the dossier.
    pub(crate) findings: Vec<&'a Finding>,
    /// The accounts that these speak of, by key.
    pub(crate) accounts: Vec<Party<'a>>,
    /// The techniques that these would be instances of, by framework and id.
    pub(crate) techniques: Vec<Use<'a>>,
    /// The closest of all markings in the case: that of a file as a whole.
    pub(crate) tlp: Tlp,
    held: Held,
    numbers: BTreeSet<Ref>,
    open: BTreeSet<Ref>,
    claims: BTreeSet<Ref>,
    files: BTreeMap<Ref, &'a Evidence>,
    runs: BTreeMap<Ref, &'a Run>,
    checks: BTreeMap<Ref, Vec<&'a Check>>,
}

/// One account with everything that is said of it.
pub(crate) struct Party<'a> {
    pub(crate) key: &'a str,
    pub(crate) handle: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    pub(crate) mentions: Vec<(&'a Finding, &'a Account)>,
    pub(crate) tlp: Tlp,
}

/// One technique with everything that would be an instance of it.
pub(crate) struct Use<'a> {
    pub(crate) technique: &'a Technique,
    pub(crate) name: &'a str,
    pub(crate) findings: Vec<(&'a Finding, &'a Tagged)>,
}

/// Findings that stay.
#[derive(Clone, Copy, Default)]
struct Held {
    open: u64,
    rejected: u64,
    superseded: u64,
}

impl<'a> Outgoing<'a> {
    /// Chooses what goes out of `dossier`.
    pub(crate) fn new(dossier: &'a Dossier, options: Options) -> Result<Self, ExchangeError> {
        let met = &dossier.head.uuid;
        let case = Uuid::parse_str(met).map_err(|_| ExchangeError::CaseId { met: plain(met) })?;
        let scope = match options.redaction {
            Redaction::Internal => case,
            level => ids::of_scope(case, level.word()),
        };
        let (findings, held) = choose(dossier, options);
        let mut checks: BTreeMap<Ref, Vec<&Check>> = BTreeMap::new();
        let numbers: BTreeSet<Ref> = findings.iter().map(|finding| finding.id).collect();
        for check in &dossier.checks {
            // What compares a claim with a finding that stays must stay with it.
            if matches!(&check.against, Subject::Finding { id } if !numbers.contains(id)) {
                continue;
            }
            checks.entry(check.claim).or_default().push(check);
        }
        let mut outgoing = Self {
            dossier,
            options,
            scope,
            open: findings.iter().filter(|one| is_open(one)).map(|one| one.id).collect(),
            claims: dossier.claims.iter().map(|claim| claim.id).collect(),
            numbers,
            accounts: Vec::new(),
            techniques: Vec::new(),
            tlp: closest(dossier),
            held,
            findings,
            files: dossier.evidence.iter().map(|evidence| (evidence.id, evidence)).collect(),
            runs: dossier.runs.iter().map(|run| (run.id, run)).collect(),
            checks,
        };
        outgoing.accounts = outgoing.gather_accounts();
        outgoing.techniques = outgoing.gather_techniques();
        Ok(outgoing)
    }

    fn gather_accounts(&self) -> Vec<Party<'a>> {
        let mut parties: BTreeMap<&str, Party<'a>> = BTreeMap::new();
        for finding in &self.findings {
            let tlp = self.marking(finding);
            for account in &finding.accounts {
                let party = parties.entry(account.key.as_str()).or_insert_with(|| Party {
                    key: &account.key,
                    handle: None,
                    name: None,
                    mentions: Vec::new(),
                    tlp,
                });
                party.handle = party.handle.or_else(|| filled(account.handle.as_deref()));
                party.name = party.name.or_else(|| filled(account.name.as_deref()));
                party.tlp = party.tlp.max(tlp);
                party.mentions.push((*finding, account));
            }
        }
        parties.into_values().collect()
    }

    fn gather_techniques(&self) -> Vec<Use<'a>> {
        let mut uses: BTreeMap<&Technique, Use<'a>> = BTreeMap::new();
        for finding in &self.findings {
            for tagged in &finding.techniques {
                let technique = &tagged.technique;
                let entry = uses.entry(technique).or_insert_with(|| Use {
                    technique,
                    name: &tagged.name,
                    findings: Vec::new(),
                });
                entry.findings.push((*finding, tagged));
            }
        }
        uses.into_values().collect()
    }

    /// The techniques of one catalogue.
    pub(crate) fn techniques_of(&self, framework: Framework) -> impl Iterator<Item = &Use<'a>> {
        self.techniques.iter().filter(move |one| one.technique.framework() == framework)
    }

    /// The evidence of that number, if it is here.
    pub(crate) fn evidence(&self, id: Ref) -> Option<&'a Evidence> {
        self.files.get(&id).copied()
    }

    /// The marking of a finding: that of the case, or a closer one of the evidence that it shows.
    pub(crate) fn marking(&self, finding: &Finding) -> Tlp {
        let shown = finding.evidence.iter().filter_map(|locator| self.evidence(locator.evidence));
        shown.map(|evidence| evidence.tlp).fold(self.dossier.head.tlp, Tlp::max)
    }

    /// Whether a finding of that number goes out.
    pub(crate) fn tells_of(&self, id: Ref) -> bool {
        self.numbers.contains(&id)
    }

    /// Whether a claim of that number is in the case.
    pub(crate) fn has_claim(&self, id: Ref) -> bool {
        self.claims.contains(&id)
    }

    /// The account of that key, if a finding that goes out speaks of it.
    pub(crate) fn account(&self, key: &str) -> Option<&Party<'a>> {
        let place = self.accounts.binary_search_by(|party| party.key.cmp(key)).ok()?;
        self.accounts.get(place)
    }

    /// The mark before what tells of a finding that nobody has decided on; empty for all else.
    pub(crate) fn mark(&self, record: Ref) -> &'static str {
        if self.open.contains(&record) { "OPEN: " } else { "" }
    }

    /// The run that made a finding, if it is here.
    pub(crate) fn run(&self, finding: &Finding) -> Option<&'a Run> {
        self.runs.get(&finding.run).copied()
    }

    /// How the numbers in a claim compare.
    pub(crate) fn checks(&self, claim: Ref) -> &[&'a Check] {
        self.checks.get(&claim).map_or(&[], Vec::as_slice)
    }

    /// The party that goes by `name`, if the case knows it.
    pub(crate) fn actor_named(&self, name: &str) -> Option<&'a Actor> {
        let name = name.trim().to_lowercase();
        let is_it = |other: &str| other.trim().to_lowercase() == name;
        self.dossier.actors.iter().find(|actor| {
            is_it(&actor.name) || actor.aliases.iter().any(|alias| is_it(&alias.name))
        })
    }

    /// When the finding was made.
    pub(crate) fn made(&self, finding: &Finding) -> Timestamp {
        self.run(finding).map_or(self.dossier.head.opened, |run| run.time)
    }

    /// From the first to the last moment that the findings speak of.
    pub(crate) fn period(&self) -> Option<(Timestamp, Timestamp)> {
        let periods = || self.findings.iter().filter_map(|finding| finding.period);
        let first = periods().map(|(from, _)| from).min()?;
        let last = periods().map(|(_, to)| to).max()?;
        Some((first, last.max(first)))
    }

    /// What a reader of a file has to know before anything else, as sentences.
    pub(crate) fn caveats(&self, style: Style) -> Vec<String> {
        let head = &self.dossier.head;
        let mut caveats = Vec::new();
        if let Some(sentence) = &head.synthetic {
            caveats.push(format!("SYNTHETIC: {}", style.text(sentence)));
        }
        let word = self.options.redaction.word();
        caveats.push(format!("Marked {}; redaction: {word}.", self.tlp.label()));
        if !self.open.is_empty() {
            caveats.push("What is marked OPEN has not been decided on by any analyst.".to_owned());
        }
        caveats.push(
            "Coordination is not guilt: every finding names its innocent explanations.".to_owned(),
        );
        caveats.extend(self.left());
        caveats
    }

    /// What there was no room for, as a sentence.
    fn left(&self) -> Option<String> {
        let left = self.dossier.left;
        let counts = [
            (left.evidence, "input files"),
            (left.findings, "findings"),
            (left.claims, "claims"),
            (left.events, "events"),
            (left.notes, "notes"),
        ];
        let said: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let all = said.join(", ");
        (!said.is_empty()).then(|| format!("Left out for want of room: {all}."))
    }

    /// What the analyst should know of the files, as sentences.
    pub(crate) fn notes(&self) -> Vec<String> {
        let held = [
            (self.held.open, "Open findings that stayed, because nobody has decided on them"),
            (self.held.rejected, "Rejected findings that stayed"),
            (self.held.superseded, "Findings that stayed, because a later run took their place"),
        ];
        let held = held.iter().filter(|(count, _)| *count > 0);
        let mut notes: Vec<String> =
            held.map(|(count, what)| format!("{what}: {count}.")).collect();
        notes.extend(self.left());
        notes
    }
}

/// Whether nobody has decided on a finding.
pub(crate) fn is_open(finding: &Finding) -> bool {
    finding.decision.ruling == Ruling::Open
}

/// The platform and the native id in a key; a key that names no platform is known in its case only.
pub(crate) fn split_key(key: &str) -> (Option<&str>, &str) {
    match key.split_once(':') {
        Some((platform, id)) if !platform.is_empty() && !id.is_empty() => (Some(platform), id),
        _ => (None, key),
    }
}

/// Whether a place in the evidence is of that account.
pub(crate) fn is_of(locator: &Locator, key: &str) -> bool {
    locator.account.as_deref().is_some_and(|account| account == key || account == split_key(key).1)
}

/// A text that says something.
pub(crate) fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

fn choose(dossier: &Dossier, options: Options) -> (Vec<&Finding>, Held) {
    let mut held = Held::default();
    let mut chosen = Vec::new();
    for finding in &dossier.findings {
        match finding.decision.ruling {
            _ if finding.superseded_by.is_some() => held.superseded += 1,
            Ruling::Rejected => held.rejected += 1,
            Ruling::Open if !options.include_open => held.open += 1,
            Ruling::Open | Ruling::Accepted => chosen.push(finding),
        }
    }
    (chosen, held)
}

/// The closest marking of any record that can be in a file.
fn closest(dossier: &Dossier) -> Tlp {
    let evidence = dossier.evidence.iter().map(|one| one.tlp);
    let claims = dossier.claims.iter().map(|one| one.tlp);
    let events = dossier.events.iter().map(|one| one.tlp);
    let notes = dossier.notes.iter().map(|one| one.tlp);
    let actors = dossier.actors.iter().map(|one| one.tlp);
    let records = evidence.chain(claims).chain(events).chain(notes).chain(actors);
    records.fold(dossier.head.tlp, Tlp::max)
}
