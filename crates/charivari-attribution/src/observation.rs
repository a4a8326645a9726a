//! What was observed in a case, each with how well it stands and what it rests on.
//!
//! An observation says one thing: a technique, a tool, a trait, a name, or something that cannot be
//! copied. What it rests on matters as much as what it says, because observations of one source
//! depend on each other and are discounted for it.

use std::fmt;
use std::io::Read;
use std::str::FromStr;

use charivari_knowledge::{Day, TraitKind};
use charivari_model::{Grade, Technique};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::profile::read_text;
use crate::query::{Standing, weight};

/// The most observations of a case.
const MOST: usize = 2_000;
/// The most bytes of one text.
const LONGEST: usize = 4_000;

/// Evidence that cannot be copied by somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// The actor says so, in a place that is surely its own.
    Admission,
    /// Machines of the actor that somebody holds and could examine.
    SeizedInfrastructure,
    /// A record that a court tested.
    CourtRecord,
}

impl Proof {
    const ALL: [Self; 3] = [Self::Admission, Self::SeizedInfrastructure, Self::CourtRecord];

    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Admission => "admission",
            Self::SeizedInfrastructure => "seized-infrastructure",
            Self::CourtRecord => "court-record",
        }
    }
}

/// What is observed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A technique.
    Technique(Technique),
    /// A tool, by its ATT&CK id such as `S0154`.
    Software(String),
    /// A trait by its kind and word, such as `target` and `country:FR`.
    Trait(TraitKind, String),
    /// The name that somebody gave himself.
    Persona(String),
    /// Something that cannot be copied, and the id of the actor that it shows.
    Proof(Proof, String),
}

const KINDS: [(TraitKind, &str); 11] = [
    (TraitKind::Motive, "motive"),
    (TraitKind::Target, "target"),
    (TraitKind::Trigger, "trigger"),
    (TraitKind::PersonaStyle, "persona-style"),
    (TraitKind::Impersonation, "impersonation"),
    (TraitKind::Amplification, "amplification"),
    (TraitKind::Money, "money"),
    (TraitKind::Infrastructure, "infrastructure"),
    (TraitKind::Tooling, "tooling"),
    (TraitKind::Language, "language"),
    (TraitKind::Hours, "hours"),
];

/// The word of a kind of trait, as packs write it.
pub(crate) fn kind_word(kind: TraitKind) -> &'static str {
    KINDS.iter().find(|(it, _)| *it == kind).map_or("", |(_, word)| word)
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Technique(technique) => write!(f, "{technique}"),
            Self::Software(id) => write!(f, "software={id}"),
            Self::Trait(kind, value) => write!(f, "{}={value}", kind_word(*kind)),
            Self::Persona(name) => write!(f, "persona={name}"),
            Self::Proof(proof, actor) => write!(f, "{}={actor}", proof.word()),
        }
    }
}

impl FromStr for What {
    type Err = String;

    /// Reads `attack:T1585.001`, `software=S0154`, `target=country:FR`, `persona=NAME` or
    /// `admission=ACTOR`.
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let Some((word, value)) = text.split_once('=') else {
            return Ok(Self::Technique(text.parse()?));
        };
        let value = value.trim().to_owned();
        if value.is_empty() {
            return Err(format!("expected a word behind the sign =, but met \"{text}\""));
        }
        let kind = KINDS.iter().find(|(_, it)| *it == word);
        let proof = Proof::ALL.into_iter().find(|it| it.word() == word);
        match (word, kind, proof) {
            ("software", _, _) => Ok(Self::Software(value)),
            ("persona", _, _) => Ok(Self::Persona(value)),
            (_, Some((kind, _)), _) => Ok(Self::Trait(*kind, value)),
            (_, _, Some(proof)) => Ok(Self::Proof(proof, value)),
            _ => Err(format!(
                "expected a technique with its framework, or software=, persona=, the kind of a \
                 trait or a proof, but met \"{text}\""
            )),
        }
    }
}

