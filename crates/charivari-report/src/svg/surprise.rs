//! How surprising the pairs are, against what chance would make: both axes in powers of ten.

use crate::odds;
use crate::view::Surprise;

use super::{open, px};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 372.0;
const LEFT: f64 = 74.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 40.0;
const BASE: f64 = 306.0;
/// The least count that is drawn.
const FLOOR: f64 = 0.1;

/// Draws the accounts named at each p-value, and those that chance alone would name.
///
/// `stands` is the greatest p-value of an edge that stands.
pub(crate) fn surprise_svg(points: &[Surprise], stands: Option<f64>, id: &str) -> String {
    let drawn: Vec<&Surprise> =
        points.iter().filter(|point| point.p > 0.0 && point.p <= 1.0).collect();
    let sheet = Sheet::of(&drawn);
    let mut out = String::new();
    let title = "Accounts named at each p-value, against chance";
    open(&mut out, id, "bars surprise", (WIDTH, HEIGHT), (title, &told(&drawn)));
    sheet.push_axes(&mut out);
    if let Some(p) = stands.filter(|p| *p > 0.0) {
        let x = sheet.x(p);
        put!(out, "<path class=\"mark-line\" d=\"M{} {}V{}\"/>", px(x), px(TOP - 8.0), px(BASE));
        let label = "edges that stand →";
        put!(
            out,
            "<text class=\"start ink\" x=\"{}\" y=\"{}\">{label}</text>",
            px(x + 5.0),
            px(TOP + 3.0)
        );
    }
    let chance = drawn.iter().map(|point| (point.p, 2.0 * point.chance)).collect::<Vec<_>>();
    let found = drawn.iter().map(|point| (point.p, point.accounts as f64)).collect::<Vec<_>>();
    sheet.push_line(&mut out, "line chance", &chance);
    sheet.push_line(&mut out, "line found", &found);
    for (p, accounts) in found.iter().filter(|(_, accounts)| *accounts >= 1.0) {
        put!(
            out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"2.6\"/>",
            px(sheet.x(*p)),
            px(sheet.y(*accounts))
        );
    }
    out.push_str("</svg>");
    out
}

/// The ranges of both axes, in powers of ten.
struct Sheet {
    decades: f64,
    top: f64,
}

impl Sheet {
    fn of(points: &[&Surprise]) -> Self {
        let least = points.iter().map(|point| point.p).fold(1.0, f64::min);
        let greatest = points
            .iter()
            .flat_map(|point| [point.accounts as f64, 2.0 * point.chance])
            .filter(|count| count.is_finite())
            .fold(1.0, f64::max);
        Self {
            decades: (-least.log10()).ceil().clamp(1.0, 20.0),
            top: greatest.log10().ceil().clamp(1.0, 18.0),
        }
    }

    fn x(&self, p: f64) -> f64 {
        let share = (-p.clamp(f64::MIN_POSITIVE, 1.0).log10() / self.decades).clamp(0.0, 1.0);
        LEFT + (WIDTH - LEFT - RIGHT) * share
    }

    fn y(&self, count: f64) -> f64 {
        let low = FLOOR.log10();
        let share = (count.max(FLOOR).log10() - low) / (self.top - low);
        BASE - (BASE - TOP) * share.clamp(0.0, 1.0)
    }

