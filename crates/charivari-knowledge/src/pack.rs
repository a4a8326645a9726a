//! Packs: one actor a file, every fact with its source, its date and how sure it is.
//!
//! TOML, so that an analyst can write one in an editor. A pack never says what is not in a document:
//! each fact names a source, and the passage in it.

use charivari_model::{Confidence, Technique};
use serde::Deserialize;

use crate::{
    Actor, Cited, Collection, Country, Day, Error, Mapped, Name, Origin, Relation, Result, Source,
    Trait, TraitKind, Use, Used,
};

/// What an empty pack looks like.
const TEMPLATE: &str = include_str!("template.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    id: String,
    name: String,
    #[serde(default)]
    about: String,
    /// The number of the same actor in ATT&CK.
    attack: Option<String>,
    #[serde(default, rename = "source")]
    sources: Vec<PackSource>,
    #[serde(default, rename = "alias")]
    aliases: Vec<PackName>,
    #[serde(default, rename = "country")]
    countries: Vec<PackCountry>,
    #[serde(default, rename = "use")]
    uses: Vec<PackUse>,
    #[serde(default, rename = "trait")]
    traits: Vec<PackTrait>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackSource {
    key: String,
    title: String,
    date: Day,
    #[serde(default)]
    url: String,
    /// Whether the text was at hand when the pack was written.
    read: bool,
}

/// Where a fact stands, and how sure it is.
#[derive(Deserialize)]
struct Basis {
    source: String,
    passage: String,
    sure: Confidence,
    /// When the fact was public, where that was not when its source was.
    date: Option<Day>,
}

#[derive(Deserialize)]
struct PackName {
    name: String,
    relation: Relation,
    #[serde(flatten)]
    basis: Basis,
}

#[derive(Deserialize)]
struct PackCountry {
    code: String,
    #[serde(flatten)]
    basis: Basis,
}

#[derive(Deserialize)]
struct PackUse {
    technique: Option<Technique>,
    software: Option<String>,
    #[serde(flatten)]
    basis: Basis,
}

#[derive(Deserialize)]
struct PackTrait {
    kind: TraitKind,
    value: String,
    text: String,
    #[serde(flatten)]
    basis: Basis,
}

/// A pack for an analyst to fill in, about an actor of this name.
#[must_use]
pub fn template(name: &str) -> String {
    // A string of JSON is one of TOML, but for the control character that JSON lets stand.
    let quoted = serde_json::Value::from(name).to_string().replace('\u{7f}', "\\u007f");
    TEMPLATE.replace("{name}", &quoted).replace("{id}", &slug(name))
}

/// A name as an id: small letters, figures and hyphens.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for it in name.chars().flat_map(char::to_lowercase) {
        if it.is_ascii_alphanumeric() {
            slug.push(it);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Reads packs into one collection, all of them or none.
///
/// # Errors
/// `E1002` for the first pack that breaks the format: what was expected, what was met, and the line.
pub fn collection(packs: &[(&str, &str)]) -> Result<Collection> {
    let mut collection = Collection::new(Origin::Packs);
    for (file, text) in packs {
        let wrong = |met: String| Error::Pack { file: (*file).to_owned(), met };
        let pack: Pack = toml::from_str(text).map_err(|error| wrong(told(text, &error)))?;
        let actor = actor(pack, &mut collection.sources).map_err(wrong)?;
        if collection.actor(&actor.id).is_some() {
            return Err(Error::Pack {
                file: (*file).to_owned(),
                met: format!(
                    "expected an id that no other pack has, but met \"{}\" again",
                    actor.id
                ),
            });
        }
        collection.actors.push(actor);
    }
    collection.actors.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(collection)
}

/// An error of TOML with its line.
fn told(text: &str, error: &toml::de::Error) -> String {
    let line =
        error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    let place = line.map_or_else(String::new, |line| format!("line {line}: "));
    format!("{place}{}", error.message())
}

fn actor(pack: Pack, sources: &mut Vec<Source>) -> std::result::Result<Actor, String> {
    if slug(&pack.id) != pack.id || pack.id.is_empty() {
        return Err(format!(
            "expected an id of small letters, figures and hyphens, but met \"{}\"",
            pack.id
        ));
    }
    if let Some(number) = pack.attack.as_ref().filter(|it| !is_group(it)) {
        return Err(format!(
            "expected the number of a group of ATT&CK in `attack`, such as G0007, but met \"{number}\""
        ));
    }
    let first = sources.len();
    for source in pack.sources {
        if sources[first..].iter().any(|it| it.key == source.key) {
            return Err(format!("expected each source once, but met \"{}\" again", source.key));
        }
        let PackSource { key, title, date, url, read } = source;
        sources.push(Source { key, title, date: Some(date), url, read });
    }
    let cite = |basis: Basis| cite(basis, &sources[first..], first as u32);
    let mut names = Vec::new();
    for PackName { name, relation, basis } in pack.aliases {
        names.push(Name { name, relation, cited: cite(basis)? });
    }
    if !names.iter().any(|it| it.name == pack.name) {
        return Err(format!(
            "expected the name \"{}\" among its [[alias]] with the source that uses it",
            pack.name
        ));
    }
    let mut countries = Vec::new();
    for PackCountry { code, basis } in pack.countries {
        let is_code = code.len() == 2 && code.bytes().all(|it| it.is_ascii_uppercase());
        if !is_code {
            return Err(format!("expected a country of two capital letters, but met \"{code}\""));
        }
        countries.push(Country { code, cited: cite(basis)? });
    }
    let mut habits = Vec::new();
    for PackUse { technique, software, basis } in pack.uses {
        let used = match (technique, software) {
            (Some(technique), None) => Used::Technique(technique),
            (None, Some(software)) => Used::Software(software),
            _ => return Err("expected either a technique or a software in each [[use]]".to_owned()),
        };
        habits.push(Use { used, campaign: None, mapped: Mapped::Us, cited: cite(basis)? });
    }
    habits.sort_by(|one, other| one.used.cmp(&other.used));
    let mut traits = Vec::new();
    for PackTrait { kind, value, text, basis } in pack.traits {
        traits.push(Trait { kind, value, text, cited: cite(basis)? });
    }
    let Pack { id, name, about, attack, .. } = pack;
    Ok(Actor { id, name, about, names, countries, uses: habits, traits, revoked_by: None, attack })
}

/// Whether a text has the form of a group's number in ATT&CK: `G` and four figures.
fn is_group(text: &str) -> bool {
    let figures = text.strip_prefix('G');
    figures.is_some_and(|it| it.len() == 4 && it.bytes().all(|byte| byte.is_ascii_digit()))
}

fn cite(basis: Basis, sources: &[Source], first: u32) -> std::result::Result<Vec<Cited>, String> {
    let Basis { source, passage, sure, date } = basis;
    let Some(place) = sources.iter().position(|it| it.key == source) else {
        return Err(format!("expected a source that the pack names, but met \"{source}\""));
    };
    if passage.trim().is_empty() {
        return Err(format!(
            "expected the passage of \"{source}\" on which a fact rests, but met nothing"
        ));
    }
    let date = date.or(sources[place].date);
    Ok(vec![Cited { source: Some(first + place as u32), date, passage, sure }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_a_pack_once_its_blanks_are_filled() {
        let text = template("A \"quoted\" Name");
        let collection = collection(&[("new", &text)]).unwrap();
        assert_eq!(collection.actors[0].name, "A \"quoted\" Name");
        assert_eq!(collection.actors[0].id, "a-quoted-name");
    }

    #[test]
    fn what_breaks_the_format_is_told_with_its_line() {
        let good = template("Someone");
        for (name, from, to, expected) in [
            ("unknown field", "about =", "abuot =", "line"),
            ("no such source", "source = \"doc\"", "source = \"dok\"", "\"dok\""),
            ("no passage", "passage = \"page 1\"", "passage = \" \"", "passage"),
            ("no framework", "attack:T", "T", "framework"),
            ("wrong day", "2020-01-31", "2020-01-32", "day"),
            ("wrong country", "code = \"XX\"", "code = \"Xx\"", "capital"),
            ("wrong word", "sure = \"low\"", "sure = \"very\"", "very"),
            ("no group", "# attack = \"G0000\"", "attack = \"Sandworm\"", "G0007"),
        ] {
            assert!(good.contains(from), "{name}");
            let error = collection(&[("p.toml", &good.replacen(from, to, 1))]).unwrap_err();
            let text = error.to_string();
            assert!(
                text.starts_with("E1002") && text.contains("p.toml") && text.contains(expected),
                "{name}: {text}"
            );
        }
    }

    #[test]
    fn two_packs_of_one_id_are_refused() {
        let text = template("Someone");
        assert!(collection(&[("a", &text), ("b", &text)]).is_err());
    }
}
