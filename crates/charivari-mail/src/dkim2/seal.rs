//! The signatures of one field, each checked with the keys of the file.

use charivari_model::Timestamp;

use super::signature::{Seal, Signature};
use crate::dkim::{
    Algorithm, Holds, Key, Opening, Question, State, best, bits, holds, key_notes, opening, unfit,
    void,
};
use crate::remark::Remark;

/// What came of one signature, or what all of a field amount to.
pub(super) struct Seals {
    pub(super) state: State,
    pub(super) reason: Remark,
    pub(super) notes: Vec<Remark>,
    /// The length of the RSA key, of the shortest where there are several.
    pub(super) key_bits: Option<u64>,
}

/// Checks all signatures of a field that can be checked; all have to hold (draft, section 10.6).
pub(super) fn check(signature: &Signature, signed: &[u8], ask: Question<'_>) -> Seals {
    let known = signature.seals.iter().filter_map(|seal| Some((seal, seal.algorithm?)));
    let tried: Vec<Seals> =
        known.map(|(seal, algorithm)| one(signature, seal, algorithm, signed, ask)).collect();
    let Some(worst) = tried.iter().min_by_key(|one| rank(one.state)) else {
        let text = "all its signatures are of kinds that are not known here";
        return Seals {
            state: State::Failed,
            reason: Remark::new("algorithm-unknown", text),
            notes: Vec::new(),
            key_bits: None,
        };
    };
    let mut notes: Vec<Remark> = tried.iter().flat_map(|one| one.notes.clone()).collect();
    notes.sort();
    notes.dedup();
    notes.extend(apart(worst.state, &tried, signature.seals.len()));
    Seals {
        state: worst.state,
        reason: worst.reason.clone(),
        notes,
        key_bits: tried.iter().filter_map(|one| one.key_bits).min(),
    }
}

/// What decides: one that fails, else one that holds, else one that proves nothing.
const fn rank(state: State) -> u8 {
    match state {
        State::Failed => 0,
        State::Valid => 1,
        State::Void => 2,
        State::Unchecked => 3,
    }
}

/// What is said where not all signatures of a field say the same.
fn apart(state: State, tried: &[Seals], all: usize) -> Option<Remark> {
    let holds = tried.iter().any(|one| one.state == State::Valid);
    if state == State::Failed && holds {
        let text = "another signature in the same field holds: one of the two may have been made by \
                    somebody who broke a key or a kind of signature";
        return Some(Remark::new("other-signature-holds", text));
    }
    let partly = tried.len() < all || tried.iter().any(|one| one.state != state);
    (state == State::Valid && partly).then(|| {
        let text = "not all signatures in the field could be checked; those that could hold";
        Remark::new("partly-checked", text)
    })
}

fn one(
    signature: &Signature,
    seal: &Seal,
    algorithm: Algorithm,
    signed: &[u8],
    ask: Question<'_>,
) -> Seals {
    let entries = ask.keys.of(&seal.selector, &signature.domain);
    let time = Some(Timestamp::from_seconds(signature.time));
    let attempt = best(entries, time, |key| judge(key, algorithm, &seal.value, signed));
    let mut notes = Vec::new();
    let (state, reason) = match &attempt.holds {
        None => {
            let (selector, domain) = (&seal.selector, &signature.domain);
            let text = format!("no key of {selector} at {domain} is in the file of keys");
            (State::Unchecked, Remark::new("no-key", text))
        }
        Some(Holds::No(reason)) => (State::Failed, reason.clone()),
        Some(Holds::Yes) => {
            let key = attempt.entry.and_then(|entry| entry.key.as_ref().ok());
            notes.extend(key.into_iter().flat_map(key_notes));
            match void(&seal.selector, &signature.domain, &attempt, ask) {
                Some(reason) => (State::Void, reason),
                None => (State::Valid, Remark::new("valid", "it holds")),
            }
        }
    };
    let key_bits = attempt.entry.and_then(|entry| bits(entry.key.as_ref().ok()?));
    Seals { state, reason, notes, key_bits }
}

fn judge(key: &Key, algorithm: Algorithm, value: &[u8], signed: &[u8]) -> Holds {
    if let Some(reason) = unfit(key, algorithm) {
        return Holds::No(reason);
    }
    if holds(key, algorithm, value, signed) {
        return Holds::Yes;
    }
    Holds::No(match opening(key, algorithm, value, signed) {
        Opening::Shut(reason) => reason,
        Opening::Other(_) => Remark::new(
            "chain-changed",
            "the key made this signature, but over other fields of DKIM2: one of them was changed, added \
             or taken away",
        ),
    })
}
