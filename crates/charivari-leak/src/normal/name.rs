//! Names of people.

use super::text::folded;

/// Words that stand before a name and are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "m",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "mademoiselle",
    "herr",
    "frau",
    "sir",
    "dame",
    "sr",
    "sra",
    "dott",
    "ing",
    "me",
];

/// Particles, which some tables write and others leave out.
const PARTICLES: &[&str] = &[
    "de", "du", "des", "d", "la", "le", "les", "van", "von", "der", "den", "zu", "zum", "di", "da",
    "do", "dos", "del", "della", "al", "el", "ben", "bin", "ibn", "ter", "ten", "y", "e", "of",
];

/// A given or a family name: no case, accents, hyphens or particles.
pub(super) fn part(value: &str) -> Option<String> {
    let folded = folded(value)?;
    let kept = without(&folded, PARTICLES);
    // Somebody may be called El or Da: what is only particles stays.
    if kept.is_empty() { Some(folded) } else { Some(kept) }
}

/// A whole name: as [`part`], titles gone, and the words in the order of the alphabet, since tables
/// write the family name first or last.
pub(super) fn full(value: &str) -> Option<String> {
    let folded = folded(value)?;
    let kept = without(&folded, PARTICLES);
    let kept = if kept.is_empty() { folded } else { kept };
    let bare = without(&kept, TITLES);
    let bare = if bare.is_empty() { kept } else { bare };
    let mut words: Vec<&str> = bare.split(' ').collect();
    words.sort_unstable();
    Some(words.join(" "))
}

fn without(value: &str, words: &[&str]) -> String {
    let kept: Vec<&str> = value.split(' ').filter(|word| !words.contains(word)).collect();
    kept.join(" ")
}
