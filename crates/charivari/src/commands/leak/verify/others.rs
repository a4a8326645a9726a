//! The other files: decoys, canaries, processors, earlier breaches, old values, a second release.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use charivari_ingest::tables::{self, TableOptions, TablesReport};
use charivari_ingest::time::{self, Clock};
use charivari_ingest::{DateOrder, Input, Progress};
use charivari_leak::normal;
use charivari_leak::verification::{Canary, Earlier, Processor};
use charivari_model::{Cell, Column, RowSink, TableHead};

use super::columns::{Wanted, folded, place};
use super::sample::{Index, Sample, digest};
use crate::failure::{Failure, Result};

/// Reads files into a sink.
pub(super) fn read(
    paths: &[&Path],
    progress: &dyn Progress,
    sink: &mut dyn RowSink,
) -> Result<Vec<TablesReport>> {
    read_as(paths, &TableOptions::default(), progress, sink)
}

fn read_as(
    paths: &[&Path],
    options: &TableOptions,
    progress: &dyn Progress,
    sink: &mut dyn RowSink,
) -> Result<Vec<TablesReport>> {
    let inputs: Vec<Input> = paths.iter().map(Input::file).collect();
    Ok(tables::read(&inputs, options, progress, sink)?)
}

/// Calls `row` with the cells of these columns, of each row of the tables that have them all.
struct Columns<'n, F> {
    names: &'n [&'n str],
    places: Option<Vec<usize>>,
    is_there: bool,
    row: F,
}

impl<F: FnMut(&[Option<&str>])> RowSink for Columns<'_, F> {
    fn table(&mut self, head: &TableHead) {
        self.places = self.names.iter().map(|name| place(&head.columns, name)).collect();
        self.is_there |= self.places.is_some();
    }

    fn row(&mut self, _number: u64, cells: &[Cell<'_>]) {
        if let Some(places) = &self.places {
            let cells: Vec<Option<&str>> =
                places.iter().map(|&at| cells.get(at).and_then(|cell| cell.text())).collect();
            (self.row)(&cells);
        }
    }
}

/// Reads the columns of these names out of a file.
fn columns(path: &Path, names: &[&str], row: impl FnMut(&[Option<&str>])) -> Result<()> {
    let mut sink = Columns { names, places: None, is_there: false, row };
    // Whoever writes such a table names its columns; what looks like a row of data is a header all the same.
    let options = TableOptions { header: Some(true), ..TableOptions::default() };
    read_as(&[path], &options, &(), &mut sink)?;
    if sink.is_there {
        return Ok(());
    }
    Err(Failure::input(format!(
        "E0716: {}: a table with the columns {} is expected, and none has them all",
        path.display(),
        names.join(", ")
    )))
}

/// Takes the keys of a file.
struct Keys<'w, F> {
    wanted: &'w Wanted,
    country: Option<&'w str>,
    at: Option<usize>,
    is_there: bool,
    key: F,
}

impl<F: FnMut(String)> Keys<'_, F> {
    fn at(&self, columns: &[Column]) -> Option<usize> {
        let own = self.wanted.key_of(columns, true);
        // A file of one column holds what it can only hold.
        own.or_else(|| self.wanted.key_of(columns, false)).or((columns.len() == 1).then_some(0))
    }
}

impl<F: FnMut(String)> RowSink for Keys<'_, F> {
    fn table(&mut self, head: &TableHead) {
        self.at = self.at(&head.columns);
        self.is_there |= self.at.is_some();
        // The one line that names no column is a key itself where it reads as one.
        let alone = head.columns.first().filter(|_| head.columns.len() == 1);
        let key =
            alone.and_then(|column| normal::canonical(self.wanted.key, &column.name, self.country));
        if let Some(key) = key.filter(|key| key.contains('@')) {
            (self.key)(key);
        }
    }

    fn row(&mut self, _number: u64, cells: &[Cell<'_>]) {
        let text = self.at.and_then(|at| cells.get(at)?.text());
        if let Some(key) =
            text.and_then(|key| normal::canonical(self.wanted.key, key, self.country))
        {
            (self.key)(key);
        }
    }
}

/// All keys of a file.
pub(super) fn keys(
    path: &Path,
    wanted: &Wanted,
    country: Option<&str>,
    key: impl FnMut(String),
) -> Result<()> {
    let mut sink = Keys { wanted, country, at: None, is_there: false, key };
    read(&[path], &(), &mut sink)?;
    if sink.is_there {
        return Ok(());
    }
    Err(Failure::input(format!(
        "E0711: {}: a column of the kind {} is expected, and no name says which; name it with --columns",
        path.display(),
        wanted.key.word()
    )))
}

/// The decoys by key.
pub(super) fn decoys(path: &Path, wanted: &Wanted, country: Option<&str>) -> Result<Index<u32>> {
    let mut all = Index::default();
    keys(path, wanted, country, |key| {
        let next = all.len() as u32;
        all.entry(key).or_insert(next);
    })?;
    Ok(all)
}

