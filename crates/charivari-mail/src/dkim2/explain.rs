//! What became of a message that is not the one that was signed.
//!
//! A signature of DKIM2 is over digests that stand in the message. So the digest that was signed is
//! known, whatever the algorithm, and guesses can be tried.

use super::form::{Message, Rules, digest};
use super::{INSTANCE, SIGNATURE};
use crate::dkim::{Canon, Hash, appended, canonical_body};
use crate::raw::{Field, Raw};
use crate::remark::Remark;

/// More fields than these are not tried one by one as something that was added.
const MAX_TRIED: usize = 64;

/// What happened to the header.
pub(super) fn header(message: &Message<'_>, raw: &Raw<'_>, expected: &[u8]) -> Remark {
    let lines = message.lines(Rules::Read);
    let fits = |lines: &[(&[u8], &[u8])]| digest(lines.iter().map(|(_, line)| *line)) == expected;
    if fits(&turned(&lines)) {
        let text = "header fields of one name stand in another order than when they were signed";
        return Remark::new("headers-reordered", text);
    }
    if let Some(line) = untagged(&lines) {
        let plain = lines.iter().map(|(name, old)| match *name {
            b"subject" => line.as_slice(),
            _ => *old,
        });
        if digest(plain) == expected {
            let text = "a tag in brackets was put before the subject and not recorded";
            return Remark::new("subject-tagged", text);
        }
    }
    for at in 0..lines.len().min(MAX_TRIED) {
        let rest = [&lines[..at], &lines[at + 1..]].concat();
        if fits(&rest) {
            let text = format!("a {} field was added and not recorded", shown(lines[at].0));
            return Remark::new("header-added", text);
        }
    }
    // Who delivers a message puts his fields on top.
    let own = |field: &&Field<'_>| field.is(SIGNATURE) || field.is(INSTANCE);
    let top = raw.fields.iter().take_while(|field| !own(field)).count();
    let below = Message::new(&raw.fields[top..], raw.body);
    if top > 0 && below.header_digest(Rules::Read) == expected {
        let text = "fields were added above the last signature and not recorded, as servers that deliver \
                    do, and others could";
        return Remark::new("header-added", text);
    }
    let text =
        "the header is not the one that was signed: a field was changed, added or taken away";
    Remark::new("headers-changed", text)
}

/// What happened to the body.
pub(super) fn body(message: &Message<'_>, expected: &[u8]) -> Remark {
    let form = canonical_body(Canon::Simple, &message.body);
    match appended(Canon::Simple, Hash::Sha256, expected, &form) {
        Some(lines) => {
            let text = format!(
                "the body was signed without its last {lines} lines: they were appended and not recorded"
            );
            Remark::new("body-appended", text)
        }
        None => Remark::new("body-changed", "the body is not the one that was signed"),
    }
}

/// Fields of one name in the other order.
fn turned<'l>(lines: &[(&'l [u8], &'l [u8])]) -> Vec<(&'l [u8], &'l [u8])> {
    let groups = lines.chunk_by(|one, next| one.0 == next.0);
    groups.flat_map(|group| group.iter().rev().copied()).collect()
}

/// The line of the only subject without the tag in brackets that lists put before it.
fn untagged(lines: &[(&[u8], &[u8])]) -> Option<Vec<u8>> {
    let mut subjects = lines.iter().filter(|(name, _)| *name == b"subject");
    let (_, line) = subjects.next()?;
    let rest = line.strip_prefix(b"subject:[")?;
    let end = rest.iter().position(|&byte| byte == b']')?;
    let plain = [b"subject:", rest[end + 1..].trim_ascii(), b"\r\n"].concat();
    subjects.next().is_none().then_some(plain)
}

/// The name of a field, fit for a sentence.
fn shown(name: &[u8]) -> String {
    String::from_utf8_lossy(name).chars().filter(char::is_ascii_graphic).take(40).collect()
}
