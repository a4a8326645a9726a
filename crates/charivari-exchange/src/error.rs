//! Why an output could not be written.

use thiserror::Error;

/// An output that could not be written; nothing that was written before it is complete.
///
/// Codes `E0301` to `E0399` are stable and never used again for another meaning.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// The format has no form for a column's type.
    #[error(
        "E0301: the column `{column}` has the type {met}, which {format} cannot hold; expected \
         text, numbers, booleans, instants in microseconds or lists of these: convert it first"
    )]
    ColumnType {
        /// The format that was to be written.
        format: &'static str,
        /// The column at fault.
        column: String,
        /// Its Arrow type.
        met: String,
    },
    /// A batch has other columns than the table it is written to.
    #[error(
        "E0302: a batch for the table `{table}` does not have the table's columns: expected \
         {expected}, met {met}; write every batch with the schema the writer was made with"
    )]
    Schema {
        /// The table's name.
        table: String,
        /// The table's columns and types.
        expected: String,
        /// The batch's columns and types.
        met: String,
    },
    /// The columns of one network differ in length.
    #[error(
        "E0303: the {what} has {met} values, expected {expected}, one for each row; all columns \
         of the nodes, and all of the edges, must be equally long"
    )]
    Length {
        /// The column at fault.
        what: String,
        /// The number of rows.
        expected: usize,
        /// The number of values met.
        met: usize,
    },
    /// An edge ends at a node that is not there.
    #[error(
        "E0304: edge {edge} ends at node {met}, expected a node below {nodes}; edges name nodes by \
         their row, the first being 0"
    )]
    NoSuchNode {
        /// The row of the edge.
        edge: usize,
        /// The node it names.
        met: u32,
        /// The number of nodes.
        nodes: usize,
    },
    /// Two nodes share one id, so that a reader would merge them.
    #[error("E0305: nodes {first} and {second} have the same id `{id}`; every id must be unique")]
    RepeatedId {
        /// The row of one of the nodes.
        first: usize,
        /// The row of the other.
        second: usize,
        /// The id that they share.
        id: String,
    },
    /// An attribute has a name that the formats use themselves, or one that is used twice.
    #[error(
        "E0306: the attribute `{id}` of the {what} is {reason}; give the column another id, made \
         of ASCII letters, digits, `_`, `-` and `.`"
    )]
    AttributeId {
        /// `nodes` or `edges`.
        what: &'static str,
        /// The id at fault.
        id: String,
        /// `reserved`, `there twice` or `not a plain name`.
        reason: &'static str,
    },
    /// A weight, size or position is not a finite number.
    #[error("E0307: the {what} in row {row} is {met}, expected a finite number")]
    NotFinite {
        /// The column at fault.
        what: &'static str,
        /// The row, the first being 0.
        row: usize,
        /// The number met.
        met: f64,
    },
    /// Parquet refused a schema or a value.
    #[error("E0308: the table `{table}` cannot be written as Parquet")]
    Parquet {
        /// The table's name.
        table: String,
        /// What the encoder said.
        #[source]
        source: parquet::errors::ParquetError,
    },
    /// The provenance could not be written as JSON.
    #[error("E0309: the provenance of the table `{table}` cannot be written as JSON")]
    Provenance {
        /// The table's name.
        table: String,
        /// What the encoder said.
        #[source]
        source: serde_json::Error,
    },
    /// The output took no more bytes.
    #[error("E0310: the output could not be written; look at the free space and the permissions")]
    Output(#[from] std::io::Error),
    /// A writer was used on after an error.
    #[error(
        "E0311: the table `{table}` is not complete, because writing it failed before; throw the \
         file away and start again"
    )]
    Incomplete {
        /// The table's name.
        table: String,
    },
    /// The id of a case is no UUID, so that no object in it could get an id of its own.
    #[error(
        "E0320: the case has the id `{met}`, expected a UUID such as \
         `6f1c1f0a-3a56-5d0c-8a6e-0d5a3b1e2c4d`; read the case anew, or give it a UUID (library)"
    )]
    CaseId {
        /// What stands in its place.
        met: String,
    },
}

impl ExchangeError {
    /// The stable code, such as `E0301`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ColumnType { .. } => "E0301",
            Self::Schema { .. } => "E0302",
            Self::Length { .. } => "E0303",
            Self::NoSuchNode { .. } => "E0304",
            Self::RepeatedId { .. } => "E0305",
            Self::AttributeId { .. } => "E0306",
            Self::NotFinite { .. } => "E0307",
            Self::Parquet { .. } => "E0308",
            Self::Provenance { .. } => "E0309",
            Self::Output(_) => "E0310",
            Self::Incomplete { .. } => "E0311",
            Self::CaseId { .. } => "E0320",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ExchangeError;

    #[test]
    fn a_message_begins_with_its_code() {
        for error in [
            ExchangeError::NoSuchNode { edge: 1, met: 9, nodes: 3 },
            ExchangeError::NotFinite { what: "weight", row: 0, met: f64::NAN },
            ExchangeError::Output(std::io::Error::other("full")),
            ExchangeError::Incomplete { table: "acts".to_owned() },
            ExchangeError::CaseId { met: "case 1".to_owned() },
        ] {
            assert!(error.to_string().starts_with(error.code()), "{error}");
        }
    }
}
