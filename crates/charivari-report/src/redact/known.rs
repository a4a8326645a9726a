//! What a case itself gives away: the names, ids and words to look for in its texts.

use std::collections::{BTreeMap, BTreeSet};

use charivari_model::case::{Actor, Custody, Dossier, Finding, Locator, Ruling};

use super::Redaction;
use super::fold::{fold, words};
use super::scrub::Mask;
use super::trie::Trie;

/// Words in a row that make a quotation.
pub(super) const QUOTED: usize = 5;
/// A name of letters alone that is shorter than this counts only as a whole word.
const LONG_NAME: usize = 8;
/// A number that is shorter than this could be a count, and is no id on its own.
const LONG_NUMBER: usize = 6;

/// What is known of a case.
pub(super) struct Known {
    /// Strings to look for.
    pub(super) strings: Trie<Mask>,
    /// Runs of [`QUOTED`] words of posts.
    pub(super) quoted: BTreeSet<String>,
    /// Numbers of accounts by folded key, handle or name.
    pub(super) accounts: BTreeMap<String, Option<usize>>,
    /// Accounts that accepted findings name, folded.
    pub(super) accepted: BTreeSet<String>,
    /// Folded names of parties whose public statements may be quoted.
    pub(super) bodies: BTreeSet<String>,
    /// Folded names of parties that bear a pseudonym, with their numbers.
    pub(super) parties: BTreeMap<String, usize>,
    /// The analyst who may be named.
    pub(super) contact: String,
}

impl Known {
    /// Learns from the whole case what the selected part must not give away.
    pub(super) fn of(whole: &Dossier, selected: &Dossier, level: Redaction) -> Self {
        let mut known = Self {
            strings: Trie::new(),
            quoted: BTreeSet::new(),
            accounts: BTreeMap::new(),
            accepted: accepted(selected),
            bodies: BTreeSet::new(),
            parties: BTreeMap::new(),
            contact: whole.head.opened_by.clone(),
        };
        if level == Redaction::Public {
            known.number(selected);
            known.number_rest(whole);
            let spoken = known.learn_parties(whole, selected);
            known.learn_posts(whole);
            known.learn_files(whole, &spoken);
        } else {
            known.keep(selected);
        }
        known.learn_people(whole, level);
        known
    }

    /// How many accounts and parties got a pseudonym, as a sentence.
    pub(super) fn told(&self) -> Option<String> {
        let numbers: BTreeSet<usize> = self.accounts.values().flatten().copied().collect();
        let parties = self.parties.values().collect::<BTreeSet<_>>().len();
        (numbers.len() + parties > 0).then(|| {
            format!(
                "Pseudonyms stand for {} and {}.",
                crate::format::count(numbers.len() as u64, "account", "accounts"),
                crate::format::count(
                    parties as u64,
                    "party that is not named on a public ground",
                    "parties that are not named on a public ground"
                )
            )
        })
    }

    /// Numbers the accounts of the selected findings, those of accepted ones first.
    fn number(&mut self, selected: &Dossier) {
        let mut findings: Vec<&Finding> = selected.findings.iter().collect();
        findings.sort_by_key(|finding| finding.decision.ruling != Ruling::Accepted);
        let mut next = 1;
        for account in findings.iter().flat_map(|finding| &finding.accounts) {
            next = self.give(next, &account.key, [&account.handle, &account.name]);
        }
        for locator in findings.iter().flat_map(|finding| &finding.evidence) {
            if let Some(account) = &locator.account {
                next = self.give(next, account, [&None, &None]);
            }
        }
        for node in
            selected.runs.iter().filter_map(|run| run.picture.as_ref()).flat_map(|it| &it.nodes)
        {
            next = self.give(next, &node.key, [&Some(node.label.clone()), &None]);
        }
    }

    /// Gives one account its number, if it has none yet, and learns its names.
    fn give(&mut self, next: usize, key: &str, names: [&Option<String>; 2]) -> usize {
        let folded = fold(key);
        let number = match self.accounts.get(&bare(&folded)) {
            Some(Some(number)) => *number,
            _ => next,
        };
        let native = folded.split_once(':').map(|(_, native)| native.to_owned());
        let others = names.into_iter().flatten().map(|name| fold(name));
        self.accounts.insert(bare(&folded), Some(number));
        for name in std::iter::once(folded.clone()).chain(native).chain(others) {
            self.name(&bare(&name), number);
        }
        next.max(number + 1)
    }

