//! `charivari leak serve`.

use crate::cli::leak::Serve;
use crate::failure::{Failure, Result};

pub(super) fn run(_args: &Serve) -> Result<()> {
    Err(Failure::fault("not built yet"))
}
