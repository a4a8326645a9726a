//! Signs that accounts are run together or by a machine, whatever they say; one file each, in one
//! static list.
//!
//! Behaviours ([`crate::behaviours`]) look at what accounts touch. Detectors look at the accounts
//! themselves: when they post, at which hours, and what their profiles show. Each file's doc
//! comment has the fixed headings *What it finds · Why it matters · Innocent explanations ·
//! Parameters · Source*. To add one, write its file, declare it and put it into [`DETECTORS`].
//!
//! A detector is a pure function from a [`Context`] to [`Signs`]. No sign is a verdict: each has a
//! p-value under a null that its file states, or a measure beside what is usual in the same data.

mod cadence;
mod chance;
mod profile;
mod signs;
mod sync;

pub use signs::{Note, Sign, Signs};

/// All detectors.
pub static DETECTORS: &[&dyn Detector] = &[&sync::Sync, &cadence::Cadence, &profile::Profile];

/// One way of looking at accounts.
pub trait Detector: std::marker::Sync {
    /// The stable name, for the command line and for tables.
    fn name(&self) -> &'static str;

    /// What it finds, as a sentence for a reader.
    fn description(&self) -> &'static str;

    /// What else could make accounts look so, as sentences for a reader.
    fn innocent_explanations(&self) -> &'static [&'static str];

    /// The parts of the [`Context`] without which it has nothing to say.
    fn needs(&self) -> &'static [&'static str];

    /// Looks for its signs. What the context lacks is noted, not guessed.
    fn run(&self, context: &Context<'_>) -> Signs;
}

/// The detector called `name`.
pub fn by_name(name: &str) -> Option<&'static dyn Detector> {
    DETECTORS.iter().copied().find(|detector| detector.name() == name)
}

/// What detectors look at. Accounts are numbered from 0; every part but the number is optional.
///
/// A number at or above `accounts` anywhere in it is passed over and noted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// How many accounts there are.
    pub accounts: u32,
    /// Every post once, in any order: its account, and its time in microseconds since the epoch.
    pub posts: Option<&'a [(u32, i64)]>,
    /// What the accounts' profiles show.
    pub profiles: Profiles<'a>,
    /// The group of each account, by number, where some analysis has found groups; the signs of
    /// `profile` compare each group with the accounts outside of it.
    pub groups: Option<&'a [Option<u32>]>,
    /// How detectors look.
    pub settings: Settings,
}

/// What profiles show, column by column; each column has one cell for each account, or is absent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Profiles<'a> {
    /// When the account was made, in microseconds since the epoch.
    pub created: Option<&'a [Option<i64>]>,
    /// The handle.
    pub handle: Option<&'a [Option<&'a str>]>,
    /// The address of the picture, or what the export says of it.
    pub picture: Option<&'a [Option<&'a str>]>,
    /// The place that the account claims, in its own words.
    pub location: Option<&'a [Option<&'a str>]>,
    /// For each post: its account and the program that posted it. Not one cell for each account.
    pub clients: Option<&'a [(u32, &'a str)]>,
    /// For each post: its account and its language's code. Not one cell for each account.
    pub languages: Option<&'a [(u32, &'a str)]>,
}

/// How detectors look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The false discovery rate up to which a sign is reported by the detectors that test.
    pub level: f64,
    /// `sync`: how far a post might as well have been moved either way, in microseconds.
    pub jitter: i64,
    /// `cadence`: the fewest posts of an account whose rhythm is looked at.
    pub min_posts: usize,
    /// `cadence`: the most pairs that are reported.
    pub most_pairs: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { level: 0.05, jitter: 30 * 60 * 1_000_000, min_posts: 30, most_pairs: 200 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_detector_has_innocent_explanations() {
        for detector in DETECTORS {
            assert_eq!(by_name(detector.name()).unwrap().name(), detector.name());
            assert!(detector.innocent_explanations().len() >= 3, "{}", detector.name());
            assert!(detector.description().ends_with('.'), "{}", detector.name());
        }
    }

    #[test]
    fn without_data_each_detector_says_so_and_finds_nothing() {
        for detector in DETECTORS {
            let signs = detector.run(&Context::default());
            assert!(signs.rows.is_empty(), "{}", detector.name());
            assert!(!signs.notes.is_empty(), "{}", detector.name());
        }
    }
}
