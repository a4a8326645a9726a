//! What the page shows: the strongest edges, the first groups, and of each the acts and posts that
//! stand for it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use charivari_coordination::evidence::{Evidence, Met, Touch};
use charivari_coordination::groups::Shared;
use charivari_coordination::{self as coordination};
use charivari_report::limits;

use super::super::{Run, graphs::Drawing};
use super::chance;

/// What the page shows.
pub(super) struct Chosen<'r> {
    pub(super) edges: Vec<Edge>,
    pub(super) groups: Vec<Group<'r>>,
    pub(super) capped: Vec<Capped<'r>>,
}

/// An edge, by number, and acts that stand for it.
pub(super) struct Edge {
    pub(super) number: u32,
    pub(super) acts: Vec<Met>,
}

/// A group, by number, and what stands for it.
pub(super) struct Group<'r> {
    pub(super) number: usize,
    /// The most active first.
    pub(super) members: Vec<Member>,
    pub(super) objects: Vec<Object<'r>>,
    /// In the order of time.
    pub(super) posts: Vec<Touch>,
}

/// One account of a group.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) node: u32,
    /// Distinct posts in acts inside the group.
    pub(super) posts: u64,
    pub(super) acts: u64,
    pub(super) edges: u64,
    /// One of those posts.
    pub(super) touch: Option<Touch>,
}

impl Member {
    /// One of its posts in acts.
    pub(super) fn post(&self) -> Option<u32> {
        self.touch.map(|touch| touch.post)
    }
}

/// An object that a group shared.
pub(super) struct Object<'r> {
    pub(super) shared: &'r Shared,
    pub(super) acts: u64,
    /// The first act on it.
    pub(super) first: Option<Met>,
}

/// An object whose listing was cut, with a post that carries it.
pub(super) struct Capped<'r> {
    pub(super) object: &'r coordination::Capped,
    pub(super) post: Option<u32>,
}

impl<'r> Chosen<'r> {
    pub(super) fn of(run: &'r Run<'r>, drawing: &Drawing, evidence: &Evidence<'_>) -> Self {
        let mut tally = Tally::new(run, drawing, evidence);
        let capped = run.network.capped.iter().take(limits::CAPPED).map(|object| {
            let post = evidence.touches(object.object).next().map(|touch| touch.post);
            Capped { object, post }
        });
        Self {
            edges: strongest(run).map(|number| edge(evidence, number)).collect(),
            groups: groups(run).map(|number| tally.group(number)).collect(),
            capped: capped.collect(),
        }
    }

    /// The posts whose words the page shows.
    pub(super) fn posts(&self) -> Vec<u32> {
        let mut posts = Vec::new();
        for act in self.edges.iter().flat_map(|edge| &edge.acts) {
            posts.extend([act.source.post, act.target.post]);
        }
        for group in &self.groups {
            posts.extend(group.posts.iter().map(|touch| touch.post));
            posts.extend(group.members.iter().filter_map(Member::post));
            posts.extend(group.objects.iter().filter_map(Object::post));
        }
        posts.extend(self.capped.iter().filter_map(|capped| capped.post));
        posts.sort_unstable();
        posts.dedup();
        posts
    }
}

impl Object<'_> {
    /// A post that carries it.
    pub(super) fn post(&self) -> Option<u32> {
        self.first.map(|act| act.source.post)
    }
}

/// The first groups of each kind.
fn groups(run: &Run<'_>) -> impl Iterator<Item = usize> {
    let of = move |open| {
        (0..run.groups.len()).filter(move |group| chance::is_open(run, *group as u32) == open)
    };
    of(false).take(limits::GROUPS).chain(of(true).take(limits::PUBLISHERS))
}

/// Edges that chance explains, to compare with those that it does not.
const TO_COMPARE: usize = 10;

/// The strongest edges, by weight, then by acts; where chance was tested, by how surprising they are,
/// with some of each group, since one large group would leave no room for the others.
fn strongest(run: &Run<'_>) -> impl Iterator<Item = u32> {
    let edges = &run.network.edges.edges;
    let rank = |number: &u32| {
        let edge = &edges[*number as usize];
        let test = run.network.tests.get(*number as usize).copied().flatten();
        // No p-value is negative, and such numbers stand in the order of their bits.
        let p = test.map_or(u64::MAX, |test| test.p.to_bits());
        let standing = chance::standing(run, *number as usize);
        (standing, p, Reverse((edge.weight, edge.acts)), *number)
    };
    let mut numbers: Vec<u32> = (0..edges.len() as u32).collect();
    if run.network.significance.is_some() {
        numbers.sort_unstable_by_key(rank);
        numbers = some_of_each(run, &numbers);
    } else if numbers.len() > limits::EDGES {
        numbers.select_nth_unstable_by_key(limits::EDGES, rank);
    }
    numbers.truncate(limits::EDGES);
    numbers.sort_unstable_by_key(rank);
    numbers.into_iter()
}

