//! Leaked tables, in all their dirt: any file becomes rows of cells, pushed into a sink.
//!
//! [`read`] is the way in. It unpacks, decides format, dialect and encoding from content, and hands
//! on one row at a time; nothing is kept of a row once it was handed on. What cannot be read is set
//! aside with a code and a place, never with what stood there.
//!
//! Invariants: memory does not grow with the input; a row is looked at as a whole or set aside; how
//! the blocks of an input are cut makes no difference; no value of a row is in any report or error.

mod decode;
mod delimited;
mod dialect;
mod feed;
mod json;
mod near;
mod options;
mod part;
mod recognise;
mod report;
mod row;
mod seven;
mod sheet;
mod sql;
mod stream;
mod window;

use std::sync::atomic::Ordering;

use charivari_model::RowSink;
use charivari_text::show;

pub use options::{TableLimits, TableOptions};
pub use report::{
    Dialect, EncodingDecision, EncodingFound, Escape, RowAside, RowFault, SqlFlavour, TableFormat,
    TableFound, TableNote, TablesReport, Truncated,
};

use crate::archive::{self, Member};
use crate::error::{Error, Result};
use crate::input::{Input, Tally};
use crate::options::Options;
use crate::read::Progress;
use crate::unpack::Plain;
use part::Part;

/// Reads the tables of `inputs` into `sink`, part by part, and says what they were.
///
/// A part is a file, or a member of an archive. Reading and unpacking run on a thread of their own;
/// `sink` is called on this one.
///
/// # Errors
/// An input cannot be read, is no table, or is refused by a cap. Rows that cannot be read are no
/// error: they are counted in the report. Where an error comes, rows may already have been handed
/// on, and are to be thrown away.
pub fn read(
    inputs: &[Input],
    options: &TableOptions,
    progress: &dyn Progress,
    sink: &mut dyn RowSink,
) -> Result<Vec<TablesReport>> {
    let mut reading = Reading { options, progress, sink, before: 0, reports: Vec::new() };
    for (number, input) in inputs.iter().enumerate() {
        reading.input(number as u32, input)?;
    }
    let reports = reading.reports;
    check_wanted(&reports, options)?;
    Ok(reports)
}

/// A run over all inputs.
struct Reading<'r> {
    options: &'r TableOptions,
    progress: &'r dyn Progress,
    sink: &'r mut dyn RowSink,
    /// Bytes of the inputs that were read before this one.
    before: u64,
    reports: Vec<TablesReport>,
}

impl Reading<'_> {
    fn input(&mut self, number: u32, input: &Input) -> Result<()> {
        if input.is_empty()? {
            return Err(Error::Empty { input: input.name().to_owned() });
        }
        let first = self.reports.len();
        let tally = Tally::default();
        let options = Options { limits: self.options.limits.clone(), ..Options::default() };
        let members = archive::members(input, &options)?.filter(|members| {
            let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
            // A spreadsheet is an archive as well, and is read as a whole.
            sheet::of_members(&names).is_none()
        });
        let file = if let Some(members) = members {
            self.members(number, input, &members, &tally)?;
            input.digest()?
        } else if seven::is_seven(input)? {
            self.seven(number, input, &tally)?;
            input.digest()?
        } else {
            let plain = tally.watch(input.open()?).boxed();
            self.stream(number, input, None, plain, &tally)?;
            tally.of(input)?
        };
        self.before += file.bytes;
        self.progress.read(self.before);
        for report in &mut self.reports[first..] {
            report.file = file.clone();
        }
        Ok(())
    }

    /// Reads every member of a ZIP that holds a table; it is an error where none does.
    fn members(
        &mut self,
        number: u32,
        input: &Input,
        members: &[Member],
        tally: &Tally,
    ) -> Result<()> {
        let first = self.reports.len();
        let mut passed = PassedOver::default();
        for member in members {
            let plain = member.open(input, tally, &self.options.limits)?;
            passed.take(self.stream(number, input, Some(&member.name), plain, tally))?;
        }
        passed.say(input, self.reports.get_mut(first))
    }

    /// Reads every member of a 7z archive that holds a table; it is an error where none does.
    fn seven(&mut self, number: u32, input: &Input, tally: &Tally) -> Result<()> {
        let first = self.reports.len();
        let mut passed = PassedOver::default();
        let limits = self.options.limits.clone();
        seven::members(input, &limits, |name, plain| {
            passed.take(self.stream(number, input, Some(name), plain, tally))
        })?;
        passed.say(input, self.reports.get_mut(first))
    }

    /// Reads one file or member as a stream of bytes.
    fn stream(
        &mut self,
        number: u32,
        input: &Input,
        name: Option<&str>,
        packed: Plain,
        tally: &Tally,
    ) -> Result<()> {
        let mut part = Part::new(number, input.name(), name, self.options, &mut *self.sink);
        let before = self.before;
        let progress = self.progress;
        let read = || progress.read(before + tally.bytes.load(Ordering::Relaxed));
        stream::read(packed, tally, &mut part, &read)?;
        self.reports.push(part.report);
        Ok(())
    }
}

/// Members of an archive that hold no table.
#[derive(Default)]
struct PassedOver {
    others: u64,
    empty: u64,
    /// Why the first of the others was refused.
    refused: Option<Error>,
}

impl PassedOver {
    /// Counts a member that holds no table; any other error ends the reading.
    fn take(&mut self, read: Result<()>) -> Result<()> {
        match read {
            Err(Error::Empty { .. }) => self.empty += 1,
            Err(error @ Error::NoTable { .. }) => {
                self.others += 1;
                self.refused.get_or_insert(error);
            }
            result => result?,
        }
        Ok(())
    }

    /// Says in the first report what was passed over; it is an error where there is none.
    fn say(self, input: &Input, first: Option<&mut TablesReport>) -> Result<()> {
        let Some(report) = first else {
            let empty = Error::Empty { input: input.name().to_owned() };
            return Err(self.refused.unwrap_or(empty));
        };
        for (note, count) in
            [(TableNote::OtherMember, self.others), (TableNote::EmptyMember, self.empty)]
        {
            if count > 0 {
                *report.notes.entry(note).or_default() += count;
            }
        }
        Ok(())
    }
}

/// Whether every table that was asked for is there.
fn check_wanted(reports: &[TablesReport], options: &TableOptions) -> Result<()> {
    let found = || reports.iter().flat_map(|report| &report.tables);
    let is_there = |wanted: &String| found().any(|table| table.name.as_ref() == Some(wanted));
    if options.tables.is_empty() || options.tables.iter().any(is_there) {
        return Ok(());
    }
    let shown = |name: &str| show::shorten(&show::visible(name), 80).into_owned();
    let names: Vec<String> =
        found().filter_map(|table| table.name.as_deref()).take(20).map(shown).collect();
    let met = if names.is_empty() { "all without a name".to_owned() } else { names.join(", ") };
    let wanted = options.tables.iter().map(|name| shown(name)).collect::<Vec<_>>().join(", ");
    Err(Error::NoSuchTable { wanted, met })
}
