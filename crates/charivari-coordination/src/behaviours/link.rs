//! Posting the same link.
//!
//! **What it finds.** Accounts that posted one address within the window, once what does not change
//! the page (scheme, tracking parameters, fragment, order of the query) is put aside.
//!
//! **Why it matters.** Hack-and-leak operations live from bringing readers to one place: the leak,
//! the persona's channel, the front's website.
//!
//! **Innocent explanations.** Breaking news, a publisher's own accounts, feed readers and apps that
//! post a new article at once, a link in a newsletter.
//!
//! **Parameters.** None beyond the window. Shorteners and `t.co` cannot be followed offline: each
//! short address is an object of its own, and the summary counts them as unresolved.
//!
//! **Source.** Giglietto et al. 2020, "It takes a village to manipulate the media", Information,
//! Communication & Society 23(6); the rule itself is in `charivari_text::address`.

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct Link;

impl Behaviour for Link {
    fn name(&self) -> &'static str {
        "link"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["links"]
    }

    fn is_default(&self) -> bool {
        true
    }

    fn meaning(&self) -> &'static str {
        "Two accounts posted the same address, once what does not change the page is put aside."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "breaking news that strangers share within minutes",
            "a publisher's own accounts, or feed readers and apps that post each new article",
            "a link in a newsletter or a group that many members open at once",
        ]
    }

    fn objects(&self, post: &Post<'_>, _parameters: &Parameters, emit: &mut Emit<'_>) {
        for address in &post.addresses {
            emit.object(&address.url);
        }
    }
}
