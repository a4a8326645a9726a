//! The own records, as they pass: what is kept of them are numbers, and the values of a few thousand rows.

use std::collections::BTreeMap;
use std::fmt;

use charivari_ingest::DateOrder;
use charivari_ingest::time::{self, Clock};
use charivari_leak::verification::{Level, level};
use charivari_leak::{Kind, normal};
use charivari_model::{Cell, RowSink, TableHead};

use super::columns::{OwnColumns, Pair, Wanted};
use super::sample::{Index, Sample, digest, mixed};

/// Rows from which the chance that two agree is counted.
const CHANCE_ROWS: usize = 2_000;

/// A change within so many seconds of the making of a row is none: systems write both at once.
const AT_ONCE: i64 = 60;

/// What is known of a row of the sample that was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// By compared column.
    pub(super) levels: Vec<Level>,
    pub(super) created: Option<i64>,
    /// When the row was changed, where that is later than its making.
    pub(super) changed: Option<i64>,
    pub(super) id: Option<u64>,
    pub(super) by_likeness: bool,
}

impl Found {
    fn agreeing(&self) -> usize {
        self.levels.iter().filter(|level| **level == Level::Agree).count()
    }
}

/// What the own records say as they pass.
pub(super) struct Own<'s> {
    wanted: &'s Wanted,
    sample: &'s Sample,
    decoys: &'s Index<u32>,
    country: Option<&'s str>,
    columns: OwnColumns,
    /// The pairs of the first table with a key; later tables add to none.
    pub(super) pairs: Vec<Pair>,
    pub(super) rows: u64,
    pub(super) without_key: u64,
    pub(super) in_other_tables: u64,
    pub(super) keys: Vec<u64>,
    pub(super) created: Vec<i64>,
    /// The ids of the rows whose making is known.
    pub(super) numbered: Vec<u64>,
    pub(super) latest: i64,
    pub(super) ids: Vec<u64>,
    pub(super) found: Vec<Option<Found>>,
    pub(super) decoys_found: Vec<bool>,
    /// First letters of names and beginnings of post codes of all rows.
    pub(super) groups: BTreeMap<(usize, String), u64>,
    chance: Vec<(u64, Vec<Option<u64>>)>,
    chance_below: u64,
    clock: Clock,
}

