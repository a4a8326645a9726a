//! The page that `charivari inspect` prints, and what it says as JSON. All data here is invented.
#![allow(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("charivari")
        .unwrap()
        .current_dir(folder)
        .arg("inspect")
        .args(arguments)
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// Six days of posts by three invented accounts, with whole minutes, short links, one row
/// repeated, one that contradicts another, and rows that cannot be used.
fn posts() -> String {
    let mut table = String::from("post_id,account_id,handle,created_at,text,urls,reply_to,lang\n");
    for hour in 0..144 {
        // A silence of more than three hours.
        if (100..110).contains(&hour) {
            continue;
        }
        let account = hour % 3;
        let (day, hour_of_day) = (6 + hour / 24, hour % 24);
        let link = if hour % 4 == 0 { "https://t.co/invented" } else { "" };
        let lang = if hour % 2 == 0 { "en" } else { "" };
        writeln!(
            table,
            "p{hour},a{account},name{account},2023-01-{day:02}T{hour_of_day:02}:30:00Z,\
             The invented words of the hour number {hour} are told here,{link},,{lang}"
        )
        .unwrap();
    }
    table.push_str("p0,a0,name0,2023-01-06T00:30:00Z,The invented words of the hour number 0 are told here,https://t.co/invented,,en\n");
    table.push_str("p1,a1,name1,2023-01-06T01:30:00Z,Other words,,,en\n");
    table.push_str("1.01421E+18,a1,name1,2023-01-06T01:30:00Z,Rounded,,,en\n");
    table.push_str("p900,a1,name1,\u{1b}[31msoon,Without a time,,,en\n");
    table
}

const PAGE: &str = include_str!("inspect/posts.txt");

#[test]
fn the_page_on_posts_is_the_expected_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("posts.csv"), posts()).unwrap();
    let (code, page, _) = run(folder.path(), &["posts.csv"]);
    if std::env::var_os("BLESS").is_some() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inspect/posts.txt"), &page)
            .unwrap();
        return;
    }
    assert_eq!(page, PAGE);
    assert_eq!(code, 0);
    assert!(page.lines().all(|line| line.chars().count() <= 100));
    assert!(!page.contains('\u{1b}'), "escape sequences are shown, not run");
}

#[test]
fn the_page_does_not_depend_on_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("posts.csv"), posts()).unwrap();
    let one = run(folder.path(), &["--threads", "1", "posts.csv"]);
    assert_eq!(one, run(folder.path(), &["--threads", "3", "posts.csv"]));
}

#[test]
fn the_document_does_not_depend_on_the_order_of_the_rows() {
    let folder = tempfile::tempdir().unwrap();
    let table = posts();
    let (header, rows) = table.split_once('\n').unwrap();
    let backwards: Vec<&str> = rows.lines().rev().collect();
    fs::write(folder.path().join("a.csv"), &table).unwrap();
    fs::write(folder.path().join("b.csv"), format!("{header}\n{}\n", backwards.join("\n")))
        .unwrap();
    let facts = |name: &str| {
        let (code, text, _) = run(folder.path(), &["--json", name]);
        assert_eq!(code, 0);
        let mut facts: Value = serde_json::from_str(&text).unwrap();
        facts.as_object_mut().unwrap().remove("parts");
        facts
    };
    let facts_of_a = facts("a.csv");
    assert_eq!(facts_of_a, facts("b.csv"));
    let posts = &facts_of_a["posts"];
    assert_eq!(posts["rows"], 136);
    assert_eq!(posts["posts"]["count"], 134);
    assert_eq!((&posts["repeated_alike"], &posts["repeated_unlike"]), (&1.into(), &1.into()));
    assert_eq!(posts["times"]["resolution"], "minute");
    assert_eq!(posts["times"]["days"]["2023-01-07"], 24);
    assert_eq!(posts["times"]["gaps"]["count"], 1);
    assert_eq!(posts["links"]["shortened"], posts["links"]["links"]);
}

#[test]
fn what_cannot_be_asked_is_said_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: &str| {
        fs::write(
            folder.path().join(name),
            format!("post_id,account_id,time,text,retweet\n{rows}"),
        )
        .unwrap();
    };
    let long = "these words are long enough to count";
    write("one.csv", &format!("1,ada,1673000000,{long},0\n2,ada,1673000001,{long},0\n"));
    write("short.csv", "1,ada,1673000000,short,0\n2,bo,1673000001,short,0\n");
    write("long.csv", &format!("1,ada,1673000000,{long},0\n2,bo,1673000001,{long},0\n"));
    write("empty.csv", "1,ada,1673000000,,0\n2,bo,1673000001,,0\n");
    for (name, file, expected) in [
        ("enough", "long.csv", None),
        (
            "one account",
            "one.csv",
            Some("there is only one account, and acting together takes two"),
        ),
        ("short texts", "short.csv", Some("no text has 20 letters or digits or more")),
        ("no text", "empty.csv", Some("no post has a text")),
    ] {
        let (_, text, _) = run(folder.path(), &["--json", file]);
        let facts: Value = serde_json::from_str(&text).unwrap();
        let questions = facts["behaviours"].as_array().unwrap();
        let question = questions.iter().find(|question| question["behaviour"] == "text").unwrap();
        assert_eq!(question["can_be_asked"], expected.is_none(), "{name}");
        assert_eq!(question["because"].as_str(), expected, "{name}");
        let reply = questions.iter().find(|question| question["behaviour"] == "reply").unwrap();
        assert_eq!(reply["can_be_asked"], false, "{name}");
    }
}

#[test]
fn traces_are_counted_as_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let table = "object_id,account_id,content_id,timestamp_share\n\
                 o1,a,p1,1673000000\no1,b,p2,1673000005\no1,b,p2,1673000005\n\
                 o2,a,p1,1673000000\no3,c,p2,1673000009\n";
    fs::write(folder.path().join("traces.csv"), table).unwrap();
    let (_, text, _) = run(folder.path(), &["--json", "traces.csv"]);
    let traces = &serde_json::from_str::<Value>(&text).unwrap()["traces"];
    for (field, expected) in [
        ("rows", 5),
        ("shared_objects", 1),
        ("repeated_posts", 2),
        ("posts_of_several_accounts", 1),
    ] {
        assert_eq!(traces[field], expected, "{field}");
    }
    for (field, expected) in [("distinct", 4), ("objects", 3), ("posts", 2)] {
        assert_eq!(traces[field]["count"], expected, "{field}");
    }
    let (_, page, _) = run(folder.path(), &["traces.csv"]);
    assert!(page.contains("5, 1 of them repeats another"), "{page}");
}

#[test]
fn exit_codes_tell_scripts_what_happened() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("nothing.csv"), "post_id,account_id,time\n,ada,1673000000\n")
        .unwrap();
    fs::write(folder.path().join("unknown.csv"), "a,b\n1,2\n").unwrap();
    for (arguments, code, word) in [
        (&["nothing.csv"][..], 4, "E0405"),
        (&["unknown.csv"], 3, "E0102"),
        (&["missing.csv"], 3, "E0101"),
        (&["--timezone", "Nowhere", "nothing.csv"], 2, "E0403"),
        (&[], 2, "Usage"),
    ] {
        let (met, _, error) = run(folder.path(), arguments);
        assert_eq!(met, code, "{arguments:?}");
        assert!(error.contains(word), "{arguments:?}: {error}");
    }
    let (_, page, _) = run(folder.path(), &["nothing.csv"]);
    assert!(page.contains("1 × E0201: no post id"), "{page}");
}
