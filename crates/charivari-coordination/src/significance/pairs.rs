//! The trials of one pair of accounts: the objects that both shared, and on which they met.

use super::chance::{Meeting, Side};
use super::ends;
use super::ground::{Ground, Scale};
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

/// Every other period of the data, for checking in one half what was found in the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Half {
    /// How long a period is, in microseconds.
    pub period: i64,
    /// Which half: that of even periods, or of odd ones.
    pub odd: bool,
}

impl Half {
    fn has(self, time: i64) -> bool {
        (time.div_euclid(self.period.max(1)) & 1 == 1) == self.odd
    }
}

/// Sharing that goes on without a longer pause than this is one sitting, in microseconds.
///
/// Two people who go through the same list of posts, one shortly after the other, meet on all of
/// them by the one chance that they sat down at about the same time.
pub(super) const PAUSE: i64 = 120_000_000;

/// Of an object that both shared again and again, so many occasions are looked at.
const MOST_OCCASIONS: usize = 64;

/// What is needed again and again while pairs are compared.
pub(crate) struct Workspace {
    spoken: Spoken,
    shared: Vec<Shared>,
    order: Vec<u32>,
    pub trials: Vec<Trials>,
}

impl Workspace {
    pub(crate) fn new(ground: &Ground) -> Self {
        Self {
            spoken: Spoken::over(ground.posts),
            shared: Vec::new(),
            order: Vec::new(),
            trials: vec![Trials::default(); ground.scales.len()],
        }
    }

    /// The trials of a pair for each window, left in `trials`. `neighbours` says for which windows
    /// the two are neighbours.
    pub(crate) fn compare(
        &mut self,
        ground: &Ground,
        pair: u64,
        neighbours: u8,
        half: Option<Half>,
    ) {
        self.collect(&ground.sharing, pair, ground.hour.window);
        if let Some(half) = half {
            self.shared.retain(|shared| half.has(shared.time_a.min(shared.time_b)));
            self.order_by_time();
        }
        let mut pause = 0;
        for (number, scale) in ground.scales.iter().enumerate() {
            let needed = scale.near.window.max(PAUSE);
            if needed != pause {
                pause = needed;
                self.sittings(pause);
            }
            let is_neighbour = neighbours & (1 << number) != 0;
            let alike = self.likeness(ground, scale, pair);
            self.trials[number] = self.at(ground, scale, alike, is_neighbour);
        }
    }

    /// What both shared, rarest object first: of an object that each shared once, the two traces; of
    /// others, each trace of the one who has fewer with the closest of the other, where that is
    /// within the hour.
    fn collect(&mut self, sharing: &Sharing, pair: u64, hour: i64) {
        self.shared.clear();
        self.spoken.next_pair();
        let (a, b) = ((pair >> 32) as u32, pair as u32);
        sharing.shared(a, b, |a, b| {
            let (from_a, from_b) = (sharing.traces_of(a), sharing.traces_of(b));
            if from_a.len() == 1 && from_b.len() == 1 {
                self.add(sharing, (a, from_a.start), (b, from_b.start), false);
                return;
            }
            let turned = from_b.len() < from_a.len();
            let (mine, theirs) = if turned { (from_b, from_a) } else { (from_a, from_b) };
            let step = mine.len().div_ceil(MOST_OCCASIONS);
            for place in mine.step_by(step) {
                let other = closest(sharing, place, theirs.clone());
                let apart = sharing.time[place].saturating_sub(sharing.time[other]);
                if apart.saturating_abs() <= hour {
                    let (x, y) = if turned { (other, place) } else { (place, other) };
                    self.add(sharing, (a, x), (b, y), true);
                }
            }
        });
        self.order_by_time();
    }

    fn order_by_time(&mut self) {
        self.order.clear();
        self.order.extend(0..self.shared.len() as u32);
        let shared = &self.shared;
        self.order.sort_unstable_by_key(|at| (shared[*at as usize].time_a, *at));
    }

    fn add(&mut self, sharing: &Sharing, a: (usize, usize), b: (usize, usize), occasion: bool) {
        let (a, b) = (Side { entry: a.0, place: a.1 }, Side { entry: b.0, place: b.1 });
        // Two posts with several objects in common are one coincidence: the rarest speaks.
        if self.spoken.speak(sharing.post[a.place], sharing.post[b.place]) {
            let (time_a, time_b) = (sharing.time[a.place], sharing.time[b.place]);
            self.shared.push(Shared { a, b, time_a, time_b, occasion, speaks: true });
        }
    }

