//! What goes wrong is said clearly, and nothing is lost by it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]
#![allow(clippy::print_stdout, reason = "what is passed over is to be seen")]

mod common;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::thread;
use std::time::Duration;

use charivari_case::{Case, KeyStore, NewEvidence, ValueKind};
use charivari_model::case::{Custody, Evidence};
use common::{add, at, case, file, new_case};

/// The only file of the case below a shelf.
fn object(path: &Path, shelf: &str) -> PathBuf {
    let folder = fs::read_dir(path.join(shelf)).unwrap().next().unwrap().unwrap().path();
    fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
}

#[test]
fn a_directory_that_is_no_case_is_refused_with_the_reason() {
    let (dir, first) = case();
    drop(first);
    let copy = |name: &str, header: Option<(usize, u8)>, content: Option<&[u8]>| {
        let path = dir.path().join(name);
        fs::create_dir(&path).unwrap();
        let mut bytes = fs::read(dir.path().join("case/case.db")).unwrap();
        if let Some((at, byte)) = header {
            bytes[at] = byte;
        }
        fs::write(path.join("case.db"), content.unwrap_or(&bytes)).unwrap();
        path
    };
    fs::create_dir(dir.path().join("empty")).unwrap();
    for (name, path, code) in [
        ("nothing there", dir.path().join("nowhere"), "E0601"),
        ("an empty directory", dir.path().join("empty"), "E0601"),
        ("a text", copy("text", None, Some(b"not a database, but long enough")), "E0603"),
        ("an empty file", copy("zero", None, Some(b"")), "E0603"),
        ("another database", copy("other", Some((71, 7)), None), "E0603"),
        // The schema is the big-endian number at 60 in the header of the file.
        ("a newer schema", copy("newer", Some((63, 99)), None), "E0604"),
        ("a damaged page", copy("damaged", Some((100, 77)), None), "E0603"),
    ] {
        let before = fs::read(path.join("case.db")).ok();
        for opened in [Case::open(&path), Case::open_reading(&path)] {
            let error = opened.err().unwrap_or_else(|| panic!("{name} was opened"));
            assert_eq!(error.code(), code, "{name}: {error}");
        }
        assert_eq!(fs::read(path.join("case.db")).ok(), before, "{name} was changed");
    }
}

#[test]
fn an_attempt_to_make_a_case_that_was_cut_off_stands_in_nobodys_way() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("case");
    fs::create_dir_all(path.join("evidence")).unwrap();
    file(&path, "case.db-new", "half a database");
    Case::create(&path, new_case(), &at(0)).unwrap();
    let wrong = charivari_case::NewCase { uuid: Some("../x".to_owned()), ..new_case() };
    let refused = Case::create(&dir.path().join("other"), wrong, &at(0)).unwrap_err();
    assert_eq!(refused.code(), "E0611");
}

#[test]
fn two_writers_at_the_same_time_both_succeed() {
    let (dir, first) = case();
    drop(first);
    let path = dir.path().join("case");
    let write = |name: &'static str| {
        let (path, folder) = (path.clone(), dir.path().join(name));
        fs::create_dir(&folder).unwrap();
        thread::spawn(move || {
            let mut case = Case::open(&path).unwrap();
            for count in 0..25 {
                add(&mut case, &folder, "a.csv", &format!("{name} {count}"));
            }
        })
    };
    let writers = [write("one"), write("two")];
    for writer in writers {
        writer.join().unwrap();
    }
    let mut case = Case::open(&path).unwrap();
    let checked = case.check(&mut |_| ()).unwrap();
    assert_eq!((checked.problems, checked.notes), (Vec::new(), Vec::new()));
    assert_eq!((checked.counts.entries, checked.counts.files), (51, 50));
}

#[test]
fn a_held_case_names_its_holder() {
    let (dir, mut case) = case();
    let mut lock = File::options().write(true).open(dir.path().join("case/lock")).unwrap();
    lock.lock().unwrap();
    lock.write_all("process 7, which does \"record a run\" for B.\u{202e}\n".as_bytes()).unwrap();
    case.set_wait(Duration::from_millis(30));
    let path = file(dir.path(), "a.csv", "a");
    let error = case.add_evidence(NewEvidence::new(&path, "x"), &at(1), &mut |_| ()).unwrap_err();
    assert_eq!(error.code(), "E0605");
    assert!(error.to_string().contains("process 7"), "{error}");
    assert!(!error.to_string().contains('\u{202e}'), "{error}");
    lock.unlock().unwrap();
    case.add_evidence(NewEvidence::new(&path, "x"), &at(1), &mut |_| ()).unwrap();
}

