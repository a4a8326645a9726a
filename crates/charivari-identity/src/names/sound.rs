//! Names in other scripts: loose keys under which the romanisations of one name meet.
//!
//! Cyrillic and Greek write vowels: their letters are romanised and spelling habits folded
//! (`kh`, `h`; `ya`, `ia`, `ja`; `y`, `i`, `j`), on both sides. Arabic, Persian and Hebrew mostly do
//! not: their key is the row of consonants. Both are loose on purpose, and only whole names of
//! several words are compared by them.

use charivari_text::skeleton;

/// Which kind of script a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Alphabet,
    Abjad,
    Other,
}

/// The script of most letters.
pub(super) fn script(text: &str) -> Script {
    if text.is_ascii() {
        return Script::Latin;
    }
    let mut counts = [0_usize; 4];
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        let place = match u32::from(c) {
            0..=0x024F | 0x1E00..=0x1EFF => 0,
            0x0370..=0x052F | 0x1F00..=0x1FFF => 1,
            0x0590..=0x06FF | 0x0750..=0x077F | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF => 2,
            _ => 3,
        };
        counts[place] += 1;
    }
    let most = (0..4).rev().max_by_key(|place| counts[*place]).unwrap_or_default();
    [Script::Latin, Script::Alphabet, Script::Abjad, Script::Other][most]
}

/// The loose key with vowels, of Latin, Cyrillic or Greek letters; other letters are left out.
pub(super) fn vowelled(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    for c in skeleton::plain(text).chars() {
        match romanised(c) {
            Some(letters) => latin.push_str(letters),
            None if c.is_ascii_alphabetic() => latin.push(c),
            None => {}
        }
    }
    folded(&latin, VOWELLED)
}

/// The row of consonants; `soft` reads the letters that have two readings as the other one.
pub(super) fn consonants(text: &str, soft: bool) -> String {
    let mut key = String::with_capacity(text.len());
    for word in skeleton::plain(text).split(|c: char| !c.is_alphanumeric()) {
        let start = key.len();
        if word.is_ascii() {
            let pair = ends_in_pair(word);
            key.push_str(&folded(word, CONSONANTS));
            // An h at the end of a word is a vowel more often than not.
            if !pair && key.len() > start + 1 && key.ends_with('h') {
                key.pop();
            }
            continue;
        }
        key.extend(word.chars().filter_map(|c| consonant(c, soft)));
        if key.len() > start + 1 && key.ends_with('h') {
            key.pop();
        }
    }
    key.retain(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'v'));
    squeezed(&key)
}

fn ends_in_pair(text: &str) -> bool {
    ["kh", "sh", "gh", "ch", "th", "dh", "ph", "zh"].iter().any(|pair| text.ends_with(pair))
}

