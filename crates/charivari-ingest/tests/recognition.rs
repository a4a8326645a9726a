//! Every clean case is known for what it is, and for nothing else, whatever its file is called.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use std::fs;
use std::path::{Path, PathBuf};

use charivari_ingest::formats::{Certainty, FORMATS, by_id, recognise};
use charivari_ingest::head::Head;

fn clean_cases() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases = Vec::new();
    for folder in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        let Some(format) = folder.file_name().and_then(|name| name.to_str()) else { continue };
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let is_text = path.extension().is_some_and(|end| {
                ["csv", "tsv", "json", "jsonl", "ndjson"].iter().any(|known| end == *known)
            });
            if name.starts_with("clean") && is_text {
                cases.push((format.to_owned(), path.clone()));
            }
        }
    }
    cases.sort();
    cases
}

#[test]
fn every_clean_case_is_known_for_what_it_is() {
    let mut seen = 0;
    for (format, path) in clean_cases() {
        // A folder may hold cases of several formats, or of wrappings; those have tests of their own.
        if by_id(&format).is_none() {
            continue;
        }
        let head = Head::of_text(&fs::read(&path).unwrap(), true);
        let (found, recognition) =
            recognise(&head).unwrap_or_else(|| panic!("{} is not recognised", path.display()));
        assert_eq!(found.id(), format, "{}", path.display());
        assert!(!recognition.reason.is_empty());
        for other in FORMATS.iter().filter(|other| other.id() != format) {
            let claimed = other.recognise(&head).map(|recognition| recognition.certainty);
            assert_ne!(claimed, Some(Certainty::Sure), "{} on {}", other.id(), path.display());
        }
        seen += 1;
    }
    assert!(seen >= 10, "only {seen} clean cases were found");
}
