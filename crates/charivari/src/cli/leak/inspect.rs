//! The command line of `charivari leak inspect`.

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Inspect {}
