//! The files that people hand over: a commitment, a request, an invitation, a list of canaries.

use std::collections::BTreeMap;

use charivari_model::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::digest::Fields;
use super::terms::when;
use super::{Digest, Error, MAX_ELEMENTS, MAX_ROWS, Result, Sample, Terms, Token, TokenSet};
use crate::oprf::PublicKey;

/// The version of all files.
const VERSION: u32 = 1;
/// The longest file that is read, in bytes; a list of canaries may be longer.
const MAX_FILE: usize = 64 << 10;
/// The longest list of canaries, in bytes.
const MAX_CANARIES: usize = 16 << 20;
/// The longest text that somebody writes about themselves, in bytes.
const MAX_TEXT: usize = 300;

/// What the organisation says of its own table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableCounts {
    /// Records.
    pub rows: u64,
    /// Records without a key; they cannot be found.
    pub without_key: u64,
    /// Records whose key is too long to be one.
    pub too_long: u64,
    /// Values that are too long; they are taken for missing.
    pub values_too_long: u64,
    /// Records whose key an earlier record has; the first counts.
    pub duplicates: u64,
    /// Entries that have a value, by column.
    pub filled: Vec<u64>,
}

impl TableCounts {
    pub(super) fn for_columns(columns: usize) -> Self {
        Self { filled: vec![0; columns], ..Self::default() }
    }
}

/// What the organisation publishes before anybody asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// The version of the file.
    pub leak_commitment: u32,
    /// What is compared.
    pub terms: Terms,
    /// The key under which it answers.
    pub public_key: Digest,
    /// The root over all entries of the set, in the order of their tokens.
    pub root: Digest,
    /// How many entries there are.
    pub entries: u64,
    /// What the organisation says of its table.
    pub counts: TableCounts,
    /// The SHA-256 of its certificate.
    pub certificate: Digest,
    /// The digest of its list of canaries, where it has one.
    pub canaries: Option<Digest>,
    /// When it was made.
    #[serde(with = "when")]
    pub made: Timestamp,
}

/// What the holder asks to be approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The version of the file.
    pub leak_request: u32,
    /// The digest of the commitment that it answers.
    pub commitment: Digest,
    /// Who asks, in their own words.
    pub asker: String,
    /// How many rows, decoys included.
    pub rows: u32,
    /// The root over the blinded elements.
    pub elements_root: Digest,
    /// The salted root over the rows themselves.
    pub sample_root: Digest,
    /// When it was made.
    #[serde(with = "when")]
    pub made: Timestamp,
}

/// What lets the holder ask once. A secret until then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// The version of the file.
    pub leak_invitation: u32,
    /// The organisation's commitment, as a whole.
    pub commitment: Commitment,
    /// The request that was approved.
    pub request: Request,
    /// Where the organisation answers: a host and a port.
    pub address: String,
    /// When the invitation ends.
    #[serde(with = "when")]
    pub expires: Timestamp,
    /// The token that is good for one exchange.
    pub token: Token,
}

/// One address that was never used for anything, in one copy of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canary {
    /// The value of the key column.
    pub key: String,
    /// The copy or processor that has it.
    pub copy: String,
}

/// What became of the canaries of one copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyMet {
    /// How many the copy has.
    pub planted: u64,
    /// How many of them are in the sample.
    pub found: u64,
}

/// The organisation's list of canaries, handed over after the exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canaries {
    /// The version of the file.
    pub leak_canaries: u32,
    /// What keeps the digest from being guessed.
    pub salt: Digest,
    /// The canaries.
    pub canaries: Vec<Canary>,
}

