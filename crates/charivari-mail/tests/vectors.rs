//! Messages that others made: mail-auth's and mail-parser's. They lie beside the project, and the
//! tests pass over them aloud where they are not there.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests are tests")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use charivari_mail::{
    Context, Custody, Examination, Examiner, KeyBook, Mailbox, Piece, State, Trusted,
};

/// The folder with other people's messages, if it is there.
fn data(part: &str) -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here
        .ancestors()
        .map(|above| above.join("shared/data/mail").join(part))
        .find(|p| p.exists());
    if found.is_none() {
        println!("PASSED OVER: {part} is not beside the project");
    }
    found
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A file of mail-auth's: records of keys, an empty line, the message.
fn examine(path: &Path, change: impl Fn(String) -> String) -> Examination {
    let text = fs::read_to_string(path).unwrap();
    let (records, message) = text.split_once("\n\n").unwrap();
    let keys = KeyBook::parse(records, "records").unwrap();
    let examiner = Examiner::new(Context { keys, ..Context::default() });
    let bytes = change(message.replace('\n', "\r\n")).into_bytes();
    examiner.examine(&Piece { bytes, ..Piece::default() }).examination
}

#[test]
fn the_signatures_of_mail_auth_hold_and_break_when_a_byte_of_the_body_changes() {
    let Some(folder) = data("resources/dkim") else { return };
    let paths = files(&folder, "txt");
    assert_eq!(paths.len(), 6);
    for path in paths {
        let whole = examine(&path, |text| text);
        let last = whole.signatures.last().unwrap();
        assert_eq!(last.state, State::Valid, "{}: {:?}", path.display(), last.reason);
        let more = examine(&path, |text| {
            let at = text.find("\r\n\r\n").unwrap() + 4;
            format!("{}x{}", &text[..at], &text[at..])
        });
        let last = more.signatures.last().unwrap();
        assert_eq!(last.state, State::Failed, "{}", path.display());
        let code = last.reason.code;
        assert!(["body-changed", "body-cut"].contains(&code), "{}: {code}", path.display());
    }
}

#[test]
fn the_chains_of_mail_auth_hold_and_break_when_a_field_of_them_changes() {
    let Some(folder) = data("resources/arc") else { return };
    let paths = files(&folder, "txt");
    assert_eq!(paths.len(), 2);
    for path in paths {
        let chain = examine(&path, |text| text).chain.unwrap();
        assert_eq!(chain.state, State::Valid, "{}: {:?}", path.display(), chain.reason);
        let changed = |text: String| {
            text.replacen(
                "ARC-Authentication-Results: i=1;",
                "ARC-Authentication-Results: i=1; x=y;",
                1,
            )
        };
        let chain = examine(&path, changed).chain.unwrap();
        assert_eq!(
            (chain.state, chain.reason.code),
            (State::Failed, "seal-broken"),
            "{}",
            path.display()
        );
        let without = |text: String| text.replacen("cv=none", "cv=pass", 1);
        let chain = examine(&path, without).chain.unwrap();
        assert_eq!((chain.state, chain.reason.code), (State::Failed, "chain-broken"));
    }
    println!(
        "NOT APPLICABLE: the 128 cases of SPF and those of DMARC ask name servers for the policy of a \
         time; what the receiving server recorded is read instead."
    );
}

/// A case of mail-auth's for DKIM2.
#[derive(serde::Deserialize)]
struct Case {
    name: String,
    file: String,
    mail_from: String,
    rcpt_to: Vec<String>,
    expected: String,
    now: i64,
}

/// The keys of mail-auth's cases, as a file of keys.
fn dkim2_keys(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("dns.json")).unwrap();
    let zones: BTreeMap<String, BTreeMap<String, Vec<(String, String)>>> =
        serde_json::from_str(&text).unwrap();
    let mut keys = String::new();
    for (domain, names) in zones {
        for (name, records) in names {
            for (kind, record) in records {
                assert_eq!(kind, "txt");
                writeln!(keys, "{name}.{domain} {record}").unwrap();
            }
        }
    }
    keys
}

/// A message as the server that delivered it would have kept it: with its own lines on top, which
/// say with which return path it came, and when. No digest of DKIM2 covers them.
fn delivered(message: &[u8], mail_from: &str, now: i64) -> Vec<u8> {
    let path = mail_from.trim_matches(['<', '>']);
    let date = mail_parser::DateTime::from_timestamp(now).to_rfc822();
    let top = format!(
        "Return-Path: <{path}>\r\nReceived: from out.example ([203.0.113.9]) by mx.example.net; {date}\r\n"
    );
    [top.as_bytes(), message].concat()
}

