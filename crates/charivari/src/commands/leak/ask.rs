//! `charivari leak ask`.

use crate::cli::leak::Ask;
use crate::failure::{Failure, Result};

pub(super) fn run(_args: &Ask) -> Result<()> {
    Err(Failure::fault("not built yet"))
}
