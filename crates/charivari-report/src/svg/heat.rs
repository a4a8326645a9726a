//! The hours of a week as squares: the larger the square, the more accounts were active.
//!
//! Size tells what colour alone would not, so that it can be read in print and without colours.

use crate::format;
use crate::view::Rhythm;

use super::{open, px};

const CELL: f64 = 15.0;
const LEFT: f64 = 38.0;
const TOP: f64 = 6.0;
const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Draws the week; the arguments are those of [`super::timeline::timeline_svg`].
pub(crate) fn heat_svg(rhythm: &Rhythm, id: &str, class: &str, title: &str) -> String {
    let hours = rhythm.heat.map(|day| day.map(u64::from));
    week_svg(&hours, "more accounts were active in it", id, class, title)
}

/// As [`heat_svg`], for any counts; `larger` says what a larger square stands for.
pub(crate) fn week_svg(
    heat: &[[u64; 24]; 7],
    larger: &str,
    id: &str,
    class: &str,
    title: &str,
) -> String {
    let (width, height) = (LEFT + 24.0 * CELL + 16.0, TOP + 7.0 * CELL + 36.0);
    let greatest = heat.iter().flatten().copied().max().unwrap_or(0);
    let mut out = String::new();
    let told = told(heat, larger);
    open(&mut out, id, &format!("bars heat {class}"), (width, height), (title, &told));
    for (day, name) in DAYS.iter().enumerate() {
        let middle = TOP + (day as f64 + 0.5) * CELL;
        put!(out, "<path class=\"grid\" d=\"M{} {}h{}\"/>", px(LEFT), px(middle), px(24.0 * CELL));
        let (x, y) = (px(LEFT - 7.0), px(middle + 4.0));
        put!(out, "<text class=\"count\" x=\"{x}\" y=\"{y}\">{}</text>", &name[..3]);
    }
    out.push_str("<path class=\"squares\" d=\"");
    for (day, hours) in heat.iter().enumerate() {
        for (hour, count) in hours.iter().enumerate().filter(|(_, count)| **count > 0) {
            // The area is the measure; the least can still be seen.
            let share = (*count as f64 / greatest.max(1) as f64).sqrt();
            let side = (share * (CELL - 1.0)).max(2.0);
            let x = LEFT + (hour as f64 + 0.5) * CELL - side / 2.0;
            let y = TOP + (day as f64 + 0.5) * CELL - side / 2.0;
            let s = px(side);
            put!(out, "M{} {}h{s}v{s}h-{s}z", px(x), px(y));
        }
    }
    out.push_str("\"/>");
    let base = TOP + 7.0 * CELL + 2.0;
    for hour in [0, 6, 12, 18, 24] {
        let x = LEFT + f64::from(hour) * CELL;
        put!(out, "<path class=\"axis\" d=\"M{} {}v4\"/>", px(x), px(base));
        let label = if hour == 0 { "00 UTC".to_owned() } else { format!("{hour:02}") };
        put!(out, "<text x=\"{}\" y=\"{}\">{label}</text>", px(x), px(base + 17.0));
    }
    out.push_str("</svg>");
    out
}

/// The busiest hour and how many are silent, for those who do not see it.
fn told(heat: &[[u64; 24]; 7], larger: &str) -> String {
    let hours = || {
        (heat.iter().enumerate())
            .flat_map(|(day, hours)| hours.iter().enumerate().map(move |(h, n)| (day, h, *n)))
    };
    let silent = hours().filter(|(.., count)| *count == 0).count() as u64;
    // The first of equals.
    let busiest = hours().reduce(|best, next| if next.2 > best.2 { next } else { best });
    let (day, hour, count) = busiest.unwrap_or_default();
    format!(
        "A square for each hour of the week in UTC, the larger the {larger}. \
         Busiest: {} from {hour:02}:00, {} counted. Silent: {} of 168 hours.",
        DAYS[day],
        format::number(count),
        format::number(silent),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_is_well_formed_and_its_first_busiest_hour_is_told() {
        let mut rhythm = Rhythm::default();
        for (name, day, hour, count) in
            [("none", 0, 0, 0), ("one", 2, 9, 4), ("huge", 6, 23, u32::MAX)]
        {
            rhythm.heat[day][hour] = count;
            let svg = heat_svg(&rhythm, "h", "g1", "Hours");
            let mut reader = quick_xml::Reader::from_str(&svg);
            while reader.read_event().expect(name) != quick_xml::events::Event::Eof {}
        }
        rhythm.heat[6][23] = 4;
        let heat = rhythm.heat.map(|day| day.map(u64::from));
        assert!(
            told(&heat, "more").contains("Busiest: Wednesday from 09:00, 4 counted. Silent: 166")
        );
    }
}
