//! The command line of identity.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Reading;
use super::case::IntoCase;

#[derive(Debug, Subcommand)]
pub(crate) enum Identity {
    /// Write down who is protected: names, handles, domains, pictures, bio.
    #[command(after_help = "\
Examples:
  charivari identity protect protected.toml --id lanterne --name \"La Lanterne du Port\" \\
      --handle x:lanterneduport --domain lanterneduport.fr --picture logo.png
  charivari identity protect protected.toml --id quillon --kind person --name \"Mara Quillon\"
  charivari identity protect protected.toml          check the file and say what it holds

Of pictures only hashes are kept. What is given is added to the entry of this id.")]
    Protect(Protect),
    /// Find accounts that are like a protected one, with reasons and innocent explanations.
    #[command(after_help = "\
Examples:
  charivari identity scan accounts.csv posts.jsonl --protected protected.toml --event 2023-01-04 -o out
  charivari identity scan accounts.parquet --protected protected.toml --prior 1e-5 --json

A probability holds only with its prior. A look-alike is not a pretender: fans, parody, staff and
people of the same name are lawful, and each finding says what speaks for them.")]
    Scan(Box<Scan>),
    /// Find domains in posts, profiles, mail and leaks that look like those of the protected; nothing
    /// is asked of the network.
    #[command(after_help = "\
Examples:
  charivari identity domains posts.jsonl --protected protected.toml -o out
  charivari identity domains posts.csv --mail inbox.mbox --leak sample.csv --protected protected.toml")]
    Domains(Domains),
    /// Find one picture, name or bio that several accounts use.
    #[command(after_help = "\
Examples:
  charivari identity stolen accounts.csv -o out
  charivari identity stolen accounts.csv --pictures pictures --table pictures.csv -o out

The table has the columns account and file: an account as platform:id or id, and a file's name in
the folder of pictures.")]
    Stolen(Stolen),
    /// Ask whether groups that act together also share pictures, names or bios.
    #[command(after_help = "\
Example:
  charivari coordinate posts.jsonl -o out
  charivari identity sockpuppets accounts.csv --coordination out -o out")]
    Sockpuppets(Sockpuppets),
}

/// Whether a name is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// A person, whose name others may bear.
    Person,
    /// An organisation, medium or party.
    Organisation,
}

#[derive(Args, Debug)]
pub(crate) struct Protect {
    /// The file that says who is protected: TOML, or JSON where its name ends in .json.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The short id of the entry that is added to or made.
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Person or organisation; organisation for a new entry without it.
    #[arg(long, requires = "id")]
    pub(crate) kind: Option<Kind>,
    /// A name, in any script.
    #[arg(long, value_name = "NAME", requires = "id")]
    pub(crate) name: Vec<String>,
    /// A genuine handle.
    #[arg(long, value_name = "PLATFORM:HANDLE", requires = "id")]
    pub(crate) handle: Vec<String>,
    /// A genuine domain.
    #[arg(long, value_name = "DOMAIN", requires = "id")]
    pub(crate) domain: Vec<String>,
    /// A genuine picture, of which the hash is kept.
    #[arg(long, value_name = "FILE", requires = "id")]
    pub(crate) picture: Vec<PathBuf>,
    /// What the genuine profile says of itself.
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub(crate) bio: Option<String>,
    /// The language, as in fr.
    #[arg(long, value_name = "CODE", requires = "id")]
    pub(crate) language: Option<String>,
    #[command(flatten)]
    pub(crate) keep: IntoCase,
}

/// What is read and where results go; the same for all that analyse.
#[derive(Args, Debug)]
pub(crate) struct Reads {
    /// Exports of accounts or posts, in any format that can be read.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,
    /// The folder to write tables to; without it they are only summed up.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Print the result as JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) keep: IntoCase,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Pictures of accounts.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Pictures")]
pub(crate) struct Pictures {
    /// The folder of the accounts' pictures.
    #[arg(long, value_name = "DIR", requires = "table")]
    pub(crate) pictures: Option<PathBuf>,
    /// A CSV table with the columns account and file.
    #[arg(long, value_name = "FILE", requires = "pictures")]
    pub(crate) table: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Scan {
    #[command(flatten)]
    pub(crate) run: Reads,
    /// Who is protected.
    #[arg(long, value_name = "FILE")]
    pub(crate) protected: PathBuf,
    /// The day of the event, against which the making of accounts is held.
    #[arg(long, value_name = "DAY")]
    pub(crate) event: Option<String>,
    /// The chance, without looking, that an account pretends to be a given protected one.
    #[arg(long, value_name = "CHANCE", default_value_t = charivari_identity::score::PRIOR, value_parser = chance)]
    pub(crate) prior: f64,
    #[command(flatten)]
    pub(crate) pictures: Pictures,
}

#[derive(Args, Debug)]
pub(crate) struct Domains {
    /// Exports of posts or accounts, in any format that can be read.
    #[arg(required_unless_present_any = ["mail", "leak"], value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,
    /// A message, an mbox or an Outlook message: senders, signers and links count; may be given again.
    #[arg(long, value_name = "FILE")]
    pub(crate) mail: Vec<PathBuf>,
    /// A leaked table: domains in its cells count, and nothing else of it is kept; may be given again.
    #[arg(long, value_name = "FILE")]
    pub(crate) leak: Vec<PathBuf>,
    /// The folder to write tables to; without it they are only summed up.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Print the result as JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) keep: IntoCase,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Who is protected.
    #[arg(long, value_name = "FILE")]
    pub(crate) protected: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Stolen {
    #[command(flatten)]
    pub(crate) run: Reads,
    #[command(flatten)]
    pub(crate) pictures: Pictures,
    /// The fewest accounts that are told.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) least: usize,
    /// From so many accounts on, a thing is taken for a default picture or a slogan.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) common: usize,
}

#[derive(Args, Debug)]
pub(crate) struct Sockpuppets {
    #[command(flatten)]
    pub(crate) run: Reads,
    /// The folder that `charivari coordinate` wrote, with its accounts.csv.
    #[arg(long, value_name = "DIR")]
    pub(crate) coordination: PathBuf,
    #[command(flatten)]
    pub(crate) pictures: Pictures,
}

/// A chance above 0 and below 1.
fn chance(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(chance) if chance > 0.0 && chance < 1.0 => Ok(chance),
        _ => Err("a chance between 0 and 1 is expected, such as 1e-5".to_owned()),
    }
}
