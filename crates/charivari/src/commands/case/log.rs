//! `charivari case log`: what was done, by whom and when.

use std::fmt::Write as _;

use charivari_model::case::Entry;
use charivari_text::show::visible;

use super::{directory, open_reading};
use crate::cli::case::Log;
use crate::failure::{Failure, Result};
use crate::term;

pub(super) fn run(args: &Log) -> Result<()> {
    let mut case = open_reading(&directory(&args.at))?;
    let entries = case.head()?.log_entries;
    let first = args.last.map_or(1, |last| entries.saturating_sub(last) + 1);
    let entries = case.log(first..=entries)?;
    if args.json {
        let text = serde_json::to_string_pretty(&entries).map_err(Failure::fault)?;
        return term::line(&text);
    }
    let mut text = String::new();
    for entry in &entries {
        line(&mut text, entry);
    }
    if let Some(last) = entries.last() {
        // Writing to a string does not fail.
        let _ = write!(text, "head {}", last.hash);
    }
    term::line(&text)
}

fn line(text: &mut String, entry: &Entry) {
    let record = entry.record.map(|record| record.to_string()).unwrap_or_default();
    // Writing to a string does not fail.
    let _ = writeln!(
        text,
        "{:>6}  {}  {:<18} {:<6} {}  {}",
        entry.number,
        entry.time,
        visible(&entry.action),
        record,
        entry.hash.get(..12).unwrap_or(&entry.hash),
        visible(&entry.by)
    );
}
