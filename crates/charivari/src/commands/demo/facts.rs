//! The public facts around which the tutorial case is built, from `demo/facts.json`.

use charivari_case::{NewActor, NewClaim, NewEvent};
use charivari_model::case::{Alias, Rate, Relation};
use charivari_model::{Grade, Tlp, When};
use serde::Deserialize;

use crate::failure::{Failure, Result};

/// The facts, which the program carries.
const FACTS: &str = include_str!("../../../demo/facts.json");

/// All that is told.
#[derive(Deserialize)]
pub(super) struct Facts {
    pub(super) title: String,
    pub(super) question: String,
    events: Vec<Event>,
    actors: Vec<Actor>,
    claims: Vec<Claim>,
    links: Vec<Link>,
    rates: String,
}

#[derive(Deserialize)]
struct Event {
    known: String,
    when: String,
    title: String,
    source: String,
}

#[derive(Deserialize)]
struct Actor {
    known: String,
    name: String,
    what: String,
    ground: String,
    text: String,
    aliases: Vec<OtherName>,
}

#[derive(Deserialize)]
struct OtherName {
    name: String,
    source: String,
    since: Option<String>,
}

/// A claim, with a key by which links and repetitions name it.
#[derive(Deserialize)]
struct Claim {
    key: String,
    known: String,
    who: String,
    when: String,
    #[serde(rename = "where")]
    place: String,
    about: String,
    gist: String,
    grade: Grade,
    repeats: Option<String>,
}

/// A link between two claims, by their keys.
#[derive(Clone, Deserialize)]
pub(super) struct Link {
    known: String,
    pub(super) from: String,
    pub(super) relation: Relation,
    pub(super) to: String,
    pub(super) reason: String,
}

impl Facts {
    pub(super) fn read() -> Result<Self> {
        serde_json::from_str(FACTS).map_err(|error| {
            Failure::fault(format!("the demo's own facts cannot be read: {error}"))
        })
    }

    /// What happened, as far as it became known on `day`.
    pub(super) fn events(&self, day: &str) -> Result<Vec<NewEvent>> {
        let known = self.events.iter().filter(|event| event.known == day);
        let event = |event: &Event| {
            Ok(NewEvent {
                when: when(&event.when)?,
                title: event.title.clone(),
                text: String::new(),
                source: event.source.clone(),
                tlp: Tlp::Clear,
            })
        };
        known.map(event).collect()
    }

    /// Who is spoken of, as far as it became known on `day`.
    pub(super) fn actors(&self, day: &str) -> Result<Vec<NewActor>> {
        let known = self.actors.iter().filter(|actor| actor.known == day);
        let actor = |actor: &Actor| {
            Ok(NewActor {
                name: actor.name.clone(),
                what: actor.what.clone(),
                aliases: actor.aliases.iter().map(alias).collect::<Result<_>>()?,
                text: actor.text.clone(),
                ground: actor.ground.clone(),
                tlp: Tlp::Clear,
            })
        };
        known.map(actor).collect()
    }

    /// What was said, as far as it became known on `day`: the key, the claim, and the key of the claim
    /// that it repeats.
    pub(super) fn claims(&self, day: &str) -> Result<Vec<(String, NewClaim, Option<String>)>> {
        let known = self.claims.iter().filter(|claim| claim.known == day);
        let claim = |claim: &Claim| {
            let new = NewClaim {
                who: claim.who.clone(),
                when: when(&claim.when)?,
                place: claim.place.clone(),
                verbatim: String::new(),
                gist: claim.gist.clone(),
                about: claim.about.clone(),
                repeats: None,
                grade: claim.grade,
                tlp: Tlp::Clear,
            };
            Ok((claim.key.clone(), new, claim.repeats.clone()))
        };
        known.map(claim).collect()
    }

    /// How claims stand to each other, as far as it became known on `day`.
    pub(super) fn links(&self, day: &str) -> Vec<Link> {
        self.links.iter().filter(|link| link.known == day).cloned().collect()
    }

    /// The rates that prices are checked against.
    pub(super) fn rates(&self) -> Result<Vec<Rate>> {
        Ok(charivari_case::read_rates(self.rates.as_bytes())?.rates)
    }
}

fn alias(name: &OtherName) -> Result<Alias> {
    let since = name.since.as_deref().map(when).transpose()?;
    Ok(Alias { name: name.name.clone(), source: name.source.clone(), since })
}

fn when(text: &str) -> Result<When> {
    When::parse(text).map_err(Failure::fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::demo::tutorial::DAYS;

    #[test]
    fn every_fact_is_readable_and_known_on_a_day_of_the_tutorial() {
        let facts = Facts::read().unwrap();
        let read = |day: &&str| {
            facts.events(day).unwrap().len()
                + facts.actors(day).unwrap().len()
                + facts.claims(day).unwrap().len()
                + facts.links(day).len()
        };
        let all = facts.events.len() + facts.actors.len() + facts.claims.len() + facts.links.len();
        assert_eq!(DAYS.iter().map(read).sum::<usize>(), all);
        assert_eq!(facts.rates().unwrap().len(), 2);
    }
}
