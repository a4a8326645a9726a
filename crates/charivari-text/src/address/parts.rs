//! Taking an address apart: at once where it is plain, else as a browser does.

use std::borrow::Cow;

use url::Url;

/// The parts of an address, as the URL Standard serialises them.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Parts<'a> {
    /// In lower case and ASCII, without final dot.
    pub(super) host: Cow<'a, str>,
    /// Neither 80 nor 443.
    pub(super) port: Option<u16>,
    /// Empty, or begins with `/`.
    pub(super) path: &'a str,
    pub(super) query: Option<&'a str>,
    pub(super) fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// The parts of an address with nothing in it that a parser would change but the case of the
    /// host: most addresses are so plain. Nothing for all others, good or bad.
    pub(super) fn without_parsing(raw: &'a str) -> Option<Self> {
        let rest = after_scheme(raw)?;
        let (host, tail) = split_before(rest, |byte| matches!(byte, b'/' | b'?' | b'#'));
        if !is_plain_host(host) {
            return None;
        }
        let (path, tail) = split_before(tail, |byte| matches!(byte, b'?' | b'#'));
        let (query, fragment) = split_before(tail, |byte| byte == b'#');
        let fragment_is_dropped = fragment
            .as_bytes()
            .get(1)
            .is_none_or(|&first| first.is_ascii_graphic() && first != b'!');
        let plain = fragment_is_dropped
            && path.bytes().all(|byte| byte == b'\'' || is_plain(byte))
            && query.bytes().all(|byte| byte == b'?' || is_plain(byte))
            && !has_dot_segment(path);
        plain.then(|| Self {
            host: lower_case(host),
            port: None,
            path,
            query: query.strip_prefix('?'),
            fragment: None,
        })
    }

    /// The parts of a parsed address; nothing when its host has empty labels.
    pub(super) fn of_url(url: &'a Url) -> Option<Self> {
        let host = url.host_str()?;
        let host = host.strip_suffix('.').unwrap_or(host);
        if host.is_empty() || host.starts_with('.') || host.ends_with('.') || host.contains("..") {
            return None;
        }
        Some(Self {
            host: Cow::Borrowed(host),
            port: url.port().filter(|port| !matches!(port, 80 | 443)),
            path: url.path(),
            query: url.query(),
            fragment: url.fragment(),
        })
    }
}

/// Parses an address with a web scheme, or without scheme when its host is surely one.
pub(super) fn parse(raw: &str) -> Option<Url> {
    if after_scheme(raw).is_some() {
        return Url::parse(raw).ok();
    }
    let (host, tail) = split_before(raw, |byte| matches!(byte, b'/' | b'?' | b'#' | b'\\' | b':'));
    let (port, _) = split_before(tail, |byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'));
    let port_is_number = port.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    let no_host = |c: char| c == '@' || c.is_whitespace() || c.is_control();
    if !port_is_number || host.contains(no_host) || !host.contains('.') {
        return None;
    }
    let url = Url::parse(&format!("https://{raw}")).ok()?;
    let name = url.domain()?;
    super::has_known_suffix(name.strip_suffix('.').unwrap_or(name)).then_some(url)
}

fn after_scheme(raw: &str) -> Option<&str> {
    ["https://", "http://"].into_iter().find_map(|scheme| {
        let start = raw.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| &raw[scheme.len()..])
    })
}

/// Splits before the first byte that the (ASCII) test accepts.
fn split_before(text: &str, ends: impl Fn(u8) -> bool) -> (&str, &str) {
    text.split_at(text.bytes().position(ends).unwrap_or(text.len()))
}

/// ASCII labels, none empty, none in Punycode (which a parser verifies), and no IPv4 address,
/// whose last label would begin with a digit.
fn is_plain_host(host: &str) -> bool {
    let bytes = host.as_bytes();
    let mut at_label = true;
    let mut digit_first = false;
    for (index, &byte) in bytes.iter().enumerate() {
        match byte {
            b'.' if at_label => return false,
            b'.' => {
                at_label = true;
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' => {}
            _ => return false,
        }
        if at_label {
            digit_first = byte.is_ascii_digit();
            let punycode = bytes
                .get(index..index + 4)
                .is_some_and(|label| label.eq_ignore_ascii_case(b"xn--"));
            if punycode {
                return false;
            }
        }
        at_label = false;
    }
    !at_label && !digit_first
}

/// Bytes that a parser leaves as they are in a path and in a query.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'(' | b')' | b'*')
        || matches!(byte, b'+' | b',' | b';' | b'=' | b':' | b'@' | b'/' | b'%' | b'?')
}

/// Whether a segment may be `.` or `..` in any spelling.
fn has_dot_segment(path: &str) -> bool {
    let bytes = path.as_bytes();
    memchr::memchr_iter(b'/', bytes).any(|slash| {
        matches!(bytes.get(slash + 1), Some(b'.'))
            || bytes
                .get(slash + 1..slash + 4)
                .is_some_and(|escape| escape.eq_ignore_ascii_case(b"%2e"))
    })
}

fn lower_case(host: &str) -> Cow<'_, str> {
    if host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(host.to_ascii_lowercase())
    } else {
        Cow::Borrowed(host)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Addresses that are plain, or nearly.
    fn nearly_plain() -> impl Strategy<Value = String> {
        let piece = proptest::sample::select(vec![
            "a", "B", "example", ".org", ".", "-", "--", "_", "xn", "1", "0x1", "/", "//", "/.",
            "/..", "/%2E", "%", "%41", "%zz", "?", "&", "=", "'", "#", "#!", "~", "!", "$", "(",
            "*", "+", ",", ";", ":", "@", "[", "|", "\\", "^", "é", " ", "\t", "\n", "\u{ad}",
        ]);
        let pieces = proptest::collection::vec(piece, 0..12);
        ("(?i)https?://[a-z0-9.-]{0,6}", pieces).prop_map(|(start, rest)| start + &rest.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]
        #[test]
        fn the_short_cut_agrees_with_the_parser(raw in nearly_plain()) {
            let raw = raw.trim();
            if let Some(plain) = Parts::without_parsing(raw) {
                let url = parse(raw);
                prop_assert!(url.is_some(), "the parser refuses {}", raw);
                let parsed = url.as_ref().and_then(Parts::of_url);
                // The parser writes an empty path as the root.
                let path = if plain.path.is_empty() { "/" } else { plain.path };
                let plain = Parts { path, ..plain };
                let fragment_free = parsed.map(|parts| Parts { fragment: None, ..parts });
                prop_assert_eq!(fragment_free, Some(plain), "{}", raw);
                prop_assert!(url.is_some_and(|u| !u.fragment().unwrap_or("").starts_with('!')));
            }
        }
    }
}
