//! Replying to the same post.
//!
//! **What it finds.** Accounts that answered one post within the window.
//!
//! **Why it matters.** Swarms fall on one post to drown it, to harass its author or to place a link
//! under it.
//!
//! **Innocent explanations.** A popular post draws many answers within minutes from strangers; fans
//! and critics follow the same accounts.
//!
//! **Parameters.** None beyond the window. The object is the post answered; where the source names
//! only its author, the author.
//!
//! **Source.** Coordination Network Toolkit, `co_reply`; Pote et al. 2025 on coordinated replies.

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct Reply;

impl Behaviour for Reply {
    fn name(&self) -> &'static str {
        "reply"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["reply_to", "reply_to_account"]
    }

    fn is_default(&self) -> bool {
        true
    }

    fn meaning(&self) -> &'static str {
        "Two accounts answered the same post; where the source names only its author, the same author."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "a popular post draws many answers from strangers within minutes",
            "fans and critics who follow the same account",
        ]
    }

    fn objects(&self, post: &Post<'_>, _parameters: &Parameters, emit: &mut Emit<'_>) {
        if !post.reply_to.is_empty() {
            emit.keyed(post.platform, post.reply_to);
        } else if !post.reply_to_account.is_empty() {
            emit.scratch.clear();
            for part in ["account:", post.platform, ":", post.reply_to_account] {
                emit.scratch.push_str(part);
            }
            emit.scratch();
        }
    }
}
