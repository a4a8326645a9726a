//! What a view of the knowledge says, as actors to compare: who is known on a day, and by what.

use std::collections::{BTreeMap, BTreeSet};

use charivari_knowledge::{Actor, Cited, Collection, Origin, Used, View};
use charivari_model::{Framework, Technique};

use crate::error::Result;
use crate::knowledge::Knowledge;
use crate::profile::Profile;
use crate::reports::{Reports, Use};

/// All actors of a view that are said to use a technique of ATT&CK, and the reports that say so.
///
/// The groups of ATT&CK and the actors of packs are candidates alike. Each stands once, under its
/// [key](Actor::key): a pack that names its number in ATT&CK adds what it says to the group of that
/// number, and nothing is joined by names. Whatever the view does not show is not known: with a date,
/// no later report, profile, campaign, attribution of a campaign or ability of a tool counts.
///
/// Techniques of DISARM are left out, since only packs are described by them: that a group of ATT&CK
/// lacks one says nothing about it.
///
/// # Errors
/// `E1112` if the tables would be too large.
pub fn knowledge_of(view: &View) -> Result<Knowledge> {
    Knowledge::new(profiles_of(view), &Reports::of(view))
}

/// The profile of every actor that uses a technique of ATT&CK, by key.
fn profiles_of(view: &View) -> Vec<Profile> {
    let mut profiles: BTreeMap<String, Profile> = BTreeMap::new();
    for (collection, actor) in actors(view) {
        let key = standing(view, actor);
        let held = profiles.entry(key.to_owned()).or_insert_with(|| Profile {
            id: key.to_owned(),
            name: actor.name.clone(),
            country: None,
            techniques: Vec::new(),
            software: Vec::new(),
        });
        // ATT&CK's name is the one that its number is looked up under.
        if collection.origin != Origin::Packs && actor.id == key {
            held.name.clone_from(&actor.name);
        }
        for it in &actor.uses {
            match &it.used {
                Used::Technique(technique) if is_compared(technique) => {
                    held.techniques.push(technique.id().to_owned());
                }
                Used::Technique(_) => {}
                Used::Software(id) => held.software.push(id.clone()),
            }
        }
    }
    let mut profiles: Vec<Profile> = profiles.into_values().collect();
    profiles.retain(|it| !it.techniques.is_empty());
    for profile in &mut profiles {
        for list in [&mut profile.techniques, &mut profile.software] {
            list.sort();
            list.dedup();
        }
        profile.country = country(view, &profile.id);
    }
    profiles
}

/// Actors of collections that say what actors use.
fn actors(view: &View) -> impl Iterator<Item = (&Collection, &Actor)> {
    view.knowledge.actors().filter(|(_, actor)| !actor.uses.is_empty())
}

fn is_compared(technique: &Technique) -> bool {
    technique.framework() == Framework::Attack
}

/// The key of an actor, or of whoever took its place in ATT&CK.
fn standing<'v>(view: &'v View, actor: &'v Actor) -> &'v str {
    let mut key = actor.key();
    // A circle of replacements ends where it began to repeat.
    let mut seen = BTreeSet::new();
    while seen.insert(key) {
        let mut named = view.knowledge.actors().filter(|(_, it)| it.id == key);
        let Some(next) = named.find_map(|(_, it)| it.revoked_by.as_deref()) else { break };
        key = next;
    }
    key
}

/// The one country that is said of an actor; none where there are several.
fn country(view: &View, key: &str) -> Option<String> {
    let of = view.knowledge.actors().filter(|(_, actor)| actor.key() == key);
    let codes: BTreeSet<&str> = of
        .flat_map(|(_, it)| &it.countries)
        .map(|it| it.code.as_str())
        .filter(|it| *it != "XX")
        .collect();
    match codes.into_iter().collect::<Vec<_>>().as_slice() {
        [code] => Some((*code).to_owned()),
        _ => None,
    }
}

impl Reports {
    /// What the sources of a view say of actors, campaigns and tools.
    pub fn of(view: &View) -> Self {
        let mut told: BTreeMap<(String, String), (BTreeSet<String>, BTreeSet<String>)> =
            BTreeMap::new();
        let mut campaigns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (collection, actor) in actors(view) {
            let key = standing(view, actor);
            for it in &actor.uses {
                let subject = it.campaign.as_deref().unwrap_or(key);
                if let Some(campaign) = &it.campaign {
                    campaigns.entry(campaign.clone()).or_default().insert(key.to_owned());
                }
                for cited in &it.cited {
                    let place = (citation(collection, cited), subject.to_owned());
                    let held = told.entry(place).or_default();
                    match &it.used {
                        Used::Technique(technique) if is_compared(technique) => {
                            held.0.insert(technique.id().to_owned());
                        }
                        Used::Technique(_) => {}
                        Used::Software(id) => {
                            held.1.insert(id.clone());
                        }
                    }
                }
            }
        }
        let campaigns =
            campaigns.into_iter().map(|(id, of)| (id, of.into_iter().collect())).collect();
        let uses = told.into_iter().map(|((citation, subject), (techniques, software))| Use {
            citation,
            subject,
            techniques: techniques.into_iter().collect(),
            software: software.into_iter().collect(),
        });
        Self { attack_version: String::new(), campaigns, uses: uses.collect() }
    }
}

/// The name of a source; `-` where none is named.
fn citation(collection: &Collection, cited: &Cited) -> String {
    let Some(source) = collection.source(cited.source) else { return "-".to_owned() };
    // Keys of packs are short words that two packs may use for two documents.
    let name = if collection.origin == Origin::Packs { &source.title } else { &source.key };
    name.clone()
}
