//! What happened, was said, was found and was collected, as lanes over one axis of time.

use crate::format;

use super::axis::Axis;
use super::labels::text_width;
use super::{open, push_escaped, px};

const WIDTH: f64 = 1_160.0;
const LEFT: f64 = 118.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 12.0;
const ROW: f64 = 25.0;
const FONT: f64 = 14.0;
/// Rows of one lane; what does not fit into them has no place in the picture.
const ROWS: usize = 9;
/// Room between the lanes.
const GAP: f64 = 14.0;

/// One record on the time axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    /// The lane, as an index into their names.
    pub(crate) lane: usize,
    /// When it began, in seconds since the epoch.
    pub(crate) from_s: i64,
    /// When it ended.
    pub(crate) to_s: i64,
    /// Whether it lasted from one end to the other; otherwise it was at one moment between them.
    pub(crate) lasted: bool,
    /// What stands beside it, safe to look at.
    pub(crate) label: String,
}

/// The drawn lanes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lanes {
    pub(crate) svg: String,
    /// Marks for which there was no room.
    pub(crate) left_out: usize,
    /// Whether spans of time without a mark were cut out of the axis.
    pub(crate) is_broken: bool,
}

/// A mark with its place.
struct Placed<'a> {
    mark: &'a Mark,
    row: usize,
    ends: (f64, f64),
    /// Where the label stands, and whether it ends there.
    label: Option<(f64, bool)>,
}

/// Draws the marks of each lane in as many rows as they need.
pub(crate) fn lanes_svg(names: &[&str], marks: &[Mark], id: &str, title: &str) -> Lanes {
    let times: Vec<i64> = marks.iter().flat_map(|mark| [mark.from_s, mark.to_s]).collect();
    let axis = Axis::of(&times, LEFT, WIDTH - RIGHT);
    let (mut placed, mut left_out, mut used) = (Vec::new(), 0, Vec::new());
    for lane in 0..names.len() {
        let of_lane: Vec<&Mark> = marks.iter().filter(|mark| mark.lane == lane).collect();
        let (fit, rows) = place(&of_lane, &axis);
        left_out += of_lane.len() - fit.len();
        placed.push(fit);
        used.push(rows);
    }
    let heights: Vec<f64> = used.iter().map(|rows| (*rows).max(1) as f64 * ROW + GAP).collect();
    let base = TOP + heights.iter().sum::<f64>();
    let mut out = String::new();
    open(&mut out, id, "bars lanes", (WIDTH, base + 44.0), (title, &told(names, marks)));
    axis.draw(&mut out, TOP, base);
    let mut top = TOP;
    for ((lane, name), (fit, height)) in names.iter().enumerate().zip(placed.iter().zip(&heights)) {
        if lane > 0 {
            put!(out, "<path class=\"rule\" d=\"M0 {y}H{}\"/>", px(WIDTH), y = px(top));
        }
        put!(
            out,
            "<text class=\"lane\" x=\"0\" y=\"{}\">{name}</text>",
            px(top + GAP / 2.0 + 17.0)
        );
        put!(out, "<g class=\"g{}\">", lane + 1);
        for mark in fit {
            draw(&mut out, lane, mark, top + GAP / 2.0);
        }
        out.push_str("</g>");
        top += height;
    }
    out.push_str("</svg>");
    Lanes { svg: out, left_out, is_broken: axis.is_broken() }
}

/// Gives each mark the first row in which it and its label have room, and counts the rows.
fn place<'a>(marks: &[&'a Mark], axis: &Axis) -> (Vec<Placed<'a>>, usize) {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut fit = Vec::new();
    for &mark in marks {
        let (x0, x1) = (axis.at(mark.from_s), axis.at(mark.to_s));
        let wide = text_width(&mark.label, FONT) + 6.0;
        // Beside the mark, before it, or not at all.
        let mut spots = vec![(x0 - 8.0, x1 + 12.0 + wide, Some((x1 + 11.0, false)))];
        spots.push((x0 - 12.0 - wide, x1 + 8.0, Some((x0 - 11.0, true))));
        spots.retain(|spot| spot.0 >= LEFT - 8.0 && spot.1 <= WIDTH);
        spots.push((x0 - 8.0, x1 + 8.0, None));
        let found = spots.into_iter().find_map(|spot| Some((spot, room(&rows, spot.0, spot.1)?)));
        let Some(((from, to, label), row)) = found else { continue };
        if row == rows.len() {
            rows.push(Vec::new());
        }
        rows[row].push((from, to));
        fit.push(Placed { mark, row, ends: (x0, x1), label });
    }
    (fit, rows.len())
}

