//! Reposting the same post.
//!
//! **What it finds.** Accounts that passed on the same post within the window.
//!
//! **Why it matters.** Paid and automated amplifiers raise a post by reposting it together; it is
//! the trace that most published cases rest on.
//!
//! **Innocent explanations.** Followers of a popular account see its posts at the same time; a
//! platform shows a trending post to many at once; a fan club or a party's volunteers answer a
//! published call.
//!
//! **Parameters.** None beyond the window. The object is the original post. Where the source does
//! not name it, it is the text passed on, as in the `text` behaviour but of any length.
//!
//! **Source.** Pacheco et al. 2021, "Uncovering Coordinated Networks on Social Media", ICWSM, case
//! study 4; Keller et al. 2020, "Political Astroturfing on Twitter", Political Communication 37(2).

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct Repost;

impl Behaviour for Repost {
    fn name(&self) -> &'static str {
        "repost"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["repost_of", "is_repost", "text_digest"]
    }

    fn is_default(&self) -> bool {
        true
    }

    fn is_of_reposts(&self) -> bool {
        true
    }

    fn meaning(&self) -> &'static str {
        "Two accounts passed on the same post; where the source does not name it, a post with the same text."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "followers of one popular account see its posts at the same moment",
            "the platform showed a trending post to many people at once",
            "a fan club, a party or a campaign answered a public call",
        ]
    }

    fn objects(&self, post: &Post<'_>, _parameters: &Parameters, emit: &mut Emit<'_>) {
        if !post.repost_of.is_empty() {
            emit.keyed(post.platform, post.repost_of);
        } else if post.is_repost {
            super::text::emit_digest(post, 1, emit);
        }
    }
}
