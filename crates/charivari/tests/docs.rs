//! The documents say what the code does: codes, formats, behaviours, columns, options and links.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use charivari_coordination::behaviours::BEHAVIOURS;
use charivari_coordination::detectors::{DETECTORS, Signs};
use charivari_coordination::tables::Tables;
use charivari_ingest::{Field, formats::FORMATS};
use charivari_model::schema;

/// Posts that meet in three behaviours, one that meets nobody, and a row without a time.
const POSTS: &str = "\
platform,post_id,account_id,time,text,links
x,1,a,2023-01-06T10:00:00Z,The kettle sings at the harbour again tonight,https://kettle.example/1
x,2,b,2023-01-06T10:00:10Z,The kettle sings at the harbour again tonight,https://kettle.example/1
x,3,a,2023-01-07T10:00:00Z,Nobody expects the second verse of the kettle,https://kettle.example/2
x,4,b,2023-01-07T10:00:20Z,Somebody expects the third verse of the pan,https://kettle.example/2
x,5,c,2023-01-08T10:00:00Z,Something else,
x,6,c,yesterday,Something else,
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// All files under `folder` with this extension, build products and fixtures' copies left out.
fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                files(&path, extension, found);
            }
        } else if path.extension().is_some_and(|end| end == extension) {
            found.push(path);
        }
    }
    found.sort();
}

/// The words in backquotes in the first cell of each row of the tables in `text`.
fn first_cells(text: &str) -> BTreeSet<String> {
    let cells = text.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    cells.flat_map(code_words).collect()
}

/// What stands in backquotes.
fn code_words(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The part of a document under the heading `heading`, up to the next one of its rank.
fn section<'d>(document: &'d str, heading: &str) -> &'d str {
    let title = format!("\n## {heading}\n");
    let start = document.find(&title).unwrap_or_else(|| panic!("no heading {heading}"));
    let rest = &document[start + title.len()..];
    &rest[..rest.find("\n## ").unwrap_or(rest.len())]
}

