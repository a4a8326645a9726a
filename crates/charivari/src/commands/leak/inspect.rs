//! `charivari leak inspect`.

use crate::cli::leak::Inspect;
use crate::failure::{Failure, Result};

pub(super) fn run(_args: &Inspect) -> Result<()> {
    Err(Failure::fault("not built yet"))
}
