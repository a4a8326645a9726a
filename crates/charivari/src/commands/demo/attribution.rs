//! The tutorial's weighing: what findings show and what was public, against all that was known on the
//! eve of the attribution.

use std::ffi::OsString;
use std::path::Path;

use charivari_attribution::Observations;
use charivari_case::Case;
use charivari_model::case::Dossier;

use super::line::{into_case_of, parsed};
use super::tutorial::{DAYS, stamp};
use crate::cli::Command;
use crate::commands::{self, report};
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

/// What was public by the eve, in our own words and with its sources; the attribution's own test case.
const SEEN: &str = include_str!("../../../../charivari-attribution/tests/cases/holy-souls.toml");

/// Records what was public as observations, and what parties had said of it.
pub(super) fn observe(case: &Path) -> Result<()> {
    let seen = Observations::read(SEEN.as_bytes())?;
    let mut opened = Case::open(case)?;
    let parties = opened.dossier(&report::wanted())?.actors;
    for denial in &seen.denials {
        let party = parties.iter().find(|party| party.name == denial.who);
        let party = party.ok_or_else(|| {
            Failure::fault(format!("the demo's facts name no party {}", denial.who))
        })?;
        let said = format!("{} ({})", denial.text, denial.source);
        opened.reply(party.id, &said, &stamp(0))?;
    }
    drop(opened);
    for it in &seen.observations {
        let mut line = into_case_of(&["observe"], case);
        line.extend([&it.what.to_string(), "--says", &it.note].map(OsString::from));
        line.extend(["--standing", it.standing.word(), "--source", &it.source].map(OsString::from));
        if let Some(grade) = it.grade {
            line.extend(["--grade", &grade.to_string()].map(OsString::from));
        }
        match parsed(line)? {
            Command::Observe(args) => term::quietly(|| commands::observe::run(&args))?,
            _ => return Err(Failure::fault("the demo's own command line is another command's")),
        }
    }
    Ok(())
}

/// Weighs the case against what was known on the eve. On the next day nothing is weighed again: what
/// became public then is the attribution itself, and no evidence for it.
pub(super) fn run(folder: &Folder, case: &Path) -> Result<()> {
    let mut line = into_case_of(&["attribute", "--as-of", DAYS[0]], case);
    // Only what the program carries, so that the tutorial is the same for everybody.
    line.extend(["--knowledge".into(), folder.path("attribution/knowledge").into_os_string()]);
    line.extend(["-o".into(), folder.path("attribution").into_os_string()]);
    match parsed(line)? {
        Command::Attribute(args) => term::quietly(|| commands::attribute::run(&args)),
        _ => Err(Failure::fault("the demo's own command line is another command's")),
    }
}

/// The first answers, in a few lines.
pub(super) fn told(dossier: &Dossier) -> String {
    let Some(assessment) = &dossier.assessment else { return String::new() };
    let mut text = format!(
        "\nWho could it be, by what was public on {}? Confidence {}: a match is no proof.\n",
        DAYS[0], assessment.confidence
    );
    for it in assessment.hypotheses.iter().take(4) {
        let told =
            format!("{} ({}, {:.0} %)", it.title, it.likelihood.word(), it.probability * 100.0);
        text.push_str(&term::wrapped(&format!("  {}", it.id), 7, &told, 100));
    }
    text
}
