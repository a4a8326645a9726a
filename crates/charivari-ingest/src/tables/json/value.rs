//! Single JSON values: where they end, and what a record holds once it is flattened.

use crate::tables::row::Piece;
use crate::tables::sql::escape::{self, Escapes};

/// Objects inside each other that are flattened; what is deeper is handed on as JSON text.
pub(crate) const MAX_DEPTH: usize = 8;

/// How far a look came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The value ends here.
    At(usize),
    /// It goes on behind the text.
    More,
    /// It is no value.
    Broken,
}

/// Where the value ends that begins at `start`; only its brackets and strings are looked at.
pub(crate) fn value_end(text: &str, start: usize, whole: bool) -> End {
    let bytes = text.as_bytes();
    match bytes.get(start) {
        None => End::More,
        Some(b'"') => string_end(bytes, start + 1).map_or(End::More, End::At),
        Some(b'{' | b'[') => nested_end(bytes, start),
        Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
            let is_part =
                |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
            match bytes[start..].iter().position(|byte| !is_part(byte)) {
                Some(length) => End::At(start + length),
                None if whole => End::At(bytes.len()),
                None => End::More,
            }
        }
        Some(_) => End::Broken,
    }
}

fn nested_end(bytes: &[u8], start: usize) -> End {
    let mut at = start;
    // A bit a bracket would do; a byte is simpler, and the row is capped.
    let mut open = Vec::new();
    loop {
        let Some(byte) = bytes.get(at) else { return End::More };
        match byte {
            b'"' => match string_end(bytes, at + 1) {
                Some(end) => at = end - 1,
                None => return End::More,
            },
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => {
                if open.pop() != Some(*byte) {
                    return End::Broken;
                }
                if open.is_empty() {
                    return End::At(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Where the string ends whose text begins at `at`, behind its quote.
pub(crate) fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

pub(crate) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        at += 1;
    }
    at
}

/// A record on its way to a flat row.
pub(crate) struct Flat<'f> {
    pub(crate) text: &'f str,
    /// Unescaped strings.
    pub(crate) scratch: &'f mut String,
    /// The path of the value that is looked at.
    pub(crate) path: String,
    /// Whether something was too deep to be flattened.
    pub(crate) is_deep: bool,
}

impl Flat<'_> {
    /// Tells `take` the path and the place of every value of the record at `start`; where it ends,
    /// or nothing where it is not valid.
    pub(crate) fn record(
        &mut self,
        start: usize,
        take: &mut dyn FnMut(&str, Piece),
    ) -> Option<usize> {
        match self.text.as_bytes().get(start)? {
            b'{' => self.object(start, 0, take),
            b'[' => self.list(start, take),
            _ => self.value(start, MAX_DEPTH, take),
        }
    }

    fn object(
        &mut self,
        start: usize,
        depth: usize,
        take: &mut dyn FnMut(&str, Piece),
    ) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = skip_space(bytes, start + 1);
        if bytes.get(at) == Some(&b'}') {
            return Some(at + 1);
        }
        let outer = self.path.len();
        loop {
            if bytes.get(at) != Some(&b'"') {
                return None;
            }
            let end = string_end(bytes, at + 1)?;
            self.path.truncate(outer);
            if outer > 0 {
                self.path.push('.');
            }
            unescape(&self.text[at + 1..end - 1], &mut self.path)?;
            at = skip_space(bytes, end);
            if bytes.get(at) != Some(&b':') {
                return None;
            }
            at = self.value(skip_space(bytes, at + 1), depth + 1, take)?;
            at = skip_space(bytes, at);
            match bytes.get(at)? {
                b',' => at = skip_space(bytes, at + 1),
                b'}' => {
                    self.path.truncate(outer);
                    return Some(at + 1);
                }
                _ => return None,
            }
        }
    }

    /// A list as a row: its values have numbers for names, which nobody is told.
    fn list(&mut self, start: usize, take: &mut dyn FnMut(&str, Piece)) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = skip_space(bytes, start + 1);
        if bytes.get(at) == Some(&b']') {
            return Some(at + 1);
        }
        for number in 0.. {
            self.path.clear();
            self.path.push_str(&number.to_string());
            at = skip_space(bytes, self.value(at, MAX_DEPTH, take)?);
            match bytes.get(at)? {
                b',' => at = skip_space(bytes, at + 1),
                b']' => return Some(at + 1),
                _ => return None,
            }
        }
        None
    }

    fn value(
        &mut self,
        start: usize,
        depth: usize,
        take: &mut dyn FnMut(&str, Piece),
    ) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let first = *bytes.get(start)?;
        if first == b'{' && depth < MAX_DEPTH {
            return self.object(start, depth, take);
        }
        let End::At(end) = value_end(self.text, start, true) else { return None };
        let piece = match first {
            b'"' => self.string(start + 1, end - 1)?,
            b'{' | b'[' => {
                self.is_deep |= first == b'{' && depth >= MAX_DEPTH && self.path.contains('.');
                Piece::Text(start..end)
            }
            b'-' | b'0'..=b'9' => {
                let is_part = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
                if !self.text[start..end].bytes().all(is_part) {
                    return None;
                }
                Piece::Number(start..end)
            }
            _ => match &self.text[start..end] {
                "null" => Piece::Null,
                "true" | "false" => Piece::Text(start..end),
                _ => return None,
            },
        };
        take(&self.path, piece);
        Some(end)
    }

    fn string(&mut self, start: usize, end: usize) -> Option<Piece> {
        let text = &self.text[start..end];
        if memchr::memchr(b'\\', text.as_bytes()).is_none() {
            return Some(Piece::Text(start..end));
        }
        let made = self.scratch.len();
        unescape(text, self.scratch)?;
        Some(Piece::Made(made..self.scratch.len()))
    }
}

/// Writes a string without its escapes; nothing where one is cut.
fn unescape(text: &str, out: &mut String) -> Option<()> {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let taken = match escape::undo(rest, Escapes::PostgreSql, out) {
            Some(taken) => taken,
            // The end of the string ends the digits as well.
            None => escape::undo(&format!("{rest} "), Escapes::PostgreSql, out)?,
        };
        rest = rest.get(taken..)?;
    }
    out.push_str(rest);
    Some(())
}
