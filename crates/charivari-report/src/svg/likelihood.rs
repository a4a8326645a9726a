//! How probable each hypothesis is: the range of its word as a band, the number as a mark in it.

use charivari_model::Likelihood;

use super::{open, push_escaped, px};

const WIDTH: f64 = 900.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 200.0;
const TOP: f64 = 12.0;
const ROW: f64 = 40.0;

/// One hypothesis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    /// Its number in the case, such as `H1`.
    pub(crate) name: String,
    /// The word for it.
    pub(crate) likelihood: Likelihood,
    /// The number, from 0 to 1.
    pub(crate) probability: f64,
}

/// Draws the hypotheses in their order.
pub(crate) fn likelihood_svg(bars: &[Bar], id: &str) -> String {
    let base = TOP + bars.len() as f64 * ROW;
    let at = |percent: f64| LEFT + percent / 100.0 * (WIDTH - LEFT - RIGHT);
    let mut out = String::new();
    let size = (WIDTH, base + 30.0);
    open(&mut out, id, "bars likelihood", size, ("How probable each hypothesis is", &told(bars)));
    for percent in [0_u8, 20, 40, 60, 80, 100] {
        let x = px(at(f64::from(percent)));
        put!(out, "<path class=\"grid\" d=\"M{x} {}V{}\"/>", px(TOP), px(base));
        put!(out, "<text x=\"{x}\" y=\"{}\">{percent} %</text>", px(base + 20.0));
    }
    for (index, bar) in bars.iter().enumerate() {
        let y = TOP + (index as f64 + 0.5) * ROW;
        let (least, most) = bar.likelihood.range();
        let (from, to) = (at(f64::from(least)), at(f64::from(most)));
        put!(out, "<text class=\"start ink\" x=\"0\" y=\"{}\">", px(y + 5.0));
        push_escaped(&mut out, &bar.name);
        put!(
            out,
            "</text><rect class=\"band\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\" rx=\"3\"/>",
            px(from),
            px(y - 8.0),
            px(to - from)
        );
        if (0.0..=1.0).contains(&bar.probability) {
            let (sign, attributes) =
                super::shape::mark(Some(4), at(100.0 * bar.probability), y, 6.5);
            put!(out, "<{sign} class=\"sign\" {attributes}/>");
        }
        let word = bar.likelihood.word();
        put!(
            out,
            "<text class=\"start ink\" x=\"{}\" y=\"{}\">",
            px(at(100.0) + 22.0),
            px(y + 5.0)
        );
        put!(out, "{word}</text>");
    }
    out.push_str("</svg>");
    out
}

fn told(bars: &[Bar]) -> String {
    let mut told = String::from("A band for the range of each word, a mark for the number.");
    for bar in bars {
        let (least, most) = bar.likelihood.range();
        put!(told, " {}: {}, {least} to {most} %.", bar.name, bar.likelihood.word());
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_probability_has_no_mark() {
        let bar = |probability| Bar {
            name: "H1".to_owned(),
            likelihood: Likelihood::Likely,
            probability,
        };
        let svg = likelihood_svg(&[bar(0.7), bar(f64::NAN), bar(7.0)], "l");
        assert_eq!(svg.matches("class=\"sign\"").count(), 1);
        assert!(!svg.contains("NaN"));
        let mut reader = quick_xml::Reader::from_str(&svg);
        while reader.read_event().expect("markup") != quick_xml::events::Event::Eof {}
    }
}
