//! What else could make a group act together, each with the sign in the data that it rests on.
//!
//! An explanation that *fits* is one that the data do not speak against; it is not shown to be
//! true, and more than one may fit. One that does not fit may still be true: its sign may be missing
//! from the export. Where what it rests on was not read, that is said.
//!
//! Each file has the fixed headings *What it finds · Why it matters · Innocent explanations ·
//! Parameters · Source*. To add one, write its file, declare it and put it into [`EXPLANATIONS`].

mod application;
mod campaign;
mod event;
mod facts;
mod names;
mod news;
mod schedule;
mod sites;
mod supporters;

use serde::Serialize;

pub use facts::{Burst, Facts};
pub use names::Name;
pub use schedule::Round;
pub use sites::Sites;

/// All explanations.
pub static EXPLANATIONS: &[&dyn Explanation] = &[
    &news::News,
    &application::Application,
    &supporters::Supporters,
    &campaign::Campaign,
    &event::Event,
    &schedule::Schedule,
];

/// One innocent explanation.
pub trait Explanation: Sync {
    /// The stable name.
    fn name(&self) -> &'static str;

    /// What the accounts may be, as a sentence for a reader.
    fn meaning(&self) -> &'static str;

    /// Whether it fits what was measured of a group.
    fn judge(&self, facts: &Facts) -> Judgement;
}

/// Whether an explanation fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It fits; the sign, as a sentence with its figures.
    Fits(String),
    /// Its sign was looked for, and is not there.
    DoesNot,
    /// What it rests on was not read; what that is.
    NotMeasured(&'static str),
}

/// An explanation that fits a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fit {
    /// Its stable name.
    pub name: &'static str,
    /// What the accounts may be.
    pub meaning: &'static str,
    /// The measured sign.
    pub sign: String,
}

/// An explanation of which nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NotMeasured {
    /// Its stable name.
    pub name: &'static str,
    /// What it would need.
    pub needs: &'static str,
}

/// What could explain a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Explanations that fit.
    pub fits: Vec<Fit>,
    /// Those of which nothing can be said.
    pub not_measured: Vec<NotMeasured>,
}

/// Judges all explanations by what was measured of a group.
pub fn of(facts: &Facts) -> Explained {
    let mut explained = Explained::default();
    for explanation in EXPLANATIONS {
        let name = explanation.name();
        match explanation.judge(facts) {
            Judgement::Fits(sign) => {
                explained.fits.push(Fit { name, meaning: explanation.meaning(), sign });
            }
            Judgement::DoesNot => {}
            Judgement::NotMeasured(needs) => {
                explained.not_measured.push(NotMeasured { name, needs });
            }
        }
    }
    explained
}

/// A share as a reader sees it.
fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests;
