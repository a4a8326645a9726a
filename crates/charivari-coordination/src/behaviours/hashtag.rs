//! Using the same hashtag.
//!
//! **What it finds.** Accounts that used one hashtag within the window.
//!
//! **Why it matters.** Hashtags are raised into the trends by many accounts at once.
//!
//! **Innocent explanations.** A hashtag exists to be shared: broadcasts, matches, protests and
//! jokes gather strangers on one within seconds. Without a test of chance this layer says little.
//!
//! **Parameters.** None beyond the window. Case and Unicode forms are put aside.
//!
//! **Source.** Burghardt et al. 2023, "Socio-linguistic characteristics of coordinated inauthentic
//! accounts", section 3; CooRTweet.

use charivari_text::hashtag::normalise_hashtag_into;

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct Hashtag;

impl Behaviour for Hashtag {
    fn name(&self) -> &'static str {
        "hashtag"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["hashtags"]
    }

    fn is_default(&self) -> bool {
        false
    }

    fn meaning(&self) -> &'static str {
        "Two accounts used the same hashtag."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "a broadcast, a match, a protest or a joke gathers strangers on one hashtag",
            "a hashtag that the platform lists as trending draws more of itself",
        ]
    }

    fn objects(&self, post: &Post<'_>, _parameters: &Parameters, emit: &mut Emit<'_>) {
        for hashtag in &post.hashtags {
            emit.scratch.clear();
            normalise_hashtag_into(hashtag, emit.scratch);
            emit.scratch();
        }
    }
}
