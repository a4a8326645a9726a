//! Own messages, signed with own keys, and what is said when they are tampered with.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests are tests")]

mod common;

use charivari_mail::{
    Alignment, Context, Examination, Examiner, KeyBook, Piece, PublishedKeys, State, Trusted, Word,
};
use charivari_simulate::mail::keys::{RSA_512, RSA_1024, RSA_2048, RsaKey};
use charivari_simulate::mail::{Algorithm, Signing, record, sign};

use common::{ED, MESSAGE, RSA, TIME};

const HEADERS: [&str; 7] = ["from", "to", "subject", "date", "message-id", "from", "subject"];

fn signing(algorithm: Algorithm) -> Signing<'static> {
    Signing {
        domain: "example.org",
        selector: "s1",
        algorithm,
        headers: &HEADERS,
        time: Some(TIME),
        length: None,
        further: "",
    }
}

fn keys(algorithm: Algorithm) -> String {
    format!("s1._domainkey.example.org 2020-01-01..2020-12-31 {}\n", record(algorithm))
}

fn examine(bytes: &[u8], keys: &str) -> Examination {
    with(bytes, keys, "", &[])
}

fn with(bytes: &[u8], keys: &str, published: &str, trusted: &[&str]) -> Examination {
    let context = Context {
        keys: KeyBook::parse(keys, "keys").unwrap(),
        published: PublishedKeys::parse(published, "published").unwrap(),
        trusted: trusted.iter().map(|host| Trusted::parse(host).unwrap()).collect(),
        ..Context::default()
    };
    let piece = Piece { bytes: bytes.to_vec(), ..Piece::default() };
    let examination = Examiner::new(context).examine(&piece).examination;
    let told = serde_json::to_string(&examination).unwrap() + &format!("{examination:?}");
    assert!(!told.to_lowercase().contains("zqx"), "{told}");
    examination
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_signature_of_the_senders_domain_verifies_sender_and_content() {
    for algorithm in [RSA, ED, Algorithm::Rsa(RSA_1024)] {
        let examined = examine(&sign(MESSAGE.as_bytes(), &signing(algorithm)), &keys(algorithm));
        let one = &examined.signatures[0];
        assert_eq!(
            (one.state, one.alignment),
            (State::Valid, Alignment::Strict),
            "{:?}",
            one.reason
        );
        assert_eq!(one.oversigned, ["from", "subject"]);
        assert_eq!(examined.verdicts.overall.word, Word::Verified);
        assert_eq!(examined.verdicts.date.word, Word::Unverified, "the date is the signer's word");
        let weak = one.notes.iter().any(|note| note.code == "key-weak");
        assert_eq!(weak, one.key_bits == Some(1024));
    }
}

#[test]
fn lines_that_lost_their_carriage_returns_still_verify() {
    let signed = text(&sign(MESSAGE.as_bytes(), &signing(RSA))).replace("\r\n", "\n");
    assert_eq!(examine(signed.as_bytes(), &keys(RSA)).verdicts.overall.word, Word::Verified);
}

#[test]
fn every_change_is_told_by_its_true_reason() {
    type Change = (&'static str, &'static str, &'static str, &'static str, Word);
    // What is changed, from what, to what, the reason, and the word on the content.
    let cases: [Change; 13] = [
        ("a byte of the body", "minutes.", "minutes!", "body-changed", Word::Contradicted),
        (
            "a line at the end",
            "Zqxmarlo\r\n",
            "Zqxmarlo\r\n--\r\nthe list\r\n",
            "body-changed",
            Word::Contradicted,
        ),
        ("the subject", "The minutes", "The money", "headers-changed", Word::Contradicted),
        (
            "the sender",
            "zqxmarlo@example.org",
            "zqxother@example.org",
            "headers-changed",
            Word::Contradicted,
        ),
        ("the date", "20 Oct 2020", "19 Oct 2020", "headers-changed", Word::Contradicted),
        (
            "a tag of a list",
            "Subject: The",
            "Subject: [list] The",
            "subject-tagged",
            Word::Contradicted,
        ),
        ("a second subject", "To: ", "Subject: x\r\nTo: ", "header-added", Word::Contradicted),
        (
            "the time of signing",
            "t=1603195200",
            "t=1603195201",
            "headers-changed",
            Word::Contradicted,
        ),
        ("the domain", "d=example.org", "d=example.com", "no-key", Word::Unverified),
        ("the selector", "s=s1;", "s=s2;", "no-key", Word::Unverified),
        (
            "the algorithm",
            "a=rsa-sha256",
            "a=ed25519-sha256",
            "key-of-another-kind",
            Word::Unverified,
        ),
        ("a tag twice", "v=1;", "v=1; v=1;", "malformed", Word::Unverified),
        ("no From", "h=from:to:", "h=to:", "from-unsigned", Word::Unverified),
    ];
    let signed = text(&sign(MESSAGE.as_bytes(), &signing(RSA)));
    for (name, from, to, reason, word) in cases {
        let at = if from == "Zqxmarlo\r\n" { signed.rfind(from) } else { signed.find(from) };
        let at = at.unwrap_or_else(|| panic!("{name}"));
        let changed = format!("{}{to}{}", &signed[..at], &signed[at + from.len()..]);
        let mut changed = changed;
        if name == "no From" {
            changed = changed.replace(":message-id:from:", ":message-id:");
        }
        let examined = examine(changed.as_bytes(), &keys(RSA));
        let one = &examined.signatures[0];
        let expected = if name == "a line at the end" { "body-appended" } else { reason };
        assert_eq!(one.reason.code, expected, "{name}: {:?}", one.reason);
        assert_ne!(one.state, State::Valid, "{name}");
        assert_eq!(examined.verdicts.content.word, word, "{name}");
        assert_ne!(examined.verdicts.overall.word, Word::Verified, "{name}");
    }
}

#[test]
fn a_damaged_signature_and_a_wrong_key_are_told_from_changed_fields() {
    let signed = text(&sign(MESSAGE.as_bytes(), &signing(RSA)));
    let at = signed.find("b=\r\n").map_or_else(|| signed.rfind("\tb=").unwrap() + 3, |at| at + 2);
    let mut damaged = signed.clone().into_bytes();
    damaged[at] = if damaged[at] == b'A' { b'B' } else { b'A' };
    let examined = examine(&damaged, &keys(RSA));
    assert_eq!(examined.signatures[0].reason.code, "not-this-key");
    assert_eq!(examined.verdicts.content.word, Word::Unverified);
    let other = format!("s1._domainkey.example.org {}\n", record(Algorithm::Rsa(RSA_1024)));
    assert_eq!(examine(signed.as_bytes(), &other).signatures[0].reason.code, "not-this-key");
    // Ed25519 cannot tell, and that is said.
    let signed = text(&sign(MESSAGE.as_bytes(), &signing(ED))).replace("The minutes", "The money");
    assert_eq!(examine(signed.as_bytes(), &keys(ED)).signatures[0].reason.code, "does-not-fit");
}

#[test]
fn fields_in_another_order_are_told() {
    let twice = MESSAGE.replacen(
        "Subject: The minutes",
        "Comments: a\r\nComments: b\r\nSubject: The minutes",
        1,
    );
    let with = Signing { headers: &["from", "comments", "comments"], ..signing(RSA) };
    let signed = text(&sign(twice.as_bytes(), &with));
    let turned = signed.replace("Comments: a\r\nComments: b", "Comments: b\r\nComments: a");
    assert_eq!(examine(signed.as_bytes(), &keys(RSA)).signatures[0].reason.code, "valid");
    assert_eq!(
        examine(turned.as_bytes(), &keys(RSA)).signatures[0].reason.code,
        "headers-reordered"
    );
}

#[test]
fn what_stands_after_the_signed_length_is_not_vouched_for() {
    let body = MESSAGE.split_once("\r\n\r\n").unwrap().1;
    let with = Signing { length: Some(body.len()), ..signing(RSA) };
    let signed = text(&sign(MESSAGE.as_bytes(), &with)) + "Send money.\r\n";
    let examined = examine(signed.as_bytes(), &keys(RSA));
    let one = &examined.signatures[0];
    assert_eq!((one.state, one.whole_body), (State::Valid, false));
    assert!(one.notes.iter().any(|note| note.code == "length-limited"));
    assert_eq!(examined.verdicts.content.word, Word::Unverified);
    assert_eq!(examined.verdicts.overall.word, Word::Unverified);
    let cut = signed.replace("Zqxmarlo\r\nSend money.\r\n", "");
    assert_eq!(examine(cut.as_bytes(), &keys(RSA)).signatures[0].reason.code, "body-cut");
}

type Case = (&'static str, String, String, State, &'static str);

#[test]
fn a_key_counts_only_in_its_time_and_while_it_is_secret() {
    let signed = sign(MESSAGE.as_bytes(), &signing(RSA));
    let good = record(RSA);
    let cases: [Case; 8] = [
        (
            "of a later time",
            format!("s1._domainkey.example.org 2021-01-01.. {good}"),
            String::new(),
            State::Void,
            "key-of-another-time",
        ),
        (
            "one of several",
            format!(
                "s1._domainkey.example.org ..2019-12-31 {}\ns1._domainkey.example.org 2020-01-01.. {good}",
                record(Algorithm::Rsa(RSA_1024))
            ),
            String::new(),
            State::Valid,
            "valid",
        ),
        (
            "published since",
            keys(RSA),
            format!("s1._domainkey.example.org 2022-03-01 {good}"),
            State::Void,
            "private-key-public",
        ),
        (
            "published, any",
            keys(RSA),
            "s1._domainkey.example.org 2022-03-01 *".to_owned(),
            State::Void,
            "private-key-public",
        ),
        (
            "taken back",
            "s1._domainkey.example.org v=DKIM1; p=".to_owned(),
            String::new(),
            State::Failed,
            "key-revoked",
        ),
        (
            "for no mail",
            format!("s1._domainkey.example.org {good}; s=tlsrpt"),
            String::new(),
            State::Failed,
            "key-not-for-this",
        ),
        (
            "for another digest",
            format!("s1._domainkey.example.org {good}; h=sha1"),
            String::new(),
            State::Failed,
            "key-not-for-this",
        ),
        (
            "no key",
            "s1._domainkey.example.org v=DKIM1; p=AAAA".to_owned(),
            String::new(),
            State::Failed,
            "key-malformed",
        ),
    ];
    for (name, keys, published, state, code) in cases {
        let examined = with(&signed, &keys, &published, &[]);
        let one = &examined.signatures[0];
        assert_eq!((one.state, one.reason.code), (state, code), "{name}");
        assert_eq!(
            examined.verdicts.overall.word == Word::Verified,
            state == State::Valid,
            "{name}"
        );
    }
}

#[test]
fn weak_keys_expiry_identity_and_testing_are_named() {
    let short = Algorithm::Rsa(RSA_512);
    let examined = examine(&sign(MESSAGE.as_bytes(), &signing(short)), &keys(short));
    assert_eq!(examined.signatures[0].reason.code, "key-too-short");
    let with_further =
        |further: &'static str| sign(MESSAGE.as_bytes(), &Signing { further, ..signing(RSA) });
    let code = |bytes: &[u8], keys: &str| examine(bytes, keys).signatures[0].reason.code;
    assert_eq!(code(&with_further("i=@example.com"), &keys(RSA)), "identity-mismatch");
    assert_eq!(code(&with_further("i=@mail.example.org"), &keys(RSA)), "valid");
    let strict = format!("s1._domainkey.example.org {}; t=s", record(RSA));
    assert_eq!(code(&with_further("i=@mail.example.org"), &strict), "identity-mismatch");
    assert_eq!(code(&with_further("x=1603195100"), &keys(RSA)), "malformed");
    let testing = format!("s1._domainkey.example.org {}; t=y", record(RSA));
    let examined = examine(&with_further("x=1603300000"), &testing);
    let codes: Vec<_> = examined.signatures[0].notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["expires", "testing"]);
    let late = "Received: from a.example.net ([203.0.113.9]) by mx.example.net; Tue, 27 Oct 2020 12:00:00 +0000\r\n";
    let late = [late.as_bytes(), &with_further("x=1603300000")].concat();
    assert_eq!(code(&late, &keys(RSA)), "expired");
}

