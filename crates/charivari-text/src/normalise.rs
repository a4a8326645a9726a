//! When are two posts "the same text"? When their normalised texts are equal.
//!
//! Copies of one message differ in ways that mean nothing: each carries its own shortened link,
//! greets other accounts, has an invisible character against duplicate filters, shouts. The
//! exact rule, in this order:
//!
//! 1. **Characters.** Unicode normalisation form KC; default-ignorable characters (zero-width
//!    space, joiners and non-joiners, bidirectional controls, soft hyphens, variation selectors)
//!    and control characters are dropped; full lower case by `char::to_lowercase`, with final
//!    sigma as sigma and `ß` as `ss`; form KC again.
//! 2. **Links** (`http://…`, `https://…`, `www.…`, `t.co/…`; see [`crate::links`]) and
//!    **mentions** (`@user`, `@user.example.org`, `@user@example.org`; see [`crate::mention`])
//!    each become a space. Hashtags stay, with their sign.
//! 3. **Repost prefix.** `rt` (with or without a colon) directly before a mention is removed
//!    with that mention and the colon after it, when nothing but such prefixes, mentions and
//!    links stands before.
//! 4. **White space.** Each run becomes one space; none is left at either end.
//!
//! No rule assumes spaces between words, so Chinese, Japanese and Thai work like Russian or
//! Persian. Normalising twice gives the same as once. Emoji and punctuation are kept.

use sha2::{Digest as _, Sha256};

use crate::chars::is_alphanumeric;
use crate::fold::fold_into;
use crate::tokens::{Kind, Tokens};

/// The number of the rule above. It changes whenever the rule gives any text another form.
const RULE: u32 = 1;

/// Names the rule and the character tables that it rests on. Digests that were kept are worth
/// something only where this is the same as when they were made.
pub fn rule() -> String {
    let (case, case_minor, case_update) = char::UNICODE_VERSION;
    let (form, form_minor, form_update) = unicode_normalization::UNICODE_VERSION;
    format!(
        "{RULE}, Unicode {case}.{case_minor}.{case_update} and {form}.{form_minor}.{form_update}"
    )
}

/// Normalises many texts one after another without allocating for each.
///
/// Keep one per thread; it holds only scratch space, and results never depend on what was
/// normalised before.
#[derive(Clone, Debug, Default)]
pub struct Normaliser {
    folded: String,
}

impl Normaliser {
    /// A normaliser with empty scratch space.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends the normalised text to `out` and returns how many significant characters
    /// (letters and digits) were appended; see [`significant_chars`].
    pub fn normalise_into(&mut self, text: &str, out: &mut String) -> usize {
        let start = out.len();
        self.folded.clear();
        fold_into(text, &mut self.folded);
        strip_into(&self.folded, out);
        significant_chars(&out[start..])
    }
}

/// Appends the normalised text to `out` and returns how many significant characters were
/// appended. Callers with many texts use [`Normaliser`], which keeps its scratch space.
pub fn normalise_text_into(text: &str, out: &mut String) -> usize {
    Normaliser::new().normalise_into(text, out)
}

/// The normalised text.
pub fn normalise_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    normalise_text_into(text, &mut out);
    out
}

/// How many characters carry meaning: letters and digits of any script (`char::is_alphanumeric`,
/// which includes ideographs and dependent vowels), not marks, punctuation, emoji or space.
///
/// A caller holds a minimum against this: two posts that are both `🔥🔥` or only a link after
/// normalising are no evidence of copying. A Chinese character counts as one, like a letter.
pub fn significant_chars(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_alphanumeric).count();
    }
    text.chars().filter(|&c| is_alphanumeric(c)).count()
}

/// The first 16 bytes of the SHA-256 of the *normalised* text: equal texts have equal digests,
/// on every machine and in every version that keeps the rule above.
///
/// Sixteen bytes make an accidental collision among ten billion texts less likely than 10⁻¹⁸.
pub fn digest(text: &str) -> [u8; 16] {
    digest_of_normalised(&normalise_text(text))
}

/// The same for a text that is normalised already.
pub fn digest_of_normalised(normalised: &str) -> [u8; 16] {
    let full = Sha256::digest(normalised.as_bytes());
    let mut short = [0; 16];
    short.copy_from_slice(&full[..16]);
    short
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    hex_into(bytes, &mut out);
    out
}

/// Appends bytes as lower-case hexadecimal digits.
pub fn hex_into(bytes: &[u8], out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

/// Rules 2 to 4, on text that [`fold_into`] has folded.
fn strip_into(folded: &str, out: &mut String) {
    let start = out.len();
    let mut last = 0;
    for token in Tokens::links_and_mentions(folded) {
        let literal = &folded[last..token.start];
        last = token.end;
        if token.kind == Kind::Mention && out.len() == start && is_repost_sign(literal) {
            let rest = &folded[last..];
            let colon = rest.strip_prefix(' ').unwrap_or(rest);
            if colon.starts_with(':') {
                last = folded.len() - colon.len() + 1;
            }
        } else {
            append_part(literal, start, out);
        }
    }
    append_part(&folded[last..], start, out);
}

fn is_repost_sign(literal: &str) -> bool {
    matches!(literal.trim().trim_end_matches(':'), "rt")
}

/// Appends what stands between two tokens, with one space before it unless it is the first.
fn append_part(part: &str, start: usize, out: &mut String) {
    let part = part.trim_matches(' ');
    if part.is_empty() {
        return;
    }
    if out.len() > start {
        out.push(' ');
    }
    out.push_str(part);
}