#[test]
fn a_case_that_is_moved_while_it_is_open_is_not_written_elsewhere() {
    let (dir, mut case) = case();
    let path = file(dir.path(), "a.csv", "a");
    let moved = dir.path().join("moved");
    fs::rename(dir.path().join("case"), &moved).unwrap();
    let mut try_add = || case.add_evidence(NewEvidence::new(&path, "x"), &at(1), &mut |_| ());
    assert_eq!(try_add().unwrap_err().code(), "E0615");
    // Another case in the old place is not taken for it.
    Case::create(&dir.path().join("case"), new_case(), &at(0)).unwrap();
    assert_eq!(try_add().unwrap_err().code(), "E0615");
    add(&mut Case::open(&moved).unwrap(), dir.path(), "b.csv", "b");
}

#[test]
fn evidence_is_copied_once_read_only_and_whole() {
    let (dir, mut case) = case();
    let path = file(dir.path(), "a.csv", "a,b\n");
    let mut seen = 0;
    let new = || NewEvidence::new(&path, "an archive");
    let added = case.add_evidence(new(), &at(1), &mut |bytes| seen = bytes).unwrap();
    assert_eq!((added.already, added.evidence.bytes, seen), (false, 4, 4));
    let object = object(&dir.path().join("case"), "evidence");
    assert_eq!(fs::read(&object).unwrap(), b"a,b\n");
    assert_eq!(fs::metadata(&object).unwrap().permissions().mode() & 0o777, 0o444);
    let head = case.head().unwrap();
    assert!(case.add_evidence(new(), &at(2), &mut |_| ()).unwrap().already);
    assert_eq!(case.head().unwrap(), head, "the same file from the same source says nothing new");
    let other = NewEvidence::new(&path, "somebody else");
    let again = case.add_evidence(other, &at(3), &mut |_| ()).unwrap();
    assert_eq!(again.evidence.id, added.evidence.id);
    assert_eq!(case.log(3..=3).unwrap()[0].action, "see evidence again");
    fs::remove_file(&object).unwrap();
    case.add_evidence(new(), &at(4), &mut |_| ()).unwrap();
    assert_eq!(case.check(&mut |_| ()).unwrap().problems, [], "the copy was put back");

    let changing = file(dir.path(), "changing.csv", "a");
    let mut change = |_| drop(fs::write(&changing, "abc"));
    let error =
        case.add_evidence(NewEvidence::new(&changing, "x"), &at(5), &mut change).unwrap_err();
    assert_eq!(error.code(), "E0609");
    for (path, code) in [(dir.path().join("nowhere"), "E0608"), (dir.path().to_path_buf(), "E0608")]
    {
        let error = case.add_evidence(NewEvidence::new(&path, "x"), &at(5), &mut |_| ());
        assert_eq!(error.unwrap_err().code(), code);
    }
    let linked = file(dir.path(), "linked.csv", "linked");
    let new = NewEvidence { link: true, ..NewEvidence::new(&linked, "x") };
    case.add_evidence(new, &at(6), &mut |_| ()).unwrap();
    let checked = case.check(&mut |_| ()).unwrap();
    assert_eq!((checked.problems, checked.notes), (Vec::new(), Vec::new()));
}

/// Every byte of every file below a directory.
fn all_bytes(dir: &Path, out: &mut Vec<u8>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all_bytes(&path, out) } else { out.extend(fs::read(path).unwrap()) }
    }
}

#[test]
fn a_sensitive_file_never_lies_in_the_case_in_the_clear() {
    let (dir, mut case) = case();
    let secret = "kettle.victim@example.org";
    let path = file(dir.path(), "leak.csv", secret);
    let identity = age::x25519::Identity::generate();
    let recipient = identity.to_public().to_string();
    let new = |recipient: Option<&str>| NewEvidence {
        sensitive: true,
        place: Some("the safe in room 4".to_owned()),
        keep_encrypted: recipient.map(str::to_owned),
        ..NewEvidence::new(&path, "the forum")
    };
    let refused = case.add_evidence(new(Some("age1nonsense")), &at(1), &mut |_| ()).unwrap_err();
    assert_eq!(refused.code(), "E0617");
    let added = case.add_evidence(new(Some(&recipient)), &at(1), &mut |_| ()).unwrap();
    let Evidence { custody: Custody::Encrypted { sha256, .. }, .. } = &added.evidence else {
        panic!("{added:?}")
    };
    let object = object(&dir.path().join("case"), "encrypted");
    assert!(object.ends_with(format!("{sha256}.age")));
    let decryptor = age::Decryptor::new(File::open(&object).unwrap()).unwrap();
    let mut plain = String::new();
    let mut reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).unwrap();
    reader.read_to_string(&mut plain).unwrap();
    assert_eq!(plain, secret);
    let checked = case.check(&mut |_| ()).unwrap();
    assert_eq!((checked.problems.len(), checked.counts.encrypted), (0, 1));
    assert!(checked.notes[0].contains("held elsewhere: the safe in room 4"), "{:?}", checked.notes);
    drop(case);
    let mut bytes = Vec::new();
    all_bytes(&dir.path().join("case"), &mut bytes);
    let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
    assert!(!found, "the sensitive bytes lie in the case");
    // What is kept in the clear cannot become sensitive afterwards.
    let mut case = Case::open(&dir.path().join("case")).unwrap();
    add(&mut case, dir.path(), "open.csv", "open");
    let open = dir.path().join("open.csv");
    let late = NewEvidence { sensitive: true, ..NewEvidence::new(&open, "x") };
    assert_eq!(case.add_evidence(late, &at(2), &mut |_| ()).unwrap_err().code(), "E0611");
    assert!(age::x25519::Recipient::from_str(&recipient).is_ok());
}

