//! Using the same hashtags in the same order.
//!
//! **What it finds.** Accounts whose posts carry the same sequence of hashtags within the window.
//!
//! **Why it matters.** A person picks one hashtag; a template carries a row of them, always in the
//! same order.
//!
//! **Innocent explanations.** An event or a campaign that publishes its row of hashtags, a
//! crossposting app, a brand's standard signature.
//!
//! **Parameters.** `min_sequence`: the fewest hashtags in a row, 3 by default; Luceri et al. take 5.
//! Formats whose exports do not keep the order of hashtags give them sorted, so that only the set
//! counts there.
//!
//! **Source.** Pacheco et al. 2021, case study 3; Luceri et al. 2024, "Unmasking the Web of Deceit",
//! WWW, section 3.

use charivari_text::hashtag::normalise_hashtag_into;

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct HashtagSequence;

impl Behaviour for HashtagSequence {
    fn name(&self) -> &'static str {
        "hashtag-sequence"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["hashtags"]
    }

    fn is_default(&self) -> bool {
        true
    }

    fn meaning(&self) -> &'static str {
        "Two accounts used the same row of hashtags in the same order."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "an event or a campaign that publishes its row of hashtags",
            "an app that posts to several accounts of one owner",
            "a standard signature of a brand, a club or a newsroom",
        ]
    }

    fn objects(&self, post: &Post<'_>, parameters: &Parameters, emit: &mut Emit<'_>) {
        if post.hashtags.len() < parameters.min_sequence {
            return;
        }
        emit.scratch.clear();
        let mut tag = String::new();
        let mut count = 0;
        for hashtag in &post.hashtags {
            tag.clear();
            normalise_hashtag_into(hashtag, &mut tag);
            if tag.is_empty() {
                continue;
            }
            if count > 0 {
                emit.scratch.push(' ');
            }
            emit.scratch.push_str(&tag);
            count += 1;
        }
        if count >= parameters.min_sequence {
            emit.scratch();
        }
    }
}
