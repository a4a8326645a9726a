//! The command line of `charivari leak verify`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::case::IntoCase;

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  charivari leak verify --own customers.csv --sample leaked.csv -o out
  charivari leak verify --own dump.sql.gz --sample leak.txt --key phone --country FR \\
      --columns customer_phone=tel,zip=code_postal:postcode --created-at created_at --changed-at updated_at
  charivari leak verify --own customers.csv --sample leaked.csv --draw 200 --seed 7

Nothing of a row is printed or written: counts alone. Files stay where they are.")]
pub(crate) struct Verify {
    /// The organisation's own records.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) own: Vec<PathBuf>,
    /// The sample that was published.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) sample: Vec<PathBuf>,
    /// By what a row is found: email, phone, user-name, row-id and so on.
    #[arg(long, value_name = "KIND", default_value = "email")]
    pub(crate) key: String,
    /// Which column of the own records is which of the sample, and what both hold if it has to be said;
    /// columns of one name are paired by themselves.
    #[arg(long, value_name = "OWN=SAMPLE[:KIND],…", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// Where most rows come from, as two letters, such as FR: for phone numbers and dates.
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,
    /// Draw so many rows at random from the whole sample; only then an interval is given.
    #[arg(long, value_name = "N", requires = "seed")]
    pub(crate) draw: Option<u64>,
    /// The seed of the draw, so that others can draw the same rows.
    #[arg(long, value_name = "N", requires = "draw")]
    pub(crate) seed: Option<u64>,
    /// Invented rows that cannot be in the own records: they measure false matches.
    #[arg(long, value_name = "FILE")]
    pub(crate) decoys: Option<PathBuf>,
    /// Planted keys, in a table with the columns `copy` and `key`: they name the copy.
    #[arg(long, value_name = "FILE")]
    pub(crate) canaries: Option<PathBuf>,
    /// Who is given which columns, in a table with the columns `processor` and `column`.
    #[arg(long, value_name = "FILE")]
    pub(crate) processors: Option<PathBuf>,
    /// Earlier breaches, to ask whether the sample comes from one of them.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) earlier: Vec<PathBuf>,
    /// Old values, in a table with the columns `key`, `field`, `old`, `new` and `changed_at`.
    #[arg(long, value_name = "FILE")]
    pub(crate) history: Option<PathBuf>,
    /// The own column that says when a row was made.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) created_at: Option<String>,
    /// The own column that says when a row was changed last.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) changed_at: Option<String>,
    /// The column of the organisation's own sequence of ids, in both tables.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id: Option<String>,
    /// A second release that was taken independently of the sample, to estimate how many rows there are.
    #[arg(long, value_name = "FILE")]
    pub(crate) other_release: Option<PathBuf>,
    /// The share of an ordinary list of addresses that would be found in the own records, as LOW-HIGH.
    #[arg(long, value_name = "SHARE", default_value = "0.0001-0.05")]
    pub(crate) overlap: String,
    /// The folder for verification.json and its form for others.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) into: IntoCase,
}
