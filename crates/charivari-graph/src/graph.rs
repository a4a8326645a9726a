//! The graph itself: compressed rows of neighbours.

use crate::GraphError;

/// An undirected weighted graph on the nodes 0 to n − 1.
///
/// Each edge is held twice, once in the row of either end; rows are sorted by neighbour. Parallel
/// edges are added up. An edge from a node to itself is kept apart, as the node's loop. An edge of
/// weight 0 joins nothing and is not kept.
///
/// Memory: 24 bytes per edge and 24 bytes per node; about 56 bytes per edge while it is built.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// Row `v` is `offsets[v]..offsets[v + 1]`.
    offsets: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
    /// Weight of each node's edge to itself.
    loops: Vec<f64>,
    /// Sum of each node's row, with its loop counted twice.
    strengths: Vec<f64>,
    total: f64,
}

impl Graph {
    /// Builds the graph of `nodes` nodes from edge columns of equal length; the edge `i` joins
    /// `source[i]` and `target[i]` with `weight[i]`. The order of edges, and which end is called
    /// the source, do not matter to a single bit of the result.
    ///
    /// # Errors
    ///
    /// `E0501` for a node of `nodes` or more, `E0502` for a weight that is negative, infinite or
    /// not a number, `E0503` for columns of different lengths, `E0504` if all weights add up to
    /// more than half of what a double holds.
    pub fn from_edges(
        nodes: u32,
        source: &[u32],
        target: &[u32],
        weight: &[f64],
    ) -> Result<Self, GraphError> {
        check_columns(nodes, source, target, weight)?;
        let (starts, mut entries) = bucket_by_end(nodes as usize, source, target, weight);
        let mut graph = Self {
            offsets: Vec::with_capacity(nodes as usize + 1),
            targets: Vec::with_capacity(entries.len()),
            weights: Vec::with_capacity(entries.len()),
            loops: vec![0.0; nodes as usize],
            strengths: Vec::with_capacity(nodes as usize),
            total: 0.0,
        };
        graph.offsets.push(0);
        for v in 0..nodes {
            let row = &mut entries[starts[v as usize]..starts[v as usize + 1]];
            graph.push_row(v, row);
        }
        graph.targets.shrink_to_fit();
        graph.weights.shrink_to_fit();
        graph.total = graph.strengths.iter().sum::<f64>() / 2.0;
        if graph.total.is_finite() { Ok(graph) } else { Err(GraphError::WeightOverflow) }
    }

    /// Appends the row of `v`, adding up parallel edges.
    fn push_row(&mut self, v: u32, row: &mut [(u32, f64)]) {
        // Sorting by weight too makes the sums independent of the order of input.
        row.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let start = self.targets.len();
        let mut strength = 0.0;
        for same in row.chunk_by(|a, b| a.0 == b.0) {
            let weight: f64 = same.iter().map(|entry| entry.1).sum();
            let neighbour = same[0].0;
            if neighbour == v {
                self.loops[v as usize] = weight;
            } else {
                self.targets.push(neighbour);
                self.weights.push(weight);
            }
        }
        strength += self.weights[start..].iter().sum::<f64>();
        strength += 2.0 * self.loops[v as usize];
        self.strengths.push(strength);
        self.offsets.push(self.targets.len());
    }

    /// Number of nodes.
    pub fn node_count(&self) -> u32 {
        self.loops.len() as u32
    }

    /// Number of distinct pairs of nodes that an edge joins; loops are not counted.
    pub fn edge_count(&self) -> usize {
        self.targets.len() / 2
    }

    /// The neighbours of `node`, ascending, and the weights of the edges to them. Both are empty
    /// for a node that the graph does not have.
    pub fn neighbours(&self, node: u32) -> (&[u32], &[f64]) {
        let v = node as usize;
        match (self.offsets.get(v), self.offsets.get(v + 1)) {
            (Some(&from), Some(&to)) => (&self.targets[from..to], &self.weights[from..to]),
            _ => (&[], &[]),
        }
    }

    /// Number of neighbours of `node`, itself not counted.
    pub fn degree(&self, node: u32) -> usize {
        self.neighbours(node).0.len()
    }

    /// Sum of the weights at `node`, its loop counted twice, as is usual.
    pub fn strength(&self, node: u32) -> f64 {
        self.strengths.get(node as usize).copied().unwrap_or(0.0)
    }

    /// Weight of the edge from `node` to itself; 0 if there is none.
    pub fn loop_weight(&self, node: u32) -> f64 {
        self.loops.get(node as usize).copied().unwrap_or(0.0)
    }

    /// Sum of all edge weights, loops included once: the `m` of modularity.
    pub fn total_weight(&self) -> f64 {
        self.total
    }

    /// All edges with source < target, ascending; loops are left out.
    pub fn edges(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        (0..self.node_count()).flat_map(move |v| {
            let (targets, weights) = self.neighbours(v);
            let from = targets.partition_point(|&u| u < v);
            targets[from..].iter().zip(&weights[from..]).map(move |(&u, &w)| (v, u, w))
        })
    }
}

