//! The whole analysis: from a store of touches to a network with groups.

use charivari_graph::{Graph, components, leiden};

use crate::acts::{self, Capped};
use crate::behaviours::{BEHAVIOURS, TRACE};
use crate::columns::{Traces, prepare};
use crate::edges::{self, Edges};
use crate::error::Error;
use crate::parameters::Parameters;
use crate::store::Store;

/// The seed of the community search: fixed, so that one input has one answer.
const SEED: u64 = 20_230_104;

/// Accounts joined by edges, in groups.
pub struct Network {
    /// The traces, in columns.
    pub traces: Traces,
    /// The edges and the acts behind them.
    pub edges: Edges,
    /// How many acts there are, listed or not.
    pub found_acts: u64,
    /// The objects whose listing was cut.
    pub capped: Vec<Capped>,
    /// The cap applied to each object's listing.
    pub cap: u64,
    /// The accounts with an edge, by rank, ascending: the nodes.
    pub nodes: Vec<u32>,
    /// The group of each node, from 0, the largest first; none where it stands alone.
    pub groups: Vec<Option<u32>>,
    /// How many groups there are.
    pub group_count: u32,
    /// The connected component of each node, numbered like groups.
    pub components: Vec<u32>,
    /// The modularity of the groups.
    pub modularity: f64,
    /// How many acts each node is part of.
    pub node_acts: Vec<u64>,
    /// How many edges each node has.
    pub degrees: Vec<u32>,
}

/// Finds who acts together, and in which groups.
///
/// # Errors
/// `E0402` for a negative window; `E0413` if the network is no graph, which would be a fault here.
pub fn analyse(store: &Store, parameters: &Parameters) -> Result<Network, Error> {
    let mut network = join(store, parameters)?;
    network.find_groups()?;
    Ok(network)
}

/// Finds who acts together; groups are left open.
///
/// # Errors
/// `E0402` for a negative window.
pub fn join(store: &Store, parameters: &Parameters) -> Result<Network, Error> {
    let traces = prepare(store, parameters)?;
    let listed = acts::list(&traces, parameters);
    let edges = edges::join(listed.list, &traces, store, parameters);
    let mut network = Network {
        nodes: nodes(&edges),
        traces,
        edges,
        found_acts: listed.found,
        capped: listed.capped,
        cap: listed.cap,
        groups: Vec::new(),
        group_count: 0,
        components: Vec::new(),
        modularity: 0.0,
        node_acts: Vec::new(),
        degrees: Vec::new(),
    };
    network.count_nodes();
    Ok(network)
}

/// The accounts with an edge, ascending.
fn nodes(edges: &Edges) -> Vec<u32> {
    let mut nodes: Vec<u32> =
        edges.edges.iter().flat_map(|edge| [edge.source, edge.target]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

impl Network {
    /// The node of an account, by rank.
    pub fn node(&self, account: u32) -> Option<u32> {
        self.nodes.binary_search(&account).ok().map(|node| node as u32)
    }

    /// The two ends of each edge, by node.
    pub fn ends(&self) -> (Vec<u32>, Vec<u32>) {
        let mut node_of = vec![0; self.traces.accounts()];
        for (node, account) in self.nodes.iter().enumerate() {
            node_of[*account as usize] = node as u32;
        }
        let edges = &self.edges.edges;
        let end = |account: u32| node_of[account as usize];
        (
            edges.iter().map(|edge| end(edge.source)).collect(),
            edges.iter().map(|edge| end(edge.target)).collect(),
        )
    }

    /// The network as a graph, weighted by distinct objects.
    ///
    /// # Errors
    /// `E0413`.
    pub fn graph(&self) -> Result<Graph, Error> {
        let (source, target) = self.ends();
        let weight: Vec<f64> = self.edges.edges.iter().map(|edge| edge.weight as f64).collect();
        Graph::from_edges(self.nodes.len() as u32, &source, &target, &weight)
            .map_err(|error| Error::Graph(error.to_string()))
    }

    /// The key of an account, by rank.
    pub fn account<'s>(&self, store: &'s Store, account: u32) -> &'s str {
        store.accounts.get(self.traces.account_name[account as usize])
    }

    /// An object's text, without its layer.
    pub fn object<'s>(&self, store: &'s Store, object: u32) -> &'s str {
        store.objects.get(self.traces.object_name[object as usize]).get(1..).unwrap_or_default()
    }

    /// The name of an object's layer.
    pub fn object_layer(&self, store: &Store, object: u32) -> &'static str {
        layer_name(self.traces.layer(store, object as usize))
    }

    fn count_nodes(&mut self) {
        let (source, target) = self.ends();
        self.node_acts = vec![0; self.nodes.len()];
        self.degrees = vec![0; self.nodes.len()];
        for ((edge, source), target) in self.edges.edges.iter().zip(source).zip(target) {
            for node in [source, target] {
                self.node_acts[node as usize] += edge.acts;
                self.degrees[node as usize] += 1;
            }
        }
    }

    fn find_groups(&mut self) -> Result<(), Error> {
        let graph = self.graph()?;
        let options = leiden::Options { seed: SEED, ..leiden::Options::default() };
        let found =
            leiden::leiden(&graph, &options).map_err(|error| Error::Graph(error.to_string()))?;
        self.modularity = found.quality;
        let mut sizes = vec![0_u32; found.groups as usize];
        for label in &found.labels {
            sizes[*label as usize] += 1;
        }
        // Larger groups come first, so those that stand alone come last and leave no gap.
        let alone = |label: u32| sizes[label as usize] < 2;
        self.groups = found.labels.iter().map(|label| (!alone(*label)).then_some(*label)).collect();
        self.group_count = sizes.iter().filter(|size| **size > 1).count() as u32;
        self.components = charivari_graph::order_labels(&components(&graph));
        Ok(())
    }
}

/// The name of a layer, by number.
pub(crate) fn layer_name(layer: u8) -> &'static str {
    BEHAVIOURS.get(layer as usize).map_or(TRACE, |behaviour| behaviour.name())
}

/// The names of the layers in a set of bits, in the order of their names' places.
pub(crate) fn layer_names(layers: u32) -> impl Iterator<Item = &'static str> {
    (0..=BEHAVIOURS.len() as u8).filter(move |layer| layers & (1 << layer) != 0).map(layer_name)
}
