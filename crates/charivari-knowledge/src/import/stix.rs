//! ATT&CK and DISARM: STIX 2.0 and 2.1 bundles.
//!
//! Both use the object types and the names of ATT&CK; DISARM's bundle even says that its catalogue is
//! `mitre-attack`. Which of them it is, is told from where its techniques' pages lie.

use std::collections::BTreeMap;

use charivari_model::{Confidence, Technique};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::contradictions::{Graph, without_circles};
use super::{LONGEST, Told, called, citation};
use crate::{
    Actor, Cited, Collection, Day, Fault, Name, Origin, Relation, Software, Source, TechniqueEntry,
};

/// The fields of all object types that are used here.
#[derive(Debug, Deserialize)]
pub(super) struct Object {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    created: String,
    #[serde(default)]
    modified: String,
    #[serde(default)]
    pub(super) revoked: bool,
    #[serde(default, rename = "x_mitre_deprecated")]
    pub(super) deprecated: bool,
    #[serde(default, rename = "x_mitre_version")]
    version: String,
    #[serde(default, rename = "x_mitre_domains")]
    domains: Vec<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default, rename = "x_mitre_aliases")]
    other_names: Vec<String>,
    #[serde(default)]
    pub(super) external_references: Vec<Reference>,
    #[serde(default)]
    kill_chain_phases: Vec<Phase>,
    #[serde(default)]
    relationship_type: String,
    #[serde(default)]
    source_ref: String,
    #[serde(default)]
    target_ref: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Reference {
    #[serde(default)]
    source_name: String,
    #[serde(default)]
    pub(super) external_id: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    url: String,
}

#[derive(Debug, Deserialize)]
struct Phase {
    #[serde(default)]
    phase_name: String,
}

impl Object {
    /// The number in its catalogue, such as `G0034`.
    pub(super) fn external_id(&self) -> Option<&str> {
        let ids = self.external_references.iter().map(|it| it.external_id.as_str());
        ids.filter(|it| !it.is_empty()).find(|it| it.len() <= 20)
    }

    /// The day on which it came into the catalogue.
    pub(super) fn day(&self) -> Option<Day> {
        self.created.get(..10)?.parse().ok()
    }

    fn is_too_long(&self) -> bool {
        let names = self.aliases.iter().chain(&self.other_names).chain([&self.name, &self.id]);
        names.map(String::len).any(|length| length > LONGEST)
    }
}

/// Reads the objects of a bundle.
pub(super) fn read(objects: &[&RawValue], told: &Told) -> Collection {
    let (objects, faults) = parse(objects);
    let is_disarm = is_disarm(&objects);
    let mut collection = Collection::new(origin(&objects, is_disarm, told));
    collection.faults = faults;
    let mut reading = Reading {
        framework: if is_disarm { "disarm" } else { "attack" },
        by_id: objects.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect(),
        objects: &objects,
        sources: BTreeMap::default(),
        collection,
    };
    reading.techniques();
    reading.software();
    reading.actors();
    reading.uses();
    let mut collection = reading.collection;
    collection.actors.sort_by(|one, other| one.id.cmp(&other.id));
    collection.campaigns.sort_by(|one, other| one.id.cmp(&other.id));
    for software in collection.vocabulary.software.values_mut() {
        software.settle();
    }
    collection.share_campaigns();
    collection.faults.sort();
    collection
}

/// Objects that can be read, each id once, and the faults of the others.
fn parse(raw: &[&RawValue]) -> (Vec<Object>, Vec<Fault>) {
    let (mut objects, mut faults): (Vec<Object>, Vec<Fault>) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<String, usize> = BTreeMap::default();
    for (number, raw) in raw.iter().enumerate() {
        match serde_json::from_str::<Object>(raw.get()) {
            Err(error) => {
                let text = format!("expected an object of STIX, but met {error}; it was left out");
                faults.push(Fault::new("E1020", called(raw, number), text));
            }
            Ok(object) if object.is_too_long() => {
                let text = format!("a name or id is longer than {LONGEST} bytes; it was left out");
                faults.push(Fault::new("E1021", called(raw, number), text));
            }
            Ok(object) => match seen.get(&object.id) {
                None => {
                    seen.insert(object.id.clone(), objects.len());
                    objects.push(object);
                }
                Some(&at) => {
                    let text = "the id stands more than once; the version modified last was taken";
                    faults.push(Fault::new("E1022", &object.id, text));
                    if object.modified > objects[at].modified {
                        objects[at] = object;
                    }
                }
            },
        }
    }
    (objects, faults)
}

