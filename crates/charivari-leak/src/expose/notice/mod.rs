//! Drafts of what the authority (article 33 GDPR) and the people (article 34) are told.
//!
//! Each draft has all that the law asks for, in its order, with blanks for what only the owner knows.
//! A draft is an aid and no legal advice, and says so itself.

mod english;
mod french;
mod words;

use super::Exposure;
use super::deadline::Deadline;

/// The languages in which drafts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }
}

/// The draft of the notification to the authority, as Markdown.
pub fn authority(language: Language, exposure: &Exposure, deadline: Option<&Deadline>) -> String {
    match language {
        Language::English => english::authority(exposure, deadline),
        Language::French => french::authority(exposure, deadline),
    }
}

/// The draft of the communication to the people, as Markdown that reads as plain text too.
pub fn people(language: Language, exposure: &Exposure, deadline: Option<&Deadline>) -> String {
    match language {
        Language::English => english::people(exposure, deadline),
        Language::French => french::people(exposure, deadline),
    }
}

/// A number with its thousands apart by `apart`.
fn number(value: u64, apart: &str) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(apart);
        }
        out.push(digit);
    }
    out
}

/// Words joined by commas.
fn list(exposure: &Exposure, word: impl Fn(crate::Kind) -> Option<&'static str>) -> String {
    let mut words: Vec<&str> = Vec::new();
    for said in exposure.kinds.iter().filter_map(|kind| word(*kind)) {
        // Two kinds can have one word.
        if !words.contains(&said) {
            words.push(said);
        }
    }
    words.join(", ")
}
