//! Showing text from evidence, which may be an attack on the terminal, the page or the reader.
//!
//! [`visible`] makes hidden characters seen, [`defang`] and [`defang_text`] make links unusable
//! by accident, [`shorten`] fits text into a line. For a link from evidence apply [`defang`]
//! first and [`visible`] to its result.

mod defang;

use std::borrow::Cow;
use std::fmt::Write as _;

pub use self::defang::{defang, defang_text};
use crate::chars::{char_before, is_default_ignorable, is_other_format, is_pictograph};

/// The text with everything hidden written as an escape, fit for a terminal and for one line.
///
/// Escaped are all control characters (C0, DEL, C1; line feed, carriage return and tab as `\n`,
/// `\r`, `\t`), default-ignorable characters (zero-width characters, bidirectional controls,
/// joiners, variation selectors, fillers, tags), other format characters (category `Cf`), line
/// and paragraph separators, and noncharacters, as `\u{202e}`. So the result has no line break
/// and cannot change direction.
///
/// Three things stay, because they are ordinary writing and can be seen: a variation selector
/// for text or emoji style (U+FE0E, U+FE0F) directly after a pictograph, a zero-width joiner
/// between two pictographs, and the zero-width non-joiner of Persian, Urdu and Kurdish between
/// two Arabic letters of which the first would otherwise join the second. Any other place for
/// these is hiding something and is shown.
///
/// Backslashes stay as they are: the result is for reading, not for reversing. Spaces other than
/// U+0020 and stacked combining marks stay too. Applying it twice gives the same as once, and
/// nothing is allocated for text that needs no escape.
pub fn visible(text: &str) -> Cow<'_, str> {
    let Some(first) = next_hidden(text, 0) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 16);
    let (mut from, mut hidden) = (0, Some(first));
    while let Some((at, c)) = hidden {
        out.push_str(&text[from..at]);
        escape_into(c, &mut out);
        from = at + c.len_utf8();
        hidden = next_hidden(text, from);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// The text shortened to at most `max_chars` characters (code points), the last of which is `…`
/// when something was cut. Nothing is left for 0.
///
/// The cut is never inside a character with its combining marks, joiners or selectors (looking
/// back over at most 32 code points), so what is left reads as it did. White space before the
/// ellipsis is dropped.
pub fn shorten(text: &str, max_chars: usize) -> Cow<'_, str> {
    let Some((last, _)) = max_chars.checked_sub(1).and_then(|n| text.char_indices().nth(n)) else {
        return Cow::Borrowed(if max_chars == 0 { "" } else { text });
    };
    if text[last..].chars().nth(1).is_none() {
        return Cow::Borrowed(text);
    }
    let mut cut = last;
    for _ in 0..32 {
        match char_before(text, cut) {
            Some(c) if continues(text, cut) => cut -= c.len_utf8(),
            _ => break,
        }
    }
    let kept = if continues(text, cut) { last } else { cut };
    Cow::Owned(format!("{}…", text[..kept].trim_end()))
}

/// Whether the character at `at` belongs to the one before it.
fn continues(text: &str, at: usize) -> bool {
    let attaches = |c: char| {
        unicode_normalization::char::is_combining_mark(c)
            || is_default_ignorable(c)
            || matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
    };
    text[at..].chars().next().is_some_and(attaches) || char_before(text, at) == Some('\u{200D}')
}

fn escape_into(c: char, out: &mut String) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        // Writing to a string cannot fail.
        _ => drop(write!(out, "\\u{{{:x}}}", u32::from(c))),
    }
}

/// The next character at or after `from` that must be escaped, with its position.
fn next_hidden(text: &str, from: usize) -> Option<(usize, char)> {
    text[from..]
        .char_indices()
        .map(|(offset, c)| (from + offset, c))
        .find(|&(at, c)| is_hidden(c) && !is_ordinary_here(text, at, c))
}

fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FDD0}'..='\u{FDEF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
        || is_default_ignorable(c)
        || is_other_format(c)
}

/// Whether an invisible character stands where one can see what it does.
fn is_ordinary_here(text: &str, at: usize, c: char) -> bool {
    let mut before = text[..at].chars().rev();
    let after = text[at + c.len_utf8()..].chars().next();
    match c {
        '\u{FE0E}' | '\u{FE0F}' => before.next().is_some_and(is_pictograph),
        '\u{200D}' => {
            let shown = match before.next() {
                Some('\u{FE0F}') => before.next(),
                other => other,
            };
            shown.is_some_and(is_pictograph) && after.is_some_and(is_pictograph)
        }
        '\u{200C}' => before.next().is_some_and(joins_onwards) && after.is_some_and(is_arabic),
        _ => false,
    }
}

