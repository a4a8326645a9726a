//! What a run of the coordination analysis is asked for.

use charivari_model::time::MICROS_PER_SECOND;

use crate::behaviours::{BEHAVIOURS, Behaviour};

/// The parameters; the defaults are those of the command line.
#[derive(Clone, Debug)]
pub struct Parameters {
    /// The places in [`BEHAVIOURS`] of the behaviours looked for, ascending.
    pub behaviours: Vec<usize>,
    /// The longest difference between the times of two traces that still is an act, in
    /// microseconds, the bound included.
    pub window: i64,
    /// Whether chance is tested, and over which windows.
    pub testing: Testing,
    /// The false discovery rate up to which an edge is called significant.
    pub significance_level: f64,
    /// The fewest distinct objects on which two accounts must have met to be joined by an edge.
    pub min_weight: u64,
    /// The fewest posts with a trace that an account must have to be looked at.
    pub min_activity: u64,
    /// Whether reposts count for the other behaviours too.
    pub include_reposts: bool,
    /// The fewest letters and digits of a text that counts for `text`.
    pub min_text: usize,
    /// The fewest hashtags of a sequence that counts for `hashtag-sequence`.
    pub min_sequence: usize,
    /// The least cosine of texts that count for `meaning`, where a text model is given.
    pub same_meaning: f64,
    /// The most acts that are listed of one object; an object with more is counted exactly, and
    /// its listing is cut, closest first.
    pub max_acts_per_object: u64,
    /// The most acts that are listed in all: where the objects have more, the cap for each is
    /// lowered until they fit.
    pub max_acts: u64,
}

/// Whether chance is tested, and over which windows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Testing {
    /// Not at all: the plain network, and its speed.
    Off,
    /// Over the window that was named.
    Window,
    /// Over several windows, learnt from the data; the looks are paid for.
    #[default]
    Learnt,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            behaviours: defaults().collect(),
            window: 60 * MICROS_PER_SECOND,
            testing: Testing::default(),
            significance_level: 0.05,
            min_weight: 2,
            min_activity: 1,
            include_reposts: false,
            min_text: 20,
            min_sequence: 3,
            same_meaning: 0.8,
            max_acts_per_object: 4_000_000,
            max_acts: 60_000_000,
        }
    }
}

impl Parameters {
    /// The defaults without a test of chance: every group of the plain network is shown.
    pub fn plain() -> Self {
        Self { testing: Testing::Off, ..Self::default() }
    }

    /// The behaviours looked for.
    pub fn wanted(&self) -> impl Iterator<Item = (usize, &'static dyn Behaviour)> + '_ {
        self.behaviours.iter().filter_map(|place| Some((*place, *BEHAVIOURS.get(*place)?)))
    }

    /// The columns of the posts table that the analysis reads; for `text_digest` see
    /// [`Behaviour::needs`].
    pub fn columns(&self) -> Vec<&'static str> {
        let mut columns = vec!["platform", "post_id", "account_id", "handle", "time", "is_repost"];
        // Where each post stands, so that its text can be looked up again as evidence.
        columns.extend(["input", "row"]);
        columns.extend(self.wanted().flat_map(|(_, behaviour)| behaviour.needs().iter().copied()));
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

/// The places of the behaviours that are looked for when none is named.
pub fn defaults() -> impl Iterator<Item = usize> {
    BEHAVIOURS.iter().enumerate().filter(|(_, behaviour)| behaviour.is_default()).map(|(at, _)| at)
}
