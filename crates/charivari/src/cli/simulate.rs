//! The command line of invented crowds.

use std::path::PathBuf;

use clap::Args;

use super::window;

#[derive(Args, Debug)]
pub(crate) struct Simulate {
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
