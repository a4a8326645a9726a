//! Characters that show a letter in disguise, and letters of other scripts that are read as Latin.

/// What a decorated character shows, where no compatibility form says it.
pub(super) fn undisguise(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let letter = |first: u32| char::from_u32(u32::from('a') + (u32::from(c) - first)).unwrap_or(c);
    match u32::from(c) {
        // Black circles, black squares, and regional indicators, which flags are made of.
        0x1_F150..=0x1_F169 => letter(0x1_F150),
        0x1_F170..=0x1_F189 => letter(0x1_F170),
        0x1_F1E6..=0x1_F1FF => letter(0x1_F1E6),
        // Tags repeat ASCII, but are not seen: they are dropped before.
        _ => small_capital(c).unwrap_or(c),
    }
}

/// Letters of small capitals and turned letters as text generators write them.
fn small_capital(c: char) -> Option<char> {
    Some(match c {
        'ᴀ' | 'ɐ' => 'a',
        'ʙ' => 'b',
        'ᴄ' => 'c',
        'ᴅ' => 'd',
        'ᴇ' | 'ǝ' | 'ⱻ' => 'e',
        'ꜰ' => 'f',
        'ɢ' => 'g',
        'ʜ' | 'ɥ' => 'h',
        'ɪ' | 'ı' => 'i',
        'ᴊ' => 'j',
        'ᴋ' | 'ĸ' => 'k',
        'ʟ' => 'l',
        'ᴍ' | 'ɯ' => 'm',
        'ɴ' => 'n',
        'ᴏ' => 'o',
        'ᴘ' => 'p',
        'ꞯ' | 'ǫ' => 'q',
        'ʀ' | 'ɹ' => 'r',
        'ꜱ' => 's',
        'ᴛ' | 'ʇ' => 't',
        'ᴜ' => 'u',
        'ᴠ' | 'ʌ' => 'v',
        'ᴡ' | 'ʍ' => 'w',
        'ʏ' | 'ʎ' => 'y',
        'ᴢ' => 'z',
        _ => return None,
    })
}

/// Letters, in lower case, that readers take for a Latin one although the tables of UTS #39 do not
/// say so, mostly because only their capitals look alike.
pub(super) fn reading(c: char) -> Option<char> {
    Some(match c {
        'в' | 'β' | 'ß' => 'b',
        'н' | 'η' => 'h',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'т' | 'τ' => 't',
        'υ' | 'у' => 'y',
        'з' | 'ε' | 'є' => 'e',
        'ζ' => 'z',
        'ι' => 'l',
        'ν' => 'n',
        'ς' => 'σ',
        'ρ' => 'p',
        'χ' => 'x',
        'α' => 'a',
        'ο' => 'o',
        'γ' => 'v',
        '€' => 'e',
        '£' => 'l',
        '¢' | '©' => 'c',
        '®' => 'r',
        '¥' => 'y',
        'ŀ' => 'l',
        _ => return None,
    })
}
