//! The case: what was collected, who said what, what was found and how, and a log of it all.
//!
//! A [`Case`] is a directory with a database, copies of the evidence and the tables of analyses. Its
//! ground state is an append-only log, each entry with its content; everything else in the database
//! follows from it and can be made again. [`Case::check`] compares all of it, [`Case::seal`] packs it
//! into one file that [`verify()`] and `sha256sum -c` can check, and [`Case::dossier`] hands it to
//! reports and exporters.
//!
//! Invariants: nothing that was recorded is changed, only followed by later records. Sensitive inputs
//! are never copied in the clear. The clock and the analyst's name are arguments.
//! `docs/case.md` describes the directory, the log and what it cannot show.

mod canonical;
mod case;
mod chain;
mod check;
mod compare;
mod db;
mod digester;
mod dossier;
mod error;
mod evidence;
mod history;
mod keys;
mod lock;
mod lookup;
mod members;
mod numbers;
mod objects;
mod overview;
mod quantities;
mod rates;
mod records;
mod replay;
mod run;
mod schema;
mod seal;
mod sources;
mod units;
mod verify;
mod words;
mod writer;

use std::time::Duration;

pub use case::{Case, NewCase, Stamp};
pub use check::{Checked, Counts, Problem, Progress};
pub use compare::check_claims;
pub use digester::{Digester, ValueKind};
pub use dossier::Wanted;
pub use error::{Error, Result};
pub use evidence::{Added, NewEvidence};
pub use history::Signature;
pub use keys::{KeyStore, Keys};
pub use overview::Overview;
pub use quantities::quantities;
pub use rates::{RateAside, Rates, read_rates};
pub use records::{NewActor, NewAssessment, NewClaim, NewEvent, NewHypothesis, NewNote};
pub use run::{NewFinding, NewRun, NewTable, Recorded};
pub use seal::{SealOptions, Sealed};
pub use sources::independent_sources;
pub use verify::{Verified, verify};

/// The database's file.
pub(crate) const DATABASE: &str = "case.db";
/// The file that writers lock.
pub(crate) const LOCK: &str = "lock";
/// Files on their way in.
pub(crate) const INCOMING: &str = "incoming";
/// How long a writer waits for another, unless told otherwise.
pub(crate) const WAIT: Duration = Duration::from_secs(10);
/// The name and version of the program.
pub(crate) const TOOL: &str = concat!("charivari ", env!("CARGO_PKG_VERSION"));
