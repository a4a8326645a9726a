//! A card for each group: what is known of it beside its edges, and what else could explain it.
//!
//! [`of`] gathers for every group its size and density, whether it is found again ([`stability`]),
//! when it is awake ([`rhythm`]), who leads and who follows whom ([`leaders`], [`directions`]), how far each member is given to acting
//! together ([`degree`]), what it has in common with other groups ([`overlap`]), which innocent
//! explanations fit ([`explanations`]), and some posts to look at first.
//!
//! Everything here is a description or a hint. None of it is proof, and each part says so of itself.

mod chance;
pub mod degree;
pub mod directions;
pub mod explanations;
pub mod leaders;
mod material;
pub mod overlap;
pub mod rhythm;
pub mod stability;

use rayon::prelude::*;
use serde::Serialize;

use crate::communities::GroupKind;
use crate::error::Error;
use crate::groups::Group;
use crate::network::{Network, layer_names};
use crate::places::Place;
use crate::store::Store;
use degree::Degree;
use directions::Direction;
use explanations::{Explained, Facts};
use leaders::Leaders;
use material::Left;
use overlap::{Overlap, Overlaps};
use rhythm::Rhythm;
use stability::Stability;

/// How many other groups are named of each.
const MOST_OVERLAPS: usize = 5;

/// How many objects are shown as evidence, and how many posts of each.
const EVIDENCE_OBJECTS: usize = 5;
const EVIDENCE_POSTS: usize = 4;

/// All that is known of one group. Accounts and objects are numbers that
/// [`Network::account`] and [`Network::object`] turn into names; times are microseconds since the
/// epoch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// The group, from 0.
    pub group: u32,
    /// Its kind.
    pub kind: GroupKind,
    /// How many accounts it has.
    pub size: u32,
    /// How many significant edges join them.
    pub edges: u32,
    /// The share of all pairs of its accounts that are joined, from 0 to 1.
    pub density: f64,
    /// Its acts.
    pub acts: u64,
    /// The distinct objects its accounts met on.
    pub objects: u64,
    /// The mean time between the two posts of an act, in seconds.
    pub mean_delay_s: f64,
    /// The earliest time of a post in an act.
    pub first_seen: i64,
    /// The latest one.
    pub last_seen: i64,
    /// The behaviours it was seen in.
    pub behaviours: Vec<&'static str>,
    /// The objects that most of its accounts met on.
    pub top_objects: Vec<TopObject>,
    /// Whether it is found again with other seeds and at other levels.
    pub stability: Stability,
    /// When its members are awake.
    pub rhythm: Rhythm,
    /// Who is first.
    pub leaders: Leaders,
    /// Who follows whom: the surest twenty of the directions that stand.
    pub directions: Vec<Direction>,
    /// How many directions stand.
    pub directions_standing: u32,
    /// How far each member is given to acting together, the most given first.
    pub degrees: Vec<Degree>,
    /// Other groups that met on the same objects, the closest first.
    pub overlaps: Vec<Overlap>,
    /// Objects left out of all overlaps because more than 256 groups met on them; the same on every
    /// card.
    pub overlaps_left_out: u64,
    /// Innocent explanations that fit.
    pub explanations: Explained,
    /// Posts to look at first.
    pub evidence: Vec<EvidencePost>,
}

/// An object that a group met on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopObject {
    /// The object, by number.
    pub object: u32,
    /// The behaviour it belongs to.
    pub behaviour: &'static str,
    /// The object itself.
    pub text: String,
    /// How many of the group's accounts met on it.
    pub accounts: u32,
    /// How many of their posts did.
    pub posts: u32,
}

/// A post to look at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidencePost {
    /// The object it touched, by number.
    pub object: u32,
    /// Its key, as tables show it.
    pub post: String,
    /// Its account, by rank.
    pub account: u32,
    /// When.
    pub time: i64,
    /// Where it stands in the inputs: the part, and the row in it; none where that was not read.
    pub place: Option<(u32, u64)>,
}

