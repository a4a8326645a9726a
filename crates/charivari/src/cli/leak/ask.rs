//! The command line of `charivari leak ask`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Args, Debug)]
pub(crate) struct Ask {
    #[command(subcommand)]
    pub(crate) step: Step,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Step {
    /// Commit to the sample, and make the request that the organisation approves.
    #[command(after_help = "\
Example:
  charivari leak ask commit --commitment commitment.json --sample leaked.csv --decoys invented.csv \\
      --asker \"The Example Courier, investigations\" -o asking

It writes asking/request.json, which you give to the organisation, and asking/ask.secret, which you
give to nobody. See docs/leak-protocol.md.")]
    Commit(Commit),
    /// Ask about the committed sample, once.
    #[command(after_help = "\
Example:
  charivari leak ask send --invitation invitation.json --secret asking/ask.secret \\
      --sample leaked.csv --decoys invented.csv -o out")]
    Send(Send),
}

/// The rows to ask about, the same at both steps.
#[derive(Args, Debug)]
pub(crate) struct Rows {
    /// The sample that was published.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) sample: Vec<PathBuf>,
    /// Invented rows that cannot be in the organisation's records: they measure false matches.
    #[arg(long, value_name = "FILE")]
    pub(crate) decoys: Option<PathBuf>,
    /// Which columns of the sample are meant, where they have other names than in the commitment.
    #[arg(long, value_name = "NAME=COLUMN,…", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Commit {
    #[command(flatten)]
    pub(crate) rows: Rows,
    /// The organisation's commitment.
    #[arg(long, value_name = "FILE")]
    pub(crate) commitment: PathBuf,
    /// Who asks, in words that the organisation will read.
    #[arg(long, value_name = "TEXT")]
    pub(crate) asker: String,
    /// The folder for request.json and ask.secret.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Send {
    #[command(flatten)]
    pub(crate) rows: Rows,
    /// The invitation.
    #[arg(long, value_name = "FILE")]
    pub(crate) invitation: PathBuf,
    /// The secret that `leak ask commit` wrote.
    #[arg(long, value_name = "FILE")]
    pub(crate) secret: PathBuf,
    /// The organisation's list of canaries, once it gave it.
    #[arg(long, value_name = "FILE")]
    pub(crate) canaries: Option<PathBuf>,
    /// Where the organisation answers, if not where the invitation says.
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) address: Option<String>,
    /// How long a silent organisation is waited for, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) patience: u64,
    /// The folder for verification.json and its form for others.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
}
