//! One picture, name or bio that many accounts use.
//!
//! People have one face and few faces have two names. A picture that several accounts of different
//! names show, or a bio that several tell word for word, was taken from someone or made in one go.
//! What very many show is a default picture or a slogan, and is told apart by its frequency.

use charivari_text::near::{Options, Texts};
use charivari_text::skeleton;
use hashbrown::HashMap;
use serde::Serialize;

use crate::Account;
use crate::picture::{Form, MIN_QUALITY, Print, SAME};

/// What accounts have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// A picture, by its hash.
    Picture,
    /// A picture, by its address.
    Address,
    /// A display name of several words.
    Name,
    /// What they say of themselves.
    Bio,
}

/// Accounts with one thing in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ring {
    /// What they have in common.
    pub what: What,
    /// It, shortened for names and bios; the hash or address of pictures.
    pub value: String,
    /// The accounts, by number, in their order.
    pub accounts: Vec<u32>,
    /// How many different names they bear (up to case and accents).
    pub names: u64,
    /// The accounts whose copy of the picture was turned or mirrored.
    pub turned: Vec<(u32, &'static str)>,
    /// So many show it that it is a default, a placeholder or a slogan rather than stolen.
    pub common: bool,
}

/// From where on a thing is common.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The fewest accounts that are told.
    pub least: usize,
    /// From so many accounts on it is taken for a default or a slogan.
    pub common: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { least: 2, common: 50 }
    }
}

