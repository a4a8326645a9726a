//! What other programs read: tables as CSV and Parquet, networks as GEXF and GraphML.
//!
//! | module | writes | for |
//! |---|---|---|
//! | [`csv_table`] | record batches as CSV that is safe to open in a spreadsheet | people, R, pandas |
//! | [`parquet_table`] | record batches as Parquet with their provenance | `DuckDB`, pandas, polars |
//! | [`gexf`] | a [`network`] as GEXF 1.3 with layout, colours and times | Gephi, Gephi Lite |
//! | [`graphml`] | the same network as GraphML | NetworkX, igraph, Cytoscape |
//!
//! [`palette`] gives the colours of groups, so that a report and a graph file agree.
//!
//! Invariants: every writer takes `impl Write` and columns, never a path and never a list of
//! structs; it reads no clock and no environment; the same input gives the same bytes with any
//! number of threads.

pub mod csv_table;
pub mod error;
pub mod gexf;
pub mod graphml;
mod instant;
pub mod network;
pub mod palette;
pub mod parquet_table;
mod xml;

pub use error::ExchangeError;
