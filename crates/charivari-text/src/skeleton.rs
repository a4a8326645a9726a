//! Which names look the same to a reader? A key under which look-alikes meet.
//!
//! [`raw`] is the skeleton of Unicode Technical Standard #39, section 4: two strings with one
//! skeleton are confusable. It is made for identifiers that differ in nothing else, so capital
//! letters, accents, and digits that stand for letters keep names apart there. [`of`] folds these
//! too:
//!
//! 1. text with characters that control its direction (overrides, embeddings, isolates) is put in
//!    the order in which it is seen, as bidiSkeleton does ([`bidi`]);
//! 2. characters in disguise become what they show: compatibility forms (full width, circled,
//!    mathematical letters), letters in black circles and squares, regional indicators, small
//!    capitals;
//! 3. lower case, marks of Latin, Greek, Cyrillic, Hebrew and Arabic dropped, invisible characters
//!    dropped;
//! 4. each character becomes its prototype after UTS #39, in lower case again;
//! 5. what readers take for each other though no font draws them alike: `0` and `o`; `1`, `i`, `|`,
//!    `!` and `l`; `3` and `e`; `4`, `@` and `a`; `5`, `$` and `s`; `7` and `t`; `8`, `6` and `b`;
//!    `9` and `g`; `2` and `z`; spellings of one Arabic or Hebrew letter;
//! 6. what stands for two letters is written as two, on both sides: `m` as `rn`, `w` as `vv`, `d`
//!    as `cl`.
//!
//! A skeleton is a key and nothing else: it is applied to **both** sides, is never shown, and
//! equality means "look whether these are alike", not "these are the same". `ci` and `d` have one
//! skeleton. What two names have in common under it, in words, is said by [`why`].

mod arabic;
mod disguise;
mod order;
mod why;

pub(crate) use why::script;
pub use why::{Trick, describe, why};

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::chars::is_default_ignorable;

/// Longer names are cut for their skeleton, in characters: no platform has names as long, and a
/// hostile one must not cost more.
pub const MAX_CHARS: usize = 1_024;

/// The skeleton of UTS #39 of the text as it is.
pub fn raw(text: &str) -> String {
    unicode_security::skeleton(cut(text)).collect()
}

/// The bidiSkeleton of UTS #39 in a paragraph from left to right: the skeleton of the text in the
/// order in which its letters are seen.
pub fn bidi(text: &str) -> String {
    raw(&order::seen(cut(text)))
}

/// The key under which names meet that look alike to a reader; the rule is in the [module's
/// documentation](self).
pub fn of(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    of_into(text, &mut out);
    out
}

/// Appends the skeleton to `out`, for loops over millions of names.
pub fn of_into(text: &str, out: &mut String) {
    let text = cut(text);
    if text.is_ascii() {
        let mut before = b' ';
        for byte in text.bytes() {
            fold_ascii(if byte == b'I' && before.is_ascii_lowercase() { b'l' } else { byte }, out);
            before = byte;
        }
        return;
    }
    for c in plain(text).chars() {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => fold_ascii(byte, out),
            _ => prototype_into(c, out),
        }
    }
}

/// The skeleton without anything that is no letter or digit: `Charlie_Hebdo` and `CharlieHebdo`
/// have the same.
pub fn letters(text: &str) -> String {
    let mut out = of(text);
    out.retain(crate::chars::is_alphanumeric);
    out
}

/// The text in plain letters: in the order in which it is seen, without disguise, in lower case,
/// without marks. The step of [`of`] before letters are taken for one another.
pub fn plain(text: &str) -> String {
    let text = cut(text);
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let seen = as_seen(text);
    let mut out = String::with_capacity(seen.len());
    let shown = seen.chars().filter(|c| !is_default_ignorable(*c)).map(disguise::undisguise);
    for c in shown.nfkc().flat_map(char::to_lowercase).nfkd() {
        if !is_mark(c) && !c.is_control() {
            out.push(disguise::undisguise(c));
        }
    }
    out
}

/// The text in the order in which it is shown in a paragraph from left to right, where characters
/// in it that control the direction could have changed it. Text that runs from right to left by
/// its letters alone stays as it is stored, which is how it is read.
pub fn as_seen(text: &str) -> Cow<'_, str> {
    if text.chars().any(order::is_control) { order::seen(text).into() } else { text.into() }
}

fn cut(text: &str) -> &str {
    if text.len() <= MAX_CHARS {
        return text;
    }
    text.char_indices().nth(MAX_CHARS).map_or(text, |(end, _)| &text[..end])
}

/// Marks that change a letter's look a little. Vowel signs of scripts that need them are letters
/// in all but name, and stay.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C7
        | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E8
        | 0x06EA..=0x06ED | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

/// The prototype of a character that is not ASCII, folded.
fn prototype_into(c: char, out: &mut String) {
    if let Some(letter) = arabic::folded(c).or_else(|| disguise::reading(c)) {
        match u8::try_from(letter) {
            Ok(byte) if byte.is_ascii() => fold_ascii(byte, out),
            _ => out.push(letter),
        }
        return;
    }
    let mut buffer = [0; 4];
    for c in unicode_security::skeleton(c.encode_utf8(&mut buffer)).flat_map(char::to_lowercase) {
        match u8::try_from(disguise::undisguise(c)) {
            Ok(byte) if byte.is_ascii() => fold_ascii(byte, out),
            _ if is_mark(c) => {}
            _ => out.push(arabic::folded(c).or_else(|| disguise::reading(c)).unwrap_or(c)),
        }
    }
}

/// Steps 4 to 6 for ASCII.
fn fold_ascii(byte: u8, out: &mut String) {
    match byte.to_ascii_lowercase() {
        b'0' => out.push('o'),
        b'1' | b'i' | b'|' | b'!' => out.push('l'),
        b'2' => out.push('z'),
        b'3' => out.push('e'),
        b'4' | b'@' => out.push('a'),
        b'5' | b'$' => out.push('s'),
        b'6' | b'8' => out.push('b'),
        b'7' => out.push('t'),
        b'9' => out.push('g'),
        b'm' => out.push_str("rn"),
        b'w' => out.push_str("vv"),
        b'd' => out.push_str("cl"),
        byte if byte.is_ascii_control() => {}
        byte => out.push(char::from(byte)),
    }
}

#[cfg(test)]
mod tests;
