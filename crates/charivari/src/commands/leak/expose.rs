//! `charivari leak expose`.

use crate::cli::leak::Expose;
use crate::failure::{Failure, Result};

pub(super) fn run(_args: &Expose) -> Result<()> {
    Err(Failure::fault("not built yet"))
}
