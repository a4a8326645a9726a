//! `charivari report`: a case in words, and in the forms that other programs read.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use charivari_case::Wanted;
use charivari_exchange::case::{Options, exporter};
use charivari_model::case::{Dossier, Ruling};
use charivari_report::Redacted;
use clap::ValueEnum as _;

use super::case;
use super::notes::counted;
use crate::cli::report::{Format, Redaction, Report};
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::progress::Bar;
use crate::term;

pub(crate) fn run(args: &Report) -> Result<()> {
    let dir = case::directory(&args.at);
    let choice = Choice::of(args, &dir);
    let mut case = case::open_reading(&dir)?;
    let step = Bar::step("writing the report");
    let page = case.dossier(&Wanted { findings: args.findings, ..wanted() })?;
    let mut written = Written::default();
    // Machines get what a page has no room for.
    if is_cut(&page) && choice.formats.iter().any(|format| !is_page(*format)) {
        let whole =
            case.dossier(&Wanted { findings: EXCHANGED, evidence: EXCHANGED, ..wanted() })?;
        warn_of_rest(&whole);
        write(whole, &choice.only(|format| !is_page(format)), &args.output, &mut written)?;
        write(page, &choice.only(is_page), &args.output, &mut written)?;
    } else {
        write(page, &choice, &args.output, &mut written)?;
    }
    step.finish_and_clear();
    term::line(&said(&written, &args.output))
}

/// The files that were written, and what stayed out of them.
fn said(written: &Written, output: &Path) -> String {
    let mut text = String::from("Written:");
    for name in &written.names {
        text.push_str("\n  ");
        text.push_str(&output.join(name).display().to_string());
    }
    for note in &written.notes {
        text.push('\n');
        text.push_str(note);
    }
    text
}

/// The most findings, and pieces of evidence, that go out for machines; they are built in memory.
const EXCHANGED: usize = 100_000;

/// Whether there was no room for all findings or evidence.
fn is_cut(dossier: &Dossier) -> bool {
    dossier.left.findings > 0 || dossier.left.evidence > 0
}

/// Whether people read a form, and only so much of it.
const fn is_page(format: Format) -> bool {
    matches!(format, Format::Html | Format::Md)
}

/// Says what even machines do not get.
fn warn_of_rest(dossier: &Dossier) {
    if is_cut(dossier) {
        term::warn(&format!(
            "{} and {} pieces of evidence are beyond the {EXCHANGED} that go into one file; they are in \
             the case",
            counted(dossier.left.findings, "finding"),
            dossier.left.evidence
        ));
    }
}

/// What reports are written from: all that stands, is open or was rejected, as far as there is room.
pub(crate) fn wanted() -> Wanted {
    let include = vec![Ruling::Accepted, Ruling::Open, Ruling::Rejected];
    Wanted { include, ..Wanted::default() }
}

/// What is written of a case, and how much of it is shown.
pub(crate) struct Choice {
    pub(crate) formats: Vec<Format>,
    pub(crate) redaction: charivari_report::Redaction,
    pub(crate) include_open: bool,
    /// The command that writes the same again.
    pub(crate) command_line: String,
}

impl Choice {
    fn of(args: &Report, dir: &Path) -> Self {
        let redaction = match args.redaction {
            Redaction::Internal => charivari_report::Redaction::Internal,
            Redaction::Partner => charivari_report::Redaction::Partner,
            Redaction::Public => charivari_report::Redaction::Public,
        };
        let mut formats = args.format.clone();
        formats.sort_unstable();
        formats.dedup();
        let name = dir.file_name().unwrap_or(dir.as_os_str()).to_string_lossy();
        let command_line = format!("charivari report --case {name} --redaction {redaction}");
        Self { formats, redaction, include_open: args.include_open, command_line }
    }

    /// The same for those formats only.
    fn only(&self, wanted: impl Fn(Format) -> bool) -> Self {
        let formats = self.formats.iter().copied().filter(|format| wanted(*format)).collect();
        Self { formats, command_line: self.command_line.clone(), ..*self }
    }
}

/// What was written.
#[derive(Default)]
pub(crate) struct Written {
    /// The names of the files.
    names: Vec<String>,
    /// What stayed out of them, as sentences.
    notes: BTreeSet<String>,
}

/// Writes a case into `output`.
pub(crate) fn write(
    dossier: Dossier,
    choice: &Choice,
    output: &Path,
    written: &mut Written,
) -> Result<()> {
    // Redaction comes before the first byte: a report that is refused leaves nothing behind.
    let redacted = charivari_report::redact(dossier, choice.redaction)?;
    let folder = Folder::open(output)?;
    for format in &choice.formats {
        match format {
            Format::Html | Format::Md | Format::Json => {
                let (name, content) = text(*format, &redacted, choice)?;
                folder.write(name, |out| {
                    out.write_all(content.as_bytes()).map_err(|error| error.to_string())
                })?;
                written.names.push(name.to_owned());
            }
            other => exchange(*other, &redacted, choice, &folder, written)?,
        }
    }
    Ok(())
}

/// A report that people read, or all of it for machines.
fn text(format: Format, redacted: &Redacted, choice: &Choice) -> Result<(&'static str, String)> {
    let view = charivari_report::CaseView { redacted, command_line: &choice.command_line };
    Ok(match format {
        Format::Md => ("report.md", charivari_report::case_markdown(&view)),
        Format::Json => {
            ("report.json", charivari_report::case_json(&view).map_err(Failure::fault)?)
        }
        _ => ("report.html", charivari_report::render_case(&view).map_err(Failure::fault)?),
    })
}

/// What another program reads.
fn exchange(
    format: Format,
    redacted: &Redacted,
    choice: &Choice,
    folder: &Folder,
    written: &mut Written,
) -> Result<()> {
    let name = format.to_possible_value().map(|value| value.get_name().to_owned());
    let name = name.unwrap_or_default();
    let Some(exporter) = exporter(&name) else {
        return Err(Failure::fault(format!("there is no exporter {name}")));
    };
    let options = Options { include_open: choice.include_open, redaction: choice.redaction };
    for file in exporter.files {
        folder.write(file.name, |out| {
            let done = file.write(redacted.dossier(), options, out);
            written.notes.extend(done.map_err(|error| error.to_string())?.notes);
            Ok(())
        })?;
        written.names.push(file.name.to_owned());
    }
    Ok(())
}