/// The first row with room between two places; a new one where that is allowed.
fn room(rows: &[Vec<(f64, f64)>], from: f64, to: f64) -> Option<usize> {
    let is_free = |row: &Vec<(f64, f64)>| row.iter().all(|taken| to < taken.0 || taken.1 < from);
    rows.iter().position(is_free).or_else(|| (rows.len() < ROWS).then_some(rows.len()))
}

/// One mark: a sign for a moment, a hollow bar for an uncertain one, a full bar for what lasted.
fn draw(out: &mut String, lane: usize, placed: &Placed, top: f64) {
    let y = top + placed.row as f64 * ROW + ROW / 2.0;
    let (x0, x1) = placed.ends;
    if x1 - x0 >= 7.0 {
        let class = if placed.mark.lasted { "span" } else { "unsure" };
        put!(
            out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"9\" rx=\"2\"/>",
            px(x0),
            px(y - 4.5),
            px(x1 - x0)
        );
    } else {
        let x = f64::midpoint(x0, x1);
        let (sign, attributes) = super::shape::mark(Some([4, 1, 3, 2][lane % 4]), x, y, 5.5);
        put!(out, "<{sign} class=\"sign\" {attributes}/>");
    }
    let Some((x, ends)) = placed.label else { return };
    let anchor = if ends { "end" } else { "start" };
    put!(out, "<text class=\"{anchor} ink\" x=\"{}\" y=\"{}\" ", px(x), px(y + 4.8));
    out.push_str("unicode-bidi=\"isolate\">");
    push_escaped(out, &placed.mark.label);
    out.push_str("</text>");
}

/// How much there is in each lane, for those who do not see it.
fn told(names: &[&str], marks: &[Mark]) -> String {
    let mut told = String::from("Lanes over one axis of time in UTC.");
    for (lane, name) in names.iter().enumerate() {
        let count = marks.iter().filter(|mark| mark.lane == lane).count() as u64;
        put!(told, " {name}: {}.", format::number(count));
    }
    told.push_str(" The list below says the same in words.");
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(lane: usize, from_s: i64, to_s: i64, label: &str) -> Mark {
        Mark { lane, from_s, to_s, lasted: lane == 2, label: label.to_owned() }
    }

    #[test]
    fn lanes_are_well_formed_and_nothing_lies_outside() {
        let many: Vec<Mark> =
            (0..400).map(|at| mark(1, 1_672_790_400 + at, 1_672_790_400 + at, "C1 said")).collect();
        for (name, marks) in [
            ("none", vec![]),
            ("one", vec![mark(0, 5, 5, "<V1> & \"more\"")]),
            ("far", vec![mark(0, i64::MIN, i64::MAX, "a"), mark(3, 0, 0, "b")]),
            ("crowded", many),
        ] {
            let lanes = lanes_svg(&["Events", "Claims", "Findings", "Collected"], &marks, "l", "t");
            let drawn = ["class=\"sign\"", "<rect"].map(|it| lanes.svg.matches(it).count());
            let drawn: usize = drawn.iter().sum();
            assert_eq!(drawn + lanes.left_out, marks.len(), "{name}: what is not drawn is counted");
            assert_eq!(lanes.left_out > 0, name == "crowded", "{name}");
            assert!(!lanes.svg.contains("NaN") && !lanes.svg.contains("inf"), "{name}");
            let mut reader = quick_xml::Reader::from_str(&lanes.svg);
            while reader.read_event().expect(name) != quick_xml::events::Event::Eof {}
        }
    }

    #[test]
    fn labels_do_not_cover_each_other() {
        let marks = [(0, "V1 first"), (10, "V2 next"), (1_000, "V3 the last of them")]
            .map(|(at, label)| mark(0, at, at, label));
        let axis = Axis::of(&[0, 250, 500, 750, 1_000], LEFT, WIDTH - RIGHT);
        let all: Vec<&Mark> = marks.iter().collect();
        let (fit, rows) = place(&all, &axis);
        assert_eq!(fit.iter().map(|it| it.row).collect::<Vec<_>>(), [0, 1, 0]);
        assert_eq!(rows, 2);
        assert!(fit[2].label.is_some_and(|(_, ends)| ends), "no room to the right of the last");
    }
}
