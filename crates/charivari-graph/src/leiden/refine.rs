//! Refinement (`RefinePartition` and `MergeNodesSubset` in the paper).

use super::level::{Level, Links};
use crate::arithmetic::exp_of_negative;
use crate::labels::{dense_labels, members_by_label};
use crate::random::SplitMix64;

/// Splits each of the `count` groups into parts that are well connected, starting from single
/// nodes that merge at random, rather where they gain more. Gives the part of each node and the
/// number of parts.
pub(super) fn refine(
    level: &Level,
    groups: &[u32],
    count: usize,
    theta: f64,
    rng: &mut SplitMix64,
) -> (Vec<u32>, usize) {
    let (mut members, starts) = members_by_label(groups, count);
    let mut merging = Merging::new(level, groups, theta);
    for group in 0..count {
        let of_group = &mut members[starts[group]..starts[group + 1]];
        if of_group.len() > 1 {
            merging.merge_within(of_group, rng);
        }
    }
    dense_labels(&merging.parts)
}

/// The parts while they grow. A part bears the number of the node that it began with.
struct Merging<'a> {
    level: &'a Level,
    groups: &'a [u32],
    theta: f64,
    parts: Vec<u32>,
    mass: Vec<f64>,
    /// Weight between a part and the rest of its group.
    outward: Vec<f64>,
    single: Vec<bool>,
    links: Links,
    /// Running sums of the chances of the choices at hand, and their parts.
    choices: Vec<(f64, u32)>,
}

impl<'a> Merging<'a> {
    fn new(level: &'a Level, groups: &'a [u32], theta: f64) -> Self {
        Self {
            level,
            groups,
            theta,
            parts: (0..level.len() as u32).collect(),
            mass: level.mass.clone(),
            outward: vec![0.0; level.len()],
            single: vec![true; level.len()],
            links: Links::new(level.len()),
            choices: Vec::new(),
        }
    }

    fn merge_within(&mut self, members: &mut [u32], rng: &mut SplitMix64) {
        let mut group_mass = 0.0;
        for &v in members.iter() {
            group_mass += self.level.mass[v as usize];
            let group = self.groups[v as usize];
            let inside = self.level.row(v).filter(|&(u, _)| self.groups[u as usize] == group);
            self.outward[v as usize] = inside.map(|(_, w)| w).sum();
        }
        rng.shuffle(members);
        for &v in members.iter() {
            if self.single[v as usize] && self.well_connected(v, group_mass) {
                self.merge(v, group_mass, rng);
            }
        }
    }

    /// Whether a part is bound to the rest of its group at least as strongly as chance allows.
    fn well_connected(&self, part: u32, group_mass: f64) -> bool {
        let mass = self.mass[part as usize];
        self.outward[part as usize] >= self.level.cost * mass * (group_mass - mass)
    }

    /// Merges the single node `v` into a part that it does not lose by, chosen at random.
    fn merge(&mut self, v: u32, group_mass: f64, rng: &mut SplitMix64) {
        let group = self.groups[v as usize];
        for (u, w) in self.level.row(v) {
            if self.groups[u as usize] == group {
                self.links.add(self.parts[u as usize], w);
            }
        }
        if let Some(chosen) = self.choose(v, group_mass, rng) {
            let to = chosen as usize;
            // What joined the two no longer leads outward, for either of them.
            let between = self.links.weight[to];
            self.outward[to] += self.outward[v as usize] - 2.0 * between;
            self.mass[to] += self.level.mass[v as usize];
            self.mass[v as usize] = 0.0;
            self.single[to] = false;
            self.single[v as usize] = false;
            self.parts[v as usize] = chosen;
        }
        self.links.clear();
    }

    /// The part to merge `v` into; `None` for staying alone, which always is a choice of gain 0.
    fn choose(&mut self, v: u32, group_mass: f64, rng: &mut SplitMix64) -> Option<u32> {
        let cost = self.level.cost * self.level.mass[v as usize];
        let gain_of =
            |part: u32| self.links.weight[part as usize] - cost * self.mass[part as usize];
        let mut largest = 0.0_f64;
        self.choices.clear();
        for &part in &self.links.touched {
            let gain = gain_of(part);
            if gain >= 0.0 && self.well_connected(part, group_mass) {
                largest = largest.max(gain);
                self.choices.push((gain, part));
            }
        }
        // Gains relative to the largest, because e to their power would overflow.
        let chance = |gain: f64| exp_of_negative((gain - largest) / self.theta);
        let mut sum = chance(0.0);
        for choice in &mut self.choices {
            sum += chance(choice.0);
            choice.0 = sum;
        }
        let drawn = rng.unit() * sum;
        if drawn < chance(0.0) {
            return None;
        }
        // Rounding may leave the draw at the very end; that is the last choice.
        let at = self.choices.partition_point(|&(end, _)| end <= drawn);
        self.choices.get(at).or(self.choices.last()).map(|&(_, part)| part)
    }
}
