//! `charivari observe` and `charivari attribute` as an analyst runs them: what a case shows is listed,
//! weighed, recorded and told in its report.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const SHEET: &str = r#"title = "An invented leak"
[[observation]]
id = "o1"
what = "disarm:T0089.001"
standing = "reported"
source = "a newspaper"
grade = "B2"
note = "Files were put on a site."
[[observation]]
id = "o2"
what = "money=sale-offer"
source = "the offer"
note = "They were offered for sale."
[[observation]]
id = "o3"
what = "attack:T1491.002"
standing = "inferred"
source = "nobody"
note = "The home page must have been changed."
"#;

fn charivari() -> Command {
    let mut command = Command::cargo_bin("charivari").unwrap();
    command.env("CHARIVARI_ANALYST", "tester").env("SOURCE_DATE_EPOCH", "1675339200");
    // Nothing that somebody imported on this machine may show.
    command.env("CHARIVARI_KNOWLEDGE", "nowhere-at-all");
    command
}

fn out(command: &mut Command) -> String {
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

fn refused(command: &mut Command, code: i32) -> String {
    String::from_utf8(command.assert().code(code).get_output().stderr.clone()).unwrap()
}

fn case_with_sheet(folder: &Path) -> (String, String) {
    let case = folder.join("case").display().to_string();
    let sheet = folder.join("seen.toml").display().to_string();
    fs::write(&sheet, SHEET).unwrap();
    out(charivari().args(["case", "new", &case, "--title", "T", "--question", "Who?"]));
    (case, sheet)
}

#[test]
fn observations_are_recorded_listed_corrected_and_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let (case, sheet) = case_with_sheet(folder.path());
    let error = refused(charivari().args(["observe", "--case", &case]), 4);
    assert!(error.contains("E1130"), "{error}");
    let said = out(charivari().args(["observe", "--sheet", &sheet, "--case", &case]));
    assert!(said.contains("F1  disarm:T0089.001 (reported)"), "{said}");
    let listed = out(charivari().args(["observe", "--case", &case]));
    for words in ["3 observations", "money=sale-offer", "inferred", "rests on a newspaper", "B2"] {
        assert!(listed.contains(words), "{words}: {listed}");
    }
    // The same thing on the same evidence takes the place of the earlier one.
    out(charivari()
        .args(["observe", "money=sale-offer", "--says", "Offered for 20 bitcoin."])
        .args(["--source", "the offer", "--case", &case]));
    out(charivari().args(["case", "decide", "--case", &case, "F3", "rejected", "--reason", "no"]));
    let json = out(charivari().args(["observe", "--case", &case, "--json"]));
    let json: Value = serde_json::from_str(&json).unwrap();
    let observed = json["observation"].as_array().unwrap();
    assert_eq!(observed.len(), 2, "{json}");
    assert_eq!(observed[1]["note"], "Offered for 20 bitcoin.");
}

#[test]
fn what_rests_on_nothing_or_is_in_no_catalogue_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (case, _) = case_with_sheet(folder.path());
    for (arguments, code, exit) in [
        (&["money=none", "--says", "x"][..], "E1131", 2),
        (&["attack:T9999", "--says", "x", "--source", "y"], "E1132", 2),
        (&["money=none", "--says", "x", "--on", "E7"], "E0610", 2),
        (&["mony=none", "--says", "x", "--source", "y"], "mony=none", 2),
    ] {
        let error =
            refused(charivari().arg("observe").args(arguments).args(["--case", &case]), exit);
        assert!(error.contains(code), "{arguments:?}: {error}");
    }
}

#[test]
fn a_case_is_weighed_and_its_report_ends_in_the_assessment() {
    let folder = tempfile::tempdir().unwrap();
    let (case, sheet) = case_with_sheet(folder.path());
    out(charivari().args(["observe", "--sheet", &sheet, "--case", &case]));
    let target = folder.path().join("out");
    let text = out(charivari()
        .args(["attribute", "--case", &case, "--as-of", "2023-02-02", "-o"])
        .arg(&target));
    for words in
        ["Confidence in this judgement is low", "an actor that nobody has described", "H1 to H"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    // A likelihood and a confidence never stand in one sentence.
    for sentence in text.replace('\n', " ").split(". ") {
        assert!(!(sentence.contains(" likely (") && sentence.contains("onfidence")), "{sentence}");
    }
    let json: Value =
        serde_json::from_slice(&fs::read(target.join("assessment.json")).unwrap()).unwrap();
    let answers = json["weighing"]["answers"].as_array().unwrap();
    let sum: f64 = answers.iter().map(|it| it["probability"].as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    assert!(target.join("matrix.csv").exists() && target.join("assessment.txt").exists());
    let report = folder.path().join("report");
    out(charivari().args(["report", "--case", &case, "--format", "md,stix", "-o"]).arg(&report));
    let report = fs::read_to_string(report.join("report.md")).unwrap();
    for words in ["Who could it be?", "What to look for next", "What a match is"] {
        assert!(report.contains(words), "{words}: {report}");
    }
    let checked = out(charivari().args(["case", "check", "--case", &case]));
    assert!(!checked.contains("differs"), "{checked}");
}

#[test]
fn techniques_alone_bear_no_more_than_low_confidence() {
    let text = out(charivari().args([
        "attribute",
        "--techniques",
        "attack:T1491.002,attack:T1485,attack:T1561.002,attack:T1195.002",
        "--software",
        "S0365",
        "--json",
    ]));
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["basis"]["confidence"], "low");
    assert!(text.contains("Techniques alone name nobody"));
}

#[test]
fn two_analysts_cells_stand_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let (_, sheet) = case_with_sheet(folder.path());
    let cells = |name: &str, reading: &str| {
        let path = folder.path().join(name);
        let text = format!(
            "[[cell]]\nwhat = \"money=sale-offer\"\nanswer = \"criminal\"\nreading = \"{reading}\"\n\
             who = \"analyst {name}\"\nwhy = \"invented\"\n"
        );
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (one, other) = (cells("one", "consistent"), cells("other", "inconsistent"));
    let text = out(charivari().args([
        "attribute",
        "--observations",
        &sheet,
        "--cells",
        &one,
        "--beside",
        &other,
    ]));
    assert!(text.contains("Two analysts side by side"), "{text}");
    assert!(
        text.contains("money=sale-offer and criminal: consistent against inconsistent"),
        "{text}"
    );
}
