//! `--compat`.
use crate::cli::Coordinate;
use crate::failure::{Failure, Result};
pub(super) fn run(_args: &Coordinate, _threads: usize) -> Result<()> { Err(Failure::usage("todo")) }
