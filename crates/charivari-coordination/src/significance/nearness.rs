//! How busy an object was around each account's part in it.

use rayon::prelude::*;

use super::sharing::Sharing;
use crate::columns::Traces;

/// For one window: the traces of others near each entry, and how many of them are neighbours'.
pub(crate) struct Nearness {
    /// The window in microseconds.
    pub window: i64,
    /// Traces of other accounts on the entry's object within the window of any of its traces.
    pub within: Vec<u32>,
    /// Those of them that belong to neighbours of the entry's account.
    pub neighbours_within: Vec<u32>,
    /// All traces of the account's neighbours on the object.
    pub neighbours: Vec<u32>,
}

impl Nearness {
    /// Counts what is near each entry: two pointers over each object's times.
    pub(crate) fn of(traces: &Traces, sharing: &Sharing, window: i64) -> Self {
        let mut within = vec![0_u32; sharing.entries()];
        let mut covered = vec![0_u32; sharing.entries()];
        for object in &sharing.object {
            let range = traces.range(*object as usize);
            let time = &traces.time[range.clone()];
            let entries = &sharing.entry_of_trace[range];
            let (mut low, mut high) = (0, 0);
            for (at, entry) in entries.iter().enumerate() {
                while time[low] < time[at].saturating_sub(window) {
                    low += 1;
                }
                while high < time.len() && time[high] <= time[at].saturating_add(window) {
                    high += 1;
                }
                // What an earlier trace of the same account has covered is not counted again.
                let entry = *entry as usize;
                within[entry] += high as u32 - covered[entry].max(low as u32);
                covered[entry] = high as u32;
            }
        }
        for (entry, within) in within.iter_mut().enumerate() {
            *within -= sharing.len(entry);
        }
        let none = vec![0; sharing.entries()];
        Self { window, within, neighbours_within: none.clone(), neighbours: none }
    }

    /// Counts anew what is the neighbours' part. `neighbours` gives each account's, ascending.
    pub(crate) fn set_neighbours(&mut self, sharing: &Sharing, neighbours: &Adjacency) {
        let window = self.window;
        let accounts: Vec<u32> = (0..sharing.accounts() as u32).collect();
        let parts: Vec<(Vec<u32>, Vec<u32>)> = accounts
            .par_chunks(256)
            .map(|accounts| {
                let first = sharing.entries_of(accounts[0]).start;
                let last = sharing.entries_of(accounts[accounts.len() - 1]).end;
                let (mut near, mut all) = (vec![0; last - first], vec![0; last - first]);
                for account in accounts {
                    for other in neighbours.of_account(*account) {
                        sharing.shared(*account, *other, |mine, theirs| {
                            near[mine - first] += near_traces(sharing, mine, theirs, window);
                            all[mine - first] += sharing.len(theirs);
                        });
                    }
                }
                (near, all)
            })
            .collect();
        self.neighbours_within.clear();
        self.neighbours.clear();
        for (near, all) in parts {
            self.neighbours_within.extend(near);
            self.neighbours.extend(all);
        }
    }

    /// The traces of strangers near an entry, and all of theirs on its object.
    pub(crate) fn strangers(&self, sharing: &Sharing, entry: usize) -> (u32, u32) {
        let within = self.within[entry].saturating_sub(self.neighbours_within[entry]);
        (within, sharing.others(entry).saturating_sub(self.neighbours[entry]))
    }
}

/// How many traces of `theirs` lie within the window of any of `mine`.
pub(crate) fn near_traces(sharing: &Sharing, mine: usize, theirs: usize, window: i64) -> u32 {
    let mine = &sharing.time[sharing.traces_of(mine)];
    let theirs = &sharing.time[sharing.traces_of(theirs)];
    let mut near = 0;
    let mut first = 0;
    for time in theirs {
        while first < mine.len() && mine[first] < time.saturating_sub(window) {
            first += 1;
        }
        near += u32::from(first < mine.len() && mine[first] <= time.saturating_add(window));
    }
    near
}

/// The neighbours of each account, ascending.
#[derive(Default)]
pub(crate) struct Adjacency {
    start: Vec<u32>,
    other: Vec<u32>,
}

impl Adjacency {
    /// From pairs, each once, ascending.
    pub(crate) fn of(accounts: usize, pairs: &[u64]) -> Self {
        let ends = |pair: u64| [(pair >> 32) as usize, pair as u32 as usize];
        let mut start = vec![0_u32; accounts + 1];
        for pair in pairs {
            for end in ends(*pair) {
                start[end + 1] += 1;
            }
        }
        for account in 0..accounts {
            start[account + 1] += start[account];
        }
        let mut next = start.clone();
        let mut other = vec![0; pairs.len() * 2];
        for pair in pairs {
            let [a, b] = ends(*pair);
            for (from, to) in [(a, b), (b, a)] {
                other[next[from] as usize] = to as u32;
                next[from] += 1;
            }
        }
        for account in 0..accounts {
            other[start[account] as usize..start[account + 1] as usize].sort_unstable();
        }
        Self { start, other }
    }

    pub(crate) fn of_account(&self, account: u32) -> &[u32] {
        let account = account as usize;
        &self.other[self.start[account] as usize..self.start[account + 1] as usize]
    }
}
