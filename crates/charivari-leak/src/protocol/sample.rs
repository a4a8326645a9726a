//! The holder's side before anybody approves: rows become blinded elements with two roots.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::digest::Fields;
use super::row::{Input, MAX_KEY, MAX_VALUE, column_input, key_input};
use super::{Digest, Error, MAX_ELEMENTS, MAX_ROWS, Result, Terms, Tree};
use crate::oprf::{Blind, Element, Mode, blind_batch};

/// What the holder's blinds, salts and order follow from. A secret: with the request it leads back to
/// the sample. Overwritten when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Seed([u8; 32]);

impl Seed {
    /// A seed from 32 random bytes that are used for nothing else.
    #[must_use]
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for the file that only the holder may read.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// 64 bytes for one use at one place.
    fn bytes(&self, what: &str, fields: &[&[u8]]) -> Zeroizing<[u8; 64]> {
        let start = Fields::new("charivari leak seed 1").text(what).bytes(&self.0);
        let message = fields.iter().fold(start, |message, field| message.bytes(field));
        let message = Zeroizing::new(message.into_bytes());
        Zeroizing::new(Sha512::digest(&*message).into())
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(hidden)")
    }
}

/// What was counted while the sample passed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleCounts {
    /// Rows of the sample.
    pub rows: u64,
    /// Rows without a key; they cannot be asked.
    pub without_key: u64,
    /// Rows whose key is too long to be one.
    pub too_long: u64,
    /// Values that are too long; they are taken for missing.
    pub values_too_long: u64,
    /// Rows whose key an earlier row has; the first is asked.
    pub duplicates: u64,
    /// Decoys that are asked.
    pub decoys: u64,
    /// Decoys that were left out: without a key, or with the key of another row.
    pub decoys_left_out: u64,
}

/// One row of the sample that is asked.
struct Row {
    columns: Vec<Option<Zeroizing<String>>>,
    decoy: bool,
}

/// A row with what its place follows from, and its key.
type Placed = (Zeroizing<[u8; 64]>, Zeroizing<String>, Row);

/// Takes the sample and the decoys row by row.
pub struct SampleBuilder {
    terms: Terms,
    seed: Seed,
    /// By key, so that rows of one key are one.
    rows: BTreeMap<String, Row>,
    counts: SampleCounts,
}

impl fmt::Debug for SampleBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SampleBuilder").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl Drop for SampleBuilder {
    fn drop(&mut self) {
        for mut key in std::mem::take(&mut self.rows).into_keys() {
            key.zeroize();
        }
    }
}

/// The sample, ready to be asked: what is sent, and what stays.
pub struct Sample {
    pub(super) terms: Terms,
    /// For each row its inputs, by slot; a dummy where the column has no value.
    pub(super) inputs: Vec<Vec<Input>>,
    pub(super) blinds: Vec<Vec<Blind>>,
    pub(super) elements: Vec<Vec<Element>>,
    /// Whether each row has a value, by column.
    pub(super) given: Vec<Vec<bool>>,
    pub(super) decoys: Vec<bool>,
    counts: SampleCounts,
    sent_root: Digest,
    rows_root: Digest,
}

