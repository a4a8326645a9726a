//! What can be wrong with a graph or with a question about it.

use thiserror::Error;

/// Why a graph could not be built or a measure not taken. Each has a stable code.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum GraphError {
    /// An edge names a node that the graph does not have.
    #[error(
        "E0501: edge {edge} names node {node}, but the graph has {nodes} nodes numbered from 0; \
         count the nodes again or drop the edge"
    )]
    NodeOutOfRange {
        /// Position of the edge in the columns, from 0.
        edge: usize,
        /// The node it names.
        node: u32,
        /// How many nodes the graph has.
        nodes: u32,
    },

    /// A weight is negative, infinite or not a number.
    #[error(
        "E0502: edge {edge} has weight {weight}, expected a finite number of at least 0; \
         correct the weight or drop the edge"
    )]
    BadWeight {
        /// Position of the edge in the columns, from 0.
        edge: usize,
        /// The weight met.
        weight: f64,
    },

    /// The edge columns have different lengths.
    #[error(
        "E0503: edge columns must be equally long, met {sources} sources, {targets} targets and \
         {weights} weights; give one of each per edge"
    )]
    UnequalColumns {
        /// Length of the source column.
        sources: usize,
        /// Length of the target column.
        targets: usize,
        /// Length of the weight column.
        weights: usize,
    },

    /// All weights together are more than a double can hold.
    #[error(
        "E0504: the weights add up to more than a double can hold; divide all weights by one number"
    )]
    WeightOverflow,

    /// The labels do not fit the graph.
    #[error("E0505: {labels} labels for {nodes} nodes; give one label per node")]
    LabelsDoNotFit {
        /// How many labels were given.
        labels: usize,
        /// How many nodes the graph has.
        nodes: u32,
    },

    /// An option lies outside its range.
    #[error("E0506: {name} is {value}, expected {expected}; change the option")]
    BadOption {
        /// Which option.
        name: &'static str,
        /// The value met.
        value: f64,
        /// What it should have been.
        expected: &'static str,
    },
}

impl GraphError {
    /// The stable code, such as `E0501`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NodeOutOfRange { .. } => "E0501",
            Self::BadWeight { .. } => "E0502",
            Self::UnequalColumns { .. } => "E0503",
            Self::WeightOverflow => "E0504",
            Self::LabelsDoNotFit { .. } => "E0505",
            Self::BadOption { .. } => "E0506",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_begin_with_their_code() {
        let errors = [
            GraphError::NodeOutOfRange { edge: 3, node: 9, nodes: 9 },
            GraphError::BadWeight { edge: 0, weight: f64::NAN },
            GraphError::UnequalColumns { sources: 1, targets: 2, weights: 3 },
            GraphError::WeightOverflow,
            GraphError::LabelsDoNotFit { labels: 1, nodes: 2 },
            GraphError::BadOption { name: "theta", value: 0.0, expected: "more than 0" },
        ];
        for error in errors {
            assert!(error.to_string().starts_with(&format!("{}: ", error.code())), "{error}");
        }
    }
}
