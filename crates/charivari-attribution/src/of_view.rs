//! What a view of the knowledge says, as actors to compare: who is known on a day, and by what.

use std::collections::{BTreeMap, BTreeSet};

use charivari_knowledge::{
    Actor, Cited, Collection, Origin, Relation, TechniqueEntry, Used, View, plain_name,
};
use charivari_model::{Framework, Technique};

use crate::error::Result;
use crate::knowledge::Knowledge;
use crate::profile::Profile;
use crate::reports::{Reports, Subject, Use};

/// All actors of a view that are said to use a technique of ATT&CK, and the reports that say so.
///
/// The groups of ATT&CK and the actors of packs are candidates alike. Each stands once, under its
/// [key](Actor::key): a pack that names its number in ATT&CK adds what it says to the group of that
/// number, and nothing is joined by names. Whatever the view does not show is not known: with a date,
/// no later report, profile, campaign, attribution of a campaign or ability of a tool counts. Where
/// ATT&CK is there in several versions, the highest of each domain is taken.
///
/// Techniques of DISARM are left out, since only packs are described by them: that a group of ATT&CK
/// lacks one says nothing about it.
///
/// # Errors
/// `E1112` if the tables would be too large.
pub fn knowledge_of(view: &View) -> Result<Knowledge> {
    let reading = Reading::new(view);
    Knowledge::new(reading.profiles(), &reading.reports())
}

impl Reports {
    /// What the sources of a view say of actors, campaigns and tools.
    pub fn of(view: &View) -> Self {
        Reading::new(view).reports()
    }
}

/// A view under way into profiles and reports.
struct Reading<'v> {
    /// The packs, and the highest version of each domain of ATT&CK.
    collections: Vec<&'v Collection>,
    /// Who took whose place, by id.
    replaced: BTreeMap<&'v str, &'v str>,
    /// ATT&CK's names of documents, by address.
    by_url: BTreeMap<&'v str, &'v str>,
    /// The countries of those who bear a name in lists that say nothing about techniques.
    countries: BTreeMap<String, BTreeSet<&'v str>>,
}

/// The techniques and tools of one subject in one source.
type Things<'v> = (Vec<&'v str>, Vec<&'v str>);
/// What is told, by subject and source.
type Told<'v> = BTreeMap<Subject, BTreeMap<&'v str, Things<'v>>>;

impl<'v> Reading<'v> {
    fn new(view: &'v View) -> Self {
        let collections = compared(view);
        let replaced = collections.iter().flat_map(|it| &it.actors);
        let replaced = replaced.filter_map(|it| Some((it.id.as_str(), it.revoked_by.as_deref()?)));
        let attack = collections.iter().filter(|it| it.origin != Origin::Packs);
        let sources = attack.flat_map(|it| &it.sources).filter(|it| !it.url.is_empty());
        let by_url = sources.map(|it| (plain_url(&it.url), it.key.as_str())).collect();
        let replaced = replaced.collect();
        Self { replaced, by_url, countries: countries(view), collections }
    }

    fn actors(&self) -> impl Iterator<Item = (&'v Collection, &'v Actor)> {
        self.collections.iter().flat_map(|&it| it.actors.iter().map(move |actor| (it, actor)))
    }

