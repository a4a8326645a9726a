//! The command line of the reports of a case.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::case::Where;

/// A form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Format {
    /// One page for browsers and print.
    Html,
    /// Text for editors.
    Md,
    /// Everything, for machines.
    Json,
    /// STIX 2.1.
    Stix,
    /// STIX 2.1 with the narratives, channels and events of OpenCTI.
    Opencti,
    /// A MISP event.
    Misp,
    /// Layers of the ATT&CK Navigator, for ATT&CK and for DISARM.
    Navigator,
    /// Events for Timesketch.
    Timesketch,
    /// Accounts to refer to their platforms.
    Referral,
}

/// How much of a case is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Redaction {
    /// Everything, watermarked.
    #[default]
    Internal,
    /// For partners: no notes, no places of evidence held elsewhere.
    Partner,
    /// For everybody: pseudonyms, no posts, ids or links, times by the hour.
    Public,
}

#[derive(Args, Debug)]
pub(crate) struct Report {
    /// The folder to write to; it is made if it is not there.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// The forms to write.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', default_value = "html")]
    pub(crate) format: Vec<Format>,
    /// How much is shown. Public is refused unless the case is TLP:CLEAR.
    #[arg(long, value_name = "LEVEL", default_value = "internal")]
    pub(crate) redaction: Redaction,
    /// Let findings that nobody has decided on out too, marked as open; the page shows them anyway.
    #[arg(long)]
    pub(crate) include_open: bool,
    /// How many findings the page shows at most; more are counted.
    #[arg(long, value_name = "N", default_value_t = 500)]
    pub(crate) findings: usize,
    #[command(flatten)]
    pub(crate) at: Where,
}
