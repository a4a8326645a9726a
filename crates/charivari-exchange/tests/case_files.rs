//! A case in all formats: against golden files, and what must hold of any case.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::collections::BTreeSet;
use std::path::Path;

use charivari_exchange::case::{EXPORTERS, Options, exporter};
use charivari_model::case::Redaction;
use charivari_model::case::{Dossier, Ref};
use proptest::prelude::*;
use serde_json::Value;

#[path = "support/case.rs"]
mod case;

const OPEN: Options = Options { include_open: true, redaction: Redaction::Internal };
const PUBLIC: Options = Options { include_open: false, redaction: Redaction::Public };

/// All files of a case by name.
fn files(dossier: &Dossier, options: Options) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for file in EXPORTERS.iter().flat_map(|exporter| exporter.files) {
        let mut bytes = Vec::new();
        file.write(dossier, options, &mut bytes).unwrap();
        all.push((file.name, String::from_utf8(bytes).unwrap()));
    }
    all
}

fn file(name: &str, dossier: &Dossier, options: Options) -> String {
    files(dossier, options).into_iter().find(|(other, _)| *other == name).unwrap().1
}

/// Compares with a golden file; `UPDATE_GOLDEN=1` writes it anew, to be read before it is committed.
fn is_golden(folder: &str, dossier: &Dossier, options: Options) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(folder);
    for (name, met) in files(dossier, options) {
        let path = folder.join(name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &met).unwrap();
        }
        let expected = std::fs::read_to_string(path).unwrap();
        assert!(met == expected, "{name} differs from its golden file");
    }
}

#[test]
fn every_format_is_as_in_its_golden_file() {
    is_golden("case", &case::sample(), OPEN);
}

#[test]
fn every_format_for_the_public_is_as_in_its_golden_file() {
    is_golden("case_public", &case::public(), PUBLIC);
}

#[test]
fn exporters_and_their_files_have_names_of_their_own() {
    let names: BTreeSet<&str> = EXPORTERS.iter().map(|exporter| exporter.name).collect();
    assert_eq!(names.len(), EXPORTERS.len());
    let files = || EXPORTERS.iter().flat_map(|exporter| exporter.files);
    assert_eq!(files().map(|file| file.name).collect::<BTreeSet<_>>().len(), files().count());
    assert!(exporter("misp").is_some_and(|exporter| !exporter.title.is_empty()));
    assert!(exporter("indicators").is_none());
}

#[test]
fn every_format_file_and_field_is_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/exchange.md");
    let document = std::fs::read_to_string(path).unwrap();
    let is_there = |word: &str| document.contains(&format!("`{word}`"));
    for exporter in EXPORTERS {
        assert!(is_there(exporter.name), "{}", exporter.name);
        for file in exporter.files {
            assert!(is_there(file.name), "{}", file.name);
        }
    }
    for line in file("timesketch.jsonl", &case::sample(), OPEN).lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        for field in line.as_object().unwrap().keys() {
            assert!(is_there(field), "the field {field} of timesketch.jsonl");
        }
    }
}

#[test]
fn what_stays_is_in_no_file_and_is_counted() {
    for options in [Options::default(), OPEN] {
        for (name, text) in files(&case::sample(), options) {
            for word in ["REJECTED", "SUPERSEDED", "choir", "drawer 2"] {
                assert!(!text.contains(word), "{name} tells of {word}");
            }
            assert_eq!(
                text.contains("made within one hour"),
                tells_of_open(name, options),
                "{name}"
            );
        }
    }
    let stix =
        exporter("stix").unwrap().files[0].write(&case::sample(), Options::default(), Vec::new());
    let notes = stix.unwrap().notes.join("\n");
    for expected in ["Open findings that stayed", "Rejected findings", "later run", "3 notes"] {
        assert!(notes.contains(expected), "{expected}: {notes}");
    }
}

/// The open finding of the sample has a technique of DISARM only.
fn tells_of_open(name: &str, options: Options) -> bool {
    options.include_open && name != "navigator-attack.json"
}

#[test]
fn an_open_finding_is_marked_wherever_its_sentence_stands() {
    for (name, text) in files(&case::sample(), OPEN) {
        for (at, _) in text.match_indices("Five accounts were made") {
            assert!(text[..at].ends_with("OPEN: "), "{name}: {}", &text[at.saturating_sub(40)..at]);
        }
        let is_marked = ["\"open\"", "=\\\"open\\\"", "ruling: open"];
        let is_marked = is_marked.iter().any(|mark| text.contains(mark));
        assert_eq!(is_marked, tells_of_open(name, OPEN), "{name}");
    }
}

