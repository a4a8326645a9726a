//! Knowledge as of a date: nothing is seen that was not public by then.
//!
//! Without this, a case of 2023 is solved by what was written about it in 2024. What has no date is
//! not seen either, since nobody can say that it was public; it is counted. Techniques and programs
//! are vocabulary and stay; what programs do is told by somebody, and does not.

use serde::Serialize;

use crate::{Actor, Campaign, Cited, Day, Knowledge, Relation};

/// What a date hides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Hidden {
    /// Names.
    pub names: u64,
    /// Countries.
    pub countries: u64,
    /// Uses of techniques and programs.
    pub uses: u64,
    /// Traits.
    pub traits: u64,
    /// Actors of which nothing was public.
    pub actors: u64,
    /// Campaigns of which nothing was public.
    pub campaigns: u64,
    /// What programs do.
    pub abilities: u64,
    /// How many of these facts have no date at all.
    pub undated: u64,
}

/// Knowledge as of a date, or all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// What is seen.
    pub knowledge: Knowledge,
    /// The date; all that is known without it.
    pub as_of: Option<Day>,
    /// What is not seen.
    pub hidden: Hidden,
}

impl Knowledge {
    /// What was public by the end of `as_of`; everything without a date.
    #[must_use]
    pub fn as_of(&self, as_of: Option<Day>) -> View {
        let mut view = View { knowledge: self.clone(), as_of, hidden: Hidden::default() };
        let Some(day) = as_of else { return view };
        let hidden = &mut view.hidden;
        for collection in &mut view.knowledge.collections {
            collection.actors.retain_mut(|actor| {
                keep(actor, day, hidden);
                hidden.actors += u64::from(actor.names.is_empty());
                !actor.names.is_empty()
            });
            collection.campaigns.retain_mut(|campaign| {
                keep_campaign(campaign, day, hidden);
                hidden.campaigns += u64::from(campaign.uses.is_empty());
                !campaign.uses.is_empty()
            });
            for software in collection.vocabulary.software.values_mut() {
                let before = software.abilities.len();
                software.abilities.retain_mut(|it| is_seen(&mut it.cited, day, hidden));
                hidden.abilities += (before - software.abilities.len()) as u64;
            }
        }
        view
    }
}

/// Whether a fact was public: takes away who said it later, and counts it where nobody has a date.
fn is_seen(cited: &mut Vec<Cited>, day: Day, hidden: &mut Hidden) -> bool {
    let known = cited.iter().any(|it| it.date.is_some());
    cited.retain(|it| it.date.is_some_and(|date| date.is_by(day)));
    hidden.undated += u64::from(cited.is_empty() && !known);
    !cited.is_empty()
}

/// Takes from a campaign what was not public. Its uses may be public before it is anybody's; what is
/// an actor's too is counted there.
fn keep_campaign(campaign: &mut Campaign, day: Day, hidden: &mut Hidden) {
    let is_nobodys = campaign.attributed.is_empty();
    let before = campaign.uses.len();
    let mut uncounted = Hidden::default();
    let counted = if is_nobodys { hidden } else { &mut uncounted };
    campaign.uses.retain_mut(|it| is_seen(&mut it.cited, day, counted));
    counted.uses += (before - campaign.uses.len()) as u64;
    campaign.attributed.retain_mut(|it| is_seen(&mut it.cited, day, counted));
}

/// Takes from an actor what was not public, and lists it under a name that was.
fn keep(actor: &mut Actor, day: Day, hidden: &mut Hidden) {
    let before = (actor.names.len(), actor.countries.len(), actor.uses.len(), actor.traits.len());
    actor.names.retain_mut(|it| is_seen(&mut it.cited, day, hidden));
    actor.countries.retain_mut(|it| is_seen(&mut it.cited, day, hidden));
    actor.uses.retain_mut(|it| is_seen(&mut it.cited, day, hidden));
    actor.traits.retain_mut(|it| is_seen(&mut it.cited, day, hidden));
    hidden.names += (before.0 - actor.names.len()) as u64;
    hidden.countries += (before.1 - actor.countries.len()) as u64;
    hidden.uses += (before.2 - actor.uses.len()) as u64;
    hidden.traits += (before.3 - actor.traits.len()) as u64;
    let is_listed = actor.names.iter().any(|it| it.name == actor.name);
    if !is_listed {
        // A name given later would tell what later became known.
        let own = |it: &&crate::Name| {
            !matches!(it.relation, Relation::Impersonated | Relation::Contested)
        };
        let name = actor.names.iter().find(own).or(actor.names.first());
        actor.name = name.map_or_else(String::new, |it| it.name.clone());
        actor.about.clear();
    }
}

#[cfg(test)]
mod tests {
    use charivari_model::Confidence;

    use super::*;
    use crate::{Collection, Name, Origin};

    fn cited(date: Option<&str>) -> Vec<Cited> {
        let date = date.map(|it| it.parse().unwrap());
        vec![Cited { source: None, date, passage: String::new(), sure: Confidence::High }]
    }

    fn name(name: &str, date: Option<&str>) -> Name {
        Name { name: name.to_owned(), relation: Relation::Same, cited: cited(date) }
    }

    #[test]
    fn a_name_given_later_is_not_seen_and_the_actor_is_listed_under_an_earlier_one() {
        let mut collection = Collection::new(Origin::Packs);
        collection.actors.push(Actor {
            id: "x".to_owned(),
            name: "Later Name".to_owned(),
            about: "told later".to_owned(),
            names: vec![
                name("Later Name", Some("2023-04")),
                name("Early Name", Some("2022-01-26")),
                name("No Date", None),
            ],
            ..Actor::default()
        });
        let knowledge = Knowledge { collections: vec![collection] };
        let seen = |day: &str| knowledge.as_of(Some(day.parse().unwrap()));
        let actor = |view: &View| view.knowledge.collections[0].actors.first().cloned();

        let eve = seen("2023-02-02");
        assert_eq!(actor(&eve).unwrap().name, "Early Name");
        assert_eq!(actor(&eve).unwrap().about, "");
        assert_eq!((eve.hidden.names, eve.hidden.undated), (2, 1));
        assert_eq!(actor(&seen("2023-05-01")).unwrap().name, "Later Name");
        assert_eq!(actor(&seen("2021")), None);
        assert_eq!(seen("2021").hidden.actors, 1);
        assert_eq!(actor(&knowledge.as_of(None)).unwrap().names.len(), 3);
    }
}
