//! Groups: communities of the edges that are more than chance explains.

use charivari_graph::{Graph, components, leiden};

use crate::error::Error;
use crate::network::Network;

/// The seed of the community search: fixed, so that one input has one answer.
pub(crate) const SEED: u64 = 20_230_104;

/// Why the accounts of a group act together, as far as the data says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupKind {
    /// They act together, and nothing open explains it.
    #[default]
    Coordinated,
    /// Publishers whose outlets openly post the same stories.
    Syndication,
}

impl GroupKind {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coordinated => "coordinated",
            Self::Syndication => "syndication",
        }
    }
}

/// The groups of a network.
#[derive(Clone, Debug, Default)]
pub(crate) struct Communities {
    /// The group of each node, the coordinated ones first, each kind's the largest first.
    pub groups: Vec<Option<u32>>,
    /// The kind of each group.
    pub kinds: Vec<GroupKind>,
    /// The modularity of the coordinated groups.
    pub modularity: f64,
}

/// Finds the groups of a network.
///
/// Publishers who openly post together are grouped by themselves, so that no other account comes
/// into one group with them, nor they into one with others.
pub(crate) fn find(network: &Network) -> Result<Communities, Error> {
    let (graph, syndicated) = graphs(network, |edge| network.is_significant(edge))?;
    let options = leiden::Options { seed: SEED, ..leiden::Options::default() };
    let found =
        leiden::leiden(&graph, &options).map_err(|error| Error::Graph(error.to_string()))?;
    let mut communities = Communities { modularity: found.quality, ..Communities::default() };
    communities.groups = vec![None; network.nodes.len()];
    let publishing = charivari_graph::order_labels(&components(&syndicated));
    communities.add(GroupKind::Coordinated, &found.labels);
    communities.add(GroupKind::Syndication, &publishing);
    Ok(communities)
}

/// The two graphs that groups are found in: the edges kept that are between publishers who openly
/// post together, which is the second, and those that touch no such publisher.
///
/// A publisher that others follow closely stays with the publishers, and does not make a group of
/// its readers, who need not have met each other at all.
pub(crate) fn graphs(
    network: &Network,
    kept: impl Fn(usize) -> bool,
) -> Result<(Graph, Graph), Error> {
    let open = |edge: usize| network.tests.get(edge).copied().flatten().is_some_and(|t| t.open);
    let syndicated = network.graph_of(|edge| kept(edge) && open(edge))?;
    let alone = |node: u32| syndicated.degree(node) == 0;
    let (source, target) = network.ends();
    let others =
        network.graph_of(|edge| kept(edge) && alone(source[edge]) && alone(target[edge]))?;
    Ok((others, syndicated))
}

impl Communities {
    /// Adds the groups of two or more among the nodes that are in none yet.
    fn add(&mut self, kind: GroupKind, labels: &[u32]) {
        let count = labels.iter().max().map_or(0, |label| *label as usize + 1);
        let mut members = vec![Vec::new(); count];
        for (node, label) in labels.iter().enumerate() {
            if self.groups[node].is_none() {
                members[*label as usize].push(node);
            }
        }
        members.retain(|nodes| nodes.len() > 1);
        members.sort_by_key(|nodes| (std::cmp::Reverse(nodes.len()), nodes[0]));
        for nodes in members {
            let group = self.kinds.len() as u32;
            self.kinds.push(kind);
            for node in nodes {
                self.groups[node] = Some(group);
            }
        }
    }
}
