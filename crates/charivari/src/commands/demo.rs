//! `charivari demo`.
use crate::cli::Demo;
use crate::failure::{Failure, Result};
pub(crate) fn run(_args: &Demo, _threads: usize) -> Result<()> { Err(Failure::usage("todo")) }
