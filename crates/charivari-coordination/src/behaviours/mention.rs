//! Mentioning the same account.
//!
//! **What it finds.** Accounts that mentioned one account within the window.
//!
//! **Why it matters.** Harassment and begging for attention (of journalists, of officials) are done
//! by many accounts naming one.
//!
//! **Innocent explanations.** Public figures are mentioned by everyone; a customer service, a
//! competition or a thread with many participants gathers mentions.
//!
//! **Parameters.** None beyond the window. The object is the mentioned account as the source names
//! it, in lower case, told apart by platform.
//!
//! **Source.** Iannucci et al. 2025, arXiv 2512.19677 (the mention layer); Pacheco et al. 2021.

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct Mention;

impl Behaviour for Mention {
    fn name(&self) -> &'static str {
        "mention"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["mentions"]
    }

    fn is_default(&self) -> bool {
        false
    }

    fn meaning(&self) -> &'static str {
        "Two accounts mentioned the same account."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "public figures and services are mentioned by everyone",
            "a thread or a competition in which each answer keeps the mentions of the first",
        ]
    }

    fn objects(&self, post: &Post<'_>, _parameters: &Parameters, emit: &mut Emit<'_>) {
        for mention in &post.mentions {
            let name = mention.trim_start_matches(['@', '＠']).to_lowercase();
            emit.keyed(post.platform, &name);
        }
    }
}
