//! Is the body the one that was signed? And if not: what became of it?

use sha2::Digest;

use super::canon::{Canon, body as canonical, close};
use super::crypto::Hash;
use super::signature::Signature;

/// So many lines at the end are tried as something that was appended.
const MAX_FOOTER: usize = 60;
/// Longer bodies are not searched for what was appended.
const MAX_SEARCHED: usize = 4 << 20;

/// What became of a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Body {
    /// It is as it was signed, all of it.
    Same,
    /// It is as it was signed as far as `l=` goes; so many bytes after that are not covered.
    Beyond(u64),
    /// It is shorter than `l=` says.
    Short,
    /// It was signed without its last so many lines.
    Appended(usize),
    /// It is another.
    Other,
}

impl Body {
    /// Whether the signed part is as it was.
    pub(super) const fn holds(self) -> bool {
        matches!(self, Self::Same | Self::Beyond(_))
    }
}

/// Compares the body with what a signature says of it.
pub(super) fn compare(signature: &Signature, body: &[u8]) -> Body {
    let hash = signature.algorithm.hash();
    let form = canonical(signature.body_canon, body);
    let length =
        signature.length.map_or(form.len(), |length| usize::try_from(length).unwrap_or(usize::MAX));
    let Some(signed) = form.get(..length) else { return Body::Short };
    if hash.of(signed) == signature.body_hash {
        return match form.len() - length {
            0 => Body::Same,
            beyond => Body::Beyond(beyond as u64),
        };
    }
    if signature.length.is_some() {
        return Body::Other;
    }
    appended(signature.body_canon, hash, &signature.body_hash, &form)
        .map_or(Body::Other, Body::Appended)
}

/// How many lines were appended after a body with this digest was signed, if that is what happened.
pub(crate) fn appended(canon: Canon, hash: Hash, digest: &[u8], form: &[u8]) -> Option<usize> {
    if form.len() > MAX_SEARCHED {
        return None;
    }
    let mut cut = form.len();
    for lines in 1..=MAX_FOOTER {
        let before = form[..cut].strip_suffix(b"\r\n")?;
        cut = before.windows(2).rposition(|pair| pair == b"\r\n").map_or(0, |at| at + 2);
        if is_signed(canon, hash, digest, &form[..cut]) {
            return Some(lines);
        }
        if cut == 0 {
            return None;
        }
    }
    None
}

/// Whether a beginning of the canonical form is what was signed. The end is closed without copying:
/// empty lines go, and an empty form is a line end in the simple form.
fn is_signed(canon: Canon, hash: Hash, digest: &[u8], form: &[u8]) -> bool {
    let mut end = form.len();
    while form[..end].ends_with(b"\r\n\r\n") {
        end -= 2;
    }
    if end <= 2 {
        let mut rest = form[..end].to_vec();
        close(canon, &mut rest);
        return hash.of(&rest) == digest;
    }
    match hash {
        Hash::Sha256 => sha2::Sha256::digest(&form[..end])[..] == *digest,
        Hash::Sha1 => sha1::Sha1::digest(&form[..end])[..] == *digest,
    }
}

/// Whether a body has the digest that a signature names under another form of canonicalisation: said
/// nowhere else, and only to tell a rewritten signature field from a rewritten body.
pub(super) fn fits_other_form(signature: &Signature, body: &[u8]) -> bool {
    let other = match signature.body_canon {
        Canon::Simple => Canon::Relaxed,
        Canon::Relaxed => Canon::Simple,
    };
    signature.algorithm.hash().of(&canonical(other, body)) == signature.body_hash
}
