//! What looks like a link, an address or a number of a person, whoever wrote it.
//!
//! These rules would rather take out too much: what they mistake for an address is a word that a
//! reader misses, what they overlook is a person who is found.

use std::ops::Range;

use super::scrub::Mask;

/// What makes a run without white space a link, however it was bent.
const LINKS: [&str; 10] =
    ["://", "www.", "hxxp", "[.]", "(.)", "{.}", "[dot]", "(dot)", "[:]", "magnet:?"];
/// Schemes that need no slashes.
const SCHEMES: [&str; 7] = ["javascript:", "data:", "file:", "mailto:", "tel:", "did:", "at:"];

/// All that a text holds of such things; ranges may overlap.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, Mask)> {
    let mut found = Vec::new();
    for range in runs(text) {
        let run = &text[range.clone()];
        let lower = run.to_ascii_lowercase();
        if is_link(&lower) {
            found.push((trimmed(text, range), Mask::Link));
        } else if is_path(&lower) {
            found.push((trimmed(text, range), Mask::Path));
        } else {
            domains(text, range, &mut found);
        }
    }
    mailboxes(text, &mut found);
    numbers(text, &mut found);
    ids(text, &mut found);
    found
}

/// The runs of characters without white space.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let end = at + c.len_utf8();
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = end,
            None => runs.push(at..end),
        }
    }
    runs
}

fn is_link(lower: &str) -> bool {
    let acts = |scheme: &str| {
        lower.match_indices(scheme).any(|(at, _)| {
            let before = lower[..at].chars().next_back();
            lower.len() > at + scheme.len() && !before.is_some_and(char::is_alphanumeric)
        })
    };
    LINKS.iter().any(|sign| lower.contains(sign)) || SCHEMES.iter().any(|scheme| acts(scheme))
}

/// A place in a file system.
fn is_path(lower: &str) -> bool {
    let bare = lower.trim_start_matches(['"', '\'', '(', '[', '=', '«', '“']);
    let drive = bare.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && (bare[1..].starts_with(":\\") || bare[1..].starts_with(":/"));
    drive
        || bare.starts_with("\\\\")
        || bare.starts_with("~/")
        || ["./", "../"].iter().any(|dots| bare.starts_with(dots))
        || (bare.starts_with('/') && bare[1..].contains('/'))
}

/// Without the signs of the sentence around it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let run = &text[range.clone()];
    let front = run.trim_start_matches(['"', '\'', '(', '<', '«', '“', '‘']);
    let whole = front.trim_end_matches(['"', '\'', ')', '>', '»', '”', '’', ',', ';', '!', '?']);
    let whole = whole.strip_suffix('.').unwrap_or(whole);
    let start = range.start + (run.len() - front.len());
    start..start + whole.len()
}

/// Names of hosts and files: labels joined by dots, the last of letters.
fn domains(text: &str, range: Range<usize>, found: &mut Vec<(Range<usize>, Mask)>) {
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '。');
    let run = &text[range.clone()];
    let mut from = 0;
    while let Some(offset) = run[from..].find(is_host) {
        let start = from + offset;
        let end = run[start..].find(|c| !is_host(c)).map_or(run.len(), |length| start + length);
        let name = run[start..end].trim_matches(['.', '-', '。']);
        let lead = run[start..end].find(name).unwrap_or(0);
        let at = range.start + start + lead;
        if is_domain(name) {
            let goes_on = run[end..].starts_with(['/', ':', '?', '#']);
            let stop = if goes_on { range.end } else { at + name.len() };
            found.push((at..stop, Mask::Link));
        }
        from = end;
    }
}

fn is_domain(name: &str) -> bool {
    let labels: Vec<&str> = name.split(['.', '。']).collect();
    let last = labels.last().copied().unwrap_or_default();
    let is_numeric = |label: &&str| (1..=3).contains(&label.len()) && label.parse::<u8>().is_ok();
    if labels.len() == 4 && labels.iter().all(is_numeric) {
        return true;
    }
    let ends = last.starts_with("xn--")
        || (last.chars().count() >= 2
            && last.chars().all(char::is_alphanumeric)
            && last.chars().any(char::is_alphabetic));
    labels.len() >= 2 && labels.iter().all(|label| !label.is_empty()) && ends && !is_version(name)
}

