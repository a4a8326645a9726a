//! The command line of cases and their reports.

use std::path::PathBuf;

use charivari_model::case::{Ref, Relation};
use charivari_model::{Grade, Tlp, When};
use clap::{Args, Subcommand, ValueEnum};

/// Which case.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Case")]
pub(crate) struct Where {
    /// The case's directory; without it `CHARIVARI_CASE`, else the current directory.
    #[arg(long, value_name = "DIR")]
    pub(crate) case: Option<PathBuf>,
}

/// Which case, and who works on it.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Case")]
pub(crate) struct At {
    #[command(flatten)]
    pub(crate) place: Where,
    /// Who you are, for the log; without it `CHARIVARI_ANALYST`, else the name you are logged in under.
    #[arg(long = "analyst", id = "analyst", value_name = "NAME")]
    pub(crate) by: Option<String>,
}

/// Recording a run in a case, for commands that analyse.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Case")]
pub(crate) struct IntoCase {
    /// Record what was found in this case, with the inputs as evidence: leaks, mail and own records are
    /// sensitive and never copied, other inputs are kept.
    #[arg(long, value_name = "DIR")]
    pub(crate) case: Option<PathBuf>,
    /// Who you are, for the log; without it `CHARIVARI_ANALYST`, else the name you are logged in under.
    #[arg(long = "analyst", id = "analyst", value_name = "NAME", requires = "case")]
    pub(crate) by: Option<String>,
    /// Where the inputs came from; needed only for files that the case does not have yet.
    #[arg(long, value_name = "TEXT", requires = "case")]
    pub(crate) source: Option<String>,
    /// How far the source and what it says can be trusted, from A1 to F6.
    #[arg(long, value_name = "GRADE", requires = "case")]
    pub(crate) grade: Option<Grade>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Case {
    /// Open a case in a new directory.
    #[command(after_help = "\
Example:
  charivari case new holy-souls --title \"Holy Souls\" --question \"Who spread the data?\" --tlp amber")]
    New(New),
    /// Keep files as evidence; sensitive ones by digest and place alone.
    #[command(after_help = "\
Examples:
  charivari case add posts.jsonl --source \"export of platform X\" --grade B2 --collected 2023-01-06
  charivari case add leak.csv --source \"forum post\" --sensitive --held-at \"safe, room 2\"
  charivari case add leak.csv --source \"forum post\" --keep-encrypted age1…

A sensitive file (a leak, victims' mail, records of customers) is never copied into a case, and is
in no seal: only its SHA-256, its size and where it is held are kept.")]
    Add(Add),
    /// Record what someone said; the numbers in it are read and checked.
    #[command(after_help = "\
Examples:
  charivari case claim --who \"Holy Souls\" --when 2023-01-04 --where \"a forum\" --about \"the data\" \\
      --gist \"more than 200,000 customers, for sale at 20 bitcoin (USD 340,000)\"
  charivari case claim --who \"a spokesman\" --when 2023-02-04 --where \"press conference\" \\
      --gist \"denied it\" --denies C3")]
    Claim(Claim),
    /// Record that something happened.
    #[command(after_help = "\
Example:
  charivari case event --when \"2023-01-04T15:00 Europe/Paris\" --title \"Home page found changed\" \\
      --source \"the publisher\"")]
    Event(Event),
    /// Write a note, about a record or about the case.
    #[command(after_help = "\
Example:
  charivari case note --about F3 \"Asked the newsroom: these three accounts are theirs.\"")]
    Note(Note),
    /// Record a party, another name of one, or its reply to what is said of it.
    #[command(after_help = "\
Examples:
  charivari case actor \"Holy Souls\" --what persona --ground \"its own posts\"
  charivari case actor \"Cotton Sandstorm\" --what threat-actor --alias \"NEPTUNIUM=a vendor@2023\"
  charivari case actor --reply-of A2 \"We had no part in this.\"")]
    Actor(Actor),
    /// Say that one record supports, contradicts, denies or is about another.
    #[command(after_help = "\
Example:
  charivari case link F2 supports C1 --reason \"the sample has as many rows as they say\"")]
    Link(Link),
    /// Accept or reject a finding, with the reason.
    #[command(after_help = "\
Examples:
  charivari case decide F2 accepted --reason \"looked at all 12 posts\"
  charivari case decide F4 rejected --reason \"a newsroom's own accounts\"")]
    Decide(Decide),
    /// Take rates of exchange from a table, to check prices in claims against.
    #[command(after_help = "\