/// The card of every group, in their order. `groups` are those of [`crate::groups::describe`].
///
/// The same on any number of threads.
///
/// # Errors
/// `E0413` if the network is no graph, which would be a fault here.
pub fn of(store: &Store, network: &Network, groups: &[Group]) -> Result<Vec<Card>, Error> {
    let (stability, (left, degrees)) = rayon::join(
        || stability::of(network, groups),
        || {
            let gathered = || material::gather(store, network, groups);
            rayon::join(gathered, || degree::of(network, store.rows()))
        },
    );
    let overlaps = overlaps(&left);
    let maker = Maker { store, network, degrees: &degrees, left_out: overlaps.left_out };
    let mut cards: Vec<Card> = groups
        .par_iter()
        .zip(left)
        .zip(stability?)
        .zip(overlaps.of_group)
        .enumerate()
        .map(|(number, (((group, left), stability), overlaps))| {
            maker.card(number, group, &left, stability, overlaps)
        })
        .collect();
    leaders::judge(cards.iter_mut().map(|card| &mut card.leaders));
    let mut directions: Vec<Vec<Direction>> =
        cards.iter_mut().map(|card| std::mem::take(&mut card.directions)).collect();
    let standing = directions::judge(&mut directions);
    for ((card, directions), standing) in cards.iter_mut().zip(directions).zip(standing) {
        (card.directions, card.directions_standing) = (directions, standing);
    }
    Ok(cards)
}

fn overlaps(left: &[Left]) -> Overlaps {
    let numbers = |left: &Left| left.objects.iter().map(|reach| reach.object).collect();
    let objects: Vec<Vec<u32>> = left.iter().map(numbers).collect();
    overlap::of(&objects, MOST_OVERLAPS)
}

/// What all cards are made from.
struct Maker<'n> {
    store: &'n Store,
    network: &'n Network,
    degrees: &'n [Degree],
    left_out: u64,
}

impl Maker<'_> {
    fn card(
        &self,
        number: usize,
        group: &Group,
        left: &Left,
        stability: Stability,
        overlaps: Vec<Overlap>,
    ) -> Card {
        let (store, network) = (self.store, self.network);
        let times: Vec<(u32, i64)> = left.posts.iter().map(|post| (post.0, post.1)).collect();
        let rhythm = rhythm::of(&times);
        let kind = network.group_kinds.get(number).copied().unwrap_or_default();
        let facts = Facts::of(store, network, group, kind, left, &rhythm);
        Card {
            group: number as u32,
            kind,
            size: group.nodes.len() as u32,
            edges: group.edges.len() as u32,
            density: group.density(),
            acts: group.acts,
            objects: group.objects,
            mean_delay_s: group.mean_delay_s(),
            first_seen: group.first_seen,
            last_seen: group.last_seen,
            behaviours: layer_names(group.layers).collect(),
            top_objects: self.top_objects(group),
            stability,
            leaders: leaders::of(&left.touched, self.pause(group)),
            directions: directions::of(network, group),
            directions_standing: 0,
            degrees: self.degrees(group),
            overlaps,
            overlaps_left_out: self.left_out,
            explanations: explanations::of(&facts),
            evidence: self.evidence(group, left),
            rhythm,
        }
    }

    /// What ends an occasion: the widest window that joins two of the group.
    fn pause(&self, group: &Group) -> i64 {
        let windows = group.edges.iter().map(|edge| self.network.window_of(*edge as usize));
        windows.max().unwrap_or(self.network.window)
    }

    fn top_objects(&self, group: &Group) -> Vec<TopObject> {
        let told = |shared: &crate::groups::Shared| TopObject {
            object: shared.object,
            behaviour: self.network.object_layer(self.store, shared.object),
            text: self.network.object(self.store, shared.object).to_owned(),
            accounts: shared.accounts,
            posts: shared.posts,
        };
        group.top_objects.iter().map(told).collect()
    }

    fn degrees(&self, group: &Group) -> Vec<Degree> {
        let mut degrees: Vec<Degree> =
            group.nodes.iter().map(|node| self.degrees[*node as usize]).collect();
        degrees.sort_by(|a, b| {
            b.share()
                .total_cmp(&a.share())
                .then(b.acted.cmp(&a.acted))
                .then(a.account.cmp(&b.account))
        });
        degrees
    }

    /// The first posts on the top objects, each account once on each.
    fn evidence(&self, group: &Group, left: &Left) -> Vec<EvidencePost> {
        let mut posts = Vec::new();
        for shared in group.top_objects.iter().take(EVIDENCE_OBJECTS) {
            let from = left.touched.partition_point(|touched| touched.object < shared.object);
            let touched = left.touched[from..].iter().take_while(|t| t.object == shared.object);
            let mut accounts: Vec<u32> = Vec::new();
            for touched in touched {
                if accounts.len() == EVIDENCE_POSTS {
                    break;
                }
                if accounts.contains(&touched.account) {
                    continue;
                }
                accounts.push(touched.account);
                let place = self.store.places.get(touched.post);
                posts.push(EvidencePost {
                    object: touched.object,
                    post: self.store.post_key(touched.post).to_owned(),
                    account: touched.account,
                    time: touched.time,
                    place: place.map(|Place { part, row }| (part, row)),
                });
            }
        }
        posts
    }
}

#[cfg(test)]
mod tests;