/// Canaries by copy, with how many of them are in the sample.
pub(super) fn canaries(
    path: &Path,
    wanted: &Wanted,
    country: Option<&str>,
    sample: &Sample,
) -> Result<Vec<Canary>> {
    let mut copies: BTreeMap<String, (BTreeSet<u64>, BTreeSet<u64>)> = BTreeMap::new();
    columns(path, &["copy", "key"], |cells| {
        let key = cells[1].and_then(|key| normal::canonical(wanted.key, key, country));
        if let (Some(copy), Some(key)) = (cells[0], key) {
            let (planted, found) = copies.entry(copy.trim().to_owned()).or_default();
            planted.insert(digest(&key));
            if sample.by_key.contains_key(&key) {
                found.insert(digest(&key));
            }
        }
    })?;
    Ok(copies
        .into_iter()
        .map(|(copy, (planted, found))| Canary {
            copy,
            planted: planted.len() as u64,
            found: found.len() as u64,
        })
        .collect())
}

/// Processors with the columns that they are given; `compared` are the own columns that the sample has.
pub(super) fn processors(path: &Path, compared: &[String]) -> Result<Vec<Processor>> {
    let mut given: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    columns(path, &["processor", "column"], |cells| {
        if let (Some(name), Some(column)) = (cells[0], cells[1]) {
            given.entry(name.trim().to_owned()).or_default().insert(folded(column));
        }
    })?;
    let of = |columns: &BTreeSet<String>| {
        compared.iter().filter(|column| columns.contains(&folded(column))).count() as u64
    };
    Ok(given
        .into_iter()
        .map(|(name, columns)| Processor {
            name,
            given: columns.len() as u64,
            shared: of(&columns),
            not_given: compared.len() as u64 - of(&columns),
        })
        .collect())
}

/// An earlier breach beside the own keys, which are sorted, and the sample.
pub(super) fn earlier(
    path: &Path,
    wanted: &Wanted,
    country: Option<&str>,
    own: &[u64],
    (sample, is_found): (&Sample, &[bool]),
) -> Result<Earlier> {
    let (mut all, mut rows) = (Vec::new(), BTreeSet::<u32>::new());
    keys(path, wanted, country, |key| {
        rows.extend(sample.by_key.get(&key));
        all.push(digest(&key));
    })?;
    all.sort_unstable();
    all.dedup();
    let in_both = rows.iter().filter(|&&row| is_found[row as usize]).count() as u64;
    Ok(Earlier {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        rows: all.len() as u64,
        shared_with_own: all.iter().filter(|key| own.binary_search(key).is_ok()).count() as u64,
        in_both,
        in_it_alone: rows.len() as u64 - in_both,
    })
}

/// A change of a field: when, from what, to what.
pub(super) type Step = (i64, String, String);

/// The changes of rows of the sample, by row and folded field. Holds values; it has no `Debug`.
pub(super) struct History {
    pub(super) steps: BTreeMap<(u32, String), Vec<Step>>,
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("History").field("fields", &self.steps.len()).finish()
    }
}

/// Old values of rows of the sample.
pub(super) fn history(
    path: &Path,
    wanted: &Wanted,
    country: Option<&str>,
    sample: &Sample,
) -> Result<History> {
    let clock = Clock { zone: None, order: Some(DateOrder::DayFirst) };
    let mut steps: BTreeMap<(u32, String), Vec<Step>> = BTreeMap::new();
    columns(path, &["key", "field", "old", "new", "changed_at"], |cells| {
        let key = cells[0].and_then(|key| normal::canonical(wanted.key, key, country));
        let row = key.and_then(|key| sample.by_key.get(&key));
        let at = cells[4].and_then(|at| time::parse(at, &clock));
        if let (Some(&row), Some(field), Some(at)) = (row, cells[1], at) {
            let text = |cell: Option<&str>| cell.unwrap_or_default().to_owned();
            let step = (at.time.seconds(), text(cells[2]), text(cells[3]));
            steps.entry((row, folded(field))).or_default().push(step);
        }
    })?;
    for steps in steps.values_mut() {
        steps.sort();
    }
    Ok(History { steps })
}

/// How many different keys a second release has, and how many of them are in the sample.
pub(super) fn release(
    path: &Path,
    wanted: &Wanted,
    country: Option<&str>,
    sample: &Sample,
) -> Result<(u64, u64)> {
    let (mut all, mut shared) = (BTreeSet::new(), BTreeSet::new());
    keys(path, wanted, country, |key| {
        if sample.by_key.contains_key(&key) {
            shared.insert(digest(&key));
        }
        all.insert(digest(&key));
    })?;
    Ok((all.len() as u64, shared.len() as u64))
}
