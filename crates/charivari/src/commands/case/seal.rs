//! `charivari case seal`: one ZIP that others can check.

use charivari_case::SealOptions;

use super::{directory, open, stamp};
use crate::cli::case::Seal;
use crate::failure::Result;
use crate::progress::Bar;
use crate::{output, term};

pub(super) fn run(args: &Seal) -> Result<()> {
    let stamp = stamp(args.at.by.as_deref())?;
    let mut case = open(&directory(&args.at))?;
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
    let signed = sealed.as_ref().is_some_and(|sealed| sealed.signed);
    let head = sealed.map(|sealed| sealed.log_head).unwrap_or_default();
    term::line(&format!(
        "Sealed in {}{}.\nhead  {head}\nCheck it with  charivari case verify {0}",
        args.output.display(),
        if signed { ", signed" } else { "; there is no key to sign with" },
    ))
}
