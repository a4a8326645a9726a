//! The command line of `charivari leak serve`.

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Serve {}
