//! What was done to the letters.
//!
//! # What it finds
//! Letters of UTF-8 read as another encoding, once or twice, replacement characters, entities of HTML, escapes, and Arabic letters in Persian words.
//!
//! # Why it matters
//! Damage of this kind is a history: it says through which programs a table went, and made-up tables have none.
//!
//! # Innocent explanations
//! - An old system was migrated.
//! - A spreadsheet opened the file in its own encoding.
//! - Keyboards and telephones write Persian with Arabic letters.
//!
//! # Source
//! WHATWG Encoding Standard (windows-1252, windows-1256); Unicode, Arabic block.

use super::super::result::Unusual;
use super::super::say::grouped;
use super::{Context, Found, Sign};

pub(super) static SIGN: Sign = Sign {
    id: "encoding",
    title: "What was done to the letters",
    finds: "Letters of UTF-8 read as another encoding, once or twice, replacement characters, entities of HTML, escapes, and Arabic letters in Persian words.",
    matters: "Damage of this kind is a history: it says through which programs a table went, and made-up tables have none.",
    innocent: &[
        "An old system was migrated.",
        "A spreadsheet opened the file in its own encoding.",
        "Keyboards and telephones write Persian with Arabic letters.",
    ],
    source: "WHATWG Encoding Standard (windows-1252, windows-1256); Unicode, Arabic block.",
    look,
};

/// Whether a text shows a kind of damage.
type Shows = fn(&str) -> bool;

/// Kinds of damage.
const KINDS: [(&str, Shows); 8] = [
    ("UTF-8 read as windows-1252 twice", |text| {
        text.contains("Ã\u{83}Â") || text.contains("ÃƒÂ") || text.contains("Ã‚Â")
    }),
    ("UTF-8 read as windows-1252 or Latin-1", |text| is_misread(text) && !text.contains("ÃƒÂ")),
    ("UTF-8 of Arabic letters read as windows-1252", |text| {
        pairs(text).filter(|(a, b)| matches!(a, 'Ø' | 'Ù' | 'Û') && !b.is_ascii()).count() >= 2
    }),
    ("replacement characters", |text| text.contains('\u{fffd}')),
    ("question marks inside words", |text| {
        let letters: Vec<char> = text.chars().collect();
        !text.contains("://")
            && letters
                .windows(3)
                .any(|run| run[0].is_alphabetic() && run[1] == '?' && run[2].is_lowercase())
    }),
    ("entities of HTML", is_entity),
    ("escapes of Unicode", |text| {
        text.match_indices("\\u").any(|(at, _)| {
            text.get(at + 2..at + 6)
                .is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
        })
    }),
    ("Arabic yeh or kaf beside Persian letters", |text| {
        text.contains(['ي', 'ك']) && text.contains(['پ', 'چ', 'ژ', 'گ', 'ی', 'ک'])
    }),
];

fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

fn is_misread(text: &str) -> bool {
    text.contains("â€")
        || pairs(text).any(|(a, b)| {
            matches!(a, 'Ã' | 'Â')
                && matches!(
                    b,
                    '\u{80}'..='\u{bf}' | '€' | '‚' | 'ƒ' | '„' | '…' | '‰' | 'Š' | 'œ' | '™'
                )
        })
}

fn is_entity(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.bytes().take(10).position(|byte| byte == b';');
        end.is_some_and(|end| {
            end >= 2
                && rest.as_bytes()[..end]
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        })
    })
}

fn look(context: &Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (what, shows) in KINDS {
        let counts: Vec<usize> = context
            .views
            .iter()
            .map(|view| view.values.iter().filter(|value| shows(value)).count())
            .collect();
        let columns: Vec<usize> = (0..counts.len()).filter(|&column| counts[column] > 0).collect();
        let values: usize = counts.iter().sum();
        let looked_at: usize =
            columns.iter().map(|&column| context.views[column].values.len()).sum();
        if values > 0 {
            found.push(Found {
                columns,
                statement: format!(
                    "{} of {} sampled values of these columns show: {what}",
                    grouped(values as u64),
                    grouped(looked_at as u64)
                ),
                measures: vec![("values", values as f64, "values")],
                usual: "tables with a history have some; new ones none",
                unusual: Unusual::Common,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_told_apart() {
        for (text, expected) in [
            ("ZqxÃ©lodie", "UTF-8 read as windows-1252 or Latin-1"),
            ("ZqxÃƒÂ©lodie", "UTF-8 read as windows-1252 twice"),
            ("Zqx\u{fffd}lodie", "replacement characters"),
            ("Zqx?lodie", "question marks inside words"),
            ("Zqx&eacute;lodie", "entities of HTML"),
            ("Zqx\\u00e9lodie", "escapes of Unicode"),
            ("زقکسي پارسی", "Arabic yeh or kaf beside Persian letters"),
            ("Ø²Ù‚Ú©Ø³", "UTF-8 of Arabic letters read as windows-1252"),
        ] {
            let met: Vec<&str> =
                KINDS.iter().filter(|(_, shows)| shows(text)).map(|(what, _)| *what).collect();
            assert_eq!(met, [expected], "{text}");
        }
        for clean in ["Zqxélodie", "ÂGE", "https://example.org/?zqx=1", "R&D; zqx", "زقکسی"]
        {
            assert!(KINDS.iter().all(|(_, shows)| !shows(clean)), "{clean}");
        }
    }
}
