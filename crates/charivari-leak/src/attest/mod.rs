//! A third party puts its name to a result, and others check it.
//!
//! What is signed is the digest of the result's bytes with what the signer says of it, as fields each
//! after its length, so that no two statements have the same bytes. Signatures are Ed25519.
//!
//! Invariants: no clock, no file; keys are overwritten when dropped; a signature says who signed what,
//! never that it is true.

mod error;
mod words;

use charivari_model::Timestamp;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use error::{Error, Result};

use crate::protocol::Digest;
use crate::protocol::private::{Fields, hex, unhex, when};

/// The version of the file.
const VERSION: u32 = 1;
/// The longest attestation that is read, in bytes.
const MAX_FILE: usize = 64 << 10;
/// The most commitments that are named.
const MAX_COMMITMENTS: usize = 16;
/// The longest text in a statement, in bytes.
const MAX_TEXT: usize = 300;

/// What the signer was there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Saw {
    /// The file of the result, and nothing of how it came about.
    File,
    /// The comparison itself, from the commitments to the result.
    Comparison,
}

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The SHA-256 of the result's bytes.
    pub result: Digest,
    /// How many bytes it has.
    pub bytes: u64,
    /// How the comparison was made, as the result says.
    pub way: String,
    /// The roots and digests that the result says both sides were bound to.
    pub commitments: Vec<String>,
    /// Who signs, in their own words.
    pub who: String,
    /// What they were there for.
    pub saw: Saw,
    /// When, as they say.
    #[serde(with = "when")]
    pub time: Timestamp,
}

/// A signed statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The version of the file.
    pub leak_attestation: u32,
    /// What is signed.
    pub statement: Statement,
    /// The public key.
    pub key: Digest,
    /// The signature, as hexadecimal.
    pub signature: String,
}

impl Statement {
    /// The statement about a result.
    ///
    /// # Errors
    /// `E0761` where the bytes are no result, or a text is empty or too long.
    pub fn about(result: &[u8], who: &str, saw: Saw, time: Timestamp) -> Result<Self> {
        if who.is_empty() || who.len() > MAX_TEXT {
            let met = format!("{} bytes", who.len());
            return Err(Error::Malformed { what: "who signs", expected: "1 to 300 bytes", met });
        }
        let (way, commitments) = claims(result)?;
        let bytes = result.len() as u64;
        let who = who.to_owned();
        Ok(Self { result: Digest::of(result), bytes, way, commitments, who, saw, time })
    }

    fn message(&self) -> Vec<u8> {
        let saw = match self.saw {
            Saw::File => "file",
            Saw::Comparison => "comparison",
        };
        let start = Fields::new("charivari leak attestation 1").bytes(&self.result.0);
        let start = start.number(self.bytes).text(&self.way).text(&self.who).text(saw);
        let start = start.number(self.time.0.cast_unsigned());
        let start = start.number(self.commitments.len() as u64);
        self.commitments.iter().fold(start, |fields, one| fields.text(one)).into_bytes()
    }

    /// Signs the statement with a key of 32 bytes.
    #[must_use]
    pub fn sign(self, key: &[u8; 32]) -> Attestation {
        let key = SigningKey::from_bytes(key);
        let signature = hex(&key.sign(&self.message()).to_bytes());
        let public = Digest(key.verifying_key().to_bytes());
        Attestation { leak_attestation: VERSION, statement: self, key: public, signature }
    }
}

impl Attestation {
    /// Reads the file.
    ///
    /// # Errors
    /// `E0761` where it is none.
    pub fn read(text: &str) -> Result<Self> {
        let wrong = |expected, met| Error::Malformed { what: "the attestation", expected, met };
        if text.len() > MAX_FILE {
            return Err(wrong("at most 65536 bytes", format!("{} bytes", text.len())));
        }
        let read: Self = serde_json::from_str(text).map_err(|error| {
            let met = format!("something else at line {}, column {}", error.line(), error.column());
            wrong("the fields of an attestation", met)
        })?;
        if read.leak_attestation != VERSION {
            return Err(wrong("version 1", read.leak_attestation.to_string()));
        }
        Ok(read)
    }

    /// Checks the signature, and that the result is the one that was signed.
    ///
    /// `expected` is the key that the signer gave by another way; without it anybody may have signed.
    ///
    /// # Errors
    /// `E0765` where another key signed, `E0762` where the signature does not hold, `E0763` where the
    /// result is another one, `E0764` where the statement says of it what it does not say.
    pub fn check(&self, result: &[u8], expected: Option<Digest>) -> Result<()> {
        if let Some(expected) = expected
            && expected != self.key
        {
            let (expected, met) = (expected.to_string(), self.key.to_string());
            return Err(Error::OtherKey { expected, met });
        }
        let key = VerifyingKey::from_bytes(&self.key.0).map_err(|_| Error::Signature)?;
        let signature = unhex(&self.signature).ok_or(Error::Signature)?;
        key.verify_strict(&self.statement.message(), &Signature::from_bytes(&signature))
            .map_err(|_| Error::Signature)?;
        let met = Digest::of(result);
        if met != self.statement.result || result.len() as u64 != self.statement.bytes {
            let expected = self.statement.result.to_string();
            return Err(Error::OtherResult { expected, met: met.to_string() });
        }
        let (way, commitments) = claims(result)?;
        if (&way, &commitments) != (&self.statement.way, &self.statement.commitments) {
            return Err(Error::OtherClaims);
        }
        Ok(())
    }
}

