//! Which domains that were seen look like those of the protected?
//!
//! Domains are gathered from links, addresses and running text of any source, posts, messages or
//! tables, into one [`Seen`], and held against the protected by [`look_alikes`].

use std::collections::BTreeMap;

use charivari_text::lookalike::{Domain, Rule, between};
use rayon::prelude::*;
use serde::Serialize;

use crate::protected::Roster;

/// A domain that looks like a genuine one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LookAlike {
    /// The domain as it was seen, by its number.
    pub seen: u32,
    /// Who is protected, by number.
    pub protected: u32,
    /// The genuine domain.
    pub genuine: String,
    /// The strongest rule by which they are alike.
    pub rule: &'static str,
    /// All rules.
    pub rules: Vec<&'static str>,
    /// In a sentence; both domains are defanged.
    pub reason: String,
    /// What else it could be.
    pub innocent: Vec<&'static str>,
}

/// The look-alikes among these hosts, in the order of the hosts. Hosts that belong to anyone who is
/// protected are like nobody.
pub fn look_alikes<S: AsRef<str> + Sync>(hosts: &[S], roster: &Roster) -> Vec<LookAlike> {
    let known: Vec<(u32, Domain)> = roster
        .protected
        .iter()
        .enumerate()
        .flat_map(|(number, entry)| entry.domains.iter().map(move |host| (number as u32, host)))
        .filter_map(|(number, host)| Some((number, Domain::parse(host)?)))
        .collect();
    let all = hosts
        .par_iter()
        .enumerate()
        .flat_map_iter(|(number, host)| of_host(number as u32, host.as_ref(), &known));
    all.collect()
}

fn of_host(number: u32, host: &str, known: &[(u32, Domain)]) -> Vec<LookAlike> {
    let Some(seen) = Domain::parse(host) else { return Vec::new() };
    if known.iter().any(|(_, genuine)| genuine.holds(&seen)) {
        return Vec::new();
    }
    let mut found: Vec<LookAlike> = Vec::new();
    for (who, genuine) in known {
        let rules = between(genuine, &seen);
        let Some(first) = rules.first() else { continue };
        let new = LookAlike {
            seen: number,
            protected: *who,
            genuine: genuine.host().to_owned(),
            rule: first.name(),
            rules: rules.iter().map(|rule| rule.name()).collect(),
            reason: first.describe(genuine, host),
            innocent: innocent(*first),
        };
        // Of several domains of one owner the one that is most alike is named.
        match found.iter_mut().find(|known| known.protected == *who) {
            Some(known) if rank(known.rule) > rank(new.rule) => *known = new,
            Some(_) => {}
            None => found.push(new),
        }
    }
    found
}

fn rank(name: &str) -> usize {
    Rule::ALL.iter().position(|rule| rule.name() == name).unwrap_or(Rule::ALL.len())
}

/// What else a domain could be.
pub fn innocent(rule: Rule) -> Vec<&'static str> {
    let mut all = Vec::new();
    match rule {
        Rule::TldSwap => all.push("Its owner may hold the same name under several endings."),
        Rule::Hyphenation | Rule::Various | Rule::Plural | Rule::Omission => {
            all.push("Owners register misspellings of their own names, to lead them home.");
        }
        Rule::Dictionary => {
            all.push("Shops, events and clubs put a name beside a word of their own.");
        }
        Rule::BrandAsSubdomain | Rule::Subdomain => {
            all.push("Hosting services and archives have pages of customers under such names.");
        }
        _ => {}
    }
    all.push("Another honest owner may have a similar name: names are short.");
    all
}

/// Domains that were seen, each with how often and where first; `P` is a place in the inputs.
///
/// Only domains are kept: of an e-mail address what stands after the `@`, of a link its host.
#[derive(Clone, Debug)]
pub struct Seen<P> {
    hosts: BTreeMap<String, (u64, P)>,
}

impl<P> Default for Seen<P> {
    fn default() -> Self {
        Self { hosts: BTreeMap::new() }
    }
}

impl<P: Copy> Seen<P> {
    /// Adds a domain, or the host of a link; nothing happens where it is neither.
    pub fn add(&mut self, address: &str, place: P) {
        if let Some(host) = host_of(address) {
            self.hosts.entry(host).or_insert((0, place)).0 += 1;
        }
    }

    /// Adds all domains in a running text, as [`hosts_in`] finds them.
    pub fn add_text(&mut self, text: &str, place: P) {
        for host in hosts_in(text) {
            self.hosts.entry(host).or_insert((0, place)).0 += 1;
        }
    }

    /// The domains in the order of their letters: each with how often it was seen, and where first.
    pub fn hosts(&self) -> impl ExactSizeIterator<Item = (&str, u64, P)> {
        self.hosts.iter().map(|(host, (count, place))| (host.as_str(), *count, *place))
    }
}

