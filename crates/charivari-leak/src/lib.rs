//! Is a leaked table genuine, when was it taken, how big is it, and who is at risk?
//!
//! Invariants: pure functions of their arguments, no file, no clock, no network; no value of a
//! leaked row is in any result, message or error: masks, counts and digests only.

pub mod attest;
pub mod chance;
pub mod expose;
pub mod inspect;
pub mod kind;
pub mod linkage;
pub mod normal;
pub mod oprf;
mod phone;
pub mod protocol;
pub mod ratio;
pub mod snapshot;
pub mod verification;
pub mod volume;

pub use kind::Kind;
