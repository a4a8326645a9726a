//! Fast local moving of nodes (`MoveNodesFast` in the paper).

use std::collections::VecDeque;

use super::level::{Level, Links};
use crate::random::SplitMix64;

/// A gain counts only if it exceeds this share of the terms it is the difference of: less is
/// rounding, and two nodes could hand each other the same rounding for ever.
const ROUNDING: f64 = 1e-12;

/// How often a node may be looked at on average before we stop. Real graphs need below 10; this
/// only bounds the time that a hostile one can take.
const MOST_VISITS: usize = 1000;

/// Moves each node to the neighbouring group, or to a group of its own, where it gains most, until
/// none gains. Only neighbours of moved nodes are looked at again. `groups` has a number below
/// `level.len()` for each node.
pub(super) fn move_nodes(level: &Level, groups: &mut [u32], rng: &mut SplitMix64) {
    let mut state = State::new(level, groups);
    let mut order: Vec<u32> = (0..level.len() as u32).collect();
    rng.shuffle(&mut order);
    let mut queue = VecDeque::from(order);
    let mut queued = vec![true; level.len()];
    let mut visits_left = level.len().saturating_mul(MOST_VISITS);
    while let Some(v) = queue.pop_front() {
        queued[v as usize] = false;
        if visits_left == 0 {
            return;
        }
        visits_left -= 1;
        let Some(chosen) = state.visit(level, groups, v) else { continue };
        for (u, _) in level.row(v) {
            if groups[u as usize] != chosen && !queued[u as usize] {
                queued[u as usize] = true;
                queue.push_back(u);
            }
        }
    }
}

/// What is known of the groups while nodes move.
struct State {
    mass: Vec<f64>,
    nodes: Vec<u32>,
    /// Numbers that no node has.
    empty: Vec<u32>,
    links: Links,
}

impl State {
    fn new(level: &Level, groups: &[u32]) -> Self {
        let count = level.len();
        let mut mass = vec![0.0; count];
        let mut nodes = vec![0_u32; count];
        for (&group, &node_mass) in groups.iter().zip(&level.mass) {
            mass[group as usize] += node_mass;
            nodes[group as usize] += 1;
        }
        let empty = (0..count as u32).rev().filter(|&group| nodes[group as usize] == 0).collect();
        Self { mass, nodes, empty, links: Links::new(count) }
    }

    /// Moves `v` to where it gains most and says where that is; `None` if it stays.
    fn visit(&mut self, level: &Level, groups: &mut [u32], v: u32) -> Option<u32> {
        let own = groups[v as usize];
        self.take_out(own, level.mass[v as usize]);
        for (u, w) in level.row(v) {
            self.links.add(groups[u as usize], w);
        }
        let chosen = self.best(own, level.cost * level.mass[v as usize]);
        self.links.clear();
        if self.nodes[chosen as usize] == 0 {
            // Only the last of the empty numbers is ever on offer.
            self.empty.pop();
        }
        self.mass[chosen as usize] += level.mass[v as usize];
        self.nodes[chosen as usize] += 1;
        groups[v as usize] = chosen;
        (chosen != own).then_some(chosen)
    }

    fn take_out(&mut self, group: u32, mass: f64) {
        let at = group as usize;
        self.nodes[at] -= 1;
        self.mass[at] -= mass;
        if self.nodes[at] == 0 {
            // Exactly 0, not what rounding has left.
            self.mass[at] = 0.0;
            self.empty.push(group);
        }
    }

    /// The group with the largest gain for a node that `own` has let go. The present group wins
    /// ties, then the one whose first member comes first among the node's neighbours.
    fn best(&self, own: u32, cost: f64) -> u32 {
        let terms =
            |group: u32| (self.links.weight[group as usize], cost * self.mass[group as usize]);
        let (weight, price) = terms(own);
        let (mut chosen, mut gain, mut size) = (own, weight - price, weight + price);
        let mut consider = |group: u32| {
            let (weight, price) = terms(group);
            let doubt = ROUNDING * size.max(weight + price);
            if weight - price - gain > doubt {
                (chosen, gain, size) = (group, weight - price, weight + price);
            }
        };
        for &group in &self.links.touched {
            consider(group);
        }
        if let Some(&group) = self.empty.last() {
            consider(group);
        }
        chosen
    }
}
