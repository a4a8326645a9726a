//! How good a set of answers is, with how far chance may have moved each figure.

use std::collections::BTreeMap;

use serde::Serialize;

pub use super::calibration::Calibration;
use super::calibration::calibration;
use super::chance::Draws;

/// What one case came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Whose case it is; cases of one actor are resampled together.
    pub actor: String,
    /// The rank of the best true actor, from 1, ties against it; nothing if it is no candidate.
    pub rank: Option<usize>,
    /// The probability given to the true actors.
    pub right: f64,
    /// The probability given to the first candidate.
    pub top: f64,
    /// The same once the true actors are no candidates: what an unknown actor would get.
    pub top_if_unknown: f64,
    /// The squared error over all candidates.
    pub squared_error: f64,
    /// Whether the most probable named country is right, and whether it also beats the actors of
    /// whom no country is said; nothing if the case has none.
    pub country: Option<(bool, bool)>,
}

impl Outcome {
    fn is_within(&self, rank: usize) -> f64 {
        f64::from(u8::from(self.rank.is_some_and(|of| of <= rank)))
    }

    fn is_right(&self) -> f64 {
        self.is_within(1)
    }
}

/// A number with its 95 % interval.
pub type Interval = (f64, f64);

/// One bin of the calibration.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// How many cases.
    pub n: usize,
    /// The mean probability of the first candidate.
    pub said: f64,
    /// How often it was right.
    pub was: f64,
}

/// One point of the curve of abstention.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// The share of cases that are answered.
    pub coverage: f64,
    /// The least probability at which there is an answer.
    pub from: f64,
    /// How often the answers are right.
    pub accuracy: f64,
}

/// All measures of a set of cases.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measures {
    /// How many cases.
    pub n: usize,
    /// The share whose first candidate is right.
    pub top1: f64,
    /// Among the first five.
    pub top5: f64,
    /// Among the first ten.
    pub top10: f64,
    /// The mean of one over the rank.
    pub mrr: f64,
    /// The mean squared error of the first candidate's probability.
    pub brier: f64,
    /// The mean squared error summed over all candidates.
    pub brier_all: f64,
    /// The mean negative logarithm of the true actors' probability.
    pub log_loss: f64,
    /// The expected calibration error of the first candidate in five bins of equal mass.
    pub ece: f64,
    /// What it would be on average if every probability were exactly right.
    pub ece_if_perfect: f64,
    /// How many cases have a known country.
    pub country_n: usize,
    /// The share of those whose most probable named country is right.
    pub country_top1: f64,
    /// The same where the pooled actors without a country may win, which is then wrong.
    pub country_top1_unknown_competes: f64,
    /// How well the probability of the first candidate tells a known actor from an unknown one: the
    /// area under the curve, 0.5 for not at all.
    pub known_or_unknown: f64,
    /// How many cases have true actors that are no candidates; they count as wrong.
    pub absent: usize,
    /// 95 % intervals by name, resampled by actor.
    pub intervals: BTreeMap<&'static str, Interval>,
    /// Slope and intercept, where they exist.
    pub calibration: Option<Calibration>,
    /// The five bins.
    pub bins: Vec<Bin>,
    /// Answers if only the surest cases are answered.
    pub coverage: Vec<Coverage>,
}

const BINS: usize = 5;
const RESAMPLES: usize = 1_000;
/// Below this a probability is taken as this, so that one case cannot make a sum infinite.
const LEAST: f64 = 1e-12;

/// The figures that get intervals by resampling, in this order.
const NAMES: [&str; 10] = [
    "top1",
    "top5",
    "top10",
    "mrr",
    "brier",
    "brier_all",
    "log_loss",
    "ece",
    "country_top1",
    "country_top1_unknown_competes",
];

