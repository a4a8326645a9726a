//! `charivari attribute` from the outside.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const CASES: &str = r#"{"profiles": "profiles.json", "cases": [
  {"id": "a", "kind": "loro", "query_techniques": ["T1566.001", "T1059.001"],
   "query_software": ["S0154"], "true_actor": ["G9001"], "true_country": ["AA"]},
  {"id": "b", "kind": "campaign", "query_techniques": ["T1110"], "true_actor": ["G9002"],
   "true_country": [null]}]}"#;

const PROFILES: &str = r#"{"groups": [
  {"id": "G9001", "name": "Zqxone", "country": "AA",
   "techniques": ["T1566.001", "T1059.001"], "software": ["S0154"]},
  {"id": "G9002", "name": "Zqxtwo", "techniques": ["T1110"]}]}"#;

fn charivari(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("charivari").unwrap();
    command.current_dir(folder).args(["attribute", "evaluate"]).args(arguments).output().unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cases.json"), CASES).unwrap();
    fs::write(folder.path().join("profiles.json"), PROFILES).unwrap();
    folder
}

#[test]
fn every_kind_has_an_object_with_all_measures() {
    let folder = folder();
    for software in [&["--no-software"][..], &[]] {
        let output = charivari(folder.path(), &[&["cases.json", "--json"], software].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        for kind in ["report", "campaign"] {
            for name in [
                "n",
                "top1",
                "top5",
                "top10",
                "mrr",
                "brier",
                "log_loss",
                "ece",
                "country_n",
                "country_top1",
            ] {
                assert!(found[kind][name].is_number(), "{kind}.{name}: {found}");
                assert!(found[kind]["bm25"][name].is_number(), "{kind}.bm25.{name}");
            }
            assert_eq!(found[kind]["n"], 1);
            assert_eq!(found[kind]["top1"], 1.0);
        }
        assert_eq!(found["report"]["country_n"], 1);
        assert_eq!(found["campaign"]["country_n"], 0);
        assert_eq!(found["used"]["software"], software.is_empty());
        assert_eq!(found["used"]["by_all"], 2);
    }
}

#[test]
fn the_page_says_which_weights_answered_and_what_it_does_not_say() {
    let folder = folder();
    let output = charivari(folder.path(), &["cases.json"]);
    let page = String::from_utf8(output.stdout).unwrap();
    for part in
        ["report, techniques and tools: 1 cases", "BM25", "Weights: 0 cases", "no attribution"]
    {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
}

/// G1044 came into ATT&CK in January 2025: asked about 2024 it is no candidate.
#[test]
fn without_profiles_all_that_is_known_is_asked_as_of_a_day() {
    let folder = folder();
    let case = r#"{"cases": [{"id": "a", "kind": "report", "query_techniques": ["T1566.001", "T1059.001"],
        "true_actor": ["G1044"]}]}"#;
    fs::write(folder.path().join("known.json"), case).unwrap();
    let asked = |arguments: &[&str]| {
        let output = charivari(folder.path(), &[&["known.json", "--json"], arguments].concat());
        let found: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code(), found["report"]["absent"].clone())
    };
    assert_eq!(asked(&[]), (Some(0), Value::from(0)));
    assert_eq!(asked(&["--as-of", "2024"]), (Some(0), Value::from(1)));
    // Nobody at all is known by then.
    assert_eq!(asked(&["--as-of", "1999"]).0, Some(4));
    assert_eq!(asked(&["--as-of", "2024", "--profiles", "profiles.json"]).0, Some(2));
}

#[test]
fn what_cannot_be_used_is_refused_with_its_code() {
    let folder = folder();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("away.json", &CASES.replace("profiles.json", "../profiles.json"));
    write("empty.json", r#"{"profiles": "profiles.json", "cases": []}"#);
    write("broken.json", "{");
    for (name, arguments, code, exit) in [
        ("no file", &["nothing.json"][..], "E1111", 3),
        ("profiles in another place", &["away.json"], "E1110", 2),
        ("no case", &["empty.json"], "E1102", 4),
        ("no JSON", &["broken.json"], "E1100", 3),
        ("profiles that are none", &["cases.json", "--profiles", "broken.json"], "E1101", 3),
    ] {
        let output = charivari(folder.path(), arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(code), "{name}: {said}");
        assert_eq!(output.status.code(), Some(exit), "{name}");
        assert!(output.stdout.is_empty(), "{name}");
    }
}
