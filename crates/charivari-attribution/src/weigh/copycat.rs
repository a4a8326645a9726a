//! Somebody who imitates: probable where what is easily copied and what is not point apart.
//!
//! A copycat is a mixture over all known actors whom it could imitate. Traits that are easily copied
//! speak as under the imitated actor, `ln(s e^v + 1 − s)` for a kind that is copied with the chance
//! `s`; what is hard to copy speaks as under nobody in particular.
//!
//! Techniques are public, and the more of one actor's are seen, the better it may be imitated. So
//! they enter by what can only grow with them: `m ≥ 0`, how well they fit the imitated actor, and
//! `d ≤ 0`, how far they speak against the actor whom all other evidence favours; both are sums of
//! which each next one counts half. Of all actors the one is taken whose imitation is most
//! probable, with its techniques or without:
//!
//! `P = c e^−d (mixture with m) / (c e^−d (mixture with m) + e^d (known actors with m) + others)`.
//!
//! All other answers share out what is left. `P` is a fraction of two sums that are linear in `e^m`,
//! so it grows or falls with `m` throughout, and the greater of its values at 0 and at `m` never
//! falls as `m` grows; with `−d` it grows always. So copying techniques into a case never lowers it.

use crate::dossier::Dossiers;
use crate::evidence::EVIDENCE;
use crate::hypothesis::Kind;
use crate::weigh::{Ranker, Row, Weighed, discount, log_sum};

/// From which chance of being copied a kind of evidence is soft.
pub(crate) const SOFT: f64 = 0.5;
/// The chance that techniques are copied.
const TECHNIQUES: f64 = 0.9;

/// By actor, what soft evidence other than techniques says of an imitator of it, in nats.
pub(crate) fn imitated(items: &[Vec<Weighed>], dossiers: &Dossiers, rows: &[Row]) -> Vec<f64> {
    let of = |(actor, items): (usize, &Vec<Weighed>)| {
        let soft =
            |it: &Weighed| EVIDENCE[it.kind].spoof() >= SOFT && !EVIDENCE[it.kind].is_techniques();
        // The weights were set by all that the actor has to say; an imitator's are set anew.
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
    items.iter().enumerate().map(of).collect()
}

/// By actor, what single techniques say for it and against it, in nats.
pub(crate) fn by_techniques(ranker: &Ranker<'_>, rows: &[Row]) -> Vec<(f64, f64)> {
    let mut values = vec![(Vec::new(), Vec::new()); ranker.dossiers.actors.len()];
    for row in rows {
        let told = ranker.told(row);
        let techniques = told.items.iter().filter(|(kind, _)| EVIDENCE[*kind].is_techniques());
        for it in techniques.map(|(_, it)| it).chain(&told.single) {
            let value = it.value * row.weight;
            let (more, less) = &mut values[it.actor as usize];
            let side = if value > 0.0 { more } else { less };
            side.push(value);
        }
    }
    let sums =
        |(more, less): (Vec<f64>, Vec<f64>)| (discount::halving(more), discount::halving(less));
    values.into_iter().map(sums).collect()
}

/// The logarithms of all probabilities: the copycat's as above, what is left shared out by all
/// evidence.
///
/// `rest` are the log odds without techniques, `all` those with everything; `imitated` and
/// `techniques` are by actor, and `disagreement` is `d`.
pub(crate) fn joined(
    rest: &[f64],
    mut all: Vec<f64>,
    imitated: &[f64],
    techniques: &[(f64, f64)],
    disagreement: f64,
) -> Vec<f64> {
    let actors = imitated.len();
    let place = actors + Kind::ALL.iter().position(|it| *it == Kind::Copycat).unwrap_or(0);
    let copycat = probability(rest, place, imitated, techniques, disagreement);
    all[place] = f64::NEG_INFINITY;
    let left = (-copycat).ln_1p();
    let sum = log_sum(all.iter().copied());
    for it in &mut all {
        *it += left - sum;
    }
    all[place] = copycat.ln();
    all
}

fn probability(
    rest: &[f64],
    place: usize,
    imitated: &[f64],
    techniques: &[(f64, f64)],
    disagreement: f64,
) -> f64 {
    let actors = imitated.len();
    let prior = rest[place].exp() * (-disagreement).exp();
    let mixture: f64 = imitated.iter().map(|it| it.exp()).sum();
    let known: f64 = rest[..actors].iter().map(|it| it.exp()).sum();
    let is_other = |at: &usize| *at >= actors && *at != place;
    let others: f64 = (0..rest.len()).filter(is_other).map(|at| rest[at].exp()).sum();
    // What an actor's techniques add to the mixture and to the known actors.
    let share = |more: (f64, f64)| {
        let own = prior * (mixture + more.0) / actors.max(1) as f64;
        own / (own + (known + more.1) * disagreement.exp() + others)
    };
    let mut best = if actors == 0 { prior / (prior + others) } else { share((0.0, 0.0)) };
    for (at, (fits, _)) in techniques.iter().enumerate() {
        let grown = fits.exp_m1();
        best = best.max(share((TECHNIQUES * grown * imitated[at].exp(), grown * rest[at].exp())));
    }
    best
}
