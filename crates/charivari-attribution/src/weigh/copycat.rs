//! Somebody who imitates: probable where what is easily copied and what is not point apart.
//!
//! A copycat is a mixture over all known actors whom it could imitate. Traits that are easily copied
//! speak as under the imitated actor, `ln(s e^v + 1 − s)` for a kind that is copied with the chance
//! `s`; what is hard to copy speaks as under nobody in particular.
//!
//! Techniques are public. Averaged over all whom one could imitate, their ratio is exactly 1, so
//! they do not enter the mixture; and that they agree with everything else says nothing against an
//! imitator. What says something is disagreement: techniques that the favourite of all other
//! evidence is not known for. Its sum `d ≤ 0` multiplies the copycat by `e^−d` and the known actors
//! by `e^d`. The copycat's probability is set by this alone, and all techniques share out what is
//! left. Each technique more can only add to the disagreement, so that copying techniques into a
//! case never lowers the copycat.

use crate::dossier::Dossiers;
use crate::evidence::{EVIDENCE, by_technique};
use crate::hypothesis::Kind;
use crate::weigh::{Row, Weighed, discount, log_sum};

/// From which chance of being copied a kind of evidence is soft.
pub(crate) const SOFT: f64 = 0.5;

/// The logarithm of the mixture over all actors whom somebody could imitate.
pub(crate) fn imitated(items: &[Vec<Weighed>], dossiers: &Dossiers, rows: &[Row]) -> f64 {
    if items.is_empty() {
        return 0.0;
    }
    let of = |(actor, items): (usize, &Vec<Weighed>)| {
        let soft =
            |it: &Weighed| EVIDENCE[it.kind].spoof() >= SOFT && !EVIDENCE[it.kind].is_techniques();
        // The weights were set by what the actor itself has to say; an imitator's are set anew.
        let mut kept: Vec<Weighed> = discount::kept(items, soft);
        for it in &mut kept {
            it.weight = it.row.map_or(1.0, |row| rows[row as usize].weight);
        }
        discount::apply(&mut kept, dossiers, actor, rows);
        let copied = |it: &Weighed| {
            let spoof = EVIDENCE[it.kind].spoof();
            (spoof * (it.value * it.weight).exp() + 1.0 - spoof).ln()
        };
        kept.iter().map(copied).sum::<f64>()
    };
    let logs: Vec<f64> = items.iter().enumerate().map(of).collect();
    log_sum(logs.iter().copied()) - (items.len() as f64).ln()
}

/// How far techniques speak against the favourite of everything else, in nats, 0 or less.
pub(crate) fn disagreement(dossiers: &Dossiers, rows: &[Row], actor: usize) -> f64 {
    let context = crate::evidence::Context { dossiers, rows, ranking: None };
    let influence = EVIDENCE.iter().filter(|it| it.is_techniques());
    let items = influence.flat_map(|it| it.items(&context)).chain(by_technique(dossiers, rows));
    let against = items
        .filter(|it| it.actor as usize == actor && it.value < 0.0)
        .map(|it| it.value * it.row.map_or(1.0, |row| rows[row as usize].weight));
    discount::halving(against.collect())
}

/// The logarithms of all probabilities: the copycat's from everything but techniques, what is left
/// shared out by all evidence.
pub(crate) fn joined(
    rest: &[f64],
    mut all: Vec<f64>,
    imitated: f64,
    disagreement: f64,
    actors: usize,
) -> Vec<f64> {
    let place = actors + Kind::ALL.iter().position(|it| *it == Kind::Copycat).unwrap_or(0);
    let own = rest[place] + imitated - disagreement;
    let others = rest
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != place)
        .map(|(at, it)| if at < actors { it + disagreement } else { *it });
    let copycat = own - log_sum(others.chain([own]));
    let left = (-copycat.exp()).ln_1p();
    all[place] = f64::NEG_INFINITY;
    let sum = log_sum(all.iter().copied());
    for it in &mut all {
        *it += left - sum;
    }
    all[place] = copycat;
    all
}
