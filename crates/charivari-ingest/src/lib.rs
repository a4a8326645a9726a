//! Platform exports of many formats, read as canonical posts, accounts and traces.
//!
//! [`read`] is the way in: it unpacks, recognises each input from its content ([`formats`]), cuts
//! it into records, and hands Arrow batches on in a defined order. Rows that cannot be read are
//! counted, kept aside with a code, and never stop a run.
//!
//! Invariants: a format sees one record at a time and knows no file; nothing is fetched; every
//! decoder is capped; the batches are the same for any number of threads.

mod archive;
mod cells;
mod columns;
mod entities;
pub mod error;
pub mod field;
pub mod formats;
#[doc(hidden)]
pub mod fuzzing;
pub mod head;
pub mod id;
mod input;
mod job;
mod json;
mod lists;
mod options;
mod part;
mod plain;
pub mod post;
pub mod profile;
mod read;
mod records;
mod rows;
mod table;
pub mod tables;
pub mod time;
mod unpack;

pub use cells::Cell;
pub use error::{Error, Result};
pub use field::Field;
pub use input::Input;
pub use options::{DateOrder, Limits, Options};
pub use plain::{PlainPart, plain_parts};
pub use profile::Profile;
pub use read::{MAX_ASIDE, PartReport, Progress, read};
pub use records::Record;
pub use rows::{Batch, Fault, Note, Rows};
pub use table::Row;
