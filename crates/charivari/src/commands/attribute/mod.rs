//! `charivari attribute`: who could be behind it; one file a command.

mod evaluate;
mod names;
mod output;
mod record;
mod weigh;

use std::fs::File;
use std::path::Path;

use crate::cli::attribute::{Attribute, Step};
use crate::failure::{Failure, Result};

pub(crate) fn run(args: &Attribute) -> Result<()> {
    match &args.command {
        Some(Step::Evaluate(args)) => evaluate::run(args),
        None => weigh::run(&args.weigh),
    }
}

/// Opens a file that an analyst wrote.
pub(crate) fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|error| {
        let path = path.display();
        Failure::input(format!("E1111: {path} cannot be opened: {error}; check the path"))
    })
}
