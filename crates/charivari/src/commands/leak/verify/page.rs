//! The result on one page, for somebody who has to decide whether to print it.

use std::fmt::Write as _;

use charivari_leak::verification::{Count, Verification};
use charivari_text::show;

use crate::commands::notes::counted;

/// Lines are broken at this width.
const WIDTH: usize = 96;

/// The page.
pub(super) fn of(result: &Verification) -> String {
    let mut page = String::from("IS THE SAMPLE FROM THESE RECORDS?\n");
    paragraph(&mut page, &result.statement);
    if let Some(draw) = result.draw {
        let text =
            format!("{} rows were drawn from {} with seed {}.", draw.drawn, draw.of, draw.seed);
        paragraph(&mut page, &text);
    }
    columns(&mut page, result);
    if let Some(false_matches) = &result.false_matches {
        let text = format!(
            "Of {} invented rows {} were found; so the rate of false matches is at most {:.1} % (95 %).",
            false_matches.asked,
            false_matches.found,
            100.0 * false_matches.rate.high
        );
        paragraph(&mut page, &text);
    }
    ratios(&mut page, result);
    let parts = [
        ("WHEN DID THIS COPY EXIST?", result.snapshot.as_ref().map(|part| part.sentence.as_str())),
        ("HOW MANY ROWS WERE THERE?", result.volume.as_ref().map(|part| part.sentence.as_str())),
        ("WHICH COPY IS IT?", result.copy.as_ref().map(|part| part.sentence.as_str())),
    ];
    for (title, sentence) in parts {
        let _ = write!(page, "\n{title}\n");
        paragraph(&mut page, sentence.unwrap_or("Nothing in these files tells it"));
    }
    page.push_str("\nWHAT THIS DOES NOT SHOW\n");
    for limit in &result.limits {
        paragraph(&mut page, limit);
    }
    for left in &result.left_out {
        paragraph(
            &mut page,
            &format!("Not compared: {} ({}).", counted(left.rows, "row"), left.why),
        );
    }
    let _ = write!(
        page,
        "\nCompared with {} by {}.",
        counted(result.own_rows, "own row"),
        result.key.word()
    );
    page
}

fn columns(page: &mut String, result: &Verification) {
    if result.columns.is_empty() {
        return;
    }
    let _ = write!(
        page,
        "\nOn the rows that were found:\n  {:<24} {:>9} {:>9} {:>9} {:>9}\n",
        "column", "the same", "nearly", "other", "missing"
    );
    for column in &result.columns {
        let name = show::visible(&column.own);
        let _ = writeln!(
            page,
            "  {:<24} {:>9} {:>9} {:>9} {:>9}",
            show::shorten(&name, 24),
            said(column.agree),
            said(column.near),
            said(column.differ),
            said(column.absent)
        );
    }
}

fn said(count: Count) -> String {
    match count {
        Count::Exactly(count) => count.to_string(),
        Count::Under(few) => format!("under {few}"),
        Count::AtLeast(many) => format!("{many} or more"),
        Count::Withheld => "withheld".to_owned(),
    }
}

fn ratios(page: &mut String, result: &Verification) {
    for ratio in &result.ratios {
        let how = |value: f64| {
            if value >= 1.0 {
                format!("{value:.0} times better")
            } else {
                format!("{:.0} times worse", 1.0 / value)
            }
        };
        let cap = if ratio.is_capped { ", which is the most that is ever said" } else { "" };
        let text = format!(
            "That these records are the source explains the counts {} than {} does{cap} ({}); at worst {}.",
            how(ratio.value),
            ratio.against,
            ratio.sentence,
            how(ratio.at_worst)
        );
        paragraph(page, &text);
    }
}

/// Appends text in lines, with what comes from files made visible.
fn paragraph(page: &mut String, text: &str) {
    let text = show::visible(text);
    let mut line = 0;
    for word in text.split(' ') {
        let length = word.chars().count() + 1;
        if line > 0 && line + length > WIDTH {
            page.push('\n');
            line = 0;
        }
        page.push_str(if line == 0 { "  " } else { " " });
        page.push_str(word);
        line += length;
    }
    page.push('\n');
}
