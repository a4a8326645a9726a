//! One row for each account that the inputs describe: the fullest description, by content.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::BuildHasherDefault;

use arrow_array::cast::AsArray;
use arrow_array::{RecordBatch, StringArray};
use arrow_select::interleave::interleave_record_batch;
use charivari_ingest::profile::digest::{RowDigests, identity, short};

use super::posts::Taken;
use crate::failure::{Failure, Result};

/// Rows that may lie unused before the table is packed.
const SLACK: usize = 1 << 17;

/// How full a description is, then its digest; the least is kept.
type Standing = (Reverse<u32>, u64);

/// The descriptions of a batch: what each account is known by, and how it stands.
pub(super) struct Sight {
    batch: RecordBatch,
    rows: Vec<(u128, Standing)>,
}

/// Looks at the rows of a batch; on any thread.
pub(super) fn sight(batch: RecordBatch) -> Sight {
    let mut digests = RowDigests::new(&batch, &["input", "row"]);
    let (platforms, ids) = (text(&batch, "platform"), text(&batch, "account_id"));
    let known_by = |row: usize| {
        let part = |column: Option<&StringArray>| {
            column.map_or(String::new(), |column| column.value(row).to_owned())
        };
        identity(&part(platforms), &part(ids))
    };
    let rows = (0..batch.num_rows())
        .map(|row| (known_by(row), (Reverse(digests.filled(row)), short(digests.of(row)))))
        .collect();
    Sight { batch, rows }
}

fn text<'a>(batch: &'a RecordBatch, name: &str) -> Option<&'a StringArray> {
    batch.column_by_name(name).and_then(|column| column.as_string_opt())
}

#[derive(Clone, Copy)]
struct Best {
    standing: Standing,
    batch: u32,
    row: u32,
}

/// The best description of each account so far.
#[derive(Default)]
pub(super) struct Accounts {
    best: HashMap<u128, Best, BuildHasherDefault<Taken>>,
    batches: Vec<RecordBatch>,
    rows: usize,
}

impl Accounts {
    /// How many accounts there are.
    pub(super) fn count(&self) -> u64 {
        self.best.len() as u64
    }

    /// Adds the descriptions of a batch.
    pub(super) fn add(&mut self, sight: Sight) -> Result<()> {
        let batch = self.batches.len() as u32;
        let mut is_used = false;
        for (row, (account, standing)) in sight.rows.into_iter().enumerate() {
            let new = Best { standing, batch, row: row as u32 };
            match self.best.entry(account) {
                Entry::Vacant(place) => {
                    place.insert(new);
                }
                Entry::Occupied(mut known) if standing < known.get().standing => {
                    known.insert(new);
                }
                Entry::Occupied(_) => continue,
            }
            is_used = true;
        }
        if is_used {
            self.rows += sight.batch.num_rows();
            self.batches.push(sight.batch);
        }
        if self.rows > self.best.len() * 2 + SLACK {
            self.pack()?;
        }
        Ok(())
    }

    /// Lets go of descriptions that are not the best any more.
    fn pack(&mut self) -> Result<()> {
        let mut best: Vec<&mut Best> = self.best.values_mut().collect();
        best.sort_unstable_by_key(|best| (best.batch, best.row));
        let places: Vec<(usize, usize)> =
            best.iter().map(|best| (best.batch as usize, best.row as usize)).collect();
        let packed = gather(&self.batches, &places)?;
        for (row, best) in best.into_iter().enumerate() {
            (best.batch, best.row) = (0, row as u32);
        }
        self.rows = packed.num_rows();
        self.batches = vec![packed];
        Ok(())
    }

    /// One row an account, by platform and id; nothing where there are none.
    pub(super) fn table(&self) -> Result<Option<RecordBatch>> {
        if self.best.is_empty() {
            return Ok(None);
        }
        let mut best: Vec<(&str, &str, (usize, usize))> = self
            .best
            .values()
            .map(|best| {
                let batch = &self.batches[best.batch as usize];
                let part =
                    |name| text(batch, name).map_or("", |column| column.value(best.row as usize));
                (part("platform"), part("account_id"), (best.batch as usize, best.row as usize))
            })
            .collect();
        best.sort_unstable();
        let places: Vec<(usize, usize)> = best.into_iter().map(|(_, _, place)| place).collect();
        gather(&self.batches, &places).map(Some)
    }
}

fn gather(batches: &[RecordBatch], places: &[(usize, usize)]) -> Result<RecordBatch> {
    let batches: Vec<&RecordBatch> = batches.iter().collect();
    interleave_record_batch(&batches, places).map_err(Failure::fault)
}
