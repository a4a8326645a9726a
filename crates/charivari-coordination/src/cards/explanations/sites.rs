//! The sites that a group's accounts link to, and whether they are their own.

use charivari_text::address::registrable_domain;
use charivari_text::distance::jaro_winkler;

use crate::behaviours::by_name;
use crate::cards::material::Left;
use crate::network::Network;
use crate::store::Store;

/// An account with fewer links than this shows no habit.
const FEWEST_LINKS: usize = 5;

/// From this share of its links on, an account posts one site almost exclusively.
const ALMOST_ALL: f64 = 0.8;

/// Names at least this similar are taken for the same (Jaro and Winkler).
const SIMILAR: f64 = 0.88;

/// The sites that a group's accounts link to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sites {
    /// Accounts with at least five links.
    pub linking: u32,
    /// Those of them with at least 80 % of their links to one site.
    pub one_site: u32,
    /// Those of these whose handle resembles the site's name.
    pub own_site: u32,
    /// One of those sites, the one that most such accounts post.
    pub example: Option<String>,
}

/// The sites of a group; none where its members' posts carry no link that was read.
pub(super) fn of(store: &Store, network: &Network, left: &Left) -> Option<Sites> {
    let layer = by_name("link").map(|(layer, _)| layer as u8)?;
    let mut linked: Vec<(u32, u32)> = Vec::new();
    for (account, _, row) in &left.posts {
        for object in store.touches_of(*row) {
            if store.objects.bytes(*object).first() == Some(&layer) {
                linked.push((*object, *account));
            }
        }
    }
    linked.sort_unstable();
    let mut sites: Vec<(u32, &str)> = Vec::with_capacity(linked.len());
    for same in linked.chunk_by(|a, b| a.0 == b.0) {
        let url = store.objects.get(same[0].0).get(1..).unwrap_or_default();
        if let Some(site) = host(url).and_then(registrable_domain) {
            sites.extend(same.iter().map(|(_, account)| (*account, site)));
        }
    }
    sites.sort_unstable();
    let handle = |account: u32| {
        let name = network.traces.account_name[account as usize];
        store.handles[name as usize]
            .as_ref()
            .map_or_else(|| store.accounts.get(name), |(_, handle)| handle.as_str())
    };
    (!sites.is_empty()).then(|| count(&sites, handle))
}

/// Counts (account, site), sorted, one for each link.
fn count<'h>(sites: &[(u32, &str)], handle: impl Fn(u32) -> &'h str) -> Sites {
    let mut counted = Sites::default();
    let mut own: Vec<&str> = Vec::new();
    for of_account in sites.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() >= FEWEST_LINKS) {
        counted.linking += 1;
        let (site, links) = of_account
            .chunk_by(|a, b| a.1 == b.1)
            .map(|run| (run[0].1, run.len()))
            .reduce(|best, other| if other.1 > best.1 { other } else { best })
            .unwrap_or_default();
        if links as f64 >= ALMOST_ALL * of_account.len() as f64 {
            counted.one_site += 1;
            if resembles(handle(of_account[0].0), site) {
                counted.own_site += 1;
                own.push(site);
            }
        }
    }
    own.sort_unstable();
    let most = own
        .chunk_by(|a, b| a == b)
        .reduce(|best, other| if other.len() > best.len() { other } else { best });
    counted.example = most.map(|run| run[0].to_owned());
    counted
}

/// The host of a canonical address.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next().filter(|host| !host.is_empty())
}

/// Whether a handle looks like the name of a site: `@ExampleNews` and `example-news.org`.
fn resembles(handle: &str, site: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(64).collect()
    };
    let (handle, name) = (plain(handle), plain(site.split('.').next().unwrap_or_default()));
    let within = |short: &str, long: &str| short.chars().count() >= 4 && long.contains(short);
    within(&name, &handle) || within(&handle, &name) || jaro_winkler(&handle, &name) >= SIMILAR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_held_against_the_names_of_sites() {
        for (handle, site, expected) in [
            ("ExampleNews", "example-news.org", true),
            ("x:example_herald_uk", "exampleherald.co.uk", true),
            ("exampleherld", "exampleherald.org", true),
            ("maria_k", "exampleherald.org", false),
            ("", "exampleherald.org", false),
            ("ex", "ex.org", true),
            ("a", "abc.org", false),
        ] {
            assert_eq!(resembles(handle, site), expected, "{handle} {site}");
        }
    }

    #[test]
    fn hosts_are_cut_out() {
        for (url, expected) in [
            ("https://news.example.org/a?b#c", Some("news.example.org")),
            ("https://example.org:8080", Some("example.org")),
            ("example.org/x", Some("example.org")),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }

    #[test]
    fn own_sites_are_told_from_sites_of_others() {
        let mut links = vec![(1, "herald.example"); 9];
        links.push((1, "video.example"));
        links.extend([(2, "herald.example"); 6]);
        links.extend([(3, "herald.example"), (3, "other.example"), (3, "a.example")]);
        links.extend([
            (4, "a.example"),
            (4, "b.example"),
            (4, "c.example"),
            (4, "d.example"),
            (4, "e.example"),
        ]);
        links.sort_unstable();
        let handle = |account: u32| if account == 1 { "The_Herald" } else { "somebody" };
        let expected = Sites {
            linking: 3,
            one_site: 2,
            own_site: 1,
            example: Some("herald.example".to_owned()),
        };
        assert_eq!(count(&links, handle), expected);
    }
}
