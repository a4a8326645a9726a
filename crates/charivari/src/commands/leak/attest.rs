//! `charivari leak attest`: a third party signs a result.

use charivari_leak::attest::{Saw, Statement};
use charivari_leak::protocol::Digest;
use zeroize::Zeroizing;

use super::serve::files;
use crate::cli::leak::{Attest, Saw as Said};
use crate::failure::Result;
use crate::{clock, term};

pub(super) fn run(args: &Attest) -> Result<()> {
    let result = files::read(&args.result)?;
    let saw = match args.saw {
        Said::File => Saw::File,
        Said::Comparison => Saw::Comparison,
    };
    let statement = Statement::about(result.as_bytes(), &args.who, saw, clock::now()?)?;
    if args.new_key {
        let key = files::random::<32>()?;
        let text = Zeroizing::new(format!("{}\n", Digest(*key)));
        files::write_secret(&args.key, text.as_bytes())?;
    }
    let key = files::read_key(&args.key)?;
    let attestation = statement.sign(&key);
    files::write_json(&args.output, &attestation)?;
    for words in attestation.words() {
        term::line(&words)?;
    }
    term::line(&format!("the public key, for those who will check: {}", attestation.key))
}
