//! A graph as the algorithm sees it: the one given, or one whose nodes are parts of it.

use super::{Options, Quality};
use crate::Graph;
use crate::labels::members_by_label;

/// A weighted graph without loops whose nodes have a mass. Joining nodes a and b gains the weight
/// between them less `cost` · mass a · mass b; loops do not change that and are left out.
pub(super) struct Level {
    offsets: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
    pub(super) mass: Vec<f64>,
    pub(super) cost: f64,
}

impl Level {
    /// The first level. Weights are divided by their mean, so that a graph whose weights are all a
    /// million times as large, or as small, has the same communities. Modularity takes strengths
    /// as masses, the constant Potts model counts nodes.
    pub(super) fn of_graph(graph: &Graph, options: &Options) -> Self {
        let nodes = graph.node_count();
        let loops = (0..nodes).filter(|&v| graph.loop_weight(v) > 0.0).count();
        let edges = (graph.edge_count() + loops).max(1) as f64;
        let total = if graph.total_weight() > 0.0 { graph.total_weight() } else { 1.0 };
        // Dividing first keeps both tiny and huge weights within range.
        let scaled = |weight: f64| weight / total * edges;
        let mut offsets = vec![0];
        let (mut targets, mut weights) = (Vec::new(), Vec::new());
        for v in 0..nodes {
            let (row, row_weights) = graph.neighbours(v);
            targets.extend_from_slice(row);
            weights.extend(row_weights.iter().map(|&w| scaled(w)));
            offsets.push(targets.len());
        }
        let (mass, cost) = match options.quality {
            Quality::Modularity => (
                (0..nodes).map(|v| scaled(graph.strength(v))).collect(),
                options.resolution / edges / 2.0,
            ),
            Quality::Cpm => (vec![1.0; nodes as usize], options.resolution / total * edges),
        };
        // An infinite cost times a mass of 0 would not be a number.
        Self { offsets, targets, weights, mass, cost: cost.min(f64::MAX) }
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.mass.len()
    }

    /// The neighbours of `v` and the weights of the edges to them.
    pub(super) fn row(&self, v: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let range = self.offsets[v as usize]..self.offsets[v as usize + 1];
        self.targets[range.clone()].iter().copied().zip(self.weights[range].iter().copied())
    }

    /// Makes one node of each part; `parts` gives the part of each node, `count` their number.
    pub(super) fn aggregate(&self, parts: &[u32], count: usize) -> Self {
        let (members, starts) = members_by_label(parts, count);
        let mut next = Self {
            offsets: vec![0],
            targets: Vec::new(),
            weights: Vec::new(),
            mass: vec![0.0; count],
            cost: self.cost,
        };
        let mut links = Links::new(count);
        for part in 0..count {
            for &v in &members[starts[part]..starts[part + 1]] {
                next.mass[part] += self.mass[v as usize];
                for (u, w) in self.row(v) {
                    let other = parts[u as usize];
                    if other as usize != part {
                        links.add(other, w);
                    }
                }
            }
            links.touched.sort_unstable();
            for &other in &links.touched {
                next.targets.push(other);
                next.weights.push(links.weight[other as usize]);
            }
            links.clear();
            next.offsets.push(next.targets.len());
        }
        next
    }
}

/// Weights from one place to each group, kept in an array that is wiped only where it was written.
pub(super) struct Links {
    pub(super) weight: Vec<f64>,
    /// The groups with a weight, in the order in which they were met.
    pub(super) touched: Vec<u32>,
    marked: Vec<bool>,
}

impl Links {
    pub(super) fn new(groups: usize) -> Self {
        Self { weight: vec![0.0; groups], touched: Vec::new(), marked: vec![false; groups] }
    }

    #[inline]
    pub(super) fn add(&mut self, group: u32, weight: f64) {
        let at = group as usize;
        // Not told by a weight of 0, because a scaled weight may have been rounded to that.
        if !self.marked[at] {
            self.marked[at] = true;
            self.touched.push(group);
        }
        self.weight[at] += weight;
    }

    pub(super) fn clear(&mut self) {
        for &group in &self.touched {
            self.weight[group as usize] = 0.0;
            self.marked[group as usize] = false;
        }
        self.touched.clear();
    }
}
