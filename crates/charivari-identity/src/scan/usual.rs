//! How common names and signs are in the file at hand.
//!
//! What many accounts of a file have says little of any of them: no likeness is taken for rarer than
//! the words of the name are there, and no sign for rarer than it is there.

use rayon::prelude::*;

use super::bio::is_lure;
use super::made;
use crate::Account;
use crate::names::{Class, NameWords, Names, classes};
use crate::score::{Evidence, Feature, Usual};

/// So many accounts at most tell how common signs are, spread evenly over the file.
const SAMPLE: usize = 20_000;

/// A small file says little: it is filled up with accounts that have no sign, as for names.
const FILL: f64 = 1_000.0;

/// Signs of an account alone, whoever is protected.
const SIGNS: [Feature; 5] =
    [Feature::Claim, Feature::NoBio, Feature::Young, Feature::Old, Feature::Lure];

/// What is usual in these accounts, for each of the protected.
pub(super) fn of(accounts: &[Account<'_>], names: &[Names], event: Option<i64>) -> Vec<Usual> {
    let signs = signs(accounts, event);
    let usual = rates(accounts, names).into_iter();
    usual.map(|name| Usual { name, signs: signs.clone() }).collect()
}

fn signs(accounts: &[Account<'_>], event: Option<i64>) -> Vec<(Feature, f64)> {
    let step = accounts.len().div_ceil(SAMPLE).max(1);
    let mut counts = [0_u32; SIGNS.len()];
    for account in accounts.iter().step_by(step) {
        let evidence = alone(account, event);
        let has = evidence.features();
        for (count, sign) in counts.iter_mut().zip(SIGNS) {
            *count += u32::from(has.iter().any(|(feature, _)| *feature == sign));
        }
    }
    let sampled = accounts.len().div_ceil(step) as f64;
    let share = |count: u32| (f64::from(count) + 0.5) / (sampled + FILL);
    SIGNS.into_iter().zip(counts).map(|(sign, count)| (sign, share(count))).collect()
}

/// What a profile says without anybody to compare it with.
fn alone(account: &Account<'_>, event: Option<i64>) -> Evidence {
    let bio = account.bio.map(str::trim).filter(|bio| !bio.is_empty());
    let claims = |class: &Class| *class == Class::Claim;
    Evidence {
        has_bio: bio.is_some(),
        bio_says: bio.map(classes).unwrap_or_default().into_iter().filter(claims).collect(),
        lure: bio.is_some_and(is_lure),
        made: made(account, event),
        ..Evidence::default()
    }
}

/// How often the words of each protected name meet by chance in one account.
fn rates(accounts: &[Account<'_>], names: &[Names]) -> Vec<f64> {
    let wanted = NameWords::of(names);
    let count = |mut counts: Vec<u32>, account: &Account<'_>| {
        wanted.count(account.name.unwrap_or_default(), &mut counts);
        counts
    };
    let empty = || vec![0; wanted.len()];
    let counts = accounts.par_chunks(8_192).map(|part| part.iter().fold(empty(), count)).reduce(
        empty,
        |mut left, right| {
            left.iter_mut().zip(right).for_each(|(sum, more)| *sum += more);
            left
        },
    );
    wanted.rates(&counts, accounts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_as_usual_as_the_file_has_them_and_small_files_say_little() {
        let young = Account { bio: Some("Send bitcoin"), created: Some(0), ..Account::default() };
        let plain = Account { bio: Some("Cats"), created: Some(0), ..Account::default() };
        let share = |accounts: &[Account<'_>], sign: Feature| {
            let all = signs(accounts, Some(0));
            all.into_iter().find(|(feature, _)| *feature == sign).unwrap().1
        };
        let mut accounts = vec![plain; 30_000];
        accounts.extend(vec![young; 30_000]);
        assert!((share(&accounts, Feature::Lure) - 0.5).abs() < 0.05);
        assert!(share(&accounts, Feature::Young) > 0.9);
        assert!(share(&accounts, Feature::Claim) < 1e-3);
        assert!(share(&[young; 20], Feature::Lure) < 0.03);
    }
}
