//! An axis of time that leaves out the long stretches in which nothing is.

use charivari_model::Timestamp;

use crate::format;

use super::{px, ticks};

/// A stretch without any mark is cut out where it is longer than this share of what is left.
const EMPTY: f64 = 0.3;
/// Cuts at most: with more, the axis would be hard to read.
const CUTS: usize = 4;
/// The width of a cut.
const CUT: f64 = 34.0;
/// The least width of what lies between two cuts.
const LEAST: f64 = 96.0;
/// Room for one label.
const LABEL: f64 = 92.0;

/// A part of the axis on which time runs evenly.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Part {
    from_s: i64,
    to_s: i64,
    left: f64,
    right: f64,
}

/// An axis made of such parts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    parts: Vec<Part>,
}

impl Axis {
    /// The axis that shows all of `times` between two places.
    pub(crate) fn of(times: &[i64], left: f64, right: f64) -> Self {
        let mut sorted = times.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let spans = spans(&sorted);
        let total: f64 = spans.iter().map(|(from, to)| length(*from, *to)).sum();
        let count = spans.len().max(1) as f64;
        let free = (right - left - CUT * (count - 1.0) - LEAST * count).max(0.0);
        let mut parts = Vec::new();
        let mut at = left;
        for (from_s, to_s) in spans {
            let share = if total > 0.0 { length(from_s, to_s) / total } else { 1.0 / count };
            let width = LEAST + free * share;
            parts.push(Part { from_s, to_s, left: at, right: at + width });
            at += width + CUT;
        }
        Self { parts }
    }

    /// Whether stretches were cut out.
    pub(crate) fn is_broken(&self) -> bool {
        self.parts.len() > 1
    }

    /// The place of an instant.
    pub(crate) fn at(&self, time_s: i64) -> f64 {
        let after = self.parts.iter().find(|part| time_s <= part.to_s).or(self.parts.last());
        let Some(part) = after else { return 0.0 };
        // Room at both ends keeps marks off the cuts.
        let (left, right) = (part.left + 10.0, part.right - 10.0);
        let span = length(part.from_s, part.to_s);
        if span <= 0.0 {
            return f64::midpoint(left, right);
        }
        left + (length(part.from_s, time_s) / span).clamp(0.0, 1.0) * (right - left)
    }

    /// Draws the lines and the labels under `base`.
    pub(crate) fn draw(&self, out: &mut String, top: f64, base: f64) {
        for (index, part) in self.parts.iter().enumerate() {
            put!(
                out,
                "<path class=\"axis\" d=\"M{} {}H{}\"/>",
                px(part.left),
                px(base),
                px(part.right)
            );
            if index > 0 {
                let x = part.left - CUT / 2.0;
                put!(
                    out,
                    "<path class=\"cut\" d=\"M{} {}v{}M{} {}v{}\"/>",
                    px(x - 3.0),
                    px(top),
                    px(base - top + 6.0),
                    px(x + 3.0),
                    px(top),
                    px(base - top + 6.0)
                );
            }
            // A day that is told under a mark for which there is no room moves to the next.
            let (mut free_from, mut below) = (part.left - 20.0, None);
            for tick in Self::marks(part) {
                let x = self.at(tick.at_s);
                put!(out, "<path class=\"grid\" d=\"M{x} {}V{}\"/>", px(top), px(base), x = px(x));
                put!(out, "<path class=\"axis\" d=\"M{} {}v5\"/>", px(x), px(base));
                below = tick.below.or(below);
                if x - LABEL / 2.0 < free_from {
                    continue;
                }
                free_from = x + LABEL / 2.0;
                put!(out, "<text x=\"{}\" y=\"{}\">{}</text>", px(x), px(base + 20.0), tick.label);
                if let Some(below) = below.take() {
                    put!(out, "<text x=\"{}\" y=\"{}\">{below}</text>", px(x), px(base + 36.0));
                }
            }
        }
    }

    /// The marks of a part; a single instant is marked with its day.
    fn marks(part: &Part) -> Vec<ticks::Tick> {
        let most = ((part.right - part.left) / LABEL).max(1.0);
        // A handful at most, so that the cast cannot lose anything.
        #[allow(clippy::cast_sign_loss, reason = "a width is positive")]
        let marks = ticks::time(part.from_s, part.to_s, most as usize);
        if length(part.from_s, part.to_s) > 0.0 && !marks.is_empty() {
            return marks;
        }
        let middle = part.from_s.saturating_add(part.to_s.saturating_sub(part.from_s) / 2);
        let Some(at) = format::civil(Timestamp::from_seconds(middle)) else { return Vec::new() };
        vec![ticks::Tick {
            at_s: middle,
            label: at.strftime("%-d %b").to_string(),
            below: Some(at.strftime("%Y").to_string()),
        }]
    }
}

/// The stretches between the longest gaps, which are cut out one after the other while each is a large
/// part of what is left.
fn spans(sorted: &[i64]) -> Vec<(i64, i64)> {
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let mut gaps: Vec<(i64, i64)> = sorted.windows(2).map(|pair| (pair[0], pair[1])).collect();
    gaps.sort_by(|a, b| length(b.0, b.1).total_cmp(&length(a.0, a.1)).then(a.cmp(b)));
    let mut rest = length(*first, *last);
    let mut cuts: Vec<(i64, i64)> = Vec::new();
    let mut others = gaps.len();
    for gap in gaps.into_iter().take(CUTS) {
        let (long, before) = (length(gap.0, gap.1), rest);
        others -= 1;
        rest -= long;
        // Of instants that lie evenly apart, no distance is emptier than another.
        if others == 0 || long <= EMPTY * before || long <= 2.0 * rest / others as f64 {
            break;
        }
        cuts.push(gap);
    }
    cuts.sort_unstable();
    let mut spans = vec![(*first, *last)];
    for (before, after) in cuts {
        if let Some(span) = spans.last_mut() {
            span.1 = before;
        }
        spans.push((after, *last));
    }
    spans
}

fn length(from: i64, to: i64) -> f64 {
    to as f64 - from as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    #[test]
    fn a_long_empty_stretch_is_cut_out_and_the_order_stays() {
        let times: Vec<i64> = [0, 700, 701, 705, 720].map(|day| day * DAY).into();
        let axis = Axis::of(&times, 100.0, 1_100.0);
        assert!(axis.is_broken());
        let places: Vec<f64> = times.iter().map(|time| axis.at(*time)).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        assert!(places.iter().all(|x| (100.0..=1_100.0).contains(x)), "{places:?}");
        assert!(places[4] - places[1] > 500.0, "what lies close together has room now");
    }

    #[test]
    fn an_even_run_of_time_stays_whole() {
        for times in [vec![], vec![5], vec![0, 10], vec![0, 10, 20, 30, 40, 50, 60]] {
            assert!(!Axis::of(&times, 0.0, 100.0).is_broken(), "{times:?}");
        }
    }
}
