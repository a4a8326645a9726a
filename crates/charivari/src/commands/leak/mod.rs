//! `charivari leak`: one file a command.

mod ask;
mod attest;
mod check_attestation;
mod expose;
mod inspect;
mod serve;
mod verify;

use crate::cli::leak::Leak;
use crate::failure::Result;

pub(crate) fn run(command: &Leak) -> Result<()> {
    match command {
        Leak::Inspect(args) => inspect::run(args),
        Leak::Verify(args) => verify::run(args),
        Leak::Serve(args) => serve::run(args),
        Leak::Ask(args) => ask::run(args),
        Leak::Attest(args) => attest::run(args),
        Leak::CheckAttestation(args) => check_attestation::run(args),
        Leak::Expose(args) => expose::run(args),
    }
}
