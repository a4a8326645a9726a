//! Text that a spreadsheet would run as a formula.

/// Whether a spreadsheet could take `text` for a formula or a command.
///
/// OWASP, "CSV Injection", names the first characters `=`, `+`, `-`, `@`, tab, carriage return and
/// line feed, and the full-width forms that some locales take for the first four. Spreadsheets trim
/// what stands before them, so spaces, quotes, apostrophes and invisible characters are skipped
/// first. A cell that is a plain number, such as `-12.5` or `+3e4`, is none.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    // Almost every cell begins with a letter or digit: no need to decode it.
    if text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    let starts = text
        .trim_start_matches(is_skipped)
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    starts && !is_plain_number(text)
}

/// Whether a spreadsheet may skip `character` at the start of a cell.
fn is_skipped(character: char) -> bool {
    match character {
        '\t' | '\r' | '\n' => false,
        '\'' | '"' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => true,
        other => other.is_whitespace() || other.is_control(),
    }
}

/// A sign, digits with at most one point, and perhaps an exponent; nothing else.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let exponent = exponent.map_or("0", |e| e.strip_prefix(['+', '-']).unwrap_or(e));
    [whole, fraction, exponent]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `text` as it is written into a cell: with an apostrophe before it where it [`is_formula`].
///
/// Spreadsheets show such a cell as text. [`unguard`] takes the apostrophe away again; no text is
/// changed by both together.
#[must_use]
pub fn guard(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that stood before [`guard`].
///
/// An apostrophe is taken away only where what follows it [`is_formula`]. That cannot hit a text
/// that was left alone: skipping the apostrophe, it would have been a formula as well, and so would
/// have been guarded.
#[must_use]
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for (name, text, cell) in [
            ("formula", "=1+1", "'=1+1"),
            ("command", "@SUM(A1)", "'@SUM(A1)"),
            ("dynamic data exchange", "-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("handle", "@rana", "'@rana"),
            ("tab", "\t=1", "'\t=1"),
            ("carriage return", "\r=1", "'\r=1"),
            ("line feed", "\ntext", "'\ntext"),
            ("full width", "＝1+1", "'＝1+1"),
            ("after spaces", "  =1+1", "'  =1+1"),
            ("after a quote", "\"=1+1", "'\"=1+1"),
            ("after a byte order mark", "\u{feff}=1", "'\u{feff}=1"),
            ("after a no-break space", "\u{a0}+1x", "'\u{a0}+1x"),
            ("guarded once before", "'=1", "''=1"),
            ("lone minus", "-", "'-"),
            ("almost a number", "-1-1", "'-1-1"),
            ("negative number", "-12.5", "-12.5"),
            ("signed number", "+3e-4", "+3e-4"),
            ("plain text", "a=b", "a=b"),
            ("apostrophe of a word", "'tis", "'tis"),
            ("empty", "", ""),
            ("spaces only", "  ", "  "),
        ] {
            assert_eq!(guard(text), cell, "{name}");
            assert_eq!(unguard(cell), text, "{name}, back");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "['\" \t=+@＝0-9e.a\u{feff}\u{200b}\\-]{0,8}|\\PC{0,20}") {
            let cell = guard(&text);
            prop_assert_eq!(unguard(&cell), text.as_str());
            prop_assert!(!is_formula(&cell) || cell.starts_with('\''));
        }
    }
}
