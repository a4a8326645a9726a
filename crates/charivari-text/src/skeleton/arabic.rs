//! Spellings of one letter in Arabic, Persian, Urdu and Hebrew.

/// The one spelling of a letter that is written in several ways: with or without hamza, the
/// Arabic or the Persian yeh and kaf, final or not.
pub(super) fn folded(c: char) -> Option<char> {
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ي' | 'ی' | 'ئ' | 'ې' | 'ے' => 'ی',
        'ك' | 'ڪ' => 'ک',
        'ة' | 'ۀ' | 'ہ' | 'ھ' | 'ە' => 'ه',
        'ؤ' => 'و',
        '٠'..='٩' => ascii_digit(u32::from(c) - 0x0660),
        '۰'..='۹' => ascii_digit(u32::from(c) - 0x06F0),
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        _ => return None,
    })
}

fn ascii_digit(value: u32) -> char {
    char::from_digit(value, 10).unwrap_or('0')
}
