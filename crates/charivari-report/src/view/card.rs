//! What is known of a group beside its edges, as plain data.

/// Why the accounts of a group act together, as far as the data says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// They act together, and nothing open explains it.
    #[default]
    Coordinated,
    /// Publishers whose outlets openly post the same stories.
    Syndication,
}

/// What is known of a group beside its edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// Whether the group is found again.
    pub stability: Stability,
    /// When its members are awake.
    pub rhythm: Option<Rhythm>,
    /// Occasions on which one member was first.
    pub occasions: u64,
    /// Accounts that are first more often than chance explains; empty where none is.
    pub first_movers: Vec<FirstMover>,
    /// Accounts that come after another more often than chance explains, the surest first; may be
    /// fewer than `follows_total`.
    pub follows: Vec<Follows>,
    /// How many of them there are.
    pub follows_total: u64,
    /// Other groups that met on the same objects, the closest first.
    pub overlaps: Vec<Overlap>,
    /// Innocent explanations that fit what was measured.
    pub fits: Vec<Fit>,
    /// Innocent explanations of which nothing can be said: the name, and what it would need.
    pub not_measured: Vec<(String, String)>,
}

/// Whether a group is found again with other seeds and at other levels of significance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stability {
    /// The mean likeness (Jaccard) over the seeds, 0 to 1.
    pub seeds: Option<f64>,
    /// How many seeds were tried.
    pub seeds_tried: u64,
    /// The levels tried, and the likeness at each.
    pub levels: Vec<(f64, f64)>,
}

/// When a group is awake.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rhythm {
    /// Hours in which an account was active, by weekday (Monday first) and hour, in UTC.
    pub heat: [[u32; 24]; 7],
    /// Of how many accounts.
    pub accounts: u64,
    /// On how many days.
    pub days: u64,
    /// What the hours suggest, in sentences, with the caution that belongs to it.
    pub told: String,
    /// How sure that is, such as `weak hint`.
    pub sure: String,
}

/// An account that is first more often than chance explains.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FirstMover {
    /// Its handle, or its key.
    pub account: String,
    /// The occasions it was part of.
    pub occasions: u64,
    /// On how many it was first.
    pub first: u64,
    /// Sittings, the trials of the test: how many there were, how many it began, and how many chance
    /// would have it begin.
    pub trials: (u64, u64, f64),
    /// The least false discovery rate at which that stands.
    pub q: f64,
}

/// An account that comes after another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Follows {
    /// The one that comes first: its handle, or its key.
    pub leader: String,
    /// The other.
    pub follower: String,
    /// The objects on which one of the two came first.
    pub objects: u64,
    /// On how many the leader did.
    pub first: u64,
    /// The median time from the leader's post to the follower's, in seconds.
    pub median_delay_s: f64,
    /// The least false discovery rate at which that stands.
    pub q: f64,
}

/// What a group has in common with another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overlap {
    /// The other group's number, from 1.
    pub group: u32,
    /// Objects that both met on.
    pub objects: u64,
    /// Those among all that either met on, 0 to 1.
    pub jaccard: f64,
}

/// An innocent explanation that fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// What the accounts may be, as a sentence.
    pub meaning: String,
    /// The sign that was measured, as a sentence.
    pub sign: String,
}