#[test]
fn a_signature_of_somebody_else_says_nothing_of_the_sender() {
    let other = Signing { domain: "provider.example", ..signing(RSA) };
    let keys = format!("s1._domainkey.provider.example {}", record(RSA));
    let examined = examine(&sign(MESSAGE.as_bytes(), &other), &keys);
    let words = (examined.verdicts.sender.word, examined.verdicts.content.word);
    assert_eq!(words, (Word::Unverified, Word::Verified));
    assert_eq!(examined.verdicts.sender.why[0].code, "signed-by-others");
    let under = Signing { domain: "mail.example.org", ..signing(RSA) };
    let keys = format!("s1._domainkey.mail.example.org {}", record(RSA));
    assert_eq!(
        examine(&sign(MESSAGE.as_bytes(), &under), &keys).verdicts.sender.word,
        Word::Verified
    );
}

#[test]
fn an_unsigned_message_is_unverified_and_not_forged() {
    let examined = examine(MESSAGE.as_bytes(), "");
    let overall = &examined.verdicts.overall;
    assert_eq!(overall.word, Word::Unverified);
    assert!(overall.why.iter().any(|why| why.text.contains("unverified is not forged")));
}

#[test]
fn records_count_only_of_the_trusted_server_and_above_its_line() {
    let line = "Received: from out.example.org (out.example.org [203.0.113.9]) by mx.example.net; \
                Tue, 20 Oct 2020 12:00:09 +0000\r\n";
    let results = |server: &str, dmarc: &str| {
        format!("Authentication-Results: {server}; dmarc={dmarc} header.from=example.org\r\n")
    };
    let trusted = ["mx.example.net"];
    let below = ["mx.example.net=below"];
    let pass = results("mx.example.net", "pass");
    let fail = results("mx.example.net", "fail");
    let stranger = results("mx.example.com", "pass");
    let cases: [(&str, String, &[&str], Word, &str); 7] = [
        ("above", format!("{pass}{line}"), &trusted, Word::Verified, "above-trusted-hop"),
        ("fails", format!("{fail}{line}"), &trusted, Word::Contradicted, "above-trusted-hop"),
        ("below", format!("{line}{pass}"), &trusted, Word::Unverified, "below-trusted-hop"),
        ("below by choice", format!("{line}{pass}"), &below, Word::Verified, "below-by-choice"),
        (
            "not trusted",
            format!("{stranger}{line}"),
            &trusted,
            Word::Unverified,
            "server-not-trusted",
        ),
        ("nobody trusted", format!("{pass}{line}"), &[], Word::Unverified, "server-not-trusted"),
        ("no line of the server", pass.clone(), &trusted, Word::Unverified, "no-trusted-hop"),
    ];
    for (name, top, trusted, word, code) in cases {
        let examined = with((top + MESSAGE).as_bytes(), "", "", trusted);
        assert_eq!(examined.verdicts.sender.word, word, "{name}");
        assert_eq!(examined.results[0].reason.code, code, "{name}");
    }
    // The trusted server's clock bears out the date, or contradicts it.
    let dated = |message: &str| with((line.to_owned() + message).as_bytes(), "", "", &trusted);
    assert_eq!(dated(MESSAGE).verdicts.date.word, Word::Verified);
    assert_eq!(dated(&MESSAGE.replace("20 Oct", "25 Oct")).verdicts.date.word, Word::Contradicted);
    assert_eq!(dated(&MESSAGE.replace("20 Oct", "12 Oct")).verdicts.date.word, Word::Unverified);
}

