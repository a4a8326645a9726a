//! Counts over time and over the hours of the day, as bars.

use charivari_model::Timestamp;

use crate::format;
use crate::histogram::Histogram;
use crate::limits;

use super::{open, push_escaped, px, ticks};

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 150.0;
/// Room for the counts on the left, and for the last label on the right.
const LEFT: f64 = 40.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 10.0;
const BASE: f64 = 108.0;

/// Draws counts over time as bars with a time axis in UTC.
///
/// `id` must be unique on the page and free of markup; `class` colours the bars, such as `g1`;
/// `title` says what is counted.
#[must_use]
pub fn timeline_svg(histogram: &Histogram, id: &str, class: &str, title: &str) -> String {
    let histogram = histogram.merged(limits::BARS);
    let step = histogram.step_s.max(1);
    let bars = i64::try_from(histogram.counts.len()).unwrap_or(i64::MAX);
    let end_s = histogram.start_s.saturating_add(step.saturating_mul(bars));
    let total = histogram.counts.iter().fold(0_u64, |sum, count| sum.saturating_add(*count));
    let told = format!(
        "{} in all, counted every {}, from {} to {} UTC.",
        format::number(total),
        format::span(step as f64),
        format::instant(Timestamp::from_seconds(histogram.start_s)),
        format::instant(Timestamp::from_seconds(end_s)),
    );
    let mut out = String::new();
    open(&mut out, id, &format!("bars {class}"), (WIDTH, HEIGHT), (title, &told));
    let greatest = push_counts(&mut out, &histogram.counts);
    push_bars(&mut out, &histogram.counts, greatest, |index| {
        let from = step.saturating_mul(i64::try_from(index).unwrap_or(i64::MAX));
        let at = Timestamp::from_seconds(histogram.start_s.saturating_add(from));
        format!("{} UTC, {}", format::instant(at), format::span(step as f64))
    });
    let span = (end_s as f64 - histogram.start_s as f64).max(1.0);
    for tick in ticks::time(histogram.start_s, end_s, 5) {
        let x =
            LEFT + (tick.at_s as f64 - histogram.start_s as f64) / span * (WIDTH - LEFT - RIGHT);
        push_mark(&mut out, x, &tick.label, tick.below.as_deref());
    }
    out.push_str("</svg>");
    out
}

/// Draws counts by the hour of the day in UTC as bars.
///
/// The arguments are those of [`timeline_svg`].
#[must_use]
pub fn hours_svg(hours: &[u64; 24], id: &str, class: &str, title: &str) -> String {
    let busiest = (0..24).rev().max_by_key(|&hour| hours[hour]).unwrap_or(0);
    let told = format!("Most in the hour from {busiest:02}:00 UTC: {}.", hours[busiest]);
    let mut out = String::new();
    open(&mut out, id, &format!("bars {class}"), (WIDTH, HEIGHT), (title, &told));
    let greatest = push_counts(&mut out, hours);
    push_bars(&mut out, hours, greatest, |hour| format!("{hour:02}:00 to {hour:02}:59 UTC"));
    for hour in [0, 6, 12, 18, 24] {
        let x = LEFT + f64::from(hour) / 24.0 * (WIDTH - LEFT - RIGHT);
        push_mark(&mut out, x, &format!("{hour:02}:00"), (hour == 0).then_some("UTC"));
    }
    out.push_str("</svg>");
    out
}

/// The lines and numbers of the count axis; returns the count at its top.
fn push_counts(out: &mut String, counts: &[u64]) -> u64 {
    let marks = ticks::counts(counts.iter().copied().max().unwrap_or(0));
    let greatest = marks.last().copied().unwrap_or(1).max(1);
    for mark in marks {
        let y = height_at(mark, greatest);
        let class = if mark == 0 { "axis" } else { "grid" };
        put!(
            out,
            "<path class=\"{class}\" d=\"M{} {}H{}\"/><text class=\"count\" x=\"{}\" y=\"{}\">",
            px(LEFT),
            px(y),
            px(WIDTH - RIGHT),
            px(LEFT - 7.0),
            px(y + 4.0)
        );
        out.push_str(&format::number(mark));
        out.push_str("</text>");
    }
    greatest
}

/// The bars that are not empty, each with its count for the pointer.
fn push_bars(out: &mut String, counts: &[u64], greatest: u64, name: impl Fn(usize) -> String) {
    let slot = (WIDTH - LEFT - RIGHT) / (counts.len().max(1) as f64);
    let gap = if slot > 5.0 { 1.5 } else { 0.3 };
    // A single bar over the whole width would look like a plane, not like a count.
    let width = (slot - gap).min(28.0);
    for (index, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let x = LEFT + slot * index as f64 + (slot - width) / 2.0;
        // A count of one among thousands must still be seen.
        let y = height_at(count, greatest).min(BASE - 1.0);
        put!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>",
            px(x),
            px(y),
            px(width.max(0.5)),
            px(BASE - y)
        );
        push_escaped(out, &format!("{}: {}", name(index), format::number(count)));
        out.push_str("</title></rect>");
    }
}

fn height_at(count: u64, greatest: u64) -> f64 {
    BASE - (BASE - TOP) * (count as f64 / greatest as f64)
}

/// A mark on the time axis, with its one or two lines of text.
fn push_mark(out: &mut String, x: f64, label: &str, below: Option<&str>) {
    let y = BASE + 17.0;
    put!(out, "<path class=\"axis\" d=\"M{} {}v4\"/>", px(x), px(BASE));
    // A label at either end would be cut by the edge if it stood in the middle of its mark.
    let anchor = if x > WIDTH - 24.0 { "end" } else { "mid" };
    let at = if anchor == "end" { x + RIGHT } else { x };
    put!(out, "<text class=\"{anchor}\" x=\"{}\" y=\"{}\">{label}</text>", px(at), px(y));
    if let Some(below) = below {
        let anchor = if x < LEFT + 24.0 { "start" } else { anchor };
        let at = if anchor == "start" { x - 17.0 } else { at };
        put!(
            out,
            "<text class=\"{anchor} below\" x=\"{}\" y=\"{}\">{below}</text>",
            px(at),
            px(y + 16.0)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_line_is_well_formed_and_counts_everything() {
        for (name, counts) in [
            ("none", vec![]),
            ("one", vec![3]),
            ("many", vec![1; 5_000]),
            ("huge", vec![u64::MAX; 2]),
        ] {
            let histogram = Histogram { start_s: 1_673_000_000, step_s: 60, counts };
            let svg = timeline_svg(&histogram, "t", "g1", "Posts");
            let mut reader = quick_xml::Reader::from_str(&svg);
            while reader.read_event().expect(name) != quick_xml::events::Event::Eof {}
            assert!(svg.matches("<rect").count() <= limits::BARS, "{name}");
        }
    }

    #[test]
    fn the_first_of_the_busiest_hours_is_told() {
        let mut hours = [0; 24];
        hours[9] = 4;
        hours[21] = 4;
        assert!(hours_svg(&hours, "h", "g1", "Hours").contains("from 09:00 UTC: 4."));
    }
}
