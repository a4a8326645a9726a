//! What columns say of each other: post codes lead to cities, given names to sexes, and e-mail
//! addresses are made of names in an order.

use std::collections::BTreeMap;

use super::super::sample::Sample;
use super::super::words::plain;
use super::{Candidates, Verdict, View, of_name, of_values, verdict};
use crate::Kind;

/// Weighs all columns of a table.
pub(crate) fn judge(views: &[View<'_>], sample: &Sample, by_name: bool) -> Vec<Verdict> {
    let mut all: Vec<Candidates> = views.iter().map(of_values).collect();
    cities(sample, &mut all);
    names(views, sample, &mut all);
    let contradictions: Vec<Option<String>> = views
        .iter()
        .zip(&mut all)
        .map(|(view, candidates)| if by_name { of_name(view, candidates) } else { None })
        .collect();
    one_of_each(&mut all);
    all.into_iter()
        .zip(contradictions)
        .map(|(candidates, said)| verdict(candidates, said))
        .collect()
}

/// How often equal values of one column lead to equal values of another, over the sample; nothing
/// where too few values occur twice.
fn leads_to(sample: &Sample, from: usize, to: usize) -> Option<f64> {
    let mut groups = BTreeMap::<String, BTreeMap<String, u64>>::new();
    for row in 0..sample.len() {
        let (Some(a), Some(b)) = (sample.value(row, from), sample.value(row, to)) else { continue };
        if !a.trim().is_empty() && !b.trim().is_empty() {
            *groups.entry(plain(a.trim())).or_default().entry(plain(b.trim())).or_default() += 1;
        }
    }
    let several = groups.values().filter(|group| group.values().sum::<u64>() > 1);
    let (mut most, mut all) = (0, 0);
    for group in several {
        most += group.values().max().copied().unwrap_or(0) - 1;
        all += group.values().sum::<u64>() - 1;
    }
    (all >= 20).then(|| most as f64 / all as f64)
}

fn cities(sample: &Sample, all: &mut [Candidates]) {
    for code in 0..all.len() {
        if all[code].score(Kind::Postcode) < 0.25 {
            continue;
        }
        for city in 0..all.len() {
            let place = all[city].score(Kind::City);
            if city == code || place < 0.15 || all[city].score(Kind::Category) > 0.55 {
                continue;
            }
            let Some(share) = leads_to(sample, code, city).filter(|share| *share > 0.6) else {
                continue;
            };
            let percent = super::super::say::percent(share);
            all[city].add(
                Kind::City,
                0.35 * share,
                &format!(
                    "equal codes in column {} come with equal values here ({percent})",
                    code + 1
                ),
            );
            all[code].add(
                Kind::Postcode,
                0.25 * share,
                &format!("equal codes come with equal places in column {} ({percent})", city + 1),
            );
        }
    }
}

/// Whether two parts of an address's local part are the values of these columns, in this order.
fn in_order(sample: &Sample, email: usize, first: usize, second: usize) -> u64 {
    let matches = (0..sample.len()).filter(|&row| {
        let value = |column| sample.value(row, column).map(|value| plain(value.trim()));
        let (Some(mail), Some(first), Some(second)) = (value(email), value(first), value(second))
        else {
            return false;
        };
        let local = mail.split('@').next().unwrap_or_default();
        let (one, other) = (compact(&first), compact(&second));
        !one.is_empty()
            && other.len() >= 3
            && local.find(other.as_str()).is_some_and(|at| {
                let before = local[..at].trim_end_matches(['.', '_', '-']);
                before == one
                    || one.chars().next().is_some_and(|initial| before.chars().eq([initial]))
            })
    });
    matches.count() as u64
}

fn compact(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Given and family names are told apart by what else the table holds.
fn names(views: &[View<'_>], sample: &Sample, all: &mut [Candidates]) {
    let is_name = |candidates: &Candidates| {
        let person = candidates.score(Kind::GivenName).max(candidates.score(Kind::FamilyName));
        person > 0.25
            && person + 0.1 > candidates.score(Kind::City)
            && candidates.score(Kind::Category) < 0.6
            && candidates.score(Kind::FullName) < 0.55
            && candidates.score(Kind::Gender) < 0.5
            && candidates.score(Kind::Country) < 0.5
    };
    let named: Vec<usize> = (0..all.len()).filter(|&column| is_name(&all[column])).collect();
    for &a in &named {
        for &b in &named {
            if a < b {
                pair(views, sample, all, a, b);
            }
        }
    }
    for sex in
        (0..all.len()).filter(|&column| all[column].score(Kind::Gender) > 0.5).collect::<Vec<_>>()
    {
        for &name in &named {
            let Some(share) = leads_to(sample, name, sex) else { continue };
            if share > 0.85 {
                all[name].add(
                    Kind::GivenName,
                    0.25,
                    &format!("equal values come with one sex in column {}", sex + 1),
                );
            } else if share < 0.75 {
                all[name].add(
                    Kind::FamilyName,
                    0.15,
                    &format!("equal values come with both sexes in column {}", sex + 1),
                );
            }
        }
    }
}

fn pair(views: &[View<'_>], sample: &Sample, all: &mut [Candidates], a: usize, b: usize) {
    // People share given names more than family names.
    let (few, many) = if views[a].distinct() <= views[b].distinct() { (a, b) } else { (b, a) };
    if views[few].distinct() * 5 < views[many].distinct() * 4 {
        all[few].add(
            Kind::GivenName,
            0.12,
            &format!("it has fewer different values than the names of column {}", many + 1),
        );
        all[many].add(
            Kind::FamilyName,
            0.12,
            &format!("it has more different values than the names of column {}", few + 1),
        );
    }
    for email in
        (0..all.len()).filter(|&column| all[column].score(Kind::Email) > 0.5).collect::<Vec<_>>()
    {
        let (forward, backward) = (in_order(sample, email, a, b), in_order(sample, email, b, a));
        if forward.max(backward) * 50 < sample.len() as u64 {
            continue;
        }
        let (first, second) = if forward >= backward { (a, b) } else { (b, a) };
        all[first].add(
            Kind::GivenName,
            0.25,
            &format!("addresses in column {} put its value or initial first", email + 1),
        );
        all[second].add(
            Kind::FamilyName,
            0.25,
            &format!("addresses in column {} put its value second", email + 1),
        );
    }
}

/// Of several columns that could each be the city, the given or the family name, the best keeps it.
fn one_of_each(all: &mut [Candidates]) {
    for kind in [Kind::GivenName, Kind::FamilyName] {
        let best = (0..all.len())
            .max_by(|&a, &b| all[a].score(kind).total_cmp(&all[b].score(kind)).then(b.cmp(&a)));
        let Some(best) = best.filter(|&best| all[best].score(kind) > 0.5) else { continue };
        let top = all[best].score(kind);
        for column in (0..all.len()).filter(|&column| column != best) {
            if all[column].score(kind) < top {
                all[column].add(kind, -0.08, &format!("column {} is likelier to be it", best + 1));
            }
        }
    }
}
