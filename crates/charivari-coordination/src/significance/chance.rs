//! The chance that two strangers who shared an object met on it: object by object, learnt from
//! those of its sharers who are not suspected of acting with the two, and shrunk towards what is
//! usual for objects of its kind where there are few of them.

use super::nearness::{Nearness, near_one};
use super::sharing::Sharing;

/// Objects are of one kind if they are of one behaviour and of like popularity, in powers of two.
const SIZES: usize = 16;

/// What is assumed of an object's attention before anything is known: that half of it comes within
/// about 40 minutes (a time constant of one hour), as if seen in this many pairs of strangers.
const ASSUMED_TIME_S: f64 = 3_600.0;
const ASSUMED_WEIGHT: f64 = 20.0;

/// Strangers that the assumption counts for before any are known.
const AT_FIRST: f64 = 10.0;

/// No object, and no kind of objects, counts for more than this many strangers when the chance for
/// its kind is learnt, so that one great event does not speak for all.
const MOST_PER_OBJECT: f64 = 16.0;

/// Strangers that the kind of an object counts for beside its own, at least and at most.
const STRENGTH: std::ops::RangeInclusive<f64> = 2.0..=24.0;

/// Strangers that the whole of an object counts for beside those around one moment of it.
const LOCAL_STRENGTH: f64 = 4.0;

/// The chances for one window.
pub(crate) struct Chance {
    /// Strangers' meetings on each object, and how many there could be.
    met: Vec<f64>,
    pairs: Vec<f64>,
    /// How many strangers speak for each object.
    weight: Vec<f64>,
    /// The kind of each object.
    kind: Vec<u16>,
    /// The usual chance of each kind, and how many strangers it counts for.
    usual: Vec<(f64, f64)>,
    /// The usual chance, for each kind of objects that are shared again and again, that two who are
    /// there within the hour meet.
    occasions: Vec<f64>,
    /// Whether strangers are known.
    settled: bool,
}

impl Chance {
    /// What can be said before neighbours are known: sharers count for a quarter of a stranger
    /// each, so that a group that alone shares an object does not make its own meetings usual.
    pub(crate) fn at_first(sharing: &Sharing, near: &Nearness, layers: &[u8]) -> Self {
        let mut chance = Self::count(sharing, near, layers);
        let assumed = assumed(near.window);
        for (weight, sharers) in chance.weight.iter_mut().zip(&sharing.sharers) {
            *weight = f64::from(*sharers) / 4.0;
        }
        chance.usual = vec![(assumed, AT_FIRST); chance.usual.len()];
        chance
    }

    /// The chances among strangers, with neighbours left out.
    pub(crate) fn among_strangers(sharing: &Sharing, near: &Nearness, layers: &[u8]) -> Self {
        let mut chance = Self::count(sharing, near, layers);
        chance.learn_kinds(assumed(near.window));
        chance.settled = true;
        chance
    }

    fn count(sharing: &Sharing, near: &Nearness, layers: &[u8]) -> Self {
        let objects = sharing.object.len();
        let mut chance = Self {
            met: vec![0.0; objects],
            pairs: vec![0.0; objects],
            weight: vec![0.0; objects],
            kind: (0..objects)
                .map(|object| kind(layers[object], sharing.sharers[object]))
                .collect(),
            usual: vec![(0.0, 0.0); SIZES * 256],
            occasions: Vec::new(),
            settled: false,
        };
        for (entry, object) in sharing.entry_object.iter().enumerate() {
            let all = f64::from(near.strangers(sharing, entry));
            if all > 0.0 {
                let object = *object as usize;
                let len = f64::from(sharing.len(entry));
                let within: u32 =
                    sharing.traces_of(entry).map(|place| near.strangers_near(place)).sum();
                // Each account speaks once, however often it shared the object.
                chance.met[object] += f64::from(within) / len;
                chance.pairs[object] += all;
                // Pairs of one object depend on each other: sharers are what is counted.
                chance.weight[object] += 0.5 * all / f64::from(sharing.others(entry));
            }
        }
        chance
    }

    /// Learns how close those come who are there within the hour of each other, from objects that
    /// are shared again and again: some are shared evenly, others in bursts.
    pub(crate) fn learn_occasions(&mut self, sharing: &Sharing, near: &Nearness, hour: &Nearness) {
        let objects = self.met.len();
        let (mut met, mut there) = (vec![0_u64; objects], vec![0_u64; objects]);
        for (entry, object) in sharing.entry_object.iter().enumerate() {
            let object = *object as usize;
            if sharing.traces[object] > sharing.sharers[object] {
                for place in sharing.traces_of(entry) {
                    met[object] += u64::from(near.strangers_near(place));
                    there[object] += u64::from(hour.strangers_near(place));
                }
            }
        }
        let even = (2.0 * near.window as f64 / hour.window as f64).min(1.0);
        let mut sums = vec![(ASSUMED_WEIGHT * even, ASSUMED_WEIGHT); self.usual.len()];
        for object in (0..objects).filter(|object| there[*object] > 0) {
            let weight = (there[object] as f64).sqrt().min(MOST_PER_OBJECT);
            let sum = &mut sums[self.kind[object] as usize];
            sum.0 += weight * (met[object] as f64 / there[object] as f64).min(1.0);
            sum.1 += weight;
        }
        self.occasions = sums.into_iter().map(|(met, all)| (met / all).max(even)).collect();
    }

