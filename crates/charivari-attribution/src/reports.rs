//! Who said that whom used what: the table of reports behind the profiles.
//!
//! A profile says that an actor uses a technique; this table says in which cited reports it does so.
//! That gives what a profile lacks: how often an actor is seen with a technique, what its single
//! operations look like, and what exactly has to be forgotten when one report is set aside.
//!
//! The form is text with tabs. A line is `version V`, `campaign C G,…` (whom a campaign is attributed
//! to) or `use CITATION SUBJECT TECHNIQUES SOFTWARE`, where the subject is a group (`G…`), a campaign
//! (`C…`) or a tool (`S…`) and lists are parted by commas; `#` begins a comment.

use std::collections::BTreeMap;
use std::io::Read;

use crate::error::{Error, Result};
use crate::profile::read_text;

/// What one cited source says that one subject uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The name of the source; `-` where none is named.
    pub citation: String,
    /// A group, a campaign or a tool.
    pub subject: String,
    /// The techniques.
    pub techniques: Vec<String>,
    /// The tools.
    pub software: Vec<String>,
}

/// The table of reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reports {
    /// The version of ATT&CK it was made from.
    pub attack_version: String,
    /// To whom campaigns are attributed, where they are.
    pub campaigns: BTreeMap<String, Vec<String>>,
    /// What each source says of each subject.
    pub uses: Vec<Use>,
}

/// What ATT&CK's enterprise matrix cites, as it is shipped.
const SHIPPED: &str = include_str!("../data/attack-18.1-reports.tsv");

impl Reports {
    /// The table that is shipped: ATT&CK 18.1, enterprise.
    ///
    /// # Errors
    /// `E1105` if it is damaged.
    pub fn shipped() -> Result<Self> {
        Self::parse(SHIPPED)
    }

    /// Reads a table.
    ///
    /// # Errors
    /// `E1109` if it cannot be read, `E1105` if a line is no row.
    pub fn read(input: impl Read) -> Result<Self> {
        Self::parse(&read_text(input, "the table of reports")?)
    }

    fn parse(text: &str) -> Result<Self> {
        let mut reports = Self::default();
        for (at, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let problem = |problem| Error::Reports { line: at + 1, problem };
            let fields: Vec<&str> = line.split('\t').collect();
            match fields[..] {
                ["version", version] => version.clone_into(&mut reports.attack_version),
                ["campaign", campaign, groups] => {
                    reports.campaigns.insert(campaign.to_owned(), list(groups));
                }
                ["use", citation, subject, techniques, software] => {
                    if !subject.starts_with(['G', 'C', 'S']) {
                        return Err(problem("the subject is no group, campaign or tool"));
                    }
                    reports.uses.push(Use {
                        citation: citation.to_owned(),
                        subject: subject.to_owned(),
                        techniques: list(techniques),
                        software: list(software),
                    });
                }
                _ => return Err(problem("it is no version, campaign or use with its fields")),
            }
        }
        Ok(reports)
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_read() {
        let reports = Reports::shipped().unwrap();
        assert_eq!(reports.attack_version, "18.1");
        assert!(reports.uses.len() > 2_000, "{} uses", reports.uses.len());
        assert_eq!(reports.campaigns["C0052"], ["G0004", "G1023"]);
    }

    #[test]
    fn bad_lines_are_named() {
        for (name, text, expected) in [
            ("unknown word", "version\t1\nfoo\tbar", "E1105: line 2"),
            ("missing field", "use\ta\tG1\tT1", "E1105: line 1"),
            ("unknown subject", "# x\n\nuse\ta\tX1\tT1\t", "E1105: line 3"),
        ] {
            let error = Reports::read(text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{name}: {error}");
        }
    }
}
