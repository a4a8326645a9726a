//! What the parts of a signature amount to, and what else is worth knowing of it.

use charivari_model::Timestamp;

use super::body::Body;
use super::key::Key;
use super::signature::{Algorithm, Signature};
use super::verify::{Attempt, Checked, Holds, Question, State, bits};
use crate::keys::Entry;
use crate::remark::Remark;

/// RFC 8301, section 3.2: keys should be as long.
const GOOD_BITS: u64 = 2048;

/// What the parts amount to.
pub(super) fn conclude(
    signature: &Signature,
    body: Body,
    attempt: &Attempt<'_>,
    ask: Question<'_>,
    notes: &mut Vec<Remark>,
) -> (State, Remark) {
    if let Some(fault) = form_fault(signature) {
        return (State::Failed, fault);
    }
    let body_fault = body_fault(body);
    match (&attempt.holds, body_fault) {
        (Some(Holds::No(reason)), fault) => {
            notes.extend(fault);
            (State::Failed, reason.clone())
        }
        (_, Some(fault)) => (State::Failed, fault),
        (None, None) => {
            let text = format!(
                "no key of {} at {} is in the file of keys",
                signature.selector, signature.domain
            );
            (State::Unchecked, Remark::new("no-key", text))
        }
        (Some(Holds::Yes), None) => hold(signature, attempt, ask),
    }
}

/// A signature whose parts all hold may still prove nothing.
fn hold(signature: &Signature, attempt: &Attempt<'_>, ask: Question<'_>) -> (State, Remark) {
    if let Some(reason) = void(&signature.selector, &signature.domain, attempt, ask) {
        return (State::Void, reason);
    }
    let expired = ask.arrived.zip(signature.expires).filter(|(at, end)| at.seconds() > *end);
    if expired.is_some() {
        let text = "the signature had expired (x=) when the message arrived";
        return (State::Void, Remark::new("expired", text));
    }
    let text = format!("signed by {}: the fields and the body are as they were", signature.domain);
    (State::Valid, Remark::new("valid", text))
}

/// Why a signature that a key made proves nothing, as far as that lies with the key.
pub(crate) fn void(
    selector: &str,
    domain: &str,
    attempt: &Attempt<'_>,
    ask: Question<'_>,
) -> Option<Remark> {
    let key = attempt.entry.and_then(|entry| entry.key.as_ref().ok());
    if let Some(since) = key.and_then(|key| ask.published.since(selector, domain, key)) {
        let text = format!(
            "the signature holds and proves nothing: the private key has been public since {}, so that \
             anybody can make such a signature for any date",
            day(since)
        );
        return Some(Remark::new("private-key-public", text));
    }
    if attempt.in_time {
        return None;
    }
    let period = attempt.entry.map(Entry::period).unwrap_or_default();
    let text =
        format!("the signature holds with a key that the file gives for another time ({period})");
    Some(Remark::new("key-of-another-time", text))
}

/// What makes a signature none, whatever the key says.
fn form_fault(signature: &Signature) -> Option<Remark> {
    let ends = |name: &str, domain: &str| {
        name == domain || name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
    };
    if !signature.signs("from") {
        let text = "h= does not name From, without which a signature means nothing";
        return Some(Remark::new("from-unsigned", text));
    }
    if !ends(&signature.identity, &signature.domain) {
        let text = "the identity i= is not of the domain d= that signs";
        return Some(Remark::new("identity-mismatch", text));
    }
    let over = signature.time.zip(signature.expires).is_some_and(|(made, end)| end <= made);
    over.then(|| Remark::new("malformed", "x= lies before t=: it expired before it was made"))
}

/// Reasons that hold whatever the body was.
const WITHOUT_BODY: [&str; 15] = [
    "malformed",
    "from-unsigned",
    "identity-mismatch",
    "key-malformed",
    "key-revoked",
    "key-of-another-kind",
    "key-not-for-this",
    "key-too-short",
    "chain-broken",
    "chain-too-long",
    "instance-unsigned",
    "algorithm-unknown",
    "domain-mismatch",
    "custody-broken",
    "no-key",
];

/// What is left of an answer where neither the body nor the fields about it are kept as they were
/// sent: what is wrong with the signature or the key itself stands, all else is open.
pub(crate) fn without_body(checked: &mut Checked) {
    leave_open(&mut checked.state, &mut checked.reason);
    checked.notes.retain(|note| note.code != "form-changed" && !note.code.starts_with("body-"));
    (checked.headers_hold, checked.body_holds, checked.whole_body) = (None, false, false);
}

/// Leaves a question open, unless it is answered without the body.
pub(crate) fn leave_open(state: &mut State, reason: &mut Remark) {
    if WITHOUT_BODY.contains(&reason.code) {
        return;
    }
    let text = "the file does not keep the body as it was sent, so that no signature over it can be \
                checked; ask for the message as .eml";
    (*state, *reason) = (State::Unchecked, Remark::new("body-not-kept", text));
}

fn body_fault(body: Body) -> Option<Remark> {
    match body {
        Body::Same | Body::Beyond(_) => None,
        Body::Short => {
            Some(Remark::new("body-cut", "the body is shorter than l= says: its end is missing"))
        }
        Body::Appended(lines) => Some(Remark::new(
            "body-appended",
            format!("the body was signed without its last {lines} lines: they were appended later"),
        )),
        Body::Other => Some(Remark::new("body-changed", "the body is not the one that was signed")),
    }
}

/// What is worth knowing of a signature, whether it holds or not.
pub(super) fn notes(signature: &Signature, body: Body, ask: Question<'_>) -> Vec<Remark> {
    let mut notes = Vec::new();
    if let Some(length) = signature.length {
        let beyond = match body {
            Body::Beyond(beyond) => format!("{beyond} bytes after that are not covered"),
            _ => "anything could have been appended after that".to_owned(),
        };
        let text = format!("l={length}: only so many bytes of the body are signed; {beyond}");
        notes.push(Remark::new("length-limited", text));
    }
    if signature.algorithm == Algorithm::RsaSha1 {
        let text =
            "SHA-1: the signer could have made two messages with one signature, others could not";
        notes.push(Remark::new("sha1", text));
    }
    if let Some(end) = signature.expires {
        let text =
            format!("x=: the signature was to hold until {}", day(Timestamp::from_seconds(end)));
        notes.push(Remark::new("expires", text));
    }
    let apart = signature.time.map(Timestamp::from_seconds).zip(ask.time);
    if apart.is_some_and(|(signed, said)| signed.seconds().abs_diff(said.seconds()) > 86_400) {
        let text = "the time of signing (t=) and the date differ by more than a day";
        notes.push(Remark::new("signed-another-day", text));
    }
    if !signature.signs("to") {
        let text =
            "To is not signed: the message could have been sent on to anybody as it is (replay)";
        notes.push(Remark::new("replayable", text));
    }
    notes
}

pub(crate) fn key_notes(key: &Key) -> Vec<Remark> {
    let mut notes = Vec::new();
    if bits(key).is_some_and(|bits| bits < GOOD_BITS) {
        let text = "the key has fewer than 2,048 bits; who has means and time may break it";
        notes.push(Remark::new("key-weak", text));
    }
    if key.testing {
        let text = "the domain said that it was only testing (t=y)";
        notes.push(Remark::new("testing", text));
    }
    notes
}

fn day(time: Timestamp) -> String {
    time.to_string().chars().take(10).collect()
}
