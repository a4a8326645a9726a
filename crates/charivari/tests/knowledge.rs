//! `charivari knowledge` from the outside.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn knowledge(known: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("charivari")
        .unwrap()
        .env("CHARIVARI_KNOWLEDGE", known)
        .arg("knowledge")
        .args(args)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_persona_leads_nowhere_on_the_eve_and_to_the_company_on_the_day() {
    let known = tempfile::tempdir().unwrap();
    let (code, _, error) =
        knowledge(known.path(), &["alias", "Holy Souls", "--as-of", "2023-02-02"]);
    assert_eq!(code, 4);
    assert!(
        error.contains("E1004") && error.contains("only what was public by 2023-02-02"),
        "{error}"
    );
    let (code, told, _) =
        knowledge(known.path(), &["alias", "Holy Souls", "--as-of", "2023-02-03"]);
    assert_eq!(code, 0);
    assert!(told.contains("a persona of it") && told.contains("microsoft-2023-02"), "{told}");
    // The name that Microsoft gave it in April was not known in February.
    assert!(!told.contains("Cotton Sandstorm"), "{told}");
}

#[test]
fn a_pack_is_written_checked_imported_and_found() {
    let known = tempfile::tempdir().unwrap();
    let work = tempfile::tempdir().unwrap();
    let (_, template, _) = knowledge(known.path(), &["new", "Zqx Kitten"]);
    let file = work.path().join("zqx.toml");
    fs::write(&file, &template).unwrap();
    let path = file.to_str().unwrap();
    assert_eq!(knowledge(known.path(), &["check", path]).0, 0);
    assert_eq!(knowledge(known.path(), &["import", path]).0, 0);
    let (code, told, _) = knowledge(known.path(), &["actor", "zqx-kitten"]);
    assert!(code == 0 && told.contains("mapped by this project"), "{told}");
    fs::write(&file, template.replace("sure =", "shure =")).unwrap();
    let (code, _, error) = knowledge(known.path(), &["check", path]);
    assert!(code == 3 && error.contains("E1002") && error.contains("zqx.toml"), "{error}");
}

#[test]
fn an_import_with_one_bad_file_brings_nothing_in() {
    let known = tempfile::tempdir().unwrap();
    let work = tempfile::tempdir().unwrap();
    let good = work.path().join("good.json");
    let bad = work.path().join("bad.json");
    fs::write(&good, r#"[{"Threat actor name":"A","Origin/Threat":"Iran","Other names":"B"}]"#)
        .unwrap();
    fs::write(&bad, "{\"type\":\"bundle\",\"objects\":[").unwrap();
    let (code, _, error) =
        knowledge(known.path(), &["import", good.to_str().unwrap(), bad.to_str().unwrap()]);
    assert!(code == 3 && error.contains("E1001"), "{error}");
    assert_eq!(fs::read_dir(known.path()).unwrap().count(), 0);
    assert_eq!(knowledge(known.path(), &["import", good.to_str().unwrap()]).0, 0);
    assert!(knowledge(known.path(), &["search", "B", "--json"]).1.contains("\"rank\": 0"));
}

#[test]
fn what_is_hostile_in_names_is_shown_and_not_obeyed() {
    let known = tempfile::tempdir().unwrap();
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("names.json");
    fs::write(
        &file,
        "[{\"Threat actor name\":\"Zqx\\u001b[31m\\u202eRed\",\"Origin/Threat\":\"x\"}]",
    )
    .unwrap();
    assert_eq!(knowledge(known.path(), &["import", file.to_str().unwrap()]).0, 0);
    let (_, told, _) = knowledge(known.path(), &["search", "zqx"]);
    assert!(!told.contains('\u{1b}') && !told.contains('\u{202e}'), "{told:?}");
}