impl Measures {
    /// Measures outcomes; nothing if there are none.
    pub fn of(outcomes: &[Outcome]) -> Option<Self> {
        if outcomes.is_empty() {
            return None;
        }
        let all: Vec<&Outcome> = outcomes.iter().collect();
        let [top1, top5, top10, mrr, brier, brier_all, log_loss, ece, country, strict] =
            figures(&all);
        Some(Self {
            n: outcomes.len(),
            top1,
            top5,
            top10,
            mrr,
            brier,
            brier_all,
            log_loss,
            ece,
            ece_if_perfect: ece_if_perfect(&all),
            country_n: outcomes.iter().filter(|of| of.country.is_some()).count(),
            country_top1: country,
            country_top1_unknown_competes: strict,
            known_or_unknown: known_or_unknown(outcomes),
            absent: outcomes.iter().filter(|of| of.rank.is_none()).count(),
            intervals: intervals(outcomes),
            calibration: calibration(&log_odds(outcomes)),
            bins: bins(&all),
            coverage: coverage(outcomes),
        })
    }
}

fn mean(of: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = of.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

fn figures(all: &[&Outcome]) -> [f64; NAMES.len()] {
    let over = |of: fn(&Outcome) -> f64| mean(all.iter().map(|it| of(it)));
    let countries = || all.iter().filter_map(|it| it.country);
    let share = |is: bool| f64::from(u8::from(is));
    [
        over(|it| it.is_within(1)),
        over(|it| it.is_within(5)),
        over(|it| it.is_within(10)),
        over(|it| it.rank.map_or(0.0, |rank| 1.0 / rank as f64)),
        over(|it| (it.top - it.is_right()).powi(2)),
        over(|it| it.squared_error),
        over(|it| -it.right.max(LEAST).ln()),
        error_of(&bins(all), all.len()),
        mean(countries().map(|(is, _)| share(is))),
        mean(countries().map(|(_, is)| share(is))),
    ]
}

fn bins(all: &[&Outcome]) -> Vec<Bin> {
    let mut sorted: Vec<(f64, f64)> = all.iter().map(|it| (it.top, it.is_right())).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    binned(&sorted)
}

/// Bins of equal mass of pairs sorted by what was said.
fn binned(sorted: &[(f64, f64)]) -> Vec<Bin> {
    let cut = |bin: usize| bin * sorted.len() / BINS;
    let bin = |at: usize| {
        let part = &sorted[cut(at)..cut(at + 1)];
        Bin {
            n: part.len(),
            said: mean(part.iter().map(|it| it.0)),
            was: mean(part.iter().map(|it| it.1)),
        }
    };
    (0..BINS).map(bin).filter(|bin| bin.n > 0).collect()
}

fn error_of(bins: &[Bin], count: usize) -> f64 {
    bins.iter().map(|bin| bin.n as f64 * (bin.said - bin.was).abs()).sum::<f64>() / count as f64
}

fn ece_if_perfect(all: &[&Outcome]) -> f64 {
    let mut draws = Draws::new(2);
    let mut said: Vec<f64> = all.iter().map(|it| it.top).collect();
    said.sort_by(f64::total_cmp);
    let one = |_| {
        let answered: Vec<(f64, f64)> =
            said.iter().map(|&top| (top, f64::from(u8::from(draws.unit() < top)))).collect();
        error_of(&binned(&answered), said.len())
    };
    mean((0..RESAMPLES).map(one))
}

/// Percentile intervals, actors drawn with all their cases: cases of one actor are alike, and
/// drawing them singly would make the intervals too narrow.
fn intervals(outcomes: &[Outcome]) -> BTreeMap<&'static str, Interval> {
    let mut clusters: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    for outcome in outcomes {
        clusters.entry(&outcome.actor).or_default().push(outcome);
    }
    let clusters: Vec<Vec<&Outcome>> = clusters.into_values().collect();
    let mut random = Draws::new(1);
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(RESAMPLES); NAMES.len()];
    for _ in 0..RESAMPLES {
        let sample: Vec<&Outcome> = (0..clusters.len())
            .flat_map(|_| clusters[random.below(clusters.len())].iter().copied())
            .collect();
        for (held, figure) in drawn.iter_mut().zip(figures(&sample)) {
            held.push(figure);
        }
    }
    let interval = |mut held: Vec<f64>| {
        held.sort_by(f64::total_cmp);
        (held[RESAMPLES / 40], held[RESAMPLES - 1 - RESAMPLES / 40])
    };
    NAMES.into_iter().zip(drawn.into_iter().map(interval)).collect()
}