/// Arabic letters (with those of Persian, Urdu and Kurdish) that join the next one.
fn joins_onwards(c: char) -> bool {
    matches!(c,
        'ئ' | 'ب' | 'ت' | 'ث' | 'ج' | 'ح' | 'خ' | 'س'..='غ' | 'ف'..='ن' | 'ه' | 'ى' | 'ي' | 'ٹ'
        | 'پ' | 'چ' | 'ڤ' | 'ک' | 'گ' | 'ڵ' | 'ھ' | 'ہ' | 'ی' | 'ێ')
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0621}'..='\u{064A}' | '\u{0671}'..='\u{06D3}' | '\u{06D5}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hidden_characters_are_shown() {
        let cases = [
            ("plain", "plain ünïcode 看 🔥", "plain ünïcode 看 🔥"),
            ("line breaks and tab", "a\nb\r\tc", "a\\nb\\r\\tc"),
            ("escape sequence", "\u{1b}[31mred\u{7f}", "\\u{1b}[31mred\\u{7f}"),
            ("C1", "\u{9b}31m\u{85}", "\\u{9b}31m\\u{85}"),
            ("bidirectional override", "cod\u{202e}fdp.exe", "cod\\u{202e}fdp.exe"),
            (
                "isolates and marks",
                "\u{2066}\u{2069}\u{200e}\u{200f}\u{61c}",
                "\\u{2066}\\u{2069}\\u{200e}\\u{200f}\\u{61c}",
            ),
            ("zero width", "a\u{200b}b\u{feff}c\u{2060}", "a\\u{200b}b\\u{feff}c\\u{2060}"),
            ("separators", "a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"),
            ("soft hyphen and filler", "\u{ad}\u{3164}", "\\u{ad}\\u{3164}"),
            ("tags", "\u{e0061}", "\\u{e0061}"),
            ("noncharacters", "\u{fffe}\u{10ffff}", "\\u{fffe}\\u{10ffff}"),
            ("number sign", "\u{600}1", "\\u{600}1"),
            ("emoji family stays", "👨\u{200d}👩", "👨\u{200d}👩"),
            ("emoji heart stays", "❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥"),
            ("joiner between letters", "a\u{200d}b", "a\\u{200d}b"),
            ("selector after a letter", "a\u{fe0f}", "a\\u{fe0f}"),
            ("two selectors", "❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}\\u{fe0f}"),
            ("two joiners", "👨\u{200d}\u{200d}👩", "👨\\u{200d}\\u{200d}👩"),
            ("Persian spelling stays", "می\u{200c}روم", "می\u{200c}روم"),
            ("non-joiner without effect", "دا\u{200c}ر", "دا\\u{200c}ر"),
            ("non-joiner in Latin", "a\u{200c}b", "a\\u{200c}b"),
            ("backslash stays", "\\n", "\\n"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(visible(text), expected, "{name}");
            assert_eq!(visible(expected), expected, "{name}, again");
        }
        assert!(matches!(visible("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn shortened_at_whole_characters() {
        let cases = [
            ("short enough", "abc", 3, "abc"),
            ("one too long", "abcd", 3, "ab…"),
            ("beyond ASCII", "火事火事火事", 4, "火事火…"),
            ("space before the cut", "ab cd", 4, "ab…"),
            ("marks stay with their letter", "ae\u{301}\u{302}x", 4, "a…"),
            ("emoji stay whole", "a👨\u{200d}👩\u{200d}👧 b", 4, "a…"),
            ("one", "ab", 1, "…"),
            ("zero", "ab", 0, ""),
            ("nothing", "", 5, ""),
        ];
        for (name, text, max, expected) in cases {
            assert_eq!(shorten(text, max), expected, "{name}");
        }
        let marks = format!("a{}", "\u{301}".repeat(1000));
        assert_eq!(shorten(&marks, 101).chars().count(), 101, "too many marks to look back over");
    }

    proptest! {
        #[test]
        fn visible_text_hides_nothing(text in "([a❤👨می\u{200c}\u{200d}\u{fe0f}\u{202e}]|\\PC|\\pC){0,24}") {
            let shown = visible(&text);
            prop_assert_eq!(&visible(&shown), &shown);
            let unsafe_char = |c: char| {
                let code = u32::from(c);
                c.is_control()
                    || matches!(code, 0x061C | 0x200B | 0x200E..=0x200F | 0x2028..=0x202E | 0xFEFF)
                    || matches!(code, 0x2060..=0x206F)
            };
            prop_assert!(!shown.chars().any(unsafe_char));
        }

        #[test]
        fn shortened_text_fits(text in any::<String>(), max in 0_usize..12) {
            let short = shorten(&text, max);
            prop_assert!(short.chars().count() <= max);
            if text.chars().count() <= max {
                prop_assert_eq!(&*short, &*text);
            }
        }
    }
}