    /// The key of an actor, or of whoever took its place.
    fn key(&self, key: &'v str) -> &'v str {
        let mut at = key;
        // Longer than any chain; a circle of replacements ends here too.
        for _ in 0..self.replaced.len() {
            let Some(next) = self.replaced.get(at) else { break };
            at = next;
        }
        at
    }

    /// The technique as it is compared; nothing for those of DISARM.
    ///
    /// Packs keep the numbers that they were written with, which a later version may have replaced.
    fn technique(&self, from: &Collection, technique: &'v Technique) -> Option<&'v str> {
        if technique.framework() != Framework::Attack {
            return None;
        }
        if from.origin != Origin::Packs {
            return Some(technique.id());
        }
        let today = self.collections.iter().find_map(|it| it.vocabulary.today(technique));
        Some(today.map_or_else(|| technique.id(), |it: &TechniqueEntry| it.technique.id()))
    }

    /// The name of a source; `-` where none is named.
    ///
    /// A pack's own keys are short words that two packs may use for two documents, so that its
    /// documents are called by their titles, or as ATT&CK calls them where it cites them too.
    fn citation(&self, collection: &'v Collection, cited: &Cited) -> &'v str {
        match collection.source(cited.source) {
            None => "-",
            Some(it) if collection.origin != Origin::Packs => &it.key,
            Some(it) => self.by_url.get(plain_url(&it.url)).copied().unwrap_or(&it.title),
        }
    }

    /// The profile of every actor that uses a technique, by key.
    fn profiles(&self) -> Vec<Profile> {
        let mut held: BTreeMap<&str, (Vec<&Actor>, Things<'v>)> = BTreeMap::new();
        for (collection, actor) in self.actors() {
            let (actors, things) = held.entry(self.key(actor.key())).or_default();
            actors.push(actor);
            for it in &actor.uses {
                self.put(collection, &it.used, things);
            }
        }
        let profiles = held.into_iter().filter(|(_, (_, things))| !things.0.is_empty());
        let profile = |(key, (actors, things)): (&str, (Vec<&Actor>, Things<'_>))| Profile {
            id: key.to_owned(),
            name: name(key, &actors),
            country: self.country(&actors),
            techniques: owned(things.0),
            software: owned(things.1),
        };
        profiles.map(profile).collect()
    }

    fn put(&self, from: &Collection, used: &'v Used, things: &mut Things<'v>) {
        match used {
            Used::Technique(technique) => things.0.extend(self.technique(from, technique)),
            Used::Software(id) => things.1.push(id),
        }
    }

    /// The one country that packs and ATT&CK give an actor; where they give none, the one that is
    /// given to whoever bears its names elsewhere, its listed name first if they disagree.
    fn country(&self, actors: &[&Actor]) -> Option<String> {
        let own = actors.iter().flat_map(|it| &it.countries).map(|it| it.code.as_str());
        let own: BTreeSet<&str> = own.filter(|code| *code != "XX").collect();
        if !own.is_empty() {
            return one(&own);
        }
        let borne = |it: &&charivari_knowledge::Name| {
            matches!(it.relation, Relation::Listed | Relation::Same)
        };
        let names = || actors.iter().flat_map(|it| &it.names).filter(borne);
        let of = |name: &str| self.countries.get(&plain_name(name)).into_iter().flatten().copied();
        let all: BTreeSet<&str> = names().flat_map(|it| of(&it.name)).collect();
        one(&all).or_else(|| one(&actors.iter().flat_map(|it| of(&it.name)).collect()))
    }

    /// What sources say of actors, campaigns and tools.
    fn reports(&self) -> Reports {
        let mut told = Told::default();
        for (collection, actor) in self.actors() {
            let subject = Subject::Actor(self.key(actor.key()).to_owned());
            let held = told.entry(subject).or_default();
            // What it used in campaigns is told with them.
            for it in actor.uses.iter().filter(|it| it.campaign.is_none()) {
                for cited in &it.cited {
                    let things = held.entry(self.citation(collection, cited)).or_default();
                    self.put(collection, &it.used, things);
                }
            }
        }
        for &collection in &self.collections {
            self.campaigns(collection, &mut told);
            self.abilities(collection, &mut told);
        }
        let mut uses = Vec::new();
        for (subject, held) in told {
            for (citation, (techniques, software)) in held {
                let (techniques, software) = (owned(techniques), owned(software));
                if !(techniques.is_empty() && software.is_empty()) {
                    let (citation, subject) = (citation.to_owned(), subject.clone());
                    uses.push(Use { citation, subject, techniques, software });
                }
            }
        }
        Reports { uses }
    }

    fn campaigns(&self, collection: &'v Collection, told: &mut Told<'v>) {
        for campaign in &collection.campaigns {
            let of = campaign.attributed.iter().map(|it| self.key(&it.actor).to_owned());
            let subject = Subject::Campaign(campaign.id.clone(), of.collect());
            let held = told.entry(subject).or_default();
            for it in &campaign.uses {
                for cited in &it.cited {
                    let things = held.entry(self.citation(collection, cited)).or_default();
                    self.put(collection, &it.used, things);
                }
            }
        }
    }

    /// What tools do.
    fn abilities(&self, collection: &'v Collection, told: &mut Told<'v>) {
        for software in collection.vocabulary.software.values() {
            let held = told.entry(Subject::Software(software.id.clone())).or_default();
            for it in &software.abilities {
                for cited in &it.cited {
                    let things = held.entry(self.citation(collection, cited)).or_default();
                    things.0.extend(self.technique(collection, &it.technique));
                }
            }
        }
    }
}

/// The collections that say what actors use, each domain of ATT&CK once.
fn compared(view: &View) -> Vec<&Collection> {
    let mut attack: BTreeMap<&str, (Vec<u32>, &Collection)> = BTreeMap::new();
    let mut packs = Vec::new();
    for it in &view.knowledge.collections {
        match &it.origin {
            Origin::Attack(domain, version) => {
                let version = number(version);
                let held = attack.entry(domain).or_insert_with(|| (version.clone(), it));
                if version >= held.0 {
                    *held = (version, it);
                }
            }
            Origin::Packs => packs.push(it),
            Origin::Disarm(_) | Origin::Misp(..) | Origin::Microsoft => {}
        }
    }
    attack.into_values().map(|(_, it)| it).chain(packs).collect()
}

/// A version such as `18.1` as figures; nothing, the lowest, for what is none.
fn number(version: &str) -> Vec<u32> {
    let parts: Option<Vec<u32>> = version.split('.').map(|it| it.parse().ok()).collect();
    parts.unwrap_or_default()
}

/// The countries that lists of names give to whoever bears a name.
fn countries(view: &View) -> BTreeMap<String, BTreeSet<&str>> {
    let lists = view.knowledge.collections.iter();
    let lists = lists.filter(|it| matches!(it.origin, Origin::Misp(..) | Origin::Microsoft));
    let mut countries: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for actor in lists.flat_map(|it| &it.actors).filter(|it| !it.countries.is_empty()) {
        let codes = || actor.countries.iter().map(|it| it.code.as_str()).filter(|it| *it != "XX");
        for name in actor.names.iter().map(|it| plain_name(&it.name)).filter(|it| !it.is_empty()) {
            countries.entry(name).or_default().extend(codes());
        }
    }
    countries
}

/// The name that an actor has in the collection whose id is its key, else its first.
fn name(key: &str, actors: &[&Actor]) -> String {
    let own = actors.iter().find(|it| it.id == key).or(actors.first());
    own.map_or_else(String::new, |it| it.name.clone())
}

/// An address without what writers vary.
fn plain_url(url: &str) -> &str {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://");
    bare.trim_start_matches("www.").trim_end_matches('/')
}

fn one(codes: &BTreeSet<&str>) -> Option<String> {
    match (codes.first(), codes.len()) {
        (Some(code), 1) => Some((*code).to_owned()),
        _ => None,
    }
}

fn owned(mut ids: Vec<&str>) -> Vec<String> {
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(str::to_owned).collect()
}
