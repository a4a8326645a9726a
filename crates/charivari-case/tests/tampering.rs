//! Whatever is changed in a case or a seal is found and named.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]
#![allow(clippy::print_stdout, reason = "what is passed over is to be seen")]

mod common;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use charivari_case::{Case, Checked, KeyStore, NewEvidence, SealOptions, Verified, verify};
use charivari_model::case::Ruling;
use common::{add, at, case, claim, file, run};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A case with evidence, a sensitive file, a run, a decision and a claim; closed.
fn sample() -> (tempfile::TempDir, PathBuf) {
    let (dir, mut case) = case();
    let input = add(&mut case, dir.path(), "posts.csv", "a,b\n1,2\n");
    let leak = file(dir.path(), "leak.csv", "victim\n");
    let new = NewEvidence { sensitive: true, ..NewEvidence::new(&leak, "the forum") };
    case.add_evidence(new, &at(1), &mut |_| ()).unwrap();
    let made = case.record(run(dir.path(), input, &["group 1", "group 2"]), &at(2)).unwrap();
    case.decide(made.findings[0], Ruling::Accepted, "Seen.", &at(3)).unwrap();
    case.claim(claim("The Herald", "2023-01-04", "20 bitcoin (USD 340,000)"), &at(4)).unwrap();
    drop(case);
    let path = dir.path().join("case");
    (dir, path)
}

fn check(path: &Path) -> Checked {
    Case::open_reading(path).unwrap().check(&mut |_| ()).unwrap()
}

/// Runs SQL on the database behind the program's back.
fn tamper(path: &Path, text: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path.join("case.db"));
        let mut connection = options.foreign_keys(false).connect().await.unwrap();
        let text = text.to_owned();
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// The file of the case whose place begins so.
fn object(path: &Path, shelf: &str) -> PathBuf {
    let folder = fs::read_dir(path.join(shelf)).unwrap().next().unwrap().unwrap().path();
    fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
}

fn overwrite(path: &Path, content: &str) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(path, content).unwrap();
}

#[test]
fn an_untouched_case_has_no_problem_and_says_what_is_held_elsewhere() {
    let (_dir, path) = sample();
    let checked = check(&path);
    assert_eq!(checked.problems, []);
    assert_eq!(checked.counts.entries, 8);
    assert_eq!((checked.counts.files, checked.counts.held_elsewhere), (2, 1));
    assert_eq!(checked.notes.len(), 1, "{:?}", checked.notes);
    assert!(checked.notes[0].starts_with("E2 is held elsewhere: /"), "{:?}", checked.notes);
}

#[test]
fn the_database_itself_forbids_changing_what_was_recorded() {
    let (_dir, path) = sample();
    for text in [
        "UPDATE log SET by = 'somebody'",
        "DELETE FROM log WHERE number = 8",
        "UPDATE content SET body = '{}'",
        "DELETE FROM content WHERE entry = 8",
    ] {
        let refused = std::panic::catch_unwind(|| tamper(&path, text));
        assert!(refused.is_err(), "{text}");
    }
    assert_eq!(check(&path).problems, []);
}

/// What makes the tables changeable again, and afterwards as they were.
fn without_guards(change: &str) -> String {
    let names = ["log_is_never_changed", "log_is_never_cut"];
    let more = ["content_is_never_changed", "content_is_never_deleted"];
    let mut text = String::new();
    for name in names.iter().chain(&more) {
        text.extend(["DROP TRIGGER ", name, ";"]);
    }
    let schema = include_str!("../src/schema-1.sql");
    let triggers = &schema[schema.find("CREATE TRIGGER").unwrap()..];
    format!("{text}{change};{triggers}")
}

