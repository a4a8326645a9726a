//! How much likelier an observation is under one actor than under actors at large, from what
//! documents say of them.
//!
//! An actor's record is a sample of what it does. `p = w s + (1 − w) b`, where `s` is how surely the
//! record has the thing (0 to 1), `b` the share of actors with such a record that have it, and
//! `w = n / 2(n + 1)` how far a record of `n` things of the kind is believed: never beyond a half,
//! since packs tell of what was noticed. The ratio is `p / b`, within 1/8 and 8. An actor of whom
//! nothing of the kind is told has ratio 1: it does not apply.

use super::{Basis, Item};
use crate::dossier::{Dossier, Dossiers, Fact};
use crate::observation::What;
use crate::weigh::Row;

/// The most that one match may say, in nats.
pub(crate) const MOST: f64 = 2.079_441_541_679_835_7;

/// What one row says of all actors of whom something of its kind is told.
///
/// `is_kind` tells facts of the kind, `closeness` from 0 to 1 how far a fact is the thing observed.
pub(crate) fn shares(
    dossiers: &Dossiers,
    (at, row): (u32, &Row),
    is_kind: impl Fn(&What) -> bool,
    closeness: impl Fn(&What, &What) -> f64,
) -> Vec<Item> {
    let told: Vec<(u32, f64, f64, Option<u32>)> = dossiers
        .actors
        .iter()
        .enumerate()
        .filter_map(|(actor, dossier)| {
            let (count, best, fact) = record(dossier, row, &is_kind, &closeness);
            (count > 0).then_some((actor as u32, count as f64, best, fact))
        })
        .collect();
    let usual = (told.iter().map(|it| it.2).sum::<f64>() + 0.5) / (told.len() as f64 + 1.0);
    let item = |(actor, count, best, fact): (u32, f64, f64, Option<u32>)| {
        let believed = count / (2.0 * (count + 1.0));
        let probability = believed * best + (1.0 - believed) * usual;
        let value = (probability / usual).ln().clamp(-MOST, MOST);
        Item { row: Some(at), actor, value, basis: fact.map_or(Basis::Silence, Basis::Fact) }
    };
    told.into_iter().map(item).collect()
}

/// How many different things of the kind are told, and the fact that comes closest.
fn record(
    dossier: &Dossier,
    row: &Row,
    is_kind: &impl Fn(&What) -> bool,
    closeness: &impl Fn(&What, &What) -> f64,
) -> (usize, f64, Option<u32>) {
    // Facts are in the order of what they say, so that equal ones are neighbours.
    let (mut things, mut last) = (0, None);
    let (mut best, mut fact) = (0.0, None);
    for (place, it) in dossier.facts.iter().enumerate().filter(|(_, it)| is_kind(&it.what)) {
        let Fact { what, sure, .. } = it;
        things += usize::from(last != Some(what));
        last = Some(what);
        let fits = closeness(&row.what, what) * sure;
        if fits > best {
            (best, fact) = (fits, Some(place as u32));
        }
    }
    (things, best, fact)
}

/// 1 for the same, else nothing.
pub(crate) fn equal(one: &What, other: &What) -> f64 {
    f64::from(u8::from(one == other))
}

/// Rows with their numbers that a test lets through.
pub(crate) fn rows<'a>(
    rows: &'a [Row],
    is: impl Fn(&What) -> bool + 'a,
) -> impl Iterator<Item = (u32, &'a Row)> {
    rows.iter().enumerate().filter(move |(_, it)| is(&it.what)).map(|(at, it)| (at as u32, it))
}

/// Items of all rows of one kind of trait, compared with facts of the same kind.
pub(crate) fn by_trait(
    dossiers: &Dossiers,
    all: &[Row],
    takes: impl Fn(&What) -> bool,
    closeness: impl Fn(&What, &What) -> f64,
) -> Vec<Item> {
    let same_kind = |row: &What, fact: &What| match (row, fact) {
        (What::Trait(one, _), What::Trait(other, _)) => one == other,
        _ => false,
    };
    rows(all, takes)
        .flat_map(|(at, row)| {
            shares(dossiers, (at, row), |fact| same_kind(&row.what, fact), &closeness)
        })
        .collect()
}
