//! The command line of `charivari leak verify`.

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Verify {}
