//! Names and handles that are like another's, and by what trick.
//!
//! [`compare`] holds one account against one who is protected, and says the strongest [`Level`] at
//! which its name and its handle are like theirs, with a reason that a reader follows.
//! [`Index`] finds the pairs that are worth comparing among millions of accounts, without looking
//! at all pairs: by skeletons, sorted words, sounds, neighbours at one deletion, rare words and
//! names inside handles.

mod common;
mod compare;
mod forms;
mod index;
mod sound;
mod words;

pub(crate) use common::NameWords;
pub use compare::{Likeness, Part, compare};
pub use forms::{Names, Reads};
pub use index::Index;
pub use words::{Class, classes};

/// How a name is like another; from the strongest sign to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It reads the same by a trick that nobody needs who writes a name.
    Disguised,
    /// It is the same, up to capital letters, accents and separators.
    Same,
    /// The same name in another order, script or short form.
    Variant,
    /// The same with a word or number that adds nothing, such as `official`.
    Affixed,
    /// One or two letters differ.
    Near,
    /// The same with other words.
    Contains,
}

impl Level {
    /// All levels, from the strongest to the weakest.
    pub const ALL: [Self; 6] =
        [Self::Disguised, Self::Same, Self::Variant, Self::Affixed, Self::Near, Self::Contains];

    /// The level in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Disguised => "reads the same by a trick",
            Self::Same => "is the same",
            Self::Variant => "is the same name in another form",
            Self::Affixed => "is the same with an addition",
            Self::Near => "differs in a letter or two",
            Self::Contains => "is contained",
        }
    }
}

#[cfg(test)]
mod tests;
