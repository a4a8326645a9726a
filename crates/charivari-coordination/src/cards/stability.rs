//! Whether groups are found again: with other seeds, and at other levels of significance.
//!
//! The search for communities is random, and where a group begins and ends may hang on the level at
//! which an edge is called significant. So the search is run again, and each group is held against
//! the group of each run that it resembles most, by the Jaccard index of their accounts (Hennig,
//! "Cluster-wise assessment of cluster stability", Computational Statistics & Data Analysis 52,
//! 2007; there the data are resampled, here seeds and levels). Hennig's rule of thumb: below 0.6 a
//! group should not be trusted, from 0.75 it holds, from 0.85 it is firm.

use charivari_graph::{Graph, components, leiden};
use rayon::prelude::*;
use serde::Serialize;

use crate::communities::{self, GroupKind, SEED};
use crate::error::Error;
use crate::groups::Group;
use crate::network::Network;

/// So many seeds are tried where the graph allows it.
const SEEDS: u64 = 20;

/// The fewest seeds.
const FEWEST_SEEDS: u64 = 4;

/// So many edges, over all seeds, are gone through at most.
const MOST_EDGES: u64 = 1_000_000;

/// The levels tried: that of the run divided by each of these.
const LEVELS: [f64; 4] = [10.0, 2.0, 1.0, 0.5];

/// How firm one group is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stability {
    /// The mean best Jaccard index over the seeds, from 0 to 1; none where no seed plays a part.
    pub seeds: Option<f64>,
    /// How many seeds were tried: 20, or fewer on large graphs, at least 4.
    pub seeds_tried: u32,
    /// The best Jaccard index at each level of significance; empty where chance was not tested.
    pub levels: Vec<AtLevel>,
}

/// How much of a group is found at one level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AtLevel {
    /// The false discovery rate up to which edges were taken.
    pub level: f64,
    /// The best Jaccard index there, from 0 to 1.
    pub jaccard: f64,
}

impl Stability {
    /// The mean over the levels, if there are any.
    pub fn mean_over_levels(&self) -> Option<f64> {
        let sum: f64 = self.levels.iter().map(|level| level.jaccard).sum();
        (!self.levels.is_empty()).then(|| sum / self.levels.len() as f64)
    }
}

/// One run: with which seed, over which edges.
#[derive(Clone, Copy)]
enum Run {
    Seed(u64),
    Level(f64),
}

/// The labels of one run: communities, and components of the publishers' edges.
struct Labels {
    communities: Vec<u32>,
    publishers: Vec<u32>,
}

/// How firm each group is.
///
/// # Errors
/// `E0413` if the network is no graph, which would be a fault here.
pub fn of(network: &Network, groups: &[Group]) -> Result<Vec<Stability>, Error> {
    let edges = (0..network.edges.edges.len()).filter(|edge| network.is_significant(*edge)).count();
    let seeds = (MOST_EDGES / (edges as u64).max(1)).clamp(FEWEST_SEEDS, SEEDS);
    let tested = network.significance.is_some();
    let levels = LEVELS.iter().filter(|_| tested).map(|parts| Run::Level(network.level / parts));
    // The first seed is the one that found the groups; the others count.
    let runs: Vec<Run> =
        (1..=seeds).map(|seed| Run::Seed(SEED.wrapping_add(seed))).chain(levels).collect();
    let significant = graphs(network, network.level)?;
    let labels: Vec<Labels> = runs
        .par_iter()
        .map(|run| match run {
            Run::Seed(seed) => label(&significant, *seed),
            Run::Level(level) => label(&graphs(network, *level)?, SEED),
        })
        .collect::<Result<_, Error>>()?;
    let of_group = |(number, group): (usize, &Group)| {
        let is_open = network.group_kinds.get(number) == Some(&GroupKind::Syndication);
        gather(&group.nodes, is_open, &runs, &labels)
    };
    Ok(groups.par_iter().enumerate().map(of_group).collect())
}

fn gather(nodes: &[u32], is_open: bool, runs: &[Run], labels: &[Labels]) -> Stability {
    let (mut sum, mut tried, mut levels) = (0.0, 0_u32, Vec::new());
    for (run, labels) in runs.iter().zip(labels) {
        let labels = if is_open { &labels.publishers } else { &labels.communities };
        let jaccard = best_jaccard(nodes, labels);
        match run {
            Run::Seed(_) => {
                sum += jaccard;
                tried += 1;
            }
            Run::Level(level) => levels.push(AtLevel { level: *level, jaccard }),
        }
    }
    let seeds = (!is_open && tried > 0).then(|| sum / f64::from(tried));
    Stability { seeds, seeds_tried: if is_open { 0 } else { tried }, levels }
}

/// The graphs that groups are found in: that of communities, and that of publishers.
fn graphs(network: &Network, level: f64) -> Result<[Graph; 2], Error> {
    let test = |edge: usize| network.tests.get(edge).copied().flatten();
    let kept = |edge: usize| {
        network.significance.is_none() || test(edge).is_some_and(|test| test.q <= level)
    };
    Ok(communities::graphs(network, kept)?.into())
}

fn label([coordinated, publishers]: &[Graph; 2], seed: u64) -> Result<Labels, Error> {
    let options = leiden::Options { seed, ..leiden::Options::default() };
    let found =
        leiden::leiden(coordinated, &options).map_err(|error| Error::Graph(error.to_string()))?;
    let mut communities = found.labels;
    // Publishers are not in the groups of others; a label each keeps them out.
    let mut next = found.groups;
    for (node, label) in communities.iter_mut().enumerate() {
        if publishers.degree(node as u32) > 0 {
            *label = next;
            next = next.saturating_add(1);
        }
    }
    Ok(Labels { communities, publishers: components(publishers) })
}

/// The best Jaccard index of a set of nodes with any group of a labelling, from 0 to 1.
pub fn best_jaccard(nodes: &[u32], labels: &[u32]) -> f64 {
    let mut met: Vec<u32> =
        nodes.iter().filter_map(|node| labels.get(*node as usize)).copied().collect();
    met.sort_unstable();
    let mut runs: Vec<(u32, usize)> =
        met.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect();
    let mut sizes = vec![0_usize; runs.len()];
    for label in labels {
        if let Ok(at) = runs.binary_search_by_key(label, |run| run.0) {
            sizes[at] += 1;
        }
    }
    let jaccard = |(run, size): (&mut (u32, usize), &usize)| {
        run.1 as f64 / (nodes.len() + size - run.1).max(1) as f64
    };
    runs.iter_mut().zip(&sizes).map(jaccard).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_jaccard_is_that_of_the_closest_group() {
        for (name, nodes, labels, expected) in [
            ("the same", vec![0, 1, 2], vec![7, 7, 7, 1, 1], 1.0),
            ("one more", vec![0, 1, 2], vec![0, 0, 0, 0, 1], 0.75),
            ("split in two and one", vec![0, 1, 2], vec![0, 0, 1, 2, 2], 2.0 / 3.0),
            ("all alone", vec![0, 1, 2], vec![0, 1, 2, 3, 4], 1.0 / 3.0),
            ("nothing", vec![], vec![0, 1], 0.0),
            ("out of range", vec![9], vec![0, 1], 0.0),
        ] {
            let found = best_jaccard(&nodes, &labels);
            assert!((found - expected).abs() < 1e-12, "{name}: {found}");
        }
    }
}
