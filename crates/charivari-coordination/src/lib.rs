//! Who acts together: from posts to traces, acts, edges and groups.
//!
//! ```text
//! posts ─ behaviours ─▶ touches ─ store ─▶ traces ─ kernel ─▶ acts ─ edges ─▶ network ─▶ groups
//! ```
//!
//! [`extract`] runs on any thread and keeps nothing; [`store::Store`] gathers what it finds in the
//! order of the inputs; [`network::analyse`] does the rest. The semantics are those of DESIGN,
//! section 6; [`compat`] has those of other programs, quirks included.
//!
//! Invariants: no clock, no file, no network, no state. The same posts give the same tables in
//! whatever order they come and on however many threads: accounts and objects are numbered by
//! content, and every sort ends in a content.

mod acts;
pub mod behaviours;
mod candidates;
pub mod cards;
mod columns;
mod communities;
pub mod compat;
pub mod detectors;
pub mod edges;
pub mod error;
pub mod evidence;
pub mod extract;
pub mod groups;
mod identity;
mod intern;
pub mod kernel;
mod meant;
mod near;
pub mod network;
pub mod parameters;
mod places;
mod posts;
mod radix;
pub mod significance;
pub mod store;
pub mod tables;

pub use acts::Capped;
pub use columns::{Counts, Traces};
pub use communities::GroupKind;
pub use error::Error;
pub use network::{Network, analyse};
pub use parameters::{Parameters, Testing};
pub use places::Place;
pub use posts::Post;
pub use store::Store;
