//! Steps that several kinds share.

use charivari_text::chars::is_default_ignorable;
use unicode_normalization::UnicodeNormalization;

/// Normalisation form C, invisible characters gone, runs of white space as one space; nothing where
/// nothing is left.
pub(super) fn tidy(value: &str) -> Option<String> {
    // Most values are plain already, and a table has millions.
    if is_plain(value) {
        return (!value.is_empty()).then(|| value.to_owned());
    }
    let mut out = String::with_capacity(value.len());
    for word in composed(value).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    (!out.is_empty()).then_some(out)
}

/// Form C without invisible and control characters. Taking some away can bring marks together, so the
/// form is made again.
fn composed(value: &str) -> String {
    let kept = |c: &char| !is_default_ignorable(*c) && (!c.is_control() || c.is_whitespace());
    let once: String = value.nfc().filter(kept).collect();
    once.nfc().collect()
}

fn is_plain(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && !value.starts_with(' ')
        && !value.ends_with(' ')
        && !value.contains("  ")
}

/// Upper case, twice, since the upper case of one letter can be several that compose.
pub(super) fn upper(value: &str) -> String {
    let once = value.to_uppercase().nfc().collect::<String>();
    once.to_uppercase().nfc().collect()
}

/// Lower case, with normalisation form C restored.
pub(super) fn lower(value: &str) -> String {
    if value.is_ascii() {
        return value.to_ascii_lowercase();
    }
    // Lowering twice settles the few letters whose lower case has marks of its own.
    let once = value.to_lowercase().nfc().collect::<String>();
    once.to_lowercase().nfc().collect()
}

/// Words without case, accents and punctuation, parted by single spaces; nothing where none is left.
pub(super) fn folded(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        } else if !matches!(c, '\'' | '’' | 'ʼ' | '`') {
            // An apostrophe joins: O'Brien and OBrien are one name.
            gap = true;
        }
    };
    if value.is_ascii() {
        value.chars().for_each(|c| push(c.to_ascii_lowercase()));
    } else {
        plain_letters(value).chars().for_each(&mut push);
    }
    (!out.is_empty()).then_some(out)
}

/// Lower case letters without accents; letters that are no letter with a mark are written out.
fn plain_letters(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let lowered: String = value.nfkd().flat_map(char::to_lowercase).nfkd().collect();
    for c in lowered.chars() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'þ' => out.push_str("th"),
            'ς' => out.push('σ'),
            // Arabic letters as Persian keyboards write them.
            'ي' | 'ى' => out.push('ی'),
            'ك' => out.push('ک'),
            'ة' => out.push('ه'),
            c if unicode_normalization::char::is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Letters and digits alone, in upper case: the form of account and card numbers.
pub(super) fn signs(value: &str) -> Option<String> {
    let kept: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
    (!kept.is_empty()).then(|| kept.to_ascii_uppercase())
}
