//! The pairs of like rhythm, and how unusual that is among random pairs.

use rayon::prelude::*;

use super::rhythm::Rhythms;
use crate::detectors::chance::{Scatter, q_values, whole};

/// How many random pairs chance is learnt from.
const SAMPLE: usize = 400_000;
/// Pairs are compared with random pairs of like activity, in so many classes at most.
const CLASSES: usize = 8;
/// A class has at least this many pairs where there are as many.
const CLASS: usize = 5_000;
/// The tail is learnt between these shares of a class's nearest pairs. The very nearest are left
/// out: they may be what is looked for.
const TAIL: (f64, f64) = (0.005, 0.03);
/// With fewer pairs at its near end, there is no continuing the tail.
const LEAST_TAIL: usize = 20;
/// Up to this many accounts, all pairs are compared in full.
const ALL_PAIRS: usize = 2_000;
/// How many pairs are compared in full where signatures screen them.
const MOST_COMPARED: f64 = 4e6;
/// Pairs with a p-value above this are not kept.
const WORTH_KEEPING: f64 = 1e-3;
/// The seed of the sample: fixed, so that one input has one answer.
const SEED: u64 = 7;

/// Two rhythms that are alike.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) distance: f32,
    /// What random pairs with as many posts have on average.
    pub(super) usual: f32,
    /// By ranks, and with the tail continued.
    pub(super) rank: f64,
    pub(super) p: f64,
    pub(super) q: f64,
}

/// What came of comparing.
#[derive(Default)]
pub(super) struct Pairs {
    /// Those that are alike, the least p-value first.
    pub(super) alike: Vec<Pair>,
    /// Pairs in the smallest class of the null.
    pub(super) least_null: usize,
    /// Whether signatures screened the pairs, and how many were compared in full.
    pub(super) screened: bool,
    pub(super) compared: u64,
}

pub(super) fn find(rhythms: &Rhythms) -> Pairs {
    if rhythms.len() < 3 {
        return Pairs::default();
    }
    let sample = sample(rhythms);
    let null = Null::of(rhythms, &sample);
    let screened = rhythms.len() > ALL_PAIRS;
    let near = if screened { threshold(rhythms, &sample) } else { 128 };
    let parts: Vec<(Vec<Pair>, u64)> = (0..rhythms.len())
        .into_par_iter()
        .map(|a| {
            let (mut pairs, mut compared) = (Vec::new(), 0);
            for b in a + 1..rhythms.len() {
                if (rhythms.signature[a] ^ rhythms.signature[b]).count_ones() <= near {
                    compared += 1;
                    pairs.extend(null.judge(rhythms, a, b));
                }
            }
            (pairs, compared)
        })
        .collect();
    let compared = parts.iter().map(|(_, compared)| compared).sum();
    let mut pairs: Vec<Pair> = parts.into_iter().flat_map(|(pairs, _)| pairs).collect();
    let all = rhythms.len() as f64 * (rhythms.len() as f64 - 1.0) / 2.0;
    let p_values: Vec<f64> = pairs.iter().map(|pair| pair.p).collect();
    for (pair, q) in pairs.iter_mut().zip(q_values(&p_values, all)) {
        pair.q = q;
    }
    pairs.sort_by(|x, y| x.p.total_cmp(&y.p).then((x.a, x.b).cmp(&(y.a, y.b))));
    let least_null = null.classes.iter().map(|class| class.ratios.len()).min().unwrap_or(0);
    Pairs { alike: pairs, least_null, screened, compared }
}

/// Pairs of different rhythms: all where those are few, or else drawn.
fn sample(rhythms: &Rhythms) -> Vec<(u32, u32)> {
    let count = rhythms.len();
    if count * (count - 1) / 2 <= SAMPLE {
        let others = |a: usize| (a + 1..count).map(move |b| (a as u32, b as u32));
        return (0..count).flat_map(others).collect();
    }
    let mut scatter = Scatter(SEED);
    let mut draw = || {
        let (a, b) = (scatter.below(count as u32), scatter.below(count as u32 - 1));
        // The second is any other than the first.
        (a, b + u32::from(b >= a))
    };
    (0..SAMPLE).map(|_| draw()).collect()
}

/// The distance of signatures up to which pairs are compared in full.
fn threshold(rhythms: &Rhythms, sample: &[(u32, u32)]) -> u32 {
    let mut counts = [0_u32; 129];
    for (a, b) in sample {
        let apart = rhythms.signature[*a as usize] ^ rhythms.signature[*b as usize];
        counts[apart.count_ones() as usize] += 1;
    }
    let pairs = rhythms.len() as f64 * rhythms.len() as f64 / 2.0;
    let mut budget = MOST_COMPARED / pairs * sample.len() as f64;
    for (apart, count) in counts.iter().enumerate() {
        budget -= f64::from(*count);
        if budget < 0.0 {
            return (apart as u32).saturating_sub(1);
        }
    }
    128
}