impl Serialize for What {
    fn serialize<S: serde::Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for What {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// One observation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// Its id in the case, such as `o3`.
    pub id: String,
    /// What is observed, such as `attack:T1491.002` or `target=country:FR`.
    pub what: What,
    /// Whether it is in the evidence, somebody says so, or it was only concluded.
    #[serde(default)]
    pub standing: Standing,
    /// How far its source and what it says can be trusted (Admiralty code, NATO AJP-2.1).
    #[serde(default)]
    pub grade: Option<Grade>,
    /// The document or evidence that it rests on; observations of one source depend on each other.
    pub source: String,
    /// Records of the case that show it, such as `E3` or `F12`.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// When it became known.
    #[serde(default)]
    pub date: Option<Day>,
    /// What was seen, in a sentence.
    #[serde(default)]
    pub note: String,
}

impl Observation {
    /// How much it counts, from 0 to 1: its standing times its grade.
    pub fn weight(&self) -> f64 {
        weight(self.standing) * self.trust()
    }

    /// How much its grade lets it count: the worse of what letter and figure are worth.
    ///
    /// An ungraded observation counts like F6, that is by 0.7: nothing speaks against it, and nobody
    /// has looked.
    pub(crate) fn trust(&self) -> f64 {
        let text = self.grade.unwrap_or_default().to_string();
        let mut parts = text.chars();
        let letter = match parts.next() {
            Some('A' | 'B') => 1.0,
            Some('C') => 0.8,
            Some('D') => 0.5,
            Some('E') => 0.25,
            _ => 0.7,
        };
        let figure = match parts.next() {
            Some('1' | '2') => 1.0,
            Some('3') => 0.8,
            Some('4') => 0.4,
            Some('5') => 0.1,
            _ => 0.7,
        };
        f64::min(letter, figure)
    }

    /// Whether it is graded B2 or better.
    pub(crate) fn is_well_graded(&self) -> bool {
        let grade = self.grade.unwrap_or_default().to_string();
        matches!(grade.as_str(), "A1" | "A2" | "B1" | "B2")
    }
}

/// A party's answer to what is said about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denial {
    /// The party.
    pub who: String,
    /// When it said so.
    pub date: Option<Day>,
    /// What it said, in the analyst's words.
    pub text: String,
    /// Where that stands.
    pub source: String,
}

/// The observations of a case, and what the parties say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observations {
    /// What happened, in a few words.
    pub title: String,
    /// What was observed, in the order of the file.
    #[serde(default, rename = "observation")]
    pub observations: Vec<Observation>,
    /// Denials and other answers.
    #[serde(default, rename = "denial")]
    pub denials: Vec<Denial>,
}

impl Observations {
    /// Reads observations from TOML, or from JSON where the first sign is a brace.
    ///
    /// # Errors
    /// `E1109` if it cannot be read, `E1120` for another form, `E1121` for a row that says something
    /// that cannot be, `E1122` beyond 2,000 observations.
    pub fn read(input: impl Read) -> Result<Self> {
        let read: Self = parse(input, "the observations")?;
        read.check()?;
        Ok(read)
    }

    pub(crate) fn check(&self) -> Result<()> {
        let met = self.observations.len();
        if met > MOST {
            return Err(Error::Cap { met, of: "observations", cap: MOST });
        }
        let mut seen = std::collections::BTreeSet::new();
        for (at, it) in self.observations.iter().enumerate() {
            let wrong = |problem: &str| Error::Row {
                what: "observation",
                row: at + 1,
                id: it.id.chars().take(80).collect(),
                problem: problem.to_owned(),
            };
            if it.id.trim().is_empty() || !seen.insert(&it.id) {
                return Err(wrong(
                    "expected an id of its own, but it is empty or stands twice; number them",
                ));
            }
            if it.source.trim().is_empty() {
                return Err(wrong(
                    "expected the source that it rests on, but met nothing; name the document or the evidence",
                ));
            }
            let texts = [&it.id, &it.source, &it.note, &it.what.to_string()];
            if texts
                .iter()
                .chain(&it.evidence.iter().collect::<Vec<_>>())
                .any(|it| it.len() > LONGEST)
            {
                return Err(wrong(
                    "expected texts of at most 4,000 bytes, but met a longer one; shorten it",
                ));
            }
            if let What::Software(id) = &it.what
                && !(id.starts_with('S')
                    && id.len() > 1
                    && id[1..].bytes().all(|it| it.is_ascii_digit()))
            {
                return Err(wrong(
                    "expected a tool by its ATT&CK id such as S0154; charivari knowledge search finds it",
                ));
            }
        }
        Ok(())
    }
}

