//! What changed from one version of a collection to another.

use serde::Serialize;

use crate::{Actor, Collection, Used};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum Change {
    /// A technique that was not there.
    NewTechnique {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
    /// A technique that is gone, given up or replaced.
    EndedTechnique {
        /// Its id.
        id: String,
        /// Its successor.
        by: Option<String>,
    },
    /// A technique with another name.
    RenamedTechnique {
        /// Its id.
        id: String,
        /// The old name.
        old: String,
        /// The new name.
        new: String,
    },
    /// An actor that was not there.
    NewActor {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
    /// An actor that is gone or replaced.
    EndedActor {
        /// Its id.
        id: String,
        /// Its successor.
        by: Option<String>,
    },
    /// An actor that others are said of.
    ChangedActor {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Names that came.
        names_added: Vec<String>,
        /// Names that went.
        names_removed: Vec<String>,
        /// What it is newly said to have used.
        uses_added: Vec<String>,
        /// What it is no longer said to have used.
        uses_removed: Vec<String>,
    },
}

/// All changes from `old` to `new`, in order.
#[must_use]
pub fn diff(old: &Collection, new: &Collection) -> Vec<Change> {
    let mut changes = techniques(old, new);
    changes.extend(actors(old, new));
    changes.sort();
    changes
}

fn techniques(old: &Collection, new: &Collection) -> Vec<Change> {
    let (before, after) = (&old.vocabulary.techniques, &new.vocabulary.techniques);
    let stands = |it: &crate::TechniqueEntry| it.revoked_by.is_none() && !it.deprecated;
    let mut changes = Vec::new();
    for (id, entry) in after {
        let earlier = before.get(id).filter(|it| stands(it));
        let id = id.to_string();
        match earlier {
            None if stands(entry) => {
                changes.push(Change::NewTechnique { id, name: entry.name.clone() });
            }
            Some(earlier) if stands(entry) && earlier.name != entry.name => {
                let (old, new) = (earlier.name.clone(), entry.name.clone());
                changes.push(Change::RenamedTechnique { id, old, new });
            }
            _ => {}
        }
    }
    for (id, _) in before.iter().filter(|(_, it)| stands(it)) {
        let now = after.get(id);
        if !now.is_some_and(stands) {
            let by = now.and_then(|it| it.revoked_by.as_ref()).map(ToString::to_string);
            changes.push(Change::EndedTechnique { id: id.to_string(), by });
        }
    }
    changes
}

fn actors(old: &Collection, new: &Collection) -> Vec<Change> {
    let stands = |it: &&Actor| it.revoked_by.is_none();
    let mut changes = Vec::new();
    for actor in new.actors.iter().filter(stands) {
        match old.actor(&actor.id).filter(stands) {
            None => {
                let (id, name) = (actor.id.clone(), actor.name.clone());
                changes.push(Change::NewActor { id, name });
            }
            Some(earlier) => changes.extend(changed(earlier, actor)),
        }
    }
    for actor in old.actors.iter().filter(stands) {
        let now = new.actor(&actor.id);
        if !now.as_ref().is_some_and(stands) {
            let by = now.and_then(|it| it.revoked_by.clone());
            changes.push(Change::EndedActor { id: actor.id.clone(), by });
        }
    }
    changes
}

fn changed(old: &Actor, new: &Actor) -> Option<Change> {
    let names = |it: &Actor| sorted(it.names.iter().map(|name| name.name.clone()));
    let all_uses = |it: &Actor| {
        sorted(it.uses.iter().map(|used| match &used.used {
            Used::Technique(technique) => technique.to_string(),
            Used::Software(id) => id.clone(),
        }))
    };
    let less = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|it| those.binary_search(it).is_err()).cloned().collect()
    };
    let (before, after) = (names(old), names(new));
    let (earlier, later) = (all_uses(old), all_uses(new));
    let change = Change::ChangedActor {
        id: new.id.clone(),
        name: new.name.clone(),
        names_added: less(&after, &before),
        names_removed: less(&before, &after),
        uses_added: less(&later, &earlier),
        uses_removed: less(&earlier, &later),
    };
    (before != after || earlier != later).then_some(change)
}

fn sorted(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut items: Vec<String> = items.collect();
    items.sort();
    items.dedup();
    items
}
