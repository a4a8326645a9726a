//! One signature, checked against the keys of a file.

use charivari_model::Timestamp;
use charivari_text::address::registrable_domain;
use serde::Serialize;

use super::body::{self, Body};
use super::conclude::{conclude, key_notes, notes};
use super::crypto::{self, Opened};
use super::headers;
use super::key::{Key, Material};
use super::signature::{Algorithm, Kind, Signature};
use crate::keys::{Entry, KeyBook, PublishedKeys};
use crate::raw::Raw;
use crate::remark::Remark;

/// RFC 8301, section 3.2: shorter keys must not count.
const LEAST_BITS: u64 = 1024;

/// Fields without which a reader is told something that nobody signed.
const SHOWN: [&str; 6] = ["from", "subject", "date", "to", "content-type", "reply-to"];

/// What became of a signature.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The key made it over these fields and this body.
    Valid,
    /// It holds, but proves nothing, for the reason that is given.
    Void,
    /// It does not hold.
    Failed,
    /// It could not be checked.
    Unchecked,
}

/// Whether who signed is who the message says it is from (RFC 7489, section 3.1.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// The very domain.
    Strict,
    /// Another name under the same registered domain.
    Relaxed,
    /// Another domain: a provider, a list, anybody.
    None,
}

/// A signature and what came of checking it.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// What became of it.
    pub state: State,
    /// Why.
    pub reason: Remark,
    /// What else is worth knowing of it.
    pub notes: Vec<Remark>,
    /// Who signed, `d=`; empty where the signature cannot be read.
    pub domain: String,
    /// Which of its keys, `s=`.
    pub selector: String,
    /// How, `a=`.
    pub algorithm: &'static str,
    /// The length of an RSA key.
    pub key_bits: Option<u64>,
    /// When, as the signer says, `t=`.
    pub signed_at: Option<Timestamp>,
    /// Whether the signer is the domain that the message says it is from.
    pub alignment: Alignment,
    /// Whether the whole body is signed.
    pub whole_body: bool,
    /// Fields that readers see and that are not signed.
    pub unsigned: Vec<&'static str>,
    /// Fields that cannot have been added after signing.
    pub oversigned: Vec<&'static str>,
    /// Whether the signed fields are as they were, where a key could say so.
    pub headers_hold: Option<bool>,
    /// Whether the body is as it was.
    pub body_holds: bool,
}

/// What a signature is checked with.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) keys: &'a KeyBook,
    pub(crate) published: &'a PublishedKeys,
    /// The domain of the address that the message says it is from.
    pub(crate) from: Option<&'a str>,
    /// When it was signed, as far as anything but the signature says so.
    pub(crate) time: Option<Timestamp>,
    /// When it arrived.
    pub(crate) arrived: Option<Timestamp>,
}

/// Checks the signature in the field at a place.
pub(crate) fn check(raw: &Raw<'_>, own: usize, kind: Kind, ask: Question<'_>) -> Checked {
    let value = raw.fields.get(own).map_or(&[][..], |field| field.value);
    match Signature::parse(value, kind) {
        Ok(signature) => judge(raw, own, &signature, ask),
        Err(fault) => Checked {
            state: State::Failed,
            reason: Remark::new("malformed", format!("the signature cannot be read: {fault}")),
            notes: Vec::new(),
            domain: String::new(),
            selector: String::new(),
            algorithm: "",
            key_bits: None,
            signed_at: None,
            alignment: Alignment::None,
            whole_body: false,
            unsigned: Vec::new(),
            oversigned: Vec::new(),
            headers_hold: None,
            body_holds: false,
        },
    }
}

