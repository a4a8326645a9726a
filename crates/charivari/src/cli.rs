//! The command line, as far as clap checks it. Each command resolves its arguments further.

pub(crate) mod attribute;
pub(crate) mod case;
pub(crate) mod identity;
pub(crate) mod knowledge;
pub(crate) mod leak;
pub(crate) mod mail;
pub(crate) mod observe;
pub(crate) mod report;
pub(crate) mod simulate;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use self::simulate::Simulate;

/// The workbench against hack-and-leak influence operations.
///
/// Charivari works offline on files that you already hold. It collects nothing, posts nothing and
/// attacks nothing. Coordination is not guilt: every finding names its innocent explanations.
#[derive(Debug, Parser)]
#[command(name = "charivari", version, propagate_version = true, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Threads to work on; all cores without it. Results do not depend on it.
    #[arg(long, global = true, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
}

const EXIT_CODES: &str = "\
Examples:
  charivari demo                                 see it work on a synthetic export
  charivari inspect export.json                  what is this file, and what can be asked of it?
  charivari coordinate posts.csv -o out          who acts together?
  charivari case new holy-souls --title \"…\"     keep evidence, claims and findings
  charivari report --case holy-souls -o report   write down what the case shows

Exit codes: 0 done, 1 fault of the program, 2 wrong command line, 3 unreadable input,
4 nothing to analyse, 5 output could not be written, 6 a check found differences.";

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count @ 1..=1024) => Ok(count),
        _ => Err("a number from 1 to 1024 is expected".to_owned()),
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say what files are and hold, and what can be asked of them.
    #[command(after_help = "\
Examples:
  charivari inspect result.json
  charivari inspect --json *.csv.gz | jq '.parts[].format'
  charivari inspect posts.csv --columns account=who,time=when --timezone Europe/Paris")]
    Inspect(Inspect),
    /// Write the canonical posts and accounts as Parquet, so that later runs start from columns.
    #[command(after_help = "\
Examples:
  charivari convert tweets.jsonl.gz telegram/result.json -o posts.parquet
  charivari coordinate posts.parquet -o out

Accounts are written beside the posts: posts.parquet and posts.accounts.parquet; traces, where
an input is a trace table, as posts.traces.parquet.")]
    Convert(Convert),
    /// Find accounts that act together, as a network with groups, tables and a report.
    #[command(after_help = "\
Examples:
  charivari coordinate tweets.csv -o out
  charivari coordinate tweets.csv telegram.json --by link,text --window 2m -o out
  charivari coordinate traces.csv --window 60s --min-weight 3 --only tables -o out
  charivari coordinate traces.csv --compat coortweet --min-participation 2 -o out

What it writes is described in docs/outputs.md. A pair of posts that meets in several behaviours
is one piece of evidence. Coordination is not guilt: read the innocent explanations in the report.")]
    Coordinate(Box<Coordinate>),
    /// Keep evidence, claims, findings and decisions in one directory, with a log of it all.
    #[command(subcommand)]
    Case(case::Case),
    /// Find who pretends to be someone else: look-alike accounts and domains, stolen pictures.
    #[command(subcommand)]
    Identity(identity::Identity),
    /// Examine a leaked table: is it genuine, when was it taken, how big is it, who is at risk?
    #[command(subcommand)]
    Leak(leak::Leak),
    /// Examine messages: where do they come from, and who vouches for it?
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Record what an analyst saw, or list all that a case shows, for the weighing of who it could be.
    #[command(after_help = "\
Examples:
  charivari observe --case holy-souls
  charivari observe money=sale-offer --says \"offered for 20 bitcoin\" --on E3 --grade B2 --case holy-souls
  charivari observe attack:T1491.002 --says \"home page changed\" --standing reported \\
      --source \"a newspaper, 2023-01-05\" --case holy-souls
  charivari observe --sheet seen.toml --case holy-souls

The words for targets, motives, triggers, personas, money and the rest stand in docs/knowledge.md.
What is inferred counts a tenth, and never changes who leads.")]
    Observe(Box<observe::Observe>),
    /// Weigh who could be behind it: known actors, and the answers that name nobody.
    #[command(after_help = "\
Examples:
  charivari attribute --case holy-souls --as-of 2023-02-02
  charivari attribute --observations seen.toml --as-of 2023-02-02 -o assessed
  charivari attribute --techniques attack:T1491.002,attack:T1585.001,disarm:T0089.001
  charivari attribute evaluate cases.json

Unknown actors, copycats and false flags, criminals, insiders, activists and unrelated events are
always among the answers. Techniques alone never name anybody, and never bear more than low
confidence. A match is no proof. The method and its figures stand in docs/attribution.md.")]
    Attribute(Box<attribute::Attribute>),
    /// Write the report of a case, and what other programs read.
    #[command(after_help = "\
Examples:
  charivari report --case holy-souls -o report
  charivari report --case holy-souls -o out --format html,md,json,stix,misp --redaction partner