/// Spellings of one sound, longest first.
const VOWELLED: &[(&str, &str)] = &[
    ("shch", "s"),
    ("iya", "a"),
    ("ija", "a"),
    ("tch", "c"),
    ("sch", "s"),
    ("kh", "h"),
    ("zh", "j"),
    ("dj", "j"),
    ("ch", "c"),
    ("sh", "s"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("th", "t"),
    ("yu", "u"),
    ("iu", "u"),
    ("ya", "a"),
    ("ia", "a"),
    ("yo", "e"),
    ("io", "e"),
    ("ye", "e"),
    ("ie", "e"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ks", "x"),
    ("iy", "i"),
    ("ij", "i"),
    ("ii", "i"),
    ("yi", "i"),
    ("ey", "ei"),
    ("q", "k"),
    ("w", "v"),
    ("c", "k"),
    ("y", "i"),
];

const CONSONANTS: &[(&str, &str)] = &[
    ("tch", "c"),
    ("kh", "x"),
    ("gh", "g"),
    ("zh", "j"),
    ("dj", "j"),
    ("dh", "d"),
    ("th", "t"),
    ("ch", "s"),
    ("sh", "s"),
    ("ph", "f"),
    ("ts", "z"),
    ("tz", "z"),
    ("q", "k"),
    ("c", "k"),
    ("g", "g"),
    ("j", "g"),
    ("p", "b"),
    ("z", "z"),
];

fn folded(latin: &str, table: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(latin.len());
    let mut rest = latin;
    while let Some(c) = rest.chars().next() {
        if let Some((from, to)) = table.iter().find(|(from, _)| rest.starts_with(from)) {
            out.push_str(to);
            rest = &rest[from.len()..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    squeezed(&out)
}

/// Repeated letters once.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Lower-case Cyrillic and Greek letters.
fn romanised(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'α' => "a",
        'б' => "b",
        'в' | 'β' => "v",
        'г' | 'ґ' | 'γ' => "g",
        'д' | 'δ' => "d",
        'е' | 'э' | 'є' | 'ε' | 'ё' => "e",
        'ж' => "zh",
        'з' | 'ζ' => "z",
        'и' | 'й' | 'і' | 'ї' | 'ы' | 'η' | 'ι' | 'υ' => "i",
        'к' | 'κ' => "k",
        'л' | 'λ' => "l",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'о' | 'ο' | 'ω' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' | 'ς' => "s",
        'т' | 'τ' | 'θ' => "t",
        'у' => "u",
        'ф' | 'φ' => "f",
        'х' | 'χ' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ь' | 'ъ' => "",
        'ю' => "yu",
        'я' => "ya",
        'ξ' => "x",
        'ψ' => "ps",
        _ => return None,
    })
}

/// The class of a consonant of Arabic, Persian or Hebrew, as [`CONSONANTS`] has it for Latin
/// letters; carriers of vowels have none.
fn consonant(c: char, soft: bool) -> Option<char> {
    Some(match c {
        'ب' | 'پ' => 'b',
        'ב' if !soft => 'b',
        'ت' | 'ط' | 'ث' | 'ة' | 'ת' | 'ט' => 't',
        'ج' | 'گ' | 'غ' | 'ג' => 'g',
        'ژ' => 'j',
        'چ' | 'ش' | 'ש' | 'س' | 'ص' | 'ס' => 's',
        'ح' | 'ه' | 'ה' => 'h',
        'ח' => {
            if soft {
                'h'
            } else {
                's'
            }
        }
        'خ' => 'x',
        'ذ' if !soft => 'z',
        'د' | 'ض' | 'ד' | 'ذ' => 'd',
        'ز' | 'ظ' | 'ז' | 'צ' | 'ץ' => 'z',
        'ر' | 'ר' => 'r',
        'ف' => 'f',
        'פ' | 'ף' => {
            if soft {
                'f'
            } else {
                'b'
            }
        }
        'ق' | 'ك' | 'ک' | 'כ' | 'ך' | 'ק' => 'k',
        'ل' | 'ל' => 'l',
        'م' | 'מ' | 'ם' => 'm',
        'ن' | 'נ' | 'ן' => 'n',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanisations_of_one_name_meet() {
        let cases = [
            ("Cyrillic", "Наталья Журавлёва", "Natalia Zhuravleva"),
            ("Cyrillic, French", "Наталья Журавлёва", "Natalia Juravleva"),
            ("Cyrillic kh", "Михаил Хворостов", "Mikhail Khvorostov"),
            ("Cyrillic h", "Михаил Хворостов", "Mihail Hvorostov"),
            ("Cyrillic yu", "Юлия Щукина", "Iulia Shchukina"),
            ("Greek", "Νίκος Παπαδάκης", "Nikos Papadakis"),
        ];
        for (name, one, other) in cases {
            assert_eq!(vowelled(one), vowelled(other), "{name}");
        }
        let cases = [
            ("Persian", "سهراب خدادادی", "Sohrab Khodadadi", false),
            ("Persian, another", "سهراب خدادادی", "Suhrab Khodadady", false),
            ("Arabic", "محمد الشرقاوي", "Mohammed Alsharqawi", false),
            ("Arabic, another", "محمد الشرقاوي", "Muhammad El-Sharkawy", false),
            ("Hebrew", "דניאל רוזנברג", "Daniel Rozenberg", false),
        ];
        for (name, one, other, soft) in cases {
            assert_eq!(consonants(one, soft), consonants(other, false), "{name}");
        }
        assert_ne!(vowelled("Наталья"), vowelled("Natasha"));
        assert_ne!(consonants("سهراب", false), consonants("Samir", false));
    }
}
