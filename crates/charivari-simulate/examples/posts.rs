//! Writes a table of synthetic posts for benchmarks to the standard output:
//!
//! ```text
//! cargo run --release -p charivari-simulate --example posts -- --posts 10000000 --seed 1 > posts.csv
//! ```
//!
//! Options, each with a number: `--posts`, `--accounts`, `--seed`, `--days`, `--groups`, and
//! `--giant ACCOUNTS` for one link that so many accounts post within a minute. `--truth FILE` writes
//! the planted accounts with their groups.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use charivari_simulate::bulk::{Settings, truth, write};

fn main() -> io::Result<()> {
    let mut settings = Settings::default();
    let mut arguments = std::env::args().skip(1);
    let mut truth_file = None;
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or_else(|| wrong(&option, "a value after it"))?;
        if option == "--truth" {
            truth_file = Some(value);
        } else {
            set(&mut settings, &option, &value)?;
        }
    }
    if let Some(file) = truth_file {
        let mut out = BufWriter::new(File::create(file)?);
        writeln!(out, "account,group")?;
        for (account, group) in truth(&settings) {
            writeln!(out, "{account},{group}")?;
        }
        out.flush()?;
    }
    write(&settings, &mut io::stdout().lock()).map(|_| ())
}

fn set(settings: &mut Settings, option: &str, value: &str) -> io::Result<()> {
    let number: u32 = value.parse().map_err(|_| wrong(option, "a whole number after it"))?;
    match option {
        "--posts" => settings.posts = number.into(),
        "--accounts" => settings.accounts = number.into(),
        "--seed" => settings.seed = number.into(),
        "--days" => settings.days = number.into(),
        "--groups" => settings.groups = number as usize,
        "--giant" => settings.giant = number.into(),
        _ => return Err(wrong(option, "one of the options that the file's head names")),
    }
    Ok(())
}

fn wrong(option: &str, expected: &str) -> io::Error {
    io::Error::other(format!("{option}: expected {expected}"))
}
