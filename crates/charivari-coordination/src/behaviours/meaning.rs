//! # What it finds
//! Accounts that said the same in other words, or in another language.
//!
//! # Why it matters
//! Ready-made messages are reworded, more and more by language models, so that no filter for equal or
//! similar texts sees them, and are translated for each audience.
//!
//! # Innocent explanations
//! Wire copy that newsrooms each put into their own words; a press release and its translations;
//! common phrases, greetings and prayers; short remarks on one event, which lie close whatever they
//! claim of it.
//!
//! # Parameters
//! A text model, named by the analyst and never fetched; without one nothing is looked for.
//! `same_meaning`: the least cosine with the representative of a cluster. `min_text` applies.
//!
//! # Source
//! Charikar, Similarity estimation techniques from rounding algorithms, 2002; model2vec (static
//! embeddings), 2024; VIGINUM's D3lta, 2023, for rewording and translation beside copying.

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct Meaning;

impl Behaviour for Meaning {
    fn name(&self) -> &'static str {
        crate::meant::NAME
    }

    fn needs(&self) -> &'static [&'static str] {
        &["text"]
    }

    fn is_default(&self) -> bool {
        false
    }

    fn meaning(&self) -> &'static str {
        "Two accounts said the same in other words or in another language, as a text model has it."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "wire copy that newsrooms each put into their own words",
            "a press release, or a campaign's published text, in several languages",
            "common phrases, greetings and prayers",
            "short remarks on one event, which a model holds to be alike whatever they claim",
        ]
    }

    /// Whether texts mean the same is known once all are there: see [`crate::meant`].
    fn objects(&self, _post: &Post<'_>, _parameters: &Parameters, _emit: &mut Emit<'_>) {}
}