impl fmt::Debug for Own<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Own").field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl<'s> Own<'s> {
    pub(super) fn new(
        wanted: &'s Wanted,
        sample: &'s Sample,
        decoys: &'s Index<u32>,
        country: Option<&'s str>,
    ) -> Self {
        Self {
            wanted,
            sample,
            decoys,
            country,
            columns: OwnColumns::default(),
            pairs: Vec::new(),
            rows: 0,
            without_key: 0,
            in_other_tables: 0,
            keys: Vec::new(),
            created: Vec::new(),
            numbered: Vec::new(),
            latest: i64::MIN,
            ids: Vec::new(),
            found: vec![None; sample.rows.len()],
            decoys_found: vec![false; decoys.len()],
            groups: BTreeMap::new(),
            chance: Vec::new(),
            chance_below: u64::MAX,
            clock: Clock { zone: None, order: Some(DateOrder::DayFirst) },
        }
    }

    /// What the row says of itself, beside a row of the sample.
    fn compared(&self, row: u32, cells: &[Cell<'_>]) -> Found {
        let sample = &self.sample.rows[row as usize].cells;
        let text = |at: Option<usize>| cells.get(at?)?.text();
        let seconds = |at: Option<usize>| {
            text(at).and_then(|text| time::parse(text, &self.clock)).map(|at| at.time.seconds())
        };
        let created = seconds(self.columns.created);
        let changed = seconds(self.columns.changed)
            .filter(|at| created.is_none_or(|created| *at > created + AT_ONCE));
        Found {
            levels: self
                .columns
                .pairs
                .iter()
                .map(|pair| {
                    let own = text(Some(pair.own)).filter(|text| !text.trim().is_empty());
                    level(pair.kind, own, sample[pair.sample].as_deref(), self.country)
                })
                .collect(),
            created,
            changed,
            id: text(self.columns.id).and_then(|id| id.trim().parse().ok()),
            by_likeness: false,
        }
    }

    fn keep(&mut self, row: u32, found: Found) {
        let place = &mut self.found[row as usize];
        // Of several own rows with one key, the one that agrees best is taken, the first of equals.
        if place.as_ref().is_none_or(|known| known.agreeing() < found.agreeing()) {
            *place = Some(found);
        }
    }

    /// Keeps rows for counting how often two agree, spread over the table as chance would.
    fn for_chance(&mut self, cells: &[Cell<'_>]) {
        let number = mixed(self.rows);
        if number >= self.chance_below {
            return;
        }
        let value = |pair: &Pair| {
            let text = cells.get(pair.own)?.text()?;
            normal::canonical(pair.kind, text, self.country).map(|value| digest(&value))
        };
        self.chance.push((number, self.columns.pairs.iter().map(value).collect()));
        if self.chance.len() >= 2 * CHANCE_ROWS {
            self.chance.sort_by_key(|row| row.0);
            self.chance.truncate(CHANCE_ROWS);
            self.chance_below = self.chance.last().map_or(u64::MAX, |row| row.0);
        }
    }

    /// How often two rows agree in a column, where enough are known.
    pub(super) fn by_chance(&self, column: usize) -> Option<f64> {
        let mut values: Vec<u64> = self.chance.iter().filter_map(|row| row.1[column]).collect();
        if values.len() < 50 {
            return None;
        }
        values.sort_unstable();
        let pairs = |count: usize| (count * count.saturating_sub(1)) as f64;
        let same: f64 = values.chunk_by(|a, b| a == b).map(|same| pairs(same.len())).sum();
        Some((same + 0.5) / (pairs(values.len()) + 1.0))
    }

    fn grouped(&mut self, cells: &[Cell<'_>]) {
        for at in 0..self.columns.pairs.len() {
            let pair = &self.columns.pairs[at];
            let text = cells.get(pair.own).and_then(|cell| cell.text());
            if let Some(group) = text.and_then(|text| group(pair.kind, text)) {
                *self.groups.entry((at, group)).or_default() += 1;
            }
        }
    }
}

/// The group that a value falls in: the first letter of a family name, the beginning of a post code.
pub(super) fn group(kind: Kind, value: &str) -> Option<String> {
    let length = match kind {
        Kind::FamilyName => 1,
        Kind::Postcode => 2,
        _ => return None,
    };
    let signs = value.chars().filter(|c| c.is_alphanumeric()).take(length);
    let group: String = signs.flat_map(char::to_uppercase).collect();
    (!group.is_empty()).then_some(group)
}

impl RowSink for Own<'_> {
    fn table(&mut self, head: &TableHead) {
        self.columns = self.wanted.own(&head.columns, &self.sample.columns);
        if self.columns.key.is_none() {
            return;
        }
        if self.pairs.is_empty() {
            self.pairs.clone_from(&self.columns.pairs);
        }
        let same = self.pairs.len() == self.columns.pairs.len()
            && self.pairs.iter().zip(&self.columns.pairs).all(|(a, b)| a.sample == b.sample);
        if !same {
            // Another table with a key but with other columns would be counted under wrong names.
            self.columns.key = None;
        }
    }

    fn row(&mut self, _number: u64, cells: &[Cell<'_>]) {
        let Some(at) = self.columns.key else {
            self.in_other_tables += 1;
            return;
        };
        self.rows += 1;
        let text = |at: Option<usize>| cells.get(at?)?.text();
        let seconds = |at: Option<usize>, clock: &Clock| {
            text(at).and_then(|text| time::parse(text, clock)).map(|at| at.time.seconds())
        };
        let id = text(self.columns.id).and_then(|id| id.trim().parse::<u64>().ok());
        if let Some(created) = seconds(self.columns.created, &self.clock) {
            self.created.push(created);
            self.numbered.extend(id);
            self.latest = self.latest.max(created);
        }
        if let Some(changed) = seconds(self.columns.changed, &self.clock) {
            self.latest = self.latest.max(changed);
        }
        self.ids.extend(id);
        self.for_chance(cells);
        self.grouped(cells);
        let key =
            text(Some(at)).and_then(|key| normal::canonical(self.wanted.key, key, self.country));
        let Some(key) = key else {
            self.without_key += 1;
            return;
        };
        self.keys.push(digest(&key));
        if let Some(&decoy) = self.decoys.get(&key) {
            self.decoys_found[decoy as usize] = true;
        }
        if let Some(&row) = self.sample.by_key.get(&key) {
            let found = self.compared(row, cells);
            self.keep(row, found);
        }
    }
}
