//! ATT&CK and DISARM: STIX 2.0 and 2.1 bundles.
//!
//! Both use the object types and the names of ATT&CK; DISARM's bundle even says that its catalogue is
//! `mitre-attack`. Which of them it is, is told from where its techniques' pages lie.

use std::collections::BTreeMap;

use charivari_model::{Confidence, Technique};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::contradictions::{Graph, claim, ends, without_circles};
use super::{LONGEST, Told, called, citation};
use crate::{
    Actor, Cited, Collection, Day, Fault, Name, Origin, Relation, Software, Source, TechniqueEntry,
};

/// The types of relations that are read.
const READ_RELATIONS: [&str; 3] = ["revoked-by", "attributed-to", "uses"];

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
        ends: BTreeMap::default(),
        sources: BTreeMap::default(),
        collection,
    };
    reading.loose_ends();
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
                    let order = |it: &Object| (it.modified.clone(), it.name.clone());
                    if order(&object) > order(&objects[at]) {
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
    /// The techniques at the end of chains of successors.
    ends: BTreeMap<Technique, Technique>,
    /// Numbers of sources by the name that they are cited under.
    sources: BTreeMap<String, u32>,
    pub(super) collection: Collection,
}

impl<'a> Reading<'a> {
    pub(super) fn of_kind(&self, kind: &'static str) -> impl Iterator<Item = &'a Object> + use<'a> {
        self.objects.iter().filter(move |it| it.kind == kind)
    }

    /// Tells of relations that point nowhere.
    fn loose_ends(&mut self) {
        let is_read = |it: &&Object| READ_RELATIONS.contains(&it.relationship_type.as_str());
        for relation in self.of_kind("relationship").filter(is_read) {
            let ends = [&relation.source_ref, &relation.target_ref];
            if let Some(id) = ends.into_iter().find(|id| !self.by_id.contains_key(id.as_str())) {
                let kind = &relation.relationship_type;
                let text =
                    format!("a relation \"{kind}\" points to {id}, which is not in the file");
                self.collection.faults.push(Fault::new("E1023", &relation.id, text));
            }
        }
    }

    /// Relationships of one type with both their ends.
    pub(super) fn relations(
        &self,
        kind: &'static str,
    ) -> Vec<(&'a Object, &'a Object, &'a Object)> {
        let end = |id: &str| self.by_id.get(id).map(|at| &self.objects[*at]);
        let of_kind = self.of_kind("relationship").filter(|it| it.relationship_type == kind);
        of_kind.filter_map(|it| Some((it, end(&it.source_ref)?, end(&it.target_ref)?))).collect()
    }

    pub(super) fn technique(&self, object: &Object) -> Option<Technique> {
        if object.kind != "attack-pattern" {
            return None;
        }
        format!("{}:{}", self.framework, object.external_id()?).parse().ok()
    }

    /// The objects of some types by their number in the catalogue, each number once: rather one that
    /// stands than one that was given up, and else the first by name. Two that stand are a fault.
    pub(super) fn numbered(
        &mut self,
        kinds: &[&str],
        example: &str,
        number: impl Fn(&Self, &Object) -> Option<String>,
    ) -> BTreeMap<String, &'a Object> {
        let is_over = |it: &Object| it.revoked || it.deprecated;
        let mut found: BTreeMap<String, &'a Object> = BTreeMap::new();
        let objects = self.objects;
        for object in objects.iter().filter(|it| kinds.contains(&it.kind.as_str())) {
            let Some(number) = number(self, object) else {
                let kind = &object.kind;
                let text = format!("the {kind} has no number such as {example}; it was left out");
                self.collection.faults.push(Fault::new("E1025", &object.id, text));
                continue;
            };
            let rank = |it: &'a Object| (is_over(it), &it.name, &it.id);
            let held = found.entry(number).or_insert(object);
            if held.id == object.id {
                continue;
            }
            let loser =
                if rank(object) < rank(held) { std::mem::replace(held, object) } else { object };
            if !is_over(loser) {
                let text = format!("its number is also that of {}; it was left out", held.id);
                self.collection.faults.push(Fault::new("E1027", &loser.id, text));
            }
        }
        found
    }

    /// What replaces what, by number.
    fn replaced<K: Ord + Clone + ToString>(
        &mut self,
        key: impl Fn(&Self, &Object) -> Option<K>,
    ) -> BTreeMap<K, K> {
        let mut graph = Graph::default();
        for (relation, from, to) in self.relations("revoked-by") {
            if let (Some(from), Some(to)) = (key(self, from), key(self, to)) {
                let claimed = (from, to, relation.id.as_str());
                claim(&mut graph, "E1027", claimed, &mut self.collection.faults);
            }
        }
        without_circles(graph, "E1024", &mut self.collection.faults)
    }

    fn techniques(&mut self) {
        let revoked = self.replaced(Self::technique);
        self.ends = ends(&revoked);
        let number = |it: &Self, object: &Object| Some(it.technique(object)?.id().to_owned());
        for object in self.numbered(&["attack-pattern"], "T1585.001", number).into_values() {
            let Some(technique) = self.technique(object) else { continue };
            let phases = object.kill_chain_phases.iter().map(|it| it.phase_name.clone());
            let entry = TechniqueEntry {
                name: object.name.clone(),
                tactics: phases.filter(|name| !name.is_empty()).collect(),
                revoked_by: revoked.get(&technique).cloned(),
                deprecated: object.deprecated
                    || object.revoked && !revoked.contains_key(&technique),
                technique: technique.clone(),
            };
            self.collection.vocabulary.techniques.insert(technique, entry);
        }
    }

    /// The technique that stands for one; nothing where it was given up.
    pub(super) fn today(&self, technique: &Technique) -> Option<Technique> {
        let end = self.ends.get(technique).unwrap_or(technique);
        let entry = self.collection.vocabulary.techniques.get(end)?;
        (!entry.deprecated).then(|| end.clone())
    }

    fn software(&mut self) {
        let number = |_: &Self, object: &Object| object.external_id().map(str::to_owned);
        for (id, object) in self.numbered(&["malware", "tool"], "S0002", number) {
            if object.revoked {
                continue;
            }
            let mut names = vec![object.name.clone()];
            names.extend(object.other_names.iter().filter(|it| **it != object.name).cloned());
            let is_tool = object.kind == "tool";
            let software = Software { id: id.clone(), names, is_tool, abilities: Vec::new() };
            self.collection.vocabulary.software.insert(id, software);
        }
    }

    fn actors(&mut self) {
        let number = |_: &Self, object: &Object| object.external_id().map(str::to_owned);
        let group = |it: &Self, object: &Object| {
            number(it, object).filter(|_| object.kind == "intrusion-set")
        };
        let revoked = self.replaced(group);
        for (id, object) in self.numbered(&["intrusion-set"], "G0034", number) {
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
