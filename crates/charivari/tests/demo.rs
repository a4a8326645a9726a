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
    assert!(told.lines().count() < 20, "{told}");
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
    let groups = fs::read_to_string(out.join("groups.csv")).unwrap();
    assert_eq!(groups.matches(",coordinated,").count(), 3, "{groups}");
    assert_eq!(groups.matches(",syndication,").count(), 1, "{groups}");
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("Synthetic data."), "the page does not say that it is invented");
    assert!(page.contains("SoulsFiles"), "the words of the posts are missing");
    assert!(fs::read_to_string(out.join("network.svg")).unwrap().contains("Synthetic data"));
    let summary: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();
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
        assert!(fs::read(out.join(table)).unwrap() == fs::read(other).unwrap(), "{table}");
    }
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