#[test]
fn every_change_in_the_database_is_found_and_named() {
    for (name, change, code, named) in [
        (
            "a finding's sentence",
            "UPDATE content SET body = replace(body, 'more than', 'less than') WHERE entry = 5",
            "E0644",
            "F1, log entry 5",
        ),
        (
            "a decision",
            "UPDATE content SET body = replace(body, 'accepted', 'rejected') WHERE entry = 7",
            "E0644",
            "F1, log entry 7",
        ),
        ("who did it", "UPDATE log SET by = 'B' WHERE number = 7", "E0642", "F1, log entry 7"),
        ("when", "UPDATE log SET time = 0 WHERE number = 2", "E0642", "E1, log entry 2"),
        (
            "content and its digest",
            "UPDATE content SET body = '{}' WHERE entry = 8; \
             UPDATE log SET digest = \
             x'44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' WHERE number = 8",
            "E0642",
            "C1, log entry 8",
        ),
        (
            "an entry taken out",
            "DELETE FROM content WHERE entry = 7; DELETE FROM log WHERE number = 7",
            "E0643",
            "log entry 7",
        ),
        ("a content taken out", "DELETE FROM content WHERE entry = 6", "E0645", "F2, log entry 6"),
        (
            "the first entries taken out",
            "DELETE FROM content WHERE entry IN (2, 3); DELETE FROM log WHERE number IN (2, 3)",
            "E0643",
            "log entries 2 to 3",
        ),
        ("a standing", "UPDATE finding SET standing = 0", "E0646", "table finding"),
        ("a tally", "UPDATE tally SET count = 7", "E0646", "table tally"),
        (
            "a trigger that does nothing",
            "DROP TRIGGER finding_is_counted; CREATE TRIGGER finding_is_counted \
             AFTER INSERT ON finding BEGIN SELECT 1; END",
            "E0648",
            "trigger finding_is_counted",
        ),
    ] {
        let (_dir, path) = sample();
        tamper(&path, &without_guards(change));
        let found = check(&path).problems;
        let is_named = found.iter().any(|one| one.code == code && one.what == named);
        assert!(is_named, "{name}: {found:?}");
    }
}

#[test]
fn a_log_that_was_cut_at_its_end_differs_from_a_head_that_was_printed() {
    // The chain cannot show that its end is missing: only a head that somebody holds does.
    let (_dir, path) = sample();
    let head = Case::open_reading(&path).unwrap().head().unwrap();
    let cut = "DELETE FROM content WHERE entry = 8; DELETE FROM log WHERE number = 8; \
               DELETE FROM made WHERE letter = 'C'";
    tamper(&path, &without_guards(cut));
    assert_eq!(check(&path).problems, []);
    assert_ne!(Case::open_reading(&path).unwrap().head().unwrap().log_head, head.log_head);
}

#[test]
fn every_changed_file_is_found_and_named() {
    for (name, shelf, content, code) in [
        ("a changed byte of evidence", "evidence", Some("a,b\n1,3\n"), "E0641"),
        ("longer evidence", "evidence", Some("a,b\n1,2\n5,6\n"), "E0641"),
        ("missing evidence", "evidence", None, "E0640"),
        ("a changed table", "tables", Some("source,target\na,c\n"), "E0641"),
        ("a missing table", "tables", None, "E0640"),
    ] {
        let (_dir, path) = sample();
        let object = object(&path, shelf);
        match content {
            Some(content) => overwrite(&object, content),
            None => fs::remove_file(&object).unwrap(),
        }
        let found = check(&path).problems;
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert_eq!(found[0].code, code, "{name}");
        let record = if shelf == "evidence" { "(E1)" } else { "(R1)" };
        assert!(found[0].what.contains(record), "{name}: {found:?}");
    }
}

#[test]
fn a_file_that_nobody_registered_is_a_note() {
    let (dir, path) = sample();
    file(&path.join("evidence"), "stray.txt", "x");
    file(&path, "notes.txt", "x");
    let checked = check(&path);
    assert_eq!(checked.problems, []);
    assert!(checked.notes.iter().any(|note| note == "evidence/stray.txt: belongs to no record"));
    assert!(checked.notes.iter().any(|note| note == "notes.txt: belongs to no record"));
    drop(dir);
}

