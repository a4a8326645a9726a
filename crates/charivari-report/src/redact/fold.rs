//! How strings are compared when they are looked for: without case and without what nobody sees.

use charivari_text::chars::{is_default_ignorable, is_other_format};

/// A character as it is compared, with the bytes of the text that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folded {
    pub(super) c: char,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The characters of a text in lower case; those that are not seen are passed over, so that nobody
/// hides a name by writing something invisible into it.
pub(super) fn folded(text: &str) -> Vec<Folded> {
    text.char_indices()
        .filter(|(_, c)| !is_default_ignorable(*c) && !is_other_format(*c) && !c.is_control())
        .flat_map(|(start, original)| {
            let end = start + original.len_utf8();
            original.to_lowercase().map(move |c| Folded { c, start, end })
        })
        .collect()
}

/// A text as it is compared.
pub(super) fn fold(text: &str) -> String {
    folded(text).into_iter().map(|folded| folded.c).collect()
}

/// Whether a character goes on a word, so that a name that ends before it is a part of another.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The words of a text, each as it is compared, with its bytes.
pub(super) fn words(text: &str) -> Vec<(String, usize, usize)> {
    let mut words: Vec<(String, usize, usize)> = Vec::new();
    let mut is_open = false;
    for Folded { c, start, end } in folded(text) {
        if !is_word(c) {
            is_open = false;
        } else if let Some(word) = words.last_mut().filter(|_| is_open) {
            word.0.push(c);
            word.2 = end;
        } else {
            words.push((c.to_string(), start, end));
            is_open = true;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_what_is_not_seen_do_not_count() {
        assert_eq!(fold("Ket\u{200b}TLE_İ"), fold("kettle_i\u{307}"));
        let words: Vec<String> = words("Don't  PANIC, ok_1").into_iter().map(|it| it.0).collect();
        assert_eq!(words, ["don", "t", "panic", "ok_1"]);
    }
}
