//! An input file of a case.

use serde::{Deserialize, Serialize};

use super::Ref;
use crate::{Grade, Timestamp, Tlp, When};

/// Where the bytes of a piece of evidence are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Custody {
    /// In the case, under its digest.
    Kept,
    /// Not in the case: sensitive inputs are known by digest, size and place alone.
    HeldElsewhere {
        /// Where they are held, in the analyst's words or as a path.
        place: String,
    },
    /// Not in the case in the clear; an age file that only the recipient can open is.
    Encrypted {
        /// Where the original is held.
        place: String,
        /// The public key that it was encrypted to.
        recipient: String,
        /// SHA-256 of the age file.
        sha256: String,
        /// Length of the age file in bytes.
        bytes: u64,
    },
}

/// An input file, known by its SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its number in the case.
    pub id: Ref,
    /// The file's name, without its folders.
    pub name: String,
    /// Lower-case hexadecimal SHA-256 of its bytes.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Where it came from: who or what gave it.
    pub source: String,
    /// Who collected it.
    pub collector: Option<String>,
    /// When it was collected.
    pub collected: Option<When>,
    /// When it came into the case.
    pub added: Timestamp,
    /// Who added it.
    pub added_by: String,
    /// How far its source and what it says can be trusted.
    pub grade: Grade,
    /// Who may see it.
    pub tlp: Tlp,
    /// Whether it holds victims' data: leaks, their mail, records of customers.
    pub sensitive: bool,
    /// Where its bytes are.
    pub custody: Custody,
    /// A sentence of the analyst about it.
    pub note: Option<String>,
}
