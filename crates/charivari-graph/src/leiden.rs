//! Communities: the Leiden algorithm.
//!
//! After V. A. Traag, L. Waltman and N. J. van Eck, "From Louvain to Leiden: guaranteeing
//! well-connected communities", Scientific Reports 9, 5233 (2019), doi 10.1038/s41598-019-41695-z;
//! the steps below carry the names of its supplementary section A. One iteration moves nodes until
//! none gains by moving (`moving`), splits each community into well-connected parts (`refine`),
//! makes each part a node of a smaller graph (`level`) and starts over on that, until every
//! community is one node. Further iterations begin with the communities found so far.
//!
//! Single-threaded on purpose: parallel variants give other communities on other machines.

mod level;
mod moving;
mod refine;

use crate::labels::{dense_labels, order_labels};
use crate::random::SplitMix64;
use crate::{Graph, GraphError, components, cpm, modularity};
use level::Level;

/// What a good partition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quality {
    /// More weight inside groups than their strengths would give by chance; see [`modularity`].
    #[default]
    Modularity,
    /// Groups denser inside than the resolution, which is then a weight per pair of nodes; see
    /// [`cpm`].
    Cpm,
}

/// How to look for communities.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// What to make as large as possible.
    pub quality: Quality,
    /// Higher means more and smaller groups. At least 0; 1 is the usual modularity.
    pub resolution: f64,
    /// Feeds the shuffles and the random choices. The same seed gives the same partition.
    pub seed: u64,
    /// The most iterations to run; fewer if three in a row bring no improvement. 0 leaves each
    /// node alone.
    pub iterations: u32,
    /// Randomness of the refinement, in units of the mean edge weight: the chance of a merge
    /// grows with e to the power of its gain over theta. More than 0.
    pub theta: f64,
}

impl Default for Options {
    /// Modularity at resolution 1, seed 0, up to 10 iterations, theta 0.01 as in the paper.
    fn default() -> Self {
        Self { quality: Quality::Modularity, resolution: 1.0, seed: 0, iterations: 10, theta: 0.01 }
    }
}

/// A partition of a graph's nodes into groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Partition {
    /// The group of each node. Groups are numbered from 0: larger ones first, and of equally
    /// large ones the one with the smallest node.
    pub labels: Vec<u32>,
    /// How many groups there are.
    pub groups: u32,
    /// The quality that was asked for, by [`modularity`] or [`cpm`].
    pub quality: f64,
    /// How many iterations ran, the last of which may have brought nothing. If it is less than
    /// asked for, the search had come to rest.
    pub iterations: u32,
}

/// After how many iterations without improvement we stop. More than one, because each draws anew:
/// on the karate club under the constant Potts model some seeds would stop too early.
const PATIENCE: u32 = 3;

/// Finds communities. Every group of more than one node is connected.
///
/// # Errors
///
/// `E0506` for a resolution below 0 or a theta not above 0, or either not finite.
pub fn leiden(graph: &Graph, options: &Options) -> Result<Partition, GraphError> {
    check(options)?;
    let base = Level::of_graph(graph, options);
    let mut rng = SplitMix64::new(options.seed);
    let mut labels: Vec<u32> = (0..graph.node_count()).collect();
    let mut quality = measure(graph, &labels, options)?;
    let (mut iterations, mut fruitless) = (0, 0);
    while iterations < options.iterations && fruitless < PATIENCE {
        iterations += 1;
        let next = iterate(graph, &base, labels.clone(), options.theta, &mut rng);
        let next_quality = measure(graph, &next, options)?;
        // Not a number, or a gain that is only rounding, counts as nothing gained.
        let improved = next_quality - quality > 1e-13 * quality.abs();
        fruitless = if improved { 0 } else { fruitless + 1 };
        if next_quality >= quality {
            (labels, quality) = (next, next_quality);
        }
    }
    let labels = order_labels(&labels);
    let groups = labels.iter().max().map_or(0, |&last| last + 1);
    Ok(Partition { labels, groups, quality, iterations })
}

