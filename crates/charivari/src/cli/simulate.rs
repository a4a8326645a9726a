//! The command line of invented crowds and invented customers.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::window;

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Simulate {
    #[command(subcommand)]
    pub(crate) what: Option<Simulated>,
    #[command(flatten)]
    pub(crate) crowd: Option<Crowd>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Simulated {
    /// Draw a magazine's customers with their history, and a leak made of them.
    Customers(Customers),
}

#[derive(Args, Debug)]
pub(crate) struct Customers {
    /// The folder to write to; it is made if it is not there.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// The seed: the same seed and options give the same bytes.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many customers the organisation has today.
    #[arg(long, value_name = "N", default_value_t = 230_000)]
    pub(crate) count: usize,
    /// The day at whose beginning, in UTC, the copy was taken that is leaked.
    #[arg(long, value_name = "DATE", default_value = "2022-06-15")]
    pub(crate) snapshot: String,
    /// The share of customers who have moved, from 0 to 0.9.
    #[arg(long, value_name = "SHARE", default_value_t = 0.15)]
    pub(crate) movers: f64,
    /// Rows of the seller's sample.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) sample: usize,
    /// How the seller chose them.
    #[arg(long, value_enum, default_value = "random")]
    pub(crate) chosen: SampleChosen,
    /// Whose copy was taken.
    #[arg(long, value_enum, default_value = "mailhouse")]
    pub(crate) processor: CopyOf,
}

/// How a seller chooses the rows of a sample.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SampleChosen {
    /// Each row as likely as the other.
    Random,
    /// The first rows.
    First,
    /// The first rows of one part of the country.
    Region,
}

/// Who had the copy.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum CopyOf {
    /// The magazine's own shop.
    Shop,
    /// Who prints labels.
    Mailhouse,
    /// Who sends the newsletter.
    Newsletter,
}

#[derive(Args, Debug)]
pub(crate) struct Crowd {
    /// The folder to write to; it is made if it is not there.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// The seed: the same seed and options give the same bytes.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many people; outlets of newsrooms come on top.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub(crate) accounts: usize,
    /// How many posts in all; 12 for each account in 14 days without it.
    #[arg(long, value_name = "N")]
    pub(crate) posts: Option<usize>,
    /// How many days it lasts.
    #[arg(long, value_name = "N", default_value_t = 14)]
    pub(crate) days: i64,
    /// Plant these groups, with a size and a number of objects or without: fast=8x20. All tactics
    /// without it.
    #[arg(
        long,
        value_name = "NAME[=SIZE[xOBJECTS]],…",
        value_delimiter = ',',
        conflicts_with = "honest"
    )]
    pub(crate) tactic: Vec<String>,
    /// How many groups of each tactic; one for 5,000 accounts without it.
    #[arg(long, value_name = "N", conflicts_with = "honest")]
    pub(crate) each: Option<usize>,
    /// The share of ordinary posts of planted accounts, from 0 to 0.98; 0.7 without it, and 0.95
    /// with the tactic camouflage.
    #[arg(long, value_name = "SHARE", conflicts_with = "honest")]
    pub(crate) camouflage: Option<f64>,
    /// Plant nobody.
    #[arg(long)]
    pub(crate) honest: bool,
    /// Leave out the newsrooms that post together, and the application that posts for people.
    #[arg(long)]
    pub(crate) no_newsrooms: bool,
    /// How many stories break that everybody talks about within minutes; one in two days without it.
    #[arg(long, value_name = "N")]
    pub(crate) breaking: Option<usize>,
    /// The step of the platform's clock; 60s for exports that show minutes only.
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = window)]
    pub(crate) resolution: i64,
}
