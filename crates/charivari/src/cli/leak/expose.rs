//! The command line of `charivari leak expose`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::case::IntoCase;

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  charivari leak expose --own customers.csv --context threatened-publication -o exposed
  charivari leak expose --own customers.sql --context shop --columns email=mail,postcode=zip \\
      --known-since 2023-01-05T09:30+01:00 --leaked-on 2023-01-04 -o exposed
  charivari leak expose --own customers.csv --context threatened-publication -o exposed \\
      --at-risk-domains domains.txt --at-risk-countries IR,RU --list-for age1…

For the owner of the records only. What the contexts mean, how risk is sized, and what each file
holds is described in docs/leak-expose.md. It is an aid and no legal advice.")]
pub(crate) struct Expose {
    /// The owner's own records, as files of tables.
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    pub(crate) own: Vec<PathBuf>,
    /// What being in the table says about somebody: shop, public-register, loyalty, employer, finance,
    /// health, religion, politics, intimate, threatened-publication, protected-people; or a number
    /// from 1 to 4.
    #[arg(long, value_name = "CONTEXT")]
    pub(crate) context: String,
    /// Why the context has this number.
    #[arg(long, value_name = "TEXT")]
    pub(crate) context_reason: Option<String>,
    /// The folder to write to; it is made if it is not there.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// Print the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Which column holds what, by kind; found out without it.
    #[arg(long, value_name = "KIND=COLUMN,…", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// Read only these tables of a dump or sheets of a spreadsheet.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub(crate) tables: Vec<String>,
    /// The country of records that state none.
    #[arg(long, value_name = "CODE", default_value = "FR")]
    pub(crate) home: String,
    /// A file with domains, one a line, whose users are in danger where they become known.
    #[arg(long, value_name = "FILE")]
    pub(crate) at_risk_domains: Option<PathBuf>,
    /// Countries in which people are in danger where they become known.
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub(crate) at_risk_countries: Vec<String>,
    #[command(flatten)]
    pub(crate) breach: Breach,
    /// Write whom to tell first, encrypted for these public keys of age.
    #[arg(long, value_name = "age1…", num_args = 1..)]
    pub(crate) list_for: Vec<String>,
    #[command(flatten)]
    pub(crate) case: IntoCase,
}

/// What happened to the data, and when.
#[derive(Args, Debug)]
#[command(next_help_heading = "The breach")]
pub(crate) struct Breach {
    /// When the owner became aware: an instant such as 2023-01-05T09:30+01:00, or a day.
    #[arg(long, value_name = "INSTANT")]
    pub(crate) known_since: Option<String>,
    /// The day on which the data was published.
    #[arg(long, value_name = "DAY")]
    pub(crate) leaked_on: Option<String>,
    /// The zone of days and times that state none.
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub(crate) timezone: String,
    /// Who has read the data: none, limited (known people), full (anybody).
    #[arg(long, value_enum, default_value = "full")]
    pub(crate) confidentiality: Loss,
    /// Whether data was changed: none, limited (and can be put right), full.
    #[arg(long, value_enum, default_value = "none")]
    pub(crate) integrity: Loss,
    /// Whether data is gone: none, limited (for a time), full.
    #[arg(long, value_enum, default_value = "none")]
    pub(crate) availability: Loss,
    /// Nobody did it on purpose.
    #[arg(long)]
    pub(crate) not_malicious: bool,
    /// Nobody but the owner can read the data: it was enciphered, and the key was not taken.
    #[arg(long)]
    pub(crate) unintelligible: bool,
}

/// How much of a property of the data was lost.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Loss {
    /// Nothing.
    None,
    /// Something, to few, or for a time.
    Limited,
    /// All of it, to anybody, or for good.
    Full,
}