    /// Fits a beta distribution to the objects of each kind, by moments.
    fn learn_kinds(&mut self, assumed: f64) {
        let mut sums = vec![(0.0, 0.0); self.usual.len()];
        let (mut all_met, mut all) = (ASSUMED_WEIGHT * assumed, ASSUMED_WEIGHT);
        for object in 0..self.met.len() {
            if let Some((rate, weight)) = self.seen(object) {
                let sum = &mut sums[self.kind[object] as usize];
                *sum = (sum.0 + weight * rate, sum.1 + weight);
                all_met += weight * rate;
                all += weight;
            }
        }
        let overall = all_met / all;
        for (usual, (met, weight)) in self.usual.iter_mut().zip(&sums) {
            usual.0 = (met + ASSUMED_WEIGHT * overall) / (weight + ASSUMED_WEIGHT);
        }
        // The variance of a rate among w strangers is μ(1−μ)(1+(w−1)ρ)/w.
        let mut spread = vec![(0.0, 0.0); self.usual.len()];
        for object in 0..self.met.len() {
            if let Some((rate, weight)) = self.seen(object) {
                let kind = self.kind[object] as usize;
                let mean = self.usual[kind].0;
                let scaled = weight * (rate - mean).powi(2) / (mean * (1.0 - mean)).max(1e-9) - 1.0;
                spread[kind].0 += scaled;
                spread[kind].1 += (weight - 1.0).max(0.0);
            }
        }
        for (usual, (excess, room)) in self.usual.iter_mut().zip(spread) {
            let alike = if room > 0.0 { (excess / room).clamp(0.01, 0.5) } else { 0.2 };
            usual.1 = (1.0 / alike - 1.0).clamp(*STRENGTH.start(), *STRENGTH.end());
        }
    }

    /// The rate among an object's strangers, and how many of them speak.
    fn seen(&self, object: usize) -> Option<(f64, f64)> {
        let weight = self.weight[object].min(MOST_PER_OBJECT);
        (weight > 0.0).then(|| ((self.met[object] / self.pairs[object]).min(1.0), weight))
    }

    /// The usual chance on an object of which no stranger is known.
    pub(crate) fn usual(&self, layer: u8, sharers: u32) -> f64 {
        self.usual[kind(layer, sharers) as usize].0
    }

    /// What was to be said at first of an object shared by a group alone, of whose pairs so many in
    /// so many met.
    pub(crate) fn at_first_alone(window: i64, sharers: u32, met: usize, of: u32) -> f64 {
        let weight = f64::from(sharers) / 4.0;
        let rate = met as f64 / f64::from(of.max(1));
        (weight * rate + AT_FIRST * assumed(window)) / (weight + AT_FIRST)
    }

    /// The chance on an object for two accounts of whom nothing else is known: the least there is.
    pub(crate) fn least(&self, object: usize) -> f64 {
        self.without(object, 0.0, 0.0, 0.0)
    }

    fn without(&self, object: usize, met: f64, pairs: f64, sharers: f64) -> f64 {
        let (usual, strength) = self.usual[self.kind[object] as usize];
        let pairs = self.pairs[object] - pairs;
        let weight = self.weight[object] - sharers;
        if pairs < 0.5 || weight <= 0.0 {
            return usual;
        }
        let rate = ((self.met[object] - met) / pairs).clamp(0.0, 1.0);
        (weight * rate + strength * usual) / (weight + strength)
    }

    /// The chance that two strangers meet, each of whom shared the object once: the greater of those
    /// that follow from the one's moment and from the other's.
    pub(crate) fn of_single(&self, sharing: &Sharing, near: &Nearness, meeting: &Meeting) -> f64 {
        let object = sharing.entry_object[meeting.a.entry] as usize;
        let (a, b) = (Around::of(sharing, near, meeting.a), Around::of(sharing, near, meeting.b));
        // Neither of the two is a stranger to themselves.
        let own = 2.0 * (a.near + b.near);
        let sharers = f64::from(u8::from(a.all > 0.0) + u8::from(b.all > 0.0));
        let whole = self.without(object, own, 2.0 * (a.all + b.all), sharers);
        if !self.settled {
            return whole;
        }
        let known = f64::from(u8::from(!meeting.neighbours));
        let other = (known * f64::from(u8::from(meeting.met)), known);
        let exchanged = exchanged(near.pairs_within(object), sharing.pairs[object], meeting)
            * (a.trust(sharing, meeting.a) + b.trust(sharing, meeting.b))
            / 2.0;
        a.without(other).share(whole).max(b.without(other).share(whole)).max(exchanged)
    }

