//! Posting the same text.
//!
//! **What it finds.** Accounts that posted one text within the window, once case, white space,
//! mentions and links are put aside.
//!
//! **Why it matters.** Ready-made texts are handed out to be copied ("copy-pasta"); links are put
//! aside because platforms shorten each anew, and mentions because each copy may name another
//! target.
//!
//! **Innocent explanations.** A share button that writes the text, a headline, a quotation, a
//! petition or a campaign with a published text, a greeting.
//!
//! **Parameters.** `min_text`: the fewest letters and digits that a text must have to count, so that
//! "good morning" is no evidence.
//!
//! **Source.** Coordination Network Toolkit, `co_tweet` (which keeps links, and so misses copies);
//! the rule itself is in `charivari_text::normalise`. The object is shown as the first 16 bytes of
//! the SHA-256 of the normalised text.

use charivari_text::normalise;

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct Text;

impl Behaviour for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["text_digest"]
    }

    fn is_default(&self) -> bool {
        true
    }

    fn meaning(&self) -> &'static str {
        "Two accounts posted the same text, once case, white space, mentions and links are put aside."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "a share button that writes the text, or a headline that many quote",
            "a petition or a campaign with a published text",
            "a quotation, a song line, a greeting or a joke that goes round",
        ]
    }

    fn objects(&self, post: &Post<'_>, parameters: &Parameters, emit: &mut Emit<'_>) {
        emit_digest(post, parameters.min_text, emit);
    }
}

/// Emits the digest of the text once normalised, if it has at least `least` letters and digits.
pub(super) fn emit_digest(post: &Post<'_>, least: usize, emit: &mut Emit<'_>) {
    if let Some((digest, significant)) = post.text_key {
        if significant as usize >= least {
            emit_known(digest, emit);
        }
        return;
    }
    emit.scratch.clear();
    if emit.normaliser.normalise_into(post.text, emit.scratch) >= least {
        emit_known(&normalise::digest_of_normalised(emit.scratch), emit);
    }
}

fn emit_known(digest: &[u8], emit: &mut Emit<'_>) {
    emit.scratch.clear();
    emit.scratch.push_str("text:");
    normalise::hex_into(digest, emit.scratch);
    emit.scratch();
}
