//! A campaign with a published call.
//!
//! **What it finds.** Large, loose groups whose objects were shared by many more accounts outside of
//! them, with long delays.
//!
//! **Why it matters.** A petition, a party or a movement that asks its readers to post something
//! brings many strangers to the same object within the hour.
//!
//! **Innocent explanations.** It is one. But a crew that jumps on what is popular already also
//! shares its objects with many outsiders. Look for the call: it is public.
//!
//! **Parameters.** At least ten accounts; at most half of their pairs joined; at least three of four
//! sharers of the median object outside; the mean delay at least a quarter of the window.
//!
//! **Source.** Ours.

use super::{Explanation, Facts, Judgement, percent};

/// See the module's documentation.
pub(super) struct Campaign;

impl Explanation for Campaign {
    fn name(&self) -> &'static str {
        "published-call"
    }

    fn meaning(&self) -> &'static str {
        "People who answered a public call to post something at a certain time."
    }

    fn judge(&self, facts: &Facts) -> Judgement {
        let large_and_loose = facts.accounts >= 10 && facts.density <= 0.5;
        if !large_and_loose || facts.outsiders < 0.75 || facts.delay_share < 0.25 {
            return Judgement::DoesNot;
        }
        Judgement::Fits(format!(
            "{} accounts of which {} of the pairs are joined; of the {} sharers of the median object \
             {} are outside the group; the mean delay is {} of the window.",
            facts.accounts,
            percent(facts.density),
            facts.sharers,
            percent(facts.outsiders),
            percent(facts.delay_share),
        ))
    }
}
