//! Where hashtags, mentions and links stand in a text.

/// What a word of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// `#tag`.
    Hashtag,
    /// `@handle`.
    Mention,
    /// `https://…`.
    Link,
}

/// One hashtag, mention or link in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<'a> {
    /// What it is.
    pub thing: Thing,
    /// The bytes that it takes, its sign included.
    pub bytes: (usize, usize),
    /// The tag or handle without its sign; the whole address.
    pub value: &'a str,
}

/// The hashtags, mentions and links of a simulated text, in order.
///
/// Not a reader of real texts: it relies on white space around each of them, and on tags and
/// handles made of letters, digits and `_`.
#[must_use]
pub fn spans(text: &str) -> Vec<Span<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if let Some((thing, sign, length)) = thing_of(word) {
            let end = start + sign + length;
            let value = &text[start + sign..end];
            found.push(Span { thing, bytes: (start, end), value });
        }
        start += word.len();
    }
    found
}

/// What `word` is, the length of its sign and that of its value.
fn thing_of(word: &str) -> Option<(Thing, usize, usize)> {
    if word.starts_with("https://") {
        return Some((Thing::Link, 0, word.trim_end().len()));
    }
    let thing = match word.chars().next()? {
        '#' => Thing::Hashtag,
        '@' => Thing::Mention,
        _ => return None,
    };
    let value = word.get(1..)?;
    let length =
        value.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(value.len());
    (length > 0).then_some((thing, 1, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_found_with_their_places() {
        let text = "Été: @moineau_12, lis #Tempête! https://example.org/a?b=1 # @";
        let met: Vec<_> = spans(text).iter().map(|span| (span.thing, span.value)).collect();
        let expected = [
            (Thing::Mention, "moineau_12"),
            (Thing::Hashtag, "Tempête"),
            (Thing::Link, "https://example.org/a?b=1"),
        ];
        assert_eq!(met, expected);
        for span in spans(text) {
            assert!(text[span.bytes.0..span.bytes.1].ends_with(span.value));
        }
    }
}
