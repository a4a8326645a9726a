//! The hashes of the suite: to the group, to scalars, and of an output.

use std::fmt;

use curve25519_dalek::{RistrettoPoint, Scalar};
use sha2::{Digest, Sha512};
use zeroize::{Zeroize, Zeroizing};

use super::{Error, Result};

/// The bytes of an output.
pub const OUTPUT_BYTES: usize = 64;
/// The most bytes of an input or a public input: their length is a number of two bytes.
pub const MAX_INPUT: usize = 65_535;
/// The block of SHA-512, which `expand_message_xmd` puts before the message.
const BLOCK: [u8; 128] = [0; 128];
/// The name of the suite in the RFC.
const SUITE: &[u8] = b"ristretto255-SHA512";

/// Which of the three functions of the RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Without a proof.
    Oprf,
    /// With a proof that a known key answered.
    Voprf,
    /// With a proof, and a public input besides the hidden one.
    Poprf,
}

impl Mode {
    fn number(self) -> u8 {
        match self {
            Self::Oprf => 0,
            Self::Voprf => 1,
            Self::Poprf => 2,
        }
    }

    /// `before` and the context of this mode, as a tag that keeps uses of one hash apart.
    pub(super) fn tag(self, before: &[u8]) -> Vec<u8> {
        [before, b"OPRFV1-", &[self.number()], b"-", SUITE].concat()
    }

    /// The element that stands for an input.
    ///
    /// The RFC refuses an input whose element is the identity; none is known, and finding one would
    /// break SHA-512.
    pub(super) fn to_group(self, input: &[u8]) -> RistrettoPoint {
        ToGroup::new(self).point(input)
    }

    /// The scalar that stands for a message.
    pub(super) fn to_scalar(self, message: &[&[u8]]) -> Scalar {
        scalar(message, &self.tag(b"HashToScalar-"))
    }
}

/// What hashes to the group, with the part that is the same for every input done once.
#[derive(Clone)]
pub(super) struct ToGroup {
    start: Sha512,
    tag: Vec<u8>,
}

impl ToGroup {
    pub(super) fn new(mode: Mode) -> Self {
        Self { start: Sha512::new_with_prefix(BLOCK), tag: mode.tag(b"HashToGroup-") }
    }

    pub(super) fn point(&self, input: &[u8]) -> RistrettoPoint {
        let mut uniform = expand(self.start.clone(), &[input], &self.tag);
        let point = RistrettoPoint::from_uniform_bytes(&uniform);
        uniform.zeroize();
        point
    }
}

/// A scalar from a message under a tag.
pub(super) fn scalar(message: &[&[u8]], tag: &[u8]) -> Scalar {
    let uniform = Zeroizing::new(expand(Sha512::new_with_prefix(BLOCK), message, tag));
    Scalar::from_bytes_mod_order_wide(&uniform)
}

/// `expand_message_xmd` of RFC 9380 with SHA-512, to the 64 bytes that both uses need: one block.
fn expand(mut start: Sha512, message: &[&[u8]], tag: &[u8]) -> [u8; 64] {
    // All tags of this suite are shorter than 256 bytes, the longest that the RFC takes as it is.
    let tag_length = [tag.len() as u8];
    for part in message {
        start.update(part);
    }
    let first = start
        .chain_update(64_u16.to_be_bytes())
        .chain_update([0])
        .chain_update(tag)
        .chain_update(tag_length)
        .finalize();
    let second = Sha512::new()
        .chain_update(first)
        .chain_update([1])
        .chain_update(tag)
        .chain_update(tag_length)
        .finalize();
    second.into()
}

/// The output for an input: a key to what belongs to it, so it is overwritten when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Output([u8; OUTPUT_BYTES]);

impl Output {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; OUTPUT_BYTES] {
        &self.0
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Output(hidden)")
    }
}

/// The output for an input whose element under the key has this encoding.
pub(super) fn output(input: &[u8], info: Option<&[u8]>, element: &[u8; 32]) -> Output {
    let mut hash = Sha512::new();
    for part in [Some(input), info, Some(&element[..])].into_iter().flatten() {
        hash.update((part.len() as u16).to_be_bytes());
        hash.update(part);
    }
    hash.update(b"Finalize");
    Output(hash.finalize().into())
}

/// Refuses what is longer than a length of two bytes can say.
pub(super) fn check_length(what: &'static str, bytes: &[u8]) -> Result<()> {
    let met = bytes.len();
    if met > MAX_INPUT { Err(Error::Length { what, most: MAX_INPUT, met }) } else { Ok(()) }
}
