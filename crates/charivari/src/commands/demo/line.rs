//! Command lines of the demo, so that it does nothing that an analyst could not type.

use std::ffi::OsString;
use std::path::Path;

use charivari_case::{Case, NewEvidence};
use charivari_model::Tlp;
use clap::Parser;

use super::tutorial::{ANALYST, stamp};
use crate::cli::{Cli, Command};
use crate::failure::{Failure, Result};
use crate::output::Folder;

/// Where everything invented comes from.
pub(super) const SOURCE: &str = "made by a program for this tutorial";

/// A command line of the demo, as an analyst would type it behind `charivari`.
pub(super) fn parsed(line: Vec<OsString>) -> Result<Command> {
    let words = std::iter::once(OsString::from("charivari")).chain(line);
    Cli::try_parse_from(words).map(|cli| cli.command).map_err(Failure::usage)
}

/// Words of a command line that works on the case of the tutorial.
pub(super) fn into_case_of(words: &[&str], case: &Path) -> Vec<OsString> {
    let mut line: Vec<OsString> = words.iter().map(OsString::from).collect();
    line.extend(["--case".into(), case.as_os_str().to_owned()]);
    line.extend(["--analyst", ANALYST].map(OsString::from));
    line
}

/// Words of a command line that brings files into the case of the tutorial.
pub(super) fn into_case(words: &[&str], case: &Path) -> Vec<OsString> {
    let mut line = into_case_of(words, case);
    line.extend(["--grade", "A1"].map(OsString::from));
    line
}

/// Registers sensitive files by where they lie beside the case, so that the case does not depend on the
/// folder that the demo was written to.
pub(super) fn register(case: &Path, folder: &Folder, beside: &str, names: &[&str]) -> Result<()> {
    let mut case = Case::open(case)?;
    for name in names {
        let path = folder.path(name);
        let evidence = NewEvidence {
            sensitive: true,
            tlp: Tlp::Clear,
            place: Some(format!("{beside}/{name}, beside the case")),
            ..NewEvidence::new(&path, SOURCE)
        };
        case.add_evidence(evidence, &stamp(0), &mut |_| {})?;
    }
    Ok(())
}
