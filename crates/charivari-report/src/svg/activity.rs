//! What groups posted over time, each on a row of its own under what everybody posted.

use charivari_model::Timestamp;

use crate::format;

use super::labels::text_width;
use super::{open, push_escaped, px, shape, ticks};

const WIDTH: f64 = 1_160.0;
const LEFT: f64 = 190.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 8.0;
const ROW: f64 = 58.0;
const HIGH: f64 = 42.0;
/// Steps of time over the whole width at most.
const STEPS: i64 = 300;
const HOUR: i64 = 3_600;

/// One row of counts by time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// What it is called, safe to look at.
    pub(crate) name: String,
    /// The number of its group; `None` for everybody.
    pub(crate) group: Option<u32>,
    /// Whether it is of publishers who openly post together.
    pub(crate) open: bool,
    /// How long one count covers, in seconds.
    pub(crate) step_s: i64,
    /// The first instant of each step with its count.
    pub(crate) counts: Vec<(Timestamp, u64)>,
}

/// Draws the rows over one axis of time in UTC.
pub(crate) fn activity_svg(rows: &[Row], id: &str, title: &str) -> String {
    let times = || rows.iter().flat_map(|row| &row.counts).map(|(time, _)| time.seconds());
    let (Some(first), Some(last)) = (times().min(), times().max()) else { return String::new() };
    let longest = rows.iter().map(|row| row.step_s).max().unwrap_or(HOUR);
    let last = last.saturating_add(longest);
    let step = step(first, last);
    let span = (last as f64 - first as f64).max(1.0);
    let at = |time: i64| LEFT + (time as f64 - first as f64) / span * (WIDTH - LEFT - RIGHT);
    let base = TOP + rows.len() as f64 * ROW;
    let mut out = String::new();
    open(&mut out, id, "bars activity", (WIDTH, base + 40.0), (title, &told(rows)));
    for tick in ticks::time(first, last, 9) {
        let x = at(tick.at_s);
        put!(out, "<path class=\"grid\" d=\"M{} {}V{}\"/>", px(x), px(TOP), px(base));
        put!(out, "<text x=\"{}\" y=\"{}\">{}</text>", px(x), px(base + 18.0), tick.label);
        if let Some(below) = tick.below {
            put!(out, "<text x=\"{}\" y=\"{}\">{below}</text>", px(x), px(base + 34.0));
        }
    }
    for (index, row) in rows.iter().enumerate() {
        let foot = TOP + index as f64 * ROW + ROW - 6.0;
        let counts = binned(row, step.max(row.step_s));
        draw(&mut out, row, &counts, foot, &at);
    }
    out.push_str("</svg>");
    out
}

/// The least round step of which there are few enough.
fn step(first: i64, last: i64) -> i64 {
    let span = last.saturating_sub(first);
    [1, 2, 3, 6, 12, 24, 48, 168, 720, 8_760]
        .into_iter()
        .map(|hours| hours * HOUR)
        .find(|step| span / step <= STEPS)
        .unwrap_or_else(|| span / STEPS + 1)
}

/// The counts of each step, with where it begins and how long it is.
fn binned(row: &Row, step: i64) -> Vec<(i64, i64, u64)> {
    let mut counts: Vec<(i64, i64, u64)> = Vec::new();
    let mut sorted = row.counts.clone();
    sorted.sort_unstable();
    for (time, count) in sorted {
        let start = time.seconds().div_euclid(step).saturating_mul(step);
        match counts.last_mut().filter(|last| last.0 == start) {
            Some(last) => last.2 = last.2.saturating_add(count),
            None => counts.push((start, step, count)),
        }
    }
    counts
}

/// One row: its mark and name, its greatest count, its bars.
fn draw(
    out: &mut String,
    row: &Row,
    counts: &[(i64, i64, u64)],
    foot: f64,
    at: &impl Fn(i64) -> f64,
) {
    let greatest = counts.iter().map(|it| it.2).max().unwrap_or(0).max(1);
    put!(out, "<g class=\"{}\">", shape::class(row.group));
    let middle = foot - HIGH / 2.0;
    if row.group.is_some() {
        let (sign, attributes) = shape::mark(row.group, 9.0, middle, 6.5);
        let open = if row.open { " open" } else { "" };
        put!(out, "<{sign} class=\"sign{open}\" {attributes}/>");
    }
    put!(out, "<text class=\"start ink\" x=\"24\" y=\"{}\" ", px(middle + 5.0));
    out.push_str("unicode-bidi=\"isolate\">");
    push_escaped(out, &row.name);
    out.push_str("</text>");
    let most = format::number(greatest);
    // Beside the top of the bars, where a name leaves room for it.
    let room = LEFT - 24.0 - text_width(&row.name, 14.0);
    let y = if room < 60.0 { foot - HIGH + 4.0 } else { middle + 5.0 };
    put!(out, "<text class=\"count\" x=\"{}\" y=\"{}\">{most}</text>", px(LEFT - 8.0), px(y));
    put!(out, "<path class=\"axis\" d=\"M{} {}H{}\"/>", px(LEFT), px(foot), px(WIDTH - RIGHT));
    out.push_str("<path class=\"fill\" d=\"");
    for (start, step, count) in counts.iter().filter(|it| it.2 > 0) {
        let high = (*count as f64 / greatest as f64 * HIGH).max(1.5);
        let from = at(*start).max(LEFT);
        let to = at(start.saturating_add(*step)).min(WIDTH - RIGHT);
        let wide = (to - from - 0.6).max(0.8);
        put!(out, "M{} {}v-{h}h{w}v{h}z", px(from), px(foot), h = px(high), w = px(wide));
    }
    out.push_str("\"/></g>");
}

fn told(rows: &[Row]) -> String {
    let mut told =
        String::from("Bars over one axis of time in UTC, each row on a scale of its own.");
    for row in rows {
        let total = row.counts.iter().fold(0_u64, |sum, it| sum.saturating_add(it.1));
        put!(told, " {}: {} in all.", row.name, format::count(total, "post", "posts"));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_well_formed_and_every_post_counts() {
        let row = |name: &str, step_s, counts: Vec<(i64, u64)>| Row {
            name: name.to_owned(),
            step_s,
            counts: counts.into_iter().map(|it| (Timestamp::from_seconds(it.0), it.1)).collect(),
            ..Row::default()
        };
        let far = row("far", HOUR, vec![(0, 1), (4_000_000_000, u64::MAX)]);
        assert_eq!(binned(&row("r", HOUR, vec![(0, 1), (10, 2), (HOUR, 4)]), HOUR).len(), 2);
        for rows in [vec![], vec![row("<&>", HOUR, vec![])], vec![far]] {
            let svg = activity_svg(&rows, "a", "Activity");
            assert!(!svg.contains("NaN"), "{svg}");
            let mut reader = quick_xml::Reader::from_str(&svg);
            while reader.read_event().expect("markup") != quick_xml::events::Event::Eof {}
        }
    }
}