/// A signed seal with everything, and its members.
fn sealed() -> (Vec<u8>, Vec<(String, Vec<u8>)>) {
    let (dir, path) = sample();
    let mut case = Case::open(&path).unwrap();
    case.make_keys(&KeyStore::new(&dir.path().join("keys")), &at(5)).unwrap();
    let reports = vec![("report.html".to_owned(), b"<p>".to_vec())];
    let options = SealOptions { with_evidence: true, with_tables: true, reports };
    let mut out = Cursor::new(Vec::new());
    case.seal(&mut out, &options, &at(6)).unwrap();
    let seal = out.into_inner();
    let members = unpack(&seal);
    (seal, members)
}

fn unpack(seal: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(seal)).unwrap();
    let read = |index| {
        let mut member = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        (member.name().unwrap().into_owned(), bytes)
    };
    (0..ZipArchive::new(Cursor::new(seal)).unwrap().len()).map(read).collect()
}

fn pack(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn verified(seal: &[u8]) -> Verified {
    verify(Cursor::new(seal)).unwrap()
}

#[test]
fn an_untouched_seal_verifies_and_the_same_case_gives_the_same_bytes() {
    let (seal, members) = sealed();
    let found = verified(&seal);
    assert_eq!(found.problems, []);
    assert_eq!((found.entries, found.files, found.left_out), (9, 10, 1));
    assert!(found.signed.is_some());
    let all = members.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    assert!(all.into_iter().all(|text| !text.contains("victim\n")), "a sensitive file is in it");

    let (_dir, path) = sample();
    let seal = || {
        let mut out = Cursor::new(Vec::new());
        let mut case = Case::open_reading(&path).unwrap();
        let sealed = case.seal(&mut out, &SealOptions::default(), &at(6)).unwrap();
        (sealed, out.into_inner())
    };
    assert_eq!(seal(), seal());
    let (sealed, bytes) = seal();
    assert_eq!((sealed.signed, sealed.left_out), (None, 3));
    assert_eq!(verified(&bytes).problems, []);
    assert!(verified(&bytes).notes[0].contains("not signed"));
}

#[test]
fn a_seal_is_checked_by_the_common_tools_alone() {
    let (_, members) = sealed();
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in &members {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let run = |program: &str, arguments: &[&str]| {
        let mut command = std::process::Command::new(program);
        let output = command.args(arguments).current_dir(dir.path()).output();
        if output.is_err() {
            println!("passed over: {program} is not there");
        }
        output.ok().map(|output| output.status.success())
    };
    let sums = || run("sha256sum", &["--strict", "-c", "SHA256SUMS"]).unwrap_or(true);
    let (key, file) = (["-inkey", "manifest.pem"], ["-in", "manifest.json"]);
    let arguments = ["pkeyutl", "-verify", "-pubin", "-rawin", "-sigfile", "manifest.sig"];
    let arguments = [&arguments[..], &key, &file].concat();
    let signature = || run("openssl", &arguments).unwrap_or(true);
    assert!(sums() && signature());
    let manifest = dir.path().join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("kettle", "pan")).unwrap();
    assert_ne!(run("sha256sum", &["-c", "SHA256SUMS"]), Some(true));
    assert_ne!(run("openssl", &arguments), Some(true));
}

#[test]
fn every_changed_member_of_a_seal_is_found_and_named() {
    let (_, members) = sealed();
    for (at, (name, _)) in members.iter().enumerate() {
        let mut changed = members.clone();
        let middle = changed[at].1.len() / 2;
        changed[at].1[middle] ^= 1;
        let found = verified(&pack(&changed)).problems;
        let is_named =
            found.iter().any(|one| one.what == *name || one.sentence.contains(name.as_str()));
        assert!(is_named, "a changed {name}: {found:?}");

        let mut missing = members.clone();
        missing.remove(at);
        let found = verified(&pack(&missing)).problems;
        assert!(found.iter().any(|one| one.what == *name), "a missing {name}: {found:?}");
    }
    let mut more = members;
    more.push(("reports/extra.html".to_owned(), b"x".to_vec()));
    let found = verified(&pack(&more)).problems;
    assert!(found.iter().any(|one| one.code == "E0651" && one.what == "reports/extra.html"));
}

/// Replaces text in a member and makes manifest and sums fit again, as a forger would.
fn forge(name: &str, from: &str, to: &str) -> Verified {
    use sha2::{Digest, Sha256};
    let hex = |bytes: &[u8]| -> String { common::hex(&Sha256::digest(bytes)) };
    let (_, mut members) = sealed();
    let mut put = |name: &str, change: &dyn Fn(String) -> String| {
        let member = members.iter_mut().find(|member| member.0 == name).unwrap();
        let text = change(String::from_utf8(member.1.clone()).unwrap());
        let (old, new) = (hex(&member.1), hex(text.as_bytes()));
        assert_ne!(old, new, "nothing was changed in {name}");
        member.1 = text.into_bytes();
        (old, new)
    };
    let (old, new) = put(name, &|text| text.replacen(from, to, 1));
    let (old_manifest, new_manifest) = put("manifest.json", &|text| text.replace(&old, &new));
    put("SHA256SUMS", &|text| text.replace(&old, &new).replace(&old_manifest, &new_manifest));
    verified(&pack(&members))
}

#[test]
fn a_forger_who_mends_the_sums_is_still_found() {
    for (name, from, to, named) in [
        ("case.json", "more than chance", "less than chance", "F1"),
        ("case.json", "\"accepted\"", "\"rejected\"", "F1"),
        ("case.json", "USD 340,000", "USD 940,000", "C1"),
        ("case.json", "The kettle affair", "The pan affair", "case.json"),
        ("records.jsonl", "more than chance", "less than chance", "F1, log entry 5"),
        ("log.jsonl", "A. Nalyst", "B. Nalyst", "log entry 1"),
    ] {
        let found = forge(name, from, to).problems;
        assert!(found.iter().any(|one| one.what == named), "{name}, {to}: {found:?}");
        let unsigned = found.iter().any(|one| one.code == "E0653" && one.what == "manifest.sig");
        assert!(unsigned, "the manifest that was mended is not the one that was signed");
    }
}

#[test]
fn what_is_no_seal_or_too_much_is_refused() {
    let (seal, _) = sealed();
    for (name, bytes, code) in [
        ("nothing", Vec::new(), "E0621"),
        ("a text", b"no seal".to_vec(), "E0621"),
        ("another archive", pack(&[("a".to_owned(), b"a".to_vec())]), "E0621"),
        ("half a seal", seal[..seal.len() / 2].to_vec(), "E0621"),
        ("a bomb", pack(&[("SHA256SUMS".to_owned(), vec![0; 300 << 20])]), "E0622"),
    ] {
        let refused = verify(Cursor::new(bytes));
        let error = refused.err().unwrap_or_else(|| panic!("{name} was taken"));
        assert_eq!(error.code(), code, "{name}: {error}");
    }
    let outside = pack(&[("SHA256SUMS".to_owned(), Vec::new()), ("../x".to_owned(), Vec::new())]);
    assert!(verified(&outside).problems.iter().any(|one| one.code == "E0651"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn no_damage_to_a_seal_breaks_its_verification(
        damage in proptest::collection::vec((0.0..1.0_f64, proptest::num::u8::ANY), 1..8),
        length in 0.5..1.0_f64,
        cut in proptest::bool::ANY,
    ) {
        static SEAL: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| sealed().0);
        let mut seal = SEAL.clone();
        let place = |share: f64| {
            let whole = format!("{:.0}", share * (SEAL.len() - 1) as f64);
            whole.parse::<usize>().unwrap()
        };
        for (share, byte) in damage {
            seal[place(share)] = byte;
        }
        if cut {
            seal.truncate(place(length));
        }
        // Bytes of the archive's own bookkeeping may differ and mean the same; nothing may panic.
        let _ = verify(Cursor::new(seal));
    }
}
