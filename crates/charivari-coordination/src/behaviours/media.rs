//! Posting the same picture or video.
//!
//! **What it finds.** Accounts that posted the same attachment, known by the platform's id or by a
//! digest, within the window.
//!
//! **Why it matters.** Pictures are handed out to a network ready-made; an id that stays the same
//! across accounts says that the file was not uploaded anew by each.
//!
//! **Innocent explanations.** A meme that spreads, a publisher's preview picture, a sticker or a
//! default picture that the platform offers to all.
//!
//! **Parameters.** None beyond the window. Ids are told apart by platform.
//!
//! **Source.** Pacheco et al. 2021, case study 2 (shared images); CooRTweet's `phash` examples.

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct Media;

impl Behaviour for Media {
    fn name(&self) -> &'static str {
        "media"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["media"]
    }

    fn is_default(&self) -> bool {
        true
    }

    fn meaning(&self) -> &'static str {
        "Two accounts posted the same picture or video, known by the platform's id or by a digest."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "a meme or a news picture that many pass on",
            "a preview picture that a publisher attaches to its article",
            "a sticker, a sound or a default picture that the platform offers to all",
        ]
    }

    fn objects(&self, post: &Post<'_>, _parameters: &Parameters, emit: &mut Emit<'_>) {
        for media in &post.media {
            emit.keyed(post.platform, media);
        }
    }
}