/// Codes such as `E0204` after each `before` in `text`.
fn codes_after(text: &str, before: &str) -> Vec<String> {
    let starts = text.match_indices(before).map(|(at, _)| &text[at + before.len()..]);
    let codes = starts.filter_map(|rest| rest.get(..5));
    let is_code = |code: &&str| {
        (code.starts_with("E0") || code.starts_with("E1"))
            && code[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    codes.filter(is_code).map(str::to_owned).collect()
}

/// The sources of all crates by path, tests and benchmarks left out.
fn sources() -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    files(&root().join("crates"), "rs", &mut paths);
    let is_source = |path: &PathBuf| path.iter().any(|part| part == "src");
    let read = |path: PathBuf| (path.clone(), fs::read_to_string(path).unwrap());
    paths.into_iter().filter(is_source).map(read).collect()
}

/// The first word of the message after each code, by code, and the files in which it stands.
fn messages() -> BTreeMap<String, BTreeMap<String, BTreeSet<PathBuf>>> {
    let mut messages: BTreeMap<String, BTreeMap<String, BTreeSet<PathBuf>>> = BTreeMap::new();
    for (path, text) in sources() {
        for (at, _) in text.match_indices("\"E0").chain(text.match_indices("\"E1")) {
            let Some((code, rest)) = text[at + 1..].split_once(": ") else { continue };
            if codes_after(&format!("\"{code}"), "\"") == [code] {
                let word = rest.split([' ', '{', '"']).next().unwrap_or_default().to_owned();
                let words = messages.entry(code.to_owned()).or_default();
                words.entry(word).or_default().insert(path.clone());
            }
        }
    }
    messages
}

#[test]
fn every_error_code_is_documented_once() {
    let documented = codes_after(&document("docs/errors.md"), "\n| ");
    let once: BTreeSet<String> = documented.iter().cloned().collect();
    assert_eq!(once.len(), documented.len(), "a code has two rows in docs/errors.md");
    let given: BTreeSet<String> =
        sources().iter().flat_map(|(_, text)| codes_after(text, "\"")).collect();
    assert!(given.len() > 40, "only {} codes were found", given.len());
    assert_eq!(once, given, "docs/errors.md (left) and the sources (right)");
}

#[test]
fn no_code_has_two_meanings() {
    let messages = messages();
    assert!(messages.len() > 30, "only {} codes were found", messages.len());
    for (code, words) in messages {
        // One file may say one thing in several ways; what several files say has to begin alike.
        let files: BTreeSet<_> = words.values().flatten().collect();
        assert!(words.len() == 1 || files.len() == 1, "{code} has two meanings: {words:#?}");
    }
}

#[test]
fn no_error_type_uses_a_code_twice() {
    let mut seen = BTreeMap::new();
    for (path, text) in sources() {
        let compact = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for before in ["#[error(\"", "#[error( \""] {
            for code in codes_after(&compact, before) {
                let other = seen.insert(code.clone(), path.clone());
                assert_eq!(other, None, "{code} has two meanings, one in {}", path.display());
            }
        }
    }
    assert!(seen.len() > 20, "only {} codes were found", seen.len());
}

#[test]
fn every_format_field_and_behaviour_is_documented() {
    let formats = document("docs/formats.md");
    let listed = first_cells(&formats[..formats.find("\n## ").unwrap()]);
    let ids: BTreeSet<_> = FORMATS.iter().map(|format| format.id().to_owned()).collect();
    assert_eq!(listed, ids, "the table in docs/formats.md (left) and FORMATS (right)");
    let fields = code_words(section(&formats, "Naming columns"));
    for (_, name, _) in Field::NAMES {
        assert!(fields.iter().any(|field| field == name), "{name} is not in docs/formats.md");
    }
    let method = document("docs/coordination.md");
    let described = first_cells(section(&method, "Behaviours"));
    let names: BTreeSet<_> = BEHAVIOURS.iter().map(|one| one.name().to_owned()).collect();
    assert_eq!(described, names, "the table in docs/coordination.md (left) and BEHAVIOURS (right)");
}

/// The program, run on `arguments`.
fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_charivari")).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "charivari {arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_output_file_and_column_is_documented() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("posts.csv"), folder.path().join("out"));
    fs::write(&input, POSTS).unwrap();
    let (input, out_name) = (input.to_str().unwrap(), out.to_str().unwrap());
    run(&["coordinate", input, "--by", "all", "--min-weight", "1", "--acts-csv", "-o", out_name]);
    let outputs = document("docs/outputs.md");
    check_names(&outputs, &out);
    for table in ["edges", "accounts", "groups", "layers", "signs", "acts", "set_aside"] {
        let csv = fs::read_to_string(out.join(format!("{table}.csv"))).unwrap();
        // Five posts are more than chance explains to nobody, and show no sign of anything.
        let may_be_empty = ["groups", "signs"].contains(&table);
        assert!(may_be_empty || csv.lines().count() > 1, "{table}.csv has no row to speak of");
        let header = csv.lines().next().unwrap().split(',').map(str::to_owned).collect();
        compare(&first_cells(section(&outputs, table)), &header, table);
    }
    let acts = Tables::acts_schema();
    let acts = acts.fields().iter().map(|field| field.name().clone()).collect();
    compare(&first_cells(section(&outputs, "acts")), &acts, "acts");
    let signs = Signs::schema().fields().iter().map(|field| field.name().clone()).collect();
    compare(&first_cells(section(&outputs, "signs")), &signs, "signs");
    let described = first_cells(section(&document("docs/detectors.md"), "The table of signs"));
    assert!(described.is_superset(&signs), "docs/detectors.md lacks columns of {signs:?}");
    for detector in DETECTORS.iter().map(|detector| detector.name()) {
        let named = code_words(section(&outputs, "signs"));
        assert!(named.iter().any(|word| word == detector), "{detector} is not in docs/outputs.md");
    }

    let summary = fs::read_to_string(out.join("summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    let page = section(&outputs, "summary.json");
    let (page, chance) = page.split_once("\n### significance\n").unwrap();
    compare_fields(&summary, page, "summary.json");
    compare_fields(&summary["significance"], chance, "significance in summary.json");
    for count in summary["counts"].as_object().unwrap().keys() {
        assert!(code_words(page).contains(count), "the count {count} is not in docs/outputs.md");
    }
    for attribute in attributes(&fs::read_to_string(out.join("network.graphml")).unwrap()) {
        let words = code_words(section(&outputs, "Graph files"));
        let is_known = words.contains(&attribute) || attribute == "label";
        assert!(is_known, "the attribute {attribute} is not in docs/outputs.md");
    }
}

/// The files in `out` are those that the first table of the document names.
fn check_names(outputs: &str, out: &Path) {
    let named = code_words(&outputs[..outputs.find("\n## ").unwrap()]);
    let mut written = Vec::new();
    for entry in fs::read_dir(out).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.strip_suffix(".parquet").map(|stem| format!("{stem}.csv"));
        let is_named = named.contains(&name)
            || stem.is_some_and(|csv| named.iter().any(|word| word.starts_with(&csv)));
        assert!(is_named, "{name} is not in docs/outputs.md");
        written.push(name);
    }
    for name in &named {
        let is_file = name.contains('.') && !name.starts_with('.');
        assert!(!is_file || written.contains(name), "{name} is documented, but was not written");
    }
}

/// The names of the attributes that a `GraphML` file declares.
fn attributes(graphml: &str) -> Vec<String> {
    let names = graphml.split("attr.name=\"").skip(1);
    names.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// The fields of an object are those of the first column of a table that some row names.
fn compare_fields(object: &serde_json::Value, text: &str, table: &str) {
    let fields = object.as_object().unwrap().keys().cloned().collect();
    let listed = first_cells(text);
    let listed = listed.iter().map(|name| name.trim_end_matches("[]").to_owned()).collect();
    compare(&listed, &fields, table);
}

fn compare(documented: &BTreeSet<String>, written: &BTreeSet<String>, table: &str) {
    assert_eq!(documented, written, "{table}: documented (left) and written (right)");
}

#[test]
fn what_inspect_and_convert_give_is_documented() {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in.csv"), folder.path().join("posts.parquet"));
    fs::write(&input, POSTS).unwrap();
    let input = input.to_str().unwrap();
    let pages = document("docs/outputs.md");
    let inspected = section(&pages, "What `inspect --json` prints");
    check_fields(&run(&["inspect", "--json", input]), inspected);

    let pages = document("docs/schema.md");
    let converted = &pages[..pages.find("\n## ").unwrap()];
    let said = run(&["convert", "--json", input, "-o", output.to_str().unwrap()]);
    check_fields(&said, converted);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    let written = said["outputs"].as_array().unwrap();
    assert!(written.len() > 1, "{written:?}");
    for file in written.iter().map(|written| written["file"].as_str().unwrap()) {
        assert!(code_words(converted).iter().any(|word| word == file), "{file} is not documented");
    }
}

/// Every field at the top of a JSON document stands in `text`.
fn check_fields(json: &str, text: &str) {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    let words = code_words(text);
    for name in value.as_object().unwrap().keys() {
        let is_known = words.iter().any(|word| word.trim_end_matches("[]") == name);
        assert!(is_known, "the field {name} is not documented");
    }
}

#[test]
fn every_canonical_column_is_documented() {
    let document = document("docs/schema.md");
    let tables = [
        ("posts", schema::posts()),
        ("accounts", schema::accounts()),
        ("traces", schema::traces()),
    ];
    for (table, schema) in tables {
        let keys = schema::text_keys().into_iter().filter(|_| table == "posts");
        let columns = schema.fields().iter().map(|field| field.name().clone());
        let columns = columns.chain(keys.map(|field| field.name().clone())).collect();
        compare(&first_cells(section(&document, table)), &columns, table);
    }
}

#[test]
fn every_option_that_the_documents_name_exists() {
    let mut help = String::new();
    help_below(&[], &mut help);
    let options: BTreeSet<&str> = options_in(&help).collect();
    let ours = [
        "docs/coordination.md",
        "docs/outputs.md",
        "docs/formats.md",
        "docs/schema.md",
        "docs/errors.md",
        "docs/compatibility.md",
        "docs/simulate.md",
        "docs/case.md",
        "docs/reports.md",
        "docs/exchange.md",
        "docs/tables.md",
        "docs/leak-inspect.md",
        "docs/leak-verify.md",
        "docs/leak-protocol.md",
        "docs/leak-expose.md",
        "docs/identity.md",
        "docs/mail.md",
        "docs/knowledge.md",
        "docs/attribution.md",
        "README.md",
    ];
    // What the README hands to cargo is not the program's.
    let others = [
        "--release",
        "--locked",
        "--path",
        "--example",
        "--bench",
        "--test",
        "--nocapture",
        "--include-ignored",
        "--lib",
    ];
    for name in ours {
        let text = document(name);
        let known = |word: &&str| options.contains(word) || others.contains(word);
        let unknown: Vec<_> = options_in(&text).filter(|word| !known(word)).collect();
        assert!(unknown.is_empty(), "{name} names {unknown:?}");
    }
}

/// The help of every command below `path`, as the program lists them.
fn help_below(path: &[&str], help: &mut String) {
    let own = run(&[path, &["--help"]].concat());
    let below = own.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    // A name stands two spaces in; what follows a broken line of its description does not.
    let names = below.take_while(|line| !line.is_empty());
    let names = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for name in names.filter_map(|line| line.split_whitespace().next()).filter(|it| *it != "help") {
        help_below(&[path, &[name]].concat(), help);
    }
    help.push_str(&own);
}

/// Words such as `--min-weight`.
fn options_in(text: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| !(c.is_ascii_lowercase() || c == '-');
    let starts = text.match_indices("--").filter(move |(at, _)| {
        text[..*at].chars().next_back().is_none_or(|before| is_end(before) && before != '|')
    });
    starts
        .map(move |(at, _)| &text[at..at + text[at..].find(is_end).unwrap_or(text.len() - at)])
        .filter(|word| word.bytes().any(|byte| byte != b'-'))
}

#[test]
fn every_relative_link_leads_somewhere() {
    let mut documents = Vec::new();
    files(&root(), "md", &mut documents);
    let mut broken = Vec::new();
    let mut count = 0;
    for path in documents {
        let text = fs::read_to_string(&path).unwrap();
        for target in links_in(&text) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            count += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file =
                if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let has_anchor = || {
                let text = fs::read_to_string(&file).unwrap_or_default();
                text.lines().filter(|line| line.starts_with('#')).any(|line| slug(line) == anchor)
            };
            if !file.exists() || !(anchor.is_empty() || has_anchor()) {
                broken.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
    assert!(count > 50, "only {count} links were found");
}

/// The targets of `[text](target)`, code blocks left out.
fn links_in(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split("](").skip(1)).filter_map(|rest| rest.split(')').next())
}

/// The anchor that a heading gets: lower case, without punctuation, spaces as hyphens.
fn slug(heading: &str) -> String {
    let title = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}
