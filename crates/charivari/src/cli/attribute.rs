//! The command line of attribution.

use std::path::PathBuf;

use charivari_knowledge::Day;
use charivari_model::Technique;
use clap::{Args, Subcommand, ValueEnum};

use super::knowledge::Known;

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Attribute {
    #[command(subcommand)]
    pub(crate) command: Option<Step>,
    #[command(flatten)]
    pub(crate) weigh: Weigh,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Step {
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
#[group(id = "about", required = true, multiple = true, args = ["case", "observations", "techniques", "software"])]
pub(crate) struct Weigh {
    /// Weigh what this case shows, and record the assessment in it.
    #[arg(long, value_name = "DIR")]
    pub(crate) case: Option<PathBuf>,
    /// Who you are, for the log; without it `CHARIVARI_ANALYST`, else the name you are logged in under.
    #[arg(long = "analyst", id = "analyst", value_name = "NAME", requires = "case")]
    pub(crate) by: Option<String>,
    /// Weigh findings that nobody has decided on, too.
    #[arg(long, requires = "case")]
    pub(crate) include_open: bool,
    /// Do not record the assessment.
    #[arg(long, requires = "case")]
    pub(crate) dry_run: bool,
    /// Weigh the observations of a sheet, TOML or JSON as docs/attribution.md says.
    #[arg(long, value_name = "FILE", conflicts_with = "case")]
    pub(crate) observations: Option<PathBuf>,
    /// Techniques, such as attack:T1491.002,disarm:T0089.001.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) techniques: Vec<Technique>,
    /// Programs by their ATT&CK ids, such as S0154.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) software: Vec<String>,
    /// Other answers, priors and ratios than those that the program carries.
    #[arg(long, value_name = "FILE")]
    pub(crate) hypotheses: Option<PathBuf>,
    /// Your own reading of cells of the matrix, TOML or JSON as docs/attribution.md says.
    #[arg(long, value_name = "FILE")]
    pub(crate) cells: Option<PathBuf>,
    /// Another analyst's reading of cells, to compare with yours.
    #[arg(long, value_name = "FILE")]
    pub(crate) beside: Option<PathBuf>,
    /// The folder to write assessment.json, assessment.txt and matrix.csv to.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) known: Known,
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
