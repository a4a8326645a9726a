//! The log of a case: what was done, by whom, in an order that cannot be changed unseen.

use serde::{Deserialize, Serialize};

use super::Ref;
use crate::Timestamp;

/// Lower-case hexadecimal SHA-256.
pub type Hash = String;

/// One entry of the log.
///
/// Its hash covers all its other fields, the hash of the entry before among them, so that no entry
/// can be changed, taken out or put in between without changing every later one. Whoever holds the
/// whole file can still write all of it anew; only a head that was printed, sent or signed before
/// shows that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place, from 1.
    pub number: u64,
    /// When.
    pub time: Timestamp,
    /// Who.
    pub by: String,
    /// What was done, such as `add evidence` or `decide`.
    pub action: String,
    /// The record that was made or spoken of.
    pub record: Option<Ref>,
    /// SHA-256 of the record's content in canonical JSON.
    pub digest: Hash,
    /// The hash of the entry before; 64 zeros for the first.
    pub previous: Hash,
    /// The hash of this entry.
    pub hash: Hash,
}