    fn push_axes(&self, out: &mut String) {
        let far = self.x(odds::LEAST);
        if far < WIDTH - RIGHT - 1.0 {
            let (width, height) = (px(WIDTH - RIGHT - far), px(BASE - TOP));
            put!(
                out,
                "<rect class=\"beyond\" x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\"/>",
                px(far),
                px(TOP)
            );
            let x = px(f64::midpoint(far, WIDTH - RIGHT));
            put!(out, "<text x=\"{x}\" y=\"{}\">extrapolated</text>", px(BASE - 8.0));
        }
        let every = if self.top > 7.0 { 2 } else { 1 };
        for power in (-1..=self.top as i32).filter(|power| *power == -1 || power % every == 0) {
            let y = self.y(10_f64.powi(power));
            let class = if power == -1 { "axis" } else { "grid" };
            put!(
                out,
                "<path class=\"{class}\" d=\"M{} {}H{}\"/>",
                px(LEFT),
                px(y),
                px(WIDTH - RIGHT)
            );
            let label = if power < 0 { "0.1".to_owned() } else { odds::about(10_f64.powi(power)) };
            put!(
                out,
                "<text class=\"count\" x=\"{}\" y=\"{}\">{label}</text>",
                px(LEFT - 7.0),
                px(y + 4.0)
            );
        }
        for power in (0..=self.decades as i32).step_by(2) {
            let x = self.x(10_f64.powi(-power));
            put!(out, "<path class=\"axis\" d=\"M{} {}v4\"/>", px(x), px(BASE));
            put!(
                out,
                "<text x=\"{}\" y=\"{}\">{}</text>",
                px(x),
                px(BASE + 18.0),
                power_of_ten(power)
            );
        }
        let middle = px(f64::midpoint(LEFT, WIDTH - RIGHT));
        put!(
            out,
            "<text x=\"{middle}\" y=\"{}\">p-value of a pair: more surprising to the right</text>",
            px(HEIGHT - 14.0)
        );
        put!(
            out,
            "<text class=\"start\" x=\"6\" y=\"14\">accounts in pairs with this p-value or less</text>"
        );
    }

    /// A line through the counts that are not below the floor.
    fn push_line(&self, out: &mut String, class: &str, points: &[(f64, f64)]) {
        put!(out, "<path class=\"{class}\" d=\"");
        let kept = points.iter().filter(|(_, count)| *count >= FLOOR && count.is_finite());
        for (index, (p, count)) in kept.enumerate() {
            let (x, y) = (px(self.x(*p)), px(self.y(*count)));
            put!(out, "{}{x} {y}", if index == 0 { 'M' } else { 'L' });
        }
        out.push_str("\"/>");
    }
}

/// `1`, `1/100`, and beyond a thousand `10⁻⁴`, as people who need it write it.
fn power_of_ten(power: i32) -> String {
    if power == 0 {
        return "1".to_owned();
    }
    let digits = power.to_string();
    let raised = digits.chars().filter_map(|digit| {
        let digit = digit.to_digit(10)?;
        "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize)
    });
    format!("10⁻{}", raised.collect::<String>())
}

/// The numbers at a few p-values, for those who do not see the lines.
fn told(points: &[&Surprise]) -> String {
    let mut told = "Two lines on logarithmic axes. ".to_owned();
    for p in [1e-2, 1e-4, 1e-6] {
        let Some(point) = points.iter().find(|point| point.p <= p * 1.01) else { continue };
        put!(
            told,
            "At {} or less: {} accounts found, {} that chance would name. ",
            odds::odds(p),
            odds::about(point.accounts as f64),
            odds::expected(2.0 * point.chance)
        );
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_well_formed_whatever_it_holds() {
        let point = |p, accounts, chance| Surprise { p, pairs: accounts, accounts, chance };
        for (name, points, stands) in [
            ("none", vec![], None),
            ("one", vec![point(1.0, 5, 10.0)], Some(0.1)),
            ("far", vec![point(1.0, 50, 1e12), point(1e-300, 1, 1e-290)], Some(1e-200)),
            ("nonsense", vec![point(f64::NAN, 5, f64::NAN), point(-1.0, 0, -4.0)], Some(f64::NAN)),
        ] {
            let svg = surprise_svg(&points, stands, "s");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}: {svg}");
            let mut reader = quick_xml::Reader::from_str(&svg);
            while reader.read_event().expect(name) != quick_xml::events::Event::Eof {}
        }
    }

    #[test]
    fn powers_are_raised() {
        assert_eq!((power_of_ten(0).as_str(), power_of_ten(12).as_str()), ("1", "10⁻¹²"));
    }
}