fn is_disarm(objects: &[Object]) -> bool {
    let pages = objects.iter().filter(|it| it.kind == "attack-pattern");
    let urls = pages.filter_map(|it| Some(it.external_references.first()?.url.as_str()));
    let (mut disarm, mut all) = (0, 0);
    for url in urls {
        all += 1;
        disarm += usize::from(url.to_ascii_lowercase().contains("disarm"));
    }
    disarm * 2 > all
}

fn origin(objects: &[Object], is_disarm: bool, told: &Told) -> Origin {
    let collection = objects.iter().find(|it| it.kind == "x-mitre-collection");
    let newest = || objects.iter().filter_map(|it| it.modified.get(..10)).max();
    let version = told
        .version
        .clone()
        .or_else(|| collection.map(|it| it.version.clone()).filter(|it| !it.is_empty()))
        .or_else(|| newest().map(|day| format!("of {day}")))
        .unwrap_or_default();
    if is_disarm {
        return Origin::Disarm(version);
    }
    let domains = objects.iter().flat_map(|it| &it.domains);
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for domain in domains {
        *count.entry(domain.trim_end_matches("-attack")).or_default() += 1;
    }
    let most = count.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
    let domain = most.map_or("enterprise", |(name, _)| name).to_owned();
    Origin::Attack(domain, version)
}

/// A bundle under way into a collection.
pub(super) struct Reading<'a> {
    framework: &'static str,
    objects: &'a [Object],
    by_id: BTreeMap<&'a str, usize>,
    /// Numbers of sources by the name that they are cited under.
    sources: BTreeMap<String, u32>,
    pub(super) collection: Collection,
}

impl<'a> Reading<'a> {
    pub(super) fn of_kind(&self, kind: &'static str) -> impl Iterator<Item = &'a Object> + use<'a> {
        self.objects.iter().filter(move |it| it.kind == kind)
    }

    /// Relationships of one type between live ends, and faults where an end is missing.
    pub(super) fn relations(
        &mut self,
        kind: &'static str,
    ) -> Vec<(&'a Object, &'a Object, &'a Object)> {
        let mut found = Vec::new();
        for relation in self.of_kind("relationship").filter(|it| it.relationship_type == kind) {
            let end = |id: &str| self.by_id.get(id).map(|at| &self.objects[*at]);
            match (end(&relation.source_ref), end(&relation.target_ref)) {
                (Some(from), Some(to)) => found.push((relation, from, to)),
                (from, _) => {
                    let id =
                        if from.is_none() { &relation.source_ref } else { &relation.target_ref };
                    let text =
                        format!("a relation \"{kind}\" points to {id}, which is not in the file");
                    self.collection.faults.push(Fault::new("E1023", &relation.id, text));
                }
            }
        }
        found
    }

    pub(super) fn technique(&self, object: &Object) -> Option<Technique> {
        if object.kind != "attack-pattern" {
            return None;
        }
        format!("{}:{}", self.framework, object.external_id()?).parse().ok()
    }