Findings leave in exchange formats only once they were accepted (charivari case decide), or with
--include-open, marked as open. What each level of redaction shows is described in docs/reports.md.")]
    Report(report::Report),
    /// Look up actors, names and techniques, as they were known on a date.
    #[command(subcommand)]
    Knowledge(knowledge::Knowledge),
    /// Build the tutorial case from public facts and synthetic exports, and run everything on it.
    #[command(after_help = "\
Example:
  charivari demo            writes the folder charivari-demo and says what to look at")]
    Demo(Demo),
    /// Make a synthetic crowd with planted groups, and the truth beside it, to test methods on.
    #[command(after_help = "\
Examples:
  charivari simulate -o crowd                    20,000 accounts, four groups of each tactic
  charivari simulate -o honest --honest          nobody planted: what a method finds is chance
  charivari simulate -o hard --tactic small,camouflage=8x20 --each 3 --seed 7
  charivari simulate -o minutes --resolution 60s --accounts 5000 --days 30

Afterwards: charivari coordinate crowd/posts.csv -o out, and compare with crowd/truth_accounts.csv.
Tactics: fast, staggered, small, riding, sparse, edited, flooding, camouflage. What each does, and
how the crowd lives, is described in docs/simulate.md. Everything is invented.")]
    Simulate(Simulate),
    /// Print completions for a shell.
    #[command(after_help = "\
Example:
  charivari completions bash > ~/.local/share/bash-completion/completions/charivari")]
    Completions(Completions),
    /// Print the manual page.
    #[command(after_help = "\
Example:
  charivari man | man -l -")]
    Man,
}

/// How inputs are read; the same for all commands.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Reading")]
pub(crate) struct Reading {
    /// Columns by field for tables with unusual names, such as `account=author_id,time=when`.
    #[arg(long, value_name = "FIELD=NAME,…", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// The zone of times that name none, such as Europe/Paris; UTC without it.
    #[arg(long, value_name = "ZONE")]
    pub(crate) timezone: Option<String>,
    /// The order of day and month in dates such as 3/7/2018.
    #[arg(long, value_name = "ORDER")]
    pub(crate) date_order: Option<DateOrder>,
    /// The encoding of text without a byte order mark, such as windows-1252; UTF-8 without it.
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// The format of all inputs, whatever their content looks like.
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<String>,
    /// The platform of posts whose source does not name one.
    #[arg(long, value_name = "NAME")]
    pub(crate) platform: Option<String>,
    /// The longest row, line or element in MiB; longer ones are set aside.
    #[arg(long, value_name = "MIB", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) max_row: u16,
}

/// The order of day and month.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum DateOrder {
    /// 31/12/2018
    Dmy,
    /// 12/31/2018
    Mdy,
}

#[derive(Args, Debug)]
pub(crate) struct Inspect {
    /// Files to look at.
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Args, Debug)]
pub(crate) struct Convert {
    /// Files to read, in any formats.
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// The Parquet file to write the posts to.
    #[arg(short, long, value_name = "FILE.parquet")]
    pub(crate) output: PathBuf,
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Args, Debug)]
pub(crate) struct Coordinate {
    /// Files to read, in any formats; exports may overlap.
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// The folder to write to; it is made if it is not there.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// An export of ordinary accounts, which show what strangers do and are not looked for.
    #[arg(long, value_name = "FILE")]
    pub(crate) background: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) analysis: Analysis,
    /// Write only these kinds of output.
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    pub(crate) only: Vec<Kind>,
    /// Write the acts as CSV too, and not only as Parquet.
    #[arg(long)]
    pub(crate) acts_csv: bool,
    /// Print the summary as JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) compat: Compat,
    #[command(flatten)]
    pub(crate) into: case::IntoCase,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// What is looked for.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Analysis")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Analysis {
    /// Behaviours: repost, media, text, near-text, hashtag-sequence, link, reply, hashtag, mention,
    /// domain, meaning, or all. The first seven without it; near-text not with --no-significance,
    /// meaning only with --text-model.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub(crate) by: Vec<String>,
    /// The longest time between two posts that still act together, bounds included: 60s, 5m, 1h;
    /// auto: 60s, and several windows tested against chance.
    #[arg(long, value_name = "TIME", default_value = "auto", value_parser = window_choice)]
    pub(crate) window: WindowChoice,
    /// The false discovery rate up to which an edge is called significant.
    #[arg(long, value_name = "RATE", default_value_t = 0.05, value_parser = rate)]
    pub(crate) q: f64,
    /// Do not test what chance alone would do: the plain network, and its speed.
    #[arg(long)]
    pub(crate) no_significance: bool,
    /// Do not look for accounts in step, for cadence and for signs in profiles.
    #[arg(long)]
    pub(crate) no_signs: bool,
    /// Do not plant groups into the data to measure what could have been found.
    #[arg(long)]
    pub(crate) no_power: bool,
    /// The fewest distinct objects on which two accounts must have met.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) min_weight: u64,
    /// The fewest posts with a trace that an account must have to be looked at.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) min_activity: u64,
    /// Let reposts count for the other behaviours too.
    #[arg(long)]
    pub(crate) include_reposts: bool,
    /// The fewest letters and digits of a text that counts for text.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) min_text: usize,
    /// The fewest hashtags in a row that count for hashtag-sequence.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) min_sequence: usize,
    /// A folder with a text model (model2vec: tokenizer.json, model.safetensors), by which texts that
    /// say the same in other words or languages are joined; nothing is ever fetched.
    #[arg(long, value_name = "DIR", conflicts_with = "compat")]
    pub(crate) text_model: Option<PathBuf>,
    /// The least cosine, from 0.5 to 1, of texts that say the same.
    #[arg(long, value_name = "COSINE", default_value_t = 0.8, value_parser = cosine, requires = "text_model")]
    pub(crate) same_meaning: f64,
    /// The most acts listed of one object; more are counted, and their listing cut, closest first.
    #[arg(long, value_name = "N", default_value_t = 4_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) max_acts: u64,
}

