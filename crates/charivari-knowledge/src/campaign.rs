//! Campaigns: what was used in one operation, and who is said to be behind it.
//!
//! A campaign stands on its own, since its uses are often public long before anybody says whose they
//! are. What it used counts for an actor once both are known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Cited, Collection, Day, Use};

/// The most actors that one campaign may be attributed to; ATT&CK names at most two.
pub(crate) const MOST_ACTORS: usize = 8;

/// One claim that an actor is behind a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributed {
    /// The actor, by its id in the same collection.
    pub actor: String,
    /// Who says so.
    pub cited: Vec<Cited>,
}

/// One operation as one collection has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// Its id in its collection, such as `C0038`.
    pub id: String,
    /// Its name there.
    pub name: String,
    /// Who is said to be behind it; empty where nobody is named.
    pub attributed: Vec<Attributed>,
    /// What was used in it.
    pub uses: Vec<Use>,
}

impl Collection {
    /// Gives actors the uses of the campaigns that are theirs, and puts their uses in order.
    ///
    /// A use in a campaign is an actor's since the later of two days: when the use was public, and
    /// when the first source said whose campaign it was.
    pub(crate) fn share_campaigns(&mut self) {
        let places: BTreeMap<&str, usize> =
            self.actors.iter().enumerate().map(|(at, actor)| (actor.id.as_str(), at)).collect();
        let mut shared: Vec<(usize, Use)> = Vec::new();
        for campaign in &self.campaigns {
            for claim in &campaign.attributed {
                let Some(&place) = places.get(claim.actor.as_str()) else { continue };
                let known = first(&claim.cited);
                shared.extend(campaign.uses.iter().map(|it| (place, of(campaign, it, known))));
            }
        }
        for (place, it) in shared {
            self.actors[place].uses.push(it);
        }
        for actor in &mut self.actors {
            actor.uses.sort_by(|one, other| {
                (&one.used, &one.campaign).cmp(&(&other.used, &other.campaign))
            });
        }
    }
}

/// A use in a campaign as one of an actor to whom it is given since `known`.
fn of(campaign: &Campaign, it: &Use, known: Option<Day>) -> Use {
    let mut it = Use { campaign: Some(campaign.id.clone()), ..it.clone() };
    for cited in &mut it.cited {
        cited.date = match (cited.date, known) {
            (Some(one), Some(other)) => Some(if one.last() < other.last() { other } else { one }),
            _ => None,
        };
    }
    it
}

/// The first day on which a claim was public; none where no source has a date.
fn first(cited: &[Cited]) -> Option<Day> {
    cited.iter().filter_map(|it| it.date).min_by_key(|day| day.last())
}
