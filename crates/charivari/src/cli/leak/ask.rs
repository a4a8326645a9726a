//! The command line of `charivari leak ask`.

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Ask {}
