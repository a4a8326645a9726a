//! What is measured of a group before explanations are judged.

use super::names::{self, Name};
use super::schedule::{self, Round};
use super::sites::{self, Sites};
use crate::cards::material::Left;
use crate::cards::rhythm::Rhythm;
use crate::communities::GroupKind;
use crate::extract::TRACE_LAYER;
use crate::groups::Group;
use crate::network::{Network, layer_name};
use crate::store::Store;

/// The busiest hours are looked for over this time, in microseconds.
const BURST: i64 = 6 * 3_600_000_000;

/// A day in microseconds.
const DAY: f64 = 86_400e6;

/// What is measured of one group. Shares are from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Its kind.
    pub kind: GroupKind,
    /// Its accounts.
    pub accounts: u32,
    /// The share of all pairs of its accounts that are joined.
    pub density: f64,
    /// The mean time between two posts of an act, as a share of the window; a half is what posts
    /// that fell into the window by accident would have.
    pub delay_share: f64,
    /// How evenly the 24 hours are used: the entropy of the hours, 1 where all are alike; none where
    /// fewer than 100 hours of accounts are known.
    pub evenness: Option<f64>,
    /// The share of the objects met on that are texts; none where behaviours are not known.
    pub texts: Option<f64>,
    /// The median share of an object's sharers that are not among those who met on it.
    pub outsiders: f64,
    /// The median number of an object's sharers.
    pub sharers: u32,
    /// The posts in acts within the busiest six hours.
    pub burst: Burst,
    /// The sites that its accounts link to; none where links were not read.
    pub sites: Option<Sites>,
    /// The hashtag or account named most; none where neither was read.
    pub top_name: Option<Name>,
    /// How often posts come at round times; none where minutes are not known.
    pub round: Option<Round>,
}

/// How much happened within the busiest six hours.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Burst {
    /// The posts in acts.
    pub posts: usize,
    /// The share of them within the busiest six hours.
    pub share: f64,
    /// Over how many days the accounts' posts are spread.
    pub days: f64,
}

impl Facts {
    /// Measures one group.
    pub(crate) fn of(
        store: &Store,
        network: &Network,
        group: &Group,
        kind: GroupKind,
        left: &Left,
        rhythm: &Rhythm,
    ) -> Self {
        let mut outsiders: Vec<i64> = Vec::with_capacity(left.objects.len());
        let mut sharers: Vec<i64> = Vec::with_capacity(left.objects.len());
        for reach in &left.objects {
            let outside = reach.sharers.saturating_sub(reach.members);
            outsiders.push(i64::from(outside) * 10_000 / i64::from(reach.sharers.max(1)));
            sharers.push(reach.sharers.into());
        }
        let median = crate::cards::chance::median;
        Self {
            kind,
            accounts: group.nodes.len() as u32,
            density: group.density(),
            delay_share: delay_share(network, group),
            evenness: evenness(rhythm),
            texts: texts(store, network, left),
            outsiders: median(&mut outsiders) as f64 / 10_000.0,
            sharers: u32::try_from(median(&mut sharers)).unwrap_or(u32::MAX),
            burst: burst(&group.times, left),
            sites: sites::of(store, network, left),
            top_name: names::of(store, left),
            round: schedule::of(&left.posts, network.traces.counts.resolution),
        }
    }
}

fn delay_share(network: &Network, group: &Group) -> f64 {
    let (mut delay, mut most) = (0.0, 0.0);
    for number in group.edges.iter().map(|edge| *edge as usize) {
        let edge = &network.edges.edges[number];
        delay += edge.delay as f64;
        most += edge.acts as f64 * network.window_of(number) as f64;
    }
    if most > 0.0 { delay / most } else { 0.0 }
}

fn evenness(rhythm: &Rhythm) -> Option<f64> {
    let mut hours = [0.0; 24];
    for day in &rhythm.heat {
        for (hour, count) in hours.iter_mut().zip(day) {
            *hour += f64::from(*count);
        }
    }
    let all: f64 = hours.iter().sum();
    let term = |count: &f64| if *count > 0.0 { -count / all * (count / all).ln() } else { 0.0 };
    (all >= 100.0).then(|| hours.iter().map(term).sum::<f64>() / 24_f64.ln())
}

fn texts(store: &Store, network: &Network, left: &Left) -> Option<f64> {
    let (mut known, mut texts) = (0_u64, 0_u64);
    for reach in &left.objects {
        let layer = network.traces.layer(store, reach.object as usize);
        known += u64::from(layer != TRACE_LAYER);
        texts += u64::from(matches!(layer_name(layer), "text" | "near-text" | "meaning"));
    }
    (known > 0).then(|| texts as f64 / known as f64)
}

/// `times` are those of posts in acts, ascending.
fn burst(times: &[i64], left: &Left) -> Burst {
    let (mut from, mut most) = (0, 0);
    for (to, time) in times.iter().enumerate() {
        while time.saturating_sub(times[from]) > BURST {
            from += 1;
        }
        most = most.max(to + 1 - from);
    }
    let first = left.posts.iter().map(|post| post.1).min().unwrap_or(0);
    let last = left.posts.iter().map(|post| post.1).max().unwrap_or(0);
    Burst {
        posts: times.len(),
        share: most as f64 / times.len().max(1) as f64,
        days: last.saturating_sub(first) as f64 / DAY,
    }
}
