//! Edges: what two accounts did together, over all objects and layers.
//!
//! One pair of posts is one piece of evidence, in however many layers it meets: two posts that share
//! a link share its domain too. It counts in the layer where it shares most objects, and of equals
//! in the most specific (the order of [`crate::behaviours::BEHAVIOURS`]). With one layer nothing
//! changes: `acts` is then CooRTweet's weight, one for each object that the two posts share.

use std::ops::Range;

use rayon::prelude::*;

use crate::acts::Act;
use crate::columns::Traces;
use crate::parameters::Parameters;
use crate::store::Store;

/// Edges are made in chunks of about this many acts, whatever the number of threads.
const CHUNK_ACTS: usize = 1 << 16;

/// One edge. See DESIGN's table of edge columns; times are in microseconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The lesser account, by rank.
    pub source: u32,
    /// The other account.
    pub target: u32,
    /// (object, pair of posts) within the window, each pair of posts in one layer only.
    pub acts: u64,
    /// Distinct objects with at least one such act.
    pub weight: u64,
    /// Distinct posts of the source in all acts.
    pub posts_source: u64,
    /// Distinct posts of the target in all acts.
    pub posts_target: u64,
    /// The sum of the absolute time differences over the acts that count.
    pub delay: i64,
    /// The earliest time of a post in an act.
    pub first_seen: i64,
    /// The latest time of a post in an act.
    pub last_seen: i64,
    /// The layers it was seen in, one bit each.
    pub layers: u32,
    /// Its acts among all that are listed, those that do not count included.
    pub evidence: Range<usize>,
}

impl Edge {
    /// The mean absolute time difference over the acts, in seconds.
    pub fn mean_delay_s(&self) -> f64 {
        self.delay as f64 / 1e6 / self.acts.max(1) as f64
    }
}

/// What one edge shows in one layer, taken by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The edge, by number.
    pub edge: u32,
    /// The layer.
    pub layer: u8,
    /// Acts in this layer, whether they count for the edge or not.
    pub acts: u64,
    /// Distinct objects in this layer.
    pub weight: u64,
    /// The sum of the absolute time differences in microseconds.
    pub delay: i64,
}

/// The edges that are heavy enough, and the acts behind them.
#[derive(Default)]
pub struct Edges {
    /// The edges, by source and target.
    pub edges: Vec<Edge>,
    /// The layers of each edge; empty where only one layer was looked for.
    pub layers: Vec<Layer>,
    /// The acts that are listed, of edges heavy enough or not, by pair, object and place.
    pub(crate) acts: Vec<Act>,
    /// Whether each act counts for its edge; empty where all do.
    pub(crate) counted: Vec<bool>,
    /// How many pairs of accounts met at all, heavy enough or not, as far as acts are listed.
    pub pairs: u64,
    /// How many acts were listed, of edges heavy enough or not.
    pub listed: u64,
}

/// Joins the acts of each pair of accounts into an edge.
pub(crate) fn join(
    acts: Vec<Act>,
    traces: &Traces,
    store: &Store,
    parameters: &Parameters,
) -> Edges {
    let object_of_trace = objects_of_traces(traces);
    let layers: Vec<u8> = (0..traces.objects()).map(|object| traces.layer(store, object)).collect();
    let has_layers = layers.windows(2).any(|pair| pair[0] != pair[1]);
    let joiner = Joiner { traces, object_of_trace, layers, has_layers };
    let chunks: Vec<Edges> = chunks(&acts)
        .into_par_iter()
        .map_init(
            || Seen { stamp: 0, marks: vec![0; store.rows()] },
            |seen, range| joiner.chunk(&acts, range, seen, parameters.min_weight),
        )
        .collect();
    let mut edges = Edges { listed: acts.len() as u64, ..Edges::default() };
    for chunk in chunks {
        edges.append(chunk);
    }
    edges.acts = acts;
    edges
}

/// The object of each trace.
pub(crate) fn objects_of_traces(traces: &Traces) -> Vec<u32> {
    let mut objects = vec![0; traces.time.len()];
    for object in 0..traces.objects() {
        objects[traces.range(object)].fill(object as u32);
    }
    objects
}

/// Ranges of about [`CHUNK_ACTS`] acts that end where a pair ends.
fn chunks(acts: &[Act]) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut start = 0;
    while start < acts.len() {
        let mut end = (start + CHUNK_ACTS).min(acts.len());
        while end < acts.len() && acts[end].pair == acts[end - 1].pair {
            end += 1;
        }
        chunks.push(start..end);
        start = end;
    }
    chunks
}

impl Edges {
    fn append(&mut self, mut other: Self) {
        let edges = self.edges.len() as u32;
        self.edges.append(&mut other.edges);
        self.layers.extend(other.layers.into_iter().map(|mut layer| {
            layer.edge += edges;
            layer
        }));
        self.counted.append(&mut other.counted);
        self.pairs += other.pairs;
    }

