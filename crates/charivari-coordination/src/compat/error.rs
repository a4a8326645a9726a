//! What can stop a compatibility run.

use thiserror::Error;

/// Why a table could not be made. Every code keeps its meaning for ever.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum CompatError {
    /// Two columns of one table have different lengths.
    #[error(
        "E0171: column `{column}` has {found} rows where {expected} were expected; \
         give every column one value per row of the input"
    )]
    ColumnLength {
        /// The column that differs.
        column: &'static str,
        /// Rows of the first column.
        expected: usize,
        /// Rows of this column.
        found: usize,
    },
    /// A row names an id that the name table does not hold.
    #[error(
        "E0172: row {row} holds id {id}, but the table has only {names} names; \
         ids are indices into the table of names"
    )]
    UnknownId {
        /// The row, the first being 0.
        row: usize,
        /// The id met there.
        id: u32,
        /// How many names the table holds.
        names: usize,
    },
    /// A name stands twice in a table of names, so that equal values would look different.
    #[error("E0173: the name `{name}` stands twice in its table; give every name one id")]
    RepeatedName {
        /// The name.
        name: String,
    },
    /// More rows than a `u32` can number.
    #[error("E0174: the table has {rows} rows, more than 4,294,967,295; split it by object")]
    TooManyRows {
        /// How many rows or names were met.
        rows: usize,
    },
    /// More pairs within the window than the limit allows.
    #[error(
        "E0175: more than {limit} pairs of posts lie within the window; narrow the window, leave \
         out the most shared objects, or raise the limit if there is memory for it"
    )]
    TooManyPairs {
        /// The limit that was set.
        limit: u64,
    },
    /// The network needs a column that was not given.
    #[error("E0176: the network `{network}` needs the column `{column}`, which is not there")]
    MissingColumn {
        /// The network that was asked for.
        network: &'static str,
        /// The column that it needs.
        column: &'static str,
    },
    /// A parameter lies outside its range.
    #[error("E0471: `{name}` is {found}, but must be {expected}")]
    Parameter {
        /// The parameter.
        name: &'static str,
        /// The value met.
        found: f64,
        /// The range allowed, in words.
        expected: &'static str,
    },
}

/// Refuses a window that is negative, infinite or not a number.
pub(super) fn check_window(name: &'static str, seconds: f64) -> Result<(), CompatError> {
    if seconds.is_finite() && seconds >= 0.0 {
        return Ok(());
    }
    Err(CompatError::Parameter { name, found: seconds, expected: "a number of seconds from 0 up" })
}

/// Refuses a column whose length differs from the first one's.
pub(super) fn check_length(
    column: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), CompatError> {
    if found == expected {
        return Ok(());
    }
    Err(CompatError::ColumnLength { column, expected, found })
}
