//! `charivari leak expose`: files, the encrypted list, the case, and what is refused.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use charivari_simulate::customers::{self, Settings};

const COLUMNS: &str = "email=email,family-name=family_name,phone=phone,street=street,postcode=postcode,\
                       city=city,country=country,birth-date=birth_date,gender=gender,free-text=delivery_note";

fn charivari(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::cargo_bin("charivari").unwrap();
    command.args(arguments).current_dir(folder);
    command.env("SOURCE_DATE_EPOCH", "1673222400").env("CHARIVARI_ANALYST", "analyst");
    command.output().unwrap()
}

/// A folder with `own.csv`, the table of an invented magazine.
fn folder(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let drawn = customers::generate(&Settings::new(count, 3));
    let mut table = Vec::new();
    customers::write_customers(&drawn, &mut table).unwrap();
    fs::write(folder.path().join("own.csv"), table).unwrap();
    folder
}

fn expose<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let base = ["leak", "expose", "--own", "own.csv", "--context", "threatened-publication"];
    [&base[..], &["--columns", COLUMNS, "-o", "out"], more].concat()
}

#[test]
fn the_same_records_give_the_same_bytes_in_every_file() {
    let folder = folder(2_000);
    let known = ["--known-since", "2023-01-05", "--leaked-on", "2023-01-04", "--json"];
    let mut before: Vec<(String, Vec<u8>)> = Vec::new();
    for run in 0..2 {
        let output = charivari(&expose(&known), folder.path());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder.path().join("out"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
            .collect();
        files.sort();
        assert_eq!(files.len(), 7, "{:?}", files.iter().map(|(name, _)| name).collect::<Vec<_>>());
        if run == 1 {
            assert!(files == before, "two runs differ");
        }
        before = files;
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let exposure = &json["exposure"];
        assert_eq!(exposure["records"], 2_000);
        assert_eq!(exposure["severity"]["se"], 5.0);
        assert_eq!(json["deadline"]["authority_by"], "2023-01-08T00:00:00+00:00[UTC]");
        let document = include_str!("../../../docs/leak-expose.md");
        for object in [&json, exposure, &json["deadline"]] {
            for field in object.as_object().unwrap().keys() {
                assert!(document.contains(&format!("`{field}`")), "{field} is not documented");
            }
        }
    }
}

#[test]
fn the_list_holds_everybody_in_the_order_of_need_for_the_key_alone() {
    let folder = folder(1_500);
    let key = age::x25519::Identity::generate();
    let public = key.to_public().to_string();
    let output = charivari(&expose(&["--list-for", &public]), folder.path());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sealed = fs::read(folder.path().join("out/notify.csv.age")).unwrap();
    let mut text = String::new();
    let identity = std::iter::once(&key as &dyn age::Identity);
    let opened = age::Decryptor::new(&sealed[..]).unwrap().decrypt(identity);
    opened.unwrap().read_to_string(&mut text).unwrap();
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1_500);
    let tiers: Vec<u8> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
    assert!(tiers.is_sorted() && tiers[0] == 1 && tiers[1_499] > 1);
    let warned = rows.iter().filter(|row| row[2].contains("plain envelope")).count();
    assert!(warned > 0, "some notes reveal something");
    assert!(rows.iter().filter(|row| &row[1] == "e-mail").count() > 1_000);
    let other = age::x25519::Identity::generate();
    let identity = std::iter::once(&other as &dyn age::Identity);
    assert!(age::Decryptor::new(&sealed[..]).unwrap().decrypt(identity).is_err());
}

#[test]
fn the_case_gets_one_finding_and_the_report_its_map() {
    let folder = folder(2_000);
    let new = ["case", "new", "kase", "--title", "Leak", "--question", "Who is at risk?"];
    assert!(charivari(&new, folder.path()).status.success());
    let output = charivari(&expose(&["--case", "kase"]), folder.path());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report = ["report", "--case", "kase", "--include-open", "-o", "report.html"];
    let output = charivari(&report, folder.path());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap_or_else(|_| {
        fs::read_to_string(folder.path().join("report.html/report.html")).unwrap()
    });
    assert!(page.contains("places bars") && page.contains("If the whole table was taken"));
    assert!(!page.to_lowercase().contains("zqx"));
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_written() {
    let folder = folder(30);
    for (more, code, exit) in [
        (&["--context", "bakery"][..], "E0770", 2),
        (&["--context", "3"], "E0771", 2),
        (&["--columns", "mail=email"], "E0772", 2),
        (&["--at-risk-countries", "XX"], "E0772", 2),
        (&["--columns", "email=nowhere"], "E0773", 3),
        (&["--known-since", "soon"], "E0776", 2),
        (&["--known-since", "2024-01-01"], "E0777", 2),
        (&["--leaked-on", "2023-01-01"], "E0777", 2),
        (&["--list-for", "AGE-SECRET-KEY-1ZQXSECRET"], "E0778", 2),
        (&["--timezone", "Paris"], "E0403", 2),
        (&["--at-risk-domains", "nowhere.txt"], "E0101", 3),
    ] {
        let base = ["leak", "expose", "--own", "own.csv", "-o", "out"];
        let context = if more[0] == "--context" { &[][..] } else { &["--context", "shop"] };
        let output = charivari(&[&base[..], context, more].concat(), folder.path());
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(exit), "{more:?}: {error}");
        assert!(error.contains(code), "{more:?}: {error}");
        assert!(!error.contains("ZQXSECRET"), "a secret key is told");
        assert!(!folder.path().join("out").exists(), "{more:?}");
    }
}
