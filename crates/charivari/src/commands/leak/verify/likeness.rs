//! Rows whose key was not found, linked by likeness of their other columns.
//!
//! The own records pass once more; those that share two values with a row of the sample are kept, with some
//! taken at random, and linked with the whole sample, so that the rows that were found by key teach what
//! agreement is worth.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasherDefault, DefaultHasher};

use charivari_leak::linkage::{self, Records, Settings};
use charivari_leak::verification::level;
use charivari_leak::{Kind, normal};
use charivari_model::{Cell, RowSink, TableHead};

use super::columns::{OwnColumns, Pair, Wanted};
use super::own::Found;
use super::sample::{Sample, digest, mixed};

/// Own rows that are kept at most; more are passed over, and counted.
const MOST: usize = 300_000;

/// One own row in so many is kept without sharing anything.
const ONE_IN: u64 = 50;

/// Random rows that are kept at most.
const MOST_RANDOM: usize = 3_000;

/// From so many rows and columns on likeness can be learnt.
pub(super) const FEWEST_ROWS: usize = 20;
pub(super) const FEWEST_COLUMNS: usize = 3;

/// Links are taken from this probability on.
const THRESHOLD: f64 = 0.99;

type Keys = HashSet<u64, BuildHasherDefault<DefaultHasher>>;

/// Own rows that may be of people in the sample.
pub(super) struct Candidates<'s> {
    wanted: &'s Wanted,
    sample: &'s Sample,
    country: Option<&'s str>,
    pairs: &'s [Pair],
    columns: OwnColumns,
    blocks: Keys,
    seen: u64,
    random: usize,
    rows: Vec<Vec<Option<Box<str>>>>,
    pub(super) passed_over: u64,
}

impl fmt::Debug for Candidates<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Candidates").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

/// Whether a column tells people apart well enough to look for them by it.
fn tells(kind: Kind) -> bool {
    !matches!(kind, Kind::Country | Kind::Gender | Kind::Category | Kind::Time | Kind::Quantity)
}

/// The values of two columns each, as numbers.
fn blocks(values: &[Option<u64>]) -> impl Iterator<Item = u64> {
    let pairs = (0..values.len()).flat_map(move |a| (a + 1..values.len()).map(move |b| (a, b)));
    pairs.filter_map(move |(a, b)| {
        let place = (a * values.len() + b) as u64;
        Some(mixed(values[a]? ^ mixed(values[b]? ^ mixed(place))))
    })
}

impl<'s> Candidates<'s> {
    pub(super) fn new(
        wanted: &'s Wanted,
        sample: &'s Sample,
        pairs: &'s [Pair],
        country: Option<&'s str>,
    ) -> Self {
        let mut blocks_of_sample = Keys::default();
        for row in &sample.rows {
            let values: Vec<Option<u64>> = pairs
                .iter()
                .map(|pair| form(pair, row.cells[pair.sample].as_deref(), country))
                .collect();
            blocks_of_sample.extend(blocks(&values));
        }
        Self {
            wanted,
            sample,
            country,
            pairs,
            columns: OwnColumns::default(),
            blocks: blocks_of_sample,
            seen: 0,
            random: 0,
            rows: Vec::new(),
            passed_over: 0,
        }
    }

    /// Adds the rows that are found by likeness; gives how many.
    pub(super) fn link(&self, found: &mut [Option<Found>]) -> u64 {
        let kinds: Vec<Kind> = self.pairs.iter().map(|pair| pair.kind).collect();
        let (mut sample, mut own) = (Records::new(&kinds), Records::new(&kinds));
        for row in &self.sample.rows {
            sample.push(
                self.pairs.iter().map(|pair| row.cells[pair.sample].as_deref()),
                self.country,
            );
        }
        for row in &self.rows {
            own.push(row.iter().map(Option::as_deref), self.country);
        }
        let settings = Settings { threshold: THRESHOLD, ..Settings::default() };
        let mut count = 0;
        for link in linkage::link(&sample, &own, &settings).links {
            let place = &mut found[link.left as usize];
            if place.is_some() {
                continue;
            }
            let cells = &self.sample.rows[link.left as usize].cells;
            let levels =
                self.pairs.iter().zip(&self.rows[link.right as usize]).map(|(pair, own)| {
                    level(pair.kind, own.as_deref(), cells[pair.sample].as_deref(), self.country)
                });
            *place =
                Some(Found { levels: levels.collect(), by_likeness: true, ..Found::default() });
            count += 1;
        }
        count
    }
}

fn form(pair: &Pair, value: Option<&str>, country: Option<&str>) -> Option<u64> {
    if !tells(pair.kind) {
        return None;
    }
    normal::canonical(pair.kind, value?, country).map(|value| digest(&value))
}

impl RowSink for Candidates<'_> {
    fn table(&mut self, head: &TableHead) {
        self.columns = self.wanted.own(&head.columns, &self.sample.columns);
        if self.columns.pairs.len() != self.pairs.len() {
            self.columns.key = None;
        }
    }

    fn row(&mut self, _number: u64, cells: &[Cell<'_>]) {
        if self.columns.key.is_none() {
            return;
        }
        self.seen += 1;
        let text = |pair: &Pair| {
            let text = cells.get(pair.own)?.text()?;
            (!text.trim().is_empty()).then_some(text)
        };
        let pairs = &self.columns.pairs;
        let is_random = self.random < MOST_RANDOM && mixed(self.seen).is_multiple_of(ONE_IN);
        let values: Vec<Option<u64>> =
            pairs.iter().map(|pair| form(pair, text(pair), self.country)).collect();
        let shares = blocks(&values).any(|key| self.blocks.contains(&key));
        if !shares && !is_random {
            return;
        }
        if self.rows.len() >= MOST {
            self.passed_over += 1;
            return;
        }
        self.random += usize::from(is_random);
        self.rows.push(pairs.iter().map(|pair| text(pair).map(Into::into)).collect());
    }
}
