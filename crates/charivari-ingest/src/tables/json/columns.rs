//! The columns of records: learnt from the first ones, which wait until they are known.

use std::collections::BTreeMap;

use charivari_model::Column;

use super::value::Flat;
use crate::error::Result;
use crate::tables::part::Part;
use crate::tables::report::{RowFault, TableNote};
use crate::tables::row::{Piece, RowBuffer};

/// Records that wait take at most this many bytes, whatever their number.
const MAX_WAITING: usize = 8 << 20;

/// A table of records.
pub(crate) struct Table {
    name: Option<String>,
    /// Records that wait for the columns, with where they stand; nothing once those are known.
    waiting: Option<Vec<(String, u64)>>,
    bytes: usize,
    names: Vec<String>,
    places: BTreeMap<String, usize>,
    row: RowBuffer,
}

impl Table {
    pub(crate) fn new(name: Option<String>) -> Self {
        Self {
            name,
            waiting: Some(Vec::new()),
            bytes: 0,
            names: Vec::new(),
            places: BTreeMap::new(),
            row: RowBuffer::default(),
        }
    }

    /// Whether a text is a whole record.
    pub(crate) fn is_record(&mut self, text: &str) -> bool {
        self.row.clear();
        let mut flat = flat(text, &mut self.row.scratch);
        flat.record(0, &mut |_, _| {}) == Some(text.len())
    }

    /// Takes a record.
    pub(crate) fn record(&mut self, text: &str, offset: u64, part: &mut Part<'_>) -> Result<()> {
        let limits = &part.options.table_limits;
        let Some(waiting) = &mut self.waiting else {
            self.hand(text, offset, part);
            return Ok(());
        };
        self.bytes += text.len();
        waiting.push((text.to_owned(), offset));
        if waiting.len() >= limits.json_records || self.bytes > MAX_WAITING {
            return self.flush(part);
        }
        Ok(())
    }

    /// Learns the columns from the records that wait, and hands those on.
    pub(crate) fn flush(&mut self, part: &mut Part<'_>) -> Result<()> {
        let Some(waiting) = self.waiting.take() else { return Ok(()) };
        if waiting.is_empty() {
            self.waiting = Some(waiting);
            return Ok(());
        }
        let mut is_list = true;
        for (text, _) in &waiting {
            is_list &= !text.starts_with('{');
            self.learn(text, part.options.table_limits.columns);
        }
        let name = |name: &String| if is_list { String::new() } else { name.clone() };
        let columns: Vec<Column> =
            self.names.iter().map(|key| Column { name: name(key), declared: None }).collect();
        part.begin(self.name.as_deref(), &columns)?;
        for (text, offset) in &waiting {
            self.hand(text, *offset, part);
        }
        Ok(())
    }

    fn learn(&mut self, text: &str, most: usize) {
        if !self.is_record(text) {
            return;
        }
        self.row.clear();
        let (names, places) = (&mut self.names, &mut self.places);
        flat(text, &mut self.row.scratch).record(0, &mut |path, _| {
            if !places.contains_key(path) && names.len() < most {
                places.insert(path.to_owned(), names.len());
                names.push(path.to_owned());
            }
        });
    }

    fn hand(&mut self, text: &str, offset: u64, part: &mut Part<'_>) {
        self.row.clear();
        let RowBuffer { pieces, scratch, .. } = &mut self.row;
        pieces.resize(self.names.len(), Piece::Null);
        let (names, places) = (&self.names, &self.places);
        // Records mostly have their keys in the same order.
        let (mut next, mut late, mut repeated) = (0, 0, 0);
        let mut filled = vec![false; names.len()];
        let mut flat = flat(text, scratch);
        let end = flat.record(0, &mut |path, piece| {
            let is_next = names.get(next).is_some_and(|name| name == path);
            let place = if is_next { Some(next) } else { places.get(path).copied() };
            let Some(place) = place else {
                late += 1;
                return;
            };
            next = place + 1;
            repeated += u64::from(filled[place]);
            filled[place] = true;
            pieces[place] = piece;
        });
        let is_deep = flat.is_deep;
        if end != Some(text.len()) {
            let is_value = text.starts_with(['{', '[', '"']);
            let code = if is_value { RowFault::MalformedJson } else { RowFault::NoRecord };
            part.aside(code, None, offset);
            return;
        }
        part.notes(TableNote::LateKey, late);
        part.notes(TableNote::RepeatedKey, repeated);
        part.notes(TableNote::DeepValue, u64::from(is_deep));
        part.row(&mut self.row, text, offset);
    }
}

fn flat<'f>(text: &'f str, scratch: &'f mut String) -> Flat<'f> {
    Flat { text, scratch, path: String::new(), is_deep: false }
}
