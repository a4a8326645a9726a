//! `charivari leak check-attestation`.

use crate::cli::leak::CheckAttestation;
use crate::failure::{Failure, Result};

pub(super) fn run(_args: &CheckAttestation) -> Result<()> {
    Err(Failure::fault("not built yet"))
}
