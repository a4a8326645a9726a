//! What receiving servers recorded (`Authentication-Results`, RFC 8601), and whose records count.
//!
//! Anybody can write such a field. It counts where the analyst trusts the server that it names, and
//! where it stands so high in the header that only that server can have put it there.

use charivari_text::address::registrable_domain;
use serde::Serialize;

use crate::dkim::host;
use crate::error::{Error, Result};
use crate::path::Hop;
use crate::raw::Raw;
use crate::remark::Remark;

/// More methods in one field than these are not kept; no server writes as many.
const MAX_METHODS: usize = 64;

/// A receiving server whose records the analyst trusts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trusted {
    host: String,
    below: bool,
}

impl Trusted {
    /// A host such as `mx.example.org`; with `=below` after it, its records also count directly
    /// below the line in which it received the message, where some servers write them.
    ///
    /// # Errors
    /// `E0903` where it is no host name.
    pub fn parse(text: &str) -> Result<Self> {
        let (name, below) = match text.split_once('=') {
            Some((name, "below")) => (name, true),
            Some(_) => return Err(Error::Trusted { met: text.to_owned() }),
            None => (text, false),
        };
        let host = host(name).map_err(|_| Error::Trusted { met: text.to_owned() })?;
        Ok(Self { host, below })
    }

    /// Whether a host is of the same organisation as this server.
    pub(crate) fn owns(&self, other: &str) -> bool {
        match (registrable_domain(&self.host), registrable_domain(other)) {
            (Some(own), Some(other)) => own.eq_ignore_ascii_case(other),
            _ => self.host.eq_ignore_ascii_case(other),
        }
    }
}

/// One result of one method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// What was checked: `dkim`, `spf`, `dmarc`, `arc`, or what else the server names.
    pub method: String,
    /// What came out: `pass`, `fail`, `none` and others.
    pub result: String,
    /// The domains that it is about, by property, such as `header.from`. Addresses are cut to them.
    pub about: Vec<(String, String)>,
}

impl Recorded {
    /// The domain of a property.
    pub(crate) fn domain(&self, property: &str) -> Option<&str> {
        self.about.iter().find(|(name, _)| name == property).map(|(_, domain)| domain.as_str())
    }
}

/// A field with results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Results {
    /// The server that it names.
    pub server: String,
    /// Whether it counts.
    pub counts: bool,
    /// Why it counts, or does not.
    pub reason: Remark,
    /// Its results.
    pub results: Vec<Recorded>,
}

/// All fields with results, each with whether it counts. `boundary` is the place in the header of
/// the line in which the trusted server received the message from outside.
pub(crate) fn read(raw: &Raw<'_>, hops: &[Hop], trusted: &[Trusted]) -> Vec<Results> {
    let boundary = hops.iter().find(|hop| hop.boundary).map(|hop| hop.place);
    let mut below_used = false;
    let mut all = Vec::new();
    for (place, field) in raw.named("authentication-results") {
        let text = String::from_utf8_lossy(field.value);
        let Some((server, results)) = parse(&text) else { continue };
        let known = trusted.iter().find(|known| known.host.eq_ignore_ascii_case(&server));
        let next = hops.iter().map(|hop| hop.place).filter(|&at| Some(at) > boundary).min();
        let reason = match (known, boundary) {
            (None, _) => {
                Err(Remark::new("server-not-trusted", "the server is none that is trusted"))
            }
            (Some(_), None) => Err(Remark::new(
                "no-trusted-hop",
                "no line says that the trusted server received the message, so anybody may have put \
                 this field there",
            )),
            (Some(_), Some(at)) if place < at => Ok(Remark::new(
                "above-trusted-hop",
                "it stands above the line in which the trusted server received the message",
            )),
            (Some(known), Some(_))
                if known.below && !below_used && next.is_none_or(|next| place < next) =>
            {
                below_used = true;
                Ok(Remark::new(
                    "below-by-choice",
                    "it stands directly below that line, where you said that this server writes it",
                ))
            }
            _ => Err(Remark::new(
                "below-trusted-hop",
                "it stands below the line in which the trusted server received the message, so the \
                 sender may have put it there; it was ignored",
            )),
        };
        let counts = reason.is_ok();
        all.push(Results { server, counts, reason: reason.unwrap_or_else(|r| r), results });
    }
    all
}

/// Reads a field: the server, and its results.
pub(crate) fn parse(text: &str) -> Option<(String, Vec<Recorded>)> {
    let plain = uncommented(text);
    let mut parts = split(&plain).into_iter();
    let first = parts.next()?;
    let server = host(first.split_whitespace().next()?.trim_matches('"')).ok()?;
    let results = parts.filter_map(|part| recorded(&part)).take(MAX_METHODS).collect();
    Some((server, results))
}

