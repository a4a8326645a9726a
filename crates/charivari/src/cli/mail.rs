//! The command line of mail.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::case::IntoCase;

#[derive(Debug, Subcommand)]
pub(crate) enum Mail {
    /// Say what messages claim, what of it can be verified, and which belong together.
    #[command(after_help = "\
Examples:
  charivari mail examine threat.eml
  charivari mail examine inbox.mbox Maildir --keys keys.txt -o out
  charivari mail examine *.eml --trusted-authserv mx.example.org --protected senders.txt --case holy-souls

Verified, unverified and contradicted are three words that are never mixed, and unverified is
not forged. Nothing is looked up, followed or opened: keys come from a file. What each word rests
on, and how the files are written, is described in docs/mail.md.")]
    Examine(Box<Examine>),
}

#[derive(Args, Debug)]
pub(crate) struct Examine {
    /// Messages (.eml, .msg), mailboxes (mbox), Maildir folders, packed or not.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Keys of senders: one a line, with the place, the period and the record.
    #[arg(long, value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,
    /// Keys whose private half is public, so that their signatures prove nothing.
    #[arg(long, value_name = "FILE")]
    pub(crate) published_keys: Option<PathBuf>,
    /// A receiving server whose recorded results you trust; HOST=below where it writes them below
    /// its own Received line.
    #[arg(long, value_name = "HOST")]
    pub(crate) trusted_authserv: Vec<String>,
    /// Genuine senders, whose look-alikes are named: one a line, as `Name <address>` or a domain.
    #[arg(long, value_name = "FILE")]
    pub(crate) protected: Option<PathBuf>,
    /// The folder to write to; it is made if it is not there.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// The most bytes kept of one message, in MiB; what is beyond is counted.
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) max_message: u16,
    /// Memory for comparing messages with one another, in MiB; messages beyond it are counted.
    #[arg(long, value_name = "MIB", default_value_t = 512, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_compared: u32,
    /// Print the summary as JSON for machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) into: IntoCase,
}