/// The first edges of each group in turn, then those that chance explains.
fn some_of_each(run: &Run<'_>, sorted: &[u32]) -> Vec<u32> {
    let stands = |number: &u32| run.network.is_significant(*number as usize);
    let (standing, explained): (Vec<u32>, Vec<u32>) = sorted.iter().partition(|n| stands(n));
    let mut seen: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    let mut turns: Vec<(usize, usize)> = Vec::with_capacity(standing.len());
    for (place, number) in standing.iter().enumerate() {
        let turn = seen.entry(group_of(run, *number)).or_default();
        turns.push((*turn, place));
        *turn += 1;
    }
    turns.sort_unstable();
    turns.truncate(limits::EDGES.saturating_sub(TO_COMPARE.min(explained.len())));
    let chosen = turns.into_iter().map(|(_, place)| standing[place]);
    chosen.chain(explained.iter().copied().take(TO_COMPARE)).collect()
}

/// The group that holds both ends of an edge, if one does.
pub(super) fn group_of(run: &Run<'_>, edge: u32) -> Option<u32> {
    let network = &run.network;
    let edge = &network.edges.edges[edge as usize];
    let group = |account| network.node(account).and_then(|node| network.groups[node as usize]);
    group(edge.source).filter(|known| group(edge.target) == Some(*known))
}

/// Of each object the closest act that counts; of these the closest, told in the order of time.
fn edge(evidence: &Evidence<'_>, number: u32) -> Edge {
    let closeness = |act: &Met| (act.apart(), act.source, act.target);
    let mut acts: Vec<Met> = Vec::new();
    for act in evidence.acts(number).filter(|act| act.counted) {
        match acts.last_mut().filter(|last| last.object == act.object) {
            Some(last) if closeness(&act) < closeness(last) => *last = act,
            Some(_) => {}
            None => acts.push(act),
        }
    }
    acts.sort_unstable_by_key(closeness);
    acts.truncate(limits::ACTS);
    acts.sort_unstable_by_key(when);
    Edge { number, acts }
}

/// The order of acts in time, and by content where they are at one time.
fn when(act: &Met) -> (Touch, Touch) {
    (act.source.min(act.target), act.source.max(act.target))
}

/// Counts over the acts of one group after the other; its lists are used again.
struct Tally<'t, 'r> {
    run: &'r Run<'r>,
    drawing: &'t Drawing,
    evidence: &'t Evidence<'t>,
    /// Whether a post was met already. It has one account, and so one group.
    met: Vec<bool>,
    /// By node.
    members: Vec<Member>,
    /// The place of each object among the group's objects, from 1; 0 for none.
    slots: Vec<u8>,
}

impl<'t, 'r> Tally<'t, 'r> {
    fn new(run: &'r Run<'r>, drawing: &'t Drawing, evidence: &'t Evidence<'t>) -> Self {
        let member = |node| Member { node, posts: 0, acts: 0, edges: 0, touch: None };
        Self {
            run,
            drawing,
            evidence,
            met: vec![false; run.store.rows()],
            members: (0..run.network.nodes.len() as u32).map(member).collect(),
            slots: vec![0; run.network.traces.objects()],
        }
    }

    fn group(&mut self, number: usize) -> Group<'r> {
        let group = &self.run.groups[number];
        let top = group.top_objects.iter().take(limits::OBJECTS);
        let mut objects: Vec<Object<'r>> =
            top.map(|shared| Object { shared, acts: 0, first: None }).collect();
        for (place, object) in objects.iter().enumerate() {
            self.slots[object.shared.object as usize] = place as u8 + 1;
        }
        for edge in &group.edges {
            self.edge(*edge, &mut objects);
        }
        for object in &objects {
            self.slots[object.shared.object as usize] = 0;
        }
        let posts = posts(&objects);
        Group { number, members: self.most_active(&group.nodes), objects, posts }
    }

    fn edge(&mut self, number: u32, objects: &mut [Object<'_>]) {
        let at = number as usize;
        let ends = [self.drawing.source[at] as usize, self.drawing.target[at] as usize];
        for node in ends {
            self.members[node].acts += self.run.network.edges.edges[at].acts;
            self.members[node].edges += 1;
        }
        for act in self.evidence.acts(number) {
            for (node, touch) in ends.into_iter().zip([act.source, act.target]) {
                if !std::mem::replace(&mut self.met[touch.post as usize], true) {
                    self.members[node].posts += 1;
                    self.members[node].touch.get_or_insert(touch);
                }
            }
            let slot = self.slots[act.object as usize] as usize;
            let Some(object) = slot.checked_sub(1).and_then(|slot| objects.get_mut(slot)) else {
                continue;
            };
            object.acts += 1;
            if object.first.is_none_or(|first| when(&act) < when(&first)) {
                object.first = Some(act);
            }
        }
    }

    fn most_active(&self, nodes: &[u32]) -> Vec<Member> {
        let rank = |member: &Member| (Reverse((member.acts, member.posts)), member.node);
        let mut members: Vec<Member> =
            nodes.iter().map(|node| self.members[*node as usize]).collect();
        members.sort_unstable_by_key(rank);
        members.truncate(limits::MEMBERS);
        members
    }
}

/// The first posts on each object, as many as the page shows, in the order of time.
fn posts(objects: &[Object<'_>]) -> Vec<Touch> {
    let mut posts: Vec<Touch> = Vec::new();
    for act in objects.iter().filter_map(|object| object.first) {
        for touch in [act.source, act.target] {
            let is_known = posts.iter().any(|known| known.post == touch.post);
            if !is_known && posts.len() < limits::GROUP_POSTS {
                posts.push(touch);
            }
        }
    }
    posts.sort_unstable();
    posts
}
