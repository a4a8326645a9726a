//! Classes of characters that several rules share.
//!
//! The standard library knows letters, digits, white space and control characters. What it lacks
//! (characters that are invisible by design, format characters, scripts written without spaces,
//! emoji) is kept here as ranges, each from the Unicode Character Database, version 16.

/// Whether the character is invisible unless a renderer knows better: zero-width characters,
/// bidirectional controls, variation selectors, fillers, tags.
///
/// This is the property `Default_Ignorable_Code_Point` (Unicode Standard, section 5.21).
pub fn is_default_ignorable(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
        | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFF8 | 0x1_BCA0..=0x1_BCA3 | 0x1_D173..=0x1_D17A
        | 0xE_0000..=0xE_0FFF)
}

/// Whether the character is a format character (general category `Cf`) that is not already
/// [`is_default_ignorable`]: signs that enclose digits, annotation marks, hieroglyph joiners.
pub fn is_other_format(c: char) -> bool {
    matches!(u32::from(c),
        0x0600..=0x0605 | 0x06DD | 0x070F | 0x0890..=0x0891 | 0x08E2 | 0xFFF9..=0xFFFB
        | 0x1_10BD | 0x1_10CD | 0x1_3430..=0x1_343F)
}

/// Whether the character belongs to a script that is written without spaces between words, or
/// (Hangul) that attaches particles directly to foreign words.
///
/// A link ends before such a character, because the sentence often goes on right after it.
pub fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x2E80..=0x2FDF
        | 0x3005..=0x3007 | 0x3040..=0x318F | 0x31A0..=0x31FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF
        | 0xFF66..=0xFFDC | 0x1_B000..=0x1_B16F | 0x2_0000..=0x3_FFFF)
}

/// Whether the character is drawn as a pictograph, so that a joiner or a variation selector
/// beside it is part of an emoji. A coarse superset of `Extended_Pictographic`.
pub fn is_pictograph(c: char) -> bool {
    matches!(u32::from(c),
        0x00A9 | 0x00AE | 0x203C | 0x2049 | 0x2122 | 0x2139 | 0x2190..=0x21FF | 0x2300..=0x23FF
        | 0x25A0..=0x27BF | 0x2B00..=0x2BFF | 0x3030 | 0x303D | 0x3297 | 0x3299
        | 0x1_F000..=0x1_FAFF)
}

/// Whether the character may stand inside a word: a letter, a digit or a combining mark.
pub(crate) fn is_word(c: char) -> bool {
    is_alphanumeric(c) || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

/// `char::is_alphanumeric`, which looks into tables, with the letters of most posts named.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        'à'..='ö'
        | 'а'..='ё'
        | '\u{0620}'..='\u{064A}'
        | '\u{0671}'..='\u{06D3}'
        | '\u{0E01}'..='\u{0E3A}'
        | '\u{0E40}'..='\u{0E46}'
        | '\u{3041}'..='\u{3096}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => true,
        '\u{0E48}'..='\u{0E4B}' | '\u{2010}'..='\u{2027}' | '\u{1F300}'..='\u{1FAFF}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// The character that ends at byte `at` of `text`; nothing when `at` is 0 or not a boundary.
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that begins at byte `at` of `text`; nothing at the end or off a boundary.
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_letters_are_letters() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
