//! The command line of `charivari leak inspect`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::case::IntoCase;

#[derive(Args, Debug)]
pub(crate) struct Inspect {
    /// Files to look at: delimited text, JSON, spreadsheets, dumps, packed or not.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    /// Also write `inspection.json` and `inspection.txt` into this folder.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// The country whose telephone numbers are expected, by its two letters, such as FR.
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,
    /// Judge columns by their values alone, and not by what they are called.
    #[arg(long)]
    pub(crate) ignore_names: bool,
    /// Only tables of this name, for dumps and spreadsheets; may be given several times.
    #[arg(long = "table", value_name = "NAME")]
    pub(crate) tables: Vec<String>,
    /// The encoding of text without a byte order mark, such as windows-1252; learnt without it.
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    #[command(flatten)]
    pub(crate) into: IntoCase,
}
