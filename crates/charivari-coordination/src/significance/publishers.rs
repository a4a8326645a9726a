//! Accounts that openly publish: newsrooms whose outlets post the same stories together.
//!
//! What gives a publisher away is that its handle names the domain to which nearly all of its posts
//! link. Two of them acting together is syndication, and no finding.

use charivari_text::address::registrable_domain;
use hashbrown::HashMap;

use crate::behaviours::by_name;
use crate::columns::Traces;
use crate::store::Store;

/// An account with fewer posts is not judged.
const FEWEST_POSTS: u32 = 5;

/// The share of a publisher's posts that carry a link to its own domain, at the least.
const OWN_SHARE: f64 = 0.8;

/// The shortest name that may be recognised in another.
const SHORTEST_NAME: usize = 4;

/// Which accounts, by rank, openly publish. Only `candidates` are looked at.
pub(crate) fn find(traces: &Traces, store: &Store, candidates: &[u32]) -> Vec<bool> {
    let mut publishes = vec![false; traces.accounts()];
    let Some((layer, _)) = by_name("link") else { return publishes };
    let mut place = vec![None; store.accounts.len()];
    for (at, account) in candidates.iter().enumerate() {
        place[traces.account_name[*account as usize] as usize] = Some(at);
    }
    let mut seen: Vec<Seen> = candidates.iter().map(|_| Seen::default()).collect();
    for row in 0..store.rows() as u32 {
        let Some(at) = place[store.row_account[row as usize] as usize] else { continue };
        if store.is_trace(row) {
            continue;
        }
        seen[at].posts += 1;
        let links = store.touches_of(row).iter().filter(|object| {
            store.objects.bytes(**object).first().is_some_and(|l| usize::from(*l) == layer)
        });
        let mut domains: Vec<&str> = links
            .filter_map(|object| registrable_domain(host(store.objects.get(*object).get(1..)?)))
            .collect();
        domains.sort_unstable();
        domains.dedup();
        for domain in domains {
            *seen[at].domains.entry(domain).or_default() += 1;
        }
    }
    for (account, seen) in candidates.iter().zip(&seen) {
        let name = traces.account_name[*account as usize];
        let handle = store.handles[name as usize].as_ref().map(|(_, handle)| handle.as_str());
        publishes[*account as usize] = handle.is_some_and(|handle| seen.is_of_publisher(handle));
    }
    publishes
}

/// What one account posted.
#[derive(Default)]
struct Seen<'s> {
    posts: u32,
    domains: HashMap<&'s str, u32, foldhash::fast::FixedState>,
}

impl Seen<'_> {
    fn is_of_publisher(&self, handle: &str) -> bool {
        let least = OWN_SHARE * f64::from(self.posts);
        self.posts >= FEWEST_POSTS
            && self
                .domains
                .iter()
                .any(|(domain, posts)| f64::from(*posts) >= least && names(handle, domain))
    }
}

/// The host of a canonical link.
fn host(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.split(['/', ':', '?']).next().unwrap_or_default()
}

/// Whether a handle names a domain: either is found in the other, spelling marks apart.
fn names(handle: &str, domain: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let handle = plain(handle);
    let label = plain(domain.split('.').next().unwrap_or_default());
    let within =
        |short: &str, long: &str| short.chars().count() >= SHORTEST_NAME && long.contains(short);
    within(&handle, &label) || within(&label, &handle)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_handle_names_its_domain() {
        for (handle, domain, expected) in [
            ("courrier_nord", "courrier-nord.example", true),
            ("CourrierNordActu", "courrier-nord.example", true),
            ("leSoir", "lesoir.example", true),
            ("marie_d", "courrier-nord.example", false),
            ("abc", "abc.example", false),
            ("", "courrier-nord.example", false),
        ] {
            assert_eq!(names(handle, domain), expected, "{handle} {domain}");
        }
    }
}
