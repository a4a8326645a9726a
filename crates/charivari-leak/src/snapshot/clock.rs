//! How far the clocks of the own records are off, and times of making set right by the order of ids.
//!
//! Where rows were numbered as they came in, the order of the numbers is the true order, whatever the clocks
//! show. The running median of the noted times along the ids, made to rise ([`set_right`]), is the time at
//! which a number was given; what a noted time differs from it is that clock's error, whatever law it has.
//! An error that all clocks share cannot be seen by anything.

use super::model::normal_quantile;
use crate::chance;

/// Rows on either side of one, whose median is taken.
const AROUND: usize = 25;

/// Fewer rows than this tell nothing of clocks.
const FEWEST: usize = 500;

/// Ids whose times are further apart than this, in days, half of the time are no sequence.
const NO_SEQUENCE: f64 = 20.0;

/// Shared errors that are tried.
const SHIFTS: usize = 5;

/// Points by which a law of errors is known.
const POINTS: usize = 101;

/// The law of a clock's error, in days: what is noted is the truth and the error.
#[derive(Clone, Debug)]
pub(super) enum Law {
    /// Normal with this standard deviation.
    Normal(f64),
    /// As it was met: values between which errors lie with the same chance each, rising.
    Met(Vec<f64>),
}

/// The clocks by which rows were made and values changed.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub(super) rows: Law,
    pub(super) values: Law,
    /// By how much all of them may be late together, in days.
    pub(super) shift: f64,
}

impl Law {
    /// The chance that what was noted at `ahead` days after an instant happened before it.
    pub(super) fn before(&self, ahead: f64) -> f64 {
        match self {
            Self::Normal(sigma) => chance::normal_cdf(-ahead / sigma),
            // The truth is the noted time less the error: the error must be `ahead` or more.
            Self::Met(points) => {
                let at = points.partition_point(|&point| point < ahead);
                if at == 0 {
                    return 1.0;
                }
                if at == points.len() {
                    return 0.0;
                }
                let (low, high) = (points[at - 1], points[at]);
                let part = (ahead - low) / (high - low).max(1e-9);
                1.0 - ((at - 1) as f64 + part) / (points.len() - 1) as f64
            }
        }
    }

    /// How far an error reaches.
    pub(super) fn reach(&self) -> f64 {
        match self {
            Self::Normal(sigma) => 4.5 * sigma,
            Self::Met(points) => {
                let ends = [points.first(), points.last()].into_iter().flatten();
                ends.fold(0.0_f64, |most, end| most.max(end.abs())) + 1e-6
            }
        }
    }

    /// Errors that are each as likely.
    pub(super) fn nodes(&self, count: usize) -> Vec<f64> {
        (0..count)
            .map(|at| match self {
                Self::Normal(sigma) => sigma * normal_quantile((at as f64 + 0.5) / count as f64),
                Self::Met(points) => {
                    let place = (2 * at + 1) * (points.len() - 1);
                    let low = (place / (2 * count)).min(points.len() - 2);
                    let part = place as f64 / (2 * count) as f64 - low as f64;
                    points[low] + part * (points[low + 1] - points[low])
                }
            })
            .collect()
    }
}

/// Times by the order of ids, and the law of errors.
pub(super) struct SetRight {
    /// Ids with the time at which each was given, in days.
    times: Vec<(u64, f64)>,
    /// The clocks that may be, each as likely.
    pub(super) clocks: Vec<Clock>,
}

impl SetRight {
    /// The times, in order.
    pub(super) fn own(&self) -> Vec<f64> {
        self.times.iter().map(|time| time.1).collect()
    }

    /// When an id was given.
    pub(super) fn of(&self, id: u64) -> Option<f64> {
        let at = self.times.binary_search_by_key(&id, |time| time.0).ok()?;
        Some(self.times[at].1)
    }
}

/// Times of making by ids; nothing where the ids are no sequence or too few. `noted` are days.
pub(super) fn set_right(ids: &[u64], noted: &[f64], resolution: f64) -> Option<SetRight> {
    if ids.len() != noted.len() || ids.len() < FEWEST {
        return None;
    }
    let mut rows: Vec<(u64, f64)> = ids.iter().copied().zip(noted.iter().copied()).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let medians = running_medians(&rows);
    let mut errors: Vec<f64> =
        rows.iter().zip(&medians).map(|(row, median)| row.1 - median).collect();
    errors.sort_by(f64::total_cmp);
    let quarters = [errors[errors.len() / 4], errors[errors.len() * 3 / 4]];
    if quarters[1] - quarters[0] > NO_SEQUENCE {
        return None;
    }
    let late = one_sided(&errors);
    for error in &mut errors {
        *error -= late;
    }
    let rising = rising(&medians);
    let times = rows.iter().zip(&rising).map(|(row, &time)| (row.0, time + late)).collect();
    // The median of 51 errors is off by a sixth of one, and the rows around an instant by the same amount.
    let off = (quarters[1] - quarters[0]) / 2.0 * 0.27;
    let values = met(&errors, resolution);
    let rows = Law::Normal(0.02_f64.hypot(0.5 * off).hypot(resolution * 0.29));
    let shifts = if off < 0.02 { vec![0.0] } else { Law::Normal(off).nodes(SHIFTS) };
    let clock = |shift| Clock { rows: rows.clone(), values: values.clone(), shift };
    Some(SetRight { times, clocks: shifts.into_iter().map(clock).collect() })
}

