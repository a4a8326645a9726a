//! What pairs are compared by, learnt from the data in rounds: strangers tell what is usual, and what
//! is usual tells who are not strangers.

use rayon::prelude::*;

use super::chance::Chance;
use super::habits::{Habits, Together};
use super::judge;
use super::nearness::{Adjacency, Nearness};
use super::sharing::Sharing;
use super::tail::surprise;
use super::windows::Windows;
use crate::columns::Traces;
use crate::store::Store;

/// How often neighbours are told from strangers anew.
const ROUNDS: usize = 3;

/// Two who share an object again and again are compared where they are there within this time of
/// each other, in microseconds.
const HOUR: i64 = 3_600_000_000;

/// What pairs are compared by at one window.
pub(crate) struct Scale {
    /// Who is near whom.
    pub near: Nearness,
    /// How likely strangers meet.
    pub chance: Chance,
    /// How likely two moments of an object's life are within the window.
    pub together: Together,
}

/// All that pairs are compared by.
pub(crate) struct Ground {
    pub sharing: Sharing,
    pub scales: Vec<Scale>,
    /// Who is near within the hour.
    pub hour: Nearness,
    pub habits: Habits,
    /// How many posts there are.
    pub posts: usize,
    /// The pairs that met, ascending.
    pub pairs: Vec<u64>,
    /// For which windows each of them is suspected of acting together, one bit each.
    pub neighbours: Vec<u8>,
    /// The behaviour of each object.
    layers: Vec<u8>,
}

impl Ground {
    pub(crate) fn fit(traces: &Traces, store: &Store, windows: &Windows, pairs: Vec<u64>) -> Self {
        let sharing = Sharing::of(traces);
        let layers: Vec<u8> =
            sharing.object.iter().map(|object| traces.layer(store, *object as usize)).collect();
        let scales = windows.tested.par_iter().map(|window| {
            let near = Nearness::of(traces, &sharing, *window);
            let chance = Chance::at_first(&sharing, &near, &layers);
            Scale { chance, near, together: Together::within(*window) }
        });
        let widest = windows.tested.last().copied().unwrap_or(HOUR);
        let posts = traces.post.iter().max().map_or(0, |post| *post as usize + 1);
        let mut ground = Self {
            scales: scales.collect(),
            hour: Nearness::of(traces, &sharing, HOUR.max(widest)),
            habits: Habits::of(traces, &sharing),
            sharing,
            posts,
            neighbours: vec![0; pairs.len()],
            pairs,
            layers,
        };
        for _ in 0..ROUNDS {
            for (known, found) in judge::suspects(&ground).into_iter().enumerate() {
                ground.neighbours[known] |= found;
            }
            ground.leave_out();
        }
        ground
    }

    /// Leaves neighbours out, and learns anew what strangers do.
    fn leave_out(&mut self) {
        let Self { sharing, scales, pairs, neighbours, layers, .. } = self;
        let adjacency = |mask: u8| {
            let chosen = pairs.iter().zip(neighbours.iter()).filter(|(_, n)| **n & mask != 0);
            let chosen: Vec<u64> = chosen.map(|(pair, _)| *pair).collect();
            Adjacency::of(sharing.accounts(), &chosen)
        };
        scales.par_iter_mut().enumerate().for_each(|(number, scale)| {
            scale.near.set_neighbours(sharing, &adjacency(1 << number));
            scale.chance = Chance::among_strangers(sharing, &scale.near, layers);
        });
        self.hour.set_neighbours(sharing, &adjacency(u8::MAX));
        let hour = &self.hour;
        self.scales
            .par_iter_mut()
            .for_each(|scale| scale.chance.learn_occasions(sharing, &scale.near, hour));
        self.habits.learn(sharing, &self.hour);
    }

    /// What a meeting on each object would bring at the most.
    pub(crate) fn most_surprise(&self) -> Vec<u8> {
        let object = |object| surprise(self.scales[0].chance.least(object)) as u8;
        (0..self.sharing.object.len()).map(object).collect()
    }

    /// The behaviour of an object, by popularity.
    pub(crate) fn layer_of(&self, object: usize) -> u8 {
        self.layers[object]
    }

    /// For which windows a pair counts as neighbours.
    pub(crate) fn neighbours_of(&self, pair: u64) -> u8 {
        self.pairs.binary_search(&pair).map_or(0, |at| self.neighbours[at])
    }
}
