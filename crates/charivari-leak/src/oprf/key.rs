//! Keys: how they are made, and how a public input changes them.

use std::fmt;

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE;
use curve25519_dalek::traits::IsIdentity;
use curve25519_dalek::{RistrettoPoint, Scalar};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::suite::{check_length, scalar};
use super::{Element, Error, Mode, Result};

/// The key of the side that answers; overwritten when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SecretKey(Scalar);

/// The public half of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(Element);

/// A key into which a public input is bound; overwritten when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Tweaked {
    pub(super) key: Scalar,
    pub(super) inverse: Scalar,
}

/// A public key into which a public input is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TweakedPublic(pub(super) Element);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(hidden)")
    }
}

impl fmt::Debug for Tweaked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tweaked(hidden)")
    }
}

impl SecretKey {
    /// The key that follows from a seed (`DeriveKeyPair`).
    ///
    /// # Errors
    /// `E0734` where `info` is too long, `E0735` where no key follows, which does not happen.
    pub fn derive(mode: Mode, seed: &[u8; 32], info: &[u8]) -> Result<Self> {
        check_length("bytes of the key's information", info)?;
        let tag = mode.tag(b"DeriveKeyPair");
        let length = (info.len() as u16).to_be_bytes();
        let mut keys = (0..=255_u8).map(|count| scalar(&[seed, &length, info, &[count]], &tag));
        keys.find(|key| !bool::from(key.ct_eq(&Scalar::ZERO))).map(Self).ok_or(Error::NoInverse)
    }

    /// Reads a key from its encoding.
    ///
    /// # Errors
    /// `E0732` where it is not the encoding of a scalar other than zero.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self> {
        let key = Option::<Scalar>::from(Scalar::from_canonical_bytes(bytes));
        match key {
            Some(key) if !bool::from(key.ct_eq(&Scalar::ZERO)) => Ok(Self(key)),
            _ => Err(Error::Scalar { what: "a key" }),
        }
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(Element::of(&self.0 * RISTRETTO_BASEPOINT_TABLE))
    }

    /// This key with a public input bound in, for [`Mode::Poprf`].
    ///
    /// # Errors
    /// `E0734` where the public input is too long, `E0735` where it cancels the key.
    pub fn tweak(&self, info: &[u8]) -> Result<Tweaked> {
        let key = self.0 + info_scalar(info)?;
        if bool::from(key.ct_eq(&Scalar::ZERO)) {
            return Err(Error::NoInverse);
        }
        Ok(Tweaked { key, inverse: key.invert() })
    }

    pub(super) fn scalar(&self) -> &Scalar {
        &self.0
    }
}

impl PublicKey {
    /// Reads a public key.
    ///
    /// # Errors
    /// `E0730` and `E0731`, as for every element.
    pub fn decode(bytes: &[u8; 32]) -> Result<Self> {
        Element::decode(bytes, 0).map(Self)
    }

    /// Its encoding.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// This key with a public input bound in.
    ///
    /// # Errors
    /// `E0734` where the public input is too long, `E0735` where it cancels the key.
    pub fn tweak(&self, info: &[u8]) -> Result<TweakedPublic> {
        let point: RistrettoPoint =
            &info_scalar(info)? * RISTRETTO_BASEPOINT_TABLE + self.0.point();
        if point.is_identity() {
            return Err(Error::NoInverse);
        }
        Ok(TweakedPublic(Element::of(point)))
    }

    pub(super) fn element(&self) -> &Element {
        &self.0
    }
}

/// The scalar that stands for a public input.
fn info_scalar(info: &[u8]) -> Result<Scalar> {
    check_length("bytes of the public input", info)?;
    Ok(Mode::Poprf.to_scalar(&[b"Info", &(info.len() as u16).to_be_bytes(), info]))
}
