//! What makes a whole file unusable, and what is only wrong with one object in it.

use serde::Serialize;
use thiserror::Error;

/// The result of this crate's functions.
pub type Result<T> = std::result::Result<T, Error>;

/// A file or a question that cannot be used at all.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not what any importer knows.
    #[error(
        "E1001: {file} is no knowledge that can be imported: expected a STIX 2 bundle, a MISP galaxy, \
         Microsoft's list of names or a pack, but met {met}; check that the file is whole"
    )]
    Unknown {
        /// The file.
        file: String,
        /// What was met.
        met: String,
    },
    /// A pack does not follow its format.
    #[error(
        "E1002: {file} is no pack: {met}; docs/knowledge.md describes packs, and charivari knowledge new writes one"
    )]
    Pack {
        /// The file.
        file: String,
        /// What was expected and met, with the line.
        met: String,
    },
    /// An index was written by another program, or is damaged.
    #[error("E1003: {file} is no index of knowledge: {met} in line {line}; write it anew")]
    Index {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What was expected and met.
        met: String,
    },
    /// Nothing bears that name.
    #[error("E1004: no {what} is known as \"{name}\"{hint}")]
    NotKnown {
        /// What was looked for.
        what: &'static str,
        /// The name.
        name: String,
        /// What to do, beginning with a semicolon.
        hint: String,
    },
}

/// Something wrong with one object of an import; the others are kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// What kind of fault: `E1020` and following.
    pub code: &'static str,
    /// The object's id, or its number in the file where it has none.
    pub object: String,
    /// What was expected and met.
    pub text: String,
}

impl Fault {
    pub(crate) fn new(
        code: &'static str,
        object: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        Self { code, object: object.into(), text: text.into() }
    }
}