fn judge(raw: &Raw<'_>, own: usize, signature: &Signature, ask: Question<'_>) -> Checked {
    let body = body::compare(signature, raw.body);
    let signed = headers::input(raw, own, signature);
    let time = signature.time.map(Timestamp::from_seconds).or(ask.time);
    let entries = ask.keys.of(&signature.selector, &signature.domain);
    let attempt = best(entries, time, |key| {
        judge_key(key, signature, &signed, || Explain { raw, own }.of(signature, key, &signed))
    });
    let mut notes = notes(signature, body, ask);
    let (state, reason) = conclude(signature, body, &attempt, ask, &mut notes);
    if let (Some(entry), true) = (attempt.entry, state == State::Valid || state == State::Void) {
        notes.extend(entry.key.as_ref().ok().into_iter().flat_map(key_notes));
    }
    if matches!(body, Body::Other) && body::fits_other_form(signature, raw.body) {
        notes.push(Remark::new("form-changed", "the body fits with the other form of c="));
    }
    let count = |name: &str| raw.named(name).count();
    let names = |keep: &dyn Fn(&str) -> bool| -> Vec<&'static str> {
        SHOWN.into_iter().filter(|name| keep(name)).collect()
    };
    Checked {
        state,
        reason,
        notes,
        domain: signature.domain.clone(),
        selector: signature.selector.clone(),
        algorithm: signature.algorithm.name(),
        key_bits: attempt.entry.and_then(|entry| bits(entry.key.as_ref().ok()?)),
        signed_at: signature.time.map(Timestamp::from_seconds),
        alignment: ask.from.map_or(Alignment::None, |from| aligned(&signature.domain, from)),
        whole_body: body == Body::Same,
        unsigned: names(&|name| count(name) > signature.times(name)),
        oversigned: names(&|name| signature.times(name) > count(name)),
        headers_hold: attempt.holds.as_ref().map(|holds| *holds == Holds::Yes),
        body_holds: body.holds(),
    }
}

/// What one key says of the signed fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Holds {
    /// It made the signature over them.
    Yes,
    /// It did not, or may not be used, for this reason.
    No(Remark),
}

/// What the best of the keys says.
pub(crate) struct Attempt<'a> {
    pub(crate) entry: Option<&'a Entry>,
    pub(crate) holds: Option<Holds>,
    /// Whether the key was published at the time of the signature, as far as the file says.
    pub(crate) in_time: bool,
}

/// Tries the keys of the time first, then the others; what says most counts.
pub(crate) fn best(
    entries: &[Entry],
    time: Option<Timestamp>,
    try_key: impl Fn(&Key) -> Holds,
) -> Attempt<'_> {
    let in_time = |entry: &Entry| time.is_none_or(|time| entry.covers(time));
    let (fitting, others): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| in_time(entry));
    let mut best = Attempt { entry: None, holds: None, in_time: true };
    for (entry, in_time) in
        fitting.into_iter().map(|e| (e, true)).chain(others.into_iter().map(|e| (e, false)))
    {
        let holds = match &entry.key {
            Ok(key) => try_key(key),
            Err(fault) => {
                Holds::No(Remark::new("key-malformed", format!("the key is no key: {fault}")))
            }
        };
        let made = |holds: &Holds| match holds {
            Holds::Yes => 2,
            // This key made it over something else: no other key can say more.
            Holds::No(remark) if MADE.contains(&remark.code) => 1,
            Holds::No(_) => 0,
        };
        if best.holds.as_ref().is_none_or(|known| made(known) < made(&holds)) {
            best = Attempt { entry: Some(entry), holds: Some(holds), in_time };
        }
    }
    best
}

/// Reasons that only the key that made a signature can give.
const MADE: [&str; 5] =
    ["headers-changed", "headers-reordered", "subject-tagged", "header-added", "chain-changed"];

/// Explains why fields do not fit.
struct Explain<'a, 'b> {
    raw: &'a Raw<'b>,
    own: usize,
}

impl Explain<'_, '_> {
    fn of(&self, signature: &Signature, key: &Key, signed: &[u8]) -> Remark {
        match opening(key, signature.algorithm, &signature.value, signed) {
            Opening::Other(digest) => headers::explain(self.raw, self.own, signature, &digest),
            Opening::Shut(reason) => reason,
        }
    }
}

