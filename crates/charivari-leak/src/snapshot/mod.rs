//! When did this copy of the table exist?
//!
//! Two things in the sample know it. A row that is in it had been made by then. And a value that was
//! changed once is in it as it was before the change or after: the copy is older or younger than the
//! change.
//!
//! The likelihood of an instant is worked out over all instants (`model`), with what is not known
//! summed over: how far clocks are off, how many values are wrong, how many changes touched another
//! column, how many records were made anew. How customers came in over time is taken from the own table
//! as it is, so that bursts and seasons need no model. Every instant is held equally likely before the
//! sample is looked at; the interval is the shortest that holds 95 % of what is left (`posterior`).
//!
//! That a row made late is missing says something only if rows were taken as if at random with
//! regard to when they were made. Where the sample itself contradicts that, the interval rests on
//! changed values alone, and says so.

mod clock;
mod edge;
mod model;
mod posterior;
mod words;

use charivari_model::Timestamp;
use serde::{Deserialize, Serialize};

/// Seconds of a day.
pub(crate) const DAY: f64 = 86_400.0;

/// Which value of a change the sample has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The value from before the change, or one that is not the one after it.
    Old,
    /// The value from after the change.
    New,
}

/// A change of a value that the sample decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When the own records changed, in seconds since 1970.
    pub at: i64,
    /// What the sample has.
    pub seen: Seen,
}

/// What is known of the sample and of the own records. Times are seconds since 1970.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// When each of the own records was made.
    pub own_created: Vec<i64>,
    /// The number of each of the own records, where they were numbered as they came in; else nothing. Their
    /// order sets right what clocks noted.
    pub own_ids: Vec<u64>,
    /// When the own record of each row that was found was made.
    pub created: Vec<i64>,
    /// The number of each of these.
    pub ids: Vec<u64>,
    /// The changes that the sample decides.
    pub changes: Vec<Change>,
    /// Values without a change that are the same in both.
    pub same: u64,
    /// Values without a change that differ: damaged, invented, or changed without a note.
    pub differ: u64,
    /// When the own records were read.
    pub until: i64,
    /// How exactly times are noted, in seconds: 86,400 where only days are.
    pub resolution: i64,
}

/// From when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The beginning.
    pub from: Timestamp,
    /// The end.
    pub to: Timestamp,
}

impl Span {
    /// Its length in days.
    pub fn days(&self) -> f64 {
        (self.to.seconds() - self.from.seconds()) as f64 / DAY
    }
}

/// What an interval rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// On when rows were made and on changed values.
    RowsAndValues,
    /// On when rows were made alone.
    Rows,
    /// On changed values alone.
    Values,
}

/// When this copy of the table existed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The 95 % interval.
    pub interval: Span,
    /// The instant in its middle: half of the chance lies before it.
    pub middle: Timestamp,
    /// What it rests on.
    pub basis: Basis,
    /// The 95 % interval from changed values alone, which needs no assumption on how rows were chosen.
    pub by_values: Option<Span>,
    /// Rows whose time of making was used.
    pub rows: u64,
    /// Changes of which the sample has the value before.
    pub old_values: u64,
    /// Changes of which the sample has the value after.
    pub new_values: u64,
    /// Whether the order of ids set right what clocks noted.
    pub by_ids: bool,
    /// The share of wrong values that fits best.
    pub wrong_values: f64,
    /// Why rows were not used, where they were not.
    pub rows_unused: Option<String>,
    /// One sentence.
    pub sentence: String,
    /// What it assumes.
    pub assumptions: Vec<String>,
}

impl Snapshot {
    /// The form for others: counts of few people are taken away, and times are rounded to days.
    #[must_use]
    pub fn published(&self) -> Self {
        let few = |count: u64| if count < crate::verification::FEW { 0 } else { count };
        let day = |time: Timestamp, up: bool| {
            let days = time.seconds() as f64 / DAY;
            let days = if up { days.ceil() } else { days.floor() };
            Timestamp::from_seconds((days * DAY) as i64)
        };
        // Ends lie beside the times of single rows, so they are rounded outward.
        let span = |span: Span| Span { from: day(span.from, false), to: day(span.to, true) };
        let mut open = self.clone();
        open.interval = span(self.interval);
        open.middle = day(self.middle, false);
        open.by_values = self.by_values.map(span);
        open.old_values = few(self.old_values);
        open.new_values = few(self.new_values);
        open.rows = few(self.rows);
        open.sentence = words::sentence(&open);
        open
    }
}

/// The 95 % interval of when the copy existed; nothing where the sample decides nothing.
pub fn of(traces: &Traces) -> Option<Snapshot> {
    let model = model::Model::of(traces);
    let has_rows = !traces.created.is_empty() && !traces.own_created.is_empty();
    let has_values = !traces.changes.is_empty();
    let values = has_values.then(|| posterior::of(&model, false, true)).flatten();
    let both = has_rows.then(|| posterior::of(&model, true, has_values)).flatten();
    let unused = both.as_ref().and_then(|both| model.unlike_random(both, values.as_ref()));
    let (found, basis) = match (both, &values) {
        (Some(both), _) if unused.is_none() => {
            (both, if has_values { Basis::RowsAndValues } else { Basis::Rows })
        }
        (_, Some(values)) => (values.clone(), Basis::Values),
        _ => return None,
    };
    let count = |seen: Seen| traces.changes.iter().filter(|change| change.seen == seen).count();
    let mut snapshot = Snapshot {
        interval: found.span(),
        middle: found.middle(),
        basis,
        by_values: values.as_ref().map(posterior::Posterior::span),
        rows: traces.created.len() as u64,
        old_values: count(Seen::Old) as u64,
        new_values: count(Seen::New) as u64,
        by_ids: model.by_ids,
        wrong_values: found.wrong,
        rows_unused: unused,
        sentence: String::new(),
        assumptions: words::assumptions(basis, model.by_ids),
    };
    snapshot.sentence = words::sentence(&snapshot);
    Some(snapshot)
}