impl Commitment {
    /// The commitment to a set.
    #[must_use]
    pub fn new(
        terms: &Terms,
        public_key: &PublicKey,
        set: &TokenSet,
        certificate: Digest,
        made: Timestamp,
    ) -> Self {
        Self {
            leak_commitment: VERSION,
            terms: terms.clone(),
            public_key: Digest(*public_key.as_bytes()),
            root: set.root(),
            entries: set.len(),
            counts: set.counts().clone(),
            certificate,
            canaries: None,
            made,
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// `E0754` where it is none, `E0759` where its terms are out of bounds.
    pub fn read(text: &str) -> Result<Self> {
        let read: Self = read("the commitment", text, MAX_FILE)?;
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<()> {
        check_version("the commitment", self.leak_commitment)?;
        self.terms.check()?;
        if self.counts.filled.len() != self.terms.columns.len() {
            let met = "as many counts as columns are expected, another number was met".to_owned();
            return Err(Error::File { file: "the commitment", met });
        }
        PublicKey::decode(&self.public_key.0)?;
        Ok(())
    }

    /// What names this commitment, whatever white space its file has.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut fields = self.terms.fields("charivari leak commitment 1");
        for digest in [self.public_key, self.root, self.certificate] {
            fields = fields.bytes(&digest.0);
        }
        fields = fields.bytes(self.canaries.as_ref().map_or(&[], |digest| &digest.0[..]));
        let counts = &self.counts;
        let plain = [
            self.entries,
            counts.rows,
            counts.without_key,
            counts.too_long,
            counts.values_too_long,
            counts.duplicates,
            self.made.0.cast_unsigned(),
        ];
        let numbers = plain.iter().chain(&counts.filled);
        numbers.fold(fields, |fields, &number| fields.number(number)).digest()
    }
}

impl Request {
    /// The request for a sample under a commitment.
    ///
    /// # Errors
    /// `E0759` where the asker's words are empty or too long.
    pub fn new(
        commitment: &Commitment,
        sample: &Sample,
        asker: &str,
        made: Timestamp,
    ) -> Result<Self> {
        let request = Self {
            leak_request: VERSION,
            commitment: commitment.digest(),
            asker: asker.to_owned(),
            rows: sample.rows(),
            elements_root: sample.elements_root(),
            sample_root: sample.sample_root(),
            made,
        };
        request.check()?;
        Ok(request)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// `E0754` where it is none, `E0759` where something is out of bounds.
    pub fn read(text: &str) -> Result<Self> {
        let read: Self = read("the request", text, MAX_FILE)?;
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<()> {
        check_version("the request", self.leak_request)?;
        if self.rows == 0 || self.rows > MAX_ROWS {
            let expected = format!("1 to {MAX_ROWS}");
            return Err(Error::Bounds {
                what: "rows to ask",
                expected,
                met: self.rows.to_string(),
            });
        }
        check_text("who asks", &self.asker)
    }
}

impl Invitation {
    /// Approves a request.
    ///
    /// # Errors
    /// `E0755` where the request belongs to another commitment, `E0745` where the commitment has ended,
    /// `E0759` where something is out of bounds.
    pub fn approve(
        commitment: &Commitment,
        request: &Request,
        address: &str,
        expires: Timestamp,
        token: Token,
    ) -> Result<Self> {
        if expires > commitment.terms.expires {
            return Err(Error::Expired { ended: commitment.terms.expires.to_string() });
        }
        let invitation = Self {
            leak_invitation: VERSION,
            commitment: commitment.clone(),
            request: request.clone(),
            address: address.to_owned(),
            expires,
            token,
        };
        invitation.check()?;
        Ok(invitation)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// `E0754` where it is none, `E0755` where its parts do not belong together, `E0759` where
    /// something is out of bounds.
    pub fn read(text: &str) -> Result<Self> {
        let read: Self = read("the invitation", text, MAX_FILE)?;
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<()> {
        check_version("the invitation", self.leak_invitation)?;
        self.commitment.check()?;
        self.request.check()?;
        if self.request.commitment != self.commitment.digest() {
            return Err(Error::Unrelated { what: "the request", to: "the commitment" });
        }
        let elements = u64::from(self.request.rows) * self.commitment.terms.slots() as u64;
        if elements > MAX_ELEMENTS {
            let expected = format!("at most {MAX_ELEMENTS}");
            return Err(Error::Bounds { what: "elements", expected, met: elements.to_string() });
        }
        check_text("the address", &self.address)
    }
}

impl Canaries {
    /// A list with its salt.
    #[must_use]
    pub fn new(salt: Digest, canaries: Vec<Canary>) -> Self {
        Self { leak_canaries: VERSION, salt, canaries }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// `E0754` where it is none.
    pub fn read(text: &str) -> Result<Self> {
        let read: Self = read("the list of canaries", text, MAX_CANARIES)?;
        check_version("the list of canaries", read.leak_canaries)?;
        Ok(read)
    }

    /// What the commitment says of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let start = Fields::new("charivari leak canaries 1").bytes(&self.salt.0);
        let lines = self.canaries.iter();
        lines.fold(start, |fields, one| fields.text(&one.key).text(&one.copy)).digest()
    }

    /// How many canaries of each copy are among these keys.
    ///
    /// # Errors
    /// `E0766` where the list is not the one that was committed.
    pub fn met<'k>(
        &self,
        commitment: &Commitment,
        keys: impl Iterator<Item = &'k str>,
    ) -> Result<BTreeMap<String, CopyMet>> {
        if commitment.canaries != Some(self.digest()) {
            return Err(Error::OtherCanaries);
        }
        let mut copies: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut met: BTreeMap<String, CopyMet> = BTreeMap::new();
        for one in &self.canaries {
            copies.entry(&one.key).or_default().push(&one.copy);
            met.entry(one.copy.clone()).or_default().planted += 1;
        }
        for copy in keys.filter_map(|key| copies.get(key)).flatten() {
            met.entry((*copy).to_owned()).or_default().found += 1;
        }
        Ok(met)
    }
}

fn check_text(what: &'static str, text: &str) -> Result<()> {
    if text.is_empty() || text.len() > MAX_TEXT {
        let (expected, met) = (format!("1 to {MAX_TEXT} bytes"), format!("{} bytes", text.len()));
        return Err(Error::Bounds { what, expected, met });
    }
    Ok(())
}

fn check_version(file: &'static str, met: u32) -> Result<()> {
    if met == VERSION {
        return Ok(());
    }
    Err(Error::File { file, met: format!("version {VERSION} is expected, {met} was met") })
}

fn read<T: DeserializeOwned>(file: &'static str, text: &str, most: usize) -> Result<T> {
    if text.len() > most {
        let met = format!("at most {most} bytes are expected, {} were met", text.len());
        return Err(Error::File { file, met });
    }
    serde_json::from_str(text).map_err(|error| {
        // The words of the library can quote what was met, and an invitation is a secret.
        let (line, column) = (error.line(), error.column());
        let met = format!("line {line}, column {column} is not what this file has there");
        Error::File { file, met }
    })
}
