//! The chain of those who passed a message on (ARC, RFC 8617), which is historic by now.
//!
//! A chain that holds says: this server vouches for what it saw. It is worth as much as the server
//! is trusted, and never more than that.

use charivari_model::Timestamp;
use serde::Serialize;

use crate::dkim::{self, Algorithm, Kind, Question, State, Tags, host};
use crate::raw::{Field, Raw};
use crate::remark::Remark;

/// RFC 8617, section 4.2.1.
const MAX_INSTANCES: usize = 50;

/// A chain and what came of checking it.
#[derive(Clone, Debug, Serialize)]
pub struct Chain {
    /// What became of it.
    pub state: State,
    /// Why.
    pub reason: Remark,
    /// Who sealed it, the first first.
    pub sealers: Vec<String>,
    /// When the last seal was made, as its maker says.
    pub sealed_at: Option<Timestamp>,
}

/// One set of three fields.
struct Set<'a> {
    fields: [&'a Field<'a>; 3],
    /// The place of the field with the message's signature.
    message: usize,
    seal: Seal,
}

/// What a seal says.
struct Seal {
    algorithm: Algorithm,
    value: Vec<u8>,
    domain: String,
    selector: String,
    time: Option<i64>,
    verdict: String,
}

impl Seal {
    fn parse(value: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(value).map_err(|_| "it is not UTF-8".to_owned())?;
        let tags = Tags::parse(text)?;
        if tags.get("h").is_some() {
            return Err("a seal has no h=".to_owned());
        }
        let algorithm = Algorithm::parse(&tags.need("a")?.to_ascii_lowercase());
        Ok(Self {
            algorithm: algorithm.ok_or("a= is not known")?,
            value: tags.bytes("b")?,
            domain: host(tags.need("d")?)?,
            selector: host(tags.need("s")?)?,
            time: tags.number("t")?.and_then(|time| i64::try_from(time).ok()),
            verdict: tags.need("cv")?.to_ascii_lowercase(),
        })
    }
}

/// Checks the chain of a message, if it has one.
pub(crate) fn check(raw: &Raw<'_>, ask: Question<'_>) -> Option<Chain> {
    let count = raw.fields.iter().filter(|field| is_arc(field)).count();
    if count == 0 {
        return None;
    }
    let broken = |fault: String| Chain {
        state: State::Failed,
        reason: Remark::new("chain-broken", format!("the chain is none: {fault}")),
        sealers: Vec::new(),
        sealed_at: None,
    };
    Some(match sets(raw) {
        Ok(sets) => judge(raw, &sets, ask),
        Err(fault) => broken(fault),
    })
}

fn is_arc(field: &Field<'_>) -> bool {
    NAMES.iter().any(|name| field.is(name))
}

const NAMES: [&str; 3] = ["ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"];

/// The sets by instance; the fault in words where they are no chain.
fn sets<'a>(raw: &'a Raw<'a>) -> Result<Vec<Set<'a>>, String> {
    let mut slots: Vec<[Option<usize>; 3]> = Vec::new();
    for (place, field) in raw.fields.iter().enumerate() {
        let Some(kind) = NAMES.iter().position(|name| field.is(name)) else { continue };
        let instance = instance(field.value)
            .filter(|number| (1..=MAX_INSTANCES).contains(number))
            .ok_or("an instance i= is missing or out of range")?;
        if slots.len() < instance {
            slots.resize(instance, [None; 3]);
        }
        if slots[instance - 1][kind].replace(place).is_some() {
            return Err("an instance has a field twice".to_owned());
        }
    }
    let mut sets = Vec::new();
    for slot in slots {
        let [Some(results), Some(message), Some(seal)] = slot else {
            return Err("an instance lacks a field".to_owned());
        };
        let fields = [results, message, seal].map(|place| &raw.fields[place]);
        sets.push(Set { fields, message, seal: Seal::parse(fields[2].value)? });
    }
    Ok(sets)
}

