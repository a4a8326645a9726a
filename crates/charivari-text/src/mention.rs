//! Mentions: `@user` in running text.
//!
//! A mention is `@`, `＠` or `﹫` and a handle. The sign must not come after an ASCII letter or
//! digit or one of `_ ! # $ % & * @ /`, so that e-mail addresses and paths are no mentions;
//! `RT@user` is one. The handle has ASCII letters, digits and `_`, with single dots inside
//! (`first.last`, `user.example.org`); hyphens only in host names (`my-name.example.org`, but
//! `@paper-owned` mentions `paper`). For the fediverse a host may follow (`user@example.org`).
//! An end that is directly followed by other letters is accepted, since Chinese, Japanese and
//! Thai texts go on without a space. Signs inside links are no mentions.

use std::borrow::Cow;
use std::iter::FusedIterator;

use crate::tokens::{Kind, Tokens};

/// The handles that a text mentions, in order, without `@`, in lower case. A handle that is
/// repeated comes again. Nothing is allocated for handles that are in lower case already.
pub fn mentions_in(text: &str) -> Mentions<'_> {
    Mentions { text, tokens: Tokens::links_and_mentions(text) }
}

/// Iterator of [`mentions_in`].
#[derive(Clone, Debug)]
pub struct Mentions<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
}

impl<'a> Iterator for Mentions<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        let token = self.tokens.find(|token| token.kind == Kind::Mention)?;
        let handle = &self.text[token.name..token.end];
        Some(if handle.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(handle.to_ascii_lowercase())
        } else {
            Cow::Borrowed(handle)
        })
    }
}

impl FusedIterator for Mentions<'_> {}

/// Appends the normal form of a handle from a column: without white space and the sign at the
/// front, in ASCII lower case, invisible characters dropped (see [`crate::normalise`], rule 1,
/// which also makes full-width letters usual ones). Returns whether anything was appended.
pub fn normalise_mention_into(handle: &str, out: &mut String) -> bool {
    let start = out.len();
    crate::fold::fold_into(handle, out);
    // Only now: an invisible character may have stood before the sign.
    let bare = out[start..].trim_start_matches([' ', '@']).len();
    out.replace_range(start..out.len() - bare, "");
    out.len() > start
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn in_running_text() {
        let cases: [(&str, &str, &[&str]); 20] = [
            ("start, middle, end", "@a hi @User_1, end @c", &["a", "user_1", "c"]),
            ("only digits", "@12345", &["12345"]),
            ("full-width sign", "＠user ﹫b", &["user", "b"]),
            ("e-mail address", "write to first.last@example.org", &[]),
            ("e-mail address with plus", "a+b@example.org", &[]),
            ("after Japanese", "の@usernameに到着", &["username"]),
            ("in brackets, after a dot", "(@a) .@b \"@c\"", &["a", "b", "c"]),
            ("after a repost sign", "RT@a RT:@b rt @c", &["a", "b", "c"]),
            ("not after art", "art@a", &[]),
            ("after signs", "f!@k f#@k f$@k f%@k f&@k f*@k f@@k", &[]),
            ("in a path", "https://example.org/@user/1 example.org/@user", &[]),
            ("before a link", "@http://example.org", &[]),
            ("glued to a link", "@userhttps://example.org", &["user"]),
            ("host as handle", "@user.bsky.social.", &["user.bsky.social"]),
            ("fediverse", "@user@Mastodon.example hi", &["user@mastodon.example"]),
            ("glued", "@a@b", &["a", "b"]),
            ("possessive, compound", "@paper's @paper-owned", &["paper", "paper"]),
            ("dots at the end", "@a... @b.", &["a", "b"]),
            ("repeated", "@a @A", &["a", "a"]),
            ("lone signs", "@ @@ @_ @-a", &["_"]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(mentions_in(text).collect::<Vec<_>>(), expected, "{name}");
        }
    }

    #[test]
    fn columns() {
        for (handle, expected) in
            [(" @User ", "user"), ("＠Ｕser", "user"), ("@", ""), ("\u{200b}@u\u{200b}x", "ux")]
        {
            let mut out = String::new();
            assert_eq!(normalise_mention_into(handle, &mut out), !expected.is_empty());
            assert_eq!(out, expected);
        }
    }

    proptest! {
        #[test]
        fn handles_are_plain(text in "([@＠a1B_.:/-]|http|\\PC){0,24}") {
            for handle in mentions_in(&text) {
                prop_assert!(!handle.is_empty());
                prop_assert!(handle.bytes().all(|b| b.is_ascii_lowercase()
                    || b.is_ascii_digit()
                    || matches!(b, b'_' | b'.' | b'-' | b'@')), "{}", handle);
            }
        }
    }
}
