//! What `CREATE TABLE` says of columns: their names and their types, and nothing else.

use charivari_model::Column;

/// Words that begin a definition which is no column.
const NO_COLUMN: [&str; 13] = [
    "primary",
    "unique",
    "key",
    "index",
    "constraint",
    "foreign",
    "check",
    "fulltext",
    "spatial",
    "exclude",
    "like",
    "period",
    "inherits",
];

/// Words that end a type.
const BEHIND_TYPE: [&str; 20] = [
    "not",
    "null",
    "default",
    "primary",
    "unique",
    "references",
    "check",
    "auto_increment",
    "autoincrement",
    "comment",
    "collate",
    "character",
    "constraint",
    "generated",
    "as",
    "on",
    "identity",
    "charset",
    "key",
    "storage",
];

/// The columns of the definitions `inside` the brackets of a statement; at most `most`.
pub(crate) fn columns(inside: &str, most: usize) -> Vec<Column> {
    definitions(inside).into_iter().filter_map(column).take(most).collect()
}

/// The definitions, cut at commas outside brackets and quotes.
fn definitions(inside: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start) = (0_i32, None, 0);
    let mut found = Vec::new();
    for (at, c) in inside.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"' | '`') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, ',') if depth == 0 => {
                found.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&inside[start..]);
    found
}

fn column(definition: &str) -> Option<Column> {
    let definition = without_comments(definition);
    let definition = definition.trim();
    let close = match definition.chars().next()? {
        '`' => Some('`'),
        '"' => Some('"'),
        '[' => Some(']'),
        _ => None,
    };
    let (name, rest) = match close {
        Some(close) => definition[1..].split_once(close)?,
        None => definition.split_once(char::is_whitespace).unwrap_or((definition, "")),
    };
    if close.is_none() && NO_COLUMN.iter().any(|word| name.eq_ignore_ascii_case(word)) {
        return None;
    }
    Some(Column { name: name.to_owned(), declared: declared(rest) })
}

/// Lines that are comments are no part of a definition.
fn without_comments(definition: &str) -> String {
    let lines = definition.lines().filter(|line| !line.trim_start().starts_with("--"));
    lines.collect::<Vec<_>>().join(" ")
}

/// The type at the beginning of what follows a name.
fn declared(rest: &str) -> Option<String> {
    let mut kept: Vec<&str> = Vec::new();
    let mut depth = 0_usize;
    for word in rest.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
        let ends = depth == 0
            && BEHIND_TYPE.iter().any(|end| bare.eq_ignore_ascii_case(end))
            // `character varying(20)` is a type, `CHARACTER SET x` is none.
            && !(kept.is_empty() && bare.eq_ignore_ascii_case("character"));
        if ends {
            break;
        }
        depth += word.matches('(').count();
        depth = depth.saturating_sub(word.matches(')').count());
        kept.push(word);
    }
    (!kept.is_empty()).then(|| kept.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types_are_taken() {
        let inside = "\n  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,\n  -- a comment\n  \
            \"full name\" character varying(20) COLLATE x DEFAULT 'a, b',\n  [born] [datetime] NULL,\n  \
            price decimal(10, 2) DEFAULT (1),\n  plain,\n  PRIMARY KEY (`id`),\n  UNIQUE KEY u (a, b)\n";
        let met: Vec<(String, Option<String>)> =
            columns(inside, 100).into_iter().map(|column| (column.name, column.declared)).collect();
        let expected = [
            ("id", Some("int(10) unsigned")),
            ("full name", Some("character varying(20)")),
            ("born", Some("[datetime]")),
            ("price", Some("decimal(10, 2)")),
            ("plain", None),
        ];
        let expected: Vec<(String, Option<String>)> = expected
            .iter()
            .map(|(name, declared)| ((*name).to_owned(), declared.map(str::to_owned)))
            .collect();
        assert_eq!(met, expected);
    }
}
