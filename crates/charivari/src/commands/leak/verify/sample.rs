//! The sample in memory: its rows, by key. It is never written and never shown.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

use charivari_leak::normal;
use charivari_leak::verification::{Draw, LeftOut};
use charivari_model::{Cell, Column, RowSink, TableHead};

use super::columns::Wanted;

/// A sample of more rows is refused: it would not fit in memory beside the rest.
pub(super) const MOST_ROWS: usize = 2_000_000;

/// A table of hashes whose order never shows.
pub(super) type Index<V> = HashMap<String, V, BuildHasherDefault<DefaultHasher>>;

/// The digest of a key, for counting in memory; it never leaves it.
pub(super) fn digest(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// A row of the sample.
pub(super) struct Row {
    pub(super) key: String,
    pub(super) cells: Vec<Option<Box<str>>>,
}

/// Reads the sample.
pub(super) struct Reader<'w> {
    wanted: &'w Wanted,
    country: Option<&'w str>,
    /// The columns of the first table with a key.
    pub(super) columns: Vec<Column>,
    /// Where each of them stands in the table that is read, and where the key does.
    places: Vec<Option<usize>>,
    key: Option<usize>,
    pub(super) rows: Vec<Row>,
    pub(super) left_out: BTreeMap<&'static str, u64>,
    pub(super) is_too_long: bool,
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

impl<'w> Reader<'w> {
    pub(super) fn new(wanted: &'w Wanted, country: Option<&'w str>) -> Self {
        Self {
            wanted,
            country,
            columns: Vec::new(),
            places: Vec::new(),
            key: None,
            rows: Vec::new(),
            left_out: BTreeMap::new(),
            is_too_long: false,
        }
    }
}

impl RowSink for Reader<'_> {
    fn table(&mut self, head: &TableHead) {
        self.key = self.wanted.key_of(&head.columns, false);
        if self.key.is_some() && self.columns.is_empty() {
            self.columns.clone_from(&head.columns);
        }
        // A column without a name is known by where it stands.
        let place = |(at, column): (usize, &Column)| match column.name.as_str() {
            "" => Some(at),
            name => super::columns::place(&head.columns, name),
        };
        self.places = self.columns.iter().enumerate().map(place).collect();
    }

    fn row(&mut self, _number: u64, cells: &[Cell<'_>]) {
        let Some(at) = self.key else {
            *self.left_out.entry("its table has no column for the key").or_default() += 1;
            return;
        };
        let key = cells.get(at).and_then(|cell| cell.text());
        let key = key.and_then(|key| normal::canonical(self.wanted.key, key, self.country));
        let Some(key) = key else {
            *self.left_out.entry("it has no readable key").or_default() += 1;
            return;
        };
        if self.rows.len() >= MOST_ROWS {
            self.is_too_long = true;
            return;
        }
        let cell = |place: &Option<usize>| {
            let text = cells.get((*place)?)?.text()?;
            (!text.trim().is_empty()).then(|| text.into())
        };
        self.rows.push(Row { key, cells: self.places.iter().map(cell).collect() });
    }
}

/// The rows that are compared, by key.
pub(super) struct Sample {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    pub(super) by_key: Index<u32>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) draw: Option<Draw>,
}

impl fmt::Debug for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sample").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

impl Sample {
    /// The rows that were read, each key once, and as many of them as are to be drawn.
    pub(super) fn of(reader: Reader<'_>, draw: Option<(u64, u64)>) -> Self {
        let mut left_out = reader.left_out;
        let mut by_key = Index::default();
        let mut rows: Vec<Row> = Vec::with_capacity(reader.rows.len());
        for row in reader.rows {
            if by_key.contains_key(&row.key) {
                *left_out.entry("its key stands in an earlier row").or_default() += 1;
            } else {
                by_key.insert(row.key.clone(), rows.len() as u32);
                rows.push(row);
            }
        }
        let draw = draw.map(|(count, seed)| {
            let of = rows.len() as u64;
            rows = drawn(std::mem::take(&mut rows), count, seed);
            by_key =
                rows.iter().enumerate().map(|(at, row)| (row.key.clone(), at as u32)).collect();
            Draw { drawn: rows.len() as u64, of, seed }
        });
        let left_out =
            left_out.into_iter().map(|(why, rows)| LeftOut { why: why.to_owned(), rows }).collect();
        Self { columns: reader.columns, rows, by_key, left_out, draw }
    }
}

/// So many rows at random, in their order: those with the smallest numbers of `SplitMix64` from the seed.
fn drawn(rows: Vec<Row>, count: u64, seed: u64) -> Vec<Row> {
    let mut numbered: Vec<(u64, usize)> =
        (0..rows.len()).map(|at| (mixed(seed ^ mixed(at as u64)), at)).collect();
    numbered.sort_unstable();
    let mut kept = vec![false; rows.len()];
    for (_, at) in numbered.into_iter().take(usize::try_from(count).unwrap_or(usize::MAX)) {
        kept[at] = true;
    }
    rows.into_iter().zip(kept).filter_map(|(row, kept)| kept.then_some(row)).collect()
}

/// The finishing step of `SplitMix64` (Steele, Lea and Flood 2014).
pub(super) fn mixed(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
