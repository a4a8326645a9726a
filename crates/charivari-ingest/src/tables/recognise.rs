//! Which kind of text a part is, decided from its beginning.

use super::report::TableFormat;

/// Statements that dumps have at the beginning of a line.
const STATEMENTS: [&str; 11] = [
    "insert [",
    "set identity_insert ",
    "insert into ",
    "insert ignore into ",
    "insert or ",
    "replace into ",
    "create table ",
    "copy ",
    "pragma foreign_keys",
    "-- mysql dump",
    "-- postgresql database dump",
];

/// The kind of text that begins with `head`; `whole` says whether that is all of it.
///
/// Nothing where it is no text at all.
pub(crate) fn recognise(head: &str, whole: bool) -> Option<TableFormat> {
    let start = head.trim_start();
    if start.starts_with(['{', '[']) && looks_like_json(start) {
        return Some(json(start, whole));
    }
    if head.lines().any(is_statement) {
        return Some(TableFormat::Sql);
    }
    is_text(head).then_some(TableFormat::Delimited)
}

/// Whether a line begins a statement that only dumps have.
fn is_statement(line: &str) -> bool {
    let line = line.trim_start();
    STATEMENTS.iter().any(|statement| {
        let begins =
            line.get(..statement.len()).is_some_and(|start| start.eq_ignore_ascii_case(statement));
        begins && (*statement != "copy " || line.to_ascii_lowercase().contains(" from stdin"))
    })
}

/// Whether what follows the first bracket can be JSON.
fn looks_like_json(start: &str) -> bool {
    let (open, rest) = start.split_at(1);
    let next = rest.trim_start().chars().next();
    if open == "{" {
        matches!(next, Some('"' | '}') | None)
    } else {
        matches!(next, Some('{' | '[' | ']' | '"' | '-' | '0'..='9' | 't' | 'f' | 'n') | None)
    }
}

/// Records one a line, or records in arrays.
fn json(start: &str, whole: bool) -> TableFormat {
    if start.starts_with('[') {
        return TableFormat::Json;
    }
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    let is_value = serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok();
    // A document on one line holds its records in arrays; a record has at most short ones.
    let is_alone = whole && rest.trim().is_empty() && has_records(first);
    if is_value && !is_alone || !has_records(start) {
        TableFormat::JsonLines
    } else {
        TableFormat::Json
    }
}

/// Whether the first record stands on a line of its own.
pub(crate) fn is_by_line(head: &str) -> bool {
    let first = head.trim_start().lines().next().unwrap_or_default();
    serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok()
}

/// Whether an array of objects or of arrays stands in the text.
fn has_records(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        rest = &rest[at + 1..];
        if rest.trim_start().starts_with(['{', '[']) {
            return true;
        }
    }
    false
}

/// Whether hardly any character is one that text does not have.
fn is_text(head: &str) -> bool {
    let strange = |c: &char| {
        c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\0' | '\u{c}' | '\u{1a}' | '\u{1b}')
            || *c == '\u{fffd}'
    };
    let (mut all, mut odd, mut zeros) = (0_usize, 0_usize, 0_usize);
    for c in head.chars() {
        all += 1;
        odd += usize::from(strange(&c));
        zeros += usize::from(c == '\0');
    }
    all > 0 && odd * 50 <= all && zeros * 5 <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_told_by_content() {
        for (name, head, expected) in [
            ("table", "a,b\n1,2\n", Some(TableFormat::Delimited)),
            ("array", "[{\"a\":1}]", Some(TableFormat::Json)),
            ("lines", "{\"a\":1}\n{\"a\":2}\n", Some(TableFormat::JsonLines)),
            ("one record", "{\"a\":1}", Some(TableFormat::JsonLines)),
            ("document", "{\"n\":2,\"list\":[{\"a\":1}]}", Some(TableFormat::Json)),
            ("pretty document", "{\n \"list\": [\n  {\"a\":1}\n ]\n}", Some(TableFormat::Json)),
            ("pretty record", "{\n \"a\": 1\n}\n", Some(TableFormat::JsonLines)),
            ("dump", "-- made\nINSERT INTO `t` VALUES (1);\n", Some(TableFormat::Sql)),
            ("copy", "COPY public.t (a) FROM stdin;\n1\n\\.\n", Some(TableFormat::Sql)),
            ("copy in a table", "copy of,a\nthe,b\n", Some(TableFormat::Delimited)),
            ("brackets in a table", "[a];[b]\n1;2\n", Some(TableFormat::Delimited)),
            ("binary", "\u{1}\u{2}\u{3}\u{4}", None),
        ] {
            assert_eq!(recognise(head, true), expected, "{name}");
        }
    }
}
