//! The words that streets are known by.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::plain;

/// Words that stand for a street on their own.
const WORDS: &str = "rue r avenue av ave boulevard bd bld blvd place pl chemin ch impasse imp allee allees all \
route rte quai cours square sq passage lotissement hameau lieu-dit residence faubourg fbg sentier venelle \
traverse montee esplanade promenade street st road rd lane ln drive dr court ct close crescent gardens terrace \
way mews hill grove parade highway parkway alley row strasse str str. weg platz gasse ring damm ufer chaussee \
allee steig stieg markt calle plaza paseo camino avenida via viale piazza corso vicolo largo خیابان کوچه بلوار \
میدان بزرگراه محله شهرک اتوبان خ شارع ulitsa ул. улица проспект пер. straat laan plein";

/// Ends of words that German and Dutch streets have.
const ENDS: [&str; 16] = [
    "strasse", "str.", "str", "weg", "platz", "gasse", "allee", "ring", "damm", "ufer", "steig",
    "stieg", "straat", "laan", "graben", "wall",
];

/// Words for parts of a building.
const COMPLEMENTS: &str = "bis ter apt apt. appt appartement bat batiment escalier etage apartment flat suite unit \
floor house etg stock whg hinterhaus پلاک واحد طبقه بلوک ساختمان زنگ";

/// Both lists, to be asked quickly.
static KNOWN: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    WORDS.split_ascii_whitespace().chain(COMPLEMENTS.split_ascii_whitespace()).collect()
});

/// What an address line shows of being one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    /// A word for a street.
    pub(crate) street: bool,
    /// A number that a house may have.
    pub(crate) number: bool,
    /// A post code, by its form.
    pub(crate) postcode: bool,
    /// How many words it has.
    pub(crate) words: usize,
    /// Whether commas or line breaks cut it into parts.
    pub(crate) parts: usize,
}

/// Looks at a line that may be an address. Digits are western ones.
pub(crate) fn look(text: &str) -> Seen {
    let mut seen = Seen {
        parts: text.split([',', '\n', '،']).filter(|part| !part.trim().is_empty()).count(),
        ..Seen::default()
    };
    let words = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '،'))
        .filter(|word| !word.is_empty());
    for word in words {
        seen.words += 1;
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        if digits == 0 {
            let word = plain(word);
            let is_end = word.len() > 5 && ENDS.iter().any(|end| word.ends_with(end));
            seen.street |= is_end || KNOWN.contains(word.as_str());
        } else if (4..=10).contains(&digits) && digits == word.len() {
            seen.postcode = true;
        } else if digits <= 4 && word.chars().count() <= 7 {
            seen.number = true;
        }
    }
    // British post codes are two words, of which the last is a digit and two letters.
    let tail: String = text
        .chars()
        .rev()
        .take_while(|c| !matches!(c, ',' | '\n'))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let last_two: Vec<&str> = tail.split_whitespace().rev().take(2).collect();
    if let [inward, outward] = last_two[..] {
        seen.postcode |=
            crate::inspect::values::postcode::countries(&format!("{outward} {inward}"))
                .contains(&"GB");
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_streets_are_known() {
        for (line, street, number, postcode) in [
            ("12 bis rue des Zqxlilas", true, true, false),
            ("Zqxstraße 7a", true, true, false),
            ("خیابان زقکس پلاک 12", true, true, false),
            ("4 Zqx Lane, Zqxton, AB1 2CD", true, true, true),
            ("12 rue Zqx, 75011 Zqxville", true, true, true),
            ("Zqxmarlo Bela", false, false, false),
        ] {
            let seen = look(line);
            assert_eq!(
                (seen.street, seen.number, seen.postcode),
                (street, number, postcode),
                "{line}"
            );
        }
    }
}