#[test]
fn every_file_says_that_its_data_is_invented_and_how_it_is_marked() {
    let mut dossier = case::sample();
    let synthetic = files(&dossier, OPEN);
    dossier.head.synthetic = None;
    for ((name, with), (_, without)) in synthetic.iter().zip(files(&dossier, OPEN)) {
        let says =
            |text: &str| text.contains("invented by the project") || text.contains(",true\n");
        assert!(says(with), "{name}");
        assert!(!says(&without), "{name}");
        let red = ["TLP:RED", "tlp:red", "e828b379-4e03-4974-9ac4-e53a884c97c1"];
        assert!(red.iter().any(|mark| with.contains(mark)), "{name}");
    }
}

#[test]
fn hostile_text_is_harmless_in_every_file() {
    for (name, text) in files(&case::sample(), OPEN) {
        assert!(!text.contains("https://evil") && !text.contains("https://leak"), "{name}");
        let hides = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!text.contains(hides), "{name}");
        assert!(!text.contains("\\u001b") && !text.contains("\\u202e"), "{name}");
    }
    let bundle = file("opencti.json", &case::sample(), OPEN);
    let bundle: Value = serde_json::from_str(&bundle).unwrap();
    for object in bundle["objects"].as_array().unwrap() {
        for field in ["description", "content", "abstract"] {
            let text = object[field].as_str().unwrap_or_default();
            assert!(!text.replace("\\<", "").contains('<'), "{text}");
        }
    }
    let event: Value = serde_json::from_str(&file("misp.json", &case::sample(), OPEN)).unwrap();
    let report = event["Event"]["EventReport"][0]["content"].as_str().unwrap();
    assert!(!report.replace("\\<", "").contains('<'), "{report}");
    assert!(!report.replace("\\[", "").contains('['), "{report}");
}

#[test]
fn no_cell_of_the_referral_is_a_formula_or_a_bare_number_that_names_an_account() {
    let text = file("referral.csv", &case::sample(), OPEN);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut cells = 0;
    for row in reader.records() {
        let row = row.unwrap();
        for cell in &row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            cells += 1;
        }
        assert!(row[1].parse::<f64>().is_err(), "{}", &row[1]);
    }
    assert!(cells > 50, "{cells}");
    assert!(text.contains(",'@SUM(A1),"), "the guard has something to do");
}

#[test]
fn nothing_that_was_redacted_comes_back() {
    let dossier = case::public();
    for (name, text) in files(&dossier, PUBLIC) {
        for word in
            ["x:100", "asha_b", "lantern_leaks", "17000000000", "fourteen", "\"77\"", ":12.25"]
        {
            assert!(!text.contains(word), "{name} tells {word}");
        }
        if name.starts_with("referral") || name.starts_with("stix") {
            assert!(text.contains("account 1"), "{name} names no pseudonym");
        }
    }
    // A pseudonym means something in its case alone: elsewhere `account 1` is someone else.
    let bundle: Value = serde_json::from_str(&file("stix.json", &dossier, PUBLIC)).unwrap();
    for object in bundle["objects"].as_array().unwrap() {
        if object["type"] == "user-account" {
            assert!(object["user_id"].as_str().unwrap().len() > 36, "{object}");
        }
    }
}

#[test]
fn what_was_redacted_is_no_version_of_what_was_not() {
    let ids = |options| {
        let text = file("stix.json", &case::sample(), options);
        let bundle: Value = serde_json::from_str(&text).unwrap();
        let objects = bundle["objects"].as_array().unwrap().iter();
        let own = objects.filter(|object| object["created_by_ref"].is_string());
        own.map(|object| object["id"].to_string()).collect::<BTreeSet<_>>()
    };
    assert!(ids(Options::default()).is_disjoint(&ids(PUBLIC)));
    assert!(ids(Options::default()).is_subset(&ids(OPEN)));
}

#[test]
fn attribution_needs_a_likely_hypothesis_and_an_analyst_who_links_it() {
    let attributed = |dossier: &Dossier| {
        file("stix.json", dossier, Options::default()).matches("\"attributed-to\"").count()
    };
    let mut dossier = case::sample();
    assert_eq!(attributed(&dossier), 1);
    dossier.links.remove(0);
    assert_eq!(attributed(&dossier), 0, "no link");
    let mut dossier = case::sample();
    let assessment = dossier.assessment.as_mut().unwrap();
    assessment.hypotheses[0].likelihood = charivari_model::Likelihood::RoughlyEvenChance;
    assert_eq!(attributed(&dossier), 0, "not likely");
    dossier.assessment = None;
    assert_eq!(attributed(&dossier), 0, "no assessment");
}

