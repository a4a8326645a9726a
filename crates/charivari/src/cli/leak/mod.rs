//! The command line of leaks, one file a command.

mod ask;
mod attest;
mod check_attestation;
pub(crate) mod expose;
mod inspect;
mod serve;
mod verify;

use clap::Subcommand;

pub(crate) use self::ask::{
    Ask, Commit as AskCommit, Rows as AskRows, Send as AskSend, Step as AskStep,
};
pub(crate) use self::attest::{Attest, Saw};
pub(crate) use self::check_attestation::CheckAttestation;
pub(crate) use self::expose::Expose;
pub(crate) use self::inspect::Inspect;
pub(crate) use self::serve::{
    Approve as ServeApprove, Commit as ServeCommit, Open as ServeOpen, Serve, Step as ServeStep,
};
pub(crate) use self::verify::Verify;

#[derive(Debug, Subcommand)]
pub(crate) enum Leak {
    /// Say what kinds of personal data a leaked table holds, and what of it looks made up.
    #[command(after_help = "\
Examples:
  charivari leak inspect customers.sql.gz
  charivari leak inspect sample.csv --country FR --json | jq '.tables[].columns[].kind'
  charivari leak inspect sample.xlsx --case holy-souls --source \"forum post\"

No value of a row is ever printed or kept, only masks and counts. Sensitive files stay where they are:
a case knows them by digest. docs/leak-inspect.md says how kinds are judged and what signs mean.")]
    Inspect(Box<Inspect>),
    /// Compare a sample with one's own records, on this machine.
    Verify(Verify),
    /// Answer a holder of a sample, so that neither sees the other's records.
    Serve(Serve),
    /// Ask the organisation about a sample, so that neither sees the other's records.
    Ask(Ask),
    /// Sign the result of a comparison, as a third party.
    Attest(Attest),
    /// Check a signed result.
    CheckAttestation(CheckAttestation),
    /// Size the risk to the people in one's own records, and draft the notices.
    Expose(Expose),
}
