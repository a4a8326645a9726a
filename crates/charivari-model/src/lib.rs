//! The vocabulary of Charivari as types, and nothing else.
//!
//! Every other crate speaks in these words: an instant is a [`Timestamp`], an account or a post is
//! known by its [`key`], a row that could not be read is a [`SetAside`] with a [`Code`], a table
//! has a schema from [`schema`], and a process ends with an [`Exit`].
//!
//! Invariant: this crate does no input or output, keeps no state and knows no analyser.

pub mod code;
pub mod exit;
pub mod key;
pub mod provenance;
pub mod schema;
pub mod time;

pub use code::{Code, SetAside};
pub use exit::Exit;
pub use provenance::{InputFile, Provenance};
pub use time::{Resolution, Timestamp};
