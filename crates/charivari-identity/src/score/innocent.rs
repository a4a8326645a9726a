//! What else an account could be, and what speaks for it.

use serde::Serialize;

use super::{Evidence, Link, PictureSign};
use crate::names::{Class, Level};
use crate::protected::Kind;

/// An innocent explanation with the signs of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Innocent {
    /// `parody`, `fan`, `staff`, `namesake`, `local-edition`, `service` or `own`.
    pub name: &'static str,
    /// What it would be, as a sentence.
    pub meaning: &'static str,
    /// What speaks for it here; empty where nothing was measured.
    pub signs: Vec<String>,
}

const KINDS: [(&str, &str); 7] = [
    ("parody", "It could be parody or satire, which is lawful and says so more or less loudly."),
    ("fan", "It could be kept by admirers, who use name and picture in good faith."),
    ("staff", "It could belong to someone who works there or speaks for them."),
    ("namesake", "It could be someone else of the same name."),
    ("local-edition", "It could be a local edition, branch or section of the genuine."),
    ("service", "It could be a service of the genuine, such as help or a shop."),
    ("own", "It could be a genuine account that the list of the protected does not have."),
];

/// All innocent explanations, those with most signs first; there is always one.
pub fn innocent(evidence: &Evidence, kind: Kind) -> Vec<Innocent> {
    let mut all: Vec<Innocent> = KINDS
        .iter()
        .filter(|(name, _)| match *name {
            "namesake" => kind == Kind::Person || evidence.level() != Some(Level::Disguised),
            "local-edition" | "service" => kind == Kind::Organisation,
            _ => true,
        })
        .map(|(name, meaning)| Innocent { name, meaning, signs: signs(name, evidence, kind) })
        .collect();
    // The sort is stable: without signs the order of the list stays.
    all.sort_by_key(|innocent| std::cmp::Reverse(innocent.signs.len()));
    all
}

fn signs(name: &str, evidence: &Evidence, kind: Kind) -> Vec<String> {
    let mut signs = Vec::new();
    let mut note = |holds: bool, sign: &str| {
        if holds {
            signs.push(sign.to_owned());
        }
    };
    let old = evidence.made.is_some_and(|days| days < -730.0);
    let own_bio = evidence.bio_copied.is_some_and(|share| share < 0.3);
    match name {
        "parody" => note(evidence.says(Class::Parody), "its profile says so"),
        "fan" => {
            note(evidence.says(Class::Fan), "its profile says so");
            note(evidence.names_genuine, "its bio names the genuine account");
        }
        "staff" => {
            note(evidence.staff, "its bio says so");
            note(evidence.link == Link::Genuine, "it links to the genuine site");
        }
        "namesake" => {
            note(own_bio, "its bio speaks of something else");
            note(evidence.picture == PictureSign::Other, "it shows another picture");
            note(old && kind == Kind::Person, "it was made more than two years before the event");
        }
        "local-edition" => {
            note(evidence.says(Class::Place), "it names a place, language or section");
            note(evidence.link == Link::Genuine, "it links to the genuine site");
        }
        "service" => {
            note(evidence.says(Class::Service), "it names a service");
            note(evidence.link == Link::Genuine, "it links to the genuine site");
        }
        _ => {
            note(evidence.verified, "its platform vouches for it");
            note(old, "it was made more than two years before the event");
        }
    }
    signs
}
