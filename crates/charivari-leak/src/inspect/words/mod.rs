//! Words: what columns are called, closed lists, small lexicons and the statistics of letters.

pub(super) mod closed;
pub(super) mod header;
pub(super) mod letters;
pub(super) mod lexicon;
pub(super) mod street;

/// A word for comparing: lower case, Latin letters without accents, Persian letters in one form.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => out.push('e'),
            'ì'..='ï' | 'ī' | 'ı' => out.push('i'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => out.push('o'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'š' | 'ś' | 'ş' => out.push('s'),
            'ž' | 'ź' | 'ż' => out.push('z'),
            'ğ' => out.push('g'),
            'ł' => out.push('l'),
            'ř' => out.push('r'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ي' | 'ى' => out.push('ی'),
            'ك' => out.push('ک'),
            '\u{200c}' | '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
    out
}

/// Eastern digits as the ones that checks expect; all else as it is.
pub(super) fn western_digits(text: &str) -> String {
    let western = |c: char| match c {
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) - 0x6f0, 10).unwrap_or(c),
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10).unwrap_or(c),
        other => other,
    };
    text.chars().map(western).collect()
}
