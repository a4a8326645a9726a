//! `charivari mail`.

mod case;
mod examine;
mod findings;
mod inputs;
mod summary;

use crate::cli::mail::Mail;
use crate::failure::Result;

pub(crate) fn run(command: &Mail) -> Result<()> {
    match command {
        Mail::Examine(args) => examine::run(args),
    }
}
