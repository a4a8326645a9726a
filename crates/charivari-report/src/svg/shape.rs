//! The mark of a group: a colour and a shape, so that neither has to be seen alone.

use super::px;

/// Colours before they repeat; `charts.css` holds them as `--g1` to `--g8`.
pub(crate) const COLOURS: u32 = 8;

/// Shapes before they repeat. Seven and eight have no common factor: 56 marks differ.
const SHAPES: u32 = 7;

/// The class of a group's colour; `g0` is for no group.
pub(crate) fn class(group: Option<u32>) -> String {
    match group {
        Some(number) if number > 0 => format!("g{}", (number - 1) % COLOURS + 1),
        _ => "g0".to_owned(),
    }
}

/// The mark of a group at a place, without its closing bracket's content: an element's opening.
///
/// Returns the element's name and its attributes. Shapes of one radius cover about one area.
pub(crate) fn mark(group: Option<u32>, x: f64, y: f64, r: f64) -> (&'static str, String) {
    let shape = match group {
        Some(number) if number > 0 => (number - 1) % SHAPES,
        _ => 0,
    };
    let polygon = |points: &[(f64, f64)], scale: f64| {
        let mut d = String::new();
        for (index, (dx, dy)) in points.iter().enumerate() {
            d.push(if index == 0 { 'M' } else { 'L' });
            d.push_str(&px(x + dx * r * scale));
            d.push(' ');
            d.push_str(&px(y + dy * r * scale));
        }
        ("path", format!("d=\"{d}Z\""))
    };
    match shape {
        1 => polygon(&[(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)], 0.88),
        2 => polygon(&[(0.0, -1.1), (1.0, 0.7), (-1.0, 0.7)], 1.25),
        3 => polygon(&[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)], 1.25),
        4 => polygon(&[(0.0, 1.1), (1.0, -0.7), (-1.0, -0.7)], 1.25),
        5 => polygon(
            &[(-1.0, 0.0), (-0.5, -0.87), (0.5, -0.87), (1.0, 0.0), (0.5, 0.87), (-0.5, 0.87)],
            1.12,
        ),
        6 => polygon(&PLUS, 1.15),
        _ => ("circle", format!("cx=\"{}\" cy=\"{}\" r=\"{}\"", px(x), px(y), px(r))),
    }
}

/// A plus sign around the origin.
const PLUS: [(f64, f64); 12] = [
    (-0.38, -1.0),
    (0.38, -1.0),
    (0.38, -0.38),
    (1.0, -0.38),
    (1.0, 0.38),
    (0.38, 0.38),
    (0.38, 1.0),
    (-0.38, 1.0),
    (-0.38, 0.38),
    (-1.0, 0.38),
    (-1.0, -0.38),
    (-0.38, -0.38),
];

/// A group's mark as a small picture of its own, for headings and legends; not read aloud. That of
/// publishers who openly post together is hollow.
pub(crate) fn badge(group: Option<u32>, open: bool) -> String {
    let (name, attributes) = mark(group, 10.0, 10.0, 7.0);
    let open = if open { " open" } else { "" };
    format!(
        "<svg class=\"badge {}{open}\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><{name} {attributes}/></svg>",
        class(group)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_fifty_six_groups_have_different_marks() {
        let mut marks: Vec<_> = (1..=56)
            .map(|number| (class(Some(number)), mark(Some(number), 0.0, 0.0, 5.0)))
            .collect();
        marks.sort();
        marks.dedup();
        assert_eq!(marks.len(), 56);
    }

    #[test]
    fn group_zero_is_no_group() {
        assert_eq!(class(Some(0)), "g0");
        assert_eq!(class(None), "g0");
        assert_eq!(class(Some(u32::MAX)), "g7");
    }
}
