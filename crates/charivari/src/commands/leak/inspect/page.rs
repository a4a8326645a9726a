//! The page for people: for each table its columns, why they were judged so, and its signs. At most
//! 100 columns wide, readable without colour.

use std::fmt::Write as _;

use charivari_leak::inspect::{ColumnReport, Distinct, SignReport, Table, Unusual};
use charivari_text::show::{shorten, visible};

use super::document::{Document, Part};
use crate::commands::inspect::page::{grouped, plural};
use crate::term;

/// The widest line, in characters.
const WIDTH: usize = 100;

/// So many reasons are shown of a column; JSON has all.
const REASONS: usize = 3;

pub(super) fn write(document: &Document<'_>) -> String {
    let mut page = String::new();
    for part in &document.parts {
        of_part(&mut page, part);
    }
    for table in document.tables {
        of_table(&mut page, table);
    }
    if document.tables_left_out > 0 {
        wrapped(
            &mut page,
            "",
            0,
            &format!(
                "{} came after the most that are kept apart, and were not inspected.",
                plural(document.tables_left_out, "table", "tables")
            ),
        );
    }
    page
}

fn of_part(page: &mut String, part: &Part<'_>) {
    line(page, &shown(&part.name, 80));
    let encoding = part.encoding.map_or(String::new(), |name| format!(", {name}"));
    fact(page, "format", &format!("{}{encoding}, {} bytes", part.format, grouped(part.bytes)));
    fact(page, "SHA-256", part.sha256);
    fact(page, "rows", &grouped(part.rows));
    for aside in &part.set_aside {
        fact(
            page,
            "set aside",
            &format!("{} × {}: {}", grouped(aside.rows), aside.code, aside.what),
        );
    }
    if let Some(truncated) = &part.truncated {
        fact(page, "cut", truncated);
    }
    for (note, count) in &part.notes {
        fact(page, "note", &format!("{} × {note}", grouped(*count)));
    }
    page.push('\n');
}

fn of_table(page: &mut String, table: &Table) {
    let name = table
        .name
        .as_deref()
        .map_or_else(|| table.file.clone(), |name| format!("{}, table {name}", table.file));
    line(page, &shown(&name, 90));
    fact(
        page,
        "rows",
        &format!("{}, {} different", grouped(table.rows), count(table.distinct_rows)),
    );
    let closely = if table.sample_step == 1 {
        "all values, all rows closely".to_owned()
    } else {
        format!(
            "all values; {} closely, one in {}",
            plural(table.sampled_rows, "row", "rows"),
            grouped(table.sample_step)
        )
    };
    fact(page, "looked at", &closely);
    if table.names_hidden {
        fact(
            page,
            "names",
            "the names of the columns look like values of a row and are masked; was there a header?",
        );
    }
    if table.values_cut > 0 {
        fact(
            page,
            "cut",
            &format!(
                "{} looked at only in their beginning",
                plural(table.values_cut, "long value was", "long values were")
            ),
        );
    }
    page.push('\n');
    columns(page, &table.columns);
    page.push_str("\n  Why\n");
    for column in &table.columns {
        why(page, column);
    }
    signs(page, table);
    page.push('\n');
}

fn signs(page: &mut String, table: &Table) {
    page.push_str("\n  Signs\n");
    if table.signs.is_empty() {
        page.push_str("    none\n");
    }
    for unusual in [Unusual::Rare, Unusual::Uncommon, Unusual::Common] {
        for sign in table.signs.iter().filter(|sign| sign.unusual == unusual) {
            of_sign(page, sign);
        }
    }
}

fn columns(page: &mut String, columns: &[ColumnReport]) {
    let _ = writeln!(
        page,
        "  {:>3}  {:<24} {:<26} {:>6} {:>7} {:>13}  mask",
        "", "column", "kind", "fits", "filled", "different"
    );
    for column in columns {
        let kind = column.or.map_or_else(
            || column.kind.word().to_owned(),
            |or| format!("{} or {}?", column.kind.word(), or.word()),
        );
        let fill = column.fill;
        let all = fill.values + fill.nulls + fill.empty + fill.placeholders;
        let mask = column.masks.first().map_or("", |(mask, _)| mask.as_str());
        let text = format!(
            "  {:>3}  {:<24} {:<26} {:>6} {:>7} {:>13}  {}",
            column.number,
            shown(&column.name, 24),
            shorten(&kind, 26),
            percent(column.share),
            percent(fill.values as f64 / all.max(1) as f64),
            count(column.distinct),
            shorten(mask, 12),
        );
        let _ = writeln!(page, "{}", text.trim_end());
    }
}

fn why(page: &mut String, column: &ColumnReport) {
    let label = format!("{:>5}  ", column.number);
    let mut reasons: Vec<String> = column.reasons.iter().take(REASONS).cloned().collect();
    if column.reasons.len() > REASONS {
        reasons.push(format!("{} more in JSON", column.reasons.len() - REASONS));
    }
    wrapped(page, &label, 7, &format!("{}: {}", shown(&column.name, 40), reasons.join("; ")));
    let mut more: Vec<String> = column
        .checks
        .iter()
        .map(|check| {
            let sampled = if check.sampled { " of the sample" } else { "" };
            format!("{}: {} of {}{sampled}", check.check, grouped(check.passed), grouped(check.of))
        })
        .collect();
    more.extend(
        column.schemes.iter().map(|(scheme, count)| format!("{scheme}: {}", grouped(*count))),
    );
    more.extend(
        column
            .mentions
            .iter()
            .map(|(mention, count)| format!("{} mention {}", grouped(*count), mention.word())),
    );
    more.extend(column.language.iter().map(|code| format!("language {code}")));
    if !column.countries.is_empty() {
        let first: Vec<String> = column
            .countries
            .iter()
            .take(5)
            .map(|(code, count)| format!("{code} {}", grouped(*count)))
            .collect();
        more.push(format!("countries {}", first.join(", ")));
    }
    if !more.is_empty() {
        wrapped(page, "       ", 7, &more.join("; "));
    }
}

fn of_sign(page: &mut String, sign: &SignReport) {
    let columns: Vec<String> = sign.columns.iter().map(u32::to_string).collect();
    let place = match columns.len() {
        0 => String::new(),
        1 => format!(" (column {})", columns[0]),
        _ => format!(" (columns {})", columns.join(", ")),
    };
    let label = format!("    {:<10}", sign.unusual.word());
    wrapped(page, &label, 14, &format!("{}{place}: {}", sign.title, sign.statement));
    wrapped(page, "", 14, &format!("Usual: {}.", sign.usual));
    wrapped(page, "", 14, &format!("May be: {}", sign.innocent.join(" ")));
}

/// Text from the data, fit for one line.
fn shown(text: &str, width: usize) -> String {
    shorten(&visible(text), width).into_owned()
}

fn count(distinct: Distinct) -> String {
    if distinct.exact { grouped(distinct.count) } else { format!("~{}", grouped(distinct.count)) }
}

fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p <= 0.0 => "0 %".to_owned(),
        p if p >= 100.0 => "100 %".to_owned(),
        p if p > 99.0 => ">99 %".to_owned(),
        p if p < 1.0 => "<1 %".to_owned(),
        p => format!("{p:.0} %"),
    }
}

fn line(page: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(page, "{text}");
}

fn fact(page: &mut String, label: &str, text: &str) {
    wrapped(page, &format!("  {label:<12}"), 14, text);
}

fn wrapped(page: &mut String, label: &str, indent: usize, text: &str) {
    page.push_str(&term::wrapped(label, indent, text, WIDTH));
}