fn custody(bytes: Vec<u8>, keys: &str) -> Custody {
    let context = Context {
        keys: KeyBook::parse(keys, "keys").unwrap(),
        trusted: Trusted::parse("mx.example.net").into_iter().collect(),
        ..Context::default()
    };
    let piece = Piece { bytes, ..Piece::default() };
    Examiner::new(context).examine(&piece).examination.dkim2.unwrap()
}

/// The reasons of the cases that do not pass: those of draft 02.
fn dkim2_reason(name: &str) -> &'static str {
    match name {
        "algorithm_misnamed" => "key-of-another-kind",
        "algorithm_only_future" => "algorithm-unknown",
        "domain_below_mailfrom" => "domain-mismatch",
        "too_short_rsa512" | "too_short_rsa768" => "key-too-short",
        "algorithm_no_signature" | "mailfrom_needs_brackets" | "nonce_too_long" => "malformed",
        name if name.starts_with("d2_duplicate_") => "malformed",
        name => panic!("{name} has no reason"),
    }
}

#[test]
fn the_cases_of_dkim2_of_mail_auth_have_their_result_and_their_reason() {
    let Some(folder) = data("resources/dkim2") else { return };
    let text = fs::read_to_string(folder.join("cases.json")).unwrap();
    let cases: Vec<Case> = serde_json::from_str(&text).unwrap();
    let keys = dkim2_keys(&folder);
    let (mut passed, mut failed, mut recipients) = (0, 0, 0);
    for case in &cases {
        let message = fs::read(folder.join("expected").join(&case.file)).unwrap();
        let chain = custody(delivered(&message, &case.mail_from, case.now), &keys);
        let last = chain.hops.last().unwrap();
        if case.expected == "pass" {
            assert_eq!(chain.state, State::Valid, "{}: {:?}", case.name, chain.reason);
            assert!(
                last.notes.iter().all(|note| note.code != "return-path-differs"),
                "{}",
                case.name
            );
            passed += 1;
        } else {
            let expected = (State::Failed, dkim2_reason(&case.name));
            assert_eq!((chain.state, chain.reason.code), expected, "{}: {:?}", case.name, chain);
            assert!(["fail", "permerror"].contains(&case.expected.as_str()), "{}", case.name);
            failed += 1;
        }
        recipients += case.rcpt_to.len();
    }
    assert_eq!((cases.len(), passed, failed), (47, 30, 17));
    println!(
        "NOT APPLICABLE: none of the 47 cases as a whole. Of each, one thing: the {recipients} recipients of \
         the envelope are in no stored message, so that rt= is held against the next hop alone."
    );
}

#[test]
fn the_messages_that_mail_auth_signs_hold_too() {
    let Some(folder) = data("resources/dkim2") else { return };
    let keys = dkim2_keys(&folder);
    let cases = fs::read_to_string(folder.join("cases.json")).unwrap();
    let paths = files(&folder.join("expected"), "eml");
    let further = |path: &&PathBuf| {
        !cases.contains(&format!("\"{}\"", path.file_name().unwrap().to_string_lossy()))
    };
    let (mut count, mut cut) = (0, 0);
    for path in paths.iter().filter(further) {
        // They are signed at 1740000000 and shortly after.
        let line = "Received: from a.example by b.example; Wed, 19 Feb 2025 22:00:00 +0000\r\n";
        let mut bytes = [line.as_bytes(), &fs::read(path).unwrap()].concat();
        // One file ends in the middle of its last line end.
        if bytes.ends_with(b"\r") {
            bytes.push(b'\n');
            cut += 1;
        }
        let chain = custody(bytes, &keys);
        assert_eq!(chain.state, State::Valid, "{}: {:?}", path.display(), chain.reason);
        count += 1;
    }
    assert_eq!((count, cut), (16, 1));
    println!("NOT APPLICABLE: 6 messages to sign and 9 private keys: nothing is signed here.");
}

/// The file, what is changed, to what, the name of that, and the reasons of its hops by their numbers.
type Tampering =
    (&'static str, &'static str, &'static str, &'static str, &'static [(usize, &'static str)]);

