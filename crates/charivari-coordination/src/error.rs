//! What makes a run of the analysis impossible.

use thiserror::Error;

/// A fault in the columns or parameters that were handed in.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A behaviour was named that does not exist.
    #[error("E0401: there is no behaviour {met}; the behaviours are {known}")]
    UnknownBehaviour {
        /// The name given.
        met: String,
        /// All names.
        known: String,
    },
    /// The window is negative.
    #[error("E0402: the window is {met} µs; it must be zero or more")]
    Window {
        /// The window given.
        met: i64,
    },
    /// A table lacks a column or has it in another type.
    #[error("E0411: the table of {table} has no usable column {column}")]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// More posts, accounts, objects or traces than an index can count.
    #[error("E0412: more than {limit} {what}; analyse a shorter time or fewer behaviours at once")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// The most there may be.
        limit: u64,
    },
    /// The network could not be turned into a graph.
    #[error("E0413: the network is no graph: {0}")]
    Graph(String),
    /// A table could not be built.
    #[error("E0414: a result table could not be built: {0}")]
    Table(String),
}