#[test]
fn a_message_within_a_message_is_examined_too() {
    let inner = text(&sign(MESSAGE.as_bytes(), &signing(RSA)));
    let outer = format!(
        "From: Zqxoleen <zqxoleen@example.com>\r\nTo: zqxnadir@example.net\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\nsee\r\n\
         --b1\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b1--\r\n"
    );
    let examined = examine(outer.as_bytes(), &keys(RSA));
    assert_eq!(examined.verdicts.overall.word, Word::Unverified);
    assert_eq!(examined.nested.len(), 1);
    assert_eq!(
        examined.nested[0].verdicts.overall.word,
        Word::Verified,
        "{:#?}",
        examined.nested[0].signatures
    );
}

#[test]
fn an_mbox_quotes_from_and_the_signature_still_holds() {
    let message = MESSAGE.replace("here are", "From here on\r\nhere are");
    let signed = text(&sign(message.as_bytes(), &signing(RSA)));
    let context =
        || Context { keys: KeyBook::parse(&keys(RSA), "keys").unwrap(), ..Context::default() };
    let original =
        text(&sign(message.replace("From here", ">From here").as_bytes(), &signing(RSA)));
    for (name, bytes) in [
        ("quoted by the mailbox", signed.replace("\r\nFrom here", "\r\n>From here")),
        ("quoted by the writer", original.clone()),
        ("quoted by both", original.replace("\r\n>From here", "\r\n>>From here")),
    ] {
        let piece = Piece { bytes: bytes.into_bytes(), quoted: true, ..Piece::default() };
        let examined = Examiner::new(context()).examine(&piece).examination;
        assert_eq!(examined.verdicts.overall.word, Word::Verified, "{name}");
    }
}

#[test]
fn keys_of_the_simulator_are_what_they_say() {
    let bits = |key: RsaKey| key.modulus.len() * 4;
    assert_eq!([RSA_512, RSA_1024, RSA_2048].map(bits), [512, 1024, 2048]);
}
