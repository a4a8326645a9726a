//! The command line of observations.

use std::path::PathBuf;

use charivari_attribution::What;
use charivari_model::Grade;
use charivari_model::case::{Ref, Standing};
use clap::Args;

use super::case::At;

#[derive(Args, Debug)]
pub(crate) struct Observe {
    /// What was observed: a technique (disarm:T0089.001), or KIND=WORD such as money=sale-offer,
    /// target=country:FR, persona=NAME, software=S0154; without it, all observations are listed.
    #[arg(value_name = "WHAT", requires = "says")]
    pub(crate) what: Option<What>,
    /// What was seen, in one sentence.
    #[arg(long, value_name = "TEXT", requires = "what")]
    pub(crate) says: Option<String>,
    /// Whether it is in the evidence, somebody says so, or it was only concluded: observed, reported or
    /// inferred. What is inferred counts a tenth and never changes who leads.
    #[arg(long, value_name = "WORD", default_value = "observed")]
    pub(crate) standing: Standing,
    /// The Admiralty grade, from A1 to F6; that of the evidence without it.
    #[arg(long, value_name = "GRADE")]
    pub(crate) grade: Option<Grade>,
    /// The evidence that shows it, such as E3.
    #[arg(long, value_name = "EVIDENCE", value_delimiter = ',')]
    pub(crate) on: Vec<Ref>,
    /// The document or person that it rests on; observations of one source depend on each other.
    #[arg(long, value_name = "TEXT")]
    pub(crate) source: Option<String>,
    /// What else could explain it; may be given several times.
    #[arg(long, value_name = "TEXT")]
    pub(crate) innocent: Vec<String>,
    /// Record every observation of a sheet, TOML or JSON as docs/attribution.md says.
    #[arg(long, value_name = "FILE", conflicts_with = "what")]
    pub(crate) sheet: Option<PathBuf>,
    /// Include findings that nobody has decided on in the list.
    #[arg(long)]
    pub(crate) include_open: bool,
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) at: At,
}
