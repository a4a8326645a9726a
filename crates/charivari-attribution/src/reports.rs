//! Who said that whom used what: the reports behind the profiles.
//!
//! A profile says that an actor uses a technique; reports say where that is told. That gives what a
//! profile lacks: how often an actor is seen with a technique, what its single operations look like,
//! and what exactly has to be forgotten when one report is set aside.

/// Of whom, or of what, something is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An actor, by the id of its profile.
    Actor(String),
    /// A campaign, and the actors that it is attributed to.
    Campaign(String, Vec<String>),
    /// A tool, such as `S0154`.
    Software(String),
}

/// What one cited source says that one subject uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The name of the source; `-` where none is named.
    pub citation: String,
    /// Of whom it is told.
    pub subject: Subject,
    /// The techniques.
    pub techniques: Vec<String>,
    /// The tools.
    pub software: Vec<String>,
}

/// All reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reports {
    /// What each source says of each subject.
    pub uses: Vec<Use>,
}
