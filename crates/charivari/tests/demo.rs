//! The demo finds what was planted, says that it is synthetic, and leaves a whole folder behind.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

fn demo(folder: &Path) -> Output {
    Command::cargo_bin("charivari").unwrap().arg("demo").arg(folder).output().unwrap()
}

#[test]
fn the_demo_finds_every_planted_group_and_hardly_anybody_else() {
    let folder = tempfile::tempdir().unwrap();
    let output = demo(&folder.path().join("new/demo"));
    let (told, beside) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{beside}");
    assert!(told.starts_with("Synthetic: "), "{told}");
    let found: Vec<(u64, u64)> = told
        .lines()
        .filter_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let of = words
                .windows(3)
                .find(|words| words[1] == "of" && words[0].parse::<u64>().is_ok())?;
            Some((of[0].parse().ok()?, of[2].parse().ok()?))
        })
        .filter(|(_, accounts)| *accounts != 1_534)
        .take(5)
        .collect();
    assert_eq!(found.len(), 5, "{told}");
    for (found, planted) in &found[..4] {
        assert_eq!(found, planted, "{told}");
    }
    assert!(found[4].0 * 100 < found[4].1, "too many of the crowd: {told}");
    // The newsroom is told from the others, and only it.
    let open: Vec<&str> = told.lines().filter(|line| line.contains("syndication")).collect();
    assert!(open.len() == 1 && open[0].contains("newspaper"), "{told}");
    assert!(told.contains("would have been found too"), "{told}");
    assert!(told.contains("report.html"), "{told}");
    // What became public on the second day is told, and that both prices were right on their day.
    assert!(told.contains("both reports were right on their date"), "{told}");
    assert!(told.lines().count() < 95, "{told}");
    // The leak is dated around the day on which it was planted, and the mail is told apart.
    assert!(told.contains("rows of the sample were found"), "{told}");
    assert!(told.contains("60 are threats"), "{told}");
    // Both pretenders are found, and who it could be is weighed with low confidence.
    for name in ["is like Mara Quillon", "is like Odilon Ferrac", "Confidence low"] {
        assert!(told.contains(name), "{name}: {told}");
    }
    // The last line names the program as it was called, and works.
    let next = told.lines().last().unwrap().strip_prefix("Go on with  ").unwrap();
    assert!(next.starts_with(env!("CARGO_BIN_EXE_charivari")), "{next}");
    let words: Vec<&str> = next.split_whitespace().collect();
    assert_eq!(words[1..2], ["coordinate"], "{next}");
    let exports = fs::read_dir(Path::new(words[2]).parent().unwrap()).unwrap();
    let exports = exports.map(|entry| entry.unwrap().path());
    let exports = exports.filter(|path| path.extension().is_some_and(|end| end == "zst"));
    let mut command = Command::new(words[0]);
    command.arg(words[1]).args(exports).args(&words[3..]).args(["--no-power", "--only", "tables"]);
    assert!(command.current_dir(folder.path()).output().unwrap().status.success(), "{next}");
}

#[test]
fn the_demo_leaves_all_outputs_and_the_exports_to_go_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("demo");
    assert!(demo(&out).status.success());
    let groups = fs::read_to_string(out.join("analysis/groups.csv")).unwrap();
    assert_eq!(groups.matches(",coordinated,").count(), 3, "{groups}");
    assert_eq!(groups.matches(",syndication,").count(), 1, "{groups}");
    let page = fs::read_to_string(out.join("analysis/report.html")).unwrap();
    assert!(page.contains("Synthetic data."), "the page does not say that it is invented");
    assert!(page.contains("SoulsFiles"), "the words of the posts are missing");
    assert!(
        fs::read_to_string(out.join("analysis/network.svg")).unwrap().contains("Synthetic data")
    );
    let summary: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("analysis/summary.json")).unwrap()).unwrap();
    assert!(summary["synthetic"].is_string(), "{summary}");
    // What the demo carries can be analysed as any other export.
    let again = Command::cargo_bin("charivari")
        .unwrap()
        .arg("coordinate")
        .args(["x-posts.jsonl.zst", "x-posts-overlap.csv.zst", "telegram.json.zst"])
        .args(["-o", "out"])
        .current_dir(out.join("exports"))
        .output()
        .unwrap();
    assert!(again.status.success());
    for table in ["edges.csv", "groups.parquet", "network.gexf"] {
        let other = out.join("exports/out").join(table);
        assert!(
            fs::read(out.join("analysis").join(table)).unwrap() == fs::read(other).unwrap(),
            "{table}"
        );
    }
}

#[test]
fn the_demo_builds_a_case_that_checks_and_two_reports_of_it_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    assert!(demo(&first).status.success() && demo(&second).status.success());
    let check = Command::cargo_bin("charivari").unwrap();
    let check =
        { check }.args(["case", "check", "--case"]).arg(first.join("case")).output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
    for day in ["2023-02-02", "2023-02-03"] {
        let forms = [
            "report.html",
            "report.md",
            "report.json",
            "stix.json",
            "opencti.json",
            "misp.json",
            "navigator-attack.json",
            "navigator-disarm.json",
            "timesketch.jsonl",
            "referral.csv",
            "referral.json",
            "public/report.html",
            "public/report.md",
        ];
        for form in forms {
            let read = |out: &Path| fs::read(out.join(day).join(form)).unwrap();
            assert!(
                read(&first) == read(&second),
                "{day}/{form} differs from one demo to the next"
            );
            let text = String::from_utf8(read(&first)).unwrap().to_lowercase();
            let says = text.contains("synthetic")
                || form == "referral.csv"
                || text.contains("made by a program");
            assert!(says, "{day}/{form} does not say that it is synthetic");
        }
    }
    let eve = fs::read_to_string(first.join("2023-02-02/report.html")).unwrap();
    let day = fs::read_to_string(first.join("2023-02-03/report.html")).unwrap();
    assert!(!eve.contains("NEPTUNIUM") && day.contains("NEPTUNIUM"));
    let public = fs::read_to_string(first.join("2023-02-03/public/report.html")).unwrap();
    assert!(!public.contains("holy_souls_demo") && !public.contains("souls-papers"));
    // A second demo in the same place begins anew.
    assert!(demo(&first).status.success());
}

#[test]
fn a_case_of_somebody_else_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let mut new = Command::cargo_bin("charivari").unwrap();
    new.args(["case", "new"]).arg(folder.path().join("case")).args(["--title", "Mine"]);
    assert!(new.output().unwrap().status.success());
    let output = demo(folder.path());
    assert_eq!(output.status.code(), Some(5));
    let mut show = Command::cargo_bin("charivari").unwrap();
    let shown =
        show.args(["case", "show", "--case"]).arg(folder.path().join("case")).output().unwrap();
    assert!(String::from_utf8(shown.stdout).unwrap().contains("Mine"));
}

#[test]
fn a_file_in_the_way_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo");
    fs::write(&file, "mine").unwrap();
    let output = demo(&file);
    assert_eq!(output.status.code(), Some(5));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}