/// Where errors have a long tail on one side alone, the end of the other side: clocks that only ever note late,
/// or early, are right where they are least so. Nothing, where both tails are alike.
fn one_sided(errors: &[f64]) -> f64 {
    let at = |share: usize| errors[(errors.len() - 1) * share / 100];
    let (early, late) = (at(50) - at(5), at(95) - at(50));
    if late > 0.1 && late > 2.0 * early {
        at(2)
    } else if early > 0.1 && early > 2.0 * late {
        at(98)
    } else {
        0.0
    }
}

/// The law of errors as they were met, without the most extreme one in a hundred on either side, which are
/// records that were made anew. It is never narrower than half an hour, or than what clocks note.
fn met(errors: &[f64], resolution: f64) -> Law {
    let floor = Law::Normal(0.02_f64.hypot(resolution * 0.29)).nodes(POINTS);
    let steps = POINTS - 1;
    let points = floor.iter().enumerate().map(|(at, floor)| {
        let place = (errors.len() - 1) * (5 * steps + 990 * at) / (1_000 * steps);
        errors[place] + floor
    });
    Law::Met(points.collect())
}

/// The median of the times around each row.
fn running_medians(rows: &[(u64, f64)]) -> Vec<f64> {
    let mut window: Vec<f64> = Vec::with_capacity(2 * AROUND + 2);
    let mut medians = Vec::with_capacity(rows.len());
    let (mut from, mut to) = (0, 0);
    for at in 0..rows.len() {
        // At the ends the window shrinks on both sides, so that it stays around its row.
        let around = AROUND.min(at).min(rows.len() - 1 - at);
        while to <= at + around {
            let time = rows[to].1;
            let place = window.partition_point(|&other| other < time);
            window.insert(place, time);
            to += 1;
        }
        while to > at + around + 1 {
            to -= 1;
            remove(&mut window, rows[to].1);
        }
        while from < at - around {
            remove(&mut window, rows[from].1);
            from += 1;
        }
        medians.push(window[window.len() / 2]);
    }
    medians
}

fn remove(window: &mut Vec<f64>, time: f64) {
    let place = window.partition_point(|&other| other < time);
    if place < window.len() {
        window.remove(place);
    }
}

/// The nearest values that never fall: neighbours that fall become their mean (pool adjacent violators; Ayer
/// and others, Annals of Mathematical Statistics 26, 1955).
fn rising(values: &[f64]) -> Vec<f64> {
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for &value in values {
        blocks.push((value, 1));
        while let [.., one, other] = blocks[..] {
            if one.0 <= other.0 {
                break;
            }
            let count = one.1 + other.1;
            let mean = (one.0 * one.1 as f64 + other.0 * other.1 as f64) / count as f64;
            blocks.truncate(blocks.len() - 2);
            blocks.push((mean, count));
        }
    }
    blocks.into_iter().flat_map(|(mean, count)| std::iter::repeat_n(mean, count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_ids_takes_the_errors_out() {
        let ids: Vec<u64> = (1..=2_000).collect();
        // Two rows a day; every other clock is three days late or early.
        let truth = |id: u64| id as f64 / 2.0;
        let error = |id: u64| [0.0, 3.0, -3.0, 1.0, -1.0][(id * 7 % 5) as usize];
        let noted: Vec<f64> = ids.iter().map(|&id| truth(id) + error(id)).collect();
        let right = set_right(&ids, &noted, 0.0).unwrap();
        for id in [100, 777, 1_500] {
            let time = right.of(id).unwrap();
            assert!((time - truth(id)).abs() < 1.0, "{id}: {time}");
        }
        assert!(right.own().windows(2).all(|pair| pair[0] <= pair[1]));
        let law = &right.clocks[0].values;
        assert!((law.before(0.0) - 0.5).abs() < 0.15, "{}", law.before(0.0));
        assert!(law.before(4.5) < 0.01 && law.before(-4.5) > 0.99);
    }

    #[test]
    fn ids_that_are_no_sequence_are_not_used() {
        let ids: Vec<u64> = (0..2_000).map(|at| at * 7_919 % 2_000).collect();
        let noted: Vec<f64> = (0..2_000).map(f64::from).collect();
        assert!(set_right(&ids, &noted, 0.0).is_none());
        assert!(set_right(&[1, 2], &[1.0, 2.0], 0.0).is_none());
    }

    #[test]
    fn falling_values_are_levelled() {
        assert_eq!(rising(&[1.0, 3.0, 2.0, 4.0]), [1.0, 2.5, 2.5, 4.0]);
        assert_eq!(rising(&[]), [0.0; 0]);
    }
}
