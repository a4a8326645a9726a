//! Graph files: the network with its layout, colours and times, for Gephi, `NetworkX` and others.

use charivari_coordination::GroupKind;
use charivari_coordination::evidence::{self, Evidence};
use charivari_exchange::network::{self, Attribute, Network, Span, Texts, Values, Weights};
use charivari_exchange::palette::{self, Rgb};
use charivari_exchange::{gexf, graphml};
use charivari_model::Timestamp;

use super::Run;
use crate::failure::{Failure, Result};
use crate::output::Folder;

/// The page of the drawing, as wide as that of the report for its height.
const WIDTH: f32 = 1_600.0;
/// See [`WIDTH`].
const HEIGHT: f32 = 1_000.0;
/// The seed of the drawing: fixed, so that one input has one drawing.
const SEED: u64 = 20_230_104;
/// The sizes of the least and the most joined account; Gephi's default is 10.
const SIZES: (f32, f32) = (6.0, 40.0);

/// Up to so many nodes and edges the layout chooses its own rounds, which takes it a second or two.
const EASY: usize = 20_000;

/// The drawing that the graph files and the page share.
pub(super) struct Drawing {
    /// The place of each node; y grows downwards.
    pub(super) places: Vec<[f32; 2]>,
    /// The two ends of each edge, by node.
    pub(super) source: Vec<u32>,
    /// See [`Drawing::source`].
    pub(super) target: Vec<u32>,
}

impl Drawing {
    /// Lays the network out, by its groups; the same network has the same drawing.
    pub(super) fn of(run: &Run<'_>) -> Result<Self> {
        let network = &run.network;
        let graph = network.graph()?;
        let options = charivari_graph::layout::Options {
            groups: Some(labels(run)),
            width: WIDTH,
            height: HEIGHT,
            seed: SEED,
            iterations: rounds(network.nodes.len(), network.edges.edges.len()),
        };
        let places = charivari_graph::layout(&graph, &options).map_err(Failure::fault)?;
        let (source, target) = network.ends();
        Ok(Self { places, source, target })
    }
}

/// The group of each node; one that stands alone is a group of its own.
fn labels(run: &Run<'_>) -> Vec<u32> {
    let alone = run.network.group_count..;
    run.network.groups.iter().zip(alone).map(|(group, alone)| group.unwrap_or(alone)).collect()
}

/// How often the forces are applied to a large network: so that 100,000 accounts take seconds and a
/// million a minute. It depends on the size alone, never on the clock, so that a slow machine
/// draws what a fast one does.
fn rounds(nodes: usize, edges: usize) -> Option<u32> {
    let size = nodes.saturating_add(edges / 50);
    (size > EASY).then(|| (4_000_000 / size).clamp(8, 200) as u32)
}

/// Writes `network.gexf` and `network.graphml`, side by side.
pub(super) fn write(run: &Run<'_>, drawing: &Drawing, folder: &Folder) -> Result<()> {
    let nodes = Nodes::of(run, drawing);
    let edges = Edges::of(run, drawing);
    let names = evidence::layers();
    let network = network(run, &nodes, &edges, &names);
    let (gexf, graphml) = rayon::join(
        || folder.write("network.gexf", |out| told(gexf::write(out, &network))),
        || folder.write("network.graphml", |out| told(graphml::write(out, &network))),
    );
    gexf.and(graphml)
}

fn told<W, E: std::fmt::Display>(
    written: std::result::Result<W, E>,
) -> std::result::Result<(), String> {
    written.map(|_| ()).map_err(|error| error.to_string())
}

/// The columns of the nodes.
struct Nodes<'r> {
    ids: Vec<&'r str>,
    labels: Vec<&'r str>,
    platforms: Vec<&'r str>,
    /// The row of each node's handle in `handles`; a row that is not there for none.
    handle: Vec<u32>,
    handles: Vec<&'r str>,
    groups: Vec<Option<u32>>,
    /// The groups of publishers who openly post together.
    syndications: Vec<Option<u32>>,
    components: Vec<u32>,
    posts: Vec<u64>,
    colours: Vec<Rgb>,
    sizes: Vec<f32>,
    x: Vec<f32>,
    y: Vec<f32>,
}

impl<'r> Nodes<'r> {
    fn of(run: &'r Run<'_>, drawing: &Drawing) -> Self {
        let (store, network) = (&run.store, &run.network);
        let evidence = Evidence::of(store, network);
        let of_each =
            |value: &dyn Fn(u32) -> &'r str| network.nodes.iter().map(|a| value(*a)).collect();
        let key = |account| network.account(store, account);
        let of_kind = |kind: GroupKind| -> Vec<Option<u32>> {
            let is = |group: &u32| network.group_kinds[*group as usize] == kind;
            network.groups.iter().map(|group| group.filter(is).map(|group| group + 1)).collect()
        };
        let (mut handle, mut handles) = (Vec::new(), Vec::new());
        for account in &network.nodes {
            let known = evidence.handle(*account);
            handle.push(known.map_or(u32::MAX, |_| handles.len() as u32));
            handles.extend(known);
        }
        Self {
            ids: of_each(&key),
            labels: of_each(&|account| evidence.handle(account).unwrap_or(key(account))),
            platforms: of_each(&|account| evidence.platform(account)),
            handle,
            handles,
            groups: of_kind(GroupKind::Coordinated),
            syndications: of_kind(GroupKind::Syndication),
            components: network.components.iter().map(|component| component + 1).collect(),
            posts: network.nodes.iter().map(|account| evidence.posts(*account)).collect(),
            colours: network.groups.iter().map(|group| palette::colour(*group)).collect(),
            sizes: sizes(&network.degrees),
            x: drawing.places.iter().map(|place| place[0]).collect(),
            // Gephi's y grows upwards, that of a page downwards.
            y: drawing.places.iter().map(|place| HEIGHT - place[1]).collect(),
        }
    }

