//! Where a fact was read.

use serde::{Deserialize, Serialize};

use crate::Day;

/// A document, or a collection as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The name by which its collection cites it.
    pub key: String,
    /// What it is called, with who published it.
    pub title: String,
    /// When it became public; unknown where the collection does not say.
    pub date: Option<Day>,
    /// Where it stands; empty where nothing is said.
    pub url: String,
    /// Whether whoever wrote the fact down had the text at hand, or remembered it.
    pub read: bool,
}