/// The log odds that the first candidate of each case was given, and whether it was right.
fn log_odds(outcomes: &[Outcome]) -> Vec<(f64, f64)> {
    let pair = |of: &Outcome| {
        let top = of.top.clamp(1e-9, 1.0 - 1e-9);
        ((top / (1.0 - top)).ln(), of.is_right())
    };
    outcomes.iter().map(pair).collect()
}

fn coverage(outcomes: &[Outcome]) -> Vec<Coverage> {
    let mut sorted: Vec<(f64, f64)> = outcomes.iter().map(|it| (it.top, it.is_right())).collect();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    let point = |step: usize| {
        let count = (sorted.len() * step).div_ceil(10).max(1);
        let answered = &sorted[..count];
        Coverage {
            coverage: count as f64 / sorted.len() as f64,
            from: answered[count - 1].0,
            accuracy: mean(answered.iter().map(|it| it.1)),
        }
    };
    (1..=10).map(point).collect()
}

/// The chance that a known actor's case has a surer first candidate than an unknown one's.
fn known_or_unknown(outcomes: &[Outcome]) -> f64 {
    let known = || outcomes.iter().filter(|it| it.rank.is_some());
    let wins = known().flat_map(|a| {
        known().map(move |b| {
            let more = f64::from(u8::from(a.top > b.top_if_unknown));
            let same = f64::from(u8::from(a.top.total_cmp(&b.top_if_unknown).is_eq()));
            more + same / 2.0
        })
    });
    mean(wins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(actor: &str, rank: usize, top: f64, right: f64) -> Outcome {
        Outcome {
            actor: actor.to_owned(),
            rank: Some(rank),
            right,
            top,
            top_if_unknown: top / 2.0,
            squared_error: 0.5,
            country: Some((rank == 1, false)),
        }
    }

    #[test]
    fn figures_follow_their_formulas() {
        let all = [
            outcome("G1", 1, 0.8, 0.8),
            outcome("G1", 2, 0.6, 0.3),
            outcome("G2", 10, 0.5, 0.1),
            Outcome { rank: None, right: 0.0, country: None, ..outcome("G3", 1, 0.5, 0.0) },
        ];
        let measures = Measures::of(&all).unwrap();
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(measures.top1, 0.25);
        close(measures.top5, 0.5);
        close(measures.top10, 0.75);
        close(measures.mrr, (1.0 + 0.5 + 0.1) / 4.0);
        close(measures.brier, (0.04 + 0.36 + 0.25 + 0.25) / 4.0);
        close(measures.log_loss, -(0.8_f64.ln() + 0.3_f64.ln() + 0.1_f64.ln() + LEAST.ln()) / 4.0);
        close(measures.country_top1, 1.0 / 3.0);
        close(measures.country_top1_unknown_competes, 0.0);
        assert_eq!((measures.n, measures.country_n, measures.absent), (4, 3, 1));
        close(measures.coverage[0].accuracy, 1.0);
        close(measures.coverage[9].accuracy, 0.25);
        let (low, high) = measures.intervals["top1"];
        assert!(low <= 0.25 && 0.25 <= high, "{low} {high}");
        assert_eq!(Measures::of(&[]), None);
    }

    #[test]
    fn a_perfect_forecaster_has_slope_one_and_the_error_of_chance() {
        let mut draws = Draws::new(7);
        let all: Vec<Outcome> = (0..4_000)
            .map(|at| {
                let top = 0.05 + 0.9 * draws.unit();
                let rank = if draws.unit() < top { 1 } else { 2 };
                outcome(&format!("G{at}"), rank, top, top)
            })
            .collect();
        let calibration = calibration(&log_odds(&all)).unwrap();
        assert!((calibration.slope - 1.0).abs() < 0.15, "{calibration:?}");
        assert!(calibration.slope_interval.0 < 1.0 && 1.0 < calibration.slope_interval.1);
        assert!(calibration.intercept.abs() < 0.15, "{calibration:?}");
        let measures = Measures::of(&all).unwrap();
        assert!(measures.ece < 3.0 * measures.ece_if_perfect, "{}", measures.ece);
    }
}