    /// A name that two accounts bear stands for neither.
    fn name(&mut self, name: &str, number: usize) {
        let entry = self.accounts.entry(name.to_owned()).or_insert(Some(number));
        if *entry != Some(number) {
            *entry = None;
        }
    }

    /// Accounts that only what was left out names have no number.
    fn number_rest(&mut self, whole: &Dossier) {
        let accounts = whole.findings.iter().flat_map(|finding| &finding.accounts);
        let nodes =
            whole.runs.iter().filter_map(|run| run.picture.as_ref()).flat_map(|it| &it.nodes);
        let located = locators(whole).filter_map(|locator| locator.account.as_ref());
        let names = accounts
            .flat_map(|it| [Some(&it.key), it.handle.as_ref(), it.name.as_ref()])
            .chain(nodes.flat_map(|it| [Some(&it.key), Some(&it.label), None]))
            .flatten()
            .chain(located);
        for name in names {
            let folded = fold(name);
            let native = folded.split_once(':').map(|(_, native)| native.to_owned());
            for name in native.into_iter().chain([folded]) {
                self.accounts.entry(bare(&name)).or_insert(None);
            }
        }
    }

    /// Which parties are named, which bear a pseudonym, and which may be quoted; then the names of
    /// accounts, but for those that are also the name of a party named on a public ground.
    ///
    /// Returns the names that are shown.
    fn learn_parties(&mut self, whole: &Dossier, selected: &Dossier) -> BTreeSet<String> {
        let mut public = BTreeSet::new();
        for actor in &selected.actors {
            let names = names(actor);
            if is_named(actor) {
                public.extend(names.clone());
                if is_body(&actor.what) {
                    self.bodies.extend(names);
                }
            } else {
                let number = self.parties.values().max().map_or(1, |last| last + 1);
                self.parties.extend(names.into_iter().map(|name| (name, number)));
            }
        }
        let handles: BTreeSet<String> = handles(whole);
        for (name, number) in &self.accounts {
            if !public.contains(name) || handles.contains(name) {
                let mask = number.map_or(Mask::SomeAccount, Mask::Account);
                add(&mut self.strings, name, mask);
            }
        }
        for (name, number) in &self.parties {
            add(&mut self.strings, name, Mask::Party(*number));
        }
        let shown: BTreeSet<String> =
            selected.claims.iter().map(|claim| fold(&claim.who)).collect();
        let unnamed = whole.claims.iter().map(|claim| fold(&claim.who));
        let dropped = whole.actors.iter().flat_map(names);
        for name in unnamed.chain(dropped).filter(|it| !shown.contains(it) && !public.contains(it))
        {
            add(&mut self.strings, &name, Mask::SomeParty);
        }
        public.into_iter().chain(shown).collect()
    }

    /// Ids and words of posts.
    fn learn_posts(&mut self, whole: &Dossier) {
        for locator in locators(whole) {
            if let Some(post) = &locator.post {
                add(&mut self.strings, &fold(post), Mask::Post);
            }
            let excerpt = fold(&locator.excerpt);
            let words: Vec<String> = words(&excerpt).into_iter().map(|word| word.0).collect();
            for run in words.windows(QUOTED) {
                self.quoted.insert(run.join(" "));
            }
            // Scripts without spaces have few words, so that length counts too.
            if (words.len() >= QUOTED - 1 || excerpt.chars().count() >= 16) && !excerpt.is_empty() {
                self.strings.add(excerpt.trim(), Mask::Words, true);
            }
        }
    }

    /// Names of files, and who gave them, but for those who also speak in the case.
    fn learn_files(&mut self, whole: &Dossier, spoken: &BTreeSet<String>) {
        for evidence in &whole.evidence {
            add(&mut self.strings, &fold(&evidence.name), Mask::File);
            let source = bare(&fold(&evidence.source));
            // `the publisher` names nobody; a name has a capital.
            let is_name = evidence.source.chars().any(char::is_uppercase);
            if is_name && !spoken.contains(&source) {
                add(&mut self.strings, &source, Mask::Source);
            }
        }
        for part in locators(whole).filter_map(|locator| locator.part.as_ref()) {
            add(&mut self.strings, &fold(part), Mask::File);
        }
    }

