//! What is known of each actor, one dossier an actor, every fact with the document that it rests on.
//!
//! Packs and ATT&CK stay two claims about one actor: a dossier holds the facts of both, each with its
//! own document, so that leaving a document out shows what hangs on it.

use std::collections::{BTreeMap, BTreeSet};

use charivari_knowledge::{Actor, Cited, Collection, Day, Origin, Relation, Used, View};
use charivari_model::Confidence;
use serde::Serialize;

use crate::candidates::Removal;
use crate::observation::What;

/// A document that facts rest on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// The name by which it is cited.
    pub key: String,
    /// Its title, with who published it; empty where the collection has none.
    pub title: String,
    /// Who published it; the authorities of one state are one publisher.
    pub publisher: String,
    /// When it became public.
    pub date: Option<Day>,
    /// Whether whoever wrote the fact down had the text at hand.
    pub read: bool,
    /// Whether a pack cites it, as opposed to a catalogue.
    pub of_pack: bool,
}

/// One claim about an actor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact {
    pub(crate) what: What,
    /// Its place among the documents.
    pub(crate) document: u32,
    pub(crate) passage: String,
    /// 1 for high, 0.8 for moderate, 0.5 for low.
    pub(crate) sure: f64,
    pub(crate) text: String,
}

/// All that is known of one actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// Its key: the ATT&CK id where it has one, else that of its pack.
    pub key: String,
    /// All ids that it has in the collections.
    pub ids: BTreeSet<String>,
    /// The name it is listed under.
    pub name: String,
    /// Countries, each with the document that says so.
    pub(crate) countries: Vec<(String, u32)>,
    /// By what they say.
    pub(crate) facts: Vec<Fact>,
}

impl Dossier {
    /// The facts that say `what`.
    pub(crate) fn facts_of(&self, what: &What) -> &[Fact] {
        let from = self.facts.partition_point(|it| it.what < *what);
        let length = self.facts[from..].partition_point(|it| it.what == *what);
        &self.facts[from..from + length]
    }

    /// What is told of it, each thing once and in order.
    pub fn told(&self) -> impl Iterator<Item = &What> {
        let is_new = |at: usize| at == 0 || self.facts[at - 1].what != self.facts[at].what;
        self.facts.iter().enumerate().filter(move |(at, _)| is_new(*at)).map(|(_, it)| &it.what)
    }

    /// What a document, by its number, tells of it.
    pub fn told_in(&self, document: u32) -> impl Iterator<Item = &What> {
        self.facts.iter().filter(move |it| it.document == document).map(|it| &it.what)
    }

    /// Its countries, each once.
    pub(crate) fn country_codes(&self) -> BTreeSet<&str> {
        self.countries.iter().map(|(code, _)| code.as_str()).collect()
    }
}

/// All dossiers, and the documents behind them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dossiers {
    /// By key.
    pub actors: Vec<Dossier>,
    /// In the order in which they were met.
    pub documents: Vec<Document>,
    /// The day as of which this was known.
    pub as_of: Option<Day>,
}

impl Dossiers {
    /// Gathers what ATT&CK and the packs of a view say. Collections of names alone add countries.
    pub fn of(view: &View) -> Self {
        let mut made = Self { as_of: view.as_of, ..Self::default() };
        let mut numbers = BTreeMap::new();
        let mut actors: BTreeMap<String, Dossier> = BTreeMap::new();
        let owners = owners(view);
        for collection in &view.knowledge.collections {
            if !matches!(collection.origin, Origin::Attack(..) | Origin::Packs) {
                continue;
            }
            for actor in collection.actors.iter().filter(|it| it.revoked_by.is_none()) {
                let key = owners.get(&actor.id).unwrap_or(&actor.id);
                let dossier = actors.entry(key.clone()).or_insert_with(|| Dossier {
                    key: key.clone(),
                    ids: BTreeSet::new(),
                    name: actor.name.clone(),
                    countries: Vec::new(),
                    facts: Vec::new(),
                });
                dossier.ids.extend([key.clone(), actor.id.clone()]);
                let mut number = |cited: &Cited| made.number(&mut numbers, collection, cited);
                gather(dossier, actor, &mut number);
            }
        }
        add_countries(view, &mut actors, |collection| {
            made.number_of(&mut numbers, collection.origin.to_string(), collection, None)
        });
        made.actors = actors.into_values().filter(|it| !it.facts.is_empty()).collect();
        for it in &mut made.actors {
            it.facts.sort_by(|a, b| a.what.cmp(&b.what).then(a.document.cmp(&b.document)));
            it.countries.sort();
            it.countries.dedup();
        }
        made
    }

