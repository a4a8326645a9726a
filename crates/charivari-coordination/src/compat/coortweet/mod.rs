//! The tables of `CooRTweet` 2.1.3: `detect_groups`, `flag_speed_share` and
//! `generate_coordinated_network`.
//!
//! [`detect`] gives the pairs of posts, [`network`] the edges. The semantics, quirks included:
//!
//! 1. Accounts with fewer than `min_participation` **rows** are left out. Repeated rows and one
//!    post with several objects count more than once.
//! 2. Rows are grouped by account in the order in which accounts first appear, then by object in
//!    the order in which objects first appear in *that* order. Within an object every two rows
//!    whose times differ by at most the window, **bounds included**, are a pair.
//! 3. Loops are removed: a content that is its own object, a content paired with itself, an
//!    account paired with itself.
//! 4. The contents left are looked up in the input again; a pair stays if **either** of its
//!    contents belongs to an account with at least `min_participation` such rows. An account may
//!    so end up with fewer coordinated posts than asked for.
//! 5. The older post comes first; at equal times the one that came first in step 2.
//! 6. A speed window flags every pair whose two *contents* are also a pair within the speed
//!    window that passes step 4, and sorts the table by content.
//! 7. An edge's two accounts are put in order, its contents are not. So `n_content_id` counts the
//!    distinct *older* posts of the two accounts together, not the posts of `from`, and
//!    `edge_symmetry_score` is not about the two accounts as soon as the lead alternates.
//! 8. `weight_threshold` is 1 if the weight is **strictly** above the quantile (type 7) of all
//!    weights. With many ties nothing may be above a low quantile.
//!
//! # What is compared with the peer, and what is not
//!
//! Compared, with no row different: pairs and edges for `min_participation` 1, 2 and 5, windows of
//! 10 and 60 s, loops kept, a speed window, repeated rows and contents, several objects for one
//! pair of contents, times with fractions, ties. The order of the pair rows is the peer's too.
//!
//! Chosen here, because the peer's own depends on the locale or on the graph library: edges are
//! sorted by `from` then `to`, and `from` < `to` by bytes. Where no account has enough rows the
//! peer stops with an error; here the table is empty. Numbers are written with 15 significant
//! digits, rounded as `write.csv` does; `fwrite` is off by one in the fifteenth now and then.
//!
//! **Untested**, because no table of the peer covers it: missing values (a time that is not finite
//! belongs to no pair, as in R, but its row counts in steps 1 and 4); windows of a fraction of a
//! second; a speed window that flags nothing at all. Left out: the `objects` and `subgraph`
//! arguments, `group_stats` and `account_stats`.

use std::borrow::Cow;

mod detect;
mod network;
mod order;
mod speed;

pub use detect::{Pairs, detect};
pub use network::{Edge, EdgeTable, Measures, network};

use super::IdColumn;
use super::error::{CompatError, check_length, check_window};

/// The input: one row per shared object, **in file order with repetitions**.
#[derive(Debug, Clone, Default)]
pub struct Rows<'a> {
    pub(super) object: IdColumn<'a>,
    pub(super) account: IdColumn<'a>,
    pub(super) content: IdColumn<'a>,
    pub(super) time: Cow<'a, [f64]>,
}

impl<'a> Rows<'a> {
    /// Puts the four columns together: what was shared, by whom, in which post, and when in
    /// seconds since 1970-01-01 UTC.
    ///
    /// # Errors
    ///
    /// [`CompatError::ColumnLength`] if the columns differ in length.
    pub fn new(
        object: IdColumn<'a>,
        account: IdColumn<'a>,
        content: IdColumn<'a>,
        time: impl Into<Cow<'a, [f64]>>,
    ) -> Result<Self, CompatError> {
        let time = time.into();
        check_length("account_id", account.len(), object.len())?;
        check_length("content_id", content.len(), object.len())?;
        check_length("timestamp_share", time.len(), object.len())?;
        Ok(Self { object, account, content, time })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.object.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.object.is_empty()
    }

    /// What was shared.
    pub fn object(&self) -> &IdColumn<'a> {
        &self.object
    }

    /// Who shared it.
    pub fn account(&self) -> &IdColumn<'a> {
        &self.account
    }

    /// The post in which it was shared.
    pub fn content(&self) -> &IdColumn<'a> {
        &self.content
    }

    /// When, in seconds since 1970-01-01 UTC.
    pub fn time(&self) -> &[f64] {
        &self.time
    }
}

/// The peer's arguments, with its defaults.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The largest difference in time within a pair, in seconds, itself allowed. Default 10.
    pub time_window_s: f64,
    /// How many rows an account needs; see the module for what that does and does not ensure.
    /// Default 2.
    pub min_participation: u32,
    /// Whether pairs of one account or one content with itself are dropped. Default true.
    pub remove_loops: bool,
    /// A second, narrower window in seconds, for the speed subnetwork. Default none.
    pub speed_window_s: Option<f64>,
    /// Pairs within the window beyond which the run is refused, loops included: a million shares
    /// of one object in one minute are 5 × 10¹¹ pairs. A pair takes 8 to 24 bytes. Default 250
    /// million. The peer has no such limit and runs out of memory.
    pub max_pairs: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            time_window_s: 10.0,
            min_participation: 2,
            remove_loops: true,
            speed_window_s: None,
            max_pairs: 250_000_000,
        }
    }
}

impl Options {
    fn check(&self) -> Result<(), CompatError> {
        check_window("time_window", self.time_window_s)?;
        self.speed_window_s.map_or(Ok(()), |seconds| check_window("speed_window", seconds))
    }
}
