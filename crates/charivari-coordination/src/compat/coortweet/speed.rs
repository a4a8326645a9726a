//! The speed subnetwork's pairs: `flag_speed_share`.

use foldhash::fast::FixedState;
use hashbrown::HashSet;
use rayon::slice::ParallelSliceMut;

use super::Rows;
use super::detect::{Pairs, participating};

/// Flags the pairs whose contents are also a pair within the speed window, and sorts by content.
///
/// The peer joins on the two contents alone, so the flag also falls on pairs of the same contents
/// on another object, and, where a content id is repeated, on pairs beyond the speed window.
pub(super) fn flag<'r>(
    rows: &'r Rows<'r>,
    mut pairs: Vec<(u32, u32)>,
    seconds: f64,
    min_participation: u32,
) -> Pairs<'r> {
    let ranks = rows.content.ranks();
    let contents = |pair: (u32, u32)| {
        let rank = |row| ranks[rows.content.id(row) as usize];
        (rank(pair.0), rank(pair.1))
    };
    // The sort is stable, as the peer's is.
    pairs.par_sort_by_key(|&pair| contents(pair));
    let mut result = Pairs { rows, found: pairs, speed: None };
    let near: Vec<(u32, u32)> =
        result.found.iter().copied().filter(|&pair| result.time_delta(pair) <= seconds).collect();
    let near: HashSet<(u32, u32), FixedState> =
        participating(rows, near, min_participation).into_iter().map(contents).collect();
    let flags = result.found.iter().map(|&pair| near.contains(&contents(pair))).collect();
    result.speed = Some((seconds, flags));
    result
}
