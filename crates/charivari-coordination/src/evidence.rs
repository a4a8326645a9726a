//! From a result back to the posts behind it.

use charivari_model::{Resolution, Timestamp};

use crate::behaviours::BEHAVIOURS;
use crate::network::{Network, layer_name, layer_names};
use crate::places::Place;
use crate::store::Store;

/// A run's results together with what was read, to look up evidence in.
pub struct Evidence<'n> {
    store: &'n Store,
    network: &'n Network,
    object_of_trace: Vec<u32>,
}

/// One side of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touch {
    /// When, in microseconds since the epoch.
    pub time: i64,
    /// The trace, by number: a number that depends on the content of the inputs only.
    pub trace: u32,
    /// The account, by rank.
    pub account: u32,
    /// The post, by the row in the store that stands for it.
    pub post: u32,
}

/// One act: two posts of different accounts on one object within the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Met {
    /// The object, by number.
    pub object: u32,
    /// The post of the edge's source.
    pub source: Touch,
    /// The post of the edge's target.
    pub target: Touch,
    /// Whether it counts for the edge: a pair of posts counts in one behaviour only.
    pub counted: bool,
}

impl Met {
    /// How far apart the two posts are, in microseconds.
    pub fn apart(&self) -> u64 {
        self.source.time.abs_diff(self.target.time)
    }
}

/// How often one behaviour was seen in the edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The name of the behaviour.
    pub behaviour: &'static str,
    /// Edges that it was seen in.
    pub edges: u64,
    /// Its acts in them, those that count elsewhere included.
    pub acts: u64,
}

/// The times in one part of the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// The earliest, in microseconds.
    pub first: i64,
    /// The latest.
    pub last: i64,
    /// The coarsest step of which all are multiples.
    pub resolution: Resolution,
}

impl<'n> Evidence<'n> {
    /// The evidence of `network`, which was found in `store`.
    pub fn of(store: &'n Store, network: &'n Network) -> Self {
        Self { store, network, object_of_trace: crate::edges::objects_of_traces(&network.traces) }
    }

    /// The acts behind an edge, by number: object by object, each object's in the order of time.
    pub fn acts(&self, edge: u32) -> impl Iterator<Item = Met> + '_ {
        let edges = &self.network.edges;
        let range = edges.edges.get(edge as usize).map_or(0..0, |edge| edge.evidence.clone());
        let counted = move |at: usize| edges.counted.get(at).copied().unwrap_or(true);
        range.map(move |at| {
            let act = &edges.acts[at];
            Met {
                object: self.object_of_trace[act.source as usize],
                source: self.touch(act.source),
                target: self.touch(act.target),
                counted: counted(at),
            }
        })
    }

    /// The traces of an object, in the order of time.
    pub fn touches(&self, object: u32) -> impl Iterator<Item = Touch> + '_ {
        self.network.traces.range(object as usize).map(|trace| self.touch(trace as u32))
    }

    /// The key of a post, as tables show it.
    pub fn post_key(&self, post: u32) -> &'n str {
        self.store.post_key(post)
    }

    /// Where a post stands in the inputs, if that was read.
    pub fn place(&self, post: u32) -> Option<Place> {
        self.store.places.get(post)
    }

    /// Whether a post is known from a table of traces only, which has no texts.
    pub fn is_trace(&self, post: u32) -> bool {
        self.store.is_trace(post)
    }

    /// The platform of an account, by rank; empty where the source names none.
    pub fn platform(&self, account: u32) -> &'n str {
        let name = self.network.traces.account_name[account as usize];
        let len = self.store.platforms[name as usize] as usize;
        self.store.accounts.get(name).get(..len).unwrap_or_default()
    }

    /// The latest handle of an account, by rank.
    pub fn handle(&self, account: u32) -> Option<&'n str> {
        let name = self.network.traces.account_name[account as usize];
        self.store.handles[name as usize].as_ref().map(|(_, handle)| handle.as_str())
    }

    /// How many distinct posts an account has, by rank.
    pub fn posts(&self, account: u32) -> u64 {
        self.network.traces.account_posts[account as usize]
    }

    /// The behaviours seen in the edges, in their order.
    pub fn behaviours(&self) -> Vec<Seen> {
        let mut seen: Vec<Seen> = (0..=BEHAVIOURS.len() as u8)
            .map(|layer| Seen { behaviour: layer_name(layer), edges: 0, acts: 0 })
            .collect();
        let edges = &self.network.edges;
        for edge in &edges.edges {
            for (layer, seen) in seen.iter_mut().enumerate() {
                if edge.layers & (1 << layer) != 0 {
                    seen.edges += 1;
                    // Where there is one layer, its acts are those of the edge.
                    seen.acts += if edges.layers.is_empty() { edge.acts } else { 0 };
                }
            }
        }
        for layer in &edges.layers {
            seen[layer.layer as usize].acts += layer.acts;
        }
        seen.retain(|seen| seen.edges > 0);
        seen
    }

    /// The times of posts in each of `parts` parts of the inputs; none where it has no post.
    pub fn times(&self, parts: usize) -> Vec<Option<Times>> {
        let mut times: Vec<Option<Times>> = vec![None; parts];
        for (part, rows) in self.store.places.parts() {
            let Some(known) = times.get_mut(part as usize) else { continue };
            for time in &self.store.row_time[rows.start as usize..rows.end as usize] {
                let resolution = Resolution::of(Timestamp(*time));
                let all = known.get_or_insert(Times { first: *time, last: *time, resolution });
                all.first = all.first.min(*time);
                all.last = all.last.max(*time);
                all.resolution = all.resolution.min(resolution);
            }
        }
        times
    }

    fn touch(&self, trace: u32) -> Touch {
        let traces = &self.network.traces;
        let at = trace as usize;
        Touch { time: traces.time[at], trace, account: traces.account[at], post: traces.post[at] }
    }
}

/// The names of the behaviours in a set of bits, as [`crate::edges::Edge`] and
/// [`crate::groups::Group`] keep them.
pub fn behaviour_names(layers: u32) -> impl Iterator<Item = &'static str> {
    layer_names(layers)
}

/// The names of all bits in such a set, the lowest first.
pub fn layers() -> Vec<&'static str> {
    (0..=BEHAVIOURS.len() as u8).map(layer_name).collect()
}
