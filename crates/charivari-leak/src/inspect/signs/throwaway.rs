//! Addresses of generators, throw-away services and examples.
//!
//! # What it finds
//! Domains that a generator of identities gives out, services for throw-away addresses, and domains reserved for examples.
//!
//! # Why it matters
//! A generator's domains in most rows mean a generator's table.
//!
//! # Innocent explanations
//! - People do sign up with throw-away addresses, one in a hundred or more where an address is forced.
//! - Test accounts use reserved domains.
//!
//! # Source
//! Domains of fakenamegenerator.com (its page on e-mail addresses); RFC 2606 for reserved names; own list of throw-away services.

use super::super::result::Unusual;
use super::super::say::{grouped, percent};
use super::super::values::email::domain;
use super::{Context, Found, Sign};
use crate::Kind;

pub(super) static SIGN: Sign = Sign {
    id: "throwaway",
    title: "Addresses of generators, throw-away services and examples",
    finds: "Domains that a generator of identities gives out, services for throw-away addresses, and domains reserved for examples.",
    matters: "A generator's domains in most rows mean a generator's table.",
    innocent: &[
        "People do sign up with throw-away addresses, one in a hundred or more where an address is forced.",
        "Test accounts use reserved domains.",
    ],
    source: "Domains of fakenamegenerator.com (its page on e-mail addresses); RFC 2606 for reserved names; own list of throw-away services.",
    look,
};

/// The ten domains of one generator of identities.
const GENERATOR: [&str; 10] = [
    "armyspy.com",
    "cuvox.de",
    "dayrep.com",
    "einrot.com",
    "fleckens.hu",
    "gustr.com",
    "jourrapide.com",
    "rhyta.com",
    "superrito.com",
    "teleworm.us",
];

/// Services for addresses that are thrown away.
const SERVICES: [&str; 22] = [
    "mailinator.com",
    "guerrillamail.com",
    "guerrillamail.net",
    "sharklasers.com",
    "grr.la",
    "yopmail.com",
    "yopmail.fr",
    "10minutemail.com",
    "trashmail.com",
    "trash-mail.com",
    "temp-mail.org",
    "tempmail.net",
    "maildrop.cc",
    "getnada.com",
    "dispostable.com",
    "fakeinbox.com",
    "throwawaymail.com",
    "mailnesia.com",
    "mintemail.com",
    "spamgourmet.com",
    "jetable.org",
    "byom.de",
];

fn is_reserved(domain: &str) -> bool {
    let ends = |end: &str| {
        domain == end || domain.strip_suffix(end).is_some_and(|head| head.ends_with('.'))
    };
    ["example.com", "example.net", "example.org", "example", "test", "invalid", "localhost"]
        .iter()
        .any(|end| ends(end))
}

fn look(context: &Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for column in context.of_kind(Kind::Email) {
        let domains: Vec<String> =
            context.views[column].values.iter().filter_map(|value| domain(value)).collect();
        let share = |is_such: &dyn Fn(&str) -> bool| {
            domains.iter().filter(|domain| is_such(domain)).count() as f64
                / domains.len().max(1) as f64
        };
        let listed = |list: &'static [&'static str]| move |domain: &str| list.contains(&domain);
        let cases: [(&str, f64, f64, &'static str); 3] = [
            (
                "are of the ten domains of a generator of identities",
                share(&listed(&GENERATOR)),
                0.02,
                "customers seldom have such an address",
            ),
            (
                "are of services for throw-away addresses",
                share(&listed(&SERVICES)),
                0.1,
                "one address in a hundred or fewer, more where an address is forced",
            ),
            (
                "are of domains reserved for examples",
                share(&is_reserved),
                0.02,
                "nobody receives mail there",
            ),
        ];
        for (what, share, rare, usual) in cases {
            if share > 0.0 {
                found.push(Found {
                    columns: vec![column],
                    statement: format!(
                        "{} of {} sampled addresses {what}",
                        percent(share),
                        grouped(domains.len() as u64)
                    ),
                    measures: vec![("share of sampled addresses", share, "")],
                    usual,
                    unusual: if share > rare { Unusual::Rare } else { Unusual::Common },
                });
            }
        }
    }
    found
}
