//! `charivari leak verify`.

use crate::cli::leak::Verify;
use crate::failure::{Failure, Result};

pub(super) fn run(_args: &Verify) -> Result<()> {
    Err(Failure::fault("not built yet"))
}
