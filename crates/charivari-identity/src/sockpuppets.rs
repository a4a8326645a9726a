//! Groups that act together, and what of identity their members have in common.
//!
//! Coordination says that accounts act in step; signs of identity say that they were made up. Both
//! together are more than either. How surprising it is that so many of a group have a sign is
//! measured against the accounts outside all groups, by the hypergeometric tail: as if the members
//! had been drawn from all accounts blindly.

use charivari_model::Confidence;
use charivari_model::case::Measure;
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

/// A group is a finding where the chance, over all groups and signs that were looked at, is at most
/// this (Bonferroni).
pub const SURPRISING: f64 = 0.01;

/// What a case is told of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The group's number.
    pub group: u32,
    /// What it is about within its run: `group 3`.
    pub subject: String,
    /// The sentence.
    pub statement: String,
    /// Its numbers, the most important first.
    pub measures: Vec<Measure>,
    /// How good its basis is: low for one sign, moderate for several.
    pub confidence: Confidence,
    /// The members that have one of the signs, by number, sorted.
    pub accounts: Vec<u32>,
    /// For each of them why it is spoken of.
    pub why: Vec<String>,
    /// What else could explain it.
    pub innocent: Vec<String>,
}

/// The kind of these findings.
pub const KIND: &str = "identity.sockpuppets";

/// The groups whose members share signs more often than chance would have it, the least probable
/// first; `group` and `signs` are those that [`joint`] was given, `found` is what it gave.
///
/// Every group with every sign was a chance to be surprised, so that each probability is multiplied
/// by their number before it is held against [`SURPRISING`].
pub fn findings(group: &[Option<u32>], signs: &[Sign], found: &[Joint]) -> Vec<Finding> {
    let groups: std::collections::BTreeSet<u32> = group.iter().flatten().copied().collect();
    let tests = (groups.len() * signs.len()) as f64;
    let surprising = |joint: &&Joint| joint.p * tests <= SURPRISING;
    let mut numbers: Vec<u32> = Vec::new();
    for joint in found.iter().filter(surprising) {
        if !numbers.contains(&joint.group) {
            numbers.push(joint.group);
        }
    }
    let of = |number: u32| {
        let joints: Vec<&Joint> =
            found.iter().filter(surprising).filter(|joint| joint.group == number).collect();
        finding(number, group, signs, &joints, tests)
    };
    numbers.into_iter().map(of).collect()
}

fn finding(
    number: u32,
    group: &[Option<u32>],
    signs: &[Sign],
    joints: &[&Joint],
    tests: f64,
) -> Finding {
    let size = joints.first().map_or(0, |joint| joint.size);
    let shared: Vec<String> = joints
        .iter()
        .map(|joint| {
            let chance = charivari_text::show::visible(&joint.sign).into_owned();
            format!("{} have {chance}", joint.members)
        })
        .collect();
    let least = joints.iter().map(|joint| joint.p * tests).fold(1.0, f64::min);
    let mut measures = vec![Measure::count("members", size, "accounts")];
    for joint in joints {
        measures.push(Measure::count(&joint.sign, joint.members, "accounts"));
        measures.push(Measure::count(&format!("{}, in all", joint.sign), joint.all, "accounts"));
        let p = Measure::count(&format!("chance of so many: {}", joint.sign), 0, "");
        measures.push(Measure { value: joint.p, ..p });
    }
    let of_group = |sign: &&Sign| joints.iter().any(|joint| joint.sign == sign.name);
    let mut why: std::collections::BTreeMap<u32, Vec<&str>> = std::collections::BTreeMap::new();
    for sign in signs.iter().filter(of_group) {
        for account in &sign.accounts {
            if group.get(*account as usize) == Some(&Some(number)) {
                why.entry(*account).or_default().push(&sign.name);
            }
        }
    }
    Finding {
        group: number,
        subject: format!("group {number}"),
        statement: format!(
            "Of the {size} accounts of group {number}, which act together, {}; by chance so many would \
             in {least:.1e} of cases, all that was looked at counted.",
            shared.join(" and ")
        ),
        measures,
        confidence: if joints.len() > 1 { Confidence::Moderate } else { Confidence::Low },
        accounts: why.keys().copied().collect(),
        why: why.values().map(|signs| format!("it has {}", signs.join(" and "))).collect(),
        innocent: INNOCENT.map(str::to_owned).to_vec(),
    }
}

/// What else could explain that those who act together look alike.
const INNOCENT: [&str; 3] = [
    "A party, club or campaign gives its members a picture, a slogan and a day to post.",
    "One person may lawfully keep several accounts, or an editor those of several pages.",
    "Accounts of one country or time share popular names and pictures more than all accounts do.",
];

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
        let signs = [sign];
        let found = joint(&group, &signs);
        assert_eq!(found[0].group, 1);
        assert_eq!((found[0].members, found[0].size, found[0].all), (8, 10, 30));
        assert!(found[0].p < 1e-9 && found[1].p > 1e-3, "{found:?}");
        let told = findings(&group, &signs, &found);
        assert_eq!(told.len(), 1, "what chance explains is no finding: {told:?}");
        assert_eq!((told[0].subject.as_str(), &told[0].accounts), ("group 1", &(0..8).collect()));
        assert!(
            told[0].statement.starts_with(
                "Of the 10 accounts of group 1, which act together, 8 have picture shared; by chance"
            ),
            "{}",
            told[0].statement
        );
        assert_eq!(told[0].why[0], "it has picture shared");
        assert!(told[0].measures.iter().all(|measure| measure.value.is_finite()));
        assert_eq!(told[0].confidence, Confidence::Low);
    }
}
