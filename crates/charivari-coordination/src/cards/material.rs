//! What cards are made from: the posts of each group's members and what they met on, gathered once.

use rayon::prelude::*;

use crate::columns::Counts;
use crate::edges::objects_of_traces;
use crate::groups::Group;
use crate::network::Network;
use crate::store::Store;

/// Stands for "in no group".
pub(crate) const NONE: u32 = u32::MAX;

/// One touch of an object that members of a group met on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touched {
    /// The object, by number.
    pub object: u32,
    /// When, in microseconds since the epoch.
    pub time: i64,
    /// The account, by rank.
    pub account: u32,
    /// The post, by the row in the store that stands for it.
    pub post: u32,
}

/// How widely an object was shared, in the group and beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    /// The object, by number.
    pub object: u32,
    /// How many members of the group met on it.
    pub members: u32,
    /// How many accounts shared it in all.
    pub sharers: u32,
}

/// What one group left behind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Left {
    /// Account, time and row of every post of its members, each post once; by account and time.
    pub posts: Vec<(u32, i64, u32)>,
    /// What its members met on in acts that count, by object and time.
    pub touched: Vec<Touched>,
    /// The objects among them, ascending, with their reach.
    pub objects: Vec<Reach>,
}

/// Gathers what every group left behind.
pub(crate) fn gather(store: &Store, network: &Network, groups: &[Group]) -> Vec<Left> {
    let group_of = group_of_accounts(network, groups);
    let (posts, touched) = rayon::join(
        || posts(store, network, &group_of, groups.len()),
        || touched(network, &group_of, groups),
    );
    let sharers = sharers(network, &touched);
    let left = posts.into_par_iter().zip(touched).map(|(mut posts, touched)| {
        posts.sort_unstable();
        let objects = reach(&touched, &sharers);
        Left { posts, touched, objects }
    });
    left.collect()
}

/// The group of each account, by rank.
pub(crate) fn group_of_accounts(network: &Network, groups: &[Group]) -> Vec<u32> {
    let mut group_of = vec![NONE; network.traces.accounts()];
    for (number, group) in groups.iter().enumerate() {
        for node in &group.nodes {
            group_of[network.nodes[*node as usize] as usize] = number as u32;
        }
    }
    group_of
}

/// The posts of each group's members: the rows that count, as everywhere else.
fn posts(
    store: &Store,
    network: &Network,
    group_of: &[u32],
    groups: usize,
) -> Vec<Vec<(u32, i64, u32)>> {
    let settled = crate::identity::settle(store, &mut Counts::default());
    let mut rank = vec![0_u32; network.traces.account_name.len()];
    for (place, name) in network.traces.account_name.iter().enumerate() {
        rank[*name as usize] = place as u32;
    }
    let mut posts = vec![Vec::new(); groups];
    for (row, post) in settled.iter().enumerate() {
        if *post as usize != row {
            continue;
        }
        let account = rank[store.row_account[row] as usize];
        if let Some(of_group) = posts.get_mut(group_of[account as usize] as usize) {
            of_group.push((account, store.row_time[row], row as u32));
        }
    }
    posts
}

/// The traces in acts that count, group by group. Traces stand by object and time.
fn touched(network: &Network, group_of: &[u32], groups: &[Group]) -> Vec<Vec<Touched>> {
    let (traces, edges) = (&network.traces, &network.edges);
    let mut met = vec![false; traces.time.len()];
    for edge in groups.iter().flat_map(|group| &group.edges) {
        let Some(edge) = edges.edges.get(*edge as usize) else { continue };
        for at in edge.evidence.clone() {
            if edges.counted.get(at).copied().unwrap_or(true) {
                met[edges.acts[at].source as usize] = true;
                met[edges.acts[at].target as usize] = true;
            }
        }
    }
    let objects = objects_of_traces(traces);
    let mut touched = vec![Vec::new(); groups.len()];
    for trace in (0..met.len()).filter(|trace| met[*trace]) {
        let account = traces.account[trace];
        if let Some(of_group) = touched.get_mut(group_of[account as usize] as usize) {
            let (object, time, post) = (objects[trace], traces.time[trace], traces.post[trace]);
            of_group.push(Touched { object, time, account, post });
        }
    }
    touched
}

/// How many accounts share each object that some group met on; 0 for others.
fn sharers(network: &Network, touched: &[Vec<Touched>]) -> Vec<u32> {
    let traces = &network.traces;
    let mut sharers = vec![0_u32; traces.objects()];
    for touched in touched.iter().flatten() {
        sharers[touched.object as usize] = 1;
    }
    let mut seen = vec![NONE; traces.accounts()];
    for (object, count) in sharers.iter_mut().enumerate().filter(|(_, count)| **count > 0) {
        let accounts = &traces.account[traces.range(object)];
        *count = 0;
        for account in accounts {
            let last = std::mem::replace(&mut seen[*account as usize], object as u32);
            *count += u32::from(last != object as u32);
        }
    }
    sharers
}

fn reach(touched: &[Touched], sharers: &[u32]) -> Vec<Reach> {
    let mut accounts: Vec<u32> = Vec::new();
    let of_object = |run: &[Touched]| {
        accounts.clear();
        accounts.extend(run.iter().map(|touched| touched.account));
        accounts.sort_unstable();
        accounts.dedup();
        let object = run[0].object;
        Reach { object, members: accounts.len() as u32, sharers: sharers[object as usize] }
    };
    touched.chunk_by(|a, b| a.object == b.object).map(of_object).collect()
}
