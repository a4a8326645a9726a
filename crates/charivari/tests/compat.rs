//! `--compat` writes the peers' tables row for row, and nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may stop where what it needs is not there, and says so"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// A table by column name: its rows as text, numbers brought into one form.
type Table = Vec<BTreeMap<String, String>>;

fn table(path: &Path) -> Table {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|record| {
        let cells = record.unwrap().iter().map(one_form).collect::<Vec<_>>();
        header.iter().cloned().zip(cells).collect()
    });
    rows.collect()
}

/// `0.50` and `0.5` are one number; ids stay as they are.
fn one_form(cell: &str) -> String {
    let is_measure = cell.len() < 18 && cell.contains('.');
    match cell.parse::<f64>() {
        Ok(number) if is_measure => format!("{number:.9}"),
        _ => cell.to_owned(),
    }
}

/// Pairs at the same instant have no order: the lesser account first.
fn without_order(mut rows: Table) -> Table {
    for row in &mut rows {
        if row.get("time_delta").is_some_and(|delta| delta == "0")
            && row["account_id"] > row["account_id_y"]
        {
            for (a, b) in [("account_id", "account_id_y"), ("content_id", "content_id_y")] {
                let (first, second) = (row[a].clone(), row[b].clone());
                row.insert(a.to_owned(), second);
                row.insert(b.to_owned(), first);
            }
        }
    }
    rows.sort();
    rows
}

fn run(input: &Path, options: &[&str]) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    Command::cargo_bin("charivari")
        .unwrap()
        .arg("coordinate")
        .arg(input)
        .args(options)
        .arg("-o")
        .arg(out.path())
        .assert()
        .success();
    out
}

fn shared(name: &str) -> Option<PathBuf> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/coordination").join(name);
    if !path.exists() {
        eprintln!("passed over: ../shared/data/coordination/{name} is not there");
        return None;
    }
    Some(path)
}

/// Runs on a table of the shared folder and compares one output with the peer's.
fn agrees(input: &str, options: &[&str], output: &str, expected: &str) {
    let (Some(input), Some(expected)) = (shared(input), shared(expected)) else { return };
    let out = run(&input, options);
    let ours = without_order(table(&out.path().join(output)));
    let theirs = without_order(table(&expected));
    assert_eq!(ours.len(), theirs.len(), "{}", expected.display());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        let ours: BTreeMap<_, _> =
            ours.iter().filter(|(name, _)| theirs.contains_key(*name)).collect();
        assert_eq!(ours, theirs.iter().collect(), "{}", expected.display());
    }
}

#[test]
fn coortweet_pairs_and_edges_equal_the_packages_own() {
    let input = "russian_coord_tweets.csv";
    for (window, participation) in [(60, 1), (60, 2), (60, 5), (10, 2), (10, 5)] {
        let (window_s, least) = (format!("{window}s"), participation.to_string());
        let options =
            ["--compat", "coortweet", "--window", &window_s, "--min-participation", &least];
        let name = format!("coortweet_russian_tw{window}_mp{participation}");
        agrees(input, &options, "pairs.csv", &format!("{name}_pairs.csv"));
        if participation == 2 {
            agrees(input, &options, "edges.csv", &format!("{name}_edges.csv"));
        }
    }
}

#[test]
fn coortweet_speed_columns_equal_the_packages_own() {
    let options = ["--compat", "coortweet", "--window", "60s", "--speed-window", "10s"];
    let expected = "coortweet_russian_tw60_mp2_speed10_edges.csv";
    agrees("russian_coord_tweets.csv", &options, "edges.csv", expected);
}

#[test]
fn coortweet_finds_what_its_own_simulator_planted() {
    for (name, least) in [("seed1_n200_tw10_mp3", "3"), ("seed123_n2000_tw10_mp2", "2")] {
        let options = ["--compat", "coortweet", "--window", "10s", "--min-participation", least];
        let input = format!("coortweet_sim_{name}_input.csv");
        for kind in ["expected", "detect"] {
            agrees(&input, &options, "pairs.csv", &format!("coortweet_sim_{name}_{kind}.csv"));
        }
    }
}

#[test]
fn the_toolkits_edges_equal_its_own() {
    for (window, weight) in [("10", "1"), ("60", "1"), ("60", "2")] {
        let window_s = format!("{window}s");
        let options = ["--compat", "cnt", "--window", &window_s, "--min-weight", weight];
        let expected = format!("cnt_russian_co_retweet_tw{window}_mew{weight}.csv");
        agrees("russian_coord_tweets.csv", &options, "edges.csv", &expected);
    }
}

#[test]
fn only_the_peers_tables_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("traces.csv");
    let rows = "object_id,account_id,content_id,timestamp_share\n\
                o,a,1,100.0\no,b,2,130.0\np,a,3,500.0\np,b,4,500.0\n";
    std::fs::write(&input, rows).unwrap();
    for (peer, files) in [("coortweet", vec!["edges.csv", "pairs.csv"]), ("cnt", vec!["edges.csv"])]
    {
        let out = run(&input, &["--compat", peer]);
        let mut names: Vec<String> = std::fs::read_dir(out.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, files);
    }
    let edges = table(&run(&input, &["--compat", "coortweet"]).path().join("edges.csv"));
    assert_eq!(edges.len(), 1);
    assert_eq!((edges[0]["from"].as_str(), edges[0]["weight"].as_str()), ("a", "2"));
    Command::cargo_bin("charivari")
        .unwrap()
        .args(["coordinate", "--compat", "cnt", "--by", "domain", "-o", "unused"])
        .arg(&input)
        .assert()
        .code(2);
}