/// Refuses columns that no graph can be built from.
fn check_columns(
    nodes: u32,
    source: &[u32],
    target: &[u32],
    weight: &[f64],
) -> Result<(), GraphError> {
    let (sources, targets, weights) = (source.len(), target.len(), weight.len());
    if sources != targets || sources != weights {
        return Err(GraphError::UnequalColumns { sources, targets, weights });
    }
    for (edge, ((&a, &b), &w)) in source.iter().zip(target).zip(weight).enumerate() {
        if let Some(node) = [a, b].into_iter().find(|&node| node >= nodes) {
            return Err(GraphError::NodeOutOfRange { edge, node, nodes });
        }
        if !(w.is_finite() && w >= 0.0) {
            return Err(GraphError::BadWeight { edge, weight: w });
        }
    }
    Ok(())
}

/// Puts each edge into the rows of both ends (a loop once); gives where each row begins, and the
/// rows, not yet sorted.
fn bucket_by_end(
    nodes: usize,
    source: &[u32],
    target: &[u32],
    weight: &[f64],
) -> (Vec<usize>, Vec<(u32, f64)>) {
    let kept = || source.iter().zip(target).zip(weight).filter(|&(_, &w)| w > 0.0);
    let mut starts = vec![0_usize; nodes + 1];
    for ((&a, &b), _) in kept() {
        starts[a as usize + 1] += 1;
        if a != b {
            starts[b as usize + 1] += 1;
        }
    }
    for v in 0..nodes {
        starts[v + 1] += starts[v];
    }
    let mut next = starts.clone();
    let mut entries = vec![(0_u32, 0.0_f64); starts[nodes]];
    let mut put = |row: u32, neighbour: u32, w: f64| {
        let slot = &mut next[row as usize];
        entries[*slot] = (neighbour, w);
        *slot += 1;
    };
    for ((&a, &b), &w) in kept() {
        put(a, b, w);
        if a != b {
            put(b, a, w);
        }
    }
    (starts, entries)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    #[test]
    fn parallel_edges_add_up_and_loops_stand_apart() {
        let graph =
            Graph::from_edges(4, &[1, 0, 2, 2, 0], &[0, 1, 2, 0, 3], &[1.0, 2.0, 5.0, 0.5, 0.0])
                .unwrap();
        assert_eq!(graph.neighbours(0), (&[1, 2][..], &[3.0, 0.5][..]));
        assert_eq!(graph.neighbours(2), (&[0][..], &[0.5][..]));
        assert_eq!(graph.loop_weight(2), 5.0);
        assert_eq!(graph.strength(2), 10.5);
        assert_eq!(graph.total_weight(), 8.5);
        assert_eq!(graph.edge_count(), 2);
        assert_eq!(graph.degree(3), 0, "an edge of weight 0 joins nothing");
        assert_eq!(graph.edges().collect::<Vec<_>>(), [(0, 1, 3.0), (0, 2, 0.5)]);
    }

    #[test]
    fn questions_about_nodes_beyond_the_last_have_empty_answers() {
        let graph = Graph::from_edges(0, &[], &[], &[]).unwrap();
        for node in [0, 1, u32::MAX] {
            assert_eq!(graph.neighbours(node), (&[][..], &[][..]));
            assert_eq!(graph.strength(node) + graph.loop_weight(node), 0.0);
        }
    }

    #[test]
    fn columns_that_cannot_be_a_graph_are_refused() {
        type Case<'a> = (&'a str, &'a [u32], &'a [u32], &'a [f64], &'a str);
        let cases: [Case; 7] = [
            ("source beyond the last node", &[2], &[0], &[1.0], "E0501"),
            ("target beyond the last node", &[0], &[u32::MAX], &[1.0], "E0501"),
            ("weight not a number", &[0], &[1], &[f64::NAN], "E0502"),
            ("weight below zero", &[0], &[1], &[-1.0], "E0502"),
            ("infinite weight", &[0], &[1], &[f64::INFINITY], "E0502"),
            ("a column too short", &[0], &[1], &[], "E0503"),
            ("weights beyond a double", &[0, 0], &[1, 1], &[f64::MAX, f64::MAX], "E0504"),
        ];
        for (name, source, target, weight, code) in cases {
            let error = Graph::from_edges(2, source, target, weight).unwrap_err();
            assert_eq!(error.code(), code, "{name}: {error}");
        }
    }

    #[test]
    fn sums_do_not_depend_on_the_order_of_edges() {
        let weights = [1e-17, 1.0, 0.3, 1e16, 0.1];
        let forward = Graph::from_edges(2, &[0; 5], &[1; 5], &weights).unwrap();
        let reversed: Vec<f64> = weights.iter().rev().copied().collect();
        let backward = Graph::from_edges(2, &[1; 5], &[0; 5], &reversed).unwrap();
        assert_eq!(forward, backward);
    }
}
