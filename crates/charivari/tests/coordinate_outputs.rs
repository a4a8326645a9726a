//! What `charivari coordinate` leaves behind: whole, readable, the same each time, and harmless.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

/// Strings that must not come out as they went in.
const HOSTILE: [&str; 8] = [
    "\u{1b}]8;;https://evil.example\u{7}click\u{1b}[0m",
    "\u{1b}[2J\u{1b}[31mred",
    "abc\u{202e}fdp.exe",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "=HYPERLINK(\"https://evil.example\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "https://evil.example/track",
];

/// What a run writes with all defaults, where more than one behaviour is met.
const FILES: [&str; 16] = [
    "accounts.csv",
    "accounts.parquet",
    "acts.parquet",
    "edges.csv",
    "edges.parquet",
    "groups.csv",
    "groups.parquet",
    "layers.csv",
    "layers.parquet",
    "network.gexf",
    "network.graphml",
    "network.svg",
    "report.html",
    "run.json",
    "set_aside.csv",
    "summary.json",
];

/// Two accounts for each name, which post the same words and link twice within the minute, some
/// rows that cannot be used, and a crowd that does nothing together.
fn posts(names: &[&str]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut table = "platform,post_id,account_id,handle,name,time,text,links\n".to_owned();
    let mut id = 0;
    let mut row = |account: &str, name: &str, time: String, text: &str| {
        id += 1;
        let cells = [
            "x",
            &id.to_string(),
            account,
            name,
            name,
            &time,
            text,
            &format!("https://kettle.example/{}", text.len()),
        ]
        .map(quoted);
        writeln!(table, "{}", cells.join(",")).unwrap();
    };
    for (place, name) in names.iter().enumerate() {
        for verse in 0..3 {
            for singer in 0..3 {
                let time = format!("2023-01-0{}T1{verse}:00:{:02}Z", 1 + place % 9, singer * 7);
                let text = format!("{name} sings verse {verse} of the long kettle song tonight");
                row(&format!("{name}{singer}"), name, time, &text);
            }
        }
        row("nobody", name, (*name).to_owned(), "a row whose time is no time");
        row(&format!("crowd{place}"), name, "2023-01-05T05:05:05Z".to_owned(), name);
    }
    table
}

fn coordinate(input: &Path, out: &Path, more: &[&str]) -> Output {
    let mut command = Command::cargo_bin("charivari").unwrap();
    command.arg("coordinate").arg(input).arg("-o").arg(out).args(more).output().unwrap()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn is_csv(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "csv")
}

/// The outputs of a run over `names`, and what it printed.
fn run(names: &[&str], more: &[&str]) -> (BTreeMap<String, Vec<u8>>, Output) {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("posts.csv"), folder.path().join("out"));
    fs::write(&input, posts(names)).unwrap();
    let output = coordinate(&input, &out, more);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (files(&out), output)
}

#[test]
fn all_files_are_there_and_nothing_else() {
    // So few posts are no evidence against chance, which is not asked here for the sake of the groups.
    let (files, output) = run(&["amber", "birch"], &["--no-significance"]);
    assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), FILES);
    let summary: serde_json::Value = serde_json::from_slice(&files["summary.json"]).unwrap();
    assert_eq!(summary["groups"], 2, "{summary}");
    assert_eq!(summary["accounts_in_groups"], 6, "{summary}");
    assert!(serde_json::from_slice::<serde_json::Value>(&files["run.json"]).is_ok());
    assert!(String::from_utf8(output.stdout).unwrap().contains("report.html"));
}

/// The cells of one column of a table without quoted commas, the header left out.
fn column(csv: &[u8], name: &str) -> Vec<String> {
    let table = String::from_utf8(csv.to_vec()).unwrap();
    let at = table.lines().next().unwrap().split(',').position(|cell| cell == name).unwrap();
    table.lines().skip(1).map(|row| row.split(',').nth(at).unwrap().to_owned()).collect()
}

#[test]
fn what_was_not_tested_is_null() {
    for (more, is_tested) in [(&["--no-significance"][..], false), (&["--no-power"], true)] {
        let (files, _) = run(&["amber", "birch"], more);
        assert_eq!(files.contains_key("signs.csv"), is_tested, "{more:?}");
        for name in ["p_value", "q_value", "significant"] {
            let cells = column(&files["edges.csv"], name);
            assert_eq!(cells.len(), 6, "{more:?}");
            assert!(cells.iter().all(|cell| cell.is_empty() != is_tested), "{name}: {cells:?}");
        }
        assert!(column(&files["edges.csv"], "window_s").iter().all(|window| window == "60"));
        let graph = String::from_utf8(files["network.graphml"].clone()).unwrap();
        assert_eq!(graph.contains("\"q_value\""), is_tested, "{more:?}");
        let summary: serde_json::Value = serde_json::from_slice(&files["summary.json"]).unwrap();
        assert_eq!(summary["significance"].is_object(), is_tested, "{summary}");
    }
}

