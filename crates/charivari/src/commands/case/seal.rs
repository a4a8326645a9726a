//! `charivari case seal`: one ZIP that others can check.

use charivari_case::SealOptions;

use super::{directory, open, stamp};
use crate::cli::case::Seal;
use crate::commands::notes::counted;
use crate::failure::{Failure, Result};
use crate::progress::Bar;
use crate::{output, term};

pub(super) fn run(args: &Seal) -> Result<()> {
    let stamp = stamp(args.at.by.as_deref())?;
    let mut case = open(&directory(&args.at.place))?;
    let options = SealOptions {
        with_evidence: args.with_evidence,
        with_tables: args.with_tables,
        reports: Vec::new(),
    };
    let bar = Bar::step("sealing the case");
    let mut sealed = None;
    output::write(&args.output, |out| {
        sealed = Some(case.seal(out, &options, &stamp).map_err(|error| error.to_string())?);
        Ok(())
    })?;
    bar.finish_and_clear();
    // The seal was written if nothing failed, and so it is there.
    let Some(sealed) = sealed else { return Err(Failure::fault("the seal was not written")) };
    case.log_seal(&sealed, &args.output.display().to_string(), &stamp)?;
    let signed = sealed.signed.as_ref().map_or_else(
        || "; there is no key to sign it with (charivari case key)".to_owned(),
        |signed| format!(", signed with the key {}", signed.key),
    );
    let left = match sealed.left_out {
        0 => String::new(),
        count => format!("\n{} are not in it; its manifest names them", counted(count, "file")),
    };
    term::line(&format!(
        "Sealed in {}{signed}.{left}\nhead      {}\nmanifest  {}\nCheck it with  charivari case verify {0}",
        args.output.display(),
        sealed.log_head,
        sealed.manifest,
    ))
}
