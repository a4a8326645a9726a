//! Links that nothing turns into a link, and nobody follows by accident.

use std::iter::once;

use crate::address::has_known_suffix;
use crate::chars::{char_at, is_word};
use crate::links::links_in;

/// The address, bare domain or e-mail address, written so that nothing recognises it as a link:
/// `hxxps://example[.]org/path.html`, `example[.]org`, `user[@]example[.]org`.
///
/// `http` becomes `hxxp`, `https` `hxxps`, `ftp` `fxp`; any other scheme keeps its name with
/// `[:]`. Dots of the host (the ideographic ones too) and `@` before it stand in brackets. The
/// same is done to each address nested in the path or query after its `://`. Other dots of
/// the path stay, but for those of `www.` and `t.co/`. What is defanged already stays as it is.
pub fn defang(url: &str) -> String {
    let mut out = String::with_capacity(url.len() + 16);
    defang_into(url, &mut out);
    out
}

/// The text with all its links (see [`crate::links`]), addresses of other schemes with `://`,
/// e-mail addresses, and bare domains under a suffix of the public suffix list defanged.
pub fn defang_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut links = links_in(text);
    let mut from = 0;
    while let Some(range) = links.next_range() {
        defang_words(&text[from..range.start], &mut out);
        defang_into(&text[range.clone()], &mut out);
        from = range.end;
        // The dot of a sentence after `www` would make a link with the next word.
        if text[from..].starts_with('.')
            && char_at(text, from + 1).is_some_and(char::is_alphanumeric)
        {
            out.push_str("[.]");
            from += 1;
        }
    }
    defang_words(&text[from..], &mut out);
    out
}

/// Text between links: each run of characters that can be in a host or a mailbox is looked at.
fn defang_words(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find(is_host_char) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c| !is_host_char(c) && c != '@').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        defang_word(word, after.starts_with("://"), out);
        rest = after;
        if let Some(address) = after.strip_prefix("://") {
            let (host, tail) =
                address.split_at(address.find(|c| !is_host_char(c)).unwrap_or(address.len()));
            out.push_str("://");
            // In place of the host may stand the scheme of a nested address.
            let is_nested = tail.starts_with("://");
            rest = if is_nested { address } else { tail };
            if !is_nested {
                bracket_sentence_host(host, out);
            }
        }
    }
    out.push_str(rest);
}

/// A word of running text: a scheme, a domain, an e-mail address, or nothing of the kind.
fn defang_word(word: &str, is_scheme: bool, out: &mut String) {
    let host = word.rsplit('@').next().unwrap_or(word).trim_matches('.');
    let is_domain = host.contains(is_dot) && has_known_suffix(&ascii_dots(host));
    if is_domain {
        bracket_sentence_host(word, out);
        out.push_str(if is_scheme { "[:]" } else { "" });
    } else if is_scheme {
        push_scheme(word, out);
    } else {
        out.push_str(word);
    }
}

/// A whole address: scheme, host and rest, and so on for each nested one.
fn defang_into(url: &str, out: &mut String) {
    let mut rest = url;
    if !scheme_follows(rest) {
        let end = host_end(rest);
        bracket_host(&rest[..end], out);
        rest = &rest[end..];
    }
    while let Some(sign) = rest.find("://") {
        let scheme = scheme_start(&rest[..sign]);
        push_path(&rest[..scheme], out);
        push_scheme(&rest[scheme..sign], out);
        out.push_str("://");
        rest = &rest[sign + 3..];
        let end = host_end(rest);
        bracket_host(&rest[..end], out);
        rest = &rest[end..];
    }
    push_path(rest, out);
}

/// A path or query, in which only the dots after `www` and in `t.co/` make a link.
fn push_path(path: &str, out: &mut String) {
    let bytes = path.as_bytes();
    let mut from = 0;
    for dot in memchr::memchr_iter(b'.', bytes) {
        let www =
            bytes[..dot].last_chunk().is_some_and(|end: &[u8; 3]| end.eq_ignore_ascii_case(b"www"));
        let t_co = bytes[..dot].last().is_some_and(|b| b.eq_ignore_ascii_case(&b't'))
            && bytes.get(dot + 1..dot + 4).is_some_and(|next| next.eq_ignore_ascii_case(b"co/"));
        if www || t_co {
            out.push_str(&path[from..dot]);
            out.push_str("[.]");
            from = dot + 1;
        }
    }
    out.push_str(&path[from..]);
}

/// Whether the text begins with a scheme and `://`, so that no bare host comes first.
fn scheme_follows(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        scheme.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.' | b'[' | b':' | b']')
        })
    })
}

/// Where the host at the start of the text ends: before a delimiter, or before a scheme that
/// begins a nested address without one.
fn host_end(text: &str) -> usize {
    let end = text
        .find(|c: char| matches!(c, '/' | '?' | '#' | '\\' | '&') || c.is_whitespace())
        .unwrap_or(text.len());
    match text[..end].strip_suffix(':') {
        Some(host) if text[end..].starts_with("//") => scheme_start(host),
        _ => end,
    }
}

/// Where the ASCII letters and digits at the end of the text begin.
fn scheme_start(text: &str) -> usize {
    text.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()
}

