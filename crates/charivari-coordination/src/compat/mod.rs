//! Compatibility modes: the tables that two older programs would have given for the same input.
//!
//! An analyst who moves over, or who must defend a finding that was made with an older program,
//! needs the very same numbers first and the better ones second. So these modules reproduce the
//! peers' results **with their quirks**; nothing else in this crate uses them, and their columns
//! are not the ones to draw new conclusions from. Each quirk is named where it is reproduced.
//!
//! - [`coortweet`]: `CooRTweet` 2.1.3 (Righetti and Balluff, Computational Communication Research
//!   7(1), 2025): pairs of posts, the network, and its speed subnetwork.
//! - [`cnt`]: the Coordination Network Toolkit 1.5.2 (QUT Digital Observatory): `co_retweet`,
//!   `co_tweet`, `co_link`, `co_reply` and `co_post`.
//!
//! Everything here is a pure function from columns to tables. The columns must hold the rows of
//! the input **in file order, repetitions included**: both peers let the order of rows decide
//! ties, and both treat repeated rows in their own way.

pub mod cnt;
mod column;
pub mod coortweet;
mod error;
mod number;

pub use column::IdColumn;
pub use error::CompatError;
