//! What tables of posts, traces and accounts hold, counted while they are read.
//!
//! [`Profile`] is a pure accumulator: `Profile::default()`, [`Profile::add`] for every batch,
//! [`Profile::merge`] for profiles that were made on several threads, [`Profile::summary`] at the
//! end. The summary depends on the rows alone, neither on their order nor on how they were cut.
//!
//! Memory is bounded. Distinct things are known by 64-bit digests, exactly up to [`EXACT_IDS`]
//! ids and [`EXACT_NAMES`] things that are kept with their names (accounts, objects). Beyond that a
//! sample of the digests is kept and counts are scaled up from it; the summary then says that they
//! are estimates. 1,000,000 distinct things collide once in some 40 million runs.

mod accounts;
mod columns;
mod days;
pub mod digest;
mod language;
mod posts;
mod tally;
mod times;
mod traces;

use serde::Serialize;

use crate::rows::Batch;

pub use accounts::{Active, Activity};
pub use days::{Gap, Gaps};
pub use language::{Languages, Named};
pub use posts::{Delays, Fields, Kinds, Links, PASSING, PostSummary};
pub use tally::{Distinct, EXACT_IDS, EXACT_NAMES};
pub use times::{TimeSummary, date};
pub use traces::{Shared, TraceSummary};

use posts::Posts;
use tally::Tally;
use traces::Traces;

/// The accumulator. See the module's documentation.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    posts: Posts,
    traces: Traces,
    account_rows: u64,
    described: Tally<()>,
}

/// What the tables hold.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// The posts, where there are any.
    pub posts: Option<PostSummary>,
    /// The traces, where there are any.
    pub traces: Option<TraceSummary>,
    /// How many rows describe accounts; one account may stand in several.
    pub account_rows: u64,
    /// How many accounts are described.
    pub accounts_described: Distinct,
}

impl Profile {
    /// Counts what `batch` holds. Columns that are not there are taken as empty.
    pub fn add(&mut self, batch: &Batch) {
        if let Some(posts) = &batch.posts {
            self.posts.add(posts);
        }
        if let Some(traces) = &batch.traces {
            self.traces.add(traces);
        }
        if let Some(accounts) = &batch.accounts {
            self.account_rows += accounts.num_rows() as u64;
            let (platforms, ids) =
                (columns::text(accounts, "platform"), columns::text(accounts, "account_id"));
            for row in 0..accounts.num_rows() {
                let id = digest::short(digest::identity(platforms.get(row), ids.get(row)));
                self.described.with(id, || (), |()| {});
            }
        }
    }

    /// Adds what another profile counted.
    pub fn merge(&mut self, other: Self) {
        self.posts.merge(other.posts);
        self.traces.merge(other.traces);
        self.account_rows += other.account_rows;
        self.described.merge(other.described, |(), ()| {});
    }

    /// What was counted.
    pub fn summary(&self) -> Summary {
        Summary {
            posts: self.posts.summary(),
            traces: self.traces.summary(),
            account_rows: self.account_rows,
            accounts_described: self.described.distinct(),
        }
    }
}
