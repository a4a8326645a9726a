//! `charivari case check` and `verify`: hash everything again, and say exactly what differs.

use std::fmt::Write as _;
use std::fs::File;
use std::io::BufReader;

use charivari_case::{Checked, Problem, Verified, verify as verify_seal};
use charivari_text::show::visible;
use serde_json::json;

use super::{directory, open_reading};
use crate::cli::case::{Check, Verify};
use crate::commands::notes::counted;
use crate::failure::{Failure, Result};
use crate::progress::Bar;
use crate::term;

pub(super) fn run(args: &Check) -> Result<()> {
    let dir = directory(&args.at);
    let mut case = open_reading(&dir)?;
    let bar = Bar::steps();
    let checked = case.check(&mut |progress| {
        bar.tell(progress.step, progress.done, progress.total);
    })?;
    bar.finish();
    let text = if args.json { as_json(&checked)? } else { told(&checked) };
    tell(&text, &checked.problems, &dir.display().to_string())
}

pub(super) fn verify(args: &Verify) -> Result<()> {
    let name = args.file.display().to_string();
    let file = File::open(&args.file).map_err(|error| {
        Failure::input(format!(
            "E0101: cannot read {name}: {error}; check the path and its permissions"
        ))
    })?;
    let bar = Bar::step("checking the sealed case");
    let verified = verify_seal(BufReader::new(file))?;
    bar.finish_and_clear();
    let text = if args.json { seal_as_json(&verified)? } else { seal_told(&verified) };
    tell(&text, &verified.problems, &name)
}

/// Prints what was checked; a difference is a failure of the run, so that scripts notice.
fn tell(text: &str, problems: &[Problem], name: &str) -> Result<()> {
    term::line(text)?;
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::differs(format!(
        "E0600: {name}: {} from what was recorded; keep it as it is, and compare it with a copy or a \
         seal",
        counted(problems.len() as u64, "difference")
    )))
}

fn told(checked: &Checked) -> String {
    let mut text = differences(&checked.problems, &checked.notes);
    let counts = &checked.counts;
    // Writing to a string does not fail.
    let _ = writeln!(
        text,
        "checked  {} entries of the log, {} with {} bytes",
        counts.entries,
        counted(counts.files, "file"),
        counts.bytes
    );
    if checked.problems.is_empty() {
        text.push_str("Everything is as the log says.");
    }
    text.truncate(text.trim_end().len());
    text
}

fn seal_told(verified: &Verified) -> String {
    let mut text = differences(&verified.problems, &verified.notes);
    // Writing to a string does not fail.
    if let Some(head) = &verified.case {
        let _ = writeln!(text, "case     {} ({})", visible(&head.title), head.tlp);
        let _ = writeln!(text, "head     {} after {} entries", head.log_head, head.log_entries);
    }
    if let Some((time, by)) = &verified.sealed {
        let _ = writeln!(text, "sealed   {time} by {}", visible(by));
    }
    if let Some(signed) = &verified.signed {
        let _ = writeln!(text, "signed   with the key {}", signed.key);
    }
    let _ = writeln!(text, "checked  {}", counted(verified.files, "file"));
    if verified.problems.is_empty() {
        text.push_str(
            "Everything is as it was sealed. Whether the key or the head is the right one, \
                       only a copy that came by another way can tell.",
        );
    }
    text.truncate(text.trim_end().len());
    text
}

fn differences(problems: &[Problem], notes: &[String]) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    for problem in problems {
        let (what, sentence) = (visible(&problem.what), visible(&problem.sentence));
        let _ = writeln!(text, "DIFFERS  {} {what}: {sentence}", problem.code);
    }
    for note in notes {
        let _ = writeln!(text, "note     {}", visible(note));
    }
    text
}

fn as_json(checked: &Checked) -> Result<String> {
    let counts = &checked.counts;
    pretty(&json!({
        "problems": problems(&checked.problems),
        "notes": checked.notes,
        "entries": counts.entries,
        "files": counts.files,
        "bytes": counts.bytes,
        "held_elsewhere": counts.held_elsewhere,
        "encrypted": counts.encrypted,
    }))
}

fn seal_as_json(verified: &Verified) -> Result<String> {
    pretty(&json!({
        "problems": problems(&verified.problems),
        "notes": verified.notes,
        "files": verified.files,
        "case": verified.case,
        "sealed": verified.sealed,
        "signed": verified.signed,
    }))
}

fn problems(problems: &[Problem]) -> Vec<serde_json::Value> {
    let problem = |problem: &Problem| json!({ "code": problem.code, "what": problem.what, "sentence": problem.sentence });
    problems.iter().map(problem).collect()
}

fn pretty(value: &serde_json::Value) -> Result<String> {
    serde_json::to_string_pretty(value).map_err(Failure::fault)
}
