//! Charts as SVG: our own code, so that a page needs no script to draw them.

/// Writes formatted text to the end of a string, which cannot fail.
macro_rules! put {
    ($out:expr, $($text:tt)*) => {{
        use std::fmt::Write as _;
        _ = write!($out, $($text)*);
    }};
}

pub(crate) mod activity;
pub(crate) mod axis;
pub(crate) mod heat;
pub(crate) mod hull;
pub(crate) mod labels;
pub(crate) mod lanes;
pub(crate) mod likelihood;
pub(crate) mod matrix;
pub(crate) mod mosaic;
pub(crate) mod network;
pub(crate) mod places;
pub(crate) mod power;
pub(crate) mod scale;
pub(crate) mod shape;
pub(crate) mod surprise;
pub(crate) mod ticks;
pub(crate) mod timeline;

/// The colours of groups and of the charts' lines, for light and dark.
pub(crate) const STYLE: &str = include_str!("../../templates/charts.css");

/// Writes `text` with the five characters of markup escaped.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

/// A length with one digit after the point at most.
pub(crate) fn px(value: f64) -> String {
    let shown = format!("{value:.1}");
    let short = shown.strip_suffix(".0").unwrap_or(&shown);
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Opens an image with its name and its description for those who do not see it.
///
/// `id` must be unique on the page; it has no characters of markup.
pub(crate) fn open(out: &mut String, id: &str, class: &str, size: (f64, f64), told: (&str, &str)) {
    out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" class=\"");
    out.push_str(class);
    out.push_str("\" viewBox=\"0 0 ");
    out.push_str(&px(size.0));
    out.push(' ');
    out.push_str(&px(size.1));
    out.push_str("\" aria-labelledby=\"");
    put!(out, "{id}-title {id}-desc\"><title id=\"{id}-title\">");
    push_escaped(out, told.0);
    put!(out, "</title><desc id=\"{id}-desc\">");
    push_escaped(out, told.1);
    out.push_str("</desc>");
}
