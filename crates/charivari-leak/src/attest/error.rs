//! What can be wrong with an attestation.

use thiserror::Error;

/// The result of making or checking an attestation.
pub type Result<T> = std::result::Result<T, Error>;

/// Why an attestation is not made, or does not hold.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Error {
    /// Something is not what it has to be.
    #[error("E0761: {what}: {expected} expected, {met} met; give the right file")]
    Malformed {
        /// What it is.
        what: &'static str,
        /// What is expected.
        expected: &'static str,
        /// What was met.
        met: String,
    },
    /// The signature is not one of this statement by this key.
    #[error(
        "E0762: the signature does not hold for the statement and the key in the attestation: one of \
         the three was changed; ask the signer for it again"
    )]
    Signature,
    /// The result is another one.
    #[error(
        "E0763: the result that was signed is expected (SHA-256 {expected}), another was met \
         ({met}): it was changed after it was signed, or it is another file"
    )]
    OtherResult {
        /// The digest that was signed.
        expected: String,
        /// The digest that was met.
        met: String,
    },
    /// The statement says of the result what the result does not say.
    #[error(
        "E0764: the statement names a way or commitments that the result does not have; ask the signer"
    )]
    OtherClaims,
    /// Another key signed.
    #[error("E0765: the key {expected} is expected, {met} signed; ask the signer which is theirs")]
    OtherKey {
        /// The key that was given.
        expected: String,
        /// The key that signed.
        met: String,
    },
}

impl Error {
    /// The stable code, such as `E0761`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "E0761",
            Self::Signature => "E0762",
            Self::OtherResult { .. } => "E0763",
            Self::OtherClaims => "E0764",
            Self::OtherKey { .. } => "E0765",
        }
    }
}
