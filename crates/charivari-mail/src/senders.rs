//! Who pretends to be somebody else, by name or by domain.
//!
//! Genuine senders are the analyst's own list, so their names may be said; those of messages are not.

use charivari_text::address::registrable_domain;
use charivari_text::chars::is_default_ignorable;
use charivari_text::lookalike::{self, Domain};
use charivari_text::skeleton;
use mail_parser::{HeaderName, HeaderValue, Message};

use crate::claims::{Claims, addresses, domain};
use crate::dkim::host;
use crate::error::{Error, Result};
use crate::remark::Remark;

/// Genuine senders: names with the domains that they write from.
#[derive(Clone, Debug, Default)]
pub struct Protected {
    senders: Vec<Sender>,
}

#[derive(Clone, Debug)]
struct Sender {
    name: String,
    domain: String,
    brand: Option<Domain>,
}

impl Protected {
    /// Reads a list: one sender a line, as `The Example <news@example.org>`, or a bare domain.
    ///
    /// # Errors
    /// `E0902` where a line is neither.
    pub fn parse(text: &str, name: &str) -> Result<Self> {
        let mut senders = Vec::new();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || Error::ProtectedLine { file: name.to_owned(), line: number + 1 };
            let (shown, address) = match line.split_once('<') {
                Some((shown, rest)) => (shown.trim(), rest.trim_end_matches('>')),
                None => ("", line),
            };
            let address = address.rsplit_once('@').map_or(address, |(_, domain)| domain);
            let domain = host(address).ok().filter(|domain| domain.contains('.'));
            let domain = domain.ok_or_else(wrong)?;
            senders.push(Sender {
                name: shown.trim_matches('"').to_owned(),
                brand: Domain::parse(&domain),
                domain,
            });
        }
        Ok(Self { senders })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.senders.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.senders.is_empty()
    }

    /// Which genuine domain a domain looks like without being it, and how, in a sentence.
    fn like(&self, seen: &str) -> Option<String> {
        if self.senders.iter().any(|sender| is_within(seen, &sender.domain)) {
            return None;
        }
        let like = |sender: &Sender| {
            let rule = lookalike::domain(sender.brand.as_ref()?, seen)?;
            Some(format!("the domain {}", rule.describe(sender.brand.as_ref()?, seen)))
        };
        self.senders.iter().find_map(like)
    }
}

/// Whether a domain is another or lies under its registered domain.
fn is_within(seen: &str, genuine: &str) -> bool {
    match (registrable_domain(seen), registrable_domain(genuine)) {
        (Some(a), Some(b)) => a == b,
        _ => seen == genuine,
    }
}

/// Tricks with the sender's name and domain.
pub(crate) fn signs(message: &Message<'_>, claims: &Claims, protected: &Protected) -> Vec<Remark> {
    let mut signs = Vec::new();
    for seen in claims.from.iter().chain(&claims.reply_to).chain(&claims.sender) {
        if let Some(text) = protected.like(seen) {
            signs.push(Remark::new("domain-look-alike", text));
        }
        if seen.split('.').any(|label| label.starts_with("xn--")) || !seen.is_ascii() {
            let text = format!("the domain {seen} has letters of other scripts");
            signs.push(Remark::new("domain-other-script", text));
        }
    }
    let fields = message.header_values(HeaderName::From).filter_map(HeaderValue::as_address);
    for one in fields.flat_map(addresses) {
        let Some(name) = one.name.as_deref() else { continue };
        let from = one.address.as_deref().and_then(domain);
        signs.extend(name_signs(name, from.as_deref(), protected));
    }
    let apart = |other: &Option<String>| {
        other
            .as_deref()
            .is_some_and(|other| claims.from.first().is_some_and(|from| !is_within(other, from)))
    };
    if apart(&claims.reply_to) {
        let text = "answers would go to another domain than the one it says it is from";
        signs.push(Remark::new("reply-elsewhere", text));
    }
    if claims.from.len() > 1 || claims.from_fields > 1 {
        signs.push(Remark::new("several-from", "it says it is from several senders at once"));
    }
    signs.sort();
    signs.dedup();
    signs
}

fn name_signs(name: &str, domain: Option<&str>, protected: &Protected) -> Vec<Remark> {
    let mut signs = Vec::new();
    let from = domain.unwrap_or_default();
    let hidden = |c: char| is_default_ignorable(c) || c.is_control();
    if name.chars().any(hidden) {
        let text = "the sender's name has invisible characters or turns its direction";
        signs.push(Remark::new("name-hidden-characters", text));
    }
    let words = name.split(|c: char| c.is_whitespace() || "\"'<>(),;".contains(c));
    for inner in words.filter_map(crate::claims::domain) {
        if !is_within(&inner, from) {
            let text =
                format!("the sender's name holds an address at {inner}, which is not the sender's");
            signs.push(Remark::new("name-holds-address", text));
        }
    }
    let reads_as =
        |sender: &Sender| !sender.name.is_empty() && skeleton::why(&sender.name, name).is_some();
    let like = protected.senders.iter().find(|sender| reads_as(sender));
    let owned = |sender: &Sender| reads_as(sender) && is_within(from, &sender.domain);
    if let Some(sender) = like.filter(|_| !protected.senders.iter().any(owned)) {
        let text = format!(
            "it says it is from {}, but not from {} or any other of its domains",
            sender.name, sender.domain
        );
        signs.push(Remark::new("name-of-another", text));
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# ours\nThe Example Gazette <news@gazette-example.org>\nexample.com\n";

    #[test]
    fn domains_that_look_like_genuine_ones_are_named() {
        let list = Protected::parse(LIST, "list").unwrap();
        for (seen, alike) in [
            ("gazette-example.org", false),
            ("mail.gazette-example.org", false),
            ("gazette-example.net", true),
            ("gazette-exarnple.org", true),
            ("gazette-examp1e.org", true),
            ("gazette-exmaple.org", true),
            ("gazette-example.org.login.test", true),
            ("gardening.test", false),
            ("examples.com", true),
            ("unrelated.net", false),
        ] {
            assert_eq!(list.like(seen).is_some(), alike, "{seen}");
        }
        let error = Protected::parse("a\nno domain here\n", "list").unwrap_err().to_string();
        assert!(error.starts_with("E0902: line 1"), "{error}");
    }

    #[test]
    fn tricks_with_names_are_seen_and_names_not_repeated() {
        let list = Protected::parse(LIST, "list").unwrap();
        for (from, code) in [
            ("\"The Example Gazette\" <zqxmarlo@example.net>", "name-of-another"),
            ("\"Zqxmarlo news@gazette-example.org\" <a@example.net>", "name-holds-address"),
            ("=?utf-8?Q?Zqx=E2=80=AEmarlo?= <a@example.net>", "name-hidden-characters"),
            ("Zqxmarlo <a@example-login.com>", "domain-look-alike"),
        ] {
            let text = format!("From: {from}\n\nx\n");
            let message = mail_parser::MessageParser::default().parse(&text).unwrap();
            let claims = crate::claims::read(&message, &[]);
            let signs = signs(&message, &claims, &list);
            assert!(signs.iter().any(|sign| sign.code == code), "{from}: {signs:?}");
            assert!(!format!("{signs:?}").to_lowercase().contains("zqx"), "{signs:?}");
        }
        let honest = "From: The Example Gazette <a@gazette-example.org>\n\nx\n";
        let message = mail_parser::MessageParser::default().parse(honest).unwrap();
        let claims = crate::claims::read(&message, &[]);
        assert_eq!(signs(&message, &claims, &list), []);
    }
}
