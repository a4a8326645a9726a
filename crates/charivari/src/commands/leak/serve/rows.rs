//! From files of any kind to normalised rows: the key, and the columns that are compared.

use std::collections::BTreeMap;
use std::path::PathBuf;

use charivari_ingest::tables::{self, TableOptions};
use charivari_leak::protocol::{self, Compared, HashGuard, Terms};
use charivari_leak::{Kind, normal};
use charivari_model::{Cell, RowSink, TableHead};
use charivari_text::show;

use crate::commands::reading;
use crate::failure::{Failure, Result};
use crate::progress::Bar;

/// What takes the rows.
type Push<'p> = dyn FnMut(Option<&str>, &[Option<&str>]) -> protocol::Result<()> + 'p;

/// What became of files, for whoever reads the result.
#[derive(Clone, Debug, Default)]
pub(in crate::commands::leak) struct Seen {
    /// Rows that the reader of tables set aside.
    pub(in crate::commands::leak) set_aside: u64,
    /// Tables without the key column, which were passed over.
    pub(in crate::commands::leak) tables_passed: u64,
    /// Compared columns that some table lacks.
    pub(in crate::commands::leak) lacking: Vec<String>,
}

/// The column that a text such as `mail:email:exact` names.
pub(in crate::commands::leak) fn column(text: &str) -> Result<Compared> {
    let mut parts = text.split(':');
    let name = parts.next().unwrap_or_default().trim().to_owned();
    let (mut kind, mut exact) = (Kind::of_word(&name).unwrap_or(Kind::Other), false);
    for part in parts {
        match (part, Kind::of_word(part)) {
            ("exact", _) => exact = true,
            (_, Some(met)) => kind = met,
            (met, None) => {
                let expected = "NAME[:KIND][:exact]".to_owned();
                let (what, met) = ("a compared column", format!("{met}, which is no kind"));
                return Err(protocol::Error::Bounds { what, expected, met }.into());
            }
        }
    }
    Ok(Compared { name, kind, exact })
}

/// Reads files into `push`, every value normalised as the terms say.
pub(in crate::commands::leak) fn read(
    files: &[PathBuf],
    terms: &Terms,
    names: &[String],
    push: &mut Push<'_>,
) -> Result<Seen> {
    let inputs = reading::inputs(files);
    let mut sink = Sink::new(terms, renamed(names)?, push);
    let bar = Bar::over(&inputs);
    let read = tables::read(&inputs, &TableOptions::default(), &bar, &mut sink);
    bar.finish();
    let reports = read?;
    sink.seen.set_aside =
        reports.iter().flat_map(|report| report.set_aside.values()).copied().sum();
    sink.finish()
}

fn renamed(names: &[String]) -> Result<BTreeMap<String, String>> {
    let pair = |text: &String| {
        let pair = text.split_once('=').map(|(one, two)| (one.to_owned(), two.to_owned()));
        pair.ok_or_else(|| {
            let (expected, met) = ("NAME=COLUMN".to_owned(), text.clone());
            protocol::Error::Bounds { what: "--columns", expected, met }.into()
        })
    };
    names.iter().map(pair).collect()
}

/// Finds the columns in each table, and hands normalised rows on.
struct Sink<'s, 'p> {
    terms: &'s Terms,
    renamed: BTreeMap<String, String>,
    push: &'s mut Push<'p>,
    /// Where the key and the columns are in the table that is being read; nothing for one without key.
    places: Option<Vec<Option<usize>>>,
    guards: Vec<HashGuard>,
    seen: Seen,
    has_key: bool,
    failed: Option<protocol::Error>,
    /// Names of the columns of the last table without a key, for the message.
    met: Vec<String>,
}

impl<'s, 'p> Sink<'s, 'p> {
    fn new(terms: &'s Terms, renamed: BTreeMap<String, String>, push: &'s mut Push<'p>) -> Self {
        let columns = std::iter::once(&terms.key).chain(&terms.columns);
        let guards = columns.map(|column| HashGuard::new(&column.name, column.kind)).collect();
        Self {
            terms,
            renamed,
            push,
            places: None,
            guards,
            seen: Seen::default(),
            has_key: false,
            failed: None,
            met: Vec::new(),
        }
    }