    fn number(
        &mut self,
        numbers: &mut BTreeMap<String, u32>,
        collection: &Collection,
        cited: &Cited,
    ) -> u32 {
        let source = collection.source(cited.source);
        let key = source.map_or_else(|| collection.origin.to_string(), |it| it.key.clone());
        self.number_of(numbers, key, collection, source)
    }

    fn number_of(
        &mut self,
        numbers: &mut BTreeMap<String, u32>,
        key: String,
        collection: &Collection,
        source: Option<&charivari_knowledge::Source>,
    ) -> u32 {
        let of_pack = collection.origin == Origin::Packs;
        let documents = &mut self.documents;
        // A pack and a catalogue may use one short name for two documents.
        let known = format!("{of_pack} {key}");
        *numbers.entry(known).or_insert_with(|| {
            let title = source.map_or_else(String::new, |it| it.title.clone());
            documents.push(Document {
                publisher: publisher(&key, &title, of_pack),
                date: source.and_then(|it| it.date),
                read: source.is_some_and(|it| it.read),
                key,
                title,
                of_pack,
            });
            documents.len() as u32 - 1
        })
    }

    /// The same without facts of documents that `omit` names by their number.
    #[must_use]
    pub fn without(&self, omit: impl Fn(u32, &Document) -> bool) -> Self {
        let is_out: Vec<bool> =
            self.documents.iter().enumerate().map(|(at, it)| omit(at as u32, it)).collect();
        let mut made = self.clone();
        for it in &mut made.actors {
            it.facts.retain(|fact| !is_out[fact.document as usize]);
            it.countries.retain(|(_, document)| !is_out[*document as usize]);
        }
        made.actors.retain(|it| !it.facts.is_empty());
        made
    }

    /// What the ranking must forget so that it knows no more than these dossiers, made from `all`.
    pub(crate) fn removal_from(&self, all: &Self) -> Removal {
        let mut removal = Removal::default();
        let cited = |it: &Self| -> BTreeSet<u32> {
            it.actors.iter().flat_map(|it| &it.facts).map(|it| it.document).collect()
        };
        let gone = cited(all).difference(&cited(self)).copied().collect::<Vec<_>>();
        for document in gone.iter().map(|it| &all.documents[*it as usize]) {
            // A ranking names catalogues' sources by their key and packs' sources by their title.
            removal.citations.extend([document.key.clone(), document.title.clone()]);
        }
        removal.citations.remove("");
        for before in &all.actors {
            let after = self.actors.iter().find(|it| it.key == before.key);
            for fact in &before.facts {
                let stays = after.is_some_and(|it| !it.facts_of(&fact.what).is_empty());
                if stays {
                    continue;
                }
                let (map, id) = match &fact.what {
                    What::Technique(technique) => (&mut removal.techniques, technique.id()),
                    What::Software(id) => (&mut removal.software, id.as_str()),
                    _ => continue,
                };
                for actor in &before.ids {
                    map.entry(actor.clone()).or_default().push(id.to_owned());
                }
            }
        }
        removal
    }

    /// The place of the actor that has this id in any collection.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.actors.iter().position(|it| it.ids.contains(id))
    }
}

/// Under which key each actor's facts are gathered: the number in ATT&CK that a pack names, and for
/// packs of personas that exactly one other pack claims as its own, the key of that one.
fn owners(view: &View) -> BTreeMap<String, String> {
    let numbered = view.knowledge.actors().filter(|(_, it)| it.attack.is_some());
    let mut owners: BTreeMap<String, String> =
        numbered.map(|(_, it)| (it.id.clone(), it.key().to_owned())).collect();
    let packs: Vec<&Actor> = view
        .knowledge
        .collections
        .iter()
        .filter(|it| it.origin == Origin::Packs)
        .flat_map(|it| &it.actors)
        .collect();
    for persona in &packs {
        let claims = |it: &&&Actor| {
            it.id != persona.id
                && it
                    .names
                    .iter()
                    .any(|name| name.relation == Relation::Persona && name.name == persona.name)
        };
        let claiming: Vec<_> = packs.iter().filter(claims).collect();
        if let [only] = claiming[..] {
            let key = owners.get(&only.id).unwrap_or(&only.id).clone();
            owners.insert(persona.id.clone(), key);
        }
    }
    owners
}

