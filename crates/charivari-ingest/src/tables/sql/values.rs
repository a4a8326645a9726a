//! Lists of values, the bulk of every dump: looked at once, and handed on as they lie there.

use super::escape::{self, Escapes};
use crate::tables::near;
use crate::tables::row::{Piece, RowBuffer};

/// The longest word between the dollars of a string.
const MAX_TAG: usize = 64;

/// How far a look came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It ended here.
    At(usize),
    /// It goes on behind the text.
    More,
    /// It is not what it should be.
    Broken,
}

/// What was met in a list besides plain values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) binary: u64,
    pub(crate) expressions: u64,
}

/// A list of values in the making.
pub(crate) struct Tuple<'t> {
    pub(crate) text: &'t str,
    /// Whether a backslash escapes in plain strings.
    pub(crate) backslashes: bool,
    pub(crate) row: &'t mut RowBuffer,
    pub(crate) seen: Seen,
}

impl Tuple<'_> {
    /// Reads the list whose bracket stands at `open`; ends behind its closing one.
    pub(crate) fn read(&mut self, open: usize) -> Step {
        self.row.clear();
        self.seen = Seen::default();
        let bytes = self.text.as_bytes();
        let mut at = open + 1;
        if bytes.get(skip_space(bytes, at)) == Some(&b')') {
            return Step::At(skip_space(bytes, at) + 1);
        }
        loop {
            at = match self.value(skip_space(bytes, at)) {
                Step::At(at) => at,
                other => return other,
            };
            match bytes.get(at) {
                Some(b',') => at += 1,
                Some(b')') => return Step::At(at + 1),
                None => return Step::More,
                Some(_) => match self.behind(at) {
                    Step::At(next) if bytes[next] == b')' => return Step::At(next + 1),
                    Step::At(next) => at = next + 1,
                    other => return other,
                },
            }
        }
    }

    /// The value that begins at `at`.
    fn value(&mut self, at: usize) -> Step {
        let bytes = self.text.as_bytes();
        let Some(first) = bytes.get(at) else { return Step::More };
        match first {
            b'\'' => {
                let escapes = if self.backslashes { Escapes::MySql } else { Escapes::None };
                self.string(at + 1, b'\'', escapes)
            }
            b'0'..=b'9' | b'-' | b'+' | b'.' => self.number(at),
            b'"' if self.backslashes => self.string(at + 1, b'"', Escapes::MySql),
            b'$' => self.dollars(at),
            // Every third value of a dump is none.
            b'N' if matches!(bytes[at..], [_, b'U', b'L', b'L', b',' | b')', ..]) => {
                self.row.pieces.push(Piece::Null);
                Step::At(at + 4)
            }
            _ => self.word(at),
        }
    }

    /// A string whose text begins at `start`.
    fn string(&mut self, start: usize, quote: u8, escapes: Escapes) -> Step {
        let bytes = self.text.as_bytes();
        let scratch = self.row.scratch.len();
        let (mut at, mut kept, mut is_made) = (start, start, false);
        loop {
            let found = if escapes == Escapes::None {
                memchr::memchr(quote, &bytes[at..])
            } else {
                near::find([quote, b'\\'], &bytes[at..])
            };
            let Some(found) = found.map(|found| at + found) else { return Step::More };
            let Some(&next) = bytes.get(found + 1) else { return Step::More };
            if bytes[found] == quote && next != quote {
                if is_made {
                    self.row.scratch.push_str(&self.text[kept..found]);
                    self.row.made(scratch);
                } else {
                    self.row.pieces.push(Piece::Text(start..found));
                }
                return Step::At(found + 1);
            }
            is_made = true;
            self.row.scratch.push_str(&self.text[kept..found]);
            at = if bytes[found] == quote {
                self.row.scratch.push(char::from(quote));
                found + 2
            } else {
                match escape::undo(&self.text[found + 1..], escapes, &mut self.row.scratch) {
                    Some(length) => found + 1 + length,
                    None => return Step::More,
                }
            };
            kept = at;
        }
    }

    fn number(&mut self, start: usize) -> Step {
        let bytes = &self.text.as_bytes()[start..];
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E');
        let Some(length) = bytes.iter().position(|byte| !is_part(byte)) else { return Step::More };
        if bytes[length].is_ascii_alphabetic() || !bytes[..length].iter().any(u8::is_ascii_digit) {
            return self.word(start);
        }
        self.row.pieces.push(Piece::Number(start..start + length));
        Step::At(start + length)
    }

    /// `PostgreSQL`'s strings between dollars.
    fn dollars(&mut self, start: usize) -> Step {
        let rest = &self.text[start + 1..];
        let Some(tag) = rest.bytes().take(MAX_TAG).position(|byte| byte == b'$') else {
            return if rest.len() >= MAX_TAG { Step::Broken } else { Step::More };
        };
        if !rest[..tag].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Step::Broken;
        }
        let mark = &self.text[start..start + tag + 2];
        let inside = start + mark.len();
        let Some(end) = memchr::memmem::find(&self.text.as_bytes()[inside..], mark.as_bytes())
        else {
            return Step::More;
        };
        self.row.pieces.push(Piece::Text(inside..inside + end));
        Step::At(inside + end + mark.len())
    }

    /// `NULL`, a truth value, a string with a word before it, a number of base 16, or an expression.
    fn word(&mut self, start: usize) -> Step {
        let bytes = &self.text.as_bytes()[start..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'&';
        let Some(length) = bytes.iter().position(|byte| !is_part(byte)) else { return Step::More };
        let (word, end) = (&self.text[start..start + length], start + length);
        let at = skip_space(self.text.as_bytes(), end);
        match bytes[length] {
            b'\'' => return self.marked(word, end),
            b',' | b')' | b' ' | b'\n' | b'\r' | b'\t' | b':' => {}
            _ => return self.expression(start),
        }
        if word.eq_ignore_ascii_case("null") || word.eq_ignore_ascii_case("default") {
            self.row.pieces.push(Piece::Null);
        } else if word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false") {
            self.row.pieces.push(Piece::Text(start..end));
        } else if let Some(digits) = hexadecimal(word) {
            self.seen.binary += 1;
            self.row.pieces.push(Piece::Text(end - digits.len()..end));
        } else if word.starts_with('_') && self.text.as_bytes().get(at) == Some(&b'\'') {
            return self.marked(word, at);
        } else if at >= self.text.len() {
            return Step::More;
        } else {
            return self.expression(start);
        }
        Step::At(end)
    }

    /// A string after a word that says how to read it; the quote stands at `quote`.
    fn marked(&mut self, word: &str, quote: usize) -> Step {
        let usual = if self.backslashes { Escapes::MySql } else { Escapes::None };
        let escapes = match word {
            "e" | "E" => Escapes::PostgreSql,
            "x" | "X" | "b" | "B" => {
                self.seen.binary += 1;
                Escapes::None
            }
            "n" | "N" => usual,
            _ if word.starts_with('_') => usual,
            "U&" | "u&" => Escapes::Unistr,
            _ => return Step::Broken,
        };
        self.string(quote + 1, b'\'', escapes)
    }

    /// What stands between a value and its comma: space, or a cast such as `::text`.
    fn behind(&mut self, at: usize) -> Step {
        let bytes = self.text.as_bytes();
        let next = skip_space(bytes, at);
        match bytes.get(next) {
            None => Step::More,
            Some(b',' | b')') => Step::At(next),
            Some(b':') => {
                let is_type =
                    |byte: &u8| byte.is_ascii_alphanumeric() || b" :_.\"[]".contains(byte);
                let rest = &bytes[next..];
                let Some(length) = rest.iter().position(|byte| !is_type(byte)) else {
                    return Step::More;
                };
                let end = next + length;
                match bytes[end] {
                    b',' | b')' => Step::At(end),
                    // As in `::character varying(20)`.
                    b'(' => match memchr::memchr(b')', &bytes[end..]) {
                        Some(close) => self.behind(end + close + 1),
                        None => Step::More,
                    },
                    _ => Step::Broken,
                }
            }
            Some(_) => Step::Broken,
        }
    }

    /// An expression, up to the comma or bracket behind it: the string that a known function makes,
    /// or the text as it stands.
    fn expression(&mut self, start: usize) -> Step {
        let end = match expression_end(self.text, start, self.backslashes) {
            Step::At(end) => end,
            other => return other,
        };
        let text = self.text[start..end].trim_end();
        if text.is_empty() {
            return Step::Broken;
        }
        let scratch = self.row.scratch.len();
        if escape::known_call(text, &mut self.row.scratch) {
            self.row.made(scratch);
        } else {
            self.seen.expressions += 1;
            self.row.pieces.push(Piece::Text(start..start + text.len()));
        }
        Step::At(end)
    }
}