    fn finish(self) -> Result<Seen> {
        if let Some(error) = self.failed {
            return Err(error.into());
        }
        if !self.has_key {
            let met: Vec<String> = self.met.iter().take(20).map(|name| shown(name)).collect();
            return Err(Failure::input(format!(
                "E0767: a column \"{}\" is expected, met were: {}; name it with --columns {}=COLUMN",
                shown(&self.terms.key.name),
                met.join(", "),
                shown(&self.terms.key.name)
            )));
        }
        for guard in &self.guards {
            guard.check()?;
        }
        Ok(self.seen)
    }

    fn take(&mut self, cells: &[Cell<'_>]) -> protocol::Result<()> {
        let Some(places) = &self.places else { return Ok(()) };
        let columns = std::iter::once(&self.terms.key).chain(&self.terms.columns);
        let mut values = Vec::with_capacity(places.len());
        for ((place, column), guard) in places.iter().zip(columns).zip(&mut self.guards) {
            let cell = place.and_then(|place| cells.get(place)).copied().unwrap_or_default();
            if let Some(text) = cell.text() {
                guard.note(text);
            }
            let country = self.terms.country.as_deref();
            values.push(cell.text().and_then(|text| normalised(column, text, country)));
        }
        let texts: Vec<Option<&str>> = values.iter().map(Option::as_deref).collect();
        let (key, columns) = texts.split_first().map_or((None, &[][..]), |(one, all)| (*one, all));
        (self.push)(key, columns)
    }
}

impl RowSink for Sink<'_, '_> {
    fn table(&mut self, head: &TableHead) {
        let wanted = std::iter::once(&self.terms.key).chain(&self.terms.columns);
        let place = |column: &Compared| {
            let name = self.renamed.get(&column.name).unwrap_or(&column.name);
            let is_it = |met: &str| met.trim().eq_ignore_ascii_case(name);
            head.columns.iter().position(|met| is_it(&met.name))
        };
        let places: Vec<Option<usize>> = wanted.map(place).collect();
        if places.first().copied().flatten().is_none() {
            self.seen.tables_passed += 1;
            self.met = head.columns.iter().map(|column| column.name.clone()).collect();
            self.places = None;
            return;
        }
        self.has_key = true;
        for (column, _) in self.terms.columns.iter().zip(&places[1..]).filter(|one| one.1.is_none())
        {
            if !self.seen.lacking.contains(&column.name) {
                self.seen.lacking.push(column.name.clone());
            }
        }
        self.places = Some(places);
    }

    fn row(&mut self, _: u64, cells: &[Cell<'_>]) {
        if self.failed.is_none()
            && let Err(error) = self.take(cells)
        {
            self.failed = Some(error);
        }
    }
}

/// A value as both sides write it. What is none of its kind is compared as it is written.
pub(in crate::commands::leak) fn normalised(
    column: &Compared,
    text: &str,
    country: Option<&str>,
) -> Option<String> {
    let canonical = || normal::canonical(column.kind, text, country);
    let canonical = if column.exact { None } else { canonical() };
    canonical.or_else(|| normal::exact(column.kind, text))
}

fn shown(name: &str) -> String {
    show::shorten(&show::visible(name), 60).into_owned()
}

/// What the reader of the result has to know of the files.
pub(in crate::commands::leak) fn warn(seen: &Seen, what: &str) {
    if seen.set_aside > 0 {
        crate::term::warn(&format!("{}: {} rows could not be read", what, seen.set_aside));
    }
    if seen.tables_passed > 0 {
        let tables = seen.tables_passed;
        crate::term::warn(&format!(
            "{what}: {tables} tables have no key column and were passed over"
        ));
    }
    for name in &seen.lacking {
        crate::term::warn(&format!("{what}: there is no column \"{name}\"; it counts as missing"));
    }
}
