//! The actors that are compared: who they are, and what they are known to use.

use std::io::Read;

use serde::Deserialize;

use crate::error::{Error, Result};

/// The most bytes that a file of profiles, cases or weights may have.
pub const MAX_BYTES: u64 = 64 << 20;

/// One actor and what it is known to use.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Profile {
    /// The id of the actor, such as `G0007`.
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// The country it is said to work for, as ISO 3166 alpha-2, where somebody says so.
    #[serde(default)]
    pub country: Option<String>,
    /// The techniques, sub-techniques apart.
    #[serde(default)]
    pub techniques: Vec<String>,
    /// The tools.
    #[serde(default)]
    pub software: Vec<String>,
}

/// A file of profiles.
#[derive(Clone, Debug, Deserialize)]
pub struct Profiles {
    /// The version of ATT&CK that the profiles were made from.
    #[serde(default)]
    pub attack_version: String,
    /// The actors.
    #[serde(rename = "groups")]
    pub actors: Vec<Profile>,
}

impl Profiles {
    /// Reads profiles from JSON.
    ///
    /// # Errors
    /// `E1109` if it cannot be read, `E1101` if it is no profiles, `E1103` if an id stands twice.
    pub fn read(input: impl Read) -> Result<Self> {
        let text = read_text(input, "the profiles")?;
        let mut profiles: Self = serde_json::from_str(&text).map_err(Error::Profiles)?;
        profiles.actors.sort_by(|a, b| a.id.cmp(&b.id));
        for pair in profiles.actors.windows(2) {
            if pair[0].id == pair[1].id {
                return Err(Error::Twice { id: pair[0].id.clone(), of: "profiles" });
            }
        }
        for actor in &mut profiles.actors {
            for list in [&mut actor.techniques, &mut actor.software] {
                list.sort();
                list.dedup();
            }
            actor.country = actor.country.take().filter(|country| !country.trim().is_empty());
        }
        Ok(profiles)
    }
}

/// All text of `input`, up to the cap.
pub(crate) fn read_text(input: impl Read, what: &'static str) -> Result<String> {
    let mut text = String::new();
    let read = input.take(MAX_BYTES + 1).read_to_string(&mut text);
    let problem = |problem: String| Error::Read { what, problem, cap: MAX_BYTES };
    let length = read.map_err(|error| problem(error.to_string()))?;
    if length as u64 > MAX_BYTES {
        return Err(problem("it is longer".to_owned()));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_read_sorted_and_checked() {
        let json = r#"{"groups":[{"id":"G2","name":"b","country":"","techniques":["T2","T1","T2"]},{"id":"G1"}]}"#;
        let profiles = Profiles::read(json.as_bytes()).unwrap();
        assert_eq!(profiles.actors[0].id, "G1");
        assert_eq!(profiles.actors[1].techniques, ["T1", "T2"]);
        assert_eq!(profiles.actors[1].country, None);
        for (name, json, code) in [
            ("no JSON", "{", "E1101"),
            ("no groups", "{}", "E1101"),
            ("an id twice", r#"{"groups":[{"id":"G1"},{"id":"G1"}]}"#, "E1103"),
        ] {
            let error = Profiles::read(json.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(code), "{name}: {error}");
        }
        let error = Profiles::read(&b"\xff\xfe"[..]).unwrap_err().to_string();
        assert!(error.starts_with("E1109"), "{error}");
    }
}
