//! Percent-encoding, normalised after RFC 3986, section 6.2.2.

use std::borrow::Cow;

/// The text with upper-case digits in its escapes, escapes of unreserved characters decoded, and
/// each `%` that begins no escape written `%25`, so that no new escape can come into being.
pub(super) fn normalised(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    normalise_into(text, &mut out);
    Cow::Owned(out)
}

/// The same, appended to `out`.
pub(super) fn normalise_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let Some(byte) = escaped_byte(after) else {
            out.push_str("%25");
            rest = after;
            continue;
        };
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            let digits = out.len();
            out.push_str(&after[..2]);
            out[digits..].make_ascii_uppercase();
        }
        rest = &after[2..];
    }
    out.push_str(rest);
}

/// The byte that the two hexadecimal digits at the start of `text` stand for.
fn escaped_byte(text: &str) -> Option<u8> {
    let digits = text.get(..2)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u8::from_str_radix(digits, 16).ok()
}