#[test]
fn a_forgotten_key_is_gone_and_the_log_says_so() {
    let (dir, mut case) = case();
    let store = KeyStore::new(&dir.path().join("keys"));
    assert_eq!(case.forget_key(&store, &at(1)).unwrap_err().code(), "E0618");
    case.make_keys(&store, &at(1)).unwrap();
    let digest = store.read(case.uuid()).unwrap().digester().unwrap();
    digest.digest(ValueKind::Email, "kettle@example.org").unwrap();
    assert!(case.head().unwrap().signed.is_some());
    case.forget_key(&store, &at(2)).unwrap();
    assert!(store.read(case.uuid()).unwrap().digester().is_none());
    assert!(case.head().unwrap().signed.is_some(), "the signing key stays");
    let last = case.head().unwrap().log_entries;
    assert_eq!(case.log(last..=last).unwrap()[0].action, "forget key");
    drop(case);
    let mut bytes = Vec::new();
    all_bytes(&dir.path().join("case"), &mut bytes);
    let key = fs::read_to_string(store.folder(common::UUID).join("sign.key")).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains(key.trim()), "the key lies in the case");
}

/// A small file system of its own, where one may mount; taken away again at the end.
struct Small {
    dir: tempfile::TempDir,
}

impl Small {
    fn mount(size: &str) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(dir.path());
        let mounted = command.output().is_ok_and(|output| output.status.success());
        if !mounted {
            println!("passed over: this needs the right to mount a file system");
        }
        mounted.then_some(Self { dir })
    }

    fn remount(&self, options: &str) {
        let mut command = Command::new("mount");
        command.args(["-o", &format!("remount,{options}")]).arg(self.dir.path());
        assert!(command.status().unwrap().success());
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.dir.path()).status();
    }
}

#[test]
fn a_full_disk_loses_nothing_and_is_called_so() {
    let Some(small) = Small::mount("3m") else { return };
    let outside = tempfile::tempdir().unwrap();
    let path = small.dir.path().join("case");
    let mut case = Case::create(&path, new_case(), &at(0)).unwrap();
    let mut kept = Vec::new();
    let error = loop {
        let content = format!("{} ", kept.len()).repeat(40_000);
        let input = file(outside.path(), "a.csv", &content);
        match case.add_evidence(NewEvidence::new(&input, "x"), &at(1), &mut |_| ()) {
            Ok(added) => kept.push(added.evidence),
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), "E0607", "{error}");
    // The database fills up as well.
    let error = loop {
        let note = charivari_case::NewNote {
            about: None,
            text: "x".repeat(30_000),
            tlp: charivari_model::Tlp::Red,
        };
        match case.note(note, &at(2)) {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), "E0607", "{error}");
    drop(case);
    small.remount("size=8m");
    let mut case = Case::open(&path).unwrap();
    let checked = case.check(&mut |_| ()).unwrap();
    assert_eq!((checked.problems.len(), checked.counts.files), (0, kept.len() as u64));
    add(&mut case, outside.path(), "b.csv", "room again");
}

#[test]
fn a_read_only_directory_can_be_read_and_not_written() {
    let Some(small) = Small::mount("3m") else { return };
    let path = small.dir.path().join("case");
    let mut case = Case::create(&path, new_case(), &at(0)).unwrap();
    add(&mut case, small.dir.path(), "a.csv", "a");
    drop(case);
    small.remount("ro");
    assert_eq!(Case::open(&path).unwrap_err().code(), "E0606");
    let mut case = Case::open_reading(&path).unwrap();
    assert_eq!(case.check(&mut |_| ()).unwrap().problems, []);
    assert_eq!(case.overview().unwrap().head.log_entries, 2);
    let refused = Case::create(&small.dir.path().join("other"), new_case(), &at(0)).unwrap_err();
    assert_eq!(refused.code(), "E0606");
}
