//! `charivari leak check-attestation`: does a signature hold, and what does it say?

use charivari_leak::attest::Attestation;
use charivari_leak::protocol::{Digest, Error};

use super::serve::files;
use crate::cli::leak::CheckAttestation;
use crate::failure::Result;
use crate::term;

pub(super) fn run(args: &CheckAttestation) -> Result<()> {
    let expected = args.key.as_deref().map(|text| {
        Digest::from_hex(text).ok_or_else(|| {
            let (expected, met) = ("64 hexadecimal figures", format!("{} letters", text.len()));
            Error::Bounds { what: "--key", expected: expected.to_owned(), met }
        })
    });
    let expected = expected.transpose()?;
    let attestation = Attestation::read(&files::read(&args.attestation)?)?;
    let result = files::read(&args.result)?;
    attestation.check(result.as_bytes(), expected)?;
    term::line("the signature holds, and the result is the one that was signed")?;
    for words in attestation.words() {
        term::line(&words)?;
    }
    if expected.is_none() {
        term::warn(&format!(
            "anybody may have signed: ask the signer whether {} is theirs, and give it with --key",
            attestation.key
        ));
    }
    Ok(())
}
