//! The organisation's side before anybody asks: records become a set of tokens with a root.

use std::fmt;
use std::io::{self, Write};

use rayon::prelude::*;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::row::{
    COLUMN_TOKEN, Input, MAX_KEY, MAX_VALUE, ROW_TOKEN, column_input, column_token, filler,
    key_input, row_token,
};
use super::{Error, Result, TableCounts, Terms, Tree};
use crate::oprf::{Evaluator, SecretKey};

/// Rows that are evaluated together; what is waiting is bounded by this.
const TOGETHER: usize = 16_384;
/// Rows that one thread takes at a time.
const CHUNK: usize = 128;
/// The most rows of a table: their places are numbers of four bytes.
const MAX_TABLE: usize = u32::MAX as usize;

/// The bytes of one entry of the set under these terms.
#[must_use]
pub fn entry_bytes(terms: &Terms) -> usize {
    ROW_TOKEN + COLUMN_TOKEN * terms.columns.len()
}

/// One row that waits to be evaluated.
struct Waiting {
    key: Input,
    columns: Vec<Option<Input>>,
}

/// What fills the place of missing values; overwritten when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
struct Filler([u8; 32]);

/// Takes the organisation's records one by one and keeps tokens only.
pub struct TableBuilder {
    terms: Terms,
    /// One for the key and one for each column, under their own public inputs.
    evaluators: Vec<Evaluator>,
    filler: Filler,
    waiting: Vec<Waiting>,
    entries: Vec<u8>,
    /// Which columns each row has, one bit each.
    filled: Vec<u16>,
    counts: TableCounts,
}

impl fmt::Debug for TableBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableBuilder").field("counts", &self.counts).finish_non_exhaustive()
    }
}

/// The evaluated table in the order of its tokens, which says nothing of the order of the records.
pub struct TokenSet {
    bytes: usize,
    entries: Vec<u8>,
    order: Vec<u32>,
    counts: TableCounts,
}

