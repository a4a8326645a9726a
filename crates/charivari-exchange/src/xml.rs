//! Text inside XML 1.0, and values as text, shared by the graph formats.
//!
//! XML 1.0 (section 2.2) has no form at all for most control characters, not even escaped. They
//! are shown as `\u{1b}` rather than dropped, so that two ids never become one; a text that already
//! reads `\u{` gets its backslash shown the same way, so that the rule can be undone.

use crate::instant::{append, write_count, write_instant, write_integer, write_real};
use crate::network::Values;

/// Appends `text` so that it stands inside an attribute value or an element.
pub(crate) fn write_escaped(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if !is_special(byte) {
            continue;
        }
        // A special byte is ASCII or starts a character, so `at` is a boundary.
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let escape = match character {
            '&' => Escape::Entity("&amp;"),
            '<' => Escape::Entity("&lt;"),
            '>' => Escape::Entity("&gt;"),
            '"' => Escape::Entity("&quot;"),
            // Readers turn bare ones into spaces (XML 1.0, section 3.3.3).
            '\t' => Escape::Entity("&#9;"),
            '\n' => Escape::Entity("&#10;"),
            '\r' => Escape::Entity("&#13;"),
            '\\' if !bytes[at..].starts_with(br"\u{") => continue,
            '\\' | '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => Escape::Shown,
            _ => continue,
        };
        out.extend_from_slice(&bytes[done..at]);
        match escape {
            Escape::Entity(entity) => out.extend_from_slice(entity.as_bytes()),
            Escape::Shown => append(out, character.escape_unicode()),
        }
        done = at + character.len_utf8();
    }
    out.extend_from_slice(&bytes[done..]);
}

enum Escape {
    Entity(&'static str),
    Shown,
}

/// Whether a character that needs an escape can begin with `byte`; 0xef begins U+FFFE and U+FFFF.
const fn is_special(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | b'&' | b'<' | b'>' | b'"' | b'\\' | 0xef)
}

/// Appends `text` as something to be shown: characters that change how others are shown (the
/// embeddings, overrides and isolates of bidirectional text) become visible as well.
pub(crate) fn write_shown(text: &str, out: &mut Vec<u8>) {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut rest = text;
    while let Some(at) = rest.find(turns) {
        let (before, after) = rest.split_at(at);
        write_escaped(before, out);
        let mut characters = after.chars();
        if let Some(character) = characters.next() {
            append(out, character.escape_unicode());
        }
        rest = characters.as_str();
    }
    write_escaped(rest, out);
}

/// Appends ` name="value"`.
pub(crate) fn write_attribute(name: &str, value: &str, out: &mut Vec<u8>) {
    out.push(b' ');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"=\"");
    write_escaped(value, out);
    out.push(b'"');
}

/// Appends the value of a row as escaped text; says `false` and appends nothing where there is
/// none.
pub(crate) fn write_value(values: &Values<'_>, row: usize, out: &mut Vec<u8>) -> bool {
    let present = match values {
        Values::Counts(values) => values.get(row).map(|&v| write_count(u64::from(v), out)),
        Values::OptionalCounts(values) => {
            values.get(row).copied().flatten().map(|v| write_count(u64::from(v), out))
        }
        Values::LongCounts(values) => values.get(row).map(|&v| write_count(v, out)),
        Values::Integers(values) => values.get(row).map(|&v| write_integer(v, out)),
        Values::Reals(values) => values.get(row).map(|&v| write_schema_real(v, out)),
        Values::OptionalReals(values) => {
            values.get(row).copied().flatten().map(|v| write_schema_real(v, out))
        }
        Values::Booleans(values) => {
            values.get(row).map(|&v| out.extend_from_slice(if v { b"true" } else { b"false" }))
        }
        Values::Instants(values) => values.get(row).map(|&v| write_instant(v, out)),
        Values::Texts(values) => values.get(row).map(|v| write_escaped(v, out)),
        Values::Flags { bits, names } => bits.get(row).map(|&v| write_flags(v, names, out)),
    };
    present.is_some()
}

/// Appends a real number as XML Schema writes it (XML Schema 1.1, part 2, section 3.3.5).
fn write_schema_real(value: f64, out: &mut Vec<u8>) {
    if value.is_infinite() {
        out.extend_from_slice(if value > 0.0 { b"INF" } else { b"-INF" });
    } else {
        write_real(value, out);
    }
}

fn write_flags(bits: u32, names: &[&str], out: &mut Vec<u8>) {
    let set = names.iter().take(32).enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
    for (position, (_, name)) in set.enumerate() {
        if position > 0 {
            out.push(b'|');
        }
        write_escaped(name, out);
    }
}

/// Bytes gathered before they are handed to the output.
const BLOCK: usize = 1 << 18;

/// Hands `buffer` to `out` once it is a block long.
pub(crate) fn drain(buffer: &mut Vec<u8>, out: &mut impl std::io::Write) -> std::io::Result<()> {
    if buffer.len() >= BLOCK {
        out.write_all(buffer)?;
        buffer.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stands_inside_xml() {
        for (name, text, expected) in [
            ("markup", "<a b=\"c\">&amp;", "&lt;a b=&quot;c&quot;&gt;&amp;amp;"),
            ("end of a character data section", "]]>", "]]&gt;"),
            ("white space", "a\tb\nc\rd", "a&#9;b&#10;c&#13;d"),
            ("escape character", "\u{1b}[31m", r"\u{1b}[31m"),
            ("null", "a\0b", r"a\u{0}b"),
            ("non-characters", "\u{fffe}\u{ffff}", r"\u{fffe}\u{ffff}"),
            ("byte order mark", "\u{feff}x", "\u{feff}x"),
            ("what looks like our own escape", r"\u{1b}", r"\u{5c}u{1b}"),
            ("other backslashes", r"C:\users\", r"C:\users\"),
            ("right-to-left override is text", "a\u{202e}b", "a\u{202e}b"),
        ] {
            let mut out = Vec::new();
            write_escaped(text, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn labels_show_what_turns_text_around() {
        let mut out = Vec::new();
        write_shown("a\u{202e}<b\u{2069}", &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), r"a\u{202e}&lt;b\u{2069}");
    }

    #[test]
    fn sets_are_joined_by_bars() {
        for (bits, expected) in [(0, ""), (1, "repost"), (5, "repost|link"), (8, "")] {
            let mut out = Vec::new();
            write_flags(bits, &["repost", "text", "link"], &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
