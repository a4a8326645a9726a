//! Who follows whom: of two accounts that are joined, which comes first, and how long before.
//!
//! On every object that the two met on, their closest pair of posts that counts has an order; posts
//! of the same instant have none. As for [`super::leaders`], what happens in one sitting is one
//! trial, and a direction is said to stand only where a fair coin would hardly give it.
//!
//! That one comes after another need not be obedience: both may follow a third, one an hour later
//! because of its habits.

use serde::Serialize;

use super::chance::{median, q_values, tail};
use super::leaders::{LEVEL, SITTING};
use crate::groups::Group;
use crate::network::Network;

/// How many directions are kept for each group.
const MOST: usize = 20;

/// Fewer trials than this never stand: five heads in a row are too common.
const FEWEST_TRIALS: u32 = 6;

/// One account that comes after another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Direction {
    /// The edge, by number.
    pub edge: u32,
    /// The account that comes first more often, by rank.
    pub leader: u32,
    /// The other.
    pub follower: u32,
    /// The objects on which one of the two came first.
    pub objects: u32,
    /// On how many the leader did.
    pub leader_first: u32,
    /// The median time from the leader's post to the follower's, in seconds; those of objects on
    /// which the follower came first count as negative.
    pub median_delay_s: f64,
    /// How many sittings the objects make: the trials of the test.
    pub trials: u32,
    /// How many of those the leader began.
    pub leader_first_in_trials: u32,
    /// How often a fair coin would favour either as much.
    pub p: f64,
    /// The least false discovery rate, over all edges inside groups, at which that stands.
    pub q: f64,
    /// Whether it stands.
    pub stands: bool,
}

/// The directions of a group's edges, with their p-values only; see [`judge`].
pub(crate) fn of(network: &Network, group: &Group) -> Vec<Direction> {
    let mut met = Vec::new();
    group.edges.iter().filter_map(|edge| of_edge(network, *edge, &mut met)).collect()
}

/// What one object shows: when it began, and by how much the target came after the source.
type Order = (i64, i64);

fn of_edge(network: &Network, number: u32, met: &mut Vec<Order>) -> Option<Direction> {
    let (traces, edges) = (&network.traces, &network.edges);
    let edge = edges.edges.get(number as usize)?;
    // Acts stand by object, and an object's traces by time: a new object begins beyond its end.
    let (mut end, mut best) = (0, None);
    met.clear();
    for at in edge.evidence.clone().filter(|at| edges.counted.get(*at).copied().unwrap_or(true)) {
        let act = &edges.acts[at];
        if act.source >= end {
            met.extend(best.take());
            let object = traces.object_end.partition_point(|end| *end <= act.source);
            end = traces.object_end.get(object).copied().unwrap_or(u32::MAX);
        }
        let (source, target) = (traces.time[act.source as usize], traces.time[act.target as usize]);
        let order = (source.min(target), target.saturating_sub(source));
        let closer = |best: &Order| order.1.unsigned_abs() < best.1.unsigned_abs();
        if best.as_ref().is_none_or(closer) {
            best = Some(order);
        }
    }
    met.extend(best);
    met.retain(|order| order.1 != 0);
    met.sort_unstable();
    direction(met).map(|found| found.between(number, edge.source, edge.target))
}

/// Which way the objects of one edge point, before it is said between whom.
struct Found {
    forward: bool,
    direction: Direction,
}

/// `met` is sorted, and nothing in it is simultaneous.
fn direction(met: &[Order]) -> Option<Found> {
    let (mut trials, mut heads, mut last) = (0_u32, 0_u32, None::<i64>);
    for (began, after) in met {
        let same = last.is_some_and(|last| began.saturating_sub(last) <= SITTING);
        last = Some(*began);
        if !same {
            trials += 1;
            heads += u32::from(*after > 0);
        }
    }
    if trials < FEWEST_TRIALS {
        return None;
    }
    let forward = heads * 2 >= trials;
    let hits = if forward { heads } else { trials - heads };
    let mut delays: Vec<i64> =
        met.iter().map(|order| if forward { order.1 } else { order.1.saturating_neg() }).collect();
    let first = delays.iter().filter(|delay| **delay > 0).count();
    let direction = Direction {
        edge: 0,
        leader: 0,
        follower: 0,
        objects: met.len() as u32,
        leader_first: first as u32,
        median_delay_s: median(&mut delays) as f64 / 1e6,
        trials,
        leader_first_in_trials: hits,
        p: (2.0 * tail(hits as usize, &vec![0.5; trials as usize])).min(1.0),
        q: 1.0,
        stands: false,
    };
    Some(Found { forward, direction })
}

impl Found {
    fn between(self, edge: u32, source: u32, target: u32) -> Direction {
        let (leader, follower) = if self.forward { (source, target) } else { (target, source) };
        Direction { edge, leader, follower, ..self.direction }
    }
}

/// Corrects for how many edges were looked at, over all groups, and keeps the directions that stand,
/// the surest first, 20 of each group. How many stand in each group is returned.
pub(crate) fn judge(groups: &mut [Vec<Direction>]) -> Vec<u32> {
    let p_values: Vec<f64> = groups.iter().flatten().map(|direction| direction.p).collect();
    for (direction, q) in groups.iter_mut().flatten().zip(q_values(&p_values)) {
        direction.q = q;
        direction.stands = q <= LEVEL;
    }
    let keep = |directions: &mut Vec<Direction>| {
        directions.retain(|direction| direction.stands);
        let standing = directions.len() as u32;
        directions.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.edge.cmp(&b.edge)));
        directions.truncate(MOST);
        standing
    };
    groups.iter_mut().map(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;

    fn found(delays: &[i64], apart: i64) -> Option<(bool, u32, u32, f64)> {
        let met: Vec<Order> =
            delays.iter().zip(0..).map(|(delay, at)| (at * apart, delay * 1_000_000)).collect();
        direction(&met).map(|f| {
            let direction = f.direction;
            (f.forward, direction.trials, direction.leader_first, direction.median_delay_s)
        })
    }

    #[test]
    fn directions_are_counted_by_sittings() {
        for (name, delays, apart, expected) in [
            ("too few", vec![5; 5], HOUR, None),
            ("one sitting", vec![5; 50], 1_000_000, None),
            ("always after", vec![5; 8], HOUR, Some((true, 8, 8, 5.0))),
            ("always before", vec![-7; 8], HOUR, Some((false, 8, 8, 7.0))),
            ("mostly before", vec![-7, -7, -7, 2, -7, -9], HOUR, Some((false, 6, 5, 7.0))),
        ] {
            assert_eq!(found(&delays, apart), expected, "{name}");
        }
    }

    #[test]
    fn only_what_stands_is_kept() {
        let one = |edge: u32, heads: u32| {
            let met: Vec<Order> =
                (0..20).map(|at| (i64::from(at) * HOUR, if at < heads { 1 } else { -1 })).collect();
            direction(&met).unwrap().between(edge, 1, 2)
        };
        let mut groups = [vec![one(0, 20), one(1, 11), one(2, 1)], vec![one(3, 12)]];
        assert_eq!(judge(&mut groups), [2, 0]);
        let kept: Vec<(u32, u32)> = groups[0].iter().map(|d| (d.edge, d.leader)).collect();
        assert_eq!(kept, [(0, 1), (2, 2)]);
        assert!((groups[0][0].p - 2.0 * 0.5_f64.powi(20)).abs() < 1e-12);
    }
}
