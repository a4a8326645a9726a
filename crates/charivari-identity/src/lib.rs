//! Who pretends to be someone else?
//!
//! | question | module |
//! |---|---|
//! | Who is protected, and by what are they known? | [`protected`] |
//! | Is this account's name or handle like theirs, and by what trick? | [`names`] |
//! | How much does all that is known of it speak for a pretender? | [`score`] |
//! | Which of these accounts pretend to be one of them? | [`scan`] |
//! | Which domains look like theirs? | [`domains`] |
//! | Which pictures are copies of one another? | [`picture`] |
//! | Which picture, name or bio is used by many accounts? | [`stolen`] |
//! | Which groups of accounts show such signs? | [`sockpuppets`] |
//! | What do ordinary accounts look like? | [`ordinary`] |
//!
//! Everything is a pure function of its arguments: no files, no network, no clock. A look-alike is
//! not a pretender: parody, fans, staff, local editions and people of the same name are lawful and
//! common, so that every result names what speaks for them ([`score::Innocent`]).

mod beside;
pub mod domains;
mod error;
pub mod fit;
#[doc(hidden)]
pub mod fuzzing;
pub mod names;
pub mod ordinary;
pub mod picture;
pub mod protected;
pub mod scan;
pub mod score;
pub mod sockpuppets;
pub mod stolen;

pub use beside::beside;
pub use error::Error;

/// An account as far as it says who it is. What the source does not say is `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Account<'a> {
    /// The platform's short name.
    pub platform: &'a str,
    /// Its native id there.
    pub id: &'a str,
    /// Its handle, with or without `@`.
    pub handle: Option<&'a str>,
    /// Its display name.
    pub name: Option<&'a str>,
    /// What it says of itself.
    pub bio: Option<&'a str>,
    /// The address in its profile.
    pub link: Option<&'a str>,
    /// Where it says to be.
    pub location: Option<&'a str>,
    /// The address of its picture.
    pub picture: Option<&'a str>,
    /// When it was made, in microseconds since the epoch.
    pub created: Option<i64>,
    /// Whether its platform vouches for it.
    pub verified: Option<bool>,
}

impl Account<'_> {
    /// `platform:native_id`.
    pub fn key(&self) -> String {
        format!("{}:{}", self.platform, self.id)
    }

    /// The handle without `@`; empty where there is none.
    pub fn bare_handle(&self) -> &str {
        self.handle.unwrap_or_default().trim().trim_start_matches('@')
    }
}
