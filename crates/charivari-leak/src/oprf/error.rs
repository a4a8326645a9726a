//! What can be wrong with elements, keys and proofs.

use thiserror::Error;

/// The result of an operation on elements.
pub type Result<T> = std::result::Result<T, Error>;

/// What is wrong; no message holds an element, a key or an input.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Error {
    /// 32 bytes are not the one encoding of an element.
    #[error(
        "E0730: element {place}: the canonical encoding of an element of ristretto255 is expected, \
         other bytes were met; the peer is damaged or hostile"
    )]
    NotCanonical {
        /// Its place in the batch, from 0.
        place: usize,
    },
    /// The identity, under which every key gives the same.
    #[error(
        "E0731: element {place} is the identity, which blinds nothing; the peer is damaged or hostile"
    )]
    Identity {
        /// Its place in the batch, from 0.
        place: usize,
    },
    /// 32 bytes are not the one encoding of a scalar, or stand for zero where a key is expected.
    #[error(
        "E0732: the canonical encoding of a scalar other than zero is expected in {what}, other bytes \
         were met; fetch it again"
    )]
    Scalar {
        /// What the scalar is part of.
        what: &'static str,
    },
    /// A proof does not hold.
    #[error(
        "E0733: the proof does not hold: not the key that was announced made this answer; trust \
         nothing of it"
    )]
    Proof,
    /// An input, a public input or a batch has a length that the RFC does not provide for.
    #[error(
        "E0734: {what}: at most {most} are expected, and at least one in a batch, {met} were met"
    )]
    Length {
        /// What is too long.
        what: &'static str,
        /// The most that are provided for.
        most: usize,
        /// What was met.
        met: usize,
    },
    /// The key and the public input cancel each other: the key is known to whoever chose the input.
    #[error("E0735: the key and the public input cancel each other; make another key")]
    NoInverse,
}

impl Error {
    /// The stable code, such as `E0730`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotCanonical { .. } => "E0730",
            Self::Identity { .. } => "E0731",
            Self::Scalar { .. } => "E0732",
            Self::Proof => "E0733",
            Self::Length { .. } => "E0734",
            Self::NoInverse => "E0735",
        }
    }
}
