//! What the fuzz targets run: one function a parser, and what has to hold after it.

use crate::dkim2;
use crate::examine::{Context, Examiner};
use crate::keys::{KeyBook, PublishedKeys};
use crate::mailbox::{Mailbox, Piece};
use crate::raw::{Raw, crlf};
use crate::verdict::Word;
use crate::{Protected, State, Trusted, authres, lexicon, outlook, path};

/// The names of all targets.
pub fn targets() -> Vec<String> {
    ["mail-message", "mail-mbox", "mail-outlook", "mail-keys", "mail-received", "mail-dkim2"]
        .map(str::to_owned)
        .to_vec()
}

/// Runs one target on one input.
///
/// # Panics
/// Something that has to hold does not, or there is no such target.
pub fn run(target: &str, bytes: &[u8]) {
    match target {
        "mail-message" => message(bytes),
        "mail-mbox" => mbox(bytes),
        "mail-outlook" => compound(bytes),
        "mail-keys" => keys(&String::from_utf8_lossy(bytes)),
        "mail-received" => received(bytes),
        "mail-dkim2" => custody(bytes),
        _ => panic!("there is no fuzz target {target}"),
    }
}

/// A key that is in every file of keys here, so that signatures are checked and not only read.
const KEYS: &str = "brisbane._domainkey.football.example.com \
                    v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

fn examiner() -> Examiner {
    let keys = KeyBook::parse(KEYS, "keys").unwrap_or_default();
    let trusted = Trusted::parse("mx.example.org=below").into_iter().collect();
    let protected = Protected::parse("The Example <news@example.org>", "list").unwrap_or_default();
    Examiner::new(Context { keys, trusted, protected, ..Context::default() })
}

fn message(bytes: &[u8]) {
    let by = examiner();
    for quoted in [false, true] {
        let piece = Piece { bytes: bytes.to_vec(), quoted, ..Piece::default() };
        let examined = by.examine(&piece);
        let again = by.examine(&piece);
        let told = serde_json::to_string(&examined.examination).unwrap_or_default();
        assert!(!told.is_empty(), "a message cannot be written down");
        assert_eq!(
            told,
            serde_json::to_string(&again.examination).unwrap_or_default(),
            "a message examined twice gives two answers"
        );
        let text = examined.traits.text();
        for hit in &examined.examination.words {
            let (from, to) = (hit.at as usize, (hit.at + hit.bytes) as usize);
            assert!(text.len() < to || text.get(from..to).is_some(), "a hit stands nowhere");
        }
    }
    assert_eq!(crlf(bytes), crlf(&crlf(bytes)), "line ends are made whole once");
}

fn mbox(bytes: &[u8]) {
    let bytes = if bytes.starts_with(b"From ") {
        bytes.to_vec()
    } else {
        [b"From a Tue Oct 20 12:00:00 2020\n", bytes].concat()
    };
    let Ok(mut mailbox) = Mailbox::open(&bytes[..], "box", 1 << 12) else { return };
    let (mut kept, mut cut, mut last) = (0, 0, 0);
    while let Ok(Some(piece)) = mailbox.next() {
        assert!(piece.offset >= last, "messages do not stand in their order");
        assert!(piece.bytes.len() <= 1 << 12, "the cap does not hold");
        last = piece.offset;
        kept += piece.bytes.len() as u64;
        cut += piece.cut;
    }
    assert!(kept + cut <= bytes.len() as u64, "there are more bytes than there were");
}

fn compound(bytes: &[u8]) {
    const CAP: usize = 1 << 14;
    let mut bytes = bytes.to_vec();
    bytes.resize(bytes.len().max(outlook::MAGIC.len()), 0);
    bytes[..outlook::MAGIC.len()].copy_from_slice(outlook::MAGIC);
    let Ok(mut mailbox) = Mailbox::open(&bytes[..], "a.msg", CAP) else { return };
    let by = examiner();
    while let Ok(Some(piece)) = mailbox.next() {
        assert!(piece.rebuilt.is_some(), "a message is said to be as it was sent");
        let told = by.examine(&piece).examination;
        assert_eq!(told.bytes, bytes.len() as u64, "the file has another length");
        assert!(!told.has_valid_signature(), "a signature holds over a body that was rebuilt");
        assert!(
            told.verdicts.content.word != Word::Contradicted,
            "what Outlook does not keep is held against a message"
        );
    }
}

fn keys(text: &str) {
    drop(KeyBook::parse(text, "keys"));
    drop(PublishedKeys::parse(text, "published"));
    drop(Protected::parse(text, "list"));
    drop(Trusted::parse(text));
    // A record on its own, as a line of a file.
    drop(KeyBook::parse(&format!("a._domainkey.example.org .. {text}"), "keys"));
}

/// The first line is a recipe, as it would stand in the last `Message-Instance`; the rest is a
/// message. Both are tried without the base64 and the digests that random bytes never meet.
fn custody(bytes: &[u8]) {
    let at = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    dkim2::fuzz(&bytes[..at], &crlf(bytes.get(at + 1..).unwrap_or_default()));
    let examined = examiner().examine(&Piece { bytes: bytes.to_vec(), ..Piece::default() });
    let Some(chain) = examined.examination.dkim2 else { return };
    assert!(!chain.hops.is_empty(), "a chain has no hop");
    let worst = |state| chain.hops.iter().any(|hop| hop.state == state);
    assert!(worst(chain.state) || chain.state == State::Failed, "a chain is what no hop is");
    assert!(
        chain.state != State::Valid || chain.hops.iter().all(|hop| hop.state == State::Valid),
        "a chain holds and one of its hops does not"
    );
}

fn received(bytes: &[u8]) {
    drop(path::parse(bytes));
    let text = String::from_utf8_lossy(bytes);
    drop(authres::parse(&text));
    for hit in lexicon::hits(&text) {
        let end = (hit.at + hit.bytes) as usize;
        assert!(text.get(hit.at as usize..end).is_some(), "a hit stands nowhere");
    }
    let whole = crlf(bytes).into_owned();
    let trusted: Vec<Trusted> = Trusted::parse("example.org").into_iter().collect();
    let path = path::read(&Raw::parse(&whole), &trusted);
    assert!(path.hops.iter().filter(|hop| hop.boundary).count() <= 1, "there are two boundaries");
}
