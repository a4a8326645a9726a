//! Which earlier activity is this, and who could it be? Ranking, calibration, competing hypotheses.
//!
//! A [`Query`] of techniques and tools is compared with all [`Candidates`], which are made of
//! profiles and of the table of [`Reports`] behind them. [`rank()`] gives every actor a score with all
//! its contributions and a probability; [`open`] makes room for an actor that nobody has described;
//! [`countries`] pools by country; [`evaluate`](mod@evaluate) scores all this on cases whose answer is
//! known.
//!
//! [`analyse`] goes on from there: it weighs all [`Observations`] of a case against every known actor
//! and against the answers that name none, shows the matrix, tries what the answer hangs on, judges
//! the basis and writes down what may be said.
//!
//! **Techniques alone never name anybody.** They are shared, bought, published and copied; what this
//! crate gives is a resemblance, to be weighed with everything else.
//!
//! Everything is a pure function: no clock, no file, no network.

mod assessment;
pub mod calibrate;
pub mod candidates;
mod confidence;
mod dossier;
mod error;
pub mod evaluate;
mod evidence;
pub mod features;
pub mod fit;
#[doc(hidden)]
pub mod fuzzing;
mod hypothesis;
mod knowledge;
mod matrix;
mod observation;
mod profile;
mod query;
pub mod rank;
mod reports;
mod sensitivity;
mod weigh;
mod weights;

pub use crate::assessment::{Analysis, Text, analyse};
pub use crate::calibrate::{Country, Open, countries, open};
pub use crate::candidates::{Candidates, Removal};
pub use crate::confidence::{Basis, Condition, confidence};
pub use crate::dossier::{Document, Dossier, Dossiers};
pub use crate::error::{Error, Result};
pub use crate::hypothesis::{Elicited, Hypotheses, Kind, MOST_ELICITED, Other};
pub use crate::knowledge::Knowledge;
pub use crate::matrix::{
    Cell, Column, Comparison, Difference, Line, Matrix, Opinion, Opinions, Reading, compare,
};
pub use crate::observation::{Denial, Observation, Observations, Proof, What};
pub use crate::profile::{MAX_BYTES, Profile, Profiles};
pub use crate::query::{Query, Standing};
pub use crate::rank::{Contribution, Explanation, Ranked, Ranking, explain, rank};
pub use crate::reports::{Reports, Use};
pub use crate::sensitivity::{Left, Omission, Sensitivity, Supposed, sensitivity};
pub use crate::weigh::{Answer, Argument, Pool, Row, Weighing, World, weigh};
pub use crate::weights::{Baseline, Fold, Model, Models, Weights};
