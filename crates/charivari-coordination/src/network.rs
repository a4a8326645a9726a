//! The whole analysis: from a store of touches to a network with groups.

use charivari_graph::{Graph, components};

use crate::acts::{self, Acts, Capped};
use crate::behaviours::{BEHAVIOURS, TRACE};
use crate::candidates::{pairs_that_met, widen};
use crate::columns::{Traces, prepare};
use crate::communities::{self, GroupKind};
use crate::edges::{self, Edges};
use crate::error::Error;
use crate::parameters::{Parameters, Testing};
use crate::significance::{
    self, Ground, Joined, PairTest, Power, Replication, Significance, Windows,
};
use crate::store::Store;

/// The most acts that are listed to find pairs at wider windows than the plain network's. Objects on
/// which more would meet hardly tell anybody apart; pairs that met elsewhere keep theirs.
const MOST_WIDE_ACTS: u64 = 20_000_000;

/// Accounts joined by edges, in groups.
pub struct Network {
    /// The traces, in columns.
    pub traces: Traces,
    /// The edges and the acts behind them.
    pub edges: Edges,
    /// What chance has to say of each edge; empty where it was not tested.
    pub tests: Vec<Option<PairTest>>,
    /// The false discovery rate up to which an edge is called significant.
    pub level: f64,
    /// The window of the plain network, in microseconds.
    pub window: i64,
    /// What was tested.
    pub significance: Option<Significance>,
    /// What held up of each group where that did not help to find it; empty where chance was not
    /// tested.
    pub replications: Vec<Replication>,
    /// The accounts that belong to a group though no edge of their own shows it.
    pub joined: Vec<Joined>,
    ground: Option<Ground>,
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
    /// The kind of each group; the coordinated ones come first.
    pub group_kinds: Vec<GroupKind>,
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
    let mut listed = acts::list(&traces, parameters);
    traces.drop_background(&mut listed.list);
    let (significance, ground) = test(&traces, store, parameters, &mut listed).unzip();
    let edges = edges::join(listed.list, &traces, store, parameters);
    let tests = significance.iter().zip(&ground).flat_map(|(found, ground)| {
        let pair = |edge: &edges::Edge| u64::from(edge.source) << 32 | u64::from(edge.target);
        let pairs: Vec<u64> = edges.edges.iter().map(pair).collect();
        found.of_all(ground, &pairs)
    });
    let tests = tests.map(Some).collect();
    let mut network = Network {
        nodes: nodes(&edges),
        traces,
        edges,
        tests,
        level: parameters.significance_level,
        window: parameters.window,
        significance,
        replications: Vec::new(),
        joined: Vec::new(),
        ground,
        found_acts: listed.found,
        capped: listed.capped,
        cap: listed.cap,
        groups: Vec::new(),
        group_count: 0,
        group_kinds: Vec::new(),
        components: Vec::new(),
        modularity: 0.0,
        node_acts: Vec::new(),
        degrees: Vec::new(),
    };
    network.count_nodes();
    Ok(network)
}

