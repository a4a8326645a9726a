//! Several values in one cell, in the ways that exports join them.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::post::Str;

/// How values are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ListStyle {
    /// Told from the cell: brackets, then `|`, `;`, `,`, or white space.
    #[default]
    Any,
    /// `a,b`
    Comma,
    /// `a b`
    Space,
    /// `[a, b]` or `['a', 'b']`, as Python prints a list; also a JSON array.
    Brackets,
}

/// The values in `text`, empty ones left out.
pub(crate) fn split(text: Str<'_>, style: ListStyle) -> Vec<Str<'_>> {
    match text {
        Cow::Borrowed(text) => parts(text, style).into_iter().map(Cow::Borrowed).collect(),
        Cow::Owned(text) => {
            parts(&text, style).into_iter().map(|part| Cow::Owned(part.to_owned())).collect()
        }
    }
}

fn parts(text: &str, style: ListStyle) -> Vec<&str> {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let split: Vec<&str> = match (style, inner) {
        (ListStyle::Any | ListStyle::Brackets, Some(inner)) => split_commas(inner),
        (ListStyle::Comma, _) => split_commas(text),
        (ListStyle::Space, _) => text.split_ascii_whitespace().collect(),
        (ListStyle::Brackets, None) => vec![text],
        (ListStyle::Any, None) => split_any(text),
    };
    split.into_iter().map(unquote).filter(|part| !part.is_empty()).collect()
}

/// Commas separate values, but a comma inside a link is followed by no space and no new scheme.
fn split_commas(text: &str) -> Vec<&str> {
    if !text.contains("://") {
        return text.split(',').collect();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(',') {
        let rest = text[at + 1..].trim_start().trim_start_matches(['\'', '"']);
        if rest.is_empty() || rest.starts_with("http://") || rest.starts_with("https://") {
            parts.push(&text[start..at]);
            start = at + 1;
        }
    }
    parts.push(&text[start..]);
    parts
}

/// White space, `|` and `;` never stand inside a hashtag or a link as exports write them; commas may.
fn split_any(text: &str) -> Vec<&str> {
    let pieces = text.split(['|', ';', '\n', ' ', '\t']);
    if text.contains("://") {
        // `;` and `|` are rare but legal in links, so there only white space and commas separate.
        return text.split_whitespace().flat_map(split_commas).collect();
    }
    pieces.flat_map(|piece| piece.split(',')).collect()
}

fn unquote(part: &str) -> &str {
    let part = part.trim();
    for quote in ['\'', '"'] {
        if let Some(inner) = part.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner.trim();
        }
    }
    part
}

/// A short digest of several texts, for posts that have no id: 16 hexadecimal digits of SHA-256.
pub(crate) fn digest(parts: &[&str]) -> String {
    use std::fmt::Write;
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut digest = String::from("made-");
    for byte in &hasher.finalize()[..8] {
        // Writing to a string does not fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart_as_exports_join_them() {
        for (text, style, values) in [
            ("[a, b]", ListStyle::Any, vec!["a", "b"]),
            ("['a', 'b c']", ListStyle::Brackets, vec!["a", "b c"]),
            ("[]", ListStyle::Any, vec![]),
            ("", ListStyle::Any, vec![]),
            ("a,b", ListStyle::Comma, vec!["a", "b"]),
            ("a|b;c d", ListStyle::Any, vec!["a", "b", "c", "d"]),
            ("https://example.org/a,b", ListStyle::Any, vec!["https://example.org/a,b"]),
            (
                "https://example.org/a,https://example.org/b",
                ListStyle::Comma,
                vec!["https://example.org/a", "https://example.org/b"],
            ),
            (
                "[https://example.org/a;1, 'https://example.org/b']",
                ListStyle::Any,
                vec!["https://example.org/a;1", "https://example.org/b"],
            ),
        ] {
            let found: Vec<String> =
                split(Cow::Borrowed(text), style).into_iter().map(Cow::into_owned).collect();
            assert_eq!(found, values, "{text}");
        }
    }

    #[test]
    fn a_digest_keeps_its_parts_apart() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_eq!(digest(&["a"]).len(), 21);
    }
}
