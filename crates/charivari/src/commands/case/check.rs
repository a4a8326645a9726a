//! `charivari case check` and `verify`: hash everything again, and say exactly what differs.

use std::fmt::Write as _;
use std::fs::File;
use std::io::BufReader;

use charivari_case::Checked;
use charivari_text::show::visible;

use super::{directory, open_reading};
use crate::cli::case::{Check, Verify};
use crate::commands::notes::counted;
use crate::failure::{Failure, Result};
use crate::progress::Bar;
use crate::term;

pub(super) fn run(args: &Check) -> Result<()> {
    let dir = directory(&args.at);
    let mut case = open_reading(&dir)?;
    let bar = Bar::step("checking the case");
    let checked = case.check(&mut |_| {})?;
    bar.finish_and_clear();
    tell(&checked, &dir.display().to_string(), args.json)
}

pub(super) fn verify(args: &Verify) -> Result<()> {
    let name = args.file.display().to_string();
    let file = File::open(&args.file)
        .map_err(|error| Failure::input(format!("E0101: cannot open {name}: {error}")))?;
    let bar = Bar::step("checking the sealed case");
    let checked = charivari_case::verify(BufReader::new(file))?;
    bar.finish_and_clear();
    tell(&checked, &name, args.json)
}

/// Prints what was checked; a difference is a failure of the run, so that scripts notice.
fn tell(checked: &Checked, name: &str, json: bool) -> Result<()> {
    if json {
        term::line(&serde_json::to_string_pretty(checked).map_err(Failure::fault)?)?;
    } else {
        term::line(&told(checked))?;
    }
    if checked.problems.is_empty() {
        return Ok(());
    }
    Err(Failure::differs(format!(
        "E0600: {name}: {} from what the log says; keep it as it is, and compare it with a copy or a seal",
        counted(checked.problems.len() as u64, "difference")
    )))
}

fn told(checked: &Checked) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    for problem in &checked.problems {
        let _ = writeln!(text, "DIFFERS  {}", visible(&problem.to_string()));
    }
    for note in &checked.notes {
        let _ = writeln!(text, "note     {}", visible(note));
    }
    for (what, count) in &checked.counts {
        let _ = writeln!(text, "checked  {count} {what}");
    }
    if checked.problems.is_empty() {
        text.push_str("Everything is as the log says.");
    } else {
        text.truncate(text.trim_end().len());
    }
    text
}
