//! The vocabulary of Charivari as types, and nothing else.
//!
//! Every other crate speaks in these words: an instant is a [`Timestamp`], an account or a post is
//! known by its [`key`], a row that could not be read is a [`SetAside`] with a [`Code`], a table
//! has a schema from [`schema`], a case is made of the records in [`case`], and a process ends with an
//! [`Exit`].
//!
//! Invariant: this crate does no input or output, keeps no state and knows no analyser.

pub mod case;
pub mod cells;
pub mod code;
pub mod estimate;
pub mod exit;
pub mod grade;
pub mod key;
pub mod provenance;
pub mod schema;
pub mod technique;
pub mod time;
pub mod tlp;
pub mod when;

pub use cells::{Cell, Column, RowSink, TableHead};
pub use code::{Code, SetAside};
pub use estimate::{Confidence, Likelihood};
pub use exit::Exit;
pub use grade::Grade;
pub use provenance::{InputFile, Provenance};
pub use technique::{Framework, Technique};
pub use time::{Resolution, Timestamp};
pub use tlp::Tlp;
pub use when::When;
