//! Which languages the posts are in: as the platform says, and guessed where it says nothing.

use std::collections::{BTreeMap, BTreeSet};

use charivari_text::language;
use serde::Serialize;

use super::digest;
use super::tally::{Tally, name};

/// Of how many posts without a language it is guessed.
const SAMPLE: usize = 1_000;

/// How much of a text is looked at, in characters.
const SAMPLE_CHARS: usize = 400;

/// How many names of languages are told apart; there are some 8,000 languages.
const MAX_NAMES: usize = 1 << 14;

/// Languages as they come.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    given: Tally<(Box<str>, u64)>,
    /// The texts of the posts with the least digests: a sample that depends on the posts alone.
    sample: BTreeSet<(u64, Box<str>)>,
    missing: u64,
}

impl Default for Seen {
    fn default() -> Self {
        Self { given: Tally::with_limit(MAX_NAMES), sample: BTreeSet::new(), missing: 0 }
    }
}

/// How many rows have something, by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The name as it stands; not escaped for display.
    pub name: String,
    /// How many rows.
    pub rows: u64,
}

/// Which languages the posts are in.
#[derive(Clone, Debug, Serialize)]
pub struct Languages {
    /// Rows by the language that the platform gave, the most frequent first; equals by name.
    pub given: Vec<Named>,
    /// Rows with a text to which the platform gave no language.
    pub not_given: u64,
    /// Of how many of those the language was guessed: those with the least digests of their ids.
    pub looked_at: u64,
    /// Whether there are more than were looked at.
    pub is_sample: bool,
    /// The guesses by code (ISO 639-1), the most frequent first.
    pub guessed: Vec<Named>,
    /// For how many no guess was made: too short, or two languages too close.
    pub not_guessed: u64,
}

impl Seen {
    /// Adds a post whose id has the digest `post`.
    pub(super) fn add(&mut self, post: u64, language: &str, text: &str) {
        if !language.is_empty() {
            let make = || (name(language), 1);
            self.given.with(digest::of_texts(&[language]), make, |(_, count)| *count += 1);
        } else if !text.is_empty() {
            self.missing += 1;
            if self.has_room(post) {
                let end = text.char_indices().nth(SAMPLE_CHARS).map_or(text.len(), |(at, _)| at);
                self.sample.insert((post, text[..end].into()));
                self.shrink();
            }
        }
    }

    fn has_room(&self, post: u64) -> bool {
        let last = self.sample.last();
        self.sample.len() < SAMPLE || last.is_some_and(|(last, _)| post <= *last)
    }

    fn shrink(&mut self) {
        while self.sample.len() > SAMPLE {
            self.sample.pop_last();
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.given.merge(other.given, |(_, count), (_, more)| *count += more);
        self.sample.extend(other.sample);
        self.shrink();
        self.missing += other.missing;
    }

    pub(super) fn summary(&self) -> Languages {
        let mut guesses: BTreeMap<&str, u64> = BTreeMap::new();
        let mut not_guessed = 0;
        for (_, text) in &self.sample {
            match language::guess(text) {
                Some(guess) => *guesses.entry(guess.code).or_default() += 1,
                None => not_guessed += 1,
            }
        }
        let given = self.given.values();
        let given = given.map(|(name, count)| (name.to_string(), self.given.scaled(*count)));
        let guesses = guesses.into_iter().map(|(code, count)| (code.to_owned(), count));
        Languages {
            given: by_count(given),
            not_given: self.missing,
            looked_at: self.sample.len() as u64,
            is_sample: self.sample.len() >= SAMPLE,
            guessed: by_count(guesses),
            not_guessed,
        }
    }
}

/// The most frequent first, equals by name.
pub(super) fn by_count(counts: impl Iterator<Item = (String, u64)>) -> Vec<Named> {
    let mut counts: Vec<Named> = counts.map(|(name, rows)| Named { name, rows }).collect();
    counts.sort_unstable_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.name.cmp(&b.name)));
    counts
}