/// The hosts in a running text, in their order: of links, of e-mail addresses, and names such as
/// `example.org` that end as domains do. Defanged ones (`hxxps://example[.]org`) are understood.
pub fn hosts_in(text: &str) -> Vec<String> {
    let whole = refanged(text);
    let cuts = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`()[]{},;|«»“”".contains(c);
    let words = whole.split(cuts).filter(|word| word.contains('.'));
    words.filter_map(host_of_word).collect()
}

/// The host of one word of a text: of `mailto:a@b.example`, `https://b.example/`, `b.example.`.
fn host_of_word(word: &str) -> Option<String> {
    let word = word.trim_end_matches(['.', ':', '!', '?', '…']).trim_start_matches(['.', ':']);
    if let Some(link) = charivari_text::links::links_in(word).next() {
        return host_of(link);
    }
    // `label:value`, as in tables of other programs.
    let last = word.rsplit([':', '=']).next().unwrap_or(word);
    let domain = last.split('/').next()?.rsplit('@').next()?;
    let name = domain.rsplit('.').next().unwrap_or_default();
    let is_name = name.chars().count() > 1 && !name.bytes().all(|byte| byte.is_ascii_digit());
    is_name.then(|| host_of(domain)).flatten()
}

/// The text with defanged addresses made whole, to be compared, never to be shown.
fn refanged(text: &str) -> std::borrow::Cow<'_, str> {
    const MARKS: [(&str, &str); 6] = [
        ("[.]", "."),
        ("(.)", "."),
        ("[dot]", "."),
        ("[@]", "@"),
        ("hxxp://", "http://"),
        ("hxxps://", "https://"),
    ];
    let marked = MARKS.iter().filter(|(mark, _)| text.contains(mark));
    marked.fold(std::borrow::Cow::Borrowed(text), |text, (mark, plain)| {
        text.replace(mark, plain).into()
    })
}

/// The host of an address, with or without a scheme; nothing where there is none.
pub fn host_of(address: &str) -> Option<String> {
    charivari_text::address::canonical_url(address).map(|canonical| canonical.host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protected::Protected;

    #[test]
    fn domains_are_found_in_texts_of_any_source() {
        let cases: [(&str, &str, &[&str]); 9] = [
            ("a link", "see https://Lanterneduport.net/abo.", &["lanterneduport.net"]),
            ("a bare name", "on lanterneduport.net, or not.", &["lanterneduport.net"]),
            ("an address", "Zqx <zqx@lanternedup0rt.fr>", &["lanternedup0rt.fr"]),
            (
                "defanged",
                "hxxps://lanterneduport[.]net zqx[@]example[.]org",
                &["lanterneduport.net", "example.org"],
            ),
            ("a cell", "17;zqx@example.org;\"example.com\"", &["example.org", "example.com"]),
            ("a row of another program", "email:zqx@example.org", &["example.org"]),
            ("a combination", "https://example.org/:zqx@example.com", &["example.org"]),
            ("no domain", "3.14 e.g. v1.2.3 192.0.2.1 end.of", &[]),
            ("nothing", "", &[]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(hosts_in(text), expected, "{name}");
        }
        let mut seen = Seen::default();
        seen.add_text("example.org", 7);
        seen.add("https://example.org/a", 9);
        seen.add("no domain", 1);
        assert_eq!(seen.hosts().collect::<Vec<_>>(), [("example.org", 2, 7)]);
    }

    #[test]
    fn look_alikes_are_named_with_their_owner_and_genuine_ones_are_not() {
        let entry = |id: &str, domains: &[&str]| Protected {
            id: id.to_owned(),
            names: vec![id.to_owned()],
            domains: domains.iter().map(|domain| (*domain).to_owned()).collect(),
            ..Protected::default()
        };
        let roster = Roster {
            protected: vec![
                entry("lanterne", &["lanterneduport.fr", "lanterneduport.com"]),
                entry("phare", &["gazettephare.org"]),
            ],
        };
        let hosts = [
            "lanterneduport.fr",
            "abo.lanterneduport.com",
            "lanterneduport.net",
            "1anterneduport.fr",
            "gazettephare-login.org",
            "example.org",
        ];
        let found = look_alikes(&hosts, &roster);
        let told: Vec<(u32, u32, &str)> =
            found.iter().map(|like| (like.seen, like.protected, like.rule)).collect();
        assert_eq!(told, [(2, 0, "tld-swap"), (3, 0, "homoglyph"), (4, 1, "dictionary")]);
        assert_eq!(
            found[1].reason,
            "`1anterneduport[.]fr` looks like `lanterneduport[.]fr`: letters or digits that look the same"
        );
        assert!(found.iter().all(|like| !like.innocent.is_empty()));
    }
}
