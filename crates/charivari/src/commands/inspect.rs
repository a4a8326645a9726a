//! `charivari inspect`.
use crate::cli::Inspect;
use crate::failure::{Failure, Result};
pub(crate) fn run(_args: &Inspect, _threads: usize) -> Result<()> { Err(Failure::usage("todo")) }
