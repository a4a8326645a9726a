//! Where the instant lies, given the likelihood: the shortest interval that holds 95 %.

use charivari_model::Timestamp;

use super::model::{Model, WRONG};
use super::{DAY, Span};
use crate::chance::LEVEL;

/// Points of the first look over the whole life of the table.
const COARSE: usize = 500;

/// Points of the last look.
const FINE: usize = 320;

/// What is less likely than the likeliest by this factor, as a logarithm, is left out.
const DEPTH: f64 = 16.0;

/// How often the window is narrowed.
const ROUNDS: usize = 8;

/// Points of a look on the way there.
const HALFWAY: usize = 80;

/// The depth of the first look, which is a rough one.
const ROUGH_DEPTH: f64 = 40.0;

/// The chance of every instant, over a window outside of which there is next to none.
#[derive(Clone, Debug)]
pub(super) struct Posterior {
    low: f64,
    high: f64,
    middle: f64,
    pub(super) wrong: f64,
    /// The logarithm of the likelihood where it is highest.
    pub(super) peak: f64,
}

/// The posterior from rows, values or both; nothing where no instant is possible.
pub(super) fn of(model: &Model, rows: bool, values: bool) -> Option<Posterior> {
    let mut window = first_window(model, rows, values)?;
    for _ in 0..ROUNDS {
        let looked = look(model, window, HALFWAY, rows, values);
        let most = looked.iter().map(|point| point.1).fold(f64::NEG_INFINITY, f64::max);
        let first = looked.iter().position(|point| point.1 > most - DEPTH)?;
        let last = looked.iter().rposition(|point| point.1 > most - DEPTH)?;
        let half = 0.5 * (window.1 - window.0) / HALFWAY as f64;
        let narrow = (looked[first].0 - 2.0 * half, looked[last].0 + 2.0 * half);
        let narrow = (narrow.0.max(window.0), narrow.1.min(window.1));
        let is_settled = narrow.1 - narrow.0 > 0.5 * (window.1 - window.0);
        window = narrow;
        if is_settled {
            break;
        }
    }
    Some(summed(&look(model, window, FINE, rows, values)))
}

/// The window around all instants that are possible, from a rough look over the life of the table.
fn first_window(model: &Model, rows: bool, values: bool) -> Option<(f64, f64)> {
    let step = (model.until - model.from).max(1e-3) / COARSE as f64;
    let point = |at: usize| model.from + step * at as f64;
    let logs: Vec<f64> = (0..=COARSE).map(|at| model.roughly(point(at), rows, values)).collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return None;
    }
    let first = logs.iter().position(|&log| log > most - ROUGH_DEPTH)?;
    let last = logs.iter().rposition(|&log| log > most - ROUGH_DEPTH)?;
    Some((point(first.saturating_sub(1)), point((last + 1).min(COARSE))))
}

fn look(
    model: &Model,
    (from, to): (f64, f64),
    points: usize,
    rows: bool,
    values: bool,
) -> Vec<(f64, f64, usize)> {
    let step = (to - from) / points as f64;
    (0..points)
        .map(|at| {
            let t = from + step * (at as f64 + 0.5);
            let likely = model.at(t, rows, values);
            (t, likely.log, likely.wrong)
        })
        .collect()
}

/// The shortest interval, and the middle. Every point stands for an equal stretch around it.
fn summed(looked: &[(f64, f64, usize)]) -> Posterior {
    let best =
        looked.iter().fold(looked[0], |best, point| if point.1 > best.1 { *point } else { best });
    let masses: Vec<f64> = looked.iter().map(|point| (point.1 - best.1).exp()).collect();
    let total: f64 = masses.iter().sum();
    let half = 0.5 * (looked[1].0 - looked[0].0);
    let (mut first, mut mass, mut width) = (0, 0.0, f64::MAX);
    let (mut low, mut high) = (looked[0].0 - half, looked[looked.len() - 1].0 + half);
    let mut middle = None;
    let mut below = 0.0;
    for (last, point) in looked.iter().enumerate() {
        mass += masses[last];
        below += masses[last];
        if middle.is_none() && below >= 0.5 * total {
            middle = Some(point.0);
        }
        while mass - masses[first] >= LEVEL * total {
            mass -= masses[first];
            first += 1;
        }
        // What is over the level is taken off the ends, which are cut inside of their stretches.
        let over = (mass - LEVEL * total).max(0.0);
        if mass >= LEVEL * total {
            let cut = |at: usize| (over / masses[at].max(1e-300)).min(1.0) * 2.0 * half;
            let cut =
                if masses[first] < masses[last] { (cut(first), 0.0) } else { (0.0, cut(last)) };
            let (from, to) = (looked[first].0 - half + cut.0, point.0 + half - cut.1);
            if to - from < width {
                (low, high, width) = (from, to, to - from);
            }
        }
    }
    Posterior { low, high, middle: middle.unwrap_or(best.0), wrong: WRONG[best.2], peak: best.1 }
}

impl Posterior {
    pub(super) fn middle_day(&self) -> f64 {
        self.middle
    }

    pub(super) fn span(&self) -> Span {
        Span { from: instant(self.low), to: instant(self.high) }
    }

    pub(super) fn middle(&self) -> Timestamp {
        instant(self.middle)
    }
}

fn instant(days: f64) -> Timestamp {
    Timestamp::from_seconds((days * DAY).round() as i64)
}
