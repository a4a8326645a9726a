//! What a run could have found: the share of planted groups that were found, by what they did.

use crate::format;
use crate::view::Curve;

use super::{open, px, shape};

const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 226.0;
const LEFT: f64 = 48.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 12.0;
const BASE: f64 = 172.0;

/// Draws the curves of one spread: a line for each size of group, each with a mark of its own.
///
/// The numbers of objects stand side by side at equal distances.
pub(crate) fn power_svg(curves: &[&Curve], id: &str, title: &str) -> String {
    let mut objects: Vec<u32> =
        curves.iter().flat_map(|curve| curve.points.iter().map(|point| point.0)).collect();
    objects.sort_unstable();
    objects.dedup();
    let mut out = String::new();
    open(&mut out, id, "bars power", (WIDTH, HEIGHT), (title, &told(curves)));
    for share in [0, 20, 40, 60, 80, 100] {
        let y = px(height_at(f64::from(share) / 100.0));
        let class = match share {
            0 => "axis",
            80 => "mark-line",
            _ => "grid",
        };
        put!(out, "<path class=\"{class}\" d=\"M{} {y}H{}\"/>", px(LEFT), px(WIDTH - RIGHT));
        let below = px(height_at(f64::from(share) / 100.0) + 4.0);
        put!(out, "<text class=\"count\" x=\"{}\" y=\"{below}\">{share} %</text>", px(LEFT - 7.0));
    }
    for (place, count) in objects.iter().enumerate() {
        let x = px(place_at(place, objects.len()));
        put!(out, "<text x=\"{x}\" y=\"{}\">{count}</text>", px(BASE + 18.0));
    }
    let middle = px(f64::midpoint(LEFT, WIDTH - RIGHT));
    put!(out, "<text x=\"{middle}\" y=\"{}\">objects they met on</text>", px(BASE + 40.0));
    for (number, curve) in (1..).zip(curves) {
        push_curve(&mut out, curve, &objects, number);
    }
    out.push_str("</svg>");
    out
}

fn push_curve(out: &mut String, curve: &Curve, objects: &[u32], number: u32) {
    let class = shape::class(Some(number));
    let places: Vec<(f64, f64)> = (curve.points.iter())
        .filter(|(_, planted, _)| *planted > 0)
        .filter_map(|(count, planted, found)| {
            let place = objects.binary_search(count).ok()?;
            let share = f64::from(*found) / f64::from(*planted);
            Some((place_at(place, objects.len()), height_at(share.min(1.0))))
        })
        .collect();
    put!(out, "<g class=\"curve {class}\"><path class=\"line d{number}\" d=\"");
    for (index, (x, y)) in places.iter().enumerate() {
        put!(out, "{}{} {}", if index == 0 { 'M' } else { 'L' }, px(*x), px(*y));
    }
    out.push_str("\"/>");
    for (x, y) in places {
        let (name, attributes) = shape::mark(Some(number), x, y, 4.4);
        put!(out, "<{name} {attributes}/>");
    }
    out.push_str("</g>");
}

fn place_at(place: usize, of: usize) -> f64 {
    let step = (WIDTH - LEFT - RIGHT - 24.0) / (of.saturating_sub(1).max(1) as f64);
    LEFT + 12.0 + step * place as f64
}

fn height_at(share: f64) -> f64 {
    BASE - (BASE - TOP) * share
}

/// Each curve in words.
fn told(curves: &[&Curve]) -> String {
    let mut told = String::new();
    for curve in curves {
        put!(told, "Groups of {}: ", format::number(curve.accounts.into()));
        let points = curve.points.iter().map(|(objects, planted, found)| {
            format!(
                "{found} of {planted} found on {}",
                format::count((*objects).into(), "object", "objects")
            )
        });
        told.push_str(&points.collect::<Vec<_>>().join(", "));
        told.push_str(". ");
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_well_formed_whatever_they_hold() {
        for (name, points) in [
            ("none", vec![]),
            ("one", vec![(2, 10, 10)]),
            ("never planted", vec![(2, 0, 0), (4, 5, 9)]),
            ("many", (2..40).map(|objects| (objects, 10, objects % 11)).collect()),
        ] {
            let curve = Curve { accounts: 5, spread_s: 60, points, fewest: None };
            let svg = power_svg(&[&curve, &curve], "p", "Found");
            let mut reader = quick_xml::Reader::from_str(&svg);
            while reader.read_event().expect(name) != quick_xml::events::Event::Eof {}
        }
    }
}
