//! What other programs read: tables as CSV and Parquet, networks as GEXF and GraphML.
//!
//! | module | writes | for |
//! |---|---|---|
//! | [`csv_table`] | record batches as CSV that is safe to open in a spreadsheet | people, R, pandas |
//! | [`parquet_table`] | record batches as Parquet with their provenance | `DuckDB`, pandas, polars |
//! | [`gexf`] | a [`network`] as GEXF 1.3 with layout, colours and times | Gephi, Gephi Lite |
//! | [`graphml`] | the same network as GraphML | NetworkX, igraph, Cytoscape |
//! | [`case`] | a whole case as STIX, MISP, Navigator layers, Timesketch and a referral | other analysts' tools |
//!
//! [`palette`] gives the colours of groups, so that a report and a graph file agree.
//!
//! Invariants: every writer takes `impl Write`, never a path; tables and networks are columns,
//! never lists of structs, and a case is the dossier of its records; no writer reads a clock or the
//! environment; the same input gives the same bytes with any number of threads.

pub mod case;
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
