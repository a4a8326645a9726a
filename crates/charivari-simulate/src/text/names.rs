//! Invented handles: an animal or a thing, a quality and a number. No person is called so.

use super::Language;
use crate::random::mix;

/// A handle and the name shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    /// Letters, digits and `_`.
    pub handle: String,
    /// What stands above the account's posts.
    pub name: String,
}

const FRENCH: (&[&str], &[&str]) = (
    &[
        "Moineau",
        "Parapluie",
        "Bouquin",
        "Tartine",
        "Lanterne",
        "Galet",
        "Marmotte",
        "Boussole",
        "Cerise",
        "Trombone",
        "Pigeon",
        "Chaussette",
        "Tilleul",
        "Guitare",
        "Brioche",
        "Escargot",
        "Nuage",
        "Vélo",
        "Citron",
        "Renard",
        "Horloge",
        "Crayon",
        "Hibou",
        "Navette",
    ],
    &[
        "tranquille",
        "rapide",
        "sincère",
        "nocturne",
        "perplexe",
        "solide",
        "pensif",
        "du quai",
        "du matin",
        "de Trois-Fontaines",
        "sans souci",
        "en retard",
        "bavard",
        "du marché",
        "d'hiver",
        "des dunes",
    ],
);

const ENGLISH: (&[&str], &[&str]) = (
    &[
        "Quiet",
        "Rusty",
        "Northern",
        "Gentle",
        "Busy",
        "Copper",
        "Salty",
        "Early",
        "Foggy",
        "Stubborn",
        "Velvet",
        "Wandering",
        "Humble",
        "Electric",
        "Sleepy",
        "Distant",
    ],
    &[
        "Lantern",
        "Teapot",
        "Badger",
        "Harbour",
        "Pebble",
        "Sparrow",
        "Bicycle",
        "Meadow",
        "Compass",
        "Biscuit",
        "Umbrella",
        "Otter",
        "Lighthouse",
        "Violin",
        "Turnip",
        "Kite",
        "Heron",
        "Ladder",
        "Marble",
        "Window",
        "Pickle",
        "Cricket",
        "Thistle",
        "Anchor",
    ],
);

/// The handle and name of the account with this number; all that differ in number differ.
#[must_use]
pub fn handle(number: u64, language: Language) -> Handle {
    let draw = mix(number.wrapping_add(0x5EED));
    let (first, second) = if language == Language::French { FRENCH } else { ENGLISH };
    let one = |items: &[&'static str], bits: u64| items[bits as usize % items.len()];
    let name = format!("{} {}", one(first, draw & 0xFFFF), one(second, draw >> 16 & 0xFFFF));
    let mut handle: String = name.chars().filter_map(plain).collect();
    if draw >> 32 & 1 == 0 {
        handle = handle.to_lowercase();
    }
    handle.push('_');
    super::push_number(&mut handle, number);
    Handle { handle, name }
}

/// Handles have no accents, spaces or marks.
fn plain(char: char) -> Option<char> {
    match char {
        'é' | 'è' => Some('e'),
        _ if char.is_ascii_alphanumeric() => Some(char),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn handles_are_plain_and_differ() {
        let mut met = BTreeSet::new();
        for number in 0..3_000 {
            for language in [Language::French, Language::English] {
                let made = handle(number, language).handle;
                assert!(made.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
                assert!(made.len() <= 40, "{made}");
                met.insert(made);
            }
        }
        assert_eq!(met.len(), 6_000);
    }
}