Example:
  charivari case rates rates.csv         columns: day,unit,price_unit,price,source")]
    Rates(Rates),
    /// Say what a case holds.
    Show(Show),
    /// List what was done, by whom and when; each entry is chained to the one before.
    Log(Log),
    /// Hash everything again and say exactly what differs.
    Check(Check),
    /// Make a key that signs the heads of this case's log; it stays outside the case.
    #[command(after_help = "\
Examples:
  charivari case key
  CHARIVARI_PASSPHRASE_FILE=phrase.txt charivari case key

Keys lie in the user's state directory ($XDG_STATE_HOME or ~/.local/state, charivari/keys), or follow
from a passphrase in a file that CHARIVARI_PASSPHRASE_FILE names; set it for every command then.")]
    Key(Key),
    /// Destroy the key with which values of this case were digested.
    ForgetKey(At),
    /// Pack a case into one ZIP that others can check.
    #[command(after_help = "\
Examples:
  charivari case seal -o holy-souls.zip
  charivari case seal -o holy-souls.zip --with-evidence --with-tables

The ZIP can be checked by `charivari case verify`, and by `sha256sum -c SHA256SUMS` alone.
Evidence leaves only where it is asked for, and sensitive evidence never.")]
    Seal(Seal),
    /// Check a sealed case.
    Verify(Verify),
}

#[derive(Args, Debug)]
pub(crate) struct New {
    /// The directory to make.
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// What the case is called.
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: String,
    /// The question that it is to answer.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) question: String,
    /// Who may see it: clear, green, amber, amber-strict or red.
    #[arg(long, value_name = "TLP", default_value = "amber")]
    pub(crate) tlp: Tlp,
    /// Who you are, for the log.
    #[arg(long = "analyst", id = "analyst", value_name = "NAME")]
    pub(crate) by: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Add {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Who or what gave them.
    #[arg(long, value_name = "TEXT")]
    pub(crate) source: String,
    /// Who collected them.
    #[arg(long, value_name = "NAME")]
    pub(crate) collector: Option<String>,
    /// When they were collected: 2023-01-06, 2023-01, "2023-01-04T15:00 Europe/Paris", A..B.
    #[arg(long, value_name = "TIME")]
    pub(crate) collected: Option<When>,
    /// The Admiralty grade: a letter for the source, a figure for what it says; F6 is unknown.
    #[arg(long, value_name = "GRADE", default_value = "F6")]
    pub(crate) grade: Grade,
    /// Who may see them; as the case without it.
    #[arg(long, value_name = "TLP")]
    pub(crate) tlp: Option<Tlp>,
    /// They hold victims' data: do not copy them into the case.
    #[arg(long)]
    pub(crate) sensitive: bool,
    /// Where they are held, if not in the case, as sensitive files are; their path without it.
    #[arg(long, value_name = "PLACE")]
    pub(crate) held_at: Option<String>,
    /// Keep them, as sensitive files, in age files that only this recipient can open.
    #[arg(long, value_name = "RECIPIENT")]
    pub(crate) keep_encrypted: Option<String>,
    /// Link them into the case instead of copying them, on one file system: they become read-only.
    #[arg(long, conflicts_with_all = ["sensitive", "held_at", "keep_encrypted"])]
    pub(crate) link: bool,
    /// A sentence about them.
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    #[command(flatten)]
    pub(crate) at: At,
}

#[derive(Args, Debug)]
pub(crate) struct Claim {
    /// Who said it.
    #[arg(long, value_name = "NAME")]
    pub(crate) who: String,
    /// When.
    #[arg(long, value_name = "TIME")]
    pub(crate) when: When,
    /// Where it was said: a publication, a forum.
    #[arg(long = "where", value_name = "PLACE")]
    pub(crate) place: String,
    /// What it says, in one line.
    #[arg(long, value_name = "TEXT")]
    pub(crate) gist: String,
    /// The words as they were said.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) verbatim: String,
    /// What it is about, such as "the data".
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) about: String,
    /// The claim that this one only repeats: together they are one source.
    #[arg(long, value_name = "CLAIM")]
    pub(crate) repeats: Option<Ref>,
    /// The claim or finding that this one denies.
    #[arg(long, value_name = "RECORD")]
    pub(crate) denies: Option<Ref>,
    /// The Admiralty grade.
    #[arg(long, value_name = "GRADE", default_value = "F6")]
    pub(crate) grade: Grade,
    /// Who may see it; as the case without it.
    #[arg(long, value_name = "TLP")]
    pub(crate) tlp: Option<Tlp>,
    #[command(flatten)]
    pub(crate) at: At,
}

