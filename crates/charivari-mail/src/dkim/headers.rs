//! Which header fields were signed? And if they are not these: what became of them?

use super::canon::{self, Canon};
use super::signature::Signature;
use crate::raw::{Field, Raw};
use crate::remark::Remark;

/// More fields than these are not tried one by one as something that was added.
const MAX_TRIED: usize = 64;

/// A guess at what happened to the fields after signing.
#[derive(Clone, Copy, Default)]
struct Guess {
    /// The field that was not there yet, by its place.
    without: Option<usize>,
    /// Fields of one name are taken from the top, as if their order had been turned.
    turned: bool,
    /// The subject had no tag such as `[list]` yet.
    untagged: bool,
}

/// What is signed: the fields that `h=` names, from the bottom, and the signature's own.
pub(super) fn input(raw: &Raw<'_>, own: usize, signature: &Signature) -> Vec<u8> {
    under(raw, own, signature, Guess::default())
}

fn under(raw: &Raw<'_>, own: usize, signature: &Signature, guess: Guess) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024);
    let mut used: Vec<(&str, usize)> = Vec::new();
    for name in &signature.headers {
        let before = used.iter().filter(|(known, _)| known == name).count();
        let matches = |place: &usize| {
            *place != own && Some(*place) != guess.without && raw.fields[*place].is(name)
        };
        let places = 0..raw.fields.len();
        let place = if guess.turned {
            places.filter(matches).nth(before)
        } else {
            places.rev().filter(matches).nth(before)
        };
        used.push((name, place.unwrap_or(usize::MAX)));
        let Some(field) = place.map(|place| raw.fields[place]) else { continue };
        if guess.untagged && field.is("subject") {
            untagged(signature.header_canon, &field, &mut out);
        } else {
            canon::field(signature.header_canon, &field, &mut out);
        }
    }
    if let Some(field) = raw.fields.get(own) {
        canon::signature_field(signature.header_canon, field, &mut out);
    }
    out
}

/// Appends a subject without the tag in brackets that lists put before it.
fn untagged(form: Canon, field: &Field<'_>, out: &mut Vec<u8>) {
    let start = field.whole.len() - field.value.len();
    let value = field.value;
    let tag = value.iter().position(|&byte| byte == b'[');
    let end = value.iter().position(|&byte| byte == b']');
    let (Some(tag), Some(end)) = (tag, end.filter(|end| Some(*end) > tag)) else {
        return canon::field(form, field, out);
    };
    let rest = value[end + 1..].strip_prefix(b" ").unwrap_or(&value[end + 1..]);
    let whole = [&field.whole[..start], &value[..tag], rest].concat();
    let plain = Field { name: field.name, whole: &whole, value: &whole[start..] };
    canon::field(form, &plain, out);
}

/// What happened to the fields, where the digest that was signed is known and is not theirs.
pub(super) fn explain(raw: &Raw<'_>, own: usize, signature: &Signature, digest: &[u8]) -> Remark {
    let hash = signature.algorithm.hash();
    let fits = |guess| hash.of(&under(raw, own, signature, guess)) == digest;
    if fits(Guess { turned: true, ..Guess::default() }) {
        return Remark::new(
            "headers-reordered",
            "header fields of one name stand in another order than when they were signed",
        );
    }
    if fits(Guess { untagged: true, ..Guess::default() }) {
        return Remark::new(
            "subject-tagged",
            "a tag in brackets was put before the subject after signing, as mailing lists do",
        );
    }
    let signed = |place: &usize| {
        raw.fields
            .get(*place)
            .is_some_and(|field| signature.headers.iter().any(|name| field.is(name)))
    };
    for place in (0..raw.fields.len()).filter(signed).take(MAX_TRIED) {
        if fits(Guess { without: Some(place), ..Guess::default() }) {
            let name = field_name(&raw.fields[place]);
            let text = format!("a {name} field was added after signing");
            return Remark::new("header-added", text);
        }
    }
    Remark::new(
        "headers-changed",
        "the key made this signature, but over other header fields: one that is signed, or the signature \
         field itself, was changed or taken away",
    )
}

/// The name of a field that `h=` names, fit for a sentence.
fn field_name(field: &Field<'_>) -> String {
    String::from_utf8_lossy(field.name).chars().filter(char::is_ascii_graphic).take(40).collect()
}

/// What a seal of ARC signs: the sets from the first to its own, in their order (RFC 8617, 5.1.1).
pub(crate) fn seal_input(sets: &[[&Field<'_>; 3]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(2048);
    for (number, [results, message, seal]) in sets.iter().enumerate() {
        canon::field(Canon::Relaxed, results, &mut out);
        canon::field(Canon::Relaxed, message, &mut out);
        if number + 1 == sets.len() {
            canon::signature_field(Canon::Relaxed, seal, &mut out);
        } else {
            canon::field(Canon::Relaxed, seal, &mut out);
        }
    }
    out
}