impl fmt::Debug for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sample").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl SampleBuilder {
    /// Begins a sample under the terms of a commitment.
    ///
    /// # Errors
    /// What the terms make impossible.
    pub fn new(terms: &Terms, seed: Seed) -> Result<Self> {
        terms.check()?;
        let counts = SampleCounts::default();
        Ok(Self { terms: terms.clone(), seed, rows: BTreeMap::new(), counts })
    }

    /// Takes a row of the sample, its values normalised.
    ///
    /// # Errors
    /// `E0759` where there are more rows than can be asked at once.
    pub fn push(&mut self, key: Option<&str>, columns: &[Option<&str>]) -> Result<()> {
        self.counts.rows += 1;
        let key = key.unwrap_or_default();
        if key.is_empty() {
            self.counts.without_key += 1;
        } else if key.len() > MAX_KEY {
            self.counts.too_long += 1;
        } else if self.rows.contains_key(key) {
            self.counts.duplicates += 1;
        } else {
            self.insert(key, columns, false)?;
        }
        Ok(())
    }

    /// Takes a decoy: a row that looks like one of the sample, and of which the holder knows that
    /// nobody can have it. Decoys come after all rows of the sample.
    ///
    /// # Errors
    /// `E0759` where there are more rows than can be asked at once.
    pub fn push_decoy(&mut self, key: Option<&str>, columns: &[Option<&str>]) -> Result<()> {
        let key = key.unwrap_or_default();
        if key.is_empty() || key.len() > MAX_KEY || self.rows.contains_key(key) {
            self.counts.decoys_left_out += 1;
            return Ok(());
        }
        self.counts.decoys += 1;
        self.insert(key, columns, true)
    }

    fn insert(&mut self, key: &str, columns: &[Option<&str>], decoy: bool) -> Result<()> {
        let met = self.rows.len() as u64 + 1;
        if met > u64::from(MAX_ROWS) || met * self.terms.slots() as u64 > MAX_ELEMENTS {
            let expected = format!("at most {MAX_ROWS}, and {MAX_ELEMENTS} with all their columns");
            return Err(Error::Bounds { what: "rows to ask", expected, met: met.to_string() });
        }
        let mut values = Vec::with_capacity(self.terms.columns.len());
        for place in 0..self.terms.columns.len() {
            let value = columns.get(place).copied().flatten().filter(|value| !value.is_empty());
            let fits = value.filter(|value| value.len() <= MAX_VALUE);
            self.counts.values_too_long += u64::from(value.is_some() && fits.is_none());
            values.push(fits.map(|value| Zeroizing::new(value.to_owned())));
        }
        self.rows.insert(key.to_owned(), Row { columns: values, decoy });
        Ok(())
    }

    /// Blinds everything. The order of the rows follows from the seed, so decoys lie anywhere.
    ///
    /// # Errors
    /// `E0758` where nothing can be asked.
    pub fn finish(mut self) -> Result<Sample> {
        let rows = std::mem::take(&mut self.rows);
        let mut rows: Vec<Placed> = rows
            .into_iter()
            .map(|(key, row)| (self.seed.bytes("order", &[key.as_bytes()]), key.into(), row))
            .collect();
        if rows.is_empty() {
            return Err(Error::Nothing { what: "the sample" });
        }
        rows.sort_unstable_by(|one, two| one.0.cmp(&two.0));
        let mut sample = Sample {
            terms: self.terms.clone(),
            inputs: Vec::with_capacity(rows.len()),
            blinds: Vec::with_capacity(rows.len()),
            elements: Vec::new(),
            given: rows
                .iter()
                .map(|row| row.2.columns.iter().map(Option::is_some).collect())
                .collect(),
            decoys: rows.iter().map(|row| row.2.decoy).collect(),
            counts: self.counts.clone(),
            sent_root: Digest::of(b""),
            rows_root: Digest::of(b""),
        };
        for (place, (_, key, row)) in rows.iter().enumerate() {
            let (inputs, blinds) = self.blinded_row(place, key, row)?;
            sample.inputs.push(inputs);
            sample.blinds.push(blinds);
        }
        let inputs: Vec<&[u8]> = sample.inputs.iter().flatten().map(|one| one.as_slice()).collect();
        let blinds: Vec<Blind> = sample.blinds.iter().flatten().cloned().collect();
        let elements = blind_batch(Mode::Poprf, &inputs, &blinds)?;
        sample.elements = elements.chunks(self.terms.slots()).map(<[Element]>::to_vec).collect();
        self.commit(&rows, &mut sample);
        Ok(sample)
    }

    /// The inputs and blinds of a row; where a column has no value a dummy that nobody can tell.
    fn blinded_row(&self, place: usize, key: &str, row: &Row) -> Result<(Vec<Input>, Vec<Blind>)> {
        let at = (place as u64).to_be_bytes();
        let mut inputs = vec![key_input(key)];
        for (column, value) in row.columns.iter().enumerate() {
            let dummy =
                || Zeroizing::new(self.seed.bytes("dummy", &[&at, &[column as u8]]).to_vec());
            let input = value.as_ref().map(|value| column_input(&self.terms, column, key, value));
            inputs.push(input.unwrap_or_else(dummy));
        }
        let blind =
            |slot: usize| Blind::from_random(&self.seed.bytes("blind", &[&at, &[slot as u8]]));
        let blinds = (0..inputs.len()).map(blind).collect::<std::result::Result<_, _>>()?;
        Ok((inputs, blinds))
    }

    /// The root over what is sent, and the salted root over what it stands for.
    fn commit(&self, rows: &[Placed], sample: &mut Sample) {
        let (mut sent, mut meant) = (Tree::default(), Tree::default());
        for (place, ((_, key, row), elements)) in rows.iter().zip(&sample.elements).enumerate() {
            let bytes: Vec<u8> = elements.iter().flat_map(|one| *one.as_bytes()).collect();
            sent.push(&bytes);
            let salt = self.seed.bytes("salt", &[&(place as u64).to_be_bytes()]);
            let mut leaf = Fields::new("charivari leak sample 1").bytes(&salt[..32]);
            leaf = leaf.number(place as u64).number(u64::from(row.decoy)).bytes(&bytes).text(key);
            for value in &row.columns {
                leaf = leaf.number(u64::from(value.is_some()));
                leaf = leaf.text(value.as_ref().map_or("", |value| value.as_str()));
            }
            meant.push(&Zeroizing::new(leaf.into_bytes()));
        }
        sample.sent_root = sent.root();
        sample.rows_root = meant.root();
    }
}

impl Sample {
    /// How many rows are asked, decoys included.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.elements.len() as u32
    }

    /// What was counted.
    #[must_use]
    pub fn counts(&self) -> &SampleCounts {
        &self.counts
    }

    /// The root over the blinded elements, which the organisation holds the holder to.
    #[must_use]
    pub fn elements_root(&self) -> Digest {
        self.sent_root
    }

    /// The salted root over the rows, which are decoys among them, for those who may see them later.
    #[must_use]
    pub fn sample_root(&self) -> Digest {
        self.rows_root
    }
}