/// Reproducing other programs.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Compatibility")]
pub(crate) struct Compat {
    /// Reproduce another program row for row, quirks included; OUT then holds only its tables.
    #[arg(long = "compat", value_name = "PROGRAM", id = "compat", conflicts_with = "case")]
    pub(crate) peer: Option<Peer>,
    /// coortweet: the fewest rows of an account.
    #[arg(long, value_name = "N", default_value_t = 2, requires = "compat")]
    pub(crate) min_participation: u64,
    /// coortweet: keep pairs of one account with itself.
    #[arg(long, requires = "compat")]
    pub(crate) keep_loops: bool,
    /// coortweet: flag the pairs within this shorter time.
    #[arg(long, value_name = "TIME", requires = "compat", value_parser = window)]
    pub(crate) speed_window: Option<i64>,
}

/// A program whose results are reproduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Peer {
    /// CooRTweet 2.1.3.
    Coortweet,
    /// Coordination Network Toolkit 1.5.2.
    Cnt,
}

/// A kind of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Parquet and CSV.
    Tables,
    /// GEXF and GraphML.
    Graphs,
    /// The page.
    Report,
}

#[derive(Args, Debug)]
pub(crate) struct Demo {
    /// The folder to write to.
    #[arg(value_name = "DIR", default_value = "charivari-demo")]
    pub(crate) output: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell.
    pub(crate) shell: clap_complete::Shell,
}

/// A window that was named, or several that are learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WindowChoice {
    /// Several are tested; the plain network has the usual one.
    Learnt,
    /// This one, in microseconds.
    Named(i64),
}

impl WindowChoice {
    /// The window of the plain network, in microseconds.
    pub(crate) fn plain(self) -> i64 {
        match self {
            Self::Learnt => 60_000_000,
            Self::Named(window) => window,
        }
    }
}

fn window_choice(text: &str) -> Result<WindowChoice, String> {
    if text == "auto" { Ok(WindowChoice::Learnt) } else { window(text).map(WindowChoice::Named) }
}

/// A rate above 0 and below 1.
fn rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate > 0.0 && rate < 1.0 => Ok(rate),
        _ => Err("expected a rate between 0 and 1, such as 0.05".to_owned()),
    }
}

/// How close texts must be to say the same.
fn cosine(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(cosine) if (0.5..=1.0).contains(&cosine) => Ok(cosine),
        _ => Err("expected a cosine from 0.5 to 1, such as 0.8".to_owned()),
    }
}

/// A length of time in microseconds: a number with s, m, h, d or ms; seconds without a unit.
pub(crate) fn window(text: &str) -> Result<i64, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit: f64 = match unit.trim() {
        "" | "s" => 1e6,
        "ms" => 1e3,
        "m" | "min" => 60e6,
        "h" => 3_600e6,
        "d" => 86_400e6,
        _ => return Err("a length of time such as 60s, 5m, 1h or 500ms is expected".to_owned()),
    };
    let value: f64 =
        number.parse().map_err(|_| "a number is expected before the unit".to_owned())?;
    let micros = value * unit;
    if micros > 366.0 * 86_400e6 {
        return Err("at most a year is taken".to_owned());
    }
    Ok(micros.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn lengths_of_time_are_read_with_their_unit() {
        for (text, micros) in [
            ("60", Some(60_000_000)),
            ("60s", Some(60_000_000)),
            ("1.5m", Some(90_000_000)),
            ("500ms", Some(500_000)),
            ("1h", Some(3_600_000_000)),
            ("0", Some(0)),
            ("-1", None),
            ("1w", None),
            ("", None),
            ("400d", None),
        ] {
            assert_eq!(window(text).ok(), micros, "{text}");
        }
    }
}