    fn techniques(&mut self) {
        let mut revoked = Graph::default();
        for (relation, from, to) in self.relations("revoked-by") {
            if let (Some(from), Some(to)) = (self.technique(from), self.technique(to)) {
                revoked.insert(from, (to, relation.id.clone()));
            }
        }
        let revoked = without_circles(revoked, "E1024", &mut self.collection.faults);
        for object in self.of_kind("attack-pattern") {
            let Some(technique) = self.technique(object) else {
                let text = "a technique has no number such as T1585.001; it was left out";
                self.collection.faults.push(Fault::new("E1025", &object.id, text));
                continue;
            };
            let entry = TechniqueEntry {
                name: object.name.clone(),
                tactics: object.kill_chain_phases.iter().map(|it| it.phase_name.clone()).collect(),
                revoked_by: revoked.get(&technique).cloned(),
                deprecated: object.deprecated
                    || object.revoked && !revoked.contains_key(&technique),
                technique,
            };
            // A number that was given up may stand beside the one that has it now.
            let known = self.collection.vocabulary.techniques.get(&entry.technique);
            let stands = |it: &TechniqueEntry| it.revoked_by.is_none() && !it.deprecated;
            if known.is_none_or(|known| !stands(known) || stands(&entry) && known.name > entry.name)
            {
                self.collection.vocabulary.techniques.insert(entry.technique.clone(), entry);
            }
        }
    }

    fn software(&mut self) {
        let is_software = |it: &&Object| matches!(it.kind.as_str(), "malware" | "tool");
        for object in self.objects.iter().filter(is_software).filter(|it| !it.revoked) {
            let Some(id) = object.external_id() else {
                let text = "a program has no number such as S0002; it was left out";
                self.collection.faults.push(Fault::new("E1025", &object.id, text));
                continue;
            };
            let mut names = vec![object.name.clone()];
            names.extend(object.other_names.iter().filter(|it| **it != object.name).cloned());
            let software = Software {
                id: id.to_owned(),
                names,
                is_tool: object.kind == "tool",
                abilities: Vec::new(),
            };
            self.collection.vocabulary.software.insert(id.to_owned(), software);
        }
    }

    fn actors(&mut self) {
        let mut revoked = Graph::default();
        for (relation, from, to) in self.relations("revoked-by") {
            if let ("intrusion-set", Some(old), Some(new)) =
                (from.kind.as_str(), from.external_id(), to.external_id())
            {
                revoked.insert(old.to_owned(), (new.to_owned(), relation.id.clone()));
            }
        }
        let revoked = without_circles(revoked, "E1024", &mut self.collection.faults);
        for object in self.of_kind("intrusion-set") {
            let Some(id) = object.external_id().map(str::to_owned) else {
                let text = "a group has no number such as G0034; it was left out";
                self.collection.faults.push(Fault::new("E1025", &object.id, text));
                continue;
            };
            let actor = Actor {
                name: object.name.clone(),
                names: self.names(object),
                revoked_by: revoked.get(&id).cloned(),
                id,
                ..Actor::default()
            };
            self.collection.actors.push(actor);
        }
    }

    /// The names of a group. Its listed name is public since the entry was made; another one since
    /// what it cites was published.
    fn names(&mut self, object: &Object) -> Vec<Name> {
        let at = |date| {
            vec![Cited { source: None, date, passage: String::new(), sure: Confidence::Moderate }]
        };
        let mut names = vec![Name {
            name: object.name.clone(),
            relation: Relation::Listed,
            cited: at(object.day()),
        }];
        for alias in object.aliases.iter().filter(|it| **it != object.name) {
            let reference = object.external_references.iter().find(|it| it.source_name == *alias);
            let mut cited = Vec::new();
            for key in reference.iter().flat_map(|it| citation::cited(&it.description)) {
                let source = object.external_references.iter().find(|it| it.source_name == key);
                cited.extend(source.map(|it| self.cite(it, None)));
            }
            let cited = if cited.is_empty() { at(None) } else { cited };
            names.push(Name { name: alias.clone(), relation: Relation::Same, cited });
        }
        names
    }

    /// A citation, dated by its publication, or else by when the catalogue had it.
    pub(super) fn cite(&mut self, reference: &Reference, known: Option<Day>) -> Cited {
        let date = citation::published(&reference.description);
        let sources = &mut self.collection.sources;
        let number = *self.sources.entry(reference.source_name.clone()).or_insert_with(|| {
            sources.push(Source {
                key: reference.source_name.clone(),
                title: String::new(),
                date,
                url: reference.url.clone(),
                read: true,
            });
            sources.len() as u32 - 1
        });
        Cited {
            source: Some(number),
            date: date.or(known),
            passage: String::new(),
            sure: Confidence::Moderate,
        }
    }
}
