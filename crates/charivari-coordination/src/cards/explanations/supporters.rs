//! A fan club, or the supporters of one person or cause.
//!
//! **What it finds.** Groups most of whose posts carry one hashtag or name one account, used by
//! nearly all of the accounts.
//!
//! **Why it matters.** Fans act together with more zeal than any paid crew: they agree on hours, on
//! hashtags and on texts, in the open.
//!
//! **Innocent explanations.** It is one. But an operation that pushes one hashtag or harasses one
//! account looks the same by this sign.
//!
//! **Parameters.** Half of the group's posts; four fifths of its accounts.
//!
//! **Source.** Ours, after the fan clubs that detectors of coordination keep finding, for instance
//! in Pacheco et al., "Uncovering coordinated networks on social media", ICWSM 2021.

use super::{Explanation, Facts, Judgement, percent};

/// See the module's documentation.
pub(super) struct Supporters;

impl Explanation for Supporters {
    fn name(&self) -> &'static str {
        "supporters"
    }

    fn meaning(&self) -> &'static str {
        "A fan club, or supporters of one person, team or cause, who agree on it in the open."
    }

    fn judge(&self, facts: &Facts) -> Judgement {
        let Some(name) = &facts.top_name else {
            return Judgement::NotMeasured("hashtags or mentions");
        };
        if name.share < 0.5 || f64::from(name.accounts) < 0.8 * f64::from(facts.accounts) {
            return Judgement::DoesNot;
        }
        Judgement::Fits(format!(
            "{} of all posts carry {}, and {} of {} accounts used it.",
            percent(name.share),
            name.name,
            name.accounts,
            facts.accounts,
        ))
    }
}
