//! Counts over equal steps of time.

use charivari_model::Timestamp;

/// Steps that people read without thinking, in seconds: from one second to thirty days.
const STEPS: [i64; 20] = [
    1,
    5,
    10,
    30,
    60,
    300,
    600,
    1_800,
    3_600,
    2 * 3_600,
    3 * 3_600,
    6 * 3_600,
    12 * 3_600,
    86_400,
    2 * 86_400,
    5 * 86_400,
    7 * 86_400,
    10 * 86_400,
    14 * 86_400,
    30 * 86_400,
];

/// How often something happened in equal steps of time.
///
/// ```
/// use charivari_model::Timestamp;
/// use charivari_report::Histogram;
///
/// let times = [0, 20, 3_700].map(Timestamp::from_seconds);
/// let histogram = Histogram::of(times, 60).unwrap();
/// assert_eq!(histogram.step_s, 300);
/// assert_eq!(histogram.counts.len(), 13);
/// assert_eq!(histogram.counts.iter().sum::<u64>(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    /// Where the first step begins, in seconds since the epoch.
    pub start_s: i64,
    /// The length of a step in seconds, at least 1.
    pub step_s: i64,
    /// How often in each step.
    pub counts: Vec<u64>,
}

impl Histogram {
    /// Counts `times` in at most about `steps` steps of a length that people read easily.
    ///
    /// `None` where there are no times. Steps begin at multiples of their length in UTC.
    pub fn of(times: impl IntoIterator<Item = Timestamp>, steps: usize) -> Option<Self> {
        let seconds: Vec<i64> = times.into_iter().map(Timestamp::seconds).collect();
        let (first, last) = (*seconds.iter().min()?, *seconds.iter().max()?);
        Some(Self::within(first, last, &seconds, steps))
    }

    /// As [`Histogram::of`], over the whole of `period`, so that several can be compared.
    ///
    /// Times outside the period count in its first or last step.
    #[must_use]
    pub fn over(
        period: (Timestamp, Timestamp),
        times: impl IntoIterator<Item = Timestamp>,
        steps: usize,
    ) -> Self {
        let seconds: Vec<i64> = times.into_iter().map(Timestamp::seconds).collect();
        let (first, last) = (period.0.seconds(), period.1.seconds());
        Self::within(first.min(last), first.max(last), &seconds, steps)
    }

    fn within(first: i64, last: i64, seconds: &[i64], steps: usize) -> Self {
        let step = step_for(first, last, steps);
        let (low, high) = (first.div_euclid(step), last.div_euclid(step));
        let mut counts = vec![0_u64; usize::try_from(high - low).unwrap_or(0) + 1];
        let end = counts.len() - 1;
        for &second in seconds {
            let index = usize::try_from(second.div_euclid(step).saturating_sub(low)).unwrap_or(0);
            counts[index.min(end)] += 1;
        }
        Self { start_s: low.saturating_mul(step), step_s: step, counts }
    }

    /// The same counts in at most `most` longer steps.
    pub(crate) fn merged(&self, most: usize) -> Self {
        let factor = self.counts.len().div_ceil(most.max(1)).max(1);
        let counts = self
            .counts
            .chunks(factor)
            .map(|chunk| chunk.iter().fold(0_u64, |sum, count| sum.saturating_add(*count)))
            .collect();
        let step_s = self.step_s.max(1).saturating_mul(i64::try_from(factor).unwrap_or(1));
        Self { start_s: self.start_s, step_s, counts }
    }
}

/// The shortest readable step that needs no more than `steps` of them.
fn step_for(first: i64, last: i64, steps: usize) -> i64 {
    let span = i128::from(last) - i128::from(first) + 1;
    let wanted = i128::try_from(steps.clamp(1, 1_000)).unwrap_or(1);
    let enough =
        |step: i64| i128::from(last.div_euclid(step)) - i128::from(first.div_euclid(step)) < wanted;
    if let Some(&step) = STEPS.iter().find(|&&step| enough(step)) {
        return step;
    }
    let days = span.div_euclid(wanted).div_euclid(86_400) + 1;
    i64::try_from(days.saturating_mul(86_400)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_suit_the_span() {
        for (name, span_s, steps, expected) in [
            ("one instant", 0, 60, 1),
            ("a minute", 59, 60, 1),
            ("an hour", 3_600, 60, 300),
            ("a day", 86_400, 60, 1_800),
            ("a week", 7 * 86_400, 60, 3 * 3_600),
            ("ten years", 3_650 * 86_400, 60, 61 * 86_400),
        ] {
            assert_eq!(step_for(0, span_s, steps), expected, "{name}");
        }
    }

    #[test]
    fn every_time_is_counted_even_at_the_ends_of_the_range() {
        for times in [vec![i64::MIN, i64::MAX], vec![0], vec![-5, 5, 5, 1_000_000_000_000]] {
            let all = times.iter().map(|&t| Timestamp(t));
            let histogram = Histogram::of(all, 48).unwrap();
            assert_eq!(histogram.counts.iter().sum::<u64>(), times.len() as u64);
            assert!(histogram.counts.len() <= 50, "{}", histogram.counts.len());
        }
        assert_eq!(Histogram::of([], 10), None);
    }

    #[test]
    fn times_outside_the_period_are_not_lost() {
        let period = (Timestamp::from_seconds(0), Timestamp::from_seconds(100));
        let histogram = Histogram::over(period, [-50, 10, 900].map(Timestamp::from_seconds), 12);
        assert_eq!(histogram.counts.iter().sum::<u64>(), 3);
    }

    #[test]
    fn merging_keeps_the_sum() {
        let histogram = Histogram { start_s: 0, step_s: 60, counts: vec![1; 1_000] };
        let merged = histogram.merged(240);
        assert_eq!(merged.counts.len(), 200);
        assert_eq!(merged.counts.iter().sum::<u64>(), 1_000);
        assert_eq!(merged.step_s, 300);
    }
}
