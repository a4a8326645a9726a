//! Links in running text.
//!
//! A link begins with `http://` or `https://` (whatever stands before, since cut and joined texts
//! often lack the space), or with `www.` or `t.co/` where no name goes on before it. Then comes a
//! letter, a digit or a pictograph.
//!
//! It ends before white space, control characters, quotes, `< > \ ^ { | }` and the backtick.
//! Beyond ASCII only letters, digits and marks go on, in the host also emoji. Scripts without
//! spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) end the path, and end a host
//! whose last label is ASCII, because there the sentence usually goes on. Links to `t.co` are
//! ASCII throughout. A second `http://` directly after a letter or digit begins a link of its
//! own; after `/`, `=` and the like it is an argument of the first.
//!
//! From the end, `. , ; : ! ? ' * @`, opening brackets, and closing brackets that were not
//! opened within the link are given back to the sentence.

use std::iter::FusedIterator;

use crate::tokens::{Kind, Tokens};

/// The links of a text in order, as written; [`crate::address::canonical_url`] understands them.
pub fn links_in(text: &str) -> Links<'_> {
    Links { text, tokens: Tokens::links_and_mentions(text) }
}

/// Iterator of [`links_in`].
#[derive(Clone, Debug)]
pub struct Links<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
}

impl Links<'_> {
    /// The next link as byte positions in the text.
    pub(crate) fn next_range(&mut self) -> Option<std::ops::Range<usize>> {
        let token = self.tokens.find(|token| token.kind == Kind::Link)?;
        Some(token.start..token.end)
    }
}

impl<'a> Iterator for Links<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.next_range().map(|range| &self.text[range])
    }
}

impl FusedIterator for Links<'_> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn in_running_text() {
        let cases: [(&str, &str, &[&str]); 26] = [
            ("plain", "a http://example.org b", &["http://example.org"]),
            (
                "path and query",
                "https://example.org/a?b=c&d#e.",
                &["https://example.org/a?b=c&d#e"],
            ),
            ("upper case", "HTTPS://EXAMPLE.ORG/A", &["HTTPS://EXAMPLE.ORG/A"]),
            ("several", "www.a.example, t.co/Ab!", &["www.a.example", "t.co/Ab"]),
            ("brackets of the link", "http://e.example/P_(film)", &["http://e.example/P_(film)"]),
            ("brackets around", "(http://e.example/P_(film))", &["http://e.example/P_(film)"]),
            ("Markdown", "[x](https://e.example/a)", &["https://e.example/a"]),
            ("angle brackets", "<https://e.example/a>", &["https://e.example/a"]),
            (
                "quotes",
                "\"https://e.example/a\" 'http://e.example'",
                &["https://e.example/a", "http://e.example"],
            ),
            ("guillemets", "«https://e.example/a»", &["https://e.example/a"]),
            (
                "ellipsis",
                "https://e.example/a… https://e.example/b...",
                &["https://e.example/a", "https://e.example/b"],
            ),
            ("trailing slash stays", "https://e.example/a/, x", &["https://e.example/a/"]),
            ("port and user", "http://u:p@e.example:80/a", &["http://u:p@e.example:80/a"]),
            (
                "Chinese after path",
                "https://e.example/路 https://e.example/a看",
                &["https://e.example/", "https://e.example/a"],
            ),
            ("Chinese stop", "https://e.example/a。好", &["https://e.example/a"]),
            ("Japanese host", "http://例え.テスト/a", &["http://例え.テスト/a"]),
            ("Thai after host", "https://e.exampleไทย", &["https://e.example"]),
            (
                "Cyrillic path",
                "http://e.example/Русские_слова.",
                &["http://e.example/Русские_слова"],
            ),
            ("t.co is ASCII", "https://t.co/abПривет", &["https://t.co/ab"]),
            ("joined", "https://t.co/ahttps://t.co/b", &["https://t.co/a", "https://t.co/b"]),
            (
                "argument",
                "https://a.example/?u=https://b.example/c",
                &["https://a.example/?u=https://b.example/c"],
            ),
            ("glued to text", "texthttps://e.example/a", &["https://e.example/a"]),
            ("no link", "http:// www. t.co/ awww.x.example x@www.e.example ht.co/a", &[]),
            ("other scheme", "ftp://e.example javascript:alert(1)", &[]),
            ("emoji host", "http://❤.example/a", &["http://❤.example/a"]),
            (
                "bidirectional control ends",
                "https://e.example/a\u{202e}b",
                &["https://e.example/a"],
            ),
        ];
        for (name, text, expected) in cases {
            assert_eq!(links_in(text).collect::<Vec<_>>(), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn links_have_no_space_or_control(text in "(https?://|www\\.|t\\.co/|[a.()é看 @:]|\\PC|\\pC){0,24}") {
            for link in links_in(&text) {
                prop_assert!(!link.chars().any(|c| c.is_whitespace() || c.is_control()));
                prop_assert!(!link.ends_with(['.', ',', '!', '?', ':', ';']));
            }
        }
    }
}
