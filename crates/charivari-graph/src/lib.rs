//! Networks of accounts as plain numbers: a compact undirected weighted graph, its connected
//! components, its communities and a drawing of it.
//!
//! Nodes are `u32` from 0 to n − 1 and nothing else: the caller holds the names, sorted, so that
//! the order of nodes is defined. There is no file, clock or string here. Each function gives the
//! same bytes for the same input, whatever the number of threads, and does not depend on the order
//! in which edges were given.
//!
//! ```
//! use charivari_graph::{Graph, components, leiden};
//!
//! // Two triangles joined by one weak edge, and a node on its own.
//! let graph = Graph::from_edges(
//!     7,
//!     &[0, 0, 1, 3, 3, 4, 2],
//!     &[1, 2, 2, 4, 5, 5, 3],
//!     &[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5],
//! )?;
//! assert_eq!(components(&graph), [0, 0, 0, 0, 0, 0, 1]);
//!
//! let found = leiden(&graph, &charivari_graph::leiden::Options::default())?;
//! assert_eq!(found.labels, [0, 0, 0, 1, 1, 1, 2]);
//! # Ok::<(), charivari_graph::GraphError>(())
//! ```

mod arithmetic;
mod components;
mod error;
mod graph;
mod labels;
mod quality;
mod random;

pub mod layout;
pub mod leiden;

pub use components::components;
pub use error::GraphError;
pub use graph::Graph;
pub use labels::order_labels;
pub use layout::layout;
pub use leiden::{Partition, leiden};
pub use quality::{cpm, modularity};