#[test]
fn confidence_is_never_the_probability() {
    let mut dossier = case::sample();
    let before = file("stix.json", &dossier, Options::default());
    for hypothesis in &mut dossier.assessment.as_mut().unwrap().hypotheses {
        hypothesis.probability /= 2.0;
    }
    assert_eq!(file("stix.json", &dossier, Options::default()), before);
}

#[test]
fn a_case_without_a_uuid_and_an_output_without_room_are_refused() {
    let mut dossier = case::sample();
    dossier.head.uuid = "case 1".to_owned();
    let error = EXPORTERS[0].files[0].write(&dossier, OPEN, Vec::new()).unwrap_err();
    assert_eq!(error.code(), "E0320", "{error}");
    for file in EXPORTERS.iter().flat_map(|exporter| exporter.files) {
        let mut room = [0_u8; 64];
        let error = file.write(&case::sample(), OPEN, room.as_mut_slice()).unwrap_err();
        assert_eq!(error.code(), "E0310", "{}: {error}", file.name);
    }
}

/// Fields that hold text from data, wherever they are in a dossier.
const TEXTS: [&str; 26] = [
    "account",
    "basis",
    "by",
    "excerpt",
    "gist",
    "given",
    "ground",
    "handle",
    "key",
    "name",
    "opened_by",
    "part",
    "place",
    "policy",
    "post",
    "question",
    "reason",
    "reply",
    "sentence",
    "source",
    "statement",
    "text",
    "title",
    "verbatim",
    "who",
    "why",
];

/// The sample with other texts, times and counts.
fn changed(texts: &[String], times: &[i64], cut: usize) -> Dossier {
    let mut value = serde_json::to_value(case::sample()).unwrap();
    let mut turn = 0;
    change(&mut value, "", texts, times, &mut turn);
    for field in ["evidence", "runs", "findings", "claims", "events", "actors", "notes"] {
        let list = value[field].as_array_mut().unwrap();
        list.truncate(cut);
    }
    serde_json::from_value(value).unwrap()
}

fn change(value: &mut Value, field: &str, texts: &[String], times: &[i64], turn: &mut usize) {
    match value {
        Value::Array(items) => {
            for item in items {
                change(item, field, texts, times, turn);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                change(value, name, texts, times, turn);
            }
        }
        // What names a record is no text from data.
        Value::String(text) if TEXTS.contains(&field) && text.parse::<Ref>().is_err() => {
            text.clone_from(&texts[*turn % texts.len()]);
            *turn += 1;
        }
        Value::Number(_)
            if ["from", "to", "time", "added", "opened", "changed"].contains(&field) =>
        {
            *value = times[*turn % times.len()].into();
            *turn += 1;
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_case_gives_documents_that_hold_together(
        texts in prop::collection::vec("(\\PC|\\pC|[\"<=\\\\\n:]){0,12}", 1..9),
        times in prop::collection::vec(any::<i64>(), 1..5),
        cut in 0_usize..6,
    ) {
        let dossier = changed(&texts, &times, cut);
        let first = files(&dossier, OPEN);
        prop_assert_eq!(&first, &files(&dossier, OPEN), "twice the same");
        for (name, text) in &first {
            let ending = name.split('.').next_back();
            if ending == Some("json") {
                let document: Value = serde_json::from_str(text).unwrap();
                if document["type"] == "bundle" {
                    holds_together(&document);
                }
            } else if ending == Some("jsonl") {
                for line in text.lines() {
                    let line: Value = serde_json::from_str(line).unwrap();
                    prop_assert!(line["datetime"].as_str().unwrap().len() == 32, "{}", line);
                }
            } else {
                let mut reader = csv::Reader::from_reader(text.as_bytes());
                for row in reader.records() {
                    prop_assert_eq!(row.unwrap().len(), 18);
                }
            }
        }
    }
}

/// Every id is there once, and every reference leads to an object of the bundle.
fn holds_together(bundle: &Value) {
    let objects = bundle["objects"].as_array().unwrap();
    let ids: BTreeSet<&str> = objects.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), objects.len());
    for object in objects {
        for (name, value) in object.as_object().unwrap() {
            let refs = match value {
                Value::Array(items) if name.ends_with("_refs") => items.clone(),
                value if name.ends_with("_ref") => vec![value.clone()],
                _ => Vec::new(),
            };
            for one in refs {
                assert!(ids.contains(one.as_str().unwrap()), "{object} names {one}");
            }
        }
        let created = object["created"].as_str().unwrap_or_default();
        assert!(created <= object["modified"].as_str().unwrap_or("Z"), "{object}");
    }
}
