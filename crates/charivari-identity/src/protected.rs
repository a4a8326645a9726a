//! Who is protected: the genuine, and by what they are known.
//!
//! ```toml
//! [[protected]]
//! id = "lanterne"
//! kind = "organisation"
//! names = ["La Lanterne du Port", "Фонарь порта"]
//! domains = ["lanterne.example"]
//! bio = "The weekly of the harbour, since 1911."
//! language = "fr"
//! pictures = []                      # PDQ hashes, 64 hexadecimal digits each
//! [protected.handles]
//! x = ["lanterneport"]
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::picture::Hash;

/// So many may be protected at once: beyond, an index over them is no longer small.
pub const MAX_PROTECTED: usize = 20_000;

/// What kind of name it is: those of people are shared by others.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A person.
    Person,
    /// An organisation, medium, party or programme.
    #[default]
    Organisation,
}

/// One who is protected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protected {
    /// A short id, for tables.
    pub id: String,
    /// Person or organisation.
    #[serde(default)]
    pub kind: Kind,
    /// Names, in all scripts that are used.
    pub names: Vec<String>,
    /// Genuine handles by platform, without `@`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub handles: BTreeMap<String, Vec<String>>,
    /// Genuine domains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// PDQ hashes of genuine pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Hash>,
    /// What the genuine profile says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bio: String,
    /// The language, as in `fr`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
}

impl Protected {
    /// The name that stands for it: the first.
    pub fn name(&self) -> &str {
        self.names.first().map_or(&self.id, |name| name)
    }

    /// Whether this handle on this platform is a genuine one.
    pub fn has_handle(&self, platform: &str, handle: &str) -> bool {
        let handles = self.handles.iter().filter(|(name, _)| name.eq_ignore_ascii_case(platform));
        handles
            .flat_map(|(_, handles)| handles)
            .any(|known| known.trim_start_matches('@').to_lowercase() == handle.to_lowercase())
    }
}

/// All who are protected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    /// The entries, in the order of the file.
    pub protected: Vec<Protected>,
}

impl Roster {
    /// The roster in a TOML or JSON text; `name` is the file's, for messages.
    ///
    /// # Errors
    /// The text is neither, or an entry lacks an id or a name, or two have one id.
    pub fn parse(text: &str, name: &str) -> Result<Self, Error> {
        let wrong = |why: String| Error::Protected { name: name.to_owned(), why };
        let text = text.trim_start_matches('\u{feff}');
        let roster: Self = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?
        } else {
            toml::from_str(text).map_err(|error| wrong(one_line(&error.to_string())))?
        };
        roster.check()?;
        Ok(roster)
    }

    /// Whether every entry has what it needs.
    ///
    /// # Errors
    /// The first entry that has not.
    pub fn check(&self) -> Result<(), Error> {
        if self.protected.len() > MAX_PROTECTED {
            let why = format!("is one of more than {MAX_PROTECTED}; split the list");
            return Err(Error::Entry { id: self.protected[MAX_PROTECTED].id.clone(), why });
        }
        let mut ids = BTreeSet::new();
        for entry in &self.protected {
            let lacks = |why: &str| Error::Entry { id: entry.id.clone(), why: why.to_owned() };
            if entry.id.trim().is_empty() {
                return Err(lacks("has no id; give each a short one"));
            }
            if entry.names.iter().all(|name| name.trim().is_empty()) {
                return Err(lacks("has no name; give at least one in `names`"));
            }
            for domain in &entry.domains {
                if charivari_text::lookalike::Domain::parse(domain).is_none() {
                    return Err(lacks("has a domain that is none; write it as in `example.org`"));
                }
            }
            if !ids.insert(&entry.id) {
                return Err(Error::Twice { id: entry.id.clone() });
            }
        }
        Ok(())
    }

    /// The roster as TOML, to be read and edited by people.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        for entry in &self.protected {
            // Writing to a string cannot fail.
            let _ = entry.write(&mut out);
        }
        out
    }

    /// Adds what `entry` says to the entry of the same id, or as a new one.
    pub fn add(&mut self, entry: Protected) {
        let Some(known) = self.protected.iter_mut().find(|known| known.id == entry.id) else {
            self.protected.push(entry);
            return;
        };
        join(&mut known.names, entry.names);
        join(&mut known.domains, entry.domains);
        join(&mut known.pictures, entry.pictures);
        for (platform, handles) in entry.handles {
            join(known.handles.entry(platform).or_default(), handles);
        }
        if !entry.bio.is_empty() {
            known.bio = entry.bio;
        }
        if !entry.language.is_empty() {
            known.language = entry.language;
        }
    }
}

