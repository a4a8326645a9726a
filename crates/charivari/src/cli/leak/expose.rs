//! The command line of `charivari leak expose`.

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Expose {}
