//! One application that posts for its users.
//!
//! **What it finds.** Groups that met mostly on texts, at all hours alike, with delays as loose as
//! those of strangers.
//!
//! **Why it matters.** Games, petitions, quizzes and share buttons write the same sentence for
//! everybody who presses the button. Its users need not know of each other.
//!
//! **Innocent explanations.** It is one. But the accounts of one operator who posts through a tool
//! of their own look alike.
//!
//! **Parameters.** Half of the objects are texts; the entropy of the hours is at least 95 % of that
//! of hours all alike; the mean delay is at least a quarter of the window (a half is what accident
//! would give).
//!
//! **Source.** Ours. The name of the client that posted would say more; the posts table has none.

use super::{Explanation, Facts, Judgement, percent};

/// See the module's documentation.
pub(super) struct Application;

impl Explanation for Application {
    fn name(&self) -> &'static str {
        "one-application"
    }

    fn meaning(&self) -> &'static str {
        "Users of one application or share button that writes the text for them."
    }

    fn judge(&self, facts: &Facts) -> Judgement {
        let Some(texts) = facts.texts else {
            return Judgement::NotMeasured("which behaviour each trace shows");
        };
        let Some(evenness) = facts.evenness else {
            return Judgement::NotMeasured("more hours in which the accounts were active");
        };
        if texts < 0.5 || evenness < 0.95 || facts.delay_share < 0.25 {
            return Judgement::DoesNot;
        }
        Judgement::Fits(format!(
            "{} of the objects are texts, posted round the clock (the hours are {} as even as can be), \
             and the mean delay is {} of the window; users who know nothing of each other would have \
             about half.",
            percent(texts),
            percent(evenness),
            percent(facts.delay_share),
        ))
    }
}
