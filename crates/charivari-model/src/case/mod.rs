//! What a case keeps: evidence, who said what, what was found and how, and a log of it all.
//!
//! These are records as the case hands them to reports and exporters, gathered in a [`Dossier`].
//! Strings stand as they were given: whoever shows them makes them safe.

mod claim;
mod dossier;
mod evidence;
mod finding;
mod log;
mod observed;
mod picture;
mod record;
mod redaction;
mod reference;

pub use claim::{Check, Claim, Quantity, Rate, Subject, Verdict};
pub use dossier::{Dossier, Head, Left, Moment, Signed};
pub use evidence::{Custody, Evidence};
pub use finding::{
    Account, Beside, Decision, Finding, Locator, Measure, Method, Ruling, Run, Table, Tagged,
};
pub use log::{Entry, Hash};
pub use observed::{Observed, Sign, Standing};
pub use picture::{Picture, PictureEdge, PictureGroup, PictureNode, PicturePlace, PlaceSort};
pub use record::{
    Actor, Alias, Assessment, Event, Hypothesis, Link, Note, Passage, Relation, Weighed,
};
pub use redaction::Redaction;
pub use reference::{Kind, Ref};
