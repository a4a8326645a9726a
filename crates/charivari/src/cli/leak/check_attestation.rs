//! The command line of `charivari leak check-attestation`.

use std::path::PathBuf;

use clap::Args;

#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  charivari leak check-attestation attestation.json --result verification.published.json --key 3b6a…

It ends with 6 where something differs.")]
pub(crate) struct CheckAttestation {
    /// The attestation.
    #[arg(value_name = "ATTESTATION")]
    pub(crate) attestation: PathBuf,
    /// The result that it is about.
    #[arg(long, value_name = "FILE")]
    pub(crate) result: PathBuf,
    /// The signer's public key, from the signer by another way; without it anybody may have signed.
    #[arg(long, value_name = "HEX")]
    pub(crate) key: Option<String>,
}