/// What random pairs are like.
struct Null {
    /// The usual distance: this much, and this much for each unit of [`noise`].
    base: f64,
    slope: f64,
    classes: Vec<Class>,
}

/// Random pairs of like activity.
struct Class {
    /// Up to which noise.
    end: f64,
    /// Distances over the usual, ascending.
    ratios: Vec<f32>,
    /// Where the tail begins, how much of the class is in it, and how steeply it falls.
    tail: Option<(f64, f64, f64)>,
}

/// How much two rhythms differ by chance of sampling grows with this.
fn noise(rhythms: &Rhythms, a: usize, b: usize) -> f64 {
    1.0 / f64::from(rhythms.posts[a]) + 1.0 / f64::from(rhythms.posts[b])
}

impl Null {
    fn of(rhythms: &Rhythms, sample: &[(u32, u32)]) -> Self {
        let mut seen: Vec<(f64, f32)> = sample
            .par_iter()
            .map(|(a, b)| {
                let (a, b) = (*a as usize, *b as usize);
                (noise(rhythms, a, b), rhythms.distance(a, b))
            })
            .collect();
        // Stable: pairs of equal noise stay as they were drawn, whatever their distance.
        seen.par_sort_by(|x, y| x.0.total_cmp(&y.0));
        let (base, slope) = line(&seen);
        let mut null = Self { base, slope, classes: Vec::new() };
        let size = seen.len().div_ceil((seen.len() / CLASS).clamp(1, CLASSES));
        for members in seen.chunks(size) {
            let mut ratios: Vec<f32> = members
                .iter()
                .map(|(noise, distance)| (f64::from(*distance) / null.usual(*noise)) as f32)
                .collect();
            ratios.sort_unstable_by(f32::total_cmp);
            let end = members[members.len() - 1].0;
            let tail = tail(&ratios);
            null.classes.push(Class { end, ratios, tail });
        }
        null
    }

    fn usual(&self, noise: f64) -> f64 {
        (self.base + self.slope * noise).max(1e-3)
    }

    fn judge(&self, rhythms: &Rhythms, a: usize, b: usize) -> Option<Pair> {
        let noise = noise(rhythms, a, b);
        let (distance, usual) = (rhythms.distance(a, b), self.usual(noise));
        let ratio = f64::from(distance) / usual;
        let at = self.classes.partition_point(|class| class.end < noise);
        let class = &self.classes[at.min(self.classes.len() - 1)];
        let below = class.ratios.partition_point(|other| f64::from(*other) <= ratio);
        let rank = (below + 1) as f64 / (class.ratios.len() + 1) as f64;
        let p = match class.tail {
            Some((begin, share, exponent)) if ratio < begin => {
                share * (ratio.max(1e-6) / begin).powf(exponent)
            }
            _ => rank,
        };
        (p <= WORTH_KEEPING).then(|| Pair {
            a: a as u32,
            b: b as u32,
            distance,
            usual: usual as f32,
            rank: rank.min(1.0),
            p: p.clamp(f64::MIN_POSITIVE, 1.0),
            q: 1.0,
        })
    }
}

/// The line of least squares through distances over noise; flat where it would fall.
fn line(seen: &[(f64, f32)]) -> (f64, f64) {
    let n = seen.len() as f64;
    let mean_x = seen.iter().map(|(x, _)| x).sum::<f64>() / n;
    let mean_y = seen.iter().map(|(_, y)| f64::from(*y)).sum::<f64>() / n;
    let (mut xy, mut xx) = (0.0, 0.0);
    for (x, y) in seen {
        xy += (x - mean_x) * (f64::from(*y) - mean_y);
        xx += (x - mean_x).powi(2);
    }
    let slope = if xx > 0.0 { (xy / xx).max(0.0) } else { 0.0 };
    let base = (mean_y - slope * mean_x).max(0.01);
    (base, slope)
}

/// Where the lower tail begins, its share and its exponent; none where too few pairs are in it.
fn tail(ratios: &[f32]) -> Option<(f64, f64, f64)> {
    let place = |share: f64| whole(ratios.len() as f64 * share);
    let (near, far) = (place(TAIL.0), place(TAIL.1));
    if near < LEAST_TAIL {
        return None;
    }
    let at = |place: usize| f64::from(ratios[place]).max(1e-6);
    let (near_count, far_count) = (near as f64, far as f64);
    let steps = (far_count / near_count).ln();
    let exponent = steps / (at(far) / at(near)).ln().max(1e-9);
    // The standard error of the logarithm of a share among those of a greater one.
    let error = (1.0 / near_count - 1.0 / far_count).sqrt() / steps;
    let cautious = exponent * (1.0 - 1.64 * error).max(0.1);
    Some((at(near), near_count / ratios.len() as f64, cautious))
}