const TAMPERED: [Tampering; 17] = [
    (
        "simple-rsa2048.eml",
        "test message.\r\n",
        "test message!\r\n",
        "body",
        &[(1, "body-changed")],
    ),
    (
        "simple-rsa2048.eml",
        "test message.\r\n",
        "test message.\r\n--\r\na list\r\n",
        "footer",
        &[(1, "body-appended")],
    ),
    (
        "simple-rsa2048.eml",
        "Subject: Simple",
        "Subject: Simply",
        "subject",
        &[(1, "headers-changed")],
    ),
    ("simple-ed25519.eml", "Subject: ", "Subject: [list] ", "tag", &[(1, "subject-tagged")]),
    (
        "simple-ed25519.eml",
        "To: ",
        "Reply-To: a@example.net\r\nTo: ",
        "field added",
        &[(1, "header-added")],
    ),
    (
        "multiheader-ed25519.eml",
        "DKIM2-Signature: i=1",
        "DKIM2-Signature: i=2",
        "number",
        &[(2, "chain-broken")],
    ),
    ("simple-rsa2048.eml", "t=1740000000", "t=1740000001", "time", &[(1, "chain-changed")]),
    ("simple-ed25519.eml", "t=1740000000", "t=1740000001", "time, Ed25519", &[(1, "does-not-fit")]),
    ("simple-rsa2048.eml", "s=sel1:", "s=sel2:", "another key", &[(1, "not-this-key")]),
    ("simple-rsa2048.eml", "s=sel1:", "s=sel9:", "no key", &[(1, "no-key")]),
    (
        "simple-rsa2048.eml",
        "Message-Instance: m=1",
        "Message-Instance: m=2",
        "instance",
        &[(1, "chain-broken")],
    ),
    // `{"b":[{"c":[1,1]}]}` and the same with [1,2].
    (
        "multihop-body-footer.eml",
        "eyJiIjpbeyJjIjpbMSwxXX1dfQ==",
        "eyJiIjpbeyJjIjpbMSwyXX1dfQ==",
        "recipe",
        &[(1, "valid"), (2, "does-not-fit")],
    ),
    // `{"b":[{"c":[1,4]}]}` leaves the footer.
    (
        "multihop-body-footer.eml",
        "eyJiIjpbeyJjIjpbMSwxXX1dfQ==",
        "eyJiIjpbeyJjIjpbMSw0XX1dfQ==",
        "recipe that leaves",
        &[(1, "body-changed"), (2, "does-not-fit")],
    ),
    // `{"b":[{"c":[1,9]}]}` names lines that are not there.
    (
        "multihop-body-footer.eml",
        "eyJiIjpbeyJjIjpbMSwxXX1dfQ==",
        "eyJiIjpbeyJjIjpbMSw5XX1dfQ==",
        "recipe of too much",
        &[(1, "recipe-broken"), (2, "does-not-fit")],
    ),
    (
        "multihop-body-footer.eml",
        "Sent via",
        "sent via",
        "what the list added",
        &[(1, "valid"), (2, "body-changed")],
    ),
    (
        "multihop-header-replace.eml",
        "[MODIFIED] ",
        "",
        "the change taken back",
        &[(1, "valid"), (2, "headers-changed")],
    ),
    (
        "interop_brong_chain_hop3.eml",
        "DKIM2-Signature: i=2",
        "Comments: i=2",
        "a hop taken out",
        &[(1, "chain-broken"), (3, "chain-broken")],
    ),
];

#[test]
fn tampered_copies_of_the_cases_of_dkim2_fail_with_the_true_reason() {
    let Some(folder) = data("resources/dkim2") else { return };
    let keys = dkim2_keys(&folder);
    let read = |name: &str| {
        String::from_utf8(fs::read(folder.join("expected").join(name)).unwrap()).unwrap()
    };
    for (file, from, to, what, hops) in TAMPERED {
        let message = read(file);
        let whole = custody(message.clone().into_bytes(), &keys);
        assert_eq!(whole.state, State::Valid, "{file}: {:?}", whole.reason);
        assert!(message.contains(from), "{file}: {what}");
        let chain = custody(message.replacen(from, to, 1).into_bytes(), &keys);
        let told: Vec<_> =
            chain.hops.iter().map(|hop| (hop.number.unwrap() as usize, hop.reason.code)).collect();
        assert_eq!(told, hops, "{file}: {what}");
        let unchecked = hops.iter().all(|(_, code)| *code == "no-key");
        let state = if unchecked { State::Unchecked } else { State::Failed };
        assert_eq!(chain.state, state, "{file}: {what}");
    }
}

#[test]
fn all_messages_of_mail_parser_are_examined() {
    let Some(folder) = data("mail-parser/resources/eml") else { return };
    let paths = files(&folder, "eml");
    assert_eq!(paths.len(), 107);
    let examiner = Examiner::new(Context::default());
    let mut with_sender = 0;
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        let mut mailbox = Mailbox::open(&bytes[..], "message", 64 << 20).unwrap();
        let mut count = 0;
        while let Some(piece) = mailbox.next().unwrap() {
            let seen = examiner.examine(&piece);
            with_sender += usize::from(!seen.examination.claims.from.is_empty());
            count += 1;
        }
        assert!(count > 0, "{}", path.display());
    }
    assert!(with_sender > 60, "only {with_sender} name a sender");
}
