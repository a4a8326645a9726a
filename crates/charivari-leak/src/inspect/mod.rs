//! What a table holds, column by column, and what of it looks made up, joined or cut.
//!
//! [`Inspector`] takes rows as they pass and keeps counts of all values and a closer look at a
//! sample. [`Inspector::finish`] weighs what the values, the names and the cardinalities say, looks
//! for [`signs`], and gives an [`Inspection`], in which no value of any row stands.
//!
//! | question | module |
//! |---|---|
//! | What are the bytes of a value? | `shape` |
//! | Is a value what it looks like? | `values` |
//! | What do words say? | `words` |
//! | Which kind is a column? | `judge` |
//! | What does running text mention? | [`mentions`](self::mentions()) |
//! | What of the table is unusual? | [`signs`] |

mod columns;
#[doc(hidden)]
pub mod fuzzing;
mod judge;
mod mentions;
mod postal;
mod result;
mod sample;
mod say;
mod shape;
pub mod signs;
mod sketch;
mod stats;
mod values;
mod words;

use std::fmt;

use charivari_model::{Cell, RowSink, TableHead};

pub use self::mentions::{Mention, mentions};
pub use self::result::{
    Check, ColumnReport, Fill, Inspection, Length, Measure, SCHEMA, SignReport, Table, Unusual,
};
pub use self::sketch::Distinct;

use self::judge::View;
use self::sample::Sample;
use self::sketch::{Sketch, TOGETHER, fold};
use self::stats::Column;

/// At most so many tables are kept apart; a dump that has more is said to.
const TABLES: usize = 2_000;

/// So many different rows are counted exactly.
const EXACT_ROWS: usize = 1 << 19;

/// How to inspect.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The country whose numbers and codes are expected, by its code of two letters.
    pub country: Option<String>,
    /// The day of the inspection, as days since 1970-01-01: what is dated later is in the future.
    pub today: Option<i64>,
    /// The key of the digests by which values are compared. It is no secret: digests never leave.
    pub key: u64,
    /// Whether the names of columns are heard.
    pub by_name: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { country: None, today: None, key: 0, by_name: true }
    }
}

/// What an inspection refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A country whose plan of telephone numbers is not known.
    #[error(
        "E0700: there is no plan of telephone numbers for the country {0}; name a country by its two \
         letters, such as FR"
    )]
    Country(String),
}

/// A country's code of two letters in capitals.
///
/// # Errors
/// It is no country whose plan of telephone numbers is known.
pub fn check_country(code: &str) -> Result<String, Error> {
    let code = code.trim().to_ascii_uppercase();
    if values::phone::is_region(&code) { Ok(code) } else { Err(Error::Country(code)) }
}

/// Whether the lexicons have a word: for tests whose vocabulary must be unknown.
#[doc(hidden)]
pub fn lexicon_has(word: &str) -> bool {
    words::letters::known(&words::plain(word)).contains(&true)
}

/// One table while its rows pass.
struct Passing {
    head: TableHead,
    rows: u64,
    columns: Vec<Column>,
    sample: Sample,
    distinct: Sketch,
    /// Hashes of rows that are not in `distinct` yet.
    waiting: Vec<u64>,
    trail: Trail,
}

/// What the order of rows shows.
#[derive(Debug, Default)]
struct Trail {
    last: u64,
    /// Rows that are the same as the one before.
    repeated: u64,
    /// Digests of the first rows, in which repeated blocks are looked for.
    first: Vec<u64>,
}

/// So many rows at the beginning are looked at for repeated blocks.
const TRAIL: usize = 4_096;

/// Takes tables row by row, and says what they hold.
pub struct Inspector {
    settings: Settings,
    tables: Vec<Passing>,
    current: Option<usize>,
    left_out: u64,
}

impl fmt::Debug for Inspector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inspector").field("tables", &self.tables.len()).finish_non_exhaustive()
    }
}

impl Inspector {
    /// An inspector that has seen nothing.
    pub fn new(settings: Settings) -> Self {
        Self { settings, tables: Vec::new(), current: None, left_out: 0 }
    }

