//! Hashtags: their normal form, and finding them in text whose export lacks a column for them.
//!
//! **Normal form**: white space and the sign (`#`, `＃`, `﹟`, also repeated) are stripped from
//! the front, white space from the end; then form KC, lower case, and invisible characters
//! dropped, as in rule 1 of [`crate::normalise`]. What remains is valid when it consists of
//! letters, combining marks, digits, `_` and a few signs that belong to words (middle dots,
//! Hebrew geresh, gershayim and maqaf, Tibetan tsek, Japanese double hyphen and ditto mark) and
//! has at least one letter: `#2023` is a number.
//!
//! **In running text** the conventions of twitter-text are followed: the sign must not come
//! after a letter, digit, mark, `_`, `&` (as in `&#39;`) or `/` (as in `example.org/#part`,
//! unless another hashtag ends before it); the tag must not be followed by another sign or by
//! `://`; a sign inside a link is part of the link; the sign of a keycap emoji is no sign.

use std::iter::FusedIterator;

use crate::fold::fold_into;
use crate::tokens::{Kind, Tokens, is_hashtag_char, names_something};

/// Appends the normal form (without sign) to `out` and returns true; when the tag is not valid,
/// appends nothing and returns false. Normalising a normal form gives the same again.
pub fn normalise_hashtag_into(tag: &str, out: &mut String) -> bool {
    let start = out.len();
    let bare =
        tag.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '＃' | '﹟'));
    fold_into(bare, out);
    let folded = &out[start..];
    let valid = names_something(folded) && folded.chars().all(is_hashtag_char);
    if !valid {
        out.truncate(start);
    }
    valid
}

/// The normal form of a hashtag, or nothing when it is not valid.
pub fn normalise_hashtag(tag: &str) -> Option<String> {
    let mut out = String::with_capacity(tag.len());
    normalise_hashtag_into(tag, &mut out).then_some(out)
}

/// The hashtags of a text in order, as written, without their sign. A tag that is repeated comes
/// again. [`normalise_hashtag_into`] gives their normal form.
pub fn hashtags_in(text: &str) -> Hashtags<'_> {
    let tokens = has_sign(text).then(|| Tokens::all(text));
    Hashtags { text, tokens }
}

/// Iterator of [`hashtags_in`].
#[derive(Clone, Debug)]
pub struct Hashtags<'a> {
    text: &'a str,
    tokens: Option<Tokens<'a>>,
}

impl<'a> Iterator for Hashtags<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let token = self.tokens.as_mut()?.find(|token| token.kind == Kind::Hashtag)?;
        Some(&self.text[token.name..token.end])
    }
}

impl FusedIterator for Hashtags<'_> {}

/// Most posts have no hashtag; this is faster than looking for tokens of every kind.
fn has_sign(text: &str) -> bool {
    memchr::memchr(b'#', text.as_bytes()).is_some() || text.contains(['＃', '﹟'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn normal_forms() {
        let cases = [
            ("sign and case", "#BreakingNews", Some("breakingnews")),
            ("no sign", "Leak_2023", Some("leak_2023")),
            ("full-width", "＃ＬＥＡＫ", Some("leak")),
            ("two signs", "##a", Some("a")),
            ("space around", " # a ", Some("a")),
            ("Russian", "#Ёлка", Some("ёлка")),
            ("Persian with non-joiner", "#می\u{200c}روم", Some("میروم")),
            ("Arabic", "#إيران", Some("إيران")),
            ("Hindi with virama", "#हिन्दी", Some("हिन्दी")),
            ("Thai", "#ประเทศไทย", Some("ประเทศไทย")),
            ("Japanese middle dot", "#ジョン･スミス", Some("ジョン・スミス")),
            ("Catalan middle dot", "#Il·lustració", Some("il·lustració")),
            ("Hebrew gershayim", "#צה״ל", Some("צה״ל")),
            ("zero-width inside", "#le\u{200b}ak", Some("leak")),
            ("only digits", "#2023", None),
            ("digits and underscore", "#_1", None),
            ("digit first", "#9eleven", Some("9eleven")),
            ("two words", "#a b", None),
            ("hyphen", "#a-b", None),
            ("emoji", "#🔥", None),
            ("empty", "#", None),
            ("nothing", "", None),
            ("lone mark", "#\u{301}", None),
            ("fraction", "#a¼", None),
        ];
        for (name, tag, expected) in cases {
            assert_eq!(normalise_hashtag(tag).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn an_invalid_tag_leaves_the_buffer_alone() {
        let mut out = String::from("kept");
        assert!(!normalise_hashtag_into("#a-b", &mut out));
        assert_eq!(out, "kept");
        assert!(normalise_hashtag_into("#B", &mut out));
        assert_eq!(out, "keptb");
    }

    #[test]
    fn in_running_text() {
        let cases: [(&str, &str, &[&str]); 25] = [
            ("start, middle, end", "#a mid #B, end #c", &["a", "B", "c"]),
            ("full-width sign", "＃leak und ﹟b", &["leak", "b"]),
            ("after a letter", "issue#a", &[]),
            ("after an accented letter", "é#a", &[]),
            ("after a Chinese character", "看#a", &[]),
            ("after Chinese punctuation", "看。#热点 好", &["热点"]),
            ("in brackets and quotes", "(#a) \"#b\" [#c]", &["a", "b", "c"]),
            ("entity", "don&#39;t &#x27;s", &[]),
            ("only digits", "#1 #2023 #1a", &["1a"]),
            ("in a link", "https://example.org/#part #b", &["b"]),
            ("in a link without scheme", "www.example.org/x#part example.org/#x", &[]),
            ("glued tags", "#a#b #c", &["c"]),
            ("tags with a slash", "#a/#b", &["a", "b"]),
            ("tag then link sign", "#http://example.org", &[]),
            ("keycap", "#\u{fe0f}\u{20e3} #a\u{20e3}", &[]),
            ("apostrophe ends", "#paper's", &["paper"]),
            ("hyphen ends", "#anti-x", &["anti"]),
            ("Korean", "#한국 최고", &["한국"]),
            ("Arabic in a right-to-left text", "قال #إيران_اليوم، ثم", &["إيران_اليوم"]),
            ("Thai has no spaces", "#ประเทศไทย", &["ประเทศไทย"]),
            ("repeated", "#a #a", &["a", "a"]),
            ("joiner inside", "#می\u{200c}روم", &["می\u{200c}روم"]),
            ("after an e-mail address", "u@example.org #a", &["a"]),
            ("lone signs", "# ## #! C#", &[]),
            ("nothing", "", &[]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(hashtags_in(text).collect::<Vec<_>>(), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn normal_form_is_stable(tag in "[#＃]?\\PC{0,12}") {
            if let Some(once) = normalise_hashtag(&tag) {
                prop_assert_eq!(normalise_hashtag(&once), Some(once));
            }
        }

        #[test]
        fn what_is_found_is_valid(text in "([#＃@a1é看 ./:\u{200d}\u{301}_-]|\\PC){0,24}") {
            for tag in hashtags_in(&text) {
                prop_assert!(normalise_hashtag(tag).is_some(), "{:?}", tag);
            }
        }
    }
}
