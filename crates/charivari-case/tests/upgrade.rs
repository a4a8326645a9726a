//! Cases of every schema that there ever was can still be opened.
//!
//! `fixtures/schema-N` is kept for each schema N. `UPDATE_GOLDEN=1` makes the newest one anew, which is
//! right only as long as no program with that schema was published.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use charivari_case::{Case, NewEvidence, Wanted};
use charivari_model::case::Ruling;
use common::{add, at, claim, file, new_case, run};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/schema-1")
}

/// Makes the fixture anew.
fn make() {
    let dir = tempfile::tempdir().unwrap();
    let path = fixture();
    let _ = fs::remove_dir_all(&path);
    let mut case = Case::create(&path, new_case(), &at(0)).unwrap();
    let input = add(&mut case, dir.path(), "posts.csv", "a,b\n1,2\n");
    let leak = file(dir.path(), "leak.csv", "nobody\n");
    let place = Some("a safe".to_owned());
    let new = NewEvidence { sensitive: true, place, ..NewEvidence::new(&leak, "the forum") };
    case.add_evidence(new, &at(1), &mut |_| ()).unwrap();
    let first = case.record(run(dir.path(), input, &["group 1", "group 2"]), &at(2)).unwrap();
    case.decide(first.findings[0], Ruling::Accepted, "Seen.", &at(3)).unwrap();
    case.claim(claim("The Herald", "2023-01-04", "20 bitcoin (USD 340,000)"), &at(4)).unwrap();
    case.record(run(dir.path(), input, &["group 1"]), &at(5)).unwrap();
    drop(case);
    fs::remove_dir(path.join("incoming")).unwrap();
    fs::remove_file(path.join("lock")).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            let _ = fs::copy(&from, &to).unwrap();
        }
    }
}

#[test]
fn a_case_of_schema_1_opens_and_goes_on() {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        make();
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("case");
    copy(&fixture(), &path);
    let mut case = Case::open(&path).unwrap();
    let head = case.head().unwrap();
    assert_eq!((head.log_entries, head.title.as_str()), (11, "The kettle affair"));
    // This hash was printed when the case was made; another one would mean that old logs no longer
    // verify.
    assert_eq!(head.log_head, include_str!("../fixtures/schema-1.head").trim());
    let checked = case.check(&mut |_| ()).unwrap();
    assert_eq!(checked.problems, []);
    let dossier = case.dossier(&Wanted::everything()).unwrap();
    let ids: Vec<String> = dossier.findings.iter().map(|finding| finding.id.to_string()).collect();
    assert_eq!(ids, ["F3", "F1", "F2"], "what stands first, then what was superseded");
    assert_eq!(dossier.findings[1].decision.ruling, Ruling::Accepted);
    add(&mut case, dir.path(), "new.csv", "new");
    assert_eq!(case.check(&mut |_| ()).unwrap().problems, []);
}
