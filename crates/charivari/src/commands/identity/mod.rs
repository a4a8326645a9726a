//! `charivari identity`: who pretends to be someone else; one file a command.

mod case;
mod domains;
mod pictures;
mod profiles;
mod protect;
mod scan;
mod seen;
mod sockpuppets;
mod stolen;
mod tables;

use crate::cli::identity::Identity;
use crate::failure::{Failure, Result};

pub(crate) fn run(command: &Identity, threads: usize) -> Result<()> {
    match command {
        Identity::Protect(args) => protect::run(args),
        Identity::Scan(args) => scan::run(args, threads),
        Identity::Domains(args) => domains::run(args, threads),
        Identity::Stolen(args) => stolen::run(args, threads),
        Identity::Sockpuppets(args) => sockpuppets::run(args, threads),
    }
}

impl From<charivari_identity::Error> for Failure {
    fn from(error: charivari_identity::Error) -> Self {
        Self::input(error)
    }
}
