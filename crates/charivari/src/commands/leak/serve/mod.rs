//! `charivari leak serve`: commit to a table, approve who asks, answer.

mod approve;
mod clients;
mod commit;
pub(super) mod files;
mod ledger;
pub(super) mod link;
mod open;
pub(super) mod rows;

use charivari_leak::{attest, protocol};
use charivari_model::Exit;

use crate::cli::leak::{Serve, ServeStep};
use crate::failure::{Failure, Result};

pub(super) fn run(args: &Serve) -> Result<()> {
    match &args.step {
        ServeStep::Commit(args) => commit::run(args),
        ServeStep::Approve(args) => approve::run(args),
        ServeStep::Open(args) => open::run(args),
    }
}

impl From<protocol::Error> for Failure {
    fn from(error: protocol::Error) -> Self {
        use protocol::Error;
        let exit = match error {
            Error::Bounds { .. } => Exit::Usage,
            Error::Nothing { .. } => Exit::Nothing,
            Error::Oprf(_)
            | Error::OtherSet { .. }
            | Error::SetShape { .. }
            | Error::OtherSample { .. }
            | Error::OtherCanaries => Exit::Differs,
            _ => Exit::Input,
        };
        Self { exit, message: error.to_string() }
    }
}

impl From<attest::Error> for Failure {
    fn from(error: attest::Error) -> Self {
        let exit = match error {
            attest::Error::Malformed { .. } => Exit::Input,
            _ => Exit::Differs,
        };
        Self { exit, message: error.to_string() }
    }
}
