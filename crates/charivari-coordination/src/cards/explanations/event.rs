//! A live event.
//!
//! **What it finds.** Groups most of whose posts in acts fall within six hours, while their accounts
//! post for days.
//!
//! **Why it matters.** A match, a debate, an earthquake or a broadcast makes strangers say the same
//! at the same minute.
//!
//! **Innocent explanations.** It is one. But a leak is an event, too, and an operation may be made
//! for one day. Ask what happened in those hours.
//!
//! **Parameters.** Six hours; six of ten posts; at least ten posts in acts; posts over at least three
//! days.
//!
//! **Source.** Ours; that live events make honest accounts look coordinated is widely reported, for
//! instance in Pacheco et al., ICWSM 2021.

use super::{Explanation, Facts, Judgement, percent};

/// See the module's documentation.
pub(super) struct Event;

impl Explanation for Event {
    fn name(&self) -> &'static str {
        "live-event"
    }

    fn meaning(&self) -> &'static str {
        "People who followed one live event and posted about it as it happened."
    }

    fn judge(&self, facts: &Facts) -> Judgement {
        let burst = &facts.burst;
        if burst.days < 3.0 {
            return Judgement::NotMeasured("posts of these accounts over three days or more");
        }
        if burst.posts < 10 || burst.share < 0.6 {
            return Judgement::DoesNot;
        }
        Judgement::Fits(format!(
            "{} of {} posts in acts fall within six hours, while the accounts post over {:.0} days.",
            percent(burst.share),
            burst.posts,
            burst.days,
        ))
    }
}
