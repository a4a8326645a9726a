//! `charivari report`: a case in words, and in the forms that other programs read.

use std::io::Write;
use std::path::Path;

use charivari_case::Wanted;
use charivari_exchange::case::{Options, exporter};
use charivari_model::case::{Dossier, Ruling};
use charivari_report::Redacted;
use clap::ValueEnum as _;

use super::case;
use crate::cli::case::{Format, Redaction, Report};
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

pub(crate) fn run(args: &Report) -> Result<()> {
    let dir = case::directory(&args.at);
    let wanted = Wanted { findings: args.findings, ..wanted() };
    let dossier = case::open_reading(&dir)?.dossier(&wanted)?;
    let written = write(dossier, &Choice::of(args, &dir), &args.output)?;
    let mut text = String::from("Written:");
    for name in &written {
        text.push_str("\n  ");
        text.push_str(&args.output.join(name).display().to_string());
    }
    term::line(&text)
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
}

/// Writes a case into `output`, and returns the names of the files.
pub(crate) fn write(dossier: Dossier, choice: &Choice, output: &Path) -> Result<Vec<String>> {
    // Redaction comes before the first byte: a report that is refused leaves nothing behind.
    let redacted = charivari_report::redact(dossier, choice.redaction)?;
    let folder = Folder::open(output)?;
    let mut names = Vec::new();
    for format in &choice.formats {
        match format {
            Format::Html | Format::Md | Format::Json => {
                let (name, content) = text(*format, &redacted, choice)?;
                folder.write(name, |out| {
                    out.write_all(content.as_bytes()).map_err(|error| error.to_string())
                })?;
                names.push(name.to_owned());
            }
            other => names.extend(exchange(*other, &redacted, choice, &folder)?),
        }
    }
    Ok(names)
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
) -> Result<Vec<String>> {
    let name = format.to_possible_value().map(|value| value.get_name().to_owned());
    let name = name.unwrap_or_default();
    let Some(exporter) = exporter(&name) else {
        return Err(Failure::fault(format!("there is no exporter {name}")));
    };
    let options = Options { include_open: choice.include_open, redaction: choice.redaction };
    let mut names = Vec::new();
    for file in exporter.files {
        folder.write(file.name, |out| {
            let written = file.write(redacted.dossier(), options, out);
            written.map(|_| ()).map_err(|error| error.to_string())
        })?;
        names.push(file.name.to_owned());
    }
    Ok(names)
}
