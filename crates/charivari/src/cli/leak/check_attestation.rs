//! The command line of `charivari leak check-attestation`.

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct CheckAttestation {}