/// `T0097.104` and `v0.1.0-rc` are no addresses.
fn is_version(name: &str) -> bool {
    name.split('.').skip(1).all(|label| label.starts_with(|c: char| c.is_ascii_digit()))
}

/// E-mail addresses and handles: what stands on both sides of an at sign.
fn mailboxes(text: &str, found: &mut Vec<(Range<usize>, Mask)>) {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '@');
    for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '@' | '＠' | '﹫')) {
        let after = at + sign.len_utf8();
        let end = text[after..].find(|c| !is_part(c)).map_or(text.len(), |length| after + length);
        let end = after + text[after..end].trim_end_matches(['.', '-', '+', '%']).len();
        if end == after {
            continue;
        }
        let before = text[..at].trim_end_matches(is_part).len();
        let mask = if before < at { Mask::Mail } else { Mask::Handle };
        found.push((before..end, mask));
    }
}

/// Telephone numbers, and times of the day finer than the hour.
fn numbers(text: &str, found: &mut Vec<(Range<usize>, Mask)>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let is_start = bytes[at].is_ascii_digit() || matches!(bytes[at], b'+' | b'(');
        let inside = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
        if !is_start || (inside && !matches!(bytes[at - 1], b'T' | b't')) {
            at += 1;
        } else if let Some(length) = date(&bytes[at..]) {
            at += length;
        } else if let Some(length) = clock(&bytes[at..]) {
            let hour = text[at..].split(':').next().unwrap_or_default();
            found.push((at..at + length, Mask::Hour(hour.to_owned())));
            at += length;
        } else {
            let length = phone(&bytes[at..]);
            if length > 0 {
                found.push((at..at + length, Mask::Phone));
            }
            at += length.max(1);
        }
    }
}

/// The length of `2023-01-04` at the start.
fn date(bytes: &[u8]) -> Option<usize> {
    let digits = |range: Range<usize>| {
        bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let is_date = digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && !bytes.get(10).is_some_and(u8::is_ascii_digit);
    is_date.then_some(10)
}

/// The length of `10:15` or `10:15:20.5` at the start.
fn clock(bytes: &[u8]) -> Option<usize> {
    let run = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let hours = run(0);
    if !(1..=2).contains(&hours) || bytes.get(hours) != Some(&b':') || run(hours + 1) != 2 {
        return None;
    }
    let mut end = hours + 3;
    if bytes.get(end) == Some(&b':') && run(end + 1) == 2 {
        end += 3;
        if bytes.get(end) == Some(&b'.') && run(end + 1) > 0 {
            end += 1 + run(end + 1);
        }
    }
    Some(end)
}

/// The length of a telephone number at the start, or 0.
fn phone(bytes: &[u8]) -> usize {
    let is_sign = |byte: &u8| matches!(byte, b' ' | b'-' | b'.' | b'(' | b')' | b'/');
    let (mut end, mut digits, mut signs, mut gap) = (0, 0_usize, 0_usize, 0);
    for (at, byte) in bytes.iter().enumerate() {
        if byte.is_ascii_digit() {
            // A date that follows is no part of it.
            if gap > 0 && date(&bytes[at..]).is_some() {
                break;
            }
            digits += 1;
            signs += usize::from(gap > 0);
            (end, gap) = (at + 1, 0);
        } else if at == 0 || (is_sign(byte) && gap < 3) {
            gap += usize::from(at > 0);
        } else {
            break;
        }
    }
    let local = digits == 7 && signs == 1 && bytes.get(3) == Some(&b'-');
    let is_phone = match bytes.first() {
        Some(b'+') => digits >= 7,
        _ => digits >= 9 && signs >= 1,
    };
    if is_phone || local { end } else { 0 }
}

/// Long numbers, and long words of letters and digits: ids, keys and digests.
fn ids(text: &str, found: &mut Vec<(Range<usize>, Mask)>) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut from = 0;
    while let Some(offset) = text[from..].find(is_part) {
        let start = from + offset;
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        let word = &text[start..end];
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
        let longest = word.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        let is_mixed = word.len() >= 16 && digits >= 4 && letters >= 4;
        if longest >= 8 || is_mixed {
            found.push((start..end, Mask::Id));
        }
        from = end;
    }
}