    fn attributes(&'r self, run: &'r Run<'_>) -> Vec<Attribute<'r>> {
        let handles = Texts::Coded { codes: &self.handle, values: &self.handles };
        vec![
            attribute("platform", Values::Texts(Texts::Borrowed(&self.platforms))),
            attribute("handle", Values::Texts(handles)),
            attribute("group", Values::OptionalCounts(&self.groups)),
            attribute("syndication", Values::OptionalCounts(&self.syndications)),
            attribute("component", Values::Counts(&self.components)),
            attribute("posts", Values::LongCounts(&self.posts)),
            attribute("acts", Values::LongCounts(&run.network.node_acts)),
            attribute("neighbours", Values::Counts(&run.network.degrees)),
        ]
    }
}

/// A mark's area, not its side, grows with the number of neighbours.
fn sizes(degrees: &[u32]) -> Vec<f32> {
    let most = f64::from(degrees.iter().copied().max().unwrap_or(1).max(1));
    let share = |degree: u32| (f64::from(degree) / most).sqrt() as f32;
    degrees.iter().map(|degree| SIZES.0 + (SIZES.1 - SIZES.0) * share(*degree)).collect()
}

/// The columns of the edges.
struct Edges {
    weight: Vec<f64>,
    acts: Vec<u64>,
    posts_source: Vec<u64>,
    posts_target: Vec<u64>,
    mean_delay_s: Vec<f64>,
    first: Vec<Timestamp>,
    last: Vec<Timestamp>,
    layers: Vec<u32>,
    window_s: Vec<f64>,
    /// Empty where chance was not tested.
    p_value: Vec<f64>,
    q_value: Vec<f64>,
    significant: Vec<bool>,
    source: Vec<u32>,
    target: Vec<u32>,
}

impl Edges {
    fn of(run: &Run<'_>, drawing: &Drawing) -> Self {
        let edges = &run.network.edges.edges;
        let tests = || run.network.tests.iter().flatten();
        Self {
            weight: edges.iter().map(|edge| edge.weight as f64).collect(),
            acts: edges.iter().map(|edge| edge.acts).collect(),
            posts_source: edges.iter().map(|edge| edge.posts_source).collect(),
            posts_target: edges.iter().map(|edge| edge.posts_target).collect(),
            mean_delay_s: edges
                .iter()
                .map(charivari_coordination::edges::Edge::mean_delay_s)
                .collect(),
            first: edges.iter().map(|edge| Timestamp(edge.first_seen)).collect(),
            last: edges.iter().map(|edge| Timestamp(edge.last_seen)).collect(),
            layers: edges.iter().map(|edge| edge.layers).collect(),
            window_s: (0..edges.len()).map(|e| run.network.window_of(e) as f64 / 1e6).collect(),
            p_value: tests().map(|test| test.p).collect(),
            q_value: tests().map(|test| test.q).collect(),
            significant: tests().map(|test| test.q <= run.network.level).collect(),
            source: drawing.source.clone(),
            target: drawing.target.clone(),
        }
    }

    fn attributes<'e>(&'e self, names: &'e [&'e str]) -> Vec<Attribute<'e>> {
        let mut attributes = vec![
            attribute("acts", Values::LongCounts(&self.acts)),
            attribute("posts_source", Values::LongCounts(&self.posts_source)),
            attribute("posts_target", Values::LongCounts(&self.posts_target)),
            attribute("mean_delay_s", Values::Reals(&self.mean_delay_s)),
            attribute("behaviours", Values::Flags { bits: &self.layers, names }),
            attribute("window_s", Values::Reals(&self.window_s)),
        ];
        // Every edge is tested, or none is.
        if self.p_value.len() == self.weight.len() {
            attributes.push(attribute("p_value", Values::Reals(&self.p_value)));
            attributes.push(attribute("q_value", Values::Reals(&self.q_value)));
            attributes.push(attribute("significant", Values::Booleans(&self.significant)));
        }
        attributes
    }
}

fn attribute<'a>(name: &'a str, values: Values<'a>) -> Attribute<'a> {
    Attribute { id: name, title: name, values }
}

fn network<'r>(
    run: &'r Run<'_>,
    nodes: &'r Nodes<'r>,
    edges: &'r Edges,
    names: &'r [&'r str],
) -> Network<'r> {
    Network {
        description: "Accounts that acted together; weight is the number of distinct objects",
        creator: &run.provenance.tool,
        nodes: network::Nodes {
            ids: Texts::Borrowed(&nodes.ids),
            labels: Some(Texts::Borrowed(&nodes.labels)),
            colours: Some(&nodes.colours),
            sizes: Some(&nodes.sizes),
            positions: Some((&nodes.x, &nodes.y)),
            seen: None,
            attributes: nodes.attributes(run),
        },
        edges: network::Edges {
            source: &edges.source,
            target: &edges.target,
            weight: Weights::Reals(&edges.weight),
            seen: Some(Span { first: &edges.first, last: &edges.last }),
            attributes: edges.attributes(names),
        },
    }
}
