//! Directed edges between the users of partner messages.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::shares::{Share, shares};
use super::{CompatError, Messages, Options};

/// How often one user's messages have a partner by another user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge<'a> {
    /// The user whose messages are counted.
    pub user_1: &'a str,
    /// The user of the partners.
    pub user_2: &'a str,
    /// Distinct messages of `user_1` that have at least one partner by `user_2`.
    pub weight: u32,
}

/// The network, sorted by `user_1` and then `user_2`, by bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgeTable<'a> {
    edges: Vec<Edge<'a>>,
}

/// The network of a kind, without loops.
///
/// # Errors
///
/// [`CompatError::Parameter`] for a window that is no finite number of seconds,
/// [`CompatError::MissingColumn`] if the network's key was not given,
/// [`CompatError::TooManyPairs`] before the time for more partners than allowed is spent.
pub fn network<'a>(
    messages: &Messages<'a>,
    options: &Options,
) -> Result<EdgeTable<'a>, CompatError> {
    options.check()?;
    let mut shares = shares(messages, options)?;
    let ranks = messages.user.ranks();
    shares.par_sort_unstable_by(|a, b| {
        let key = |share: &Share| (share.key, share.message, share.user);
        a.key.cmp(&b.key).then(a.time.total_cmp(&b.time)).then(key(a).cmp(&key(b)))
    });
    let windows = windows(&shares, options)?;
    let edges = edges(&shares, &windows, &ranks, options.min_edge_weight);
    let name = |user: u32| messages.user.names()[user as usize];
    let named = |(one, other, weight)| Edge { user_1: name(one), user_2: name(other), weight };
    Ok(EdgeTable { edges: edges.into_iter().map(named).collect() })
}

/// For each share the places of its partners, itself included.
fn windows(shares: &[Share], options: &Options) -> Result<Vec<Range<u32>>, CompatError> {
    let window = options.time_window_s;
    let mut windows: Vec<Range<u32>> = Vec::with_capacity(shares.len());
    let mut partners = 0_u64;
    for group in shares.chunk_by(|a, b| a.key == b.key) {
        let start = windows.len();
        let (mut low, mut high) = (0, 0);
        for share in group {
            // Both bounds grow with the time, so both pointers only move forward.
            while group[low].time < share.time - window {
                low += 1;
            }
            while high < group.len() && group[high].time <= share.time + window {
                high += 1;
            }
            partners = partners.saturating_add((high - low) as u64);
            windows.push((start + low) as u32..(start + high) as u32);
        }
    }
    if partners > options.max_pairs {
        return Err(CompatError::TooManyPairs { limit: options.max_pairs });
    }
    Ok(windows)
}

/// The edges as (user, user, weight), in the order of names: one user after the other, so that
/// no table of all edges has to be searched.
fn edges(
    shares: &[Share],
    windows: &[Range<u32>],
    ranks: &[u32],
    min_weight: u32,
) -> Vec<(u32, u32, u32)> {
    let mut by_user: Vec<u32> = (0..shares.len() as u32).collect();
    by_user.par_sort_unstable_by_key(|&place| {
        let share = shares[place as usize];
        (ranks[share.user as usize], share.message, place)
    });
    let same_user = |&a: &u32, &b: &u32| shares[a as usize].user == shares[b as usize].user;
    let users: Vec<&[u32]> = by_user.chunk_by(same_user).collect();
    let of_user = |counter: &mut Counter, places: &&[u32]| {
        counter.count(shares, windows, places);
        counter.take(shares[places[0] as usize].user, ranks, min_weight)
    };
    let edges: Vec<Vec<(u32, u32, u32)>> =
        users.par_iter().map_init(|| Counter::new(ranks.len()), of_user).collect();
    edges.concat()
}

/// Counts the messages of one user by the users of their partners.
struct Counter {
    /// For each user the messages that have a partner by them.
    weights: Vec<u32>,
    /// For each user the last message that was counted, so that it is counted once.
    last: Vec<u32>,
    /// The users whose weight is not 0.
    met: Vec<u32>,
    message: u32,
}

impl Counter {
    fn new(users: usize) -> Self {
        Self { weights: vec![0; users], last: vec![0; users], met: Vec::new(), message: 0 }
    }

    fn count(&mut self, shares: &[Share], windows: &[Range<u32>], places: &[u32]) {
        let same_message =
            |&a: &u32, &b: &u32| shares[a as usize].message == shares[b as usize].message;
        // Under several addresses one message may meet the same user more than once.
        for message in places.chunk_by(same_message) {
            self.message += 1;
            for &place in message {
                let window = &windows[place as usize];
                for partner in &shares[window.start as usize..window.end as usize] {
                    self.meet(partner.user);
                }
            }
        }
    }

    fn meet(&mut self, user: u32) {
        let last = &mut self.last[user as usize];
        if *last == self.message {
            return;
        }
        *last = self.message;
        let weight = &mut self.weights[user as usize];
        if *weight == 0 {
            self.met.push(user);
        }
        *weight += 1;
    }

    /// The user's edges, and a clean slate for the next user.
    fn take(&mut self, user: u32, ranks: &[u32], min_weight: u32) -> Vec<(u32, u32, u32)> {
        self.met.sort_unstable_by_key(|&other| ranks[other as usize]);
        let mut edges = Vec::new();
        for other in self.met.drain(..) {
            let weight = std::mem::take(&mut self.weights[other as usize]);
            if other != user && weight >= min_weight {
                edges.push((user, other, weight));
            }
        }
        edges
    }
}

impl<'a> EdgeTable<'a> {
    /// The edges, sorted by `user_1` and then `user_2`.
    pub fn edges(&self) -> &[Edge<'a>] {
        &self.edges
    }

    /// The names of the columns.
    pub fn header(&self) -> &'static [&'static str] {
        &["user_1", "user_2", "weight"]
    }

    /// The rows of the table as text, in the order of [`EdgeTable::header`].
    pub fn records(&self) -> impl Iterator<Item = Vec<Cow<'a, str>>> + '_ {
        self.edges.iter().map(|edge| {
            vec![
                Cow::Borrowed(edge.user_1),
                Cow::Borrowed(edge.user_2),
                Cow::Owned(edge.weight.to_string()),
            ]
        })
    }
}