    /// What the two have in common, judged by what they did not share with each other.
    fn likeness(&self, ground: &Ground, scale: &Scale, pair: u64) -> Likeness {
        let (a, b) = ends(pair);
        let single = || self.shared.iter().filter(|shared| !shared.occasion);
        let of = |account, entries: &mut dyn Iterator<Item = usize>| {
            ground.habits.without(&ground.sharing, &ground.hour, account, entries)
        };
        let one = of(a, &mut single().map(|shared| shared.a.entry));
        let other = of(b, &mut single().map(|shared| shared.b.entry));
        Likeness {
            quick: scale.together.of(&one, &other),
            planned: ground.habits.planned(a, b, scale.near.window),
        }
    }

    /// The chance on one more object of the pair that was compared last, where `usual` is usual.
    pub(crate) fn in_common(&self, ground: &Ground, scale: &Scale, pair: u64, usual: f64) -> f64 {
        let alike = self.likeness(ground, scale, pair);
        usual.max(alike.quick) * alike.planned
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

    fn at(&self, ground: &Ground, scale: &Scale, alike: Likeness, neighbours: bool) -> Trials {
        let mut trials = Trials::default();
        for shared in self.shared.iter().filter(|shared| shared.speaks) {
            let chance = shared.chance(ground, scale, alike, neighbours);
            trials.add(surprise(chance), shared.is_met(scale));
        }
        trials
    }

    /// Calls `each` with when, how likely and whether a pair met at one window, for each of its
    /// coincidences.
    pub(crate) fn each_trial(
        &mut self,
        ground: &Ground,
        pair: u64,
        scale: usize,
        half: Half,
        mut each: impl FnMut(i64, f64, bool),
    ) {
        let neighbours = ground.neighbours_of(pair);
        self.compare(ground, pair, neighbours, Some(half));
        let is_neighbour = neighbours & (1 << scale) != 0;
        let scale = &ground.scales[scale];
        self.sittings(scale.near.window.max(PAUSE));
        let alike = self.likeness(ground, scale, pair);
        for shared in self.shared.iter().filter(|shared| shared.speaks) {
            // Surprise rounds and bounds the chance, here as there.
            let chance = shared.chance(ground, scale, alike, is_neighbour);
            let chance = super::tail::probability(surprise(chance));
            each(shared.time_a.min(shared.time_b), chance, shared.is_met(scale));
        }
    }
}

impl Shared {
    fn is_met(&self, scale: &Scale) -> bool {
        self.time_a.saturating_sub(self.time_b).saturating_abs() <= scale.near.window
    }

    fn chance(&self, ground: &Ground, scale: &Scale, alike: Likeness, neighbours: bool) -> f64 {
        let sharing = &ground.sharing;
        let meeting = Meeting { a: self.a, b: self.b, met: self.is_met(scale), neighbours };
        let chance = if self.occasion {
            scale.chance.of_occasion(sharing, &scale.near, &ground.hour, &meeting)
        } else {
            scale.chance.of_single(sharing, &scale.near, &meeting).max(alike.quick)
        };
        chance * alike.planned
    }
}

/// What two accounts have in common that makes them meet.
#[derive(Clone, Copy)]
struct Likeness {
    /// How likely they meet because both are quick.
    quick: f64,
    /// How much more often they meet because both plan ahead.
    planned: f64,
}

/// Two traces of one object, by the two accounts.
#[derive(Clone, Copy)]
struct Shared {
    a: Side,
    b: Side,
    /// Their times.
    time_a: i64,
    time_b: i64,
    /// Whether this is one occasion of several on the object.
    occasion: bool,
    /// Whether it speaks for its sitting.
    speaks: bool,
}

/// The one of `theirs` that is closest in time to the trace at `place`, the earlier of equals.
pub(super) fn closest(sharing: &Sharing, place: usize, theirs: std::ops::Range<usize>) -> usize {
    let time = sharing.time[place];
    let after = theirs.start + sharing.time[theirs.clone()].partition_point(|other| *other < time);
    if after == theirs.end {
        return after - 1;
    }
    if after == theirs.start {
        return after;
    }
    let before = time.saturating_sub(sharing.time[after - 1]);
    if before <= sharing.time[after].saturating_sub(time) { after - 1 } else { after }
}
