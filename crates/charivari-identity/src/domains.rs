//! Which domains that were seen look like those of the protected?

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

/// The host of an address, with or without a scheme; nothing where there is none.
pub fn host_of(address: &str) -> Option<String> {
    charivari_text::address::canonical_url(address).map(|canonical| canonical.host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protected::Protected;

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