impl Protected {
    fn write(&self, out: &mut String) -> std::fmt::Result {
        let list = |values: &[String]| {
            values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", ")
        };
        let kind = if self.kind == Kind::Person { "person" } else { "organisation" };
        writeln!(out, "[[protected]]\nid = {}\nkind = \"{kind}\"", quoted(&self.id))?;
        writeln!(out, "names = [{}]", list(&self.names))?;
        if !self.domains.is_empty() {
            writeln!(out, "domains = [{}]", list(&self.domains))?;
        }
        if !self.pictures.is_empty() {
            let hashes: Vec<String> = self.pictures.iter().map(ToString::to_string).collect();
            writeln!(out, "pictures = [{}]", list(&hashes))?;
        }
        for (name, text) in [("bio", &self.bio), ("language", &self.language)] {
            if !text.is_empty() {
                writeln!(out, "{name} = {}", quoted(text))?;
            }
        }
        if !self.handles.is_empty() {
            writeln!(out, "[protected.handles]")?;
            for (platform, handles) in &self.handles {
                writeln!(out, "{} = [{}]", quoted(platform), list(handles))?;
            }
        }
        writeln!(out)
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => drop(write!(out, "\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn join<T: PartialEq>(known: &mut Vec<T>, new: Vec<T>) {
    for value in new {
        if !known.contains(&value) {
            known.push(value);
        }
    }
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Protected {
        Protected {
            id: "lanterne".to_owned(),
            names: vec!["La \"Lanterne\" \\ du Port\n".to_owned(), "Фонарь".to_owned()],
            handles: BTreeMap::from([("x".to_owned(), vec!["lanterneport".to_owned()])]),
            domains: vec!["lanterne.example".to_owned()],
            pictures: vec![Hash([1, 2, 3, u64::MAX])],
            bio: "The weekly of the harbour".to_owned(),
            language: "fr".to_owned(),
            kind: Kind::Person,
        }
    }

    #[test]
    fn a_roster_is_read_as_it_is_written() {
        let roster = Roster { protected: vec![entry(), Protected { id: "b".into(), ..entry() }] };
        assert_eq!(Roster::parse(&roster.to_toml(), "").unwrap(), roster);
        let json = serde_json::to_string(&roster).unwrap();
        assert_eq!(Roster::parse(&json, "").unwrap(), roster);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_code() {
        let cases = [
            ("no table", "protected = 3", "E0801"),
            ("cut JSON", "{\"protected\": [", "E0801"),
            ("an unknown field", "[[protected]]\nid='a'\nnames=['b']\nface='c'", "E0801"),
            ("no name", "[[protected]]\nid='a'\nnames=[' ']", "E0802"),
            ("no id", "[[protected]]\nid=''\nnames=['b']", "E0802"),
            ("no domain", "[[protected]]\nid='a'\nnames=['b']\ndomains=['x y']", "E0802"),
            (
                "twice",
                "[[protected]]\nid='a'\nnames=['b']\n[[protected]]\nid='a'\nnames=['c']",
                "E0803",
            ),
        ];
        for (name, text, code) in cases {
            let error = Roster::parse(text, "list.toml").unwrap_err();
            assert_eq!(error.code(), code, "{name}: {error}");
            assert!(error.to_string().starts_with(code), "{name}");
        }
    }

    #[test]
    fn adding_joins_what_is_known() {
        let mut roster = Roster { protected: vec![entry()] };
        roster.add(Protected { names: vec!["Another".into()], bio: "New".into(), ..entry() });
        roster.add(Protected { id: "c".into(), ..entry() });
        assert_eq!(roster.protected.len(), 2);
        assert_eq!(roster.protected[0].names.len(), 3);
        assert_eq!(roster.protected[0].bio, "New");
        assert_eq!(roster.protected[0].domains.len(), 1);
    }
}
