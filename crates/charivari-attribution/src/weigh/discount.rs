//! Dependent evidence counts once.
//!
//! Two things that one source of the case tells may be one mistake; two matches that rest on one
//! document of the knowledge may be one author's view. For each answer the items are taken from the
//! strongest down, and an item that shares its source or its document with `k` stronger ones that
//! speak the same way counts `0.5^k`, the greater `k` of both.
//!
//! Why halves and not the harmonic `1/k`: the sum of halves is bounded. All that one source or one
//! document says together never speaks more than twice as loud as its strongest item, however often
//! it repeats itself; with `1/k` a hundred repetitions would make five.
//! What is not told of an actor is one document, its silence, for each kind of evidence; and what was
//! elicited is one for each kind.

use crate::dossier::Dossiers;
use crate::evidence::Basis;
use crate::weigh::{Row, Weighed};

/// On what, beside the case's source, an item depends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    Document(u32),
    Silence(usize),
    Elicited(usize),
}

fn ground(it: &Weighed, dossiers: &Dossiers, actor: usize) -> Option<Ground> {
    match it.basis {
        Basis::Fact(place) => {
            let fact = dossiers.actors.get(actor)?.facts.get(place as usize)?;
            Some(Ground::Document(fact.document))
        }
        Basis::Country(document) => Some(Ground::Document(document)),
        Basis::Silence => Some(Ground::Silence(it.kind)),
        Basis::Elicited(_) => Some(Ground::Elicited(it.kind)),
        Basis::Ranking | Basis::Proof => None,
    }
}

/// Sets the weights of all items of one answer, and gives their sum in nats.
pub(crate) fn apply(items: &mut [Weighed], dossiers: &Dossiers, actor: usize, rows: &[Row]) -> f64 {
    items.sort_by(|a, b| {
        let strength = |it: &Weighed| (it.value * it.weight).abs();
        strength(b).total_cmp(&strength(a)).then(a.row.cmp(&b.row)).then(a.kind.cmp(&b.kind))
    });
    let mut sources: Vec<(bool, &str, i32)> = Vec::new();
    let mut grounds: Vec<(bool, Ground, i32)> = Vec::new();
    let mut sum = 0.0;
    for it in items.iter_mut() {
        let speaks_for = it.value >= 0.0;
        let mut stronger = 0;
        if let Some(row) = it.row {
            let source = rows[row as usize].source.as_str();
            stronger = count(&mut sources, speaks_for, source);
        }
        if let Some(ground) = ground(it, dossiers, actor) {
            stronger = stronger.max(count(&mut grounds, speaks_for, ground));
        }
        it.weight *= 0.5_f64.powi(stronger);
        sum += it.value * it.weight;
    }
    sum
}

/// How many were met before, and one more from now on.
fn count<T: PartialEq + Copy>(held: &mut Vec<(bool, T, i32)>, way: bool, of: T) -> i32 {
    if let Some(it) = held.iter_mut().find(|it| it.0 == way && it.1 == of) {
        it.2 += 1;
        return it.2 - 1;
    }
    held.push((way, of, 1));
    0
}

/// The sum in nats of those items that `keep` lets through, discounted among themselves.
pub(crate) fn total(
    items: &[Weighed],
    dossiers: &Dossiers,
    actor: usize,
    rows: &[Row],
    keep: impl Fn(&Weighed) -> bool,
) -> f64 {
    let mut kept = kept(items, keep);
    apply(&mut kept, dossiers, actor, rows)
}

pub(crate) fn kept(items: &[Weighed], keep: impl Fn(&Weighed) -> bool) -> Vec<Weighed> {
    items.iter().filter(|it| keep(it)).cloned().collect()
}

/// The sum of values of which each next one counts half.
pub(crate) fn halving(mut values: Vec<f64>) -> f64 {
    values.sort_by(|a, b| b.abs().total_cmp(&a.abs()));
    let mut sum = 0.0;
    let mut factor = 1.0;
    for it in values {
        sum += it * factor;
        factor *= 0.5;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(source: &str) -> Row {
        Row {
            what: "money=none".parse().unwrap(),
            observations: Vec::new(),
            weight: 1.0,
            inferred: false,
            source: source.to_owned(),
        }
    }

    fn items(values: &[f64]) -> Vec<Weighed> {
        let one = |(at, value): (usize, &f64)| Weighed {
            row: Some(at as u32),
            kind: 0,
            value: *value,
            weight: 1.0,
            basis: Basis::Proof,
        };
        values.iter().enumerate().map(one).collect()
    }

    #[test]
    fn one_source_never_speaks_more_than_twice_as_loud_as_its_strongest_item() {
        for count in [1, 2, 5, 100] {
            let rows: Vec<Row> = (0..count).map(|_| row("one paper")).collect();
            let mut items = items(&vec![1.5; count]);
            let sum = apply(&mut items, &Dossiers::default(), 0, &rows);
            assert!((1.5..=3.0).contains(&sum), "{count} items of one source sum to {sum}");
        }
    }

    #[test]
    fn independent_sources_and_opposite_ways_are_not_discounted() {
        let rows = [row("one"), row("two"), row("one")];
        let sum = apply(&mut items(&[1.0, 0.5, -2.0]), &Dossiers::default(), 0, &rows);
        assert!((sum - (1.0 + 0.5 - 2.0)).abs() < 1e-12, "{sum}");
    }

    #[test]
    fn the_order_of_items_does_not_show() {
        let rows = [row("one"), row("one"), row("one")];
        let mut forth = items(&[0.3, -0.2, 1.0]);
        let mut back = forth.clone();
        back.reverse();
        let none = Dossiers::default();
        let sums = [&mut forth, &mut back].map(|items| apply(items, &none, 0, &rows).to_bits());
        assert_eq!(sums[0], sums[1]);
    }
}
