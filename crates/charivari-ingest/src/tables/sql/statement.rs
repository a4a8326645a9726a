//! What stands between rows: comments, other statements, and damage.

use super::After;
use super::values::skip_space;
use crate::tables::part::Part;
use crate::tables::report::TableNote;
use crate::tables::window::Window;

/// How far ahead must be seen to know a statement by its first words.
const AHEAD: usize = 32;

/// A comment longer than this sets no mode.
const MAX_MODE: usize = 64 << 10;

/// `MySQL`'s name for the mode in which a backslash is a backslash.
const NO_BACKSLASHES: &str = "NO_BACKSLASH_ESCAPES";

/// Passes over space, comments and the lines that only the clients of databases understand; `false`
/// at the end of the dump.
pub(super) fn skip_between(
    window: &mut Window<'_>,
    backslashes: &mut bool,
    part: &mut Part<'_>,
) -> bool {
    loop {
        look_ahead(window);
        let text = window.rest();
        let bytes = text.as_bytes();
        let at = skip_space(bytes, 0);
        if at > 0 {
            window.pass(at);
            continue;
        }
        match bytes {
            [] => return false,
            [b';' | b'\0', ..] => window.pass(1),
            [b'-', b'-', ..] | [b'#' | b'\\', ..] => skip_past(window, b"\n"),
            [b'/', b'*', ..] => {
                note_mode(window, backslashes, part);
                skip_past(window, b"*/");
            }
            _ if is_go(bytes) => window.pass(2),
            _ => return true,
        }
    }
}

/// Notices where a comment switches backslash escapes off.
fn note_mode(window: &mut Window<'_>, backslashes: &mut bool, part: &mut Part<'_>) {
    while !window.rest().contains("*/") && window.rest().len() < MAX_MODE && window.more() {}
    let text = window.rest();
    match text.find("*/") {
        Some(end) if end < MAX_MODE => switch_off(&text[..end], backslashes, part),
        _ => {}
    }
}

fn switch_off(text: &str, backslashes: &mut bool, part: &mut Part<'_>) {
    if *backslashes && text.contains(NO_BACKSLASHES) {
        *backslashes = false;
        part.note(TableNote::NoBackslashEscapes);
    }
}

/// Reads until enough is there to know a statement.
fn look_ahead(window: &mut Window<'_>) {
    while window.rest().len() < AHEAD && window.more() {}
}

/// Passes over text up to and with `mark`, in as little memory as a block takes.
fn skip_past(window: &mut Window<'_>, mark: &[u8]) {
    loop {
        let text = window.rest();
        if let Some(at) = memchr::memmem::find(text.as_bytes(), mark) {
            return window.pass(at + mark.len());
        }
        let kept = (0..mark.len())
            .rev()
            .find(|kept| text.len().checked_sub(*kept).is_some_and(|at| text.is_char_boundary(at)));
        window.pass(text.len() - kept.unwrap_or(0));
        if !window.more() {
            return window.pass(window.rest().len());
        }
    }
}

/// Whether the window begins with a statement of rows or of a table.
pub(super) fn begins(window: &mut Window<'_>) -> bool {
    look_ahead(window);
    is_beginning(window.rest().as_bytes())
}

/// Whether a statement of rows or of a table begins here, or a line that ends a batch.
fn is_beginning(bytes: &[u8]) -> bool {
    let mut words = bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is = |word: &[u8], wanted: &str| word.eq_ignore_ascii_case(wanted.as_bytes());
    is_go(bytes)
        || is(first, "insert") && !second.is_empty()
        || is(first, "replace") && is(second, "into")
        || is(first, "create") && is(second, "table")
        || is(first, "copy") && !second.is_empty()
}

/// A line `GO`, with which a client of SQL Server ends a batch.
fn is_go(bytes: &[u8]) -> bool {
    let is_it = bytes.get(..2).is_some_and(|word| word.eq_ignore_ascii_case(b"go"));
    is_it && matches!(bytes.get(2), None | Some(b'\r' | b'\n'))
}

