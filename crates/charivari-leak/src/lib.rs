//! Is a leaked table genuine, when was it taken, how big is it, and who is at risk?
//!
//! Invariants: pure functions of their arguments, no file, no clock, no network; no value of a
//! leaked row is in any result, message or error: masks, counts and digests only.

pub mod expose;
pub mod inspect;
pub mod kind;

pub use kind::Kind;
