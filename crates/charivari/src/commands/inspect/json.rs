//! JSON for machines that does no harm to a terminal either.

use std::fmt::Write as _;

use charivari_text::show::visible;
use serde::Serialize;

use crate::failure::{Failure, Result};

/// `value` as indented JSON. Hidden characters stand as JSON escapes, so that a program reads the
/// same strings and a terminal is not steered by them.
pub(crate) fn write(value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::fault)?;
    Ok(if text.is_ascii() { text } else { escape(&text) })
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let (mut buffer, mut units) = ([0; 4], [0; 2]);
    for c in text.chars() {
        let alone: &str = c.encode_utf8(&mut buffer);
        if c.is_ascii() || visible(alone) == alone {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut units) {
            // Writing to a string does not fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn hidden_characters_are_escaped_and_read_back_the_same() {
        let names = ["plain ünïcode", "\u{9b}31m", "a\u{202e}b", "\u{e0061}", "a\nb\u{1b}"];
        let text = write(&names).unwrap_or_default();
        assert!(text.contains("ünïcode") && text.contains("\\u009b") && text.contains("\\udb40"));
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).unwrap_or_default(), names);
    }
}