/// One `method=result property=value …`.
fn recorded(part: &str) -> Option<Recorded> {
    let mut pairs = pairs(part).into_iter();
    let (_, result) = pairs.next()?;
    // A version may stand after the method: `dkim/1`.
    let method = part.split(['=', '/']).next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_word = |text: &str| {
        !text.is_empty()
            && text.len() <= 32
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let result = result.to_ascii_lowercase();
    if !is_word(&method) || !is_word(&result) {
        return None;
    }
    let about = pairs.filter_map(|(name, value)| {
        let name = name.to_ascii_lowercase();
        let domain = value.rsplit_once('@').map_or(value.as_str(), |(_, domain)| domain);
        let kept = matches!(
            name.as_str(),
            "header.d" | "header.i" | "header.from" | "smtp.mailfrom" | "smtp.helo"
        );
        let domain = host(domain.trim_matches(['"', '<', '>'])).ok()?;
        (kept && domain.contains('.')).then_some((name, domain))
    });
    Some(Recorded { method, result, about: about.collect() })
}

/// Pairs `name=value` with white space around or in them; values may be quoted.
fn pairs(text: &str) -> Vec<(String, String)> {
    let mut spaced = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '"';
        match c {
            '=' if !quoted => spaced.push_str(" = "),
            c if quoted && c.is_whitespace() => spaced.push('_'),
            c => spaced.push(c),
        }
    }
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let named = words.windows(3).filter(|three| three[1] == "=" && three[0] != "=");
    named.map(|three| (three[0].to_owned(), three[2].trim_matches('"').to_owned())).collect()
}

/// The text without comments in round brackets (RFC 5322, section 3.2.2).
fn uncommented(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for c in text.chars() {
        let plain = !std::mem::replace(&mut escaped, false);
        match c {
            '\\' if plain => escaped = true,
            '"' if plain && depth == 0 => quoted = !quoted,
            '(' if plain && !quoted => depth += 1,
            ')' if plain && !quoted && depth > 0 => {
                depth -= 1;
                out.push(' ');
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            out.push(c);
        }
    }
    out
}

/// The parts between semicolons that are not quoted.
fn split(text: &str) -> Vec<String> {
    let (mut parts, mut quoted) = (vec![String::new()], false);
    for c in text.chars() {
        quoted ^= c == '"';
        if c == ';' && !quoted {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_as_the_standard_writes_them() {
        // The shapes of RFC 8601, appendix B, with other names.
        type Case =
            (&'static str, &'static str, &'static [(&'static str, &'static str, &'static str)]);
        let cases: [Case; 6] = [
            ("mx.example.org 1; none", "mx.example.org", &[]),
            (
                "mx.example.org;\r\n spf=pass smtp.mailfrom=example.net",
                "mx.example.org",
                &[("spf", "pass", "smtp.mailfrom=example.net")],
            ),
            (
                "mx.example.org; auth=pass (cram-md5) smtp.auth=zqxmarlo@example.net; spf=FAIL \
                 smtp.mailfrom=zqxmarlo@example.net",
                "mx.example.org",
                &[("auth", "pass", ""), ("spf", "fail", "smtp.mailfrom=example.net")],
            ),
            (
                "foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait) \
                 fail policy (A dot) . expired = x header.d=example.com",
                "foo.example.net",
                &[("dkim", "fail", "header.d=example.com")],
            ),
            (
                "mx.example.org; dkim=pass reason=\"good; (sig\" header.i=@mail.example.com; dmarc=none \
                 (p=none) header.from=Example.com",
                "mx.example.org",
                &[
                    ("dkim", "pass", "header.i=mail.example.com"),
                    ("dmarc", "none", "header.from=example.com"),
                ],
            ),
            ("mx.example.org", "mx.example.org", &[]),
        ];
        for (text, server, expected) in cases {
            let (met, results) = parse(text).unwrap();
            assert_eq!(met, server, "{text}");
            let seen: Vec<(String, String, String)> = results
                .into_iter()
                .map(|one| {
                    let about: Vec<String> =
                        one.about.iter().map(|(name, domain)| format!("{name}={domain}")).collect();
                    (one.method, one.result, about.join(" "))
                })
                .collect();
            let seen: Vec<_> =
                seen.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
            assert_eq!(seen, expected, "{text}");
            assert!(!format!("{seen:?}").contains("zqx"), "{text}");
        }
        assert!(parse("").is_none() && parse("(only a comment)").is_none());
    }

    #[test]
    fn a_trusted_server_is_a_host() {
        assert!(Trusted::parse("mx.example.org").unwrap().owns("in-2.example.org"));
        assert!(!Trusted::parse("mx.example.org").unwrap().owns("example.net"));
        assert!(Trusted::parse("mx.example.org=below").unwrap().below);
        for wrong in ["", "mx.example.org=above", "mx example"] {
            assert!(Trusted::parse(wrong).unwrap_err().to_string().starts_with("E0903"));
        }
    }
}