/// Tests the pairs that met, and lists the acts of those that only a wider window shows.
fn test(
    traces: &Traces,
    store: &Store,
    parameters: &Parameters,
    listed: &mut Acts,
) -> Option<(Significance, Ground)> {
    let windows = match parameters.testing {
        Testing::Off => return None,
        Testing::Window => Windows { tested: vec![parameters.window], untested: Vec::new() },
        Testing::Learnt => significance::learn(traces),
    };
    let widest = windows.tested.iter().copied().max().filter(|widest| *widest > parameters.window);
    let wide = widest.map(|window| {
        let max_acts = parameters.max_acts.min(MOST_WIDE_ACTS);
        let mut wide = acts::list(traces, &Parameters { window, max_acts, ..parameters.clone() });
        traces.drop_background(&mut wide.list);
        wide
    });
    let mut pairs =
        pairs_that_met(&listed.list, traces, Some(parameters.min_weight.min(2) as usize));
    if let Some(wide) = &wide {
        pairs.extend(pairs_that_met(&wide.list, traces, None));
        pairs.sort_unstable();
        pairs.dedup();
    }
    let (found, ground) = significance::test(traces, store, windows, pairs);
    if let Some(wide) = wide {
        let window = |pair| {
            let test = found.of(pair).filter(|test| test.q <= parameters.significance_level)?;
            let window = found.windows.tested[usize::from(test.scale)];
            (window > parameters.window).then_some(window)
        };
        listed.list = widen(std::mem::take(&mut listed.list), wide.list, traces, window);
    }
    Some((found, ground))
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

    /// Whether an edge, by number, is more than chance explains; so is every edge where chance was
    /// not tested.
    pub fn is_significant(&self, edge: usize) -> bool {
        self.significance.is_none() || self.tests[edge].is_some_and(|test| test.q <= self.level)
    }

    /// The window of an edge's acts, in microseconds.
    pub fn window_of(&self, edge: usize) -> i64 {
        let wider = || {
            let test = self.tests.get(edge).copied().flatten().filter(|t| t.q <= self.level)?;
            self.significance.as_ref()?.windows.tested.get(usize::from(test.scale)).copied()
        };
        wider().map_or(self.window, |window| window.max(self.window))
    }

    /// What this run could have found: groups planted into the data at hand. Nothing where chance
    /// was not tested, or where there are too few accounts to plant any.
    pub fn power(&self, seed: u64) -> Power {
        let (Some(ground), Some(significance)) = (&self.ground, &self.significance) else {
            return Power::default();
        };
        significance::power::measure(significance, ground, self.level, seed)
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
        self.graph_of(|_| true)
    }

    /// The graph of some edges over all nodes, weighted by distinct objects.
    pub(crate) fn graph_of(&self, kept: impl Fn(usize) -> bool) -> Result<Graph, Error> {
        let (source, target) = self.ends();
        let kept: Vec<usize> = (0..self.edges.edges.len()).filter(|edge| kept(*edge)).collect();
        let source: Vec<u32> = kept.iter().map(|edge| source[*edge]).collect();
        let target: Vec<u32> = kept.iter().map(|edge| target[*edge]).collect();
        let weight = |edge: &usize| self.edges.edges[*edge].weight as f64;
        let weight: Vec<f64> = kept.iter().map(weight).collect();
        Graph::from_edges(self.nodes.len() as u32, &source, &target, &weight)
            .map_err(|error| Error::Graph(error.to_string()))
    }

    /// Every post once, by row: its account's rank, and its time in microseconds.
    pub fn posts(&self, store: &Store) -> Vec<(u32, i64)> {
        let posts = crate::identity::settle(store, &mut crate::columns::Counts::default());
        let mut rank = vec![0; self.traces.accounts()];
        for (account, name) in self.traces.account_name.iter().enumerate() {
            rank[*name as usize] = account as u32;
        }
        let post = |row: usize| {
            (posts[row] as usize == row)
                .then(|| (rank[store.row_account[row] as usize], store.row_time[row]))
        };
        (0..store.rows()).filter_map(post).collect()
    }

    /// The group of each account, by rank.
    pub fn group_of_accounts(&self) -> Vec<Option<u32>> {
        let mut groups = vec![None; self.traces.accounts()];
        for (account, group) in self.nodes.iter().zip(&self.groups) {
            groups[*account as usize] = *group;
        }
        groups
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
        let found = communities::find(self)?;
        self.group_count = found.kinds.len() as u32;
        self.group_kinds = found.kinds;
        self.modularity = found.modularity;
        let mut group_of = vec![None; self.traces.accounts()];
        for (account, group) in self.nodes.iter().zip(&found.groups) {
            group_of[*account as usize] = *group;
        }
        if let (Some(ground), Some(significance)) = (&self.ground, &self.significance) {
            self.joined = self.pool(ground, &group_of);
            for joined in &self.joined {
                group_of[joined.account as usize] = Some(joined.group);
            }
            self.replications = significance::replication::replicate(
                ground,
                significance,
                self.level,
                &group_of,
                self.group_count,
            );
        }
        self.nodes.extend(self.joined.iter().map(|joined| joined.account));
        self.nodes.sort_unstable();
        self.nodes.dedup();
        self.groups = self.nodes.iter().map(|account| group_of[*account as usize]).collect();
        self.count_nodes();
        self.components = charivari_graph::order_labels(&components(&self.graph()?));
        Ok(())
    }

    /// Accounts in no group that meet one more often than chance explains.
    fn pool(&self, ground: &Ground, group_of: &[Option<u32>]) -> Vec<Joined> {
        let mut groups: Vec<(u32, Vec<u32>)> =
            (0..self.group_count).map(|group| (group, Vec::new())).collect();
        for (account, group) in group_of.iter().enumerate() {
            if let Some(group) = group {
                groups[*group as usize].1.push(account as u32);
            }
        }
        groups.retain(|(group, members)| {
            self.group_kinds[*group as usize] == GroupKind::Coordinated && members.len() > 2
        });
        let outside = |account: u32| {
            group_of[account as usize].is_none() && !self.traces.background[account as usize]
        };
        significance::pooling::pool(ground, &groups, outside, self.level)
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
