//! The command line of what is known of actors and techniques.

use std::path::PathBuf;

use charivari_knowledge::Day;
use charivari_model::Technique;
use clap::{Args, Subcommand};

/// Which knowledge, as of when.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Knowledge")]
pub(crate) struct Known {
    /// Imported collections and own packs; without it `CHARIVARI_KNOWLEDGE`, else the user's data directory.
    #[arg(long, value_name = "DIR")]
    pub(crate) knowledge: Option<PathBuf>,
    /// See only what was public by this day (2023-02-02, 2023-02 or 2023); undated facts are not seen.
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<Day>,
    /// Leave the packs out that the program carries.
    #[arg(long)]
    pub(crate) no_packs: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Knowledge {
    /// List the collections that are known.
    List(List),
    /// Add a collection: ATT&CK or DISARM as STIX 2, a MISP galaxy, Microsoft's names, or a pack.
    #[command(after_help = "\
Examples:
  charivari knowledge import enterprise-attack-17.1.json --version-is 17.1
  charivari knowledge import threat-actor.json
  charivari knowledge import my-actor.toml

Several versions stand side by side. An import goes in whole or not at all; objects that cannot be
read are told with their ids.")]
    Import(Import),
    /// Tell what is said of an actor: names, countries, techniques, each with its source and date.
    #[command(after_help = "\
Examples:
  charivari knowledge actor \"Cotton Sandstorm\"
  charivari knowledge actor G0034 --as-of 2020-01")]
    Actor(Named),
    /// Tell who bears a name, in whose words; contested names stay visible.
    #[command(after_help = "\
Example:
  charivari knowledge alias NEPTUNIUM --as-of 2023-02-03")]
    Alias(Named),
    /// Tell what a technique is and who is said to use it.
    #[command(after_help = "\
Example:
  charivari knowledge technique attack:T1491.002")]
    Technique(ById),
    /// Look for words in all names and ids.
    #[command(after_help = "\
Example:
  charivari knowledge search sandstorm")]
    Search(Named),
    /// Tell what changed from one file to another.
    #[command(after_help = "\
Example:
  charivari knowledge diff enterprise-attack-17.1.json enterprise-attack-18.1.json")]
    Diff(Diff),
    /// Write an empty pack to fill in.
    #[command(after_help = "\
Example:
  charivari knowledge new \"Some Actor\" > some-actor.toml")]
    New(New),
    /// Check files without adding them.
    #[command(after_help = "\
Example:
  charivari knowledge check some-actor.toml")]
    Check(Check),
}

#[derive(Args, Debug)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) known: Known,
    /// Write JSON instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Import {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The version of a file that names none.
    #[arg(long, value_name = "VERSION")]
    pub(crate) version_is: Option<String>,
    /// Where it goes; without it `CHARIVARI_KNOWLEDGE`, else the user's data directory.
    #[arg(long, value_name = "DIR")]
    pub(crate) knowledge: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Named {
    /// The name, or part of it.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) known: Known,
    /// Write JSON instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ById {
    /// The technique with its framework.
    #[arg(value_name = "FRAMEWORK:ID")]
    pub(crate) technique: Technique,
    #[command(flatten)]
    pub(crate) known: Known,
    /// Write JSON instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The older file.
    pub(crate) old: PathBuf,
    /// The newer file.
    pub(crate) new: PathBuf,
    /// Write JSON instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct New {
    /// The actor's name.
    pub(crate) name: String,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}