/// Where an expression ends, strings and brackets inside it passed over.
fn expression_end(text: &str, start: usize, backslashes: bool) -> Step {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (start, 0_u32);
    loop {
        let Some(byte) = bytes.get(at) else { return Step::More };
        match byte {
            b'\'' => match string_end(bytes, at + 1, backslashes) {
                Some(end) => at = end - 1,
                None => return Step::More,
            },
            b'(' => depth += 1,
            b')' | b',' if depth == 0 => return Step::At(at),
            b')' => depth -= 1,
            b';' if depth == 0 => return Step::Broken,
            _ => {}
        }
        at += 1;
    }
}

/// Where the string that begins at `at` ends, behind its quote.
pub(crate) fn string_end(bytes: &[u8], mut at: usize, backslashes: bool) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'\'', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'\\' {
            at += 1 + usize::from(backslashes);
        } else if *bytes.get(at + 1)? == b'\'' {
            at += 2;
        } else {
            return Some(at + 1);
        }
    }
}

/// The digits of a number such as `0x1f`.
fn hexadecimal(word: &str) -> Option<&str> {
    let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"))?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(digits)
}

/// The first place from `at` on that is no white space.
pub(crate) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, backslashes: bool) -> Result<Vec<Option<String>>, Step> {
        let mut row = RowBuffer::default();
        let mut tuple = Tuple { text, backslashes, row: &mut row, seen: Seen::default() };
        match tuple.read(0) {
            Step::At(end) if end == text.len() => Ok(row.with_cells(text, |cells| {
                cells.iter().map(|cell| cell.text().map(str::to_owned)).collect()
            })),
            other => Err(other),
        }
    }

    #[test]
    fn every_kind_of_value_is_read() {
        for (text, backslashes, expected) in [
            ("(1,-2.5e3,NULL,'a')", true, &[Some("1"), Some("-2.5e3"), None, Some("a")][..]),
            ("( 1 , 'a''b' )", false, &[Some("1"), Some("a'b")]),
            (r"('a\'b\\','c\n\%')", true, &[Some("a'b\\"), Some("c\n\\%")]),
            (r"('C:\',2)", false, &[Some("C:\\"), Some("2")]),
            (
                r"(E'a\'b\n\x41',$$x'y$$,$t$a$$b$t$)",
                false,
                &[Some("a'b\nA"), Some("x'y"), Some("a$$b")],
            ),
            (
                "(_binary 'a',_utf8mb4'b',N'c',x'1F',0x2e)",
                true,
                &[Some("a"), Some("b"), Some("c"), Some("1F"), Some("2e")],
            ),
            (
                "('a'::text,'b'::character varying(3),true)",
                false,
                &[Some("a"), Some("b"), Some("true")],
            ),
            (r"(unistr('a\u00e9b'))", false, &[Some("a\u{e9}b")]),
            (r"(replace(replace('a\r\nb','\r',char(13)),'\n',char(10)))", false, &[Some("a\r\nb")]),
            (
                "(CAST(N'2023-01-02' AS DateTime),now())",
                false,
                &[Some("2023-01-02"), Some("now()")],
            ),
            ("()", false, &[]),
        ] {
            let expected: Vec<Option<String>> =
                expected.iter().map(|value| value.map(str::to_owned)).collect();
            assert_eq!(values(text, backslashes), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_list_that_is_cut_anywhere_asks_for_more() {
        let text = r"(1,'a\'b',NULL,_binary 'x',E'a\x41',0x1f, 'c'::text ,now(),$t$a$t$,-1)";
        for end in 1..text.len() {
            assert_eq!(values(&text[..end], true), Err(Step::More), "{}", &text[..end]);
        }
    }

    #[test]
    fn what_is_no_list_is_broken() {
        for text in ["('a'b)", "(1;2)", "(,1)", "($-$)"] {
            assert_eq!(values(text, true), Err(Step::Broken), "{text}");
        }
    }
}
