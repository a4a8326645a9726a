//! `charivari leak inspect` from the outside.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// A table of customers with strings found nowhere else.
fn table(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("customers.csv");
    let mut text = "id;prenom;email;date_naissance;commentaire\n".to_owned();
    for number in 1..=300_u32 {
        let name = ["Zqxaline", "Zqxbertrand", "Zqxcileste"][number as usize % 3];
        let _ = writeln!(
            text,
            "{number};{name};zqxmarlo{number}@example.org;{}-{:02}-{:02};zqxvoisin a dit que le colis {number} est perdu",
            1940 + number % 60,
            1 + number % 12,
            1 + number % 28
        );
    }
    fs::write(&path, text).unwrap();
    path
}

fn charivari(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("charivari").unwrap();
    command.current_dir(folder).env("XDG_STATE_HOME", folder.join("state"));
    command.env("SOURCE_DATE_EPOCH", "1700000000").args(arguments).output().unwrap()
}

#[test]
fn kinds_are_told_and_no_value_is() {
    let folder = tempfile::tempdir().unwrap();
    table(folder.path());
    let run =
        charivari(folder.path(), &["leak", "inspect", "customers.csv", "--json", "-o", "out"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let document: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let columns = document["tables"][0]["columns"].as_array().unwrap();
    let kinds: Vec<&str> = columns.iter().map(|column| column["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["row-id", "given-name", "email", "birth-date", "free-text"]);
    let page = fs::read_to_string(folder.path().join("out/inspection.txt")).unwrap();
    assert!(page.lines().all(|line| line.chars().count() <= 101), "{page}");
    let json = fs::read_to_string(folder.path().join("out/inspection.json")).unwrap();
    for text in [
        page,
        json,
        String::from_utf8_lossy(&run.stdout).into_owned(),
        String::from_utf8_lossy(&run.stderr).into_owned(),
    ] {
        assert!(!text.to_lowercase().contains("zqx"));
    }
}

#[test]
fn a_case_gets_findings_and_no_word_of_the_table() {
    let folder = tempfile::tempdir().unwrap();
    table(folder.path());
    let new = charivari(folder.path(), &["case", "new", "c", "--title", "t", "--analyst", "a"]);
    assert!(new.status.success());
    let run = charivari(
        folder.path(),
        &["leak", "inspect", "customers.csv", "--case", "c", "--analyst", "a", "--source", "s"],
    );
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(said.contains("In the case: "), "{said}");
    let shown = charivari(folder.path(), &["case", "show", "--case", "c", "--json"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("leak.inspect.table"));
    scan(&folder.path().join("c"));
}

/// No file under `folder` holds a value of the table.
fn scan(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            scan(&path);
        } else {
            let bytes = fs::read(&path).unwrap().to_ascii_lowercase();
            assert!(!bytes.windows(3).any(|run| run == b"zqx"), "{}", path.display());
        }
    }
}

#[test]
fn what_cannot_be_inspected_is_refused_by_code() {
    let folder = tempfile::tempdir().unwrap();
    table(folder.path());
    for (arguments, code, exit) in [
        (&["leak", "inspect", "customers.csv", "--country", "XQ"][..], "E0700", 2),
        (&["leak", "inspect", "missing.csv"][..], "E0101", 3),
    ] {
        let run = charivari(folder.path(), arguments);
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(said.contains(code) && run.status.code() == Some(exit), "{said}");
    }
}
