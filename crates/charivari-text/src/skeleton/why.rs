//! What makes one name read as another, in words.

use super::{as_seen, disguise, is_mark, of, plain};
use crate::chars::is_default_ignorable;
use unicode_normalization::UnicodeNormalization;

/// One way in which a name is made to read as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trick {
    /// Characters that are not seen.
    Invisible,
    /// The order in which letters are seen is not the order in which they are stored.
    Direction,
    /// Circled, mathematical, full-width or other decorated letters.
    Styled,
    /// A letter of another script.
    OtherScript,
    /// A digit or sign for a letter.
    Digit,
    /// `l`, `I` or `1` and such for one another.
    Stroke,
    /// Two letters for one, or one for two: `rn`, `vv`, `cl`.
    Pair,
    /// Accents and other marks added or left out.
    Accent,
    /// Capital letters only.
    Case,
    /// Spaces, points, strokes and the like.
    Separator,
}

impl Trick {
    /// The trick in words, to go after "reads as".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Invisible => "characters that are not seen",
            Self::Direction => "signs that turn the direction of writing",
            Self::Styled => "decorated letters",
            Self::OtherScript => "a letter of another script",
            Self::Digit => "a digit or sign for a letter",
            Self::Stroke => "upright strokes (`l`, `I`, `1`) for one another",
            Self::Pair => "two letters that look like one (`rn`, `vv`, `cl`)",
            Self::Accent => "accents added or left out",
            Self::Case => "capital letters",
            Self::Separator => "other spaces or signs between words",
        }
    }

    /// Whether an honest writer often does the same without meaning anything by it.
    pub const fn is_ordinary(self) -> bool {
        matches!(self, Self::Case | Self::Accent | Self::Separator)
    }
}

/// The tricks that make `seen` read as `genuine`, where their skeletons without separators are
/// the same; nothing where they are not, none where the two are one string.
pub fn why(genuine: &str, seen: &str) -> Option<Vec<Trick>> {
    if genuine == seen {
        return Some(Vec::new());
    }
    if super::letters(genuine) != super::letters(seen) {
        return None;
    }
    let mut tricks = Vec::new();
    let mut note = |holds: bool, trick| {
        if holds {
            tricks.push(trick);
        }
    };
    let fresh = |test: fn(char) -> bool| seen.chars().any(test) && !genuine.chars().any(test);
    note(fresh(is_default_ignorable), Trick::Invisible);
    note(fresh(is_override), Trick::Direction);
    note(fresh(is_styled), Trick::Styled);
    note(has_other_script(genuine, seen), Trick::OtherScript);
    let (a, b) = (bare(genuine), bare(seen));
    let unlike = a != b;
    note(unlike && digits_differ(&a, &b), Trick::Digit);
    note(unlike && strokes_differ(&a, &b), Trick::Stroke);
    note(unlike && pairs_differ(&a, &b), Trick::Pair);
    let lower = |text: &str| visible(text).to_lowercase();
    note(marks(genuine) != marks(seen), Trick::Accent);
    if tricks.is_empty() {
        let case = lower(genuine) == lower(seen);
        tricks.push(if case { Trick::Case } else { Trick::Separator });
    }
    Some(tricks)
}

/// A sentence about two names whose skeletons are the same: "`hebd0` reads as `hebdo`: a digit or
/// sign for a letter". Names are shown with everything hidden made visible. Only the words that
/// differ are named where both names have as many words.
pub fn describe(genuine: &str, seen: &str) -> Option<String> {
    let tricks = why(genuine, seen)?;
    let (left, right) = differing_words(genuine, seen);
    let show = |text: &str| crate::show::visible(&crate::show::shorten(text, 60)).into_owned();
    if tricks.is_empty() {
        return Some(format!("`{}` is the same", show(seen)));
    }
    let words: Vec<&str> = tricks.iter().map(|trick| trick.words()).collect();
    Some(format!("`{}` reads as `{}`: {}", show(right), show(left), join(&words)))
}

fn join(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The parts of both that differ, when they have as many words.
fn differing_words<'a>(genuine: &'a str, seen: &'a str) -> (&'a str, &'a str) {
    let words = |text: &'a str| -> Vec<&'a str> {
        text.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '.'))
            .filter(|word| !word.is_empty())
            .collect()
    };
    let (left, right) = (words(genuine), words(seen));
    if left.len() != right.len() {
        return (genuine, seen);
    }
    let mut unlike = left.iter().zip(&right).filter(|(a, b)| a != b);
    match (unlike.next(), unlike.next()) {
        (Some((a, b)), None) if of(a) == of(b) => (a, b),
        _ => (genuine, seen),
    }
}

fn is_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether the character is a decorated letter or digit.
fn is_styled(c: char) -> bool {
    if c.is_ascii() || is_default_ignorable(c) {
        return false;
    }
    let decorated = disguise::undisguise(c) != c;
    let first = std::iter::once(c).nfkc().next();
    decorated
        || (first.is_some_and(|plain| plain.is_alphanumeric() && plain != c)
            && std::iter::once(c).nfd().next() == Some(c))
}

/// Whether `seen` has letters of a script that `genuine` has not, read as letters of that one.
fn has_other_script(genuine: &str, seen: &str) -> bool {
    let scripts = |text: &str| -> Vec<u8> {
        let mut all: Vec<u8> = plain(text).chars().filter_map(script).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let known = scripts(genuine);
    scripts(seen).iter().any(|script| !known.contains(script))
}

/// A number for each script that names are written in, as far as letters tell it.
pub(crate) fn script(c: char) -> Option<u8> {
    if !c.is_alphabetic() {
        return None;
    }
    Some(match u32::from(c) {
        0..=0x024F | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF => 1,
        0x0370..=0x03FF | 0x1F00..=0x1FFF => 2,
        0x0400..=0x052F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => 3,
        0x0530..=0x058F => 4,
        0x0590..=0x05FF => 5,
        0x0600..=0x06FF | 0x0750..=0x077F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => 6,
        0x13A0..=0x13FF | 0xAB70..=0xABBF => 7,
        _ => 0,
    })
}

/// Plain letters and digits only.
fn bare(text: &str) -> String {
    plain(text).chars().filter(|c| crate::chars::is_alphanumeric(*c) || is_sign(*c)).collect()
}

fn is_sign(c: char) -> bool {
    matches!(c, '@' | '$' | '!' | '|' | '€' | '£' | '¢' | '©' | '®' | '¥')
}

fn is_leet(c: char) -> bool {
    c.is_ascii_digit() || is_sign(c)
}

fn count(text: &str, counts: impl Fn(char) -> bool) -> usize {
    text.chars().filter(|c| counts(*c)).count()
}

fn digits_differ(genuine: &str, seen: &str) -> bool {
    count(genuine, is_leet) != count(seen, is_leet)
}

fn strokes_differ(genuine: &str, seen: &str) -> bool {
    ['l', 'i', '1', '|', '!']
        .iter()
        .any(|stroke| count(genuine, |c| c == *stroke) != count(seen, |c| c == *stroke))
        && count(genuine, char::is_alphabetic) == count(seen, char::is_alphabetic)
}

fn pairs_differ(genuine: &str, seen: &str) -> bool {
    ['m', 'w', 'd'].iter().any(|one| count(genuine, |c| c == *one) != count(seen, |c| c == *one))
}

fn visible(text: &str) -> String {
    as_seen(text).chars().filter(|c| !is_default_ignorable(*c)).collect()
}

fn marks(text: &str) -> String {
    visible(text).nfd().filter(|c| is_mark(*c)).collect()
}
