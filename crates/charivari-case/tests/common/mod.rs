//! What the tests of the case share: a small invented case.

#![allow(dead_code, unreachable_pub, reason = "each test uses its part")]
#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use std::fs;
use std::path::{Path, PathBuf};

use charivari_case::{Case, NewCase, NewClaim, NewEvidence, NewFinding, NewRun, NewTable, Stamp};
use charivari_model::case::{Locator, Measure, Ref};
use charivari_model::{Grade, Timestamp, Tlp, When};

pub const UUID: &str = "3f2b8a52-8a36-4c0e-9d0b-0d6c3f1f7a11";

/// The analyst at a number of seconds after noon.
pub fn at(seconds: i64) -> Stamp {
    Stamp { now: Timestamp::from_seconds(1_675_339_200 + seconds), by: "A. Nalyst".to_owned() }
}

pub fn new_case() -> NewCase {
    NewCase {
        title: "The kettle affair".to_owned(),
        question: "Who sings at the harbour?".to_owned(),
        tlp: Tlp::Amber,
        synthetic: Some("All of it is invented.".to_owned()),
        uuid: Some(UUID.to_owned()),
    }
}

/// A folder for files beside a case, and the case in it.
pub fn case() -> (tempfile::TempDir, Case) {
    let dir = tempfile::tempdir().unwrap();
    let case = Case::create(&dir.path().join("case"), new_case(), &at(0)).unwrap();
    (dir, case)
}

pub fn file(dir: &Path, name: &str, content: &str) -> PathBuf {
    let path = dir.join(name);
    fs::write(&path, content).unwrap();
    path
}

/// Adds a file with that content as evidence.
pub fn add(case: &mut Case, dir: &Path, name: &str, content: &str) -> Ref {
    let path = file(dir, name, content);
    let new = NewEvidence::new(&path, "an example archive");
    case.add_evidence(new, &at(1), &mut |_| ()).unwrap().evidence.id
}

pub fn finding(subject: &str, input: Ref) -> NewFinding {
    NewFinding {
        kind: "coordination.group".to_owned(),
        subject: subject.to_owned(),
        statement: format!("The accounts of {subject} act together more than chance explains."),
        measures: vec![Measure::count("accounts", 12, "accounts")],
        evidence: vec![Locator {
            evidence: input,
            part: None,
            row: 7,
            post: Some("42".to_owned()),
            account: None,
            time: None,
            excerpt: "The kettle sings".to_owned(),
        }],
        innocent: vec!["They may be fans of one kettle.".to_owned()],
        tables: vec!["edges.csv".to_owned()],
        ..NewFinding::default()
    }
}

/// A run that found something about each subject.
pub fn run(dir: &Path, input: Ref, subjects: &[&str]) -> NewRun {
    NewRun {
        command: "coordinate".to_owned(),
        parameters: vec![("window".to_owned(), "60 s".to_owned())],
        tool: "charivari 0.1.0".to_owned(),
        inputs: vec![input],
        tables: vec![NewTable {
            name: "edges.csv".to_owned(),
            title: "Who acted with whom.".to_owned(),
            path: file(dir, "edges.csv", "source,target\na,b\n"),
            rows: 1,
        }],
        findings: subjects.iter().map(|subject| finding(subject, input)).collect(),
        ..NewRun::default()
    }
}

pub fn claim(who: &str, when: &str, words: &str) -> NewClaim {
    NewClaim {
        who: who.to_owned(),
        when: When::parse(when).unwrap(),
        place: "the Harbour Herald".to_owned(),
        verbatim: words.to_owned(),
        gist: words.to_owned(),
        about: "the data".to_owned(),
        repeats: None,
        grade: Grade::UNKNOWN,
        tlp: Tlp::Clear,
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let figures = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    figures.filter_map(|figure| char::from_digit(u32::from(figure), 16)).collect()
}
