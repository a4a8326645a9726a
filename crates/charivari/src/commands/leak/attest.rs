//! `charivari leak attest`.

use crate::cli::leak::Attest;
use crate::failure::{Failure, Result};

pub(super) fn run(_args: &Attest) -> Result<()> {
    Err(Failure::fault("not built yet"))
}
