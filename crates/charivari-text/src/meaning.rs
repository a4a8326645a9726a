//! Meaning: which texts say the same in other words, or in another language?
//!
//! Copies are reworded by people and by language models, and translated for each audience; what
//! [`crate::near`] compares, their letters, is then all different. A **static embedding** gives each
//! piece of a word a direction that training has fixed once and for all; the mean of its pieces is
//! the direction of a text, and texts that say the same lie close together. There is no such model
//! here and none is ever fetched: the analyst names a folder that holds one in the form of *model2vec*
//! (`tokenizer.json` and `model.safetensors`).
//!
//! 1. Texts are normalised ([`crate::normalise`]); equal ones are one *form*.
//! 2. Each form is cut into pieces as the model's tokenizer says ([`Model`]) and embedded. Pieces that
//!    the model does not know are left out; a form without any known piece is set aside and counted.
//! 3. **Candidates** by random hyperplanes (Charikar 2002): 32 tables, in each of which forms on the
//!    same side of some planes meet. Two forms with a cosine of 0.9 meet in 99 of 100 cases among
//!    130,000 forms, with 0.8 in 88; among 4,000 practically always.
//! 4. **Clusters are stars**, as in [`crate::near`]: every member is verified against its
//!    representative, so that nothing is joined by a chain of small steps.
//!
//! The result depends on the texts and the model, not on their order or the number of threads.
//!
//! **What is joined wrongly.** A mean of words knows no order and hardly any negation: "the data are
//! genuine" and "the data are not genuine" are one. Short texts about one matter lie close whatever
//! they claim of it. **What is missed.** Words that the model does not know; irony; texts in languages
//! that it was not trained on; and pairs that never became candidates.
//!
//! **Hostile input.** Sizes in the model's files are checked before they are used; a form is compared
//! with at most 24 others in each table and keeps at most 64 neighbours, and [`Counts::pairs_capped`]
//! says how many pairs were passed over.

mod cluster;
mod model;
mod pieces;
mod tensors;

pub use cluster::{Clusters, Counts, NONE, Options, cluster};
pub use model::Model;

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// Which of its files.
    pub file: &'static str,
    /// What was expected and what was met.
    pub why: String,
}

impl Unusable {
    fn tokenizer(why: impl Into<String>) -> Self {
        Self { file: "tokenizer.json", why: why.into() }
    }

    fn tensors(why: impl Into<String>) -> Self {
        Self { file: "model.safetensors", why: why.into() }
    }
}

impl std::fmt::Display for Unusable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.file, self.why)
    }
}

impl std::error::Error for Unusable {}
