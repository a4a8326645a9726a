//! Keyed digests: telling that two values are one without keeping either.
//!
//! Whoever has the key can try values, so what can be guessed is refused: all telephone numbers of a
//! country are tried in a minute.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::canonical::{hex, netstrings};
use crate::{Error, Result};

/// What kind of value is to be digested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ValueKind {
    /// An address of e-mail.
    Email,
    /// A name together with a postal address.
    NameAndAddress,
    /// A handle of an account.
    Handle,
    /// A whole record, such as a row of a table.
    Record,
    /// A whole document or picture.
    Document,
    /// A telephone number.
    Phone,
    /// A postcode.
    Postcode,
    /// A date of birth.
    BirthDate,
    /// A number that a state or an insurer gives people.
    NationalNumber,
    /// A number of a bank account.
    Iban,
    /// A number of a payment card.
    PaymentCard,
    /// An address of the Internet Protocol.
    IpAddress,
    /// A person's name alone.
    PersonName,
    /// A password.
    Password,
}

impl ValueKind {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::Email,
        Self::NameAndAddress,
        Self::Handle,
        Self::Record,
        Self::Document,
        Self::Phone,
        Self::Postcode,
        Self::BirthDate,
        Self::NationalNumber,
        Self::Iban,
        Self::PaymentCard,
        Self::IpAddress,
        Self::PersonName,
        Self::Password,
    ];

    /// The words for one.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "e-mail address",
            Self::NameAndAddress => "name with its address",
            Self::Handle => "handle",
            Self::Record => "record",
            Self::Document => "document",
            Self::Phone => "telephone number",
            Self::Postcode => "postcode",
            Self::BirthDate => "birth date",
            Self::NationalNumber => "national number",
            Self::Iban => "bank account number",
            Self::PaymentCard => "card number",
            Self::IpAddress => "network address",
            Self::PersonName => "person's name",
            Self::Password => "password",
        }
    }

    /// Why such values can be guessed; `None` where they cannot.
    #[must_use]
    pub const fn guessable(self) -> Option<&'static str> {
        match self {
            Self::Email | Self::NameAndAddress | Self::Handle | Self::Record | Self::Document => {
                None
            }
            Self::Phone => Some("a country has fewer than 10^10 of them"),
            Self::Postcode => Some("a country has fewer than 10^6 of them"),
            Self::BirthDate => Some("people alive share about 40,000 of them"),
            Self::NationalNumber => Some("they follow a pattern of birth date, place and count"),
            Self::Iban => Some("banks number accounts in a row"),
            Self::PaymentCard => Some("issuer and check digit leave fewer than 10^10 of them"),
            Self::IpAddress => Some("there are 2^32 of the common ones"),
            Self::PersonName => Some("lists of names hold nearly all of them"),
            Self::Password => Some("lists of passwords hold most of them"),
        }
    }
}

/// Makes keyed digests (HMAC-SHA256, RFC 2104) of values that cannot be guessed.
#[derive(Clone)]
pub struct Digester {
    key: [u8; 32],
}

impl std::fmt::Debug for Digester {
    /// Shows nothing of the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Digester")
    }
}

impl Digester {
    pub(crate) const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The digest of a value, in lower-case hexadecimal. Equal values of different kinds have
    /// different digests.
    ///
    /// # Errors
    /// `E0619` where values of the kind can be guessed.
    pub fn digest(&self, kind: ValueKind, value: &str) -> Result<String> {
        if let Some(why) = kind.guessable() {
            return Err(Error::Guessable { kind: kind.word(), why });
        }
        // HMAC fills a key up to its block with zeros; done here, the length always fits.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.key);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(&netstrings(&["charivari digest 1", kind.word(), value]));
        Ok(hex(&mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_guessed_is_refused_and_the_rest_is_told_apart() {
        let digester = Digester::new([7; 32]);
        let mut digests = Vec::new();
        for kind in ValueKind::ALL {
            match digester.digest(kind, "kettle@example.org") {
                Ok(digest) => digests.push(digest),
                Err(error) => {
                    assert!(kind.guessable().is_some(), "{kind:?}");
                    assert_eq!(error.code(), "E0619");
                }
            }
        }
        assert_eq!(digests.len(), 5);
        digests.sort();
        digests.dedup();
        assert_eq!(digests.len(), 5);
        let other = Digester::new([8; 32]).digest(ValueKind::Email, "kettle@example.org").unwrap();
        assert!(!digests.contains(&other));
    }
}
