//! Which pairs of accounts met often enough to be tested, and the acts of those that only a wider
//! window shows.

use crate::acts::Act;
use crate::columns::Traces;

/// Windows in seconds, and on how many occasions two accounts have to meet within them to be worth
/// testing: the wider the window, the less each meeting says.
const FEWEST: [(i64, usize); 4] = [(60, 2), (300, 3), (900, 4), (3_600, 6)];

/// The pairs that met often enough, `plain` of them whatever the window. One pair of posts is one
/// occasion, in however many layers and on however many objects it meets. The acts are sorted by
/// pair and object.
pub(crate) fn pairs_that_met(acts: &[Act], traces: &Traces, plain: Option<usize>) -> Vec<u64> {
    let is_worth = |run: &&[Act]| match plain {
        Some(1) => true,
        _ if run.len() < 2 => false,
        Some(fewest) => occasions(run, traces, i64::MAX, fewest) >= fewest,
        None => FEWEST.iter().any(|(window_s, fewest)| {
            occasions(run, traces, window_s * 1_000_000, *fewest) >= *fewest
        }),
    };
    acts.chunk_by(|a, b| a.pair == b.pair).filter(is_worth).map(|run| run[0].pair).collect()
}

/// On how many occasions a pair met within the window, counted up to `enough`: acts that have
/// neither post in common with one another.
fn occasions(run: &[Act], traces: &Traces, window: i64, enough: usize) -> usize {
    let mut posts: Vec<(u32, u32)> = Vec::with_capacity(enough);
    for act in run {
        let (source, target) = (act.source as usize, act.target as usize);
        let apart = (traces.time[source] - traces.time[target]).abs();
        let (one, other) = (traces.post[source], traces.post[target]);
        if apart <= window && posts.iter().all(|(a, b)| *a != one && *b != other) {
            posts.push((one, other));
            if posts.len() == enough {
                break;
            }
        }
    }
    posts.len()
}

/// Replaces the acts of pairs that have a window of their own. Both lists are sorted by pair.
pub(crate) fn widen(
    plain: Vec<Act>,
    wide: Vec<Act>,
    traces: &Traces,
    window: impl Fn(u64) -> Option<i64>,
) -> Vec<Act> {
    let mut own: Vec<Act> = Vec::new();
    for run in wide.chunk_by(|a, b| a.pair == b.pair) {
        if let Some(window) = window(run[0].pair) {
            let apart = |act: &Act| {
                (traces.time[act.source as usize] - traces.time[act.target as usize]).abs()
            };
            own.extend(run.iter().filter(|act| apart(act) <= window));
        }
    }
    if own.is_empty() {
        return plain;
    }
    drop(wide);
    let mut merged = Vec::with_capacity(plain.len() + own.len());
    let mut own = own.chunk_by(|a, b| a.pair == b.pair).peekable();
    for run in plain.chunk_by(|a, b| a.pair == b.pair) {
        while let Some(wider) = own.next_if(|wider| wider[0].pair < run[0].pair) {
            merged.extend_from_slice(wider);
        }
        match own.next_if(|wider| wider[0].pair == run[0].pair) {
            Some(wider) => merged.extend_from_slice(wider),
            None => merged.extend_from_slice(run),
        }
    }
    merged.extend(own.flatten());
    merged
}
