//! Groups that act together, and what of identity their members have in common.
//!
//! Coordination says that accounts act in step; signs of identity say that they were made up. Both
//! together are more than either. How surprising it is that so many of a group have a sign is
//! measured against the accounts outside all groups, by the hypergeometric tail: as if the members
//! had been drawn from all accounts blindly.

use serde::Serialize;

/// A sign that some accounts have.
#[derive(Clone, Debug)]
pub struct Sign {
    /// Its name, such as `picture shared`.
    pub name: String,
    /// The accounts that have it, by number, sorted.
    pub accounts: Vec<u32>,
}

/// How a group and a sign go together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Joint {
    /// The group's number.
    pub group: u32,
    /// The sign.
    pub sign: String,
    /// Members that have it.
    pub members: u64,
    /// All members that were described.
    pub size: u64,
    /// Accounts that have it among all.
    pub all: u64,
    /// The chance of at least so many, had members been drawn blindly from all accounts.
    pub p: f64,
}

/// For each group and sign that at least two members have: how surprising that is, the least
/// probable first. `group` is by account, `None` outside all groups.
pub fn joint(group: &[Option<u32>], signs: &[Sign]) -> Vec<Joint> {
    let mut sizes: std::collections::BTreeMap<u32, u64> = std::collections::BTreeMap::new();
    for number in group.iter().flatten() {
        *sizes.entry(*number).or_default() += 1;
    }
    let total = group.len() as u64;
    let mut found = Vec::new();
    for sign in signs {
        let mut members: std::collections::BTreeMap<u32, u64> = std::collections::BTreeMap::new();
        for account in &sign.accounts {
            if let Some(Some(number)) = group.get(*account as usize) {
                *members.entry(*number).or_default() += 1;
            }
        }
        let all = sign.accounts.len() as u64;
        found.extend(members.into_iter().filter(|(_, count)| *count > 1).map(|(number, count)| {
            let size = sizes[&number];
            let p = tail(total, all, size, count);
            Joint { group: number, sign: sign.name.clone(), members: count, size, all, p }
        }));
    }
    found.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.group.cmp(&b.group)).then(a.sign.cmp(&b.sign)));
    found
}

/// The chance that of `size` drawn from `total`, `marked` of which are marked, at least `least` are
/// marked.
fn tail(total: u64, marked: u64, size: u64, least: u64) -> f64 {
    let choose = |n: u64, k: u64| -> f64 {
        let k = k.min(n - k.min(n));
        (0..k).map(|i| ((n - i) as f64 / (k - i) as f64).ln()).sum()
    };
    let whole = choose(total, size);
    let most = size.min(marked);
    let sum: f64 = (least..=most)
        .filter(|hits| size - hits <= total - marked)
        .map(|hits| (choose(marked, hits) + choose(total - marked, size - hits) - whole).exp())
        .sum();
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_those_of_known_draws() {
        // An urn of ten with four marked: both of two drawn are marked in 6 of 45 draws.
        assert!((tail(10, 4, 2, 2) - 6.0 / 45.0).abs() < 1e-12);
        assert!((tail(10, 4, 2, 0) - 1.0).abs() < 1e-12);
        assert!((tail(5, 5, 3, 3) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_group_full_of_a_sign_comes_first() {
        let group: Vec<Option<u32>> = (0..1_000)
            .map(|n| {
                if n < 10 {
                    Some(1)
                } else if n < 30 {
                    Some(2)
                } else {
                    None
                }
            })
            .collect();
        let sign = Sign {
            name: "picture shared".to_owned(),
            accounts: (0..8).chain([15, 16]).chain(500..520).collect(),
        };
        let found = joint(&group, &[sign]);
        assert_eq!(found[0].group, 1);
        assert_eq!((found[0].members, found[0].size, found[0].all), (8, 10, 30));
        assert!(found[0].p < 1e-9 && found[1].p > 1e-3, "{found:?}");
    }
}
