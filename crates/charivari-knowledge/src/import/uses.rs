//! Who used what, by the relations of a bundle.

use std::collections::BTreeMap;

use charivari_model::Confidence;

use super::stix::{Object, Reading};
use crate::campaign::MOST_ACTORS;
use crate::{Ability, Attributed, Campaign, Cited, Fault, Mapped, Use, Used};

/// Where what can use something stands in its collection.
#[derive(Clone, Copy)]
enum Place {
    Actor(usize),
    Campaign(usize),
    Software,
}

/// Why a relation is left out: the object that it lies with, and the reason.
type LeftOut<'a> = (&'a str, &'static str);

const GIVEN_UP: &str = "the catalogue gave up what it said of this object";
const NOBODY: &str =
    "it stands for no group, campaign or program: it was given up, or has no number";
const NOTHING: &str = "it was given up without a successor, or has no number";
const LOADED: &str = "what programs other programs load is not kept";
const NO_ATTRIBUTION: &str = "an attribution joins a campaign that stands and a group";
const TOO_MANY: &str = "a campaign may have eight actors at most";

impl<'a> Reading<'a> {
    /// Campaigns, and who used what. What is left out is told once for each object that it lies
    /// with, with how many claims it costs.
    pub(super) fn uses(&mut self) {
        self.campaigns();
        let places = self.places();
        let mut left_out: BTreeMap<LeftOut<'a>, u64> = BTreeMap::new();
        for (relation, from, to) in self.relations("attributed-to") {
            if let Err(why) = self.attribute(&places, relation, from, to) {
                *left_out.entry(why).or_default() += 1;
            }
        }
        for (relation, from, to) in self.relations("uses") {
            match self.read_use(&places, relation, from, to) {
                Ok((place, used)) => self.add_use(place, from, used, relation),
                Err(why) => *left_out.entry(why).or_default() += 1,
            }
        }
        for ((object, why), count) in left_out {
            let claims = if count == 1 { "1 claim was" } else { &format!("{count} claims were") };
            let text = format!("{claims} left out: {why}");
            self.collection.faults.push(Fault::new("E1026", object, text));
        }
    }

    fn campaigns(&mut self) {
        let number = |_: &Self, object: &Object| object.external_id().map(str::to_owned);
        for (id, object) in self.numbered(&["campaign"], "C0038", number) {
            if !(object.revoked || object.deprecated) {
                let name = object.name.clone();
                self.collection.campaigns.push(Campaign { id, name, ..Campaign::default() });
            }
        }
    }

    /// Where what can use something stands, by its number.
    fn places(&self) -> BTreeMap<String, Place> {
        let actors = self.collection.actors.iter().enumerate();
        let campaigns = self.collection.campaigns.iter().enumerate();
        let software = self.collection.vocabulary.software.keys();
        (actors.map(|(at, it)| (it.id.clone(), Place::Actor(at))))
            .chain(campaigns.map(|(at, it)| (it.id.clone(), Place::Campaign(at))))
            .chain(software.map(|id| (id.clone(), Place::Software)))
            .collect()
    }

    fn attribute(
        &mut self,
        places: &BTreeMap<String, Place>,
        relation: &'a Object,
        from: &'a Object,
        to: &'a Object,
    ) -> Result<(), LeftOut<'a>> {
        if relation.revoked || relation.deprecated {
            return Err((&from.id, GIVEN_UP));
        }
        let place = |object: &Object| object.external_id().and_then(|id| places.get(id)).copied();
        let (Some(Place::Campaign(at)), Some(Place::Actor(_))) = (place(from), place(to)) else {
            return Err((&from.id, NO_ATTRIBUTION));
        };
        if self.collection.campaigns[at].attributed.len() >= MOST_ACTORS {
            return Err((&from.id, TOO_MANY));
        }
        let actor = to.external_id().unwrap_or_default().to_owned();
        let cited = self.citations(relation);
        self.collection.campaigns[at].attributed.push(Attributed { actor, cited });
        Ok(())
    }

    /// What a relation says, or why it is left out.
    fn read_use(
        &self,
        places: &BTreeMap<String, Place>,
        relation: &'a Object,
        from: &'a Object,
        to: &'a Object,
    ) -> Result<(Place, Used), LeftOut<'a>> {
        if relation.revoked || relation.deprecated {
            return Err((&from.id, GIVEN_UP));
        }
        let place = from.external_id().and_then(|id| places.get(id)).copied();
        let place = place.ok_or((from.id.as_str(), NOBODY))?;
        let used = match to.kind.as_str() {
            "attack-pattern" => {
                self.technique(to).and_then(|it| self.today(&it)).map(Used::Technique)
            }
            "malware" | "tool" if !to.revoked => {
                to.external_id().map(|id| Used::Software(id.to_owned()))
            }
            _ => None,
        };
        let used = used.ok_or((to.id.as_str(), NOTHING))?;
        if matches!((place, &used), (Place::Software, Used::Software(_))) {
            return Err((&from.id, LOADED));
        }
        Ok((place, used))
    }

    /// Who says what a relation says; undated sources count since the catalogue had it.
    fn citations(&mut self, relation: &Object) -> Vec<Cited> {
        let known = relation.day();
        let cited = relation.external_references.iter().filter(|it| it.external_id.is_empty());
        let mut cited: Vec<Cited> = cited.map(|it| self.cite(it, known)).collect();
        if cited.is_empty() {
            let passage = String::new();
            cited.push(Cited { source: None, date: known, passage, sure: Confidence::Moderate });
        }
        cited
    }

    fn add_use(&mut self, place: Place, from: &Object, used: Used, relation: &Object) {
        let cited = self.citations(relation);
        let collection = &mut self.collection;
        match (place, used) {
            (Place::Software, Used::Technique(technique)) => {
                let id = from.external_id().unwrap_or_default();
                if let Some(software) = collection.vocabulary.software.get_mut(id) {
                    software.abilities.push(Ability { technique, cited });
                }
            }
            (Place::Software, Used::Software(_)) => {}
            (Place::Actor(at), used) => collection.actors[at].uses.push(stated(used, cited)),
            (Place::Campaign(at), used) => collection.campaigns[at].uses.push(stated(used, cited)),
        }
    }
}

fn stated(used: Used, cited: Vec<Cited>) -> Use {
    Use { used, campaign: None, mapped: Mapped::Collection, cited }
}