#[derive(Args, Debug)]
pub(crate) struct Event {
    /// When it happened.
    #[arg(long, value_name = "TIME")]
    pub(crate) when: When,
    /// What happened, in one line.
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: String,
    /// More about it.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) text: String,
    /// Who says so.
    #[arg(long, value_name = "TEXT")]
    pub(crate) source: String,
    /// Who may see it; as the case without it.
    #[arg(long, value_name = "TLP")]
    pub(crate) tlp: Option<Tlp>,
    #[command(flatten)]
    pub(crate) at: At,
}

#[derive(Args, Debug)]
pub(crate) struct Note {
    /// The note.
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    /// The record that it is about.
    #[arg(long, value_name = "RECORD")]
    pub(crate) about: Option<Ref>,
    /// Who may see it; as the case without it.
    #[arg(long, value_name = "TLP")]
    pub(crate) tlp: Option<Tlp>,
    #[command(flatten)]
    pub(crate) at: At,
}

#[derive(Args, Debug)]
pub(crate) struct Actor {
    /// Its name; with --reply-of, its reply.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// The party whose reply this is.
    #[arg(long, value_name = "ACTOR", conflicts_with_all = ["what", "alias", "ground", "text"])]
    pub(crate) reply_of: Option<Ref>,
    /// What it is: persona, threat-actor, organisation, publication or person.
    #[arg(long, value_name = "KIND", default_value = "organisation")]
    pub(crate) what: String,
    /// Another name, who uses it, and since when: NAME=SOURCE@TIME.
    #[arg(long, value_name = "NAME=SOURCE[@TIME]")]
    pub(crate) alias: Vec<String>,
    /// On what public ground it is named: an indictment, a sanctions list, its own words.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) ground: String,
    /// What is known of it.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) text: String,
    /// Who may see it; as the case without it.
    #[arg(long, value_name = "TLP")]
    pub(crate) tlp: Option<Tlp>,
    #[command(flatten)]
    pub(crate) at: At,
}

#[derive(Args, Debug)]
pub(crate) struct Link {
    /// The record that says something of the other, such as F2.
    #[arg(value_name = "FROM")]
    pub(crate) from: Ref,
    /// supports, contradicts, denies or about.
    #[arg(value_name = "RELATION")]
    pub(crate) relation: Relation,
    /// The other record, such as C1.
    #[arg(value_name = "TO")]
    pub(crate) to: Ref,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    #[command(flatten)]
    pub(crate) at: At,
}

/// What an analyst decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ruling {
    /// An analyst stands behind it.
    Accepted,
    /// It is wrong, or innocent.
    Rejected,
    /// It is open again.
    Open,
}

#[derive(Args, Debug)]
pub(crate) struct Decide {
    /// The findings, such as F2.
    #[arg(required = true, value_name = "FINDING")]
    pub(crate) findings: Vec<Ref>,
    /// The decision.
    #[arg(value_name = "DECISION")]
    pub(crate) ruling: Ruling,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    #[command(flatten)]
    pub(crate) at: At,
}

#[derive(Args, Debug)]
pub(crate) struct Rates {
    /// The table, with the columns day, unit, `price_unit`, price and source.
    #[arg(value_name = "FILE.csv")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) at: At,
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    /// Show one record, whole, such as F2.
    #[arg(value_name = "RECORD")]
    pub(crate) record: Option<Ref>,
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) at: Where,
}

#[derive(Args, Debug)]
pub(crate) struct Log {
    /// How many entries, the newest; all without it.
    #[arg(long, value_name = "N")]
    pub(crate) last: Option<u64>,
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) at: Where,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) at: Where,
}

#[derive(Args, Debug)]
pub(crate) struct Key {
    #[command(flatten)]
    pub(crate) at: At,
}

#[derive(Args, Debug)]
pub(crate) struct Seal {
    /// The ZIP to write.
    #[arg(short, long, value_name = "FILE.zip")]
    pub(crate) output: PathBuf,
    /// Put evidence in, as far as it is not sensitive.
    #[arg(long)]
    pub(crate) with_evidence: bool,
    /// Put the tables of all runs in.
    #[arg(long)]
    pub(crate) with_tables: bool,
    #[command(flatten)]
    pub(crate) at: At,
}

#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// The sealed case.
    #[arg(value_name = "FILE.zip")]
    pub(crate) file: PathBuf,
    /// Print JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
}
