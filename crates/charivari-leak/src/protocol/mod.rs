//! Two parties who must not show each other anything: the organisation answers, the holder of a sample
//! asks.
//!
//! Pure messages and state machines: no file, no socket, no clock and no source of chance. The
//! program opens the link, keeps the ledger and passes time and random bytes in. The order of things:
//!
//! 1. The organisation feeds its records to a [`TableBuilder`] and publishes a [`Commitment`].
//! 2. The holder feeds its sample to a [`SampleBuilder`] and gives the organisation a [`Request`].
//! 3. The organisation approves it by hand: an [`Invitation`].
//! 4. [`Session`] answers what [`Asking`] sends; the [`Ledger`] holds that nothing is asked twice.
//! 5. [`Asking`] holds the whole set against the commitment, and only then gives an [`Outcome`].
//!
//! What each side learns, and what is not bound, is written in `docs/leak-protocol.md`.
//!
//! Invariants: nothing of a record is in an error, a message or a `Debug` output; what comes from the
//! peer is checked before it is used; what is refused is refused by name.

mod client;
mod digest;
mod error;
mod files;
#[doc(hidden)]
pub mod fuzzing;
mod hashes;
mod merkle;
mod outcome;
mod row;
mod sample;
mod server;
mod table;
mod terms;
#[cfg(test)]
mod tests;
mod wire;

pub use client::Asking;
pub use digest::{Digest, Token};
pub use error::{Error, Result, meaning};
pub use files::{Canaries, Canary, Commitment, CopyMet, Invitation, Request, TableCounts};
pub use hashes::HashGuard;
pub use merkle::Tree;
pub use outcome::{ColumnOutcome, Decoys, Outcome};
pub use row::{MAX_KEY, MAX_VALUE};
pub use sample::{Sample, SampleBuilder, SampleCounts, Seed};
pub use server::{Approval, Ledger, Received, Service, Session};
pub use table::{TableBuilder, TokenSet, entry_bytes};
pub use terms::{Compared, Terms};
pub use wire::{HEADER_BYTES, Header, MAX_FRAME, Message};

/// What the attestation shares with the files of an exchange.
pub(crate) mod private {
    pub(crate) use super::digest::{Fields, hex, unhex};
    pub(crate) use super::terms::when;
}

/// The most rows that one invitation can be about.
pub const MAX_ROWS: u32 = 100_000;
/// The most columns that are compared besides the key.
pub const MAX_COLUMNS: usize = 15;
/// The most elements that one request has, all columns together: 32 MB.
pub const MAX_ELEMENTS: u64 = 1_000_000;
/// Rows that are answered under one proof for each column.
pub const BATCH_ROWS: usize = 1_024;
