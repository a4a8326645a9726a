//! The forms in which DKIM2 hashes a message and signs its own fields (draft, sections 5 and 8.5).

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::dkim::{Canon, Hash, canonical_body, canonical_field};
use crate::raw::Field;

/// Which fields a digest leaves out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rules {
    /// Those of draft 02.
    Read,
    /// Those of draft 06 too, among them `Delivered-To`.
    Later,
}

/// Fields that are in no digest (draft 02, section 5.2); the name is lower case.
fn left_out(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 6] = [
        b"received",
        b"return-path",
        b"authentication-results",
        b"dkim-signature",
        b"message-instance",
        b"dkim2-signature",
    ];
    NAMES.contains(&name) || name.starts_with(b"x-") || name.starts_with(b"arc-")
}

/// Fields that the later draft leaves out besides (draft 06, section 4.1).
fn left_out_later(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 9] = [
        b"apparently-to",
        b"auto-submitted",
        b"delivered-to",
        b"dl-expansion-history",
        b"original-recipient",
        b"sio-label-history",
        b"vbr-info",
        b"x400-received",
        b"x400-trace",
    ];
    NAMES.contains(&name) || name.starts_with(b"received-")
}

/// A message at one point of its way: the fields that a digest can cover, by their names and from the
/// bottom, which is the order in which they are hashed, and the body.
#[derive(Clone, Debug)]
pub(super) struct Message<'a> {
    pub(super) fields: BTreeMap<Vec<u8>, Vec<Rc<[u8]>>>,
    pub(super) body: Cow<'a, [u8]>,
    digest: OnceCell<Vec<u8>>,
}

impl<'a> Message<'a> {
    /// The message with these fields, from the top.
    pub(super) fn new(fields: &[Field<'_>], body: &'a [u8]) -> Self {
        let mut message =
            Self { fields: BTreeMap::new(), body: Cow::Borrowed(body), digest: OnceCell::new() };
        for field in fields.iter().rev() {
            let name = field.name.to_ascii_lowercase();
            if !left_out(&name) {
                let line = line(&name, field.value);
                message.fields.entry(name).or_default().push(line);
            }
        }
        message
    }

    /// The same with another body.
    pub(super) fn with_body(self, body: Vec<u8>) -> Self {
        Self { body: Cow::Owned(body), digest: OnceCell::new(), ..self }
    }

    /// Names and lines in the order in which they are hashed.
    pub(super) fn lines(&self, rules: Rules) -> Vec<(&[u8], &[u8])> {
        let kept = |name: &[u8]| rules == Rules::Read || !left_out_later(name);
        let fields = self.fields.iter().filter(|(name, _)| kept(name));
        fields.flat_map(|(name, lines)| lines.iter().map(|line| (&name[..], &line[..]))).collect()
    }

    /// The digest of the header.
    pub(super) fn header_digest(&self, rules: Rules) -> Vec<u8> {
        digest(self.lines(rules).into_iter().map(|(_, line)| line))
    }

    /// The digest of the body, which is made once.
    pub(super) fn body_digest(&self) -> &[u8] {
        self.digest.get_or_init(|| Hash::Sha256.of(&canonical_body(Canon::Simple, &self.body)))
    }
}

/// A field as it is hashed. Names of fields that are left out give a line all the same.
pub(super) fn line(name: &[u8], value: &[u8]) -> Rc<[u8]> {
    let mut line = Vec::with_capacity(name.len() + value.len() + 3);
    canonical_field(Canon::Relaxed, &Field { name, whole: &[], value }, &mut line);
    line.into()
}

/// The digest of lines.
pub(super) fn digest<'l>(lines: impl Iterator<Item = &'l [u8]>) -> Vec<u8> {
    Hash::Sha256.of(&lines.collect::<Vec<_>>().concat())
}

/// Whether a recipe can say anything of a field of this name, which is lower case.
pub(super) fn counts(name: &[u8]) -> bool {
    !left_out(name)
}

/// What a signature is over: the instances, the signatures before it, and its own field without the
/// signatures themselves.
pub(super) fn input<'f>(before: impl Iterator<Item = &'f Field<'f>>, own: &Field<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(2048);
    for field in before {
        dense(field.name, &without_space(field.value), &mut out);
    }
    dense(own.name, &emptied(&without_space(own.value)), &mut out);
    out
}

fn dense(name: &[u8], value: &[u8], out: &mut Vec<u8>) {
    out.extend(name.iter().map(u8::to_ascii_lowercase));
    out.push(b':');
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}

fn without_space(value: &[u8]) -> Vec<u8> {
    let space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    value.iter().copied().filter(|byte| !space(byte)).collect()
}

/// A value without white space, with its signatures taken out: of each set in `s=`, what stands after
/// the second colon.
fn emptied(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    for (number, tag) in value.split(|&byte| byte == b';').enumerate() {
        if number > 0 {
            out.push(b';');
        }
        let is_own = tag.get(..2).is_some_and(|name| name.eq_ignore_ascii_case(b"s="));
        if !is_own {
            out.extend_from_slice(tag);
            continue;
        }
        for (number, set) in tag.split(|&byte| byte == b',').enumerate() {
            if number > 0 {
                out.push(b',');
            }
            let colons = set.iter().enumerate().filter(|(_, byte)| **byte == b':');
            let end = colons.map(|(at, _)| at + 1).nth(1).unwrap_or(set.len());
            out.extend_from_slice(&set[..end]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::Raw;

    #[test]
    fn fields_are_hashed_by_name_and_from_the_bottom() {
        let raw = Raw::parse(
            b"X-A: 1\r\nReceived: x\r\nSubject :  a \t b\r\n\tc \r\nComments: 2\r\nARC-Seal: i=1\r\n\
              Comments: 1\r\nDelivered-To: me\r\n\r\nbody",
        );
        let message = Message::new(&raw.fields, raw.body);
        let told = |rules| {
            let lines = message.lines(rules).into_iter().flat_map(|(_, line)| line).copied();
            String::from_utf8(lines.collect()).unwrap()
        };
        let lines = "comments:1\r\ncomments:2\r\ndelivered-to:me\r\nsubject:a b c\r\n";
        assert_eq!(told(Rules::Read), lines);
        assert_eq!(told(Rules::Later), lines.replace("delivered-to:me\r\n", ""));
    }

    #[test]
    fn a_signature_is_over_its_own_field_without_the_signatures() {
        let raw = Raw::parse(
            b"Message-Instance : m=1;\r\n h=sha256:a : b;\r\nDKIM2-Signature: n=s=x:y:z;\r\n\t\
              S = k1:rsa-sha256:AB\r\n C=, k2:ed25519-sha256:DEF=; i=1;\r\n\r\n",
        );
        let signed = input(raw.fields[..1].iter(), &raw.fields[1]);
        let expected = "message-instance:m=1;h=sha256:a:b;\r\n\
                        dkim2-signature:n=s=x:y:z;S=k1:rsa-sha256:,k2:ed25519-sha256:;i=1;\r\n";
        assert_eq!(String::from_utf8(signed).unwrap(), expected);
    }
}