    /// The acts of all edges, by number, in the order of the edges.
    pub(crate) fn kept(&self) -> impl Iterator<Item = usize> + '_ {
        self.edges.iter().flat_map(|edge| edge.evidence.clone())
    }
}

struct Joiner<'t> {
    traces: &'t Traces,
    object_of_trace: Vec<u32>,
    /// The layer of each object.
    layers: Vec<u8>,
    has_layers: bool,
}

/// Marks posts seen for one edge, so that distinct ones are counted without a set.
struct Seen {
    stamp: u32,
    marks: Vec<u32>,
}

impl Seen {
    fn is_new(&mut self, post: u32) -> bool {
        std::mem::replace(&mut self.marks[post as usize], self.stamp) != self.stamp
    }
}

impl Joiner<'_> {
    fn chunk(&self, acts: &[Act], range: Range<usize>, seen: &mut Seen, min_weight: u64) -> Edges {
        let mut edges = Edges::default();
        let mut start = range.start;
        for run in acts[range].chunk_by(|a, b| a.pair == b.pair) {
            let evidence = start..start + run.len();
            start = evidence.end;
            edges.pairs += 1;
            // No edge has more objects than acts: most pairs meet once and end here.
            if (run.len() as u64) < min_weight {
                edges.counted.extend(run.iter().filter(|_| self.has_layers).map(|_| false));
                continue;
            }
            let counted = if self.has_layers { self.settle_layers(run) } else { Vec::new() };
            let edge = Edge { evidence, ..self.edge(run, &counted, seen) };
            if edge.weight >= min_weight {
                if self.has_layers {
                    self.push_layers(run, edges.edges.len() as u32, &mut edges.layers);
                }
                edges.edges.push(edge);
            }
            edges.counted.extend(counted);
        }
        edges
    }

    fn object(&self, act: Act) -> u32 {
        self.object_of_trace[act.source as usize]
    }

    fn layer(&self, act: Act) -> u8 {
        self.layers[self.object(act) as usize]
    }

    fn posts(&self, act: Act) -> (u32, u32) {
        (self.traces.post[act.source as usize], self.traces.post[act.target as usize])
    }

    fn times(&self, act: Act) -> (i64, i64) {
        (self.traces.time[act.source as usize], self.traces.time[act.target as usize])
    }

    /// Which acts count: those of each pair of posts in the layer where it shares most objects.
    fn settle_layers(&self, run: &[Act]) -> Vec<bool> {
        let mut keys: Vec<((u32, u32), u8, usize)> = run
            .iter()
            .enumerate()
            .map(|(at, act)| (self.posts(*act), self.layer(*act), at))
            .collect();
        keys.sort_unstable();
        let mut counted = vec![false; run.len()];
        for pair in keys.chunk_by(|a, b| a.0 == b.0) {
            let best = pair
                .chunk_by(|a, b| a.1 == b.1)
                .reduce(|best, layer| if layer.len() > best.len() { layer } else { best });
            for (_, _, at) in best.unwrap_or_default() {
                counted[*at] = true;
            }
        }
        counted
    }

    fn edge(&self, run: &[Act], counted: &[bool], seen: &mut Seen) -> Edge {
        let (source, target) = run[0].accounts();
        let mut edge = Edge {
            source,
            target,
            acts: 0,
            weight: 0,
            posts_source: 0,
            posts_target: 0,
            delay: 0,
            first_seen: i64::MAX,
            last_seen: i64::MIN,
            layers: 0,
            evidence: 0..0,
        };
        seen.stamp += 1;
        let mut last_object = u32::MAX;
        for (at, act) in run.iter().enumerate() {
            let (post_source, post_target) = self.posts(*act);
            edge.posts_source += u64::from(seen.is_new(post_source));
            edge.posts_target += u64::from(seen.is_new(post_target));
            let (a, b) = self.times(*act);
            edge.first_seen = edge.first_seen.min(a.min(b));
            edge.last_seen = edge.last_seen.max(a.max(b));
            edge.layers |= 1 << self.layer(*act);
            if counted.get(at).copied().unwrap_or(true) {
                let object = self.object(*act);
                edge.acts += 1;
                edge.weight += u64::from(object != last_object);
                edge.delay = edge.delay.saturating_add((a - b).abs());
                last_object = object;
            }
        }
        edge
    }

    /// Acts of one edge stand object by object, and objects layer by layer.
    fn push_layers(&self, run: &[Act], edge: u32, layers: &mut Vec<Layer>) {
        for acts in run.chunk_by(|a, b| self.layer(*a) == self.layer(*b)) {
            let objects = acts.chunk_by(|a, b| self.object(*a) == self.object(*b)).count();
            let delay = |act: &Act| {
                let (a, b) = self.times(*act);
                (a - b).abs()
            };
            layers.push(Layer {
                edge,
                layer: self.layer(acts[0]),
                acts: acts.len() as u64,
                weight: objects as u64,
                delay: acts.iter().map(delay).fold(0, i64::saturating_add),
            });
        }
    }
}