    /// What was found.
    pub fn finish(mut self) -> Inspection {
        self.tables.iter_mut().for_each(Passing::settle);
        Inspection {
            schema: SCHEMA.to_owned(),
            tables: self.tables.iter().map(|table| table.report(&self.settings)).collect(),
            tables_left_out: self.left_out,
        }
    }
}

impl RowSink for Inspector {
    fn table(&mut self, head: &TableHead) {
        // The last one is tried first: a dump takes up the same table again and again.
        let known = self.tables.iter().rposition(|table| {
            table.head.input == head.input
                && table.head.file == head.file
                && table.head.name == head.name
        });
        self.current = known;
        if known.is_none() {
            if self.tables.len() >= TABLES {
                self.left_out += 1;
                return;
            }
            self.tables.push(Passing::new(head));
            self.current = Some(self.tables.len() - 1);
        }
    }

    fn row(&mut self, _number: u64, cells: &[Cell<'_>]) {
        if let Some(table) = self.current.and_then(|current| self.tables.get_mut(current)) {
            table.row(cells, self.settings.key);
        }
    }
}

impl Passing {
    fn new(head: &TableHead) -> Self {
        Self {
            head: head.clone(),
            rows: 0,
            columns: head.columns.iter().map(|_| Column::default()).collect(),
            sample: Sample::default(),
            distinct: Sketch::exact_up_to(EXACT_ROWS),
            waiting: Vec::with_capacity(TOGETHER),
            trail: Trail::default(),
        }
    }

    fn row(&mut self, cells: &[Cell<'_>], key: u64) {
        if self.sample.wants(self.rows) {
            self.sample.keep(cells.iter().map(|cell| cell.text()));
        }
        self.rows += 1;
        let mut row = key;
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            let hash = column.add(*cell, key);
            row = fold(row.rotate_left(17) ^ hash, 0x9E37_79B9_7F4A_7C15);
        }
        self.waiting.push(row);
        if self.waiting.len() >= TOGETHER {
            self.settle();
        }
        self.trail.add(row);
    }

    /// Counts the rows that wait.
    fn settle(&mut self) {
        self.distinct.add_all(&self.waiting);
        self.waiting.clear();
    }

    fn report(&self, settings: &Settings) -> Table {
        let names: Vec<&str> =
            self.head.columns.iter().map(|column| column.name.as_str()).collect();
        let names_hidden = columns::names_are_values(&names, &self.sample);
        let heard = |index: usize| if names_hidden { "" } else { names[index] };
        let views: Vec<View<'_>> = self
            .columns
            .iter()
            .enumerate()
            .map(|(index, counts)| {
                View::new(heard(index), counts, &self.sample, index, settings.country.as_deref())
            })
            .collect();
        let verdicts = judge::judge(&views, &self.sample, settings.by_name && !names_hidden);
        let mut table = Table {
            input: self.head.input,
            file: self.head.file.clone(),
            name: self.head.name.clone(),
            rows: self.rows,
            sample_step: self.sample.step(),
            sampled_rows: self.sample.len() as u64,
            values_cut: self.sample.cut,
            names_hidden,
            distinct_rows: self.distinct.count(),
            columns: Vec::new(),
            signs: Vec::new(),
            signs_absent: Vec::new(),
        };
        for (index, (view, verdict)) in views.iter().zip(verdicts).enumerate() {
            table.columns.push(columns::report(
                index,
                names[index],
                names_hidden,
                &self.head.columns[index],
                view,
                verdict,
            ));
        }
        let kinds: Vec<crate::Kind> = table.columns.iter().map(|column| column.kind).collect();
        let sampled = table.sampled_rows < table.rows;
        let postal = postal::checks(&kinds, &self.sample, settings.country.as_deref(), sampled);
        for (column, check) in postal {
            table.columns[column].checks.push(check);
        }
        let context = signs::Context {
            table: &table,
            columns: &self.columns,
            views: &views,
            sample: &self.sample,
            trail: &self.trail,
            today: settings.today,
        };
        let (found, absent) = signs::look(&context);
        (table.signs, table.signs_absent) = (found, absent);
        table
    }
}

impl Trail {
    fn add(&mut self, row: u64) {
        self.repeated += u64::from(row == self.last);
        self.last = row;
        if self.first.len() < TRAIL {
            self.first.push(row);
        }
    }
}