fn push_scheme(scheme: &str, out: &mut String) {
    match scheme.to_ascii_lowercase().as_str() {
        "http" => out.push_str("hxxp"),
        "https" => out.push_str("hxxps"),
        "ftp" => out.push_str("fxp"),
        "" => {}
        // Letters may stand before it, as where a text was cut and joined.
        lower if ["hxxp", "hxxps", "fxp"].iter().any(|done| lower.ends_with(done)) => {
            out.push_str(scheme);
        }
        _ => {
            out.push_str(scheme);
            out.push_str("[:]");
        }
    }
}

/// A host in running text, whose last full stop may be that of the sentence.
fn bracket_sentence_host(host: &str, out: &mut String) {
    let bare = host.trim_end_matches('.');
    bracket_host(bare, out);
    out.push_str(&host[bare.len()..]);
}

/// Puts dots and at signs in brackets, unless they are already.
fn bracket_host(host: &str, out: &mut String) {
    let mut before = None;
    let mut chars = host.chars().chain(once(' ')).peekable();
    while let Some(c) = chars.next() {
        let Some(&next) = chars.peek() else { break };
        if (is_dot(c) || c == '@') && (before, next) != (Some('['), ']') {
            out.extend(['[', c, ']']);
        } else {
            out.push(c);
        }
        before = Some(c);
    }
}

/// The full stop and those that international names accept in its place (UTS #46).
fn is_dot(c: char) -> bool {
    matches!(c, '.' | '。' | '．' | '｡')
}

fn is_host_char(c: char) -> bool {
    is_word(c) || is_dot(c) || matches!(c, '-' | '_' | '+' | '%')
}

fn ascii_dots(host: &str) -> String {
    host.chars().map(|c| if is_dot(c) { '.' } else { c }).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses() {
        let cases = [
            ("https", "https://example.org/path.html", "hxxps://example[.]org/path.html"),
            ("http, upper case", "HTTP://Example.org", "hxxp://Example[.]org"),
            ("ftp", "ftp://files.example.org/a", "fxp://files[.]example[.]org/a"),
            ("other scheme", "tg://resolve?a=b", "tg[:]://resolve?a=b"),
            ("bare domain", "www.example.org", "www[.]example[.]org"),
            ("bare with path", "example.org/a.b", "example[.]org/a.b"),
            ("e-mail", "first.last@example.org", "first[.]last[@]example[.]org"),
            (
                "user part",
                "https://bank.example@evil.example/a",
                "hxxps://bank[.]example[@]evil[.]example/a",
            ),
            (
                "nested",
                "https://a.example/?u=http://b.example/c.d",
                "hxxps://a[.]example/?u=hxxp://b[.]example/c.d",
            ),
            (
                "nested under a bare one",
                "a.example/http://b.example",
                "a[.]example/hxxp://b[.]example",
            ),
            (
                "nested without delimiter",
                "http://xhttp://b.example",
                "hxxp://xhttp[:]://b[.]example",
            ),
            ("ideographic dot", "http://例え。テスト", "hxxp://例え[。]テスト"),
            ("already", "hxxps://example[.]org/a", "hxxps://example[.]org/a"),
            ("address", "http://127.0.0.1:80/", "hxxp://127[.]0[.]0[.]1:80/"),
            ("nothing", "", ""),
        ];
        for (name, url, expected) in cases {
            assert_eq!(defang(url), expected, "{name}");
            assert_eq!(defang(expected), expected, "{name}, again");
        }
    }

    #[test]
    fn running_text() {
        let cases = [
            ("link", "See https://example.org/a.b.", "See hxxps://example[.]org/a.b."),
            ("several", "t.co/a www.b.example", "t[.]co/a www[.]b[.]example"),
            ("bare domain", "On example.org. Yes", "On example[.]org. Yes"),
            ("e-mail", "Write to a.b@example.org!", "Write to a[.]b[@]example[.]org!"),
            ("Cyrillic domain", "на пример.рф!", "на пример[.]рф!"),
            ("other scheme", "ftp://a.example/b tg://c", "fxp://a[.]example/b tg[:]://c"),
            ("no domains", "e.g. 3.14 v1.2.3 end.Start", "e.g. 3.14 v1.2.3 end.Start"),
            ("mention", "@user hi", "@user hi"),
            ("already", "hxxps://example[.]org", "hxxps://example[.]org"),
            ("other schemes, nested", "a://ftp://10.0.0.1", "a[:]://fxp://10[.]0[.]0[.]1"),
            ("a domain for a scheme", "a.example.org://b", "a[.]example[.]org[:]://b"),
            ("other scheme, end of a sentence", "On ftp://a.b.", "On fxp://a[.]b."),
            ("after letters, already", "12https://example.org", "12hxxps://example[.]org"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(defang_text(text), expected, "{name}");
            assert_eq!(defang_text(expected), expected, "{name}, again");
        }
    }

    proptest! {
        #[test]
        fn no_link_is_left(text in "(https?://|www\\.|t\\.co/|[a.()é看 @:/]|ftp|\\.org|\\PC){0,24}") {
            let safe = defang_text(&text);
            prop_assert_eq!(links_in(&safe).next(), None, "{}", safe);
            prop_assert!(!defang(&text).to_lowercase().contains("http://"));
        }
    }
}