/// What can be learnt from a signature that does not fit what it should be over.
pub(crate) enum Opening {
    /// The key made it, over something else with this digest.
    Other(Vec<u8>),
    /// Nothing comes out of it, for this reason.
    Shut(Remark),
}

/// Opens a signature that does not fit.
pub(crate) fn opening(key: &Key, algorithm: Algorithm, value: &[u8], signed: &[u8]) -> Opening {
    let hash = algorithm.hash();
    match &key.material {
        Material::Rsa(rsa) => match rsa.open(value, hash) {
            Opened::Digest(digest) if digest != hash.of(signed) => Opening::Other(digest),
            _ => Opening::Shut(Remark::new(
                "not-this-key",
                "the signature was not made with this key, or was damaged: nothing comes out when it \
                 is opened",
            )),
        },
        _ => Opening::Shut(Remark::new(
            "does-not-fit",
            "fields, signature and key do not fit together; Ed25519 does not tell which of them was \
             changed",
        )),
    }
}

/// Why a key may not be used for a signature of this kind, whatever it signs.
pub(crate) fn unfit(key: &Key, algorithm: Algorithm) -> Option<Remark> {
    let fits = matches!(
        (&key.material, algorithm),
        (Material::Rsa(_), Algorithm::RsaSha1 | Algorithm::RsaSha256)
            | (Material::Ed25519(_), Algorithm::Ed25519)
    );
    let (code, text) = if key.material == Material::Revoked {
        ("key-revoked", "the domain had taken this key back: its record is empty")
    } else if !fits {
        ("key-of-another-kind", "the key is of another kind than the signature says")
    } else if !key.for_mail {
        ("key-not-for-this", NOT_FOR_THIS)
    } else if bits(key).is_some_and(|bits| bits < LEAST_BITS) {
        ("key-too-short", "the key is shorter than 1,024 bits and can be broken")
    } else {
        return None;
    };
    Some(Remark::new(code, text))
}

const NOT_FOR_THIS: &str = "the key's record does not allow it for this use";

/// Whether a key made a signature over these bytes; `explain` says why not.
fn judge_key(
    key: &Key,
    signature: &Signature,
    signed: &[u8],
    explain: impl FnOnce() -> Remark,
) -> Holds {
    let no = |code, text: &str| Holds::No(Remark::new(code, text));
    let hash_name = match signature.algorithm {
        Algorithm::RsaSha1 => "sha1",
        _ => "sha256",
    };
    let allowed = key.hashes.as_ref().is_none_or(|known| known.iter().any(|h| h == hash_name));
    if let Some(reason) = unfit(key, signature.algorithm) {
        return Holds::No(reason);
    }
    if !allowed {
        return no("key-not-for-this", NOT_FOR_THIS);
    }
    if key.strict && signature.identity != signature.domain {
        return no("identity-mismatch", "the key's t=s forbids an identity of another domain");
    }
    if holds(key, signature.algorithm, &signature.value, signed) {
        Holds::Yes
    } else {
        Holds::No(explain())
    }
}

/// Whether the key made this signature over these bytes.
pub(crate) fn holds(key: &Key, algorithm: Algorithm, value: &[u8], signed: &[u8]) -> bool {
    let hash = algorithm.hash();
    let digest = hash.of(signed);
    match &key.material {
        Material::Rsa(rsa) => rsa.open(value, hash) == Opened::Digest(digest),
        Material::Ed25519(bytes) => crypto::ed25519(bytes, &digest, value),
        Material::Revoked => false,
    }
}

pub(crate) fn bits(key: &Key) -> Option<u64> {
    match &key.material {
        Material::Rsa(rsa) => Some(rsa.bits()),
        _ => None,
    }
}

/// How the domain that signed relates to the one that the message is said to be from.
pub(crate) fn aligned(signer: &str, from: &str) -> Alignment {
    if signer == from {
        return Alignment::Strict;
    }
    match (registrable_domain(signer), registrable_domain(from)) {
        (Some(a), Some(b)) if a == b => Alignment::Relaxed,
        _ => Alignment::None,
    }
}
