//! Hashes of what can be guessed are refused where values are expected.

use super::{Error, Result};
use crate::Kind;

/// Values that are looked at.
const LOOK: u64 = 1_000;
/// The lengths of usual hashes in hexadecimal: MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512.
const LENGTHS: [usize; 6] = [32, 40, 56, 64, 96, 128];

/// Watches a column for hashes.
///
/// A hash of a telephone number is the number to anybody who tries them all, salted or not, since the
/// salt has to travel along. Comparing hashes would look like protection and be none.
#[derive(Clone, Debug)]
pub struct HashGuard {
    column: String,
    watches: bool,
    seen: u64,
    hashes: u64,
}

impl HashGuard {
    /// Watches the column of this name and kind.
    #[must_use]
    pub fn new(column: &str, kind: Kind) -> Self {
        let watches = matches!(kind, Kind::Email | Kind::Phone);
        Self { column: column.to_owned(), watches, seen: 0, hashes: 0 }
    }

    /// Looks at a value, as it stands in the file.
    pub fn note(&mut self, value: &str) {
        let value = value.trim();
        if self.watches && self.seen < LOOK && !value.is_empty() {
            self.seen += 1;
            self.hashes += u64::from(is_hash(value));
        }
    }

    /// Refuses the column where half of what was seen are hashes.
    ///
    /// # Errors
    /// `E0757`.
    pub fn check(&self) -> Result<()> {
        if self.hashes * 2 >= self.seen && self.hashes > 0 {
            let (hashes, seen) = (self.hashes, self.seen);
            return Err(Error::Hashes { column: self.column.clone(), hashes, seen });
        }
        Ok(())
    }
}

fn is_hash(value: &str) -> bool {
    let value = value.strip_prefix("0x").unwrap_or(value);
    // A salted hash is often written beside its salt.
    let mut parts = value.split([':', '$', ';', '.', '-']);
    parts.any(|part| {
        LENGTHS.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_hashes_are_refused_and_columns_of_values_are_not() {
        let md5 = "0123456789abcdef0123456789abcdef";
        let sha1 = "0123456789ABCDEF0123456789abcdef01234567";
        let sha256 = format!("{md5}{md5}");
        let salted = format!("s4lt:{sha256}");
        for (name, kind, values, refused) in [
            ("addresses", Kind::Email, vec!["zqxmarlo@example.org", "zqxarno@example.net"], false),
            ("MD5", Kind::Email, vec![md5, md5], true),
            ("SHA-1", Kind::Phone, vec![sha1], true),
            ("SHA-256", Kind::Phone, vec![&sha256], true),
            ("beside their salt", Kind::Email, vec![&salted], true),
            ("half of them", Kind::Email, vec![md5, "zqxmarlo@example.org"], true),
            ("one of three", Kind::Email, vec![md5, "zqxa@example.org", "zqxb@example.org"], false),
            (
                "a local part of 32 figures",
                Kind::Email,
                vec!["0123456789abcdef@example.org"],
                false,
            ),
            ("numbers", Kind::Phone, vec!["+33 6 39 98 12 34", "0639981235"], false),
            ("hashes where passwords are", Kind::Password, vec![md5], false),
            ("nothing", Kind::Email, vec!["", " "], false),
        ] {
            let mut guard = HashGuard::new("mail", kind);
            for value in &values {
                guard.note(value);
            }
            let refusal = guard.check().err();
            assert_eq!(refusal.as_ref().map(Error::code), refused.then_some("E0757"), "{name}");
            let text = refusal.map(|error| error.to_string()).unwrap_or_default();
            assert!(!values.iter().any(|value| value.len() > 1 && text.contains(value)), "{text}");
        }
    }
}