/// Reads TOML, or JSON where the first sign is a brace.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(
    input: impl Read,
    what: &'static str,
) -> Result<T> {
    let text = read_text(input, what)?;
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(&text)
            .map_err(|error| Error::Form { what, problem: error.to_string() });
    }
    toml::from_str(&text).map_err(|error| {
        let line =
            error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let place = line.map_or_else(String::new, |line| format!("line {line}: "));
        Error::Form { what, problem: format!("{place}{}", error.message()) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "title = \"x\"\n[[observation]]\nid = \"o1\"\nwhat = \"target=country:FR\"\nsource = \"s\"\ngrade = \"B2\"\n";

    #[test]
    fn both_forms_say_the_same() {
        let toml = Observations::read(GOOD.as_bytes()).unwrap();
        let json = serde_json::to_string(&toml).unwrap();
        assert_eq!(Observations::read(json.as_bytes()).unwrap(), toml);
        assert!((toml.observations[0].weight() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_is_told_with_its_row() {
        for (name, from, to, expected) in [
            ("no such kind", "target=", "taget=", "E1120"),
            ("no framework", "target=country:FR", "T1585", "E1120"),
            ("unknown field", "source", "sauce", "E1120"),
            ("no grade", "B2", "Z9", "E1120"),
            ("no source", "\"s\"", "\" \"", "E1121 observation 1 (o1)"),
            ("no id", "\"o1\"", "\"\"", "E1121 observation 1"),
            ("no tool", "target=country:FR", "software=mimikatz", "E1121 observation 1 (o1)"),
        ] {
            assert!(GOOD.contains(from), "{name}");
            let error = Observations::read(GOOD.replacen(from, to, 1).as_bytes()).unwrap_err();
            let told = error.to_string().replacen(": ", " ", 1);
            assert!(told.starts_with(expected), "{name}: {error}");
        }
        let twice = format!("{GOOD}{}", GOOD.trim_start_matches("title = \"x\"\n"));
        let error = Observations::read(twice.as_bytes()).unwrap_err().to_string();
        assert!(error.replacen(": ", " ", 1).starts_with("E1121 observation 2 (o1)"), "{error}");
        let one = |at| {
            format!("[[observation]]\nid = \"o{at}\"\nwhat = \"money=none\"\nsource = \"s\"\n")
        };
        let many: Vec<String> = (0..=MOST).map(one).collect();
        let text = format!("title = \"\"\n{}", many.concat());
        let error = Observations::read(text.as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with("E1122"), "{error}");
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "attack:T1585.001",
            "disarm:T0097.104",
            "software=S0154",
            "hours=utc+03:30",
            "language=errors-in:fr",
            "persona=Some = Name",
            "court-record=apt28",
        ] {
            assert_eq!(text.parse::<What>().map(|it| it.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_worse_grade_counts_less() {
        let weight = |grade: &str| {
            let mut it = Observations::read(GOOD.as_bytes()).unwrap().observations.remove(0);
            it.grade = Some(grade.parse().unwrap());
            it.weight()
        };
        assert!(
            weight("A1") > weight("C3")
                && weight("C3") > weight("D4")
                && weight("D4") > weight("E5")
        );
    }
}