fn gather(dossier: &mut Dossier, actor: &Actor, number: &mut impl FnMut(&Cited) -> u32) {
    for country in actor.countries.iter().filter(|it| it.code != "XX") {
        let claims = country.cited.iter().map(|it| (country.code.clone(), number(it)));
        dossier.countries.extend(claims);
    }
    let mut add = |what: What, text: &str, cited: &[Cited]| {
        for it in cited {
            let sure = match it.sure {
                Confidence::High => 1.0,
                Confidence::Moderate => 0.8,
                Confidence::Low => 0.5,
            };
            let (passage, text) = (it.passage.clone(), text.to_owned());
            let document = number(it);
            dossier.facts.push(Fact { what: what.clone(), document, passage, sure, text });
        }
    };
    for it in &actor.uses {
        let what = match &it.used {
            Used::Technique(technique) => What::Technique(technique.clone()),
            Used::Software(id) => What::Software(id.clone()),
        };
        add(what, "", &it.cited);
    }
    for it in &actor.traits {
        add(What::Trait(it.kind, it.value.clone()), &it.text, &it.cited);
    }
    for it in actor.names.iter().filter(|it| it.relation == Relation::Persona) {
        add(What::Persona(it.name.clone()), "It wore this name.", &it.cited);
    }
}

/// Countries of groups whose own collection has none, from collections of names.
fn add_countries(
    view: &View,
    actors: &mut BTreeMap<String, Dossier>,
    mut number: impl FnMut(&Collection) -> u32,
) {
    let plain = |name: &str| -> String {
        name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut by_name: BTreeMap<String, BTreeSet<(String, u32)>> = BTreeMap::new();
    for collection in &view.knowledge.collections {
        if matches!(collection.origin, Origin::Attack(..) | Origin::Packs) {
            continue;
        }
        for actor in collection.actors.iter().filter(|it| !it.countries.is_empty()) {
            let document = number(collection);
            for name in &actor.names {
                let held = by_name.entry(plain(&name.name)).or_default();
                held.extend(actor.countries.iter().map(|it| (it.code.clone(), document)));
            }
        }
    }
    for dossier in actors.values_mut().filter(|it| it.countries.is_empty()) {
        let Some(found) = by_name.get(&plain(&dossier.name)) else { continue };
        let codes: BTreeSet<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
        // A name that is placed in two countries places nobody.
        if codes.len() == 1 {
            dossier.countries.extend(found.iter().filter(|(code, _)| code != "XX").cloned());
        }
    }
}

/// Words in a title, or in a catalogue's key, that tell who published a document.
///
/// The authorities of one state are one publisher, and so is press that repeats their indictment.
const PUBLISHERS: [(&str, &str); 18] = [
    ("Indictment", USA),
    ("Press on the indictment", USA),
    ("FBI", USA),
    ("CISA", USA),
    ("US-CERT", USA),
    ("NSA ", USA),
    ("DOJ", USA),
    ("US District Court", USA),
    ("Treasury", USA),
    ("Department of Justice", USA),
    ("NCSC", "authorities of the United Kingdom"),
    ("Microsoft", "Microsoft"),
    ("Mandiant", GOOGLE),
    ("FireEye", GOOGLE),
    ("Google", GOOGLE),
    ("Check Point", "Check Point"),
    ("Sentinel", "SentinelOne"),
    ("Secureworks", "Secureworks"),
];
const USA: &str = "authorities of the USA";
const GOOGLE: &str = "Mandiant and Google";

/// Who published a document. A catalogue's citation begins with the publisher's name.
fn publisher(key: &str, title: &str, of_pack: bool) -> String {
    let known = PUBLISHERS
        .iter()
        .find(|(word, _)| title.contains(word) || (!of_pack && key.contains(word)));
    if let Some((_, name)) = known {
        return (*name).to_owned();
    }
    if of_pack {
        return title.rsplit(", ").next().unwrap_or(title).to_owned();
    }
    key.split(|it: char| !it.is_alphanumeric()).next().unwrap_or(key).to_owned()
}
