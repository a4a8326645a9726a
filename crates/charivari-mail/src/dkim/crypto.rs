//! Is this signature one that the key made, and over what?
//!
//! RSA is opened, not only checked: the digest that was signed comes out of the signature, so that
//! "the key made this over other headers" can be told from "the key did not make this". Only
//! public numbers are at work, so nothing has to run in constant time.

use ed25519_dalek::{Signature, VerifyingKey};
use num_bigint::BigUint;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// The digest of a signature.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Hash {
    Sha1,
    Sha256,
}

impl Hash {
    pub(crate) fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
        }
    }

    pub(crate) const fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }

    /// The name of the digest as it stands within an RSA signature (RFC 8017, section 9.2).
    pub(crate) const fn prefix(self) -> &'static [u8] {
        match self {
            Self::Sha1 => {
                &[0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0, 4, 20]
            }
            Self::Sha256 => &[
                0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                0x01, 0x05, 0, 4, 32,
            ],
        }
    }
}

/// The key of an RSA signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RsaKey {
    modulus: BigUint,
    exponent: BigUint,
}

/// What opening a signature showed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Opened {
    /// The key made it, over what hashes to this.
    Digest(Vec<u8>),
    /// The key did not make it, or it was damaged.
    Nothing,
}

/// Moduli and exponents beyond these are refused, since they would only cost time.
const MAX_BITS: u64 = 16_384;
const MAX_EXPONENT_BITS: u64 = 33;

impl RsaKey {
    /// A key of these numbers, big endian; nothing where they cannot be a key.
    pub(crate) fn new(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let modulus = BigUint::from_bytes_be(modulus);
        let exponent = BigUint::from_bytes_be(exponent);
        let fits = modulus.bits() <= MAX_BITS && exponent.bits() <= MAX_EXPONENT_BITS;
        let odd = modulus.bit(0) && exponent.bit(0);
        (fits && odd && modulus.bits() >= 64 && exponent.bits() > 1)
            .then_some(Self { modulus, exponent })
    }

    /// The length of the modulus.
    pub(crate) fn bits(&self) -> u64 {
        self.modulus.bits()
    }

    /// Opens a signature (RFC 8017, sections 8.2.2 and 9.2).
    pub(crate) fn open(&self, signature: &[u8], hash: Hash) -> Opened {
        let length = self.bits().div_ceil(8) as usize;
        let number = BigUint::from_bytes_be(signature);
        if signature.len() != length || number >= self.modulus {
            return Opened::Nothing;
        }
        let opened = number.modpow(&self.exponent, &self.modulus).to_bytes_be();
        // The leading zero of the encoding is no digit of the number.
        let tail = hash.prefix().len() + hash.length();
        let Some(padding) = length.checked_sub(tail + 3).filter(|&padding| padding >= 8) else {
            return Opened::Nothing;
        };
        let is_made = opened.len() == length - 1
            && opened[0] == 1
            && opened[1..=padding].iter().all(|&byte| byte == 0xff)
            && opened[padding + 1] == 0
            && opened[padding + 2..].starts_with(hash.prefix());
        if is_made {
            Opened::Digest(opened[opened.len() - hash.length()..].to_vec())
        } else {
            Opened::Nothing
        }
    }
}

/// Whether an Ed25519 signature (RFC 8463) is this key's over this digest.
pub(crate) fn ed25519(key: &[u8; 32], digest: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) =
        (VerifyingKey::from_bytes(key), Signature::from_slice(signature))
    else {
        return false;
    };
    key.verify_strict(digest, &signature).is_ok()
}