/// The rings among these accounts: pictures, then names, then bios, the largest first; common ones
/// last. `prints` is by account, and empty where there are no pictures.
pub fn rings(accounts: &[Account<'_>], prints: &[Option<Print>], settings: Settings) -> Vec<Ring> {
    let mut rings = of_pictures(prints);
    rings.extend(of_addresses(accounts));
    rings.extend(of_names(accounts));
    rings.extend(of_bios(accounts));
    rings.retain(|ring| ring.accounts.len() >= settings.least.max(2));
    for ring in &mut rings {
        ring.names = different_names(accounts, &ring.accounts);
        ring.common = ring.accounts.len() >= settings.common;
    }
    // One name under one picture is one person on several platforms, or their own second account.
    rings.retain(|ring| ring.what == What::Name || ring.names > 1);
    rings.sort_by(|a, b| {
        let key = |ring: &Ring| (ring.common, ring.what, std::cmp::Reverse(ring.accounts.len()));
        key(a).cmp(&key(b)).then_with(|| a.accounts.cmp(&b.accounts))
    });
    rings
}

fn different_names(accounts: &[Account<'_>], members: &[u32]) -> u64 {
    let name = |number: &u32| {
        let account = &accounts[*number as usize];
        let name = account.name.filter(|name| !name.trim().is_empty());
        letters(name.unwrap_or_else(|| account.bare_handle()))
    };
    let mut names: Vec<String> = members.iter().map(name).collect();
    names.sort_unstable();
    names.dedup();
    names.len() as u64
}

/// Letters and digits up to case and accents. Skeletons would make one name of two that differ in
/// a digit.
fn letters(text: &str) -> String {
    skeleton::plain(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn ring(what: What, value: String, accounts: Vec<u32>) -> Ring {
    Ring { what, value, accounts, names: 0, turned: Vec::new(), common: false }
}

/// Accounts whose pictures are near one another: stars round the picture that most are near.
fn of_pictures(prints: &[Option<Print>]) -> Vec<Ring> {
    // Equal hashes first, of which the many accounts of a default picture are one.
    let mut same: HashMap<_, Vec<u32>, foldhash::fast::FixedState> = HashMap::default();
    for (number, print) in prints.iter().enumerate() {
        if let Some(print) = print.filter(|print| print.quality >= MIN_QUALITY) {
            same.entry(print.hash).or_default().push(number as u32);
        }
    }
    let mut kinds: Vec<Vec<u32>> = same.into_values().collect();
    kinds.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    let print = |kind: &Vec<u32>| prints[kind[0] as usize].unwrap_or(EMPTY);
    let index = crate::picture::Index::new(kinds.iter().map(|kind| print(kind).hash));
    let mut taken = vec![false; kinds.len()];
    let mut rings = Vec::new();
    for centre in 0..kinds.len() {
        if taken[centre] {
            continue;
        }
        let of = print(&kinds[centre]);
        let mut found = ring(What::Picture, of.hash.to_string(), Vec::new());
        for hit in index.near_any(&of.forms, SAME) {
            let kind = hit.place as usize;
            if std::mem::replace(&mut taken[kind], true) {
                continue;
            }
            if hit.form != Form::Original {
                found.turned.extend(kinds[kind].iter().map(|number| (*number, hit.form.words())));
            }
            found.accounts.extend(&kinds[kind]);
        }
        found.accounts.sort_unstable();
        found.turned.sort_unstable();
        rings.push(found);
    }
    rings
}

const EMPTY: Print = Print {
    hash: crate::picture::Hash([0; 4]),
    forms: crate::picture::Forms([crate::picture::Hash([0; 4]); 8]),
    quality: 0,
};

fn grouped(keys: impl Iterator<Item = Option<String>>) -> Vec<(String, Vec<u32>)> {
    let mut groups: HashMap<String, Vec<u32>, foldhash::fast::FixedState> = HashMap::default();
    for (number, key) in keys.enumerate() {
        if let Some(key) = key {
            groups.entry(key).or_default().push(number as u32);
        }
    }
    let mut groups: Vec<_> = groups.into_iter().filter(|(_, members)| members.len() > 1).collect();
    groups.sort_unstable_by(|a, b| a.1.cmp(&b.1));
    groups
}

fn of_addresses(accounts: &[Account<'_>]) -> Vec<Ring> {
    let address = |account: &Account<'_>| {
        let url = account.picture.map(str::trim).filter(|url| !url.is_empty())?;
        Some(charivari_text::address::canonical_url(url).map_or_else(|| url.to_owned(), |c| c.url))
    };
    let groups = grouped(accounts.iter().map(address));
    groups.into_iter().map(|(url, members)| ring(What::Address, url, members)).collect()
}

/// Display names of at least two words and eight letters; others meet by chance.
fn of_names(accounts: &[Account<'_>]) -> Vec<Ring> {
    let key = |account: &Account<'_>| {
        let name = account.name?;
        let letters = letters(name);
        let words = name.split_whitespace().count();
        (words > 1 && letters.chars().count() >= 8)
            .then(|| format!("{} {letters}", account.platform))
    };
    let groups = grouped(accounts.iter().map(key));
    let shown = |members: &[u32]| accounts[members[0] as usize].name.unwrap_or_default().to_owned();
    groups.into_iter().map(|(_, members)| ring(What::Name, shown(&members), members)).collect()
}

fn of_bios(accounts: &[Account<'_>]) -> Vec<Ring> {
    let mut texts = Texts::new();
    texts.extend(
        &accounts.iter().map(|account| account.bio.unwrap_or_default()).collect::<Vec<_>>(),
    );
    let clusters = texts.cluster(Options::default());
    let mut groups: HashMap<[u8; 16], Vec<u32>, foldhash::fast::FixedState> = HashMap::default();
    for number in 0..accounts.len() {
        if let Some(cluster) = clusters.object(number) {
            groups.entry(cluster).or_default().push(number as u32);
        }
    }
    let mut groups: Vec<Vec<u32>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    let shown = |members: &[u32]| accounts[members[0] as usize].bio.unwrap_or_default().to_owned();
    groups.into_iter().map(|members| ring(What::Bio, shown(&members), members)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Forms, Hash};

    fn print(words: [u64; 4]) -> Print {
        let hash = Hash(words);
        Print { hash, forms: Forms([hash; 8]), quality: 100 }
    }

    #[test]
    fn what_several_accounts_of_different_names_use_is_told() {
        let bio = "Mother of two, loves the harbour and speaks only for herself here";
        let account = |id: &'static str, name: &'static str, bio: Option<&'static str>| Account {
            platform: "x",
            id,
            name: Some(name),
            bio,
            ..Account::default()
        };
        let accounts = [
            account("1", "Anna Zqxber", Some(bio)),
            account(
                "2",
                "Berta Zqxcol",
                Some("mother of two. Loves the harbour and speaks only for herself here!"),
            ),
            account("3", "Carla Zqxdun", None),
            account("4", "anna zqxber", None),
            account("5", "Dora Zqxeff", None),
        ];
        let prints = [
            Some(print([1, 2, 3, 4])),
            Some(print([1, 2, 3, 5])),
            None,
            None,
            Some(print([u64::MAX; 4])),
        ];
        let rings = rings(&accounts, &prints, Settings::default());
        let told: Vec<(What, Vec<u32>)> =
            rings.iter().map(|ring| (ring.what, ring.accounts.clone())).collect();
        assert_eq!(
            told,
            [(What::Picture, vec![0, 1]), (What::Name, vec![0, 3]), (What::Bio, vec![0, 1])]
        );
    }

    #[test]
    fn what_very_many_use_is_common() {
        let names: Vec<String> = (0..60).map(|n| format!("Name{n} Zqxother{n}")).collect();
        let accounts: Vec<Account<'_>> = names
            .iter()
            .map(|name| Account { platform: "x", id: name, name: Some(name), ..Account::default() })
            .collect();
        let prints = vec![Some(print([7; 4])); 60];
        let rings = rings(&accounts, &prints, Settings::default());
        assert_eq!(rings.len(), 1);
        assert!(rings[0].common);
        assert_eq!(rings[0].names, 60);
    }
}
