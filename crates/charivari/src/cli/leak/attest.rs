//! The command line of `charivari leak attest`.

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Attest {}