    /// The chance that two strangers meet on an object that either of them shares again and again,
    /// given that they are there within `hour` of each other.
    pub(crate) fn of_occasion(
        &self,
        sharing: &Sharing,
        near: &Nearness,
        hour: &Nearness,
        meeting: &Meeting,
    ) -> f64 {
        let object = sharing.entry_object[meeting.a.entry] as usize;
        let kind = self.kind[object] as usize;
        let even = 2.0 * near.window as f64 / hour.window as f64;
        let usual = even.max(2.0 * self.usual[kind].0);
        let usual = self.occasions.get(kind).map_or(usual, |learnt| learnt.max(usual)).min(1.0);
        let exchanged = exchanged(near.pairs_within(object), hour.pairs_within(object), meeting);
        let around = |mine: Side, theirs: Side| {
            // Each trace that the other has within the hour is a chance of its own.
            let traces = near_one(sharing, mine.place, theirs.entry, hour.window);
            if !self.settled {
                return repeated(usual, traces);
            }
            let (mut met, mut there) =
                (near.strangers_near(mine.place), hour.strangers_near(mine.place));
            if !meeting.neighbours {
                met = met.saturating_sub(near_one(sharing, mine.place, theirs.entry, near.window));
                there = there.saturating_sub(traces);
            }
            // A pair of traces within the hour speaks for strangers where both of them are.
            let trust = Around::of(sharing, near, mine).trust(sharing, mine);
            let exchanged = exchanged * trust * trust;
            let share = Around { near: met.into(), all: there.into() }.share(usual);
            repeated(share.max(exchanged), traces)
        };
        around(meeting.a, meeting.b).max(around(meeting.b, meeting.a))
    }
}

/// One account's side of a meeting.
#[derive(Clone, Copy)]
pub(crate) struct Side {
    /// The entry.
    pub entry: usize,
    /// Its trace, by place.
    pub place: usize,
}

/// Two traces of one object, by two accounts.
pub(crate) struct Meeting {
    pub a: Side,
    pub b: Side,
    /// Whether they are within the window of each other.
    pub met: bool,
    /// Whether the two count as neighbours, so that each is already left out for the other.
    pub neighbours: bool,
}

/// How many strangers' traces were near a moment, of how many.
struct Around {
    near: f64,
    all: f64,
}

impl Around {
    fn of(sharing: &Sharing, near: &Nearness, side: Side) -> Self {
        Self {
            near: near.strangers_near(side.place).into(),
            all: near.strangers(sharing, side.entry).into(),
        }
    }

    fn without(self, (near, all): (f64, f64)) -> Self {
        Self { near: (self.near - near).max(0.0), all: (self.all - all).max(0.0) }
    }

    /// How far the object's sharers speak for strangers: the share of them who are.
    fn trust(&self, sharing: &Sharing, side: Side) -> f64 {
        self.all / f64::from(sharing.others(side.entry)).max(1.0)
    }

    /// Their share, shrunk towards what is usual.
    fn share(self, usual: f64) -> f64 {
        ((self.near + LOCAL_STRENGTH * usual) / (self.all + LOCAL_STRENGTH)).min(1.0)
    }
}

/// How often an exchange of times among *all* sharers, neighbours too, would make two meet: the share
/// of the pairs of traces `near` among `all`, without the pair's own meeting.
///
/// Neighbours were found by their meetings, so whoever is left as a stranger met the less for it.
/// Where most sharers are strangers nevertheless, no group explains the object's rush, and the chance
/// is at least this. Where a group alone shares an object it says nothing: all of it is the group's
/// doing. It therefore counts by the share of the sharers who are strangers.
fn exchanged(near: u64, all: u64, meeting: &Meeting) -> f64 {
    let near = near.saturating_sub(u64::from(meeting.met));
    let all = all.saturating_sub(1);
    if all == 0 { 0.0 } else { (near as f64 / all as f64).min(1.0) }
}

/// The chance that any of several independent traces meets.
fn repeated(chance: f64, traces: u32) -> f64 {
    1.0 - (1.0 - chance).powf(f64::from(traces.max(1)))
}

fn kind(layer: u8, sharers: u32) -> u16 {
    let size = (u32::BITS - 1 - sharers.max(1).leading_zeros()).min(SIZES as u32 - 1);
    u16::from(layer) * SIZES as u16 + size as u16
}

/// The chance that two draws from an exponential of the assumed time constant are this close.
fn assumed(window: i64) -> f64 {
    1.0 - (-(window as f64 / 1e6) / ASSUMED_TIME_S).exp()
}
