//! The command line of attribution.

use std::path::PathBuf;

use charivari_knowledge::Day;
use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum Attribute {
    /// Score the ranking on cases whose answer is known.
    #[command(after_help = "\
Examples:
  charivari attribute evaluate cases.json
  charivari attribute evaluate cases.json --no-software --json | jq '.report.top1'
  charivari attribute evaluate cases.json --as-of 2022-01

Each case is asked with its own sources forgotten. Actors whose cases the shipped weights were
fitted on are answered by weights that were fitted without them; the output says how many were.
The form of the files, the method and its figures are described in docs/attribution.md.
Techniques alone never name anybody.")]
    Evaluate(Evaluate),
}

#[derive(Args, Debug)]
pub(crate) struct Evaluate {
    /// The cases.
    #[arg(value_name = "CASES.json")]
    pub(crate) cases: PathBuf,
    /// The profiles of all actors; without it the file that the cases name, beside them, else all
    /// that is known.
    #[arg(long, value_name = "FILE")]
    pub(crate) profiles: Option<PathBuf>,
    /// Ask about all that is known, as of this day (2023-02-02, 2023-02 or 2023); packs stay out.
    #[arg(long, value_name = "DAY", conflicts_with = "profiles")]
    pub(crate) as_of: Option<Day>,
    /// Ask about all that is known, with the collections that were imported into this directory.
    #[arg(long, value_name = "DIR", conflicts_with = "profiles")]
    pub(crate) knowledge: Option<PathBuf>,
    /// Compare techniques only, and leave out the tools that the cases name.
    #[arg(long)]
    pub(crate) no_software: bool,
    /// The weights to answer with.
    #[arg(long, value_name = "WHICH", default_value = "folds")]
    pub(crate) fit: Fit,
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which weights answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Fit {
    /// For each case those that were fitted without its actors.
    Folds,
    /// Those fitted on all cases: too good on cases that they were fitted on.
    All,
}
