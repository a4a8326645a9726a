//! `charivari convert`.
use crate::cli::Convert;
use crate::failure::{Failure, Result};
pub(crate) fn run(_args: &Convert, _threads: usize) -> Result<()> { Err(Failure::usage("todo")) }
