//! The chance that two strangers who shared an object met on it: object by object, learnt from
//! those of its sharers who are not suspected of acting with the two, and shrunk towards what is
//! usual for objects of its kind where there are few of them.

use super::nearness::Nearness;
use super::sharing::Sharing;

/// Objects are of one kind if they are of one behaviour and of like popularity, in powers of two.
const SIZES: usize = 16;

/// What is assumed of an object's attention before anything is known: that half of it comes within
/// about 40 minutes (a time constant of one hour), as if seen in this many pairs of strangers.
const ASSUMED_TIME_S: f64 = 3_600.0;
const ASSUMED_WEIGHT: f64 = 20.0;

/// No object, and no kind of objects, counts for more than this many strangers when the chance for
/// its kind is learnt, so that one great event does not speak for all.
const MOST_PER_OBJECT: f64 = 16.0;

/// Strangers that the kind of an object counts for beside its own, at least and at most.
const STRENGTH: std::ops::RangeInclusive<f64> = 2.0..=24.0;

/// Strangers that the whole of an object counts for beside those around one moment of it.
const LOCAL_STRENGTH: f64 = 4.0;

/// However quiet a moment was, the chance is not taken to be less than this part of the object's.
const QUIET: f64 = 0.5;

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
        chance.usual = vec![(assumed, 10.0); chance.usual.len()];
        chance
    }

    /// The chances among strangers, with neighbours left out.
    pub(crate) fn among_strangers(sharing: &Sharing, near: &Nearness, layers: &[u8]) -> Self {
        let mut chance = Self::count(sharing, near, layers);
        chance.learn_kinds(assumed(near.window));
        chance
    }

    fn count(sharing: &Sharing, near: &Nearness, layers: &[u8]) -> Self {
        let objects = sharing.object.len();
        let mut chance = Self {
            met: vec![0.0; objects],
            pairs: vec![0.0; objects],
            weight: vec![0.0; objects],
            kind: (0..objects).map(|object| kind(layers[object], sharing.sharers[object])).collect(),
            usual: vec![(0.0, 0.0); SIZES * 256],
        };
        for (entry, object) in sharing.entry_object.iter().enumerate() {
            let (within, all) = near.strangers(sharing, entry);
            if all > 0 {
                let object = *object as usize;
                chance.met[object] += f64::from(within);
                chance.pairs[object] += f64::from(all);
                // Pairs of one object depend on each other: sharers are what is counted.
                chance.weight[object] += 0.5 * f64::from(all) / f64::from(sharing.others(entry));
            }
        }
        chance
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

    /// The least chance on an object, whatever the pair and the moment.
    pub(crate) fn least(&self, object: usize) -> f64 {
        QUIET * self.without(object, 0.0, 0.0, 0.0)
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

    /// The chance that two strangers of these habits meet, given when each was there: the greater
    /// of the two that follow from one's moments.
    pub(crate) fn of_pair(&self, sharing: &Sharing, near: &Nearness, meeting: &Meeting) -> f64 {
        let object = sharing.entry_object[meeting.a] as usize;
        let (near_a, all_a) = near.strangers(sharing, meeting.a);
        let (near_b, all_b) = near.strangers(sharing, meeting.b);
        // Neither of the two is a stranger to themselves.
        let own = 2.0 * f64::from(near_a + near_b);
        let sharers = f64::from(u8::from(all_a > 0) + u8::from(all_b > 0));
        let whole =
            self.without(object, own, 2.0 * f64::from(all_a + all_b), sharers);
        let (lens_a, lens_b) = (sharing.len(meeting.a), sharing.len(meeting.b));
        let mut a = (near_a, all_a);
        let mut b = (near_b, all_b);
        if !meeting.neighbours {
            a = (a.0.saturating_sub(meeting.b_near_a), a.1.saturating_sub(lens_b));
            b = (b.0.saturating_sub(meeting.a_near_b), b.1.saturating_sub(lens_a));
        }
        around(a, whole, lens_b).max(around(b, whole, lens_a))
    }
}

/// Two entries of one object.
pub(crate) struct Meeting {
    pub a: usize,
    pub b: usize,
    /// Traces of each near the other's.
    pub b_near_a: u32,
    pub a_near_b: u32,
    /// Whether the two count as neighbours, so that each is already left out for the other.
    pub neighbours: bool,
}

/// The chance that any of `visits` independent traces falls where `near` of `all` strangers' do.
fn around((near, all): (u32, u32), whole: f64, visits: u32) -> f64 {
    let share = (f64::from(near) + LOCAL_STRENGTH * whole) / (f64::from(all) + LOCAL_STRENGTH);
    let share = share.max(QUIET * whole);
    1.0 - (1.0 - share.min(1.0)).powi(visits.min(1_000_000) as i32)
}

fn kind(layer: u8, sharers: u32) -> u16 {
    let size = (u32::BITS - 1 - sharers.max(1).leading_zeros()).min(SIZES as u32 - 1);
    u16::from(layer) * SIZES as u16 + size as u16
}

/// The chance that two draws from an exponential of the assumed time constant are this close.
fn assumed(window: i64) -> f64 {
    1.0 - (-(window as f64 / 1e6) / ASSUMED_TIME_S).exp()
}