/// How a result says that it was made, and what both sides were bound to.
fn claims(result: &[u8]) -> Result<(String, Vec<String>)> {
    let wrong = |expected, met: String| Error::Malformed { what: "the result", expected, met };
    let value: Value = serde_json::from_slice(result).map_err(|error| {
        wrong("JSON", format!("something else at line {}, column {}", error.line(), error.column()))
    })?;
    let way = value.get("way").and_then(Value::as_str).filter(|way| way.len() <= MAX_TEXT);
    let way = way.ok_or_else(|| wrong("the field way", "none".to_owned()))?;
    let all = value.get("commitments").and_then(Value::as_array).cloned().unwrap_or_default();
    if all.len() > MAX_COMMITMENTS {
        return Err(wrong("at most 16 commitments", all.len().to_string()));
    }
    let commitments = all.iter().map(|one| {
        let text = |name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default();
        let whole = format!("{} {} {}", text("who"), text("scheme"), text("root"));
        (whole.len() <= MAX_TEXT).then_some(whole)
    });
    let commitments: Option<_> = commitments.collect();
    let commitments = commitments
        .ok_or_else(|| wrong("commitments of at most 300 bytes", "a longer one".to_owned()))?;
    Ok((way.to_owned(), commitments))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESULT: &[u8] =
        b"{\"way\": \"exchange\", \"found\": {\"exactly\": 12}, \"commitments\": \
        [{\"who\": \"own\", \"scheme\": \"merkle-sha256\", \"root\": \"ab\", \"rows\": 4}]}";

    fn signed() -> Attestation {
        let time = Timestamp::from_seconds(1_700_000_000);
        let saw = Saw::Comparison;
        Statement::about(RESULT, "a notary", saw, time).unwrap().sign(&[7; 32])
    }

    #[test]
    fn a_signed_result_reads_back_and_holds() {
        let attestation = signed();
        let text = serde_json::to_string_pretty(&attestation).unwrap();
        let read = Attestation::read(&text).unwrap();
        assert_eq!(read, attestation);
        read.check(RESULT, None).unwrap();
        read.check(RESULT, Some(read.key)).unwrap();
        assert_eq!(read.statement.commitments, ["own merkle-sha256 ab"]);
        let words = read.words().join("\n");
        for part in ["a notary", "2023-11-14T22:13:20Z", "was there", "not attested"] {
            assert!(words.contains(part), "{part}: {words}");
        }
    }

    #[test]
    fn whatever_is_changed_is_found_by_name() {
        let changed = |change: &dyn Fn(&mut Attestation)| {
            let mut attestation = signed();
            change(&mut attestation);
            attestation.check(RESULT, None).unwrap_err().code()
        };
        for (name, code, expected) in [
            ("who", changed(&|one| one.statement.who.push('s')), "E0762"),
            ("when", changed(&|one| one.statement.time.0 += 1), "E0762"),
            ("what they saw", changed(&|one| one.statement.saw = Saw::File), "E0762"),
            ("the way", changed(&|one| one.statement.way = "local".to_owned()), "E0762"),
            ("the roots", changed(&|one| one.statement.commitments.clear()), "E0762"),
            ("the digest", changed(&|one| one.statement.result.0[0] ^= 1), "E0762"),
            ("the length", changed(&|one| one.statement.bytes += 1), "E0762"),
            ("the key", changed(&|one| one.key.0[0] ^= 1), "E0762"),
            ("the signature", changed(&|one| one.signature = "00".repeat(64)), "E0762"),
            ("no signature", changed(&|one| one.signature.clear()), "E0762"),
        ] {
            assert_eq!(code, expected, "{name}");
        }
        let other = String::from_utf8_lossy(RESULT).replace("12", "13");
        assert_eq!(signed().check(other.as_bytes(), None).unwrap_err().code(), "E0763");
        let key = Some(Digest([1; 32]));
        assert_eq!(signed().check(RESULT, key).unwrap_err().code(), "E0765");
        // Whoever signs a statement that does not follow from the result is found out as well.
        let mut statement = signed().statement;
        statement.way = "local".to_owned();
        let lie = statement.sign(&[7; 32]);
        assert_eq!(lie.check(RESULT, None).unwrap_err().code(), "E0764");
    }

    #[test]
    fn what_is_no_result_and_no_attestation_is_refused() {
        let time = Timestamp::from_seconds(0);
        for bytes in [&b""[..], b"{}", b"[]", b"{\"way\": 1}", b"\xff"] {
            let refused = Statement::about(bytes, "a notary", Saw::File, time).unwrap_err();
            assert_eq!(refused.code(), "E0761");
        }
        assert_eq!(Statement::about(RESULT, "", Saw::File, time).unwrap_err().code(), "E0761");
        let text = serde_json::to_string(&signed()).unwrap();
        for text in [
            "{}".to_owned(),
            text.replace("\"leak_attestation\":1", "\"leak_attestation\":2"),
            text.replacen('{', "{\"more\":1,", 1),
            " ".repeat(70_000),
        ] {
            assert_eq!(Attestation::read(&text).unwrap_err().code(), "E0761");
        }
    }
}
