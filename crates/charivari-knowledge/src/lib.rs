//! Actors, techniques and names, as they were known on a date.
//!
//! [`Knowledge`] holds what several collections say: ATT&CK, DISARM, MISP galaxies, Microsoft's list
//! of names and the project's own [packs](pack). They are kept side by side: a name that two of them
//! use is two claims, each with its source, and never a merge. A [`View`] is that knowledge as of a
//! date, in which nothing is seen that was not public by then.
//!
//! Invariants: no file, no clock, no network. An import gives what could be read and says what could
//! not; it never changes what it is added to halfway.

mod actor;
mod alias;
mod campaign;
mod catalogue;
mod day;
mod diff;
mod error;
#[doc(hidden)]
pub mod fuzzing;
pub mod import;
pub mod index;
mod knowledge;
pub mod pack;
mod search;
mod shipped;
mod source;
mod view;

pub use actor::{Actor, Cited, Country, Mapped, Name, Relation, Trait, TraitKind, Use, Used};
pub use alias::{Carrier, names_like, plain_name};
pub use campaign::{Attributed, Campaign};
pub use catalogue::{Ability, Software, TechniqueEntry, Vocabulary};
pub use day::Day;
pub use diff::{Change, diff};
pub use error::{Error, Fault, Result};
pub use knowledge::{Collection, Knowledge, Origin};
pub use search::{Hit, Hits};
pub use shipped::shipped;
pub use source::Source;
pub use view::{Hidden, View};
