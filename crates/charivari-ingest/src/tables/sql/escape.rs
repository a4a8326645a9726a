//! What stands for what in the strings of dumps.

/// Which escapes a string has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escapes {
    /// None: a backslash is a backslash.
    None,
    /// Those of `MySQL`.
    MySql,
    /// Those of `E'…'` and of `COPY`.
    PostgreSql,
    /// Those of `unistr('…')` and of `U&'…'`.
    Unistr,
}

/// Writes what the escape means whose text behind the backslash begins `rest`; how many bytes it
/// takes, or nothing where the text is too short to tell.
pub(crate) fn undo(rest: &str, escapes: Escapes, out: &mut String) -> Option<usize> {
    let first = rest.chars().next()?;
    let plain = match (escapes, first) {
        (Escapes::None, _) => {
            out.push('\\');
            return Some(0);
        }
        (Escapes::MySql, '0') => '\0',
        (Escapes::MySql, 'Z') => '\u{1a}',
        (Escapes::MySql, '%' | '_') => {
            out.push('\\');
            first
        }
        (Escapes::MySql | Escapes::PostgreSql, 'n') => '\n',
        (Escapes::MySql | Escapes::PostgreSql, 'r') => '\r',
        (Escapes::MySql | Escapes::PostgreSql, 't') => '\t',
        (Escapes::MySql | Escapes::PostgreSql, 'b') => '\u{8}',
        (Escapes::PostgreSql, 'f') => '\u{c}',
        (Escapes::PostgreSql, 'v') => '\u{b}',
        (Escapes::PostgreSql, '0'..='7') => return digits(rest, 0, 3, 8, out),
        (Escapes::PostgreSql, 'x') => return digits(rest, 1, 2, 16, out),
        (Escapes::PostgreSql | Escapes::Unistr, 'u') => return digits(rest, 1, 4, 16, out),
        (Escapes::PostgreSql | Escapes::Unistr, 'U') => return digits(rest, 1, 8, 16, out),
        (Escapes::Unistr, '+') => return digits(rest, 1, 6, 16, out),
        (Escapes::Unistr, c) if c.is_ascii_hexdigit() => return digits(rest, 0, 4, 16, out),
        (_, other) => other,
    };
    out.push(plain);
    Some(first.len_utf8())
}

/// A character by its number, whose digits begin at `from`; at most `most` of them.
fn digits(rest: &str, from: usize, most: usize, base: u32, out: &mut String) -> Option<usize> {
    let taken = rest[from..].chars().take(most).take_while(|c| c.is_digit(base)).count();
    if taken < most && from + taken == rest.len() {
        return None;
    }
    let number = u32::from_str_radix(&rest[from..from + taken], base).ok();
    match number {
        // Halves of characters beyond the first plane: the second one follows as such an escape.
        Some(high @ 0xd800..=0xdbff) => return halves(rest, from + taken, high, out),
        Some(number) => out.push(char::from_u32(number).unwrap_or('\u{fffd}')),
        None => out.push_str(&rest[..from]),
    }
    Some(from + taken)
}

fn halves(rest: &str, at: usize, high: u32, out: &mut String) -> Option<usize> {
    let follows = rest.get(at..).unwrap_or_default();
    let begun = follows.as_bytes();
    if begun.len() < 6 && b"\\u".starts_with(&begun[..begun.len().min(2)]) {
        return None;
    }
    let low = follows.strip_prefix("\\u").and_then(|digits| digits.get(..4));
    let low = low.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(low @ 0xdc00..=0xdfff) = low else {
        out.push('\u{fffd}');
        return Some(at);
    };
    let number = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    out.push(char::from_u32(number).unwrap_or('\u{fffd}'));
    Some(at + 6)
}

/// Writes the string that a call makes whose result needs no database: `unistr('…')`,
/// `CAST('…' AS type)`, and the `replace('…','\n',char(10))` in which `SQLite` dumps line breaks.
pub(crate) fn known_call(text: &str, out: &mut String) -> bool {
    call(text, out, MAX_CALLS)
}

/// Calls inside each other that are followed; dumps have two.
const MAX_CALLS: u32 = 3;

fn call(text: &str, out: &mut String, depth: u32) -> bool {
    let Some((name, rest)) = text.split_once('(') else { return false };
    let Some(inside) = rest.strip_suffix(')') else { return false };
    match name.trim().to_ascii_lowercase().as_str() {
        "unistr" => {
            whole_string(inside.trim()).is_some_and(|inside| undo_all(inside, Escapes::Unistr, out))
        }
        "cast" => {
            let value = inside.trim_start().trim_start_matches(['N', 'n']);
            let end = value
                .strip_prefix('\'')
                .and_then(|_| super::values::string_end(value.as_bytes(), 1, false));
            let is_cast =
                |end: &usize| value[*end..].trim_start().to_ascii_lowercase().starts_with("as ");
            match end.filter(is_cast) {
                Some(end) => {
                    out.push_str(&value[1..end - 1].replace("''", "'"));
                    true
                }
                None => false,
            }
        }
        "replace" if depth > 0 => replaced(inside, out, depth - 1),
        _ => false,
    }
}

/// The text of `replace(…,'\n',char(10))`, where the first argument may be such a call again.
fn replaced(inside: &str, out: &mut String, depth: u32) -> bool {
    for (arguments, from, to) in [("'\\n',char(10)", "\\n", "\n"), ("'\\r',char(13)", "\\r", "\r")]
    {
        let Some(first) = inside.trim_end().strip_suffix(arguments) else { continue };
        let Some(first) = first.trim_end().strip_suffix(',') else { continue };
        let mut made = String::new();
        match whole_string(first.trim()) {
            Some(string) => made.push_str(&string.replace("''", "'")),
            None if call(first.trim(), &mut made, depth) => {}
            None => return false,
        }
        out.push_str(&made.replace(from, to));
        return true;
    }
    false
}

/// What stands between the quotes of a text that is one string.
fn whole_string(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('\'')?.strip_suffix('\'')?;
    (!inside.replace("''", "").contains('\'')).then_some(inside)
}

fn undo_all(text: &str, escapes: Escapes, out: &mut String) -> bool {
    let text = text.replace("''", "'");
    let mut rest = text.as_str();
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // The end of the string ends the digits as well.
        let padded = format!("{rest} ");
        match undo(&padded, escapes, out) {
            Some(length) => rest = rest.get(length..).unwrap_or_default(),
            None => return false,
        }
    }
    out.push_str(rest);
    true
}
