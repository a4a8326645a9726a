//! The peer's normal form of a text.

/// Lower case, without anything from an `@` to the next white space, white space collapsed.
pub(super) fn normalise(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut normal = String::with_capacity(lower.len());
    let (mut in_mention, mut is_word_over) = (false, false);
    for character in lower.chars() {
        if character.is_whitespace() {
            in_mention = false;
        } else if character == '@' {
            in_mention = true;
        }
        if in_mention {
            continue;
        }
        if is_separator(character) {
            is_word_over = true;
            continue;
        }
        if is_word_over && !normal.is_empty() {
            normal.push(' ');
        }
        is_word_over = false;
        normal.push(character);
    }
    normal
}

/// What separates words. The four information separators do so in Python's `str.split`, but they
/// do not end a mention, because they are not `\s`.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The right column is what the peer's `message_preprocessor` gave.
    #[test]
    fn texts_are_normalised_as_the_peer_does() {
        let cases = [
            ("", ""),
            ("  A \t b\n\nC ", "a b c"),
            ("@one @Two", ""),
            ("a@b c", "a c"),
            ("@@ @", ""),
            ("hi @", "hi"),
            ("hi @x, you", "hi you"),
            ("@x\u{1c}y z", "z"),
            ("x\u{1c}y", "x y"),
            ("@x\u{85}y z", "y z"),
            ("a\u{a0}\u{3000}b", "a b"),
            ("İSTANBUL ΣΑΣ ΑΣ.", "i\u{307}stanbul σας ας."),
            ("ß ẞ ŉ ǰ ᾳ ǅ", "ß ß ŉ ǰ ᾳ ǆ"),
        ];
        for (text, expected) in cases {
            assert_eq!(normalise(text), expected, "{text:?}");
        }
    }
}