/// Passes over a statement: up to its semicolon, or to a line with which another begins.
pub(super) fn skip(window: &mut Window<'_>, part: &mut Part<'_>, backslashes: &mut bool) {
    let cap = part.options.limits.row;
    look_ahead(window);
    let keeps_lines =
        window.rest().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("create"));
    loop {
        let text = window.rest();
        let whole = window.is_whole();
        match statement_end(text, *backslashes, keeps_lines, whole) {
            Some(end) if end <= cap => {
                switch_off(&text[..end], backslashes, part);
                return window.pass(end);
            }
            None if text.len() <= cap && !whole => {
                window.more();
            }
            None if text.len() <= cap => return window.pass(text.len()),
            // A statement over the cap is left where it stands: quotes may be open or not.
            _ => {
                let at = (0..=cap).rev().find(|at| text.is_char_boundary(*at));
                window.pass(at.unwrap_or(0).max(1));
            }
        }
    }
}

/// Where a statement ends; nothing where the text is too short.
fn statement_end(text: &str, backslashes: bool, keeps_lines: bool, whole: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b';' => return Some(at + 1),
            b'\'' => at = super::values::string_end(bytes, at + 1, backslashes)? - 1,
            b'"' | b'`' => at += 1 + memchr::memchr(*byte, &bytes[at + 1..])?,
            b'-' if bytes.get(at + 1) == Some(&b'-') => {
                at += memchr::memchr(b'\n', &bytes[at..])? - 1;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at += 1 + memchr::memmem::find(&bytes[at..], b"*/")?;
            }
            b'$' => at = dollars(text, at)?,
            b'\n' if !keeps_lines => {
                if bytes.len() - at <= AHEAD && !whole {
                    return None;
                }
                if is_beginning(&bytes[at + 1..]) {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The last byte of a text between dollars that begins at `at`, or `at` where none does.
fn dollars(text: &str, at: usize) -> Option<usize> {
    let rest = &text.as_bytes()[at + 1..];
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let tag = rest.iter().position(|byte| !is_part(byte))?;
    if rest[tag] != b'$' || rest[..tag].first().is_some_and(u8::is_ascii_digit) {
        return Some(at);
    }
    let mark = &text.as_bytes()[at..at + tag + 2];
    let inside = at + mark.len();
    let end = memchr::memmem::find(&text.as_bytes()[inside..], mark)?;
    Some(inside + end + mark.len() - 1)
}

/// Goes to the next list of values or statement after damage.
pub(super) fn next_list(window: &mut Window<'_>, part: &mut Part<'_>) -> After {
    loop {
        let text = window.rest();
        let bytes = text.as_bytes();
        let Some(at) = memchr::memchr3(b')', b';', b'\n', bytes) else {
            window.pass(text.len());
            if !window.more() {
                part.cut("a statement");
                return After::End;
            }
            continue;
        };
        if bytes.len() - at <= AHEAD && !window.is_whole() {
            window.pass(at);
            window.more();
            continue;
        }
        let behind = &bytes[at + 1..];
        match bytes[at] {
            b')' => {
                if let Some(open) = list_behind(behind) {
                    window.pass(at + 1 + open);
                    return After::Open;
                }
            }
            b';' if matches!(behind.first(), None | Some(b'\r' | b'\n')) => {
                window.pass(at + 1);
                return After::End;
            }
            b'\n' if is_beginning(behind) => {
                window.pass(at + 1);
                return After::End;
            }
            _ => {}
        }
        window.pass(at + 1);
    }
}

/// Where the next list begins, where a comma and a bracket are all that follows.
fn list_behind(bytes: &[u8]) -> Option<usize> {
    let ahead = &bytes[..bytes.len().min(AHEAD)];
    let comma = skip_space(ahead, 0);
    if ahead.get(comma) != Some(&b',') {
        return None;
    }
    let open = skip_space(ahead, comma + 1);
    (ahead.get(open) == Some(&b'(')).then_some(open)
}
