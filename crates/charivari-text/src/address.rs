//! Web addresses: when do two links lead to the same page, and whose site is it?
//!
//! [`canonical_url`] gives one spelling per page, as far as this can be known without visiting
//! it. The exact rule:
//!
//! 1. **What is accepted.** `http://` and `https://` addresses as a browser reads them (WHATWG
//!    URL Standard), with white space and invisible characters around them removed; and, without
//!    a scheme, `example.org/path` when the host ends in a suffix of the public suffix list and
//!    is more than that suffix. Anything else, and what is longer than [`MAX_URL_BYTES`] before
//!    or after, is none.
//! 2. **Scheme.** Always written `https`. User name and password are dropped, and so are the
//!    ports 80 and 443.
//! 3. **Host.** Lower case, international names in their ASCII form (`xn--…`), one final dot
//!    dropped. A leading `www.` is dropped unless it would leave no registrable domain. A few
//!    sites with several names are written with one: see [`sites`].
//! 4. **Path.** Dot segments are resolved. Percent-encoding is normalised after RFC 3986,
//!    section 6.2.2: upper-case digits, unreserved characters decoded; a lone `%` becomes `%25`.
//!    Slashes at the end are dropped, except that the root is `/`. Nothing else: upper case,
//!    `index.html`, AMP forms and double slashes stay.
//! 5. **Query.** Percent-encoding as in the path. Tracking parameters are dropped: see
//!    [`tracking`]. The others are sorted by name, then by value, both bytewise; duplicates stay,
//!    empty ones go, an empty query goes with its `?`. `a` and `a=` differ; `+` is not `%20`.
//! 6. **Fragment.** Dropped, unless it begins with `!` (a route of an older single-page site).
//!
//! The canonical form of a canonical form is itself.

mod parts;
mod percent;
pub mod sites;
pub mod tracking;

use std::borrow::Cow;
use std::net::IpAddr;

use self::parts::Parts;

/// Longer addresses, in bytes before or after canonicalisation, are refused.
pub const MAX_URL_BYTES: usize = 16 * 1024;

const SCHEME: &str = "https://";

/// A canonical address.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Canonical {
    /// The whole address, always with `https://` and a path.
    pub url: String,
    /// Its host, without port; an IPv6 address stands in brackets.
    pub host: String,
    /// The host is a link shortener ([`sites::SHORTENERS`]) and the path is not its front page:
    /// the address says nothing of where it leads, and two of them may lead to one page.
    pub unresolved: bool,
}

/// What [`canonical_url_into`] appended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Appended {
    /// Length of the host in bytes; it begins 8 bytes (`https://`) after the address does.
    pub host_len: usize,
    /// See [`Canonical::unresolved`].
    pub unresolved: bool,
}

/// The canonical form of an address, or nothing when it is no web address; the rule is in the
/// [module's documentation](self).
pub fn canonical_url(raw: &str) -> Option<Canonical> {
    let mut url = String::with_capacity(raw.len().min(MAX_URL_BYTES) + SCHEME.len());
    let Appended { host_len, unresolved } = canonical_url_into(raw, &mut url)?;
    let host = url[SCHEME.len()..SCHEME.len() + host_len].to_owned();
    Some(Canonical { url, host, unresolved })
}

/// Appends the canonical form to `out`. When there is none, `out` stays as it was.
pub fn canonical_url_into(raw: &str, out: &mut String) -> Option<Appended> {
    let raw = raw.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || crate::chars::is_default_ignorable(c)
    });
    if raw.len() > MAX_URL_BYTES {
        return None;
    }
    let start = out.len();
    let appended = match Parts::without_parsing(raw) {
        Some(parts) => append(&parts, out),
        None => append_parsed(raw, out)?,
    };
    if out.len() - start > MAX_URL_BYTES {
        out.truncate(start);
        return None;
    }
    Some(appended)
}

/// The slow path: the address is parsed as a browser does.
fn append_parsed(raw: &str, out: &mut String) -> Option<Appended> {
    let url = parts::parse(raw)?;
    Some(append(&Parts::of_url(&url)?, out))
}

/// Steps 2 to 6 of the rule.
fn append(parts: &Parts<'_>, out: &mut String) -> Appended {
    let host = sites::site_of(without_www(&parts.host));
    let path = percent::normalised(parts.path.trim_end_matches('/'));
    let video = sites::youtube_video(&host, &path);
    let (host, path) = match video {
        Some(_) => (Cow::Borrowed("youtube.com"), "/watch"),
        None => (host, &*path),
    };
    out.push_str(SCHEME);
    out.push_str(&host);
    if let Some(port) = parts.port {
        out.push(':');
        out.push_str(&port.to_string());
    }
    out.push_str(path);
    if path.is_empty() {
        out.push('/');
    }
    append_query(&host, path, parts.query.unwrap_or_default(), video, out);
    if let Some(route) = parts.fragment.filter(|fragment| fragment.starts_with('!')) {
        out.push('#');
        percent::normalise_into(route, out);
    }
    let unresolved = !path.is_empty() && sites::is_shortener(&host);
    Appended { host_len: host.len(), unresolved }
}

fn append_query(host: &str, path: &str, query: &str, video: Option<&str>, out: &mut String) {
    if query.is_empty() && video.is_none() {
        return;
    }
    let query = percent::normalised(query);
    let video = video.map(|id| format!("v={id}"));
    let mut pairs: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !tracking::is_tracking(name_of(pair), host, path))
        .chain(video.as_deref())
        .collect();
    pairs.sort_unstable_by(|a, b| name_of(a).cmp(name_of(b)).then_with(|| a.cmp(b)));
    for (index, pair) in pairs.into_iter().enumerate() {
        out.push(if index == 0 { '?' } else { '&' });
        out.push_str(pair);
    }
}

fn name_of(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

/// The host without `www.` at its front, however often, as long as a registrable domain is left:
/// `www.com` and `www.co.uk` are domains themselves.
fn without_www(host: &str) -> &str {
    let mut host = host;
    while let Some(rest) = host.strip_prefix("www.").filter(|&rest| domain_of(rest).is_some()) {
        host = rest;
    }
    host
}

/// The registrable domain of a host by the public suffix list: `example.co.uk` for
/// `news.example.co.uk`; `someone.github.io` for itself, since the list's private part counts
/// (its customers are different people). A final dot is removed. IP addresses, also in brackets,
/// are returned as they are. A host under a suffix that is not on the list has its last two
/// labels (the list's prevailing rule `*`).
///
/// Nothing for a host that is a public suffix itself (`com`, `co.uk`, `github.io`), has no dot,
/// or is empty. International names are known in both forms, ASCII capitals are understood.
pub fn registrable_domain(host: &str) -> Option<&str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    if bare.parse::<IpAddr>().is_ok() {
        return Some(host);
    }
    if host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let lower = host.to_ascii_lowercase();
        let length = domain_of(&lower)?.len();
        return host.get(host.len() - length..);
    }
    domain_of(host)
}

/// The registrable domain of a lower-case host name without final dot.
fn domain_of(host: &str) -> Option<&str> {
    let domain = psl::domain_str(host)?;
    (!domain.starts_with('.') && !domain.contains("..")).then_some(domain)
}

/// Whether the lower-case host name is more than a public suffix that stands on the list.
pub(crate) fn has_known_suffix(host: &str) -> bool {
    psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known())
        && domain_of(host).is_some()
}
