//! The command line of `charivari leak serve`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Args, Debug)]
pub(crate) struct Serve {
    #[command(subcommand)]
    pub(crate) step: Step,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Step {
    /// Commit to the whole table, before anybody asks.
    #[command(after_help = "\
Example:
  charivari leak serve commit --own customers.csv --key email --compare postcode,city,phone \\
      --case-id holy-souls --expires 2023-02-01T00:00:00Z --country FR --ledger ledger

It writes ledger/commitment.json, which you give to those who want to ask. What else lies in the ledger
is secret. The records are not needed afterwards. See docs/leak-protocol.md.")]
    Commit(Commit),
    /// Approve who asks and how many rows, by hand: an invitation.
    #[command(after_help = "\
Example:
  charivari leak serve approve request.json --ledger ledger --address 192.0.2.7:4433 -o invitation.json

Whoever is approved can test as many people of its choice as the request has rows.")]
    Approve(Approve),
    /// Answer those who were approved, each once.
    #[command(after_help = "\
Example:
  charivari leak serve open --ledger ledger --listen 0.0.0.0:4433")]
    Open(Open),
}

#[derive(Args, Debug)]
pub(crate) struct Commit {
    /// The organisation's own records.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) own: Vec<PathBuf>,
    /// The column by which a row is found, and what it holds where its name does not say it.
    #[arg(long, value_name = "NAME[:KIND]", default_value = "email")]
    pub(crate) key: String,
    /// Columns that are compared on found rows; `:exact` compares as written but for space and case.
    #[arg(long, value_name = "NAME[:KIND][:exact],…", value_delimiter = ',')]
    pub(crate) compare: Vec<String>,
    /// Which columns of the file are meant, where they have other names.
    #[arg(long, value_name = "NAME=COLUMN,…", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// The name of the case, the same on both sides.
    #[arg(long, value_name = "NAME")]
    pub(crate) case_id: String,
    /// When the commitment ends, such as 2023-02-01T00:00:00Z.
    #[arg(long, value_name = "TIME")]
    pub(crate) expires: String,
    /// Where most rows come from, as two letters, such as FR: for phone numbers and dates.
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,
    /// Planted keys, in a table with the columns `copy` and `key`: they name the copy.
    #[arg(long, value_name = "FILE")]
    pub(crate) canaries: Option<PathBuf>,
    /// The folder for the commitment, the keys and the ledger; it must not hold one yet.
    #[arg(long, value_name = "DIR")]
    pub(crate) ledger: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Approve {
    /// The request of whoever wants to ask.
    #[arg(value_name = "REQUEST")]
    pub(crate) request: PathBuf,
    /// The folder that `leak serve commit` made.
    #[arg(long, value_name = "DIR")]
    pub(crate) ledger: PathBuf,
    /// Where the asker will reach you.
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) address: String,
    /// When the invitation ends; without it when the commitment does.
    #[arg(long, value_name = "TIME")]
    pub(crate) expires: Option<String>,
    /// The invitation, a secret until it is used.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Open {
    /// The folder that `leak serve commit` made.
    #[arg(long, value_name = "DIR")]
    pub(crate) ledger: PathBuf,
    /// Where to listen.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:4433")]
    pub(crate) listen: String,
    /// End after so many complete exchanges; without it only when stopped.
    #[arg(long, value_name = "N")]
    pub(crate) exchanges: Option<u64>,
    /// How long a silent asker is waited for, in seconds; as a whole it has fifteen times as long.
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) patience: u64,
}
