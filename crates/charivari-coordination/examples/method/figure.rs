//! The figures, as plain SVG.

use std::fmt::Write as _;

const HEAD: &str = "font-family=\"sans-serif\" font-size=\"12\"";

fn open(width: u32, height: u32, title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" {HEAD} role=\"img\"><title>{title}</title><rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    )
}

/// A line for each crowd: which share of the pairs has a p-value of at most p, against p.
pub(crate) fn p_values(curves: &[(String, Vec<(f64, f64)>)]) -> String {
    let mut svg = open(560, 440, "Share of honest pairs with a p-value of at most p, against p");
    let x = |p: f64| 80.0 + 440.0 * (p.log10() + 7.0) / 7.0;
    let y = |share: f64| 380.0 - 340.0 * (share.max(1e-9).log10() + 9.0) / 9.0;
    for power in 0..=7 {
        let p = 10_f64.powi(power - 7);
        let _ = writeln!(
            svg,
            "<line x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"40\" y2=\"380\" stroke=\"#ddd\"/><text x=\"{0:.1}\" y=\"398\" text-anchor=\"middle\">{p}</text>",
            x(p)
        );
    }
    for power in 0..=9 {
        let share = 10_f64.powi(power - 9);
        let _ = writeln!(
            svg,
            "<line x1=\"80\" x2=\"520\" y1=\"{0:.1}\" y2=\"{0:.1}\" stroke=\"#ddd\"/><text x=\"74\" y=\"{1:.1}\" text-anchor=\"end\">{share:e}</text>",
            y(share),
            y(share) + 4.0
        );
    }
    let _ = writeln!(
        svg,
        "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"#000\" stroke-width=\"1.5\"/><text x=\"100\" y=\"150\">line: uniform, what chance gives</text>",
        x(1e-7),
        y(1e-7),
        x(1.0),
        y(1.0)
    );
    for (number, (name, curve)) in curves.iter().enumerate() {
        let dash = ["none", "6 3", "2 3"][number % 3];
        let points: Vec<String> = curve
            .iter()
            .filter(|(_, share)| *share > 0.0)
            .map(|(p, share)| format!("{:.1},{:.1}", x(*p), y(*share)))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"#06c\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>",
            points.join(" ")
        );
        let at = 300 + 22 * number;
        let _ = writeln!(
            svg,
            "<line x1=\"310\" x2=\"345\" y1=\"{at}\" y2=\"{at}\" stroke=\"#06c\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/><text x=\"352\" y=\"{}\">{name}</text>",
            at + 4
        );
    }
    svg.push_str("<text x=\"300\" y=\"425\" text-anchor=\"middle\">p</text><text x=\"20\" y=\"24\">share of pairs with a p-value of at most p</text></svg>\n");
    svg
}

/// Two marks for each setting: how many of the planted are found, and how many of the named are.
pub(crate) fn shares(rows: &[(String, f64, f64)]) -> String {
    let height = 70 + 26 * rows.len() as u32;
    let mut svg = open(680, height, "Recall and precision of accounts under other settings");
    let x = |share: f64| 190.0 + 440.0 * share;
    for tenth in 0..=10 {
        let at = x(f64::from(tenth) / 10.0);
        let _ = writeln!(
            svg,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"40\" y2=\"{}\" stroke=\"#ddd\"/><text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{} %</text>",
            height - 26,
            height - 10,
            tenth * 10
        );
    }
    for (number, (name, recall, precision)) in rows.iter().enumerate() {
        let y = 54 + 26 * number as u32;
        let _ = writeln!(
            svg,
            "<text x=\"182\" y=\"{}\" text-anchor=\"end\">{name}</text><circle cx=\"{:.1}\" cy=\"{y}\" r=\"5\" fill=\"#06c\"/><path d=\"M{:.1} {}l5 9h-10z\" fill=\"none\" stroke=\"#c50\" stroke-width=\"2\"/>",
            y + 4,
            x(*recall),
            x(*precision),
            y - 5
        );
    }
    svg.push_str("<circle cx=\"196\" cy=\"20\" r=\"5\" fill=\"#06c\"/><text x=\"206\" y=\"24\">planted accounts that have a group</text><path d=\"M440 15l5 9h-10z\" fill=\"none\" stroke=\"#c50\" stroke-width=\"2\"/><text x=\"452\" y=\"24\">accounts with a group that are planted</text></svg>\n");
    svg
}
