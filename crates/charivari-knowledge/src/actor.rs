//! Actors, and what is said of them: names, countries, techniques, traits.

use charivari_model::{Confidence, Technique};
use serde::{Deserialize, Serialize};

use crate::Day;

/// Why a fact is believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// The number of the source within its collection; none where the collection cites nothing.
    pub source: Option<u32>,
    /// When the fact was public.
    pub date: Option<Day>,
    /// The passage: a page, a section, a heading.
    pub passage: String,
    /// How sure the source, or whoever read it, is.
    pub sure: Confidence,
}

/// How a name belongs to an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The name under which the collection lists it.
    Listed,
    /// Another name of the same actor, so the source says.
    Same,
    /// A name that another vendor gives to something that overlaps with it.
    Overlaps,
    /// A face that it wears or wore.
    Persona,
    /// Somebody real, or a group, whom it pretended to be.
    Impersonated,
    /// A company or authority that it is, works for, or worked as.
    Organisation,
    /// A name that is no longer used.
    Former,
    /// A name that some give it and others give to somebody else.
    Contested,
}

impl Relation {
    /// The relation in words, as in "NEPTUNIUM is *a former name of* it".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Listed => "the name it is listed under",
            Self::Same => "another name of it",
            Self::Overlaps => "a name that overlaps with it",
            Self::Persona => "a persona of it",
            Self::Impersonated => "somebody it pretended to be",
            Self::Organisation => "an organisation it is or works for",
            Self::Former => "a former name of it",
            Self::Contested => "a name that is contested",
        }
    }
}

/// One claim that an actor bears a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The name as it is written.
    pub name: String,
    /// How it belongs to the actor.
    pub relation: Relation,
    /// Who says so.
    pub cited: Vec<Cited>,
}

/// One claim that an actor works from or for a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country {
    /// Two letters of ISO 3166-1; `XX` for none that is known.
    pub code: String,
    /// Who says so.
    pub cited: Vec<Cited>,
}

/// What is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Used {
    /// A way of acting.
    Technique(Technique),
    /// A program, by its id in ATT&CK such as `S0002`.
    Software(String),
}

/// Who says that what the source describes is this technique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mapped {
    /// The collection.
    Collection,
    /// This project, from the words of the source.
    Us,
}

/// One claim that an actor used something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// What was used.
    pub used: Used,
    /// The campaign in which it was, by its id such as `C0038`; none for the actor's general ways.
    pub campaign: Option<String>,
    /// Who mapped it.
    pub mapped: Mapped,
    /// Who says so.
    pub cited: Vec<Cited>,
}

/// What kind of trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraitKind {
    /// What it wants.
    Motive,
    /// Whom it goes for: a country code, or a sector.
    Target,
    /// What sets it off: an event, an anniversary.
    Trigger,
    /// How its personas are named and speak.
    PersonaStyle,
    /// Whom it pretends to be.
    Impersonation,
    /// How it makes its catch known.
    Amplification,
    /// How money appears in it.
    Money,
    /// Where its machines stand.
    Infrastructure,
    /// What it works with.
    Tooling,
    /// Languages that it writes, and how well.
    Language,
    /// When it works.
    Hours,
}

/// One claim about how an actor is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    /// What kind.
    pub kind: TraitKind,
    /// A word of a small vocabulary by which observations are compared, such as `target:IL`.
    pub value: String,
    /// What the source says, in the project's words.
    pub text: String,
    /// Who says so.
    pub cited: Vec<Cited>,
}

/// An actor as one collection has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Its id in its collection, such as `G0034`.
    pub id: String,
    /// Its name there.
    pub name: String,
    /// One sentence about it; empty where the licence lets none over.
    pub about: String,
    /// Its names, the listed one first.
    pub names: Vec<Name>,
    /// Its countries.
    pub countries: Vec<Country>,
    /// What it used.
    pub uses: Vec<Use>,
    /// How it is.
    pub traits: Vec<Trait>,
    /// The id of the actor that took its place.
    pub revoked_by: Option<String>,
    /// The number of the same actor in ATT&CK, where a pack says that it is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attack: Option<String>,
}

impl Actor {
    /// By what an actor is known across collections: its number in ATT&CK where it has one there,
    /// else its own id.
    ///
    /// Names are no keys, since two collections may mean two actors by one name.
    #[must_use]
    pub fn key(&self) -> &str {
        self.attack.as_deref().unwrap_or(&self.id)
    }
}
