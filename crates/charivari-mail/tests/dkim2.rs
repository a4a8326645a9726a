//! Own messages, handed on by several who each sign (DKIM2, a draft), and what is said when they are
//! tampered with.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use charivari_mail::{
    Alignment, Context, Custody, DKIM2_DRAFT, Examination, Examiner, KeyBook, Piece, PublishedKeys,
    State, Trusted, Word,
};
use charivari_simulate::mail::keys::{RSA_512, RSA_1024};
use charivari_simulate::mail::{Algorithm, Handling, Signing, hand_on, record, sign};
use charivari_simulate::random::Random;

use common::{ED, MESSAGE, RSA, TIME};

const OTHER: Algorithm = Algorithm::Ed25519([8; 32]);

/// The sender, who writes to a list.
fn sender<'a>(keys: &'a [(&'a str, Algorithm)]) -> Handling<'a> {
    Handling {
        domain: "example.org",
        keys,
        from: "<zqxmarlo@mail.example.org>",
        to: &["<zqxlist@lists.example>"],
        time: TIME,
        recipe: None,
        further: "",
    }
}

/// The list, which writes to a member.
fn list(recipe: Option<&'static str>) -> Handling<'static> {
    Handling {
        domain: "lists.example",
        keys: &[("l1", OTHER)],
        from: "<zqxbounces@lists.example>",
        to: &["<zqxnadir@example.net>"],
        time: TIME + 60,
        recipe,
        further: "",
    }
}

/// What the list does to the subject and the body, and how to undo it.
const RECIPE: &str = r#"{"h":{"subject":[{"d":["The minutes"]}],"list-id":[]},"b":[{"c":[1,4]}]}"#;

fn through_the_list() -> String {
    let sent = handed(MESSAGE, &sender(&[("s1", RSA)]));
    let changed = sent.replace("Subject: The", "List-Id: <lists.example>\r\nSubject: [l] The")
        + "-- \r\nthe list\r\n";
    handed(&changed, &list(Some(RECIPE)))
}

fn keys(first: Algorithm) -> String {
    format!(
        "s1._domainkey.example.org 2020-01-01..2020-12-31 {}\nl1._domainkey.lists.example {}\n",
        record(first),
        record(OTHER)
    )
}

fn handed(message: &str, by: &Handling<'_>) -> String {
    text(&hand_on(message.as_bytes(), by))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn with(bytes: &[u8], keys: &str, published: &str) -> Examination {
    let context = Context {
        keys: KeyBook::parse(keys, "keys").unwrap(),
        published: PublishedKeys::parse(published, "published").unwrap(),
        trusted: Trusted::parse("mx.example.net").into_iter().collect(),
        ..Context::default()
    };
    let piece = Piece { bytes: bytes.to_vec(), ..Piece::default() };
    let examination = Examiner::new(context).examine(&piece).examination;
    let told = serde_json::to_string(&examination).unwrap() + &format!("{examination:?}");
    assert!(!told.to_lowercase().contains("zqx"), "{told}");
    examination
}

fn chain(text: &str, keys: &str) -> Custody {
    with(text.as_bytes(), keys, "").dkim2.unwrap()
}

fn codes(chain: &Custody) -> Vec<&'static str> {
    chain.hops.iter().map(|hop| hop.reason.code).collect()
}

fn notes(chain: &Custody) -> Vec<Vec<&'static str>> {
    chain.hops.iter().map(|hop| hop.notes.iter().map(|note| note.code).collect()).collect()
}

#[test]
fn a_signature_of_the_senders_domain_verifies_sender_and_content() {
    for algorithm in [RSA, ED, Algorithm::Rsa(RSA_1024)] {
        let signed = hand_on(MESSAGE.as_bytes(), &sender(&[("s1", algorithm)]));
        let examined = with(&signed, &keys(algorithm), "");
        let chain = examined.dkim2.unwrap();
        assert_eq!((chain.state, chain.draft), (State::Valid, DKIM2_DRAFT), "{:?}", chain.reason);
        let hop = &chain.hops[0];
        assert_eq!((hop.number, hop.instance, hop.recipients), (Some(1), Some(1), Some(1)));
        assert_eq!((hop.alignment, hop.as_it_is), (Alignment::Strict, true));
        assert_eq!(examined.verdicts.overall.word, Word::Verified);
        assert!(examined.verdicts.sender.why.iter().any(|why| why.code == "draft"));
        assert_eq!(examined.verdicts.date.why[0].code, "signers-word");
        assert_eq!(notes(&chain)[0].contains(&"key-weak"), hop.key_bits == Some(1024));
        // Lines that lost their carriage returns are made whole.
        let bare = text(&signed).replace("\r\n", "\n");
        assert_eq!(with(bare.as_bytes(), &keys(algorithm), "").dkim2.unwrap().state, State::Valid);
    }
}

#[test]
fn what_a_list_changed_is_undone_and_the_sender_does_not_answer_for_it() {
    let examined = with(through_the_list().as_bytes(), &keys(RSA), "");
    let chain = examined.dkim2.unwrap();
    assert_eq!((chain.state, codes(&chain)), (State::Valid, vec!["valid", "valid"]), "{chain:?}");
    assert!(!chain.hops[0].as_it_is);
    assert_eq!(chain.hops[1].changed, ["body", "subject", "other fields"]);
    // Whoever hands a message on may put anything in the place of what was there.
    let words = (examined.verdicts.sender.word, examined.verdicts.content.word);
    assert_eq!(words, (Word::Unverified, Word::Verified));
    assert_eq!(examined.verdicts.sender.why[0].code, "changed-on-the-way");
    // One who changes nothing leaves the sender's signature as it is.
    let same = hand_on(&hand_on(MESSAGE.as_bytes(), &sender(&[("s1", RSA)])), &list(None));
    let examined = with(&same, &keys(RSA), "");
    assert_eq!(examined.verdicts.overall.word, Word::Verified);
    assert_eq!(examined.dkim2.unwrap().hops[1].instance, Some(1));
}

/// What is changed, from what, to what, and the reasons of both hops.
type Change = (&'static str, &'static str, &'static str, [&'static str; 2]);

const CHANGES: [Change; 14] = [
    ("a byte of the body", "minutes.\r", "minutes!\r", ["body-changed", "body-changed"]),
    ("what the list added", "the list\r", "the  list\r", ["valid", "body-changed"]),
    ("a line at the end", "the list\r\n", "the list\r\nmore\r\n", ["valid", "body-appended"]),
    ("the sender", "From: Zqxmarlo", "From: Zqxo", ["headers-changed", "headers-changed"]),
    ("the list's tag", "[l] The", "[m] The", ["valid", "headers-changed"]),
    ("another tag", "[l] The", "[x] [l] The", ["valid", "subject-tagged"]),
    ("a second subject", "To: Zqx", "Subject: x\r\nTo: Zqx", ["valid", "header-added"]),
    ("another field", "To: Zqx", "Cc: x\r\nTo: Zqx", ["headers-changed", "header-added"]),
    ("the first time", "t=1603195200", "t=1603195201", ["chain-changed", "does-not-fit"]),
    ("the second time", "t=1603195260", "t=1603195261", ["valid", "does-not-fit"]),
    ("the selector", "s=s1:", "s=s9:", ["no-key", "does-not-fit"]),
    (
        "the algorithm",
        "s1:rsa-sha256",
        "s1:ed25519-sha256",
        ["key-of-another-kind", "does-not-fit"],
    ),
    ("an unknown algorithm", "s1:rsa-sha256", "s1:rsa-sha3", ["algorithm-unknown", "does-not-fit"]),
    ("the first domain", "d=example.org", "d=example.com", ["domain-mismatch", "does-not-fit"]),
];

#[test]
fn every_change_is_told_by_its_true_reason() {
    let whole = through_the_list();
    for (name, from, to, expected) in CHANGES {
        assert!(whole.contains(from), "{name}");
        let chain = chain(&whole.replacen(from, to, 1), &keys(RSA));
        assert_eq!(codes(&chain), expected, "{name}: {chain:?}");
        assert_eq!(chain.state, State::Failed, "{name}");
    }
}

#[test]
fn a_chain_without_its_order_is_none() {
    let whole = through_the_list();
    let cases = [
        ("a number twice", "DKIM2-Signature: i=2", "DKIM2-Signature: i=1", "chain-broken"),
        ("a gap", "DKIM2-Signature: i=2", "DKIM2-Signature: i=3", "chain-broken"),
        ("an instance twice", "Message-Instance: m=2", "Message-Instance: m=1", "chain-broken"),
        ("an instance taken out", "Message-Instance: m=1", "Comments: m=1", "chain-broken"),
        ("signatures turned", "i=2; m=2", "i=2; m=1", "instance-unsigned"),
        ("an instance that is not there", "i=2; m=2", "i=2; m=3", "chain-broken"),
        ("a signature that cannot be read", "i=2; m=2", "i=2; m=2; m=2", "malformed"),
        ("an instance that cannot be read", "m=1; h=", "m=1; x=", "malformed"),
        (
            "the last signature taken out",
            "DKIM2-Signature: i=2",
            "Comments: i=2",
            "instance-unsigned",
        ),
    ];
    for (name, from, to, code) in cases {
        assert!(whole.contains(from), "{name}");
        let examined = with(whole.replacen(from, to, 1).as_bytes(), &keys(RSA), "");
        let chain = examined.dkim2.unwrap();
        assert_eq!((chain.state, chain.reason.code), (State::Failed, code), "{name}");
        assert!(chain.hops.iter().all(|hop| hop.state == State::Failed), "{name}");
        assert_eq!(examined.verdicts.overall.word, Word::Unverified, "{name}");
    }
    let many = "DKIM2-Signature: i=1\r\n".repeat(51) + MESSAGE;
    assert_eq!(chain(&many, "").reason.code, "chain-too-long");
}

#[test]
fn whoever_signs_must_have_had_it_from_the_one_before() {
    let sent = hand_on(MESSAGE.as_bytes(), &sender(&[("s1", RSA)]));
    let thief = Handling { domain: "thief.example", from: "<zqxa@thief.example>", ..list(None) };
    let keys = keys(RSA) + &format!("l1._domainkey.thief.example {}\n", record(OTHER));
    let stolen = chain(&text(&hand_on(&sent, &thief)), &keys);
    assert_eq!(codes(&stolen), ["valid", "custody-broken"]);
    // Below the domain of the recipient is as good, and no return path is that of who signs.
    let below = Handling { from: "<zqxa@bounces.lists.example>", ..list(None) };
    assert_eq!(codes(&chain(&text(&hand_on(&sent, &below)), &keys)), ["valid", "valid"]);
    let null = Handling { from: "<>", ..list(None) };
    assert_eq!(codes(&chain(&text(&hand_on(&sent, &null)), &keys)), ["valid", "valid"]);
    // Who is named by nd= needs no address (draft 06).
    let named = |next: &str| {
        let start = "\r\n\tmf=PHpxeG1hcmxvQG1haWwuZXhhbXBsZS5vcmc+;\r\n\trt=PHpxeGxpc3RAbGlzdHMuZXhhbXBsZT4=;";
        let sent = text(&sent);
        assert!(sent.contains(start));
        let sent = sent.replace(start, &format!(" nd={next};"));
        chain(&handed(&sent, &list(None)), &keys)
    };
    assert_eq!(codes(&named("lists.example")), ["chain-changed", "valid"]);
    assert_eq!(codes(&named("other.example")), ["chain-changed", "custody-broken"]);
    assert!(notes(&named("lists.example"))[0].contains(&"later-form"));
}

#[test]
fn a_recipe_may_not_tell_or_not_fit() {
    let sent = handed(MESSAGE, &sender(&[("s1", RSA)])) + "more\r\n";
    for (recipe, state, code) in [
        (r#"{"b":null}"#, State::Unchecked, "not-undone"),
        (r#"{"h":null}"#, State::Unchecked, "not-undone"),
        (r#"{"b":[{"c":[1,99]}]}"#, State::Failed, "recipe-broken"),
        ("{", State::Failed, "recipe-broken"),
        (r#"{"b":[{"c":[1,5]}]}"#, State::Failed, "body-changed"),
        (r#"{"b":[{"c":[1,4]}]}"#, State::Valid, "valid"),
    ] {
        let chain = chain(&handed(&sent, &list(Some(recipe))), &keys(RSA));
        assert_eq!((chain.hops[0].state, codes(&chain)), (state, vec![code, "valid"]), "{recipe}");
    }
}

#[test]
fn a_key_counts_only_in_its_time_and_while_it_is_secret() {
    let signed = hand_on(MESSAGE.as_bytes(), &sender(&[("s1", ED)]));
    let place = "s1._domainkey.example.org";
    let good = record(ED);
    for (keys, published, state, code) in [
        (format!("{place} 2021-01-01.. {good}"), "", State::Void, "key-of-another-time"),
        (keys(ED), "s1._domainkey.example.org 2022-03-01 *", State::Void, "private-key-public"),
        (format!("{place} v=DKIM1; p="), "", State::Failed, "key-revoked"),
        (format!("{place} {good}; s=tlsrpt"), "", State::Failed, "key-not-for-this"),
        // The list of digests is no more.
        (format!("{place} {good}; h=sha1"), "", State::Valid, "chain-valid"),
        (format!("{place} {}", record(OTHER)), "", State::Failed, "does-not-fit"),
        (String::new(), "", State::Unchecked, "no-key"),
    ] {
        let examined = with(&signed, &keys, published);
        let chain = examined.dkim2.unwrap();
        assert_eq!((chain.state, chain.reason.code), (state, code), "{keys}");
        let verified = examined.verdicts.overall.word == Word::Verified;
        assert_eq!(verified, state == State::Valid, "{keys}");
    }
    let short = Algorithm::Rsa(RSA_512);
    let signed = handed(MESSAGE, &sender(&[("s1", short)]));
    assert_eq!(chain(&signed, &keys(short)).reason.code, "key-too-short");
}

#[test]
fn the_delivery_tells_of_age_and_replay() {
    let signed = handed(MESSAGE, &sender(&[("s1", ED)]));
    let arrived = |path: &str, day: &str| {
        let top = format!(
            "Return-Path: <{path}>\r\nReceived: from a.example by mx.example.net; {day} 12:00:00 +0000\r\n"
        );
        chain(&(top + &signed), &keys(ED))
    };
    let own = "zqxmarlo@Mail.example.org";
    assert_eq!(codes(&arrived(own, "Tue, 03 Nov 2020")), ["valid"]);
    let late = arrived(own, "Wed, 04 Nov 2020");
    assert_eq!((late.state, codes(&late)), (State::Void, vec!["expired"]));
    assert!(notes(&arrived(own, "Wed, 21 Oct 2020"))[0].is_empty());
    let sent_on = arrived("zqxa@thief.example", "Wed, 21 Oct 2020");
    assert_eq!(notes(&sent_on)[0], ["return-path-differs"]);
}

#[test]
fn requests_and_several_signatures_are_heeded() {
    let asked = Handling { further: "f=donotmodify,donotexplode", ..sender(&[("s1", RSA)]) };
    let sent = handed(MESSAGE, &asked) + "more\r\n";
    let exploded = Handling { further: "f=exploded", ..list(Some(r#"{"b":[{"c":[1,4]}]}"#)) };
    let chain_ = chain(&handed(&sent, &exploded), &keys(RSA));
    assert_eq!(chain_.state, State::Valid);
    assert_eq!(notes(&chain_)[1], ["changed-against-request", "sent-on-against-request"]);
    assert_eq!(chain_.hops[0].flags, ["donotmodify", "donotexplode"]);
    // Two signatures in one field: both have to hold, if both can be checked.
    let both = [("s1", RSA), ("s2", ED)];
    let signed = handed(MESSAGE, &sender(&both));
    let told = |second: &str| {
        let chain = chain(&signed, &(keys(RSA) + second));
        (chain.state, codes(&chain)[0], notes(&chain)[0].first().copied())
    };
    let key = |key| format!("s2._domainkey.example.org {}\n", record(key));
    assert_eq!(told(&key(ED)), (State::Valid, "valid", None));
    assert_eq!(told(""), (State::Valid, "valid", Some("partly-checked")));
    let failed = (State::Failed, "does-not-fit", Some("other-signature-holds"));
    assert_eq!(told(&key(OTHER)), failed);
}

#[test]
fn what_the_server_that_delivers_adds_is_told() {
    let signed = handed(MESSAGE, &sender(&[("s1", ED)]));
    // Draft 06 leaves this field out, and draft 02 does not.
    let delivered = chain(&format!("Delivered-To: zqxnadir@example.net\r\n{signed}"), &keys(ED));
    assert_eq!((codes(&delivered), notes(&delivered)), (vec!["valid"], vec![vec!["later-form"]]));
    let more = chain(&format!("A: zqx\r\nB: zqx\r\n{signed}"), &keys(ED));
    assert_eq!(codes(&more), ["header-added"]);
    let turned = MESSAGE.replace("Subject:", "Comments: a\r\nComments: b\r\nSubject:");
    let signed = handed(&turned, &sender(&[("s1", ED)]));
    let turned = signed.replace("Comments: a\r\nComments: b", "Comments: b\r\nComments: a");
    assert_eq!(codes(&chain(&turned, &keys(ED))), ["headers-reordered"]);
}

#[test]
fn a_draft_takes_nothing_back_of_what_dkim_shows() {
    let with_dkim = Signing {
        domain: "example.org",
        selector: "s1",
        algorithm: RSA,
        headers: &["from", "to", "subject"],
        time: Some(TIME),
        length: None,
        further: "",
    };
    let changed = text(&sign(MESSAGE.as_bytes(), &with_dkim)).replace("minutes.", "money.");
    let examined = with(&hand_on(changed.as_bytes(), &list(None)), &keys(RSA), "");
    assert_eq!(examined.dkim2.unwrap().state, State::Valid);
    assert_eq!(examined.verdicts.content.word, Word::Contradicted);
    // And contradicts nothing: servers and lists that do not know it change messages too.
    let signed = handed(MESSAGE, &sender(&[("s1", RSA)]));
    let examined = with(signed.replace("minutes.", "money.").as_bytes(), &keys(RSA), "");
    assert_eq!(examined.verdicts.content.why[0].code, "body-changed");
    assert_eq!(examined.verdicts.overall.word, Word::Unverified);
}

#[test]
fn an_mbox_quotes_from_and_the_chain_still_holds() {
    let message = MESSAGE.replace("here are", ">From here on\r\nhere are");
    let signed = handed(&message, &sender(&[("s1", ED)]));
    for bytes in [signed.clone(), signed.replace("\r\n>From", "\r\n>>From")] {
        let keys = KeyBook::parse(&keys(ED), "keys").unwrap();
        let examiner = Examiner::new(Context { keys, ..Context::default() });
        let piece = Piece { bytes: bytes.into_bytes(), quoted: true, ..Piece::default() };
        assert_eq!(examiner.examine(&piece).examination.dkim2.unwrap().state, State::Valid);
    }
}

#[test]
fn no_mutated_chain_breaks_the_parser_or_verifies_another_message() {
    let whole = through_the_list().into_bytes();
    let keys = keys(RSA);
    let mut random = Random::new(5);
    for _ in 0..4_000 {
        let mut bytes = whole.clone();
        for _ in 0..=random.below(3) {
            let at = random.index(bytes.len());
            match random.below(4) {
                0 => bytes[at] = random.bits() as u8,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, random.pick(b"=;:,<>@0129\r\n \xff")),
                _ => {
                    let end = (at + random.index(300)).min(bytes.len());
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part);
                }
            }
        }
        let context =
            Context { keys: KeyBook::parse(&keys, "keys").unwrap(), ..Context::default() };
        let piece = Piece { bytes, ..Piece::default() };
        let examined = Examiner::new(context).examine(&piece).examination;
        // The sender signed another form, whatever is done to this one.
        assert_ne!(examined.verdicts.sender.word, Word::Verified);
    }
}
