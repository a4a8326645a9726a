//! Cases whose answer is known, and what must be forgotten before each is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use serde::{Deserialize, Deserializer};

use crate::candidates::Removal;
use crate::error::{Error, Result};
use crate::profile::read_text;
use crate::query::Query;

/// One case.
#[derive(Clone, Debug, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// What it is: `report` (or `loro`, which says the same) or `campaign`.
    pub kind: String,
    /// What was used.
    pub query_techniques: Vec<String>,
    /// With which tools.
    #[serde(default)]
    pub query_software: Vec<String>,
    /// Who it was; any of them is right.
    pub true_actor: Vec<String>,
    /// For which country, where that is known; null where it is not.
    #[serde(default, deserialize_with = "known_only")]
    pub true_country: Vec<String>,
    /// Techniques that profiles lose.
    #[serde(default)]
    pub remove_techniques: BTreeMap<String, Vec<String>>,
    /// Tools that profiles lose.
    #[serde(default)]
    pub remove_software: BTreeMap<String, Vec<String>>,
    /// Sources that are forgotten wherever they are cited.
    #[serde(default)]
    pub drop_citations: BTreeSet<String>,
}

/// A file of cases.
#[derive(Clone, Debug, Deserialize)]
pub struct Cases {
    /// The file of profiles that the cases are made for, beside this one.
    #[serde(default)]
    pub profiles: Option<String>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// A list without its nulls; null is an empty list.
fn known_only<'de, D: Deserializer<'de>>(input: D) -> std::result::Result<Vec<String>, D::Error> {
    let list: Option<Vec<Option<String>>> = Deserialize::deserialize(input)?;
    Ok(list.into_iter().flatten().flatten().collect())
}

impl Cases {
    /// Reads cases from JSON and checks that each can be scored.
    ///
    /// # Errors
    /// `E1109` if it cannot be read, `E1100` if it is no cases, `E1102` if there is none, `E1103` if an id
    /// stands twice, `E1104` if a case has no technique or no true actor.
    pub fn read(input: impl Read) -> Result<Self> {
        let text = read_text(input, "the cases")?;
        let cases: Self = serde_json::from_str(&text).map_err(Error::Cases)?;
        if cases.cases.is_empty() {
            return Err(Error::NoCases);
        }
        let mut ids = BTreeSet::new();
        for case in &cases.cases {
            if !ids.insert(&case.id) {
                return Err(Error::Twice { id: case.id.clone(), of: "cases" });
            }
            let problem = if case.true_actor.is_empty() {
                "it names no true actor"
            } else if case.query_techniques.is_empty() {
                "it names no technique"
            } else {
                continue;
            };
            return Err(Error::Case { id: case.id.clone(), problem: problem.to_owned() });
        }
        Ok(cases)
    }
}

impl Case {
    /// The kind in the words of this project.
    pub fn kind(&self) -> &str {
        if self.kind == "loro" { "report" } else { &self.kind }
    }

    /// What is asked.
    pub fn query(&self, with_software: bool) -> Query {
        let software = if with_software { self.query_software.as_slice() } else { &[] };
        Query::observed(
            self.query_techniques.iter().map(String::as_str),
            software.iter().map(String::as_str),
        )
    }

    /// What must be forgotten first.
    ///
    /// A campaign is known by the last part of its id: its techniques may rest on other sources than
    /// those that the case names, and would then answer for it.
    pub fn removal(&self) -> Removal {
        let last = self.id.rsplit('/').next().unwrap_or_default();
        Removal {
            techniques: self.remove_techniques.clone(),
            software: self.remove_software.clone(),
            citations: self.drop_citations.clone(),
            campaign: (self.kind == "campaign").then(|| last.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_that_cannot_be_scored_are_refused_by_name() {
        let case = |rest: &str| format!(r#"{{"cases":[{{"id":"a","kind":"loro",{rest}}}]}}"#);
        for (name, json, code) in [
            ("no JSON", "]".to_owned(), "E1100"),
            ("a list", "[]".to_owned(), "E1100"),
            ("no case", r#"{"cases":[]}"#.to_owned(), "E1102"),
            ("no actor", case(r#""query_techniques":["T1"],"true_actor":[]"#), "E1104: case a"),
            ("no technique", case(r#""query_techniques":[],"true_actor":["G1"]"#), "E1104: case a"),
            (
                "an id twice",
                r#"{"cases":[{"id":"a","kind":"x","query_techniques":["T"],"true_actor":["G"]},
                    {"id":"a","kind":"x","query_techniques":["T"],"true_actor":["G"]}]}"#
                    .to_owned(),
                "E1103",
            ),
        ] {
            let error = Cases::read(json.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(code), "{name}: {error}");
        }
    }

    #[test]
    fn a_left_out_report_is_a_report_and_a_campaign_is_forgotten_as_a_whole() {
        let json = r#"{"cases":[
            {"id":"x/G1/A report","kind":"loro","query_techniques":["T1"],"true_actor":["G1"]},
            {"id":"x/C0001","kind":"campaign","query_techniques":["T1"],"true_actor":["G1"],
             "true_country":[null,"AA"]},
            {"id":"x/C2","kind":"campaign","query_techniques":["T1"],"true_actor":["G1"],
             "true_country":null}]}"#;
        let cases = Cases::read(json.as_bytes()).unwrap().cases;
        assert_eq!(cases[0].kind(), "report");
        assert_eq!(cases[0].removal().campaign, None);
        assert_eq!(cases[1].removal().campaign.as_deref(), Some("C0001"));
        assert_eq!(cases[1].true_country, ["AA"]);
        assert!(cases[2].true_country.is_empty());
    }
}
