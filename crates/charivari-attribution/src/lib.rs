//! Which earlier activity is this, and who could it be? Ranking, calibration, competing hypotheses.
//!
//! A [`Query`] of techniques and tools is compared with all [`Candidates`], which are made of
//! profiles and of the [`Reports`] behind them: those of a view of the knowledge ([`knowledge_of`]),
//! so that nothing counts that was not public on a day, or profiles of a file. [`rank()`] gives every actor a score with all
//! its contributions and a probability; [`open`] makes room for an actor that nobody has described;
//! [`countries`] pools by country; [`evaluate`](mod@evaluate) scores all this on cases whose answer is
//! known.
//!
//! **Techniques alone never name anybody.** They are shared, bought, published and copied; what this
//! crate gives is a resemblance, to be weighed with everything else.
//!
//! Everything is a pure function: no clock, no file, no network.

pub mod calibrate;
pub mod candidates;
mod error;
pub mod evaluate;
pub mod features;
pub mod fit;
#[doc(hidden)]
pub mod fuzzing;
mod knowledge;
mod of_view;
mod profile;
mod query;
pub mod rank;
mod reports;
mod weights;

pub use crate::calibrate::{Country, Open, countries, open};
pub use crate::candidates::{Candidates, Removal};
pub use crate::error::{Error, Result};
pub use crate::knowledge::Knowledge;
pub use crate::of_view::knowledge_of;
pub use crate::profile::{MAX_BYTES, Profile, Profiles};
pub use crate::query::{Query, Standing};
pub use crate::rank::{Contribution, Explanation, Ranked, Ranking, explain, rank};
pub use crate::reports::{Reports, Subject, Use};
pub use crate::weights::{Baseline, Fold, Model, Models, Weights};
