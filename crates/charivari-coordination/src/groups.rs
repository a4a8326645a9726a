//! What each group did: its size, density, times, and the objects that most of it shared.

use crate::network::Network;

/// How many objects are named of each group.
const TOP_OBJECTS: usize = 10;

/// What one group did together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its nodes, ascending.
    pub nodes: Vec<u32>,
    /// Edges inside it, by number.
    pub edges: Vec<u32>,
    /// Acts inside it.
    pub acts: u64,
    /// The sum of the weights of its edges.
    pub weight: u64,
    /// The sum of the time differences of its acts in microseconds.
    pub delay: i64,
    /// The earliest time of a post in an act inside it.
    pub first_seen: i64,
    /// The latest one.
    pub last_seen: i64,
    /// The layers it was seen in, one bit each.
    pub layers: u32,
    /// How many distinct objects its accounts met on.
    pub objects: u64,
    /// The objects that most of its accounts met on, most accounts first.
    pub top_objects: Vec<Shared>,
    /// The times of its posts that are part of an act inside it, ascending, each post once.
    pub times: Vec<i64>,
}

/// An object that accounts of a group met on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The object, by number in the columns.
    pub object: u32,
    /// How many of the group's accounts met on it.
    pub accounts: u32,
    /// How many of their posts did.
    pub posts: u32,
}

impl Group {
    /// The share of all pairs of its accounts that are joined, from 0 to 1.
    pub fn density(&self) -> f64 {
        let nodes = self.nodes.len() as f64;
        if nodes < 2.0 { 0.0 } else { 2.0 * self.edges.len() as f64 / (nodes * (nodes - 1.0)) }
    }

    /// The mean absolute time difference of its acts, in seconds.
    pub fn mean_delay_s(&self) -> f64 {
        self.delay as f64 / 1e6 / self.acts.max(1) as f64
    }
}

/// Describes every group of a network, in their order.
pub fn describe(network: &Network) -> Vec<Group> {
    let mut groups = vec![empty(); network.group_count as usize];
    for (node, group) in network.groups.iter().enumerate() {
        if let Some(group) = group {
            groups[*group as usize].nodes.push(node as u32);
        }
    }
    let group_of = group_of_accounts(network);
    let mut met = vec![false; network.traces.time.len()];
    for (number, edge) in network.edges.edges.iter().enumerate() {
        let group = group_of[edge.source as usize];
        let together = group != NONE && group == group_of[edge.target as usize];
        if !together || !network.is_significant(number) {
            continue;
        }
        add_edge(&mut groups[group as usize], number as u32, edge);
        for act in &network.edges.acts[edge.evidence.clone()] {
            met[act.source as usize] = true;
            met[act.target as usize] = true;
        }
    }
    add_objects(network, &group_of, &met, &mut groups);
    groups
}

const NONE: u32 = u32::MAX;

fn empty() -> Group {
    Group {
        nodes: Vec::new(),
        edges: Vec::new(),
        acts: 0,
        weight: 0,
        delay: 0,
        first_seen: i64::MAX,
        last_seen: i64::MIN,
        layers: 0,
        objects: 0,
        top_objects: Vec::new(),
        times: Vec::new(),
    }
}

/// The group of each account, by rank.
fn group_of_accounts(network: &Network) -> Vec<u32> {
    let mut group_of = vec![NONE; network.traces.accounts()];
    for (account, group) in network.nodes.iter().zip(&network.groups) {
        group_of[*account as usize] = group.unwrap_or(NONE);
    }
    group_of
}

fn add_edge(group: &mut Group, number: u32, edge: &crate::edges::Edge) {
    group.edges.push(number);
    group.acts += edge.acts;
    group.weight += edge.weight;
    group.delay = group.delay.saturating_add(edge.delay);
    group.first_seen = group.first_seen.min(edge.first_seen);
    group.last_seen = group.last_seen.max(edge.last_seen);
    group.layers |= edge.layers;
}

/// Counts, object by object, which groups met on it: one pass over the traces.
fn add_objects(network: &Network, group_of: &[u32], met: &[bool], groups: &mut [Group]) {
    let traces = &network.traces;
    let mut sharers: Vec<(u32, u32)> = Vec::new();
    let mut times: Vec<(u32, u32, i64)> = Vec::new();
    for object in 0..traces.objects() {
        sharers.clear();
        for trace in traces.range(object).filter(|trace| met[*trace]) {
            let account = traces.account[trace];
            sharers.push((group_of[account as usize], account));
            times.push((group_of[account as usize], traces.post[trace], traces.time[trace]));
        }
        sharers.sort_unstable();
        for of_group in sharers.chunk_by(|a, b| a.0 == b.0) {
            let accounts = of_group.chunk_by(|a, b| a.1 == b.1).count() as u32;
            let group = &mut groups[of_group[0].0 as usize];
            group.objects += 1;
            let posts = of_group.len() as u32;
            group.top_objects.push(Shared { object: object as u32, accounts, posts });
            // Objects come in their order, so a stable sort keeps the cut the same in every run.
            if group.top_objects.len() > TOP_OBJECTS * 64 {
                keep_top(&mut group.top_objects);
            }
        }
    }
    for group in groups.iter_mut() {
        keep_top(&mut group.top_objects);
    }
    times.sort_unstable();
    times.dedup_by_key(|(group, post, _)| (*group, *post));
    for (group, _, time) in times {
        groups[group as usize].times.push(time);
    }
    for group in groups {
        group.times.sort_unstable();
    }
}

fn keep_top(objects: &mut Vec<Shared>) {
    objects
        .sort_by_key(|shared| (std::cmp::Reverse((shared.accounts, shared.posts)), shared.object));
    objects.truncate(TOP_OBJECTS);
}
