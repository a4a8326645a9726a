//! Linking to the same site.
//!
//! **What it finds.** Accounts that linked to one registrable domain within the window.
//!
//! **Why it matters.** A network may push every page of one site, each account another page.
//!
//! **Innocent explanations.** Large sites are linked by everyone all the time: without a test of
//! chance this layer says little. Readers of one newspaper, staff of one publisher, an app's links.
//!
//! **Parameters.** None beyond the window. The domain is the registrable one by the public suffix
//! list; an IP address stands for itself.
//!
//! **Source.** CooRTweet's `domain` examples; publicsuffix.org.

use charivari_text::address::registrable_domain;

use super::{Behaviour, Emit};
use crate::parameters::Parameters;
use crate::posts::Post;

/// See the module's documentation.
pub(super) struct Domain;

impl Behaviour for Domain {
    fn name(&self) -> &'static str {
        "domain"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["links"]
    }

    fn is_default(&self) -> bool {
        false
    }

    fn meaning(&self) -> &'static str {
        "Two accounts linked to the same site, whatever the page."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "large sites are linked by everyone, all the time",
            "readers of one newspaper or staff of one publisher",
            "an app or a platform whose own links all go to one site",
        ]
    }

    fn objects(&self, post: &Post<'_>, _parameters: &Parameters, emit: &mut Emit<'_>) {
        for address in &post.addresses {
            if let Some(domain) = registrable_domain(&address.host) {
                emit.object(domain);
            }
        }
    }
}
