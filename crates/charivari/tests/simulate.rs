//! `charivari simulate` writes posts that the program reads without help, and says what is wrong.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

fn charivari(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::cargo_bin("charivari").unwrap();
    command.args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn what_it_writes_is_read_without_help() {
    let folder = tempfile::tempdir().unwrap();
    let small = ["--accounts", "500", "--tactic", "fast=6x12,small", "--seed", "3"];
    let output = charivari(&[&["simulate", "-o", "crowd"], &small[..]].concat(), folder.path());
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.starts_with("Synthetic: ") && told.contains("fast"), "{told}");
    let output = charivari(&["inspect", "--json", "crowd/posts.csv"], folder.path());
    let page: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let part = &page["parts"][0];
    assert_eq!((&part["kept"], &part["records"]), (&6_000.into(), &6_000.into()), "{part}");
    let output = charivari(&["coordinate", "crowd/posts.csv", "-o", "out"], folder.path());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // The truth names accounts as the results do.
    let truth = fs::read_to_string(folder.path().join("crowd/truth_accounts.csv")).unwrap();
    let edges = fs::read_to_string(folder.path().join("out/edges.csv")).unwrap();
    let fast: Vec<&str> = truth
        .lines()
        .filter(|line| line.contains(",fast-00,planted,fast,"))
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(fast.len(), 6);
    for account in fast {
        assert!(edges.contains(account), "{account} has no edge");
    }
    let settings: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("crowd/settings.json")).unwrap())
            .unwrap();
    assert_eq!(settings["planted"][0]["tactic"], "fast", "{settings}");
    let readme = fs::read_to_string(folder.path().join("crowd/README.txt")).unwrap();
    assert!(readme.starts_with("SYNTHETIC DATA"), "{readme}");
}

#[test]
fn an_honest_crowd_has_nobody_planted() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["simulate", "-o", "crowd", "--accounts", "300", "--honest", "--resolution"];
    let output = charivari(&[&arguments[..], &["60s"]].concat(), folder.path());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let truth = fs::read_to_string(folder.path().join("crowd/truth_accounts.csv")).unwrap();
    assert!(!truth.contains("planted") && truth.contains("syndication"));
    let posts = fs::read_to_string(folder.path().join("crowd/posts.csv")).unwrap();
    assert!(posts.lines().skip(1).all(|line| line.contains(":00Z,")));
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, said) in [
        (&["--tactic", "slow"][..], "no tactic is called"),
        (&["--tactic", "fast=many"], "is no number"),
        (&["--tactic", "fast=6x"], "is no number"),
        (&["--accounts", "3"], "accounts"),
        (&["--posts", "5000"], "posts"),
        (&["--camouflage", "2"], "--camouflage"),
        (&["--camouflage", "NaN"], "--camouflage"),
        (&["--resolution", "500ms"], "resolution"),
        (&["--days", "0"], "days"),
        (&["--honest", "--tactic", "fast"], "--honest"),
    ] {
        let output = charivari(&[&["simulate", "-o", "crowd"], arguments].concat(), folder.path());
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains(said), "{arguments:?}: {error}");
        assert!(!folder.path().join("crowd").exists(), "{arguments:?}");
    }
}