    /// Analysts, and the places where files are held.
    fn learn_people(&mut self, whole: &Dossier, level: Redaction) {
        let contact = fold(&self.contact);
        for name in analysts(whole).map(fold) {
            if level == Redaction::Public || name != contact {
                add(&mut self.strings, &name, Mask::Analyst);
            }
        }
        for evidence in &whole.evidence {
            if let Custody::HeldElsewhere { place } | Custody::Encrypted { place, .. } =
                &evidence.custody
            {
                add(&mut self.strings, &fold(place), Mask::Place);
            }
        }
    }

    /// Names that stay as they are, although some look like an address.
    fn keep(&mut self, selected: &Dossier) {
        for account in selected.findings.iter().flat_map(|finding| &finding.accounts) {
            for name in std::iter::once(&account.key).chain(&account.handle) {
                self.strings.add(&bare(&fold(name)), Mask::Keep, false);
            }
        }
        for node in
            selected.runs.iter().filter_map(|run| run.picture.as_ref()).flat_map(|it| &it.nodes)
        {
            self.strings.add(&bare(&fold(&node.key)), Mask::Keep, false);
            self.strings.add(&bare(&fold(&node.label)), Mask::Keep, false);
        }
    }
}

/// A folded name without the sign before it and the space around it.
pub(super) fn bare(folded: &str) -> String {
    folded.trim().trim_start_matches(['@', '＠']).to_owned()
}

/// Adds a string, if it is long enough to be one that can be looked for.
fn add(strings: &mut Trie<Mask>, folded: &str, mask: Mask) {
    let string = bare(folded);
    let length = string.chars().count();
    let is_number = string.chars().all(|c| c.is_ascii_digit());
    if length < 3 || (is_number && length < LONG_NUMBER) {
        return;
    }
    let is_plain = string.chars().all(|c| c.is_alphabetic() && u32::from(c) < 0x0E00);
    strings.add(&string, mask, !is_number && (!is_plain || length >= LONG_NAME));
}

fn locators(dossier: &Dossier) -> impl Iterator<Item = &Locator> {
    dossier.findings.iter().flat_map(|finding| &finding.evidence)
}

/// Accounts that accepted findings name, folded.
fn accepted(selected: &Dossier) -> BTreeSet<String> {
    let findings = selected.findings.iter().filter(|it| it.decision.ruling == Ruling::Accepted);
    let accounts = findings.flat_map(|finding| &finding.accounts);
    accounts
        .flat_map(|account| std::iter::once(&account.key).chain(&account.handle))
        .map(|name| bare(&fold(name)))
        .collect()
}

/// Keys and handles, which no public ground makes a name.
fn handles(whole: &Dossier) -> BTreeSet<String> {
    let accounts = whole.findings.iter().flat_map(|finding| &finding.accounts);
    accounts
        .flat_map(|account| std::iter::once(&account.key).chain(&account.handle))
        .map(|name| bare(&fold(name)))
        .collect()
}

/// The names of a party, folded.
fn names(actor: &Actor) -> Vec<String> {
    let aliases = actor.aliases.iter().map(|alias| &alias.name);
    std::iter::once(&actor.name).chain(aliases).map(|name| bare(&fold(name))).collect()
}

/// Whether a party may be named: on a ground that is stated, and a person on no other.
fn is_named(actor: &Actor) -> bool {
    let is_body = is_body(&actor.what) || fold(&actor.what) == "threat-actor";
    !actor.ground.trim().is_empty() || is_body
}

/// Whether this is somebody who speaks in public as a body.
fn is_body(what: &str) -> bool {
    ["organisation", "publication", "company", "government", "state-body", "public-body"]
        .contains(&fold(what).as_str())
}

/// Everybody who worked on the case.
fn analysts(whole: &Dossier) -> impl Iterator<Item = &str> {
    let evidence = whole
        .evidence
        .iter()
        .flat_map(|it| std::iter::once(it.added_by.as_str()).chain(it.collector.as_deref()));
    std::iter::once(whole.head.opened_by.as_str())
        .chain(evidence)
        .chain(whole.runs.iter().map(|it| it.by.as_str()))
        .chain(whole.findings.iter().map(|it| it.decision.by.as_str()))
        .chain(whole.claims.iter().map(|it| it.added_by.as_str()))
        .chain(whole.links.iter().map(|it| it.added_by.as_str()))
        .chain(whole.events.iter().map(|it| it.added_by.as_str()))
        .chain(whole.notes.iter().map(|it| it.added_by.as_str()))
        .chain(whole.actors.iter().map(|it| it.added_by.as_str()))
}