#[test]
fn a_background_shows_what_strangers_do_and_is_in_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let [input, more, out] = ["posts.csv", "more.csv", "out"].map(|name| folder.path().join(name));
    fs::write(&input, posts(&["amber"])).unwrap();
    fs::write(&more, posts(&["birch"])).unwrap();
    let output = coordinate(&input, &out, &["--background", more.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (name, bytes) in
        files(&out).iter().filter(|(name, _)| is_csv(name) && *name != "set_aside.csv")
    {
        assert!(!String::from_utf8_lossy(bytes).contains("birch0"), "{name}");
    }
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("posts.csv --background more.csv -o out"), "how to repeat it");
    let summary = fs::read(out.join("summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&summary).unwrap();
    assert_eq!(summary["counts"]["background_accounts"], 3, "{summary}");
}

/// A paper and its local desk, three readers who each pass on other stories of the paper within
/// seconds, and a crowd that shares them in the course of the day.
fn paper_and_readers() -> String {
    let mut table = "platform,post_id,account_id,handle,time,links\n".to_owned();
    let mut posts = 0;
    let mut post = |account: &str, handle: &str, second: u64, link: &str| {
        posts += 1;
        let (day, hour, rest) = (second / 86_400, second / 3_600 % 24, second % 3_600);
        let time = format!("2023-01-{:02}T{hour:02}:{:02}:{:02}Z", day + 6, rest / 60, rest % 60);
        writeln!(table, "x,{posts},{account},{handle},{time},{link}").unwrap();
    };
    for story in 0..90_u64 {
        let (link, time) = (format!("https://courriernord.example/{story}"), story * 9_000 + 600);
        post("paper", "courriernord", time, &link);
        match story % 4 {
            3 => post("desk", "courriernordlocal", time + 3, &link),
            reader => post(&format!("reader{reader}"), &format!("fan{reader}"), time + 6, &link),
        }
        for at in 0..12 {
            let (who, later) =
                ((story * 7 + at * 11) % 80, 600 + (story * 131 + at * 3_571) % 40_000);
            post(&format!("c{who}"), &format!("crowd{who}"), time + later, &link);
        }
    }
    table
}

#[test]
fn readers_of_one_paper_are_no_group() {
    let folder = tempfile::tempdir().unwrap();
    let [input, out] = ["posts.csv", "out"].map(|name| folder.path().join(name));
    fs::write(&input, paper_and_readers()).unwrap();
    let output = coordinate(&input, &out, &["--no-power"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = files(&out);
    // Each reader does follow the paper, but none has met another.
    let edges = String::from_utf8(files["edges.csv"].clone()).unwrap();
    let followed = edges.lines().filter(|row| row.contains("x:reader") && row.ends_with(",true"));
    assert_eq!(followed.count(), 3, "{edges}");
    assert_eq!(column(&files["groups.csv"], "group_kind"), ["syndication"]);
    assert_eq!(column(&files["groups.csv"], "edges"), ["1"]);
}

#[test]
fn only_what_was_asked_for_is_written() {
    for (only, expected) in [
        ("graphs", &["network.gexf", "network.graphml", "run.json", "summary.json"][..]),
        ("report", &["network.svg", "report.html", "run.json", "summary.json"][..]),
    ] {
        let (files, _) = run(&["amber"], &["--only", only]);
        assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), expected, "{only}");
    }
}

#[test]
fn the_page_has_a_policy_and_no_way_out() {
    let (files, _) = run(&["amber", "birch"], &[]);
    let page = String::from_utf8(files["report.html"].clone()).unwrap();
    assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'"), "{page}");
    for forbidden in ["<script", "href=\"http", "src=", "url(", "https://", "javascript:"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    // Evidence: the words of a post, and where it stands in the file.
    assert!(page.contains("amber sings verse 0 of the long kettle song tonight"));
    assert!(
        page.contains("<bdi>posts.csv</bdi>, row "),
        "the evidence does not say where it stands"
    );
    assert!(page.contains("charivari coordinate posts.csv -o out"), "how to repeat it");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let names = ["amber", "birch", "copper", "drift", "ember"];
    let (one, _) = run(&names, &["--threads", "1"]);
    let (two, _) = run(&names, &["--threads", "2"]);
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, bytes) in one.iter().filter(|(name, _)| *name != "run.json") {
        assert!(*bytes == two[name], "{name} differs");
    }
}

#[test]
fn hostile_strings_never_come_out_raw() {
    let (files, output) = run(&HOSTILE, &["--no-significance"]);
    let summary: serde_json::Value = serde_json::from_slice(&files["summary.json"]).unwrap();
    assert_eq!(summary["groups"], HOSTILE.len(), "what is not shown cannot do harm: {summary}");
    let is_unseen = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r')) || matches!(c, '\u{202a}'..='\u{202e}')
    };
    for stream in [&output.stdout, &output.stderr] {
        let told = String::from_utf8(stream.clone()).unwrap();
        assert_eq!(told.chars().find(|c| is_unseen(*c)), None, "{told:?}");
    }
    let page = String::from_utf8(files["report.html"].clone()).unwrap();
    let picture = String::from_utf8(files["network.svg"].clone()).unwrap();
    for hostile in HOSTILE {
        assert!(!page.contains(hostile), "{hostile:?} in the page");
        assert!(!picture.contains(hostile), "{hostile:?} in the picture");
    }
    for text in [&page, &picture] {
        assert_eq!(text.chars().find(|c| is_unseen(*c)), None);
        assert!(!text.contains("<script") && !text.contains("<img"));
    }
    for (name, bytes) in files.iter().filter(|(name, _)| is_csv(name)) {
        let table = String::from_utf8(bytes.clone()).unwrap();
        for line in table.lines().flat_map(|line| line.split(',')) {
            let cell = line.trim_start_matches('"');
            assert!(!cell.starts_with(['=', '@', '+']), "{name}: {cell}");
        }
    }
    for name in ["network.gexf", "network.graphml"] {
        let graph = String::from_utf8(files[name].clone()).unwrap();
        assert!(!graph.contains('\u{1b}') && !graph.contains("<script"), "{name}");
    }
}

#[test]
fn a_refused_input_leaves_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("empty.csv"), folder.path().join("out"));
    fs::write(&input, "").unwrap();
    let output = coordinate(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!out.exists());
}
