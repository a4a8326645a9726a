//! # What it finds
//! Accounts that posted near-copies of one text: words swapped, a greeting put in front, emoji,
//! punctuation, hashtags or mentions put in.
//!
//! # Why it matters
//! Ready-made texts are edited by hand or by a program so that filters for equal texts miss them.
//!
//! # Innocent explanations
//! Templates of share buttons, headlines that differ in a name or a number, greetings and prayers.
//!
//! # Parameters
//! None; `min_text` does not apply. Texts of less than about thirty letters are never near-copies:
//! see [`charivari_text::near`].
//!
//! # Source
//! Broder, On the resemblance and containment of documents, 1997; VIGINUM's D3lta, 2023.

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct NearText;

impl Behaviour for NearText {
    fn name(&self) -> &'static str {
        crate::near::NAME
    }

    fn needs(&self) -> &'static [&'static str] {
        &["text"]
    }

    fn is_default(&self) -> bool {
        true
    }

    fn meaning(&self) -> &'static str {
        "Two accounts posted the same text with small edits."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "a share button or an app that fills a template",
            "headlines, weather or match reports that differ in a name or a number",
            "greetings, prayers and slogans that people adapt",
        ]
    }

    /// Whether a text is a near-copy is known once all are: see [`crate::near`].
    fn objects(&self, _post: &Post<'_>, _parameters: &Parameters, _emit: &mut Emit<'_>) {}
}
