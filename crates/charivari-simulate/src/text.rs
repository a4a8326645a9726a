//! Invented texts, put together from small lists of words.
//!
//! A sentence is a subject, a verb and a detail of one topic, with a way of opening and of ending:
//! some hundred thousand per language and topic, so that two honest accounts seldom write the same
//! by chance. A headline has fewer, on purpose: share buttons make strangers post the same text.
//!
//! Whatever a post carries stands in its text as a word of its own: `#tag`, `@handle`,
//! `https://…`. [`spans`] finds them again for the exports.

mod english;
mod french;
mod names;
mod others;
mod spans;

pub use names::{Handle, handle};
pub use spans::{Span, Thing, spans};

use crate::random::Random;

/// A language that simulated people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
    /// Greek.
    Greek,
    /// Arabic.
    Arabic,
    /// Japanese.
    Japanese,
    /// Ukrainian.
    Ukrainian,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 6] =
        [Self::French, Self::English, Self::Greek, Self::Arabic, Self::Japanese, Self::Ukrainian];

    /// Its code in ISO 639-1.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
            Self::Greek => "el",
            Self::Arabic => "ar",
            Self::Japanese => "ja",
            Self::Ukrainian => "uk",
        }
    }

    const fn words(self) -> &'static Words {
        match self {
            Self::French => &french::WORDS,
            Self::English => &english::WORDS,
            Self::Greek => &others::GREEK,
            Self::Arabic => &others::ARABIC,
            Self::Japanese => &others::JAPANESE,
            Self::Ukrainian => &others::UKRAINIAN,
        }
    }
}

/// What people talk about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Rain, wind and cold.
    Weather,
    /// Football, on the pitch and in front of it.
    Football,
    /// Trains, buses and those who wait for them.
    Transport,
    /// Food.
    Cooking,
    /// Films, books and exhibitions.
    Culture,
    /// The town and its council.
    Town,
}

impl Topic {
    /// All topics.
    pub const ALL: [Self; 6] =
        [Self::Weather, Self::Football, Self::Transport, Self::Cooking, Self::Culture, Self::Town];
}

/// The words of one language.
struct Words {
    openings: &'static [&'static str],
    endings: &'static [&'static str],
    /// What stands before and after a number.
    counts: &'static [(&'static str, &'static str)],
    /// One list for each of [`Topic::ALL`], or one for all.
    topics: &'static [TopicWords],
}

/// The words of one topic in one language.
struct TopicWords {
    subjects: &'static [&'static str],
    verbs: &'static [&'static str],
    details: &'static [&'static str],
    tags: &'static [&'static str],
}

fn words(language: Language, topic: Topic) -> (&'static Words, &'static TopicWords) {
    let words = language.words();
    let topic = words.topics.get(topic as usize).unwrap_or(&words.topics[0]);
    (words, topic)
}

/// Appends what somebody says about `topic`.
pub fn sentence(out: &mut String, random: &mut Random, language: Language, topic: Topic) {
    let (words, topic) = words(language, topic);
    let shape = random.below(8);
    if shape < 4 {
        out.push_str(random.pick(words.openings));
        out.push(' ');
    }
    out.push_str(random.pick(topic.subjects));
    out.push(' ');
    out.push_str(random.pick(topic.verbs));
    if shape != 0 {
        out.push(' ');
        out.push_str(random.pick(topic.details));
    }
    if matches!(shape, 1 | 5 | 6) {
        let (before, after) = random.pick(words.counts);
        out.push(' ');
        out.push_str(before);
        push_number(out, 2 + random.below(58));
        out.push_str(after);
    }
    out.push_str(random.pick(words.endings));
}

/// Appends the headline of an article about `topic`.
pub fn headline(out: &mut String, random: &mut Random, language: Language, topic: Topic) {
    let (_, topic) = words(language, topic);
    out.push_str(random.pick(topic.subjects));
    out.push(' ');
    out.push_str(random.pick(topic.verbs));
    out.push(' ');
    out.push_str(random.pick(topic.details));
}

/// A hashtag of `topic`, without its sign.
#[must_use]
pub fn hashtag(random: &mut Random, language: Language, topic: Topic) -> &'static str {
    random.pick(words(language, topic).1.tags)
}

/// Appends `number` in decimal digits.
pub fn push_number(out: &mut String, number: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}

/// `text` with some words in capitals, as people who copy a text do to make it their own.
#[must_use]
pub fn shout(text: &str, random: &mut Random) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, word) in text.split(' ').enumerate() {
        if place > 0 {
            out.push(' ');
        }
        // Links lead nowhere in capitals.
        if random.chance(0.2) && !word.starts_with("http") {
            out.push_str(&word.to_uppercase());
        } else {
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn sentences_are_many_and_headlines_few() {
        let mut random = Random::new(5);
        for language in Language::ALL {
            let mut met = BTreeSet::new();
            for _ in 0..500 {
                let mut text = String::new();
                sentence(&mut text, &mut random, language, Topic::Weather);
                assert!(!text.contains("  ") && text.trim() == text, "{text:?}");
                met.insert(text);
            }
            assert!(met.len() > 400, "{language:?}: {}", met.len());
        }
    }

    #[test]
    fn each_topic_has_words_and_no_links() {
        for language in [Language::French, Language::English] {
            assert_eq!(language.words().topics.len(), Topic::ALL.len());
        }
        let mut random = Random::new(5);
        for language in Language::ALL {
            for topic in Topic::ALL {
                let mut text = String::new();
                headline(&mut text, &mut random, language, topic);
                assert!(text.chars().filter(|char| char.is_alphabetic()).count() >= 8, "{text}");
                assert!(spans(&text).is_empty(), "{text}");
                assert!(!hashtag(&mut random, language, topic).contains([' ', '#']));
            }
        }
    }

    #[test]
    fn shouting_changes_only_the_case() {
        let text =
            "Ils savent tout et se taisent https://example.org/Ab depuis des jours et des jours";
        let loud = shout(text, &mut Random::new(3));
        assert_ne!(loud, text);
        assert_eq!(loud.to_lowercase(), text.to_lowercase());
        assert!(loud.contains("https://example.org/Ab"));
    }

    #[test]
    fn numbers_are_written_in_full() {
        for number in [0, 7, 10, 9_100_000_000_000_000_042, u64::MAX] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(out, number.to_string());
        }
    }
}
