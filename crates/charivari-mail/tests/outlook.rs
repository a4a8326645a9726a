//! Outlook's messages: rebuilt, examined as the same message in .eml is, and never held against
//! their sender for what Outlook does not keep.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{Cursor, Write as _};

use cfb::CompoundFile;
use charivari_mail::{
    Context, Examination, Examiner, KeyBook, Mailbox, Piece, State, Trusted, Word,
};
use charivari_simulate::mail::{Algorithm, Handling, Mailing, Truth, hand_on, mailing, record};

type File = CompoundFile<Cursor<Vec<u8>>>;

/// A compound file with the properties that every message has.
fn file() -> File {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    put(&mut file, "/__properties_version1.0", &[0; 32]);
    file
}

fn put(file: &mut File, path: &str, bytes: &[u8]) {
    file.create_stream(path).unwrap().write_all(bytes).unwrap();
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn text(file: &mut File, at: &str, id: &str, text: &str) {
    put(file, &format!("{at}/__substg1.0_{id}001F"), &utf16(text));
}

fn close(file: File) -> Vec<u8> {
    let mut file = file;
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn piece(bytes: &[u8], cap: usize) -> Piece {
    let mut mailbox = Mailbox::open(bytes, "a.msg", cap).unwrap();
    let piece = mailbox.next().unwrap().unwrap();
    assert!(mailbox.next().unwrap().is_none());
    piece
}

fn examined(bytes: &[u8], context: Context) -> Examination {
    Examiner::new(context).examine(&piece(bytes, 1 << 20)).examination
}

/// A signed letter as .eml and as Outlook would keep it.
fn signed() -> (Mailing, Vec<u8>, Vec<u8>) {
    let mailing = mailing(1);
    let letter = mailing.letters.iter().find(|letter| letter.truth == Truth::Newsletter).unwrap();
    let eml = letter.bytes.clone();
    let whole = String::from_utf8(eml.clone()).unwrap().replace("\r\n", "\n");
    let (header, body) = whole.split_once("\n\n").unwrap();
    let mut msg = file();
    let header = format!("{}\r\n\r\n", header.replace('\n', "\r\n"));
    text(&mut msg, "", "007D", &format!("Microsoft Mail Internet Headers Version 2.0\r\n{header}"));
    text(&mut msg, "", "1000", &body.replace('\n', "\r\n"));
    (mailing, eml, close(msg))
}

fn context(mailing: &Mailing) -> Context {
    Context {
        keys: KeyBook::parse(&mailing.keys, "keys").unwrap(),
        trusted: vec![Trusted::parse(mailing.trusted).unwrap()],
        ..Context::default()
    }
}

#[test]
fn a_signed_message_is_verified_as_eml_and_open_as_msg() {
    let (mailing, eml, msg) = signed();
    let kept = Examiner::new(context(&mailing)).examine(&Piece { bytes: eml, ..Piece::default() });
    let kept = kept.examination;
    assert!(kept.has_valid_signature());
    let rebuilt = examined(&msg, context(&mailing));
    assert_eq!(rebuilt.signatures.len(), kept.signatures.len());
    for one in &rebuilt.signatures {
        assert_eq!((one.state, one.reason.code), (State::Unchecked, "body-not-kept"));
        assert!(one.headers_hold.is_none() && !one.body_holds && !one.whole_body);
    }
    assert_eq!(rebuilt.verdicts.content.word, Word::Unverified);
    assert_eq!(rebuilt.verdicts.content.why[0].code, "body-not-kept");
    // What a trusted server recorded stands in the header, which is kept.
    assert_eq!(rebuilt.claims.from, kept.claims.from);
    assert_eq!(rebuilt.path.hops.len(), kept.path.hops.len());
    assert_eq!(rebuilt.results.len(), kept.results.len());
    assert_eq!(rebuilt.claims.date, kept.claims.date);
    assert!(rebuilt.faults.iter().any(|fault| fault.code == "rebuilt"));
}

#[test]
fn a_changed_header_in_a_msg_contradicts_nothing() {
    let (mailing, _, _) = signed();
    let letter = mailing.letters.iter().find(|letter| letter.truth == Truth::Newsletter).unwrap();
    let whole = String::from_utf8(letter.bytes.clone()).unwrap().replace("\r\n", "\n");
    let (header, _) = whole.split_once("\n\n").unwrap();
    let mut msg = file();
    text(&mut msg, "", "007D", &header.replace("Subject: ", "Subject: changed "));
    text(&mut msg, "", "1000", "another body");
    let rebuilt = examined(&close(msg), context(&mailing));
    assert_ne!(rebuilt.verdicts.overall.word, Word::Contradicted);
}

#[test]
fn a_chain_of_dkim2_is_open_as_msg_unless_it_is_none() {
    let key = Algorithm::Ed25519([7; 32]);
    let by = Handling {
        domain: "example.org",
        keys: &[("s1", key)],
        from: "<a@example.org>",
        to: &["<b@example.net>"],
        time: 1_603_195_200,
        recipe: None,
        further: "",
    };
    let context = || Context {
        keys: KeyBook::parse(&format!("s1._domainkey.example.org {}", record(key)), "keys")
            .unwrap(),
        ..Context::default()
    };
    let whole = hand_on(b"From: a@example.org\r\nSubject: x\r\n\r\nbody\r\n", &by);
    let whole = String::from_utf8(whole).unwrap();
    let (header, _) = whole.split_once("\r\n\r\n").unwrap();
    for (from, to, state, code) in [
        ("i=1", "i=1", State::Unchecked, "body-not-kept"),
        ("Subject: x", "Subject: y", State::Unchecked, "body-not-kept"),
        ("i=1", "i=2", State::Failed, "chain-broken"),
    ] {
        let mut msg = file();
        text(&mut msg, "", "007D", &header.replacen(from, to, 1));
        text(&mut msg, "", "1000", "body");
        let rebuilt = examined(&close(msg), context());
        let chain = rebuilt.dkim2.unwrap();
        assert_eq!((chain.state, chain.reason.code), (state, code), "{to}");
        assert!(chain.hops.iter().all(|hop| !hop.as_it_is && hop.state == state));
        assert_eq!(rebuilt.verdicts.overall.word, Word::Unverified);
    }
}

#[test]
fn the_digest_is_that_of_the_file() {
    use sha2::{Digest, Sha256};
    let (mailing, _, msg) = signed();
    let rebuilt = examined(&msg, context(&mailing));
    let digits = rebuilt.sha256.as_bytes().chunks(2);
    let digest: Vec<u8> = digits
        .map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap())
        .collect();
    assert_eq!(digest, Sha256::digest(&msg).to_vec());
    assert_eq!(rebuilt.bytes, msg.len() as u64);
}

#[test]
fn without_a_header_what_outlook_noted_stands_for_it() {
    let mut msg = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut fixed = vec![0; 32];
    // PidTagClientSubmitTime, a time, of 2020-10-20 12:00 in universal time.
    let ticks = (1_603_195_200_u64 + 11_644_473_600) * 10_000_000;
    fixed.extend([0x40, 0, 0x39, 0, 6, 0, 0, 0]);
    fixed.extend(ticks.to_le_bytes());
    put(&mut msg, "/__properties_version1.0", &fixed);
    text(&mut msg, "", "0C1A", "Zqxmarlo");
    text(&mut msg, "", "5D01", "zqxmarlo@example.org");
    text(&mut msg, "", "1000", "We know where you live. Pay 2 bitcoin.");
    msg.create_storage("/__recip_version1.0_#00000000").unwrap();
    put(&mut msg, "/__recip_version1.0_#00000000/__properties_version1.0", &[0; 8]);
    text(&mut msg, "/__recip_version1.0_#00000000", "39FE", "zqxbo@example.com");
    let found = examined(&close(msg), Context::default());
    assert_eq!(found.claims.from, ["example.org"]);
    assert_eq!(found.claims.recipients, 1);
    assert_eq!(found.claims.date.map(charivari_model::Timestamp::seconds), Some(1_603_195_200));
    assert!(!found.words.is_empty(), "the words of the body are read");
    assert!(found.faults.iter().any(|fault| fault.code == "header-missing"));
    assert_eq!(found.claims.boundary_shape, None, "the boundary is ours and no trait of theirs");
}

#[test]
fn attachments_are_hashed_and_messages_within_are_examined() {
    let mut msg = file();
    text(&mut msg, "", "007D", "From: a@example.org\r\nSubject: s\r\n");
    put(
        &mut msg,
        "/__substg1.0_10130102",
        b"<p>See <a href=\"https://evil.example.net/\">this</a></p>",
    );
    let first = "/__attach_version1.0_#00000000";
    msg.create_storage(first).unwrap();
    text(&mut msg, first, "3707", "R\u{e9}sum\u{e9}.pdf.exe");
    text(&mut msg, first, "370E", "application/pdf");
    let bytes: Vec<u8> = (0..=255).collect();
    put(&mut msg, &format!("{first}/__substg1.0_37010102"), &bytes);
    let second = "/__attach_version1.0_#00000001";
    let inner = format!("{second}/__substg1.0_3701000D");
    msg.create_storage_all(&inner).unwrap();
    put(&mut msg, &format!("{inner}/__properties_version1.0"), &[0; 24]);
    text(&mut msg, &inner, "007D", "From: b@example.com\r\n");
    text(&mut msg, &inner, "1000", "inner words");
    let found = examined(&close(msg), Context::default());
    assert_eq!(found.attachments.len(), 1);
    let file = &found.attachments[0];
    assert_eq!((file.kind.as_str(), file.bytes), ("application/pdf", 256));
    assert_eq!(file.ending.as_deref(), Some("exe"));
    assert_eq!(file.sha256, "40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880");
    assert_eq!(found.links.len(), 1, "links of the page are listed");
    assert_eq!(found.domains(), ["evil.example.net", "example.com", "example.org"]);
    assert_eq!(found.nested.len(), 1);
    assert_eq!(found.nested[0].claims.from, ["example.com"]);
}

#[test]
fn what_is_beyond_the_cap_is_counted() {
    let mut msg = file();
    text(&mut msg, "", "007D", "From: a@example.org\r\n");
    text(&mut msg, "", "1000", &"x".repeat(30_000));
    let piece = piece(&close(msg), 10_000);
    assert!(piece.cut > 50_000 && piece.bytes.len() < 20_000, "{}", piece.cut);
}

#[test]
fn what_holds_no_message_is_refused() {
    let mut other = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    put(&mut other, "/WordDocument", b"words");
    let cases = [
        ("damaged", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec(), "damaged"),
        ("a document", close(other), "holds no message"),
        ("too long", [close(file()), vec![0; 4 << 20]].concat(), "more than twice"),
    ];
    for (name, bytes, expected) in cases {
        let error = Mailbox::open(&bytes[..], "a.msg", 1_000).err().unwrap().to_string();
        assert!(
            error.starts_with("E0904: a.msg is") && error.contains(expected),
            "{name}: {error}"
        );
    }
}