impl fmt::Debug for TokenSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSet").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl TableBuilder {
    /// Begins a table. `filler` is 32 random bytes that are used for nothing else and forgotten.
    ///
    /// # Errors
    /// What the terms or the key make impossible.
    pub fn new(terms: &Terms, key: &SecretKey, filler: [u8; 32]) -> Result<Self> {
        terms.check()?;
        let evaluators = (0..terms.slots())
            .map(|slot| Evaluator::poprf(key, &terms.info(slot)))
            .collect::<std::result::Result<_, _>>()?;
        Ok(Self {
            terms: terms.clone(),
            evaluators,
            filler: Filler(filler),
            waiting: Vec::new(),
            entries: Vec::new(),
            filled: Vec::new(),
            counts: TableCounts::for_columns(terms.columns.len()),
        })
    }

    /// Takes a record, its values normalised: the key, and a value for each compared column.
    ///
    /// # Errors
    /// `E0759` where there are more records than four bytes can number.
    pub fn push(&mut self, key: Option<&str>, columns: &[Option<&str>]) -> Result<()> {
        self.counts.rows += 1;
        let key = key.unwrap_or_default();
        if key.is_empty() {
            self.counts.without_key += 1;
            return Ok(());
        }
        if key.len() > MAX_KEY {
            self.counts.too_long += 1;
            return Ok(());
        }
        let mut inputs = Vec::with_capacity(self.terms.columns.len());
        for place in 0..self.terms.columns.len() {
            let value = columns.get(place).copied().flatten().filter(|value| !value.is_empty());
            let fits = value.filter(|value| value.len() <= MAX_VALUE);
            self.counts.values_too_long += u64::from(value.is_some() && fits.is_none());
            inputs.push(fits.map(|value| column_input(&self.terms, place, key, value)));
        }
        self.waiting.push(Waiting { key: key_input(key), columns: inputs });
        if self.waiting.len() >= TOGETHER { self.evaluate() } else { Ok(()) }
    }

    /// Evaluates what is waiting, on all threads.
    fn evaluate(&mut self) -> Result<()> {
        let met = self.filled.len() + self.waiting.len();
        if met > MAX_TABLE {
            let expected = format!("at most {MAX_TABLE}");
            return Err(Error::Bounds { what: "records", expected, met: met.to_string() });
        }
        let chunks = self.waiting.par_chunks(CHUNK).map(|rows| self.entries_of(rows));
        let chunks: Vec<Vec<u8>> = chunks.collect::<Result<_>>()?;
        for chunk in &chunks {
            self.entries.extend_from_slice(chunk);
        }
        for row in self.waiting.drain(..) {
            let bits = row.columns.iter().enumerate();
            let bits = bits.map(|(place, value)| u16::from(value.is_some()) << place);
            self.filled.push(bits.sum());
        }
        Ok(())
    }

    fn entries_of(&self, rows: &[Waiting]) -> Result<Vec<u8>> {
        let keys: Vec<&[u8]> = rows.iter().map(|row| row.key.as_slice()).collect();
        let mut evaluators = self.evaluators.iter();
        let key_evaluator = evaluators.next().ok_or(Error::Nothing { what: "the terms" })?;
        let keys = key_evaluator.evaluate(&keys)?;
        let bytes = entry_bytes(&self.terms);
        let mut entries = vec![0; bytes * rows.len()];
        for (entry, key) in entries.chunks_mut(bytes).zip(&keys) {
            entry[..ROW_TOKEN].copy_from_slice(&row_token(key));
        }
        for (column, evaluator) in evaluators.enumerate() {
            let inputs = |row: &'_ Waiting| row.columns[column].is_some();
            let there: Vec<&[u8]> = rows
                .iter()
                .filter_map(|row| row.columns[column].as_ref().map(|value| value.as_slice()))
                .collect();
            let mut values = evaluator.evaluate(&there)?.into_iter();
            let at = ROW_TOKEN + COLUMN_TOKEN * column;
            for ((row, entry), key) in rows.iter().zip(entries.chunks_mut(bytes)).zip(&keys) {
                let value = if inputs(row) { values.next() } else { None };
                let token = match value {
                    Some(value) => column_token(key, column, &value),
                    None => filler(&self.filler.0, key, column),
                };
                entry[at..at + COLUMN_TOKEN].copy_from_slice(&token);
            }
        }
        Ok(entries)
    }

    /// Sorts the tokens and folds records of one key: the first stays, the others are counted.
    ///
    /// # Errors
    /// `E0758` where no record has a key.
    pub fn finish(mut self) -> Result<TokenSet> {
        self.evaluate()?;
        let bytes = entry_bytes(&self.terms);
        let token = |place: u32| {
            let at = place as usize * bytes;
            &self.entries[at..at + ROW_TOKEN]
        };
        let mut order: Vec<u32> = (0..self.filled.len() as u32).collect();
        order.par_sort_unstable_by(|&one, &two| token(one).cmp(token(two)).then(one.cmp(&two)));
        order.dedup_by(|next, first| token(*next) == token(*first));
        let mut counts = self.counts;
        counts.duplicates = (self.filled.len() - order.len()) as u64;
        for &place in &order {
            let bits = self.filled[place as usize];
            for (column, count) in counts.filled.iter_mut().enumerate() {
                *count += u64::from(bits >> column & 1);
            }
        }
        if order.is_empty() {
            return Err(Error::Nothing { what: "the organisation's records" });
        }
        Ok(TokenSet { bytes, entries: self.entries, order, counts })
    }
}

impl TokenSet {
    /// How many entries there are: records of different keys.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.order.len() as u64
    }

    /// Whether there is none, which a builder refuses.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// What was counted while the records passed.
    #[must_use]
    pub fn counts(&self) -> &TableCounts {
        &self.counts
    }

    /// The root over all entries in their order.
    #[must_use]
    pub fn root(&self) -> super::Digest {
        let mut tree = Tree::default();
        self.entries().for_each(|entry| tree.push(entry));
        tree.root()
    }

    /// Writes all entries in their order, as they are sent to those who are approved.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        self.entries().try_for_each(|entry| out.write_all(entry))
    }

    fn entries(&self) -> impl Iterator<Item = &[u8]> {
        self.order.iter().map(|&place| {
            let at = place as usize * self.bytes;
            &self.entries[at..at + self.bytes]
        })
    }
}
