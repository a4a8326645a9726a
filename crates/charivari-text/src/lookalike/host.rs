//! A host and its parts.

use crate::address::registrable_domain;

/// Names of hosts may be 253 bytes long; in letters somewhat more.
const MAX_BYTES: usize = 1_024;

/// A host name in lower case, in letters (never `xn--…`), and where its parts are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Domain {
    host: String,
    /// Where the registrable domain begins.
    registrable: usize,
    /// Where the public suffix begins; the length of the host when there is none.
    suffix: usize,
}

impl Domain {
    /// The parts of a host, given in letters or as `xn--…`, in any case, with or without a final
    /// dot or a leading `www.`; nothing for what is no host, an address of numbers, or a bare
    /// ending.
    ///
    /// A host that is itself on the list of endings (`example.ck` under a wildcard) is taken for a
    /// name under its last label, since whoever owns it shows it as a name.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.');
        if text.is_empty() || text.len() > MAX_BYTES || text.contains(['/', ':', '@', ' ']) {
            return None;
        }
        let host = Self::as_read(text);
        let mut labels = host.split('.');
        if labels.clone().any(str::is_empty) || labels.clone().count() < 2 {
            return None;
        }
        if labels.next_back().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit())) {
            return None;
        }
        let (registrable, suffix) = split(&host)?;
        let www = host.strip_prefix("www.").is_some() && registrable >= 4;
        if www {
            return Some(Self {
                host: host[4..].to_owned(),
                registrable: registrable - 4,
                suffix: suffix - 4,
            });
        }
        Some(Self { host, registrable, suffix })
    }

    /// A host as a browser shows it: lower case, in letters.
    pub fn as_read(text: &str) -> String {
        if text.is_ascii() && !text.as_bytes().windows(4).any(|w| w.eq_ignore_ascii_case(b"xn--")) {
            return text.to_ascii_lowercase();
        }
        // What is not valid is still compared, as far as it can be read.
        idna::domain_to_unicode(text).0
    }

    /// The whole host.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The label before the public suffix: `charliehebdo` of `www.charliehebdo.fr`.
    pub fn label(&self) -> &str {
        &self.host[self.registrable..self.suffix.saturating_sub(1).max(self.registrable)]
    }

    /// The public suffix, without a dot in front.
    pub fn suffix(&self) -> &str {
        &self.host[self.suffix..]
    }

    /// The registrable domain: `europa.eu` of `europarl.europa.eu`.
    pub fn registrable(&self) -> &str {
        &self.host[self.registrable..]
    }

    /// The label that names the brand: the first one. That is [`Self::label`] unless the brand is a
    /// subdomain.
    pub fn name(&self) -> &str {
        self.host.split('.').next().unwrap_or_default()
    }

    /// Whether there is more than the registrable domain.
    pub fn is_subdomain(&self) -> bool {
        self.registrable > 0
    }

    /// The labels before the registrable domain, from the left.
    pub fn subdomains(&self) -> impl Iterator<Item = &str> {
        self.host[..self.registrable].split('.').filter(|label| !label.is_empty())
    }

    /// All labels before the suffix, joined.
    pub fn joined(&self) -> String {
        self.host[..self.suffix].split('.').collect()
    }

    /// Whether `other` is this host or below it.
    pub fn holds(&self, other: &Self) -> bool {
        let rest = other.host.strip_suffix(&self.host);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// Whether this host belongs to the registrable domain of `brand`.
    pub(super) fn is_under_parent_of(&self, brand: &Self) -> bool {
        self.registrable() == brand.registrable()
    }

    /// Whether the whole host of `brand` stands before this one's registrable domain.
    pub(super) fn starts_with_host(&self, brand: &Self) -> bool {
        let subdomains = &self.host[..self.registrable];
        subdomains
            .split_inclusive('.')
            .scan(0, |at, label| {
                let here = *at;
                *at += label.len();
                Some(here)
            })
            .any(|at| {
                subdomains[at..]
                    .strip_prefix(brand.host.as_str())
                    .is_some_and(|rest| rest.starts_with('.'))
            })
    }
}

/// Where the registrable domain and its suffix begin.
fn split(host: &str) -> Option<(usize, usize)> {
    if let Some(registrable) = registrable_domain(host) {
        let at = host.len().checked_sub(registrable.len())?;
        let dot = registrable.find('.')?;
        return Some((at, at + dot + 1));
    }
    let dot = host.rfind('.')?;
    let at = host[..dot].rfind('.').map_or(0, |dot| dot + 1);
    Some((at, dot + 1))
}