fn check(options: &Options) -> Result<(), GraphError> {
    let bad = |name, value, expected| Err(GraphError::BadOption { name, value, expected });
    let Options { resolution, theta, .. } = *options;
    if !(resolution.is_finite() && resolution >= 0.0) {
        return bad("resolution", resolution, "a finite number of at least 0");
    }
    if !(theta.is_finite() && theta > 0.0) {
        return bad("theta", theta, "a finite number above 0");
    }
    Ok(())
}

fn measure(graph: &Graph, labels: &[u32], options: &Options) -> Result<f64, GraphError> {
    match options.quality {
        Quality::Modularity => modularity(graph, labels, options.resolution),
        Quality::Cpm => cpm(graph, labels, options.resolution),
    }
}

/// One iteration: from the partition `labels` to one at least as good.
fn iterate(
    graph: &Graph,
    base: &Level,
    labels: Vec<u32>,
    theta: f64,
    rng: &mut SplitMix64,
) -> Vec<u32> {
    // Which node of the present level each node of the graph lies in.
    let mut place: Vec<u32> = (0..graph.node_count()).collect();
    let mut groups = labels;
    let mut smaller: Option<Level> = None;
    loop {
        let level = smaller.as_ref().unwrap_or(base);
        moving::move_nodes(level, &mut groups, rng);
        let count;
        (groups, count) = dense_labels(&groups);
        if count == level.len() {
            break;
        }
        let (parts, part_count) = refine::refine(level, &groups, count, theta, rng);
        if part_count == level.len() {
            // Nothing merged; another round would look at the same graph again.
            break;
        }
        let next = level.aggregate(&parts, part_count);
        let mut next_groups = vec![0; part_count];
        for (&part, &group) in parts.iter().zip(&groups) {
            next_groups[part as usize] = group;
        }
        for node in &mut place {
            *node = parts[*node as usize];
        }
        groups = next_groups;
        smaller = Some(next);
    }
    let labels: Vec<u32> = place.iter().map(|&node| groups[node as usize]).collect();
    split_disconnected(graph, &labels)
}

/// Gives each connected part of a group a label of its own. Moving a node away can leave the rest
/// of its group in pieces. Refinement takes those apart, but it may end before it has (when nothing
/// merged), and the promise of connected groups should not hang on that. Splitting loses no edge,
/// so that it never lowers the quality.
fn split_disconnected(graph: &Graph, labels: &[u32]) -> Vec<u32> {
    let inside: Vec<(u32, u32)> = graph
        .edges()
        .filter(|&(a, b, _)| labels[a as usize] == labels[b as usize])
        .map(|(a, b, _)| (a, b))
        .collect();
    let (source, target): (Vec<u32>, Vec<u32>) = inside.into_iter().unzip();
    let ones = vec![1.0; source.len()];
    match Graph::from_edges(graph.node_count(), &source, &target, &ones) {
        Ok(inner) => components(&inner),
        // Edges taken from a graph make a graph again.
        Err(_) => labels.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_in_pieces_are_split() {
        let graph = Graph::from_edges(5, &[0, 1, 3], &[1, 2, 4], &[1.0; 3]).unwrap();
        // Node 1 has left; 0 and 2 hung together only by it.
        let split = split_disconnected(&graph, &[7, 1, 7, 7, 7]);
        assert_eq!(order_labels(&split), [1, 2, 3, 0, 0]);
    }

    #[test]
    fn refinement_leaves_badly_connected_nodes_alone() {
        // A triangle, and node 3 that hangs on it by one edge: enough to gain by joining node 0,
        // too little for the three nodes of the rest.
        let graph = Graph::from_edges(4, &[0, 0, 1, 0], &[1, 2, 2, 3], &[1.0; 4]).unwrap();
        let options = Options { quality: Quality::Cpm, resolution: 0.5, ..Options::default() };
        let level = Level::of_graph(&graph, &options);
        for seed in 0..20 {
            let mut rng = SplitMix64::new(seed);
            let (parts, count) = refine::refine(&level, &[0; 4], 1, 0.01, &mut rng);
            assert!(count >= 2 && (0..3).all(|v| parts[v] != parts[3]), "{parts:?}");
        }
    }
}