/// The number of the instance: a tag like others in two of the fields, the first word in the third.
fn instance(value: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(value).ok()?;
    text.split(';').find_map(|tag| {
        let (name, number) = tag.split_once('=')?;
        (name.trim() == "i").then(|| number.trim().parse().ok()).flatten()
    })
}

/// RFC 8617, section 5.2.
fn judge(raw: &Raw<'_>, sets: &[Set<'_>], ask: Question<'_>) -> Chain {
    let sealers: Vec<String> = sets.iter().map(|set| set.seal.domain.clone()).collect();
    let last = sets.last();
    let sealed_at = last.and_then(|set| set.seal.time).map(Timestamp::from_seconds);
    let (state, reason) = conclude(raw, sets, ask);
    Chain { state, reason, sealers, sealed_at }
}

fn conclude(raw: &Raw<'_>, sets: &[Set<'_>], ask: Question<'_>) -> (State, Remark) {
    let failed = |code, text: String| (State::Failed, Remark::new(code, text));
    for (number, set) in sets.iter().enumerate() {
        let expected = if number == 0 { "none" } else { "pass" };
        if set.seal.verdict != expected {
            let text = format!("seal {} says cv={}", number + 1, word(&set.seal.verdict));
            return failed("chain-broken", text);
        }
    }
    let Some(last) = sets.last() else { return failed("chain-broken", "it is empty".to_owned()) };
    let message = dkim::check(raw, last.message, Kind::Arc, ask);
    if message.state == State::Failed {
        let text = format!("the last signature over the message: {}", message.reason.text);
        return failed(message.reason.code, text);
    }
    let mut worst = (message.state, message.reason);
    for number in (0..sets.len()).rev() {
        let (state, reason) = seal(&sets[..=number], ask);
        if state == State::Failed {
            return (
                state,
                Remark::new(reason.code, format!("seal {}: {}", number + 1, reason.text)),
            );
        }
        if worst.0 == State::Valid {
            worst = (state, reason);
        }
    }
    if worst.0 == State::Valid {
        let text = "every seal and the last signature hold; that is worth as much as the servers that \
                    sealed are trusted";
        worst.1 = Remark::new("chain-valid", text);
    }
    worst
}

/// A word from the message, fit for a sentence.
fn word(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).take(16).collect()
}

/// Checks the last seal of these sets.
fn seal(sets: &[Set<'_>], ask: Question<'_>) -> (State, Remark) {
    let Some(own) = sets.last().map(|set| &set.seal) else {
        return (State::Failed, Remark::new("chain-broken", "it is empty"));
    };
    let fields: Vec<[&Field<'_>; 3]> = sets.iter().map(|set| set.fields).collect();
    let signed = dkim::seal_input(&fields);
    let time = own.time.map(Timestamp::from_seconds).or(ask.time);
    let entries = ask.keys.of(&own.selector, &own.domain);
    let keys = || entries.iter().filter_map(|entry| Some((entry, entry.key.as_ref().ok()?)));
    let made = keys().find(|(_, key)| dkim::holds(key, own.algorithm, &own.value, &signed));
    match made {
        None if entries.is_empty() => {
            let text =
                format!("no key of {} at {} is in the file of keys", own.selector, own.domain);
            (State::Unchecked, Remark::new("no-key", text))
        }
        None => {
            let text = "it does not hold: a field of the chain was changed, or the key is another";
            (State::Failed, Remark::new("seal-broken", text))
        }
        Some((_, key)) if ask.published.since(&own.selector, &own.domain, key).is_some() => {
            let text = "the private key of a seal is public, so that anybody can make such a seal";
            (State::Void, Remark::new("private-key-public", text))
        }
        Some((entry, _)) if time.is_some_and(|time| !entry.covers(time)) => {
            let text = "a seal holds with a key that the file gives for another time";
            (State::Void, Remark::new("key-of-another-time", text))
        }
        Some(_) => (State::Valid, Remark::new("valid", "it holds")),
    }
}
