//! The trials of one pair of accounts: the objects that both shared, and on which they met.

use super::chance::{Chance, Meeting};
use super::nearness::{Nearness, near_traces};
use super::sharing::Sharing;
use super::tail::{Trials, surprise};

/// Marks the posts that have spoken for one pair, so that each speaks once.
pub(crate) struct Spoken {
    stamp: u32,
    marks: Vec<u32>,
}

impl Spoken {
    pub(crate) fn over(posts: usize) -> Self {
        Self { stamp: 0, marks: vec![0; posts] }
    }

    fn next_pair(&mut self) {
        self.stamp += 1;
    }

    /// Whether neither post has spoken yet; then both have.
    fn speak(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (a as usize, b as usize);
        let fresh = self.marks[a] != self.stamp && self.marks[b] != self.stamp;
        self.marks[a] = self.stamp;
        self.marks[b] = self.stamp;
        fresh
    }
}

/// What pairs are compared by, one for each window.
pub(crate) struct Scale {
    pub near: Nearness,
    pub chance: Chance,
}

/// Sharing that goes on without a longer pause than this is one sitting, in microseconds.
///
/// Two people who go through the same list of posts, one shortly after the other, meet on all of
/// them by the one chance that they sat down at about the same time.
const PAUSE: i64 = 120_000_000;

/// What is needed again and again while pairs are compared.
pub(crate) struct Workspace {
    spoken: Spoken,
    shared: Vec<Shared>,
    order: Vec<u32>,
    pub trials: Vec<Trials>,
}

impl Workspace {
    pub(crate) fn new(posts: usize, scales: usize) -> Self {
        Self {
            spoken: Spoken::over(posts),
            shared: Vec::new(),
            order: Vec::new(),
            trials: vec![Trials::default(); scales],
        }
    }

    /// The trials of a pair for each window, left in `trials`. `neighbours` says for which windows
    /// the two are neighbours.
    pub(crate) fn compare(&mut self, sharing: &Sharing, scales: &[Scale], pair: u64, neighbours: u8) {
        self.collect(sharing, pair);
        let mut pause = 0;
        for (number, scale) in scales.iter().enumerate() {
            let needed = scale.near.window.max(PAUSE);
            if needed != pause {
                pause = needed;
                self.sittings(pause);
            }
            let is_neighbour = neighbours & (1 << number) != 0;
            self.trials[number] = self.at(sharing, scale, is_neighbour);
        }
    }

    /// The objects that both shared, rarest first, each with the two posts that are closest.
    fn collect(&mut self, sharing: &Sharing, pair: u64) {
        self.shared.clear();
        self.spoken.next_pair();
        let (a, b) = ((pair >> 32) as u32, pair as u32);
        sharing.shared(a, b, |a, b| {
            let closest = closest(sharing, a, b);
            // Two posts with several objects in common are one coincidence: the rarest speaks.
            if self.spoken.speak(sharing.post[closest.a], sharing.post[closest.b]) {
                let (time_a, time_b) = (sharing.time[closest.a], sharing.time[closest.b]);
                self.shared.push(Shared { a, b, time_a, time_b, speaks: true });
            }
        });
        self.order.clear();
        self.order.extend(0..self.shared.len() as u32);
        let shared = &self.shared;
        self.order.sort_unstable_by_key(|at| (shared[*at as usize].time_a, *at));
    }

    /// Lets the rarest object of each common sitting speak for it.
    fn sittings(&mut self, pause: i64) {
        let mut last: Option<(u32, u32)> = None;
        for at in &self.order {
            let this = self.shared[*at as usize];
            self.shared[*at as usize].speaks = true;
            let same = last.filter(|(before, _)| {
                let before = self.shared[*before as usize];
                let near = |x: i64, y: i64| x.saturating_sub(y).saturating_abs() <= pause;
                near(this.time_a, before.time_a) && near(this.time_b, before.time_b)
            });
            // Objects stand rarest first, so the lesser number speaks.
            let speaker = same.map_or(*at, |(_, speaker)| {
                self.shared[speaker.max(*at) as usize].speaks = false;
                speaker.min(*at)
            });
            last = Some((*at, speaker));
        }
    }

    fn at(&self, sharing: &Sharing, scale: &Scale, neighbours: bool) -> Trials {
        let window = scale.near.window;
        let mut trials = Trials::default();
        for shared in self.shared.iter().filter(|shared| shared.speaks) {
            let Shared { a, b, .. } = *shared;
            let met = shared.time_a.saturating_sub(shared.time_b).saturating_abs() <= window;
            let single = sharing.len(a) == 1 && sharing.len(b) == 1;
            let (b_near_a, a_near_b) = if single || !met {
                (u32::from(met), u32::from(met))
            } else {
                (near_traces(sharing, a, b, window), near_traces(sharing, b, a, window))
            };
            let meeting = Meeting { a, b, b_near_a, a_near_b, neighbours };
            let chance = scale.chance.of_pair(sharing, &scale.near, &meeting);
            trials.add(surprise(chance), met);
        }
        trials
    }
}

/// An object that both shared.
#[derive(Clone, Copy)]
struct Shared {
    /// The two entries.
    a: usize,
    b: usize,
    /// The two times that are closest.
    time_a: i64,
    time_b: i64,
    /// Whether it speaks for its sitting.
    speaks: bool,
}

/// The two traces of two entries that are closest in time, by place.
struct Closest {
    apart: i64,
    a: usize,
    b: usize,
}

fn closest(sharing: &Sharing, a: usize, b: usize) -> Closest {
    let (mut left, mut right) = (sharing.traces_of(a), sharing.traces_of(b));
    let mut best = Closest { apart: i64::MAX, a: left.start, b: right.start };
    while left.start < left.end && right.start < right.end {
        let (x, y) = (sharing.time[left.start], sharing.time[right.start]);
        let apart = x.saturating_sub(y).saturating_abs();
        if apart < best.apart {
            best = Closest { apart, a: left.start, b: right.start };
        }
        if x <= y {
            left.start += 1;
        } else {
            right.start += 1;
        }
    }
    best
}
