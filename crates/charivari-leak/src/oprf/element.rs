//! Elements of the group as they travel.

use std::fmt;

use curve25519_dalek::RistrettoPoint;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::traits::IsIdentity;

use super::{Error, Result};

/// The bytes of an encoded element.
pub const ELEMENT_BYTES: usize = 32;

/// An element other than the identity, with its one encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Element {
    point: RistrettoPoint,
    bytes: [u8; ELEMENT_BYTES],
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Element(hidden)")
    }
}

impl Element {
    /// Decodes an element that a peer sent.
    ///
    /// # Errors
    /// `E0730` where the bytes are not the encoding of an element, `E0731` where it is the identity.
    pub fn decode(bytes: &[u8; ELEMENT_BYTES], place: usize) -> Result<Self> {
        let point =
            CompressedRistretto(*bytes).decompress().ok_or(Error::NotCanonical { place })?;
        if point.is_identity() {
            return Err(Error::Identity { place });
        }
        Ok(Self { point, bytes: *bytes })
    }

    /// Its encoding.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; ELEMENT_BYTES] {
        &self.bytes
    }

    pub(super) fn point(&self) -> &RistrettoPoint {
        &self.point
    }

    /// A point that is known not to be the identity but by negligible chance.
    pub(super) fn of(point: RistrettoPoint) -> Self {
        Self { point, bytes: point.compress().to_bytes() }
    }

    /// All points whose halves these are: encoding in batches costs an eighth.
    pub(super) fn of_halves(halves: &[RistrettoPoint]) -> Vec<Self> {
        let bytes = RistrettoPoint::double_and_compress_batch(halves);
        let made = halves.iter().zip(bytes);
        made.map(|(half, bytes)| Self { point: half + half, bytes: bytes.to_bytes() }).collect()
    }
}
