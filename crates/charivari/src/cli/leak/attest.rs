//! The command line of `charivari leak attest`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  charivari leak attest out/verification.published.json --key notary.key --new-key \\
      --who \"A. Notary, Lyon\" --saw comparison -o attestation.json

The key file is secret; the public key that is printed goes to those who will check.")]
pub(crate) struct Attest {
    /// The result of a verification.
    #[arg(value_name = "RESULT")]
    pub(crate) result: PathBuf,
    /// The file of the signing key: 64 hexadecimal figures, as a case's own `sign.key`.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// Make the key first; its file must not be there.
    #[arg(long)]
    pub(crate) new_key: bool,
    /// Who signs.
    #[arg(long, value_name = "TEXT")]
    pub(crate) who: String,
    /// What the signer was there for.
    #[arg(long, value_enum, default_value = "file")]
    pub(crate) saw: Saw,
    /// The attestation.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

/// What the signer was there for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Saw {
    /// The file of the result alone.
    File,
    /// The comparison, from the commitments to the result.
    Comparison,
}
