//! The beginnings of statements: what is to come, of which table, with which columns.

use super::values::skip_space;

/// What a statement is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// Lists of values follow, the first bracket being next.
    Insert { table: String, columns: Option<Vec<String>> },
    /// Lines follow.
    Copy { table: String, columns: Option<Vec<String>> },
    /// A table is declared; its definitions stand between these places.
    Create { table: String, inside: std::ops::Range<usize> },
    /// Rows come from a query.
    FromQuery,
    /// Anything else.
    Other,
}

/// How far a statement could be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// It is this, and its beginning takes so many bytes.
    At(Head, usize),
    /// Its beginning goes on behind the text.
    More,
}

/// The statement that begins `text`.
pub(crate) fn look(text: &str) -> Look {
    let mut words = Words { text, at: 0, short: false };
    let head = words.head();
    if words.short { Look::More } else { Look::At(head.unwrap_or(Head::Other), words.at) }
}

/// Reads words and names off a text.
struct Words<'t> {
    text: &'t str,
    at: usize,
    /// Whether the text ended before it was clear what it says.
    short: bool,
}

impl Words<'_> {
    fn head(&mut self) -> Option<Head> {
        let first = self.word()?.to_ascii_lowercase();
        match first.as_str() {
            "insert" | "replace" => self.insert(),
            "copy" => self.copy(),
            "create" => self.create(),
            _ => None,
        }
    }

    fn insert(&mut self) -> Option<Head> {
        let leading = ["into", "ignore", "low_priority", "delayed", "high_priority"];
        loop {
            if self.take("or") {
                self.word()?;
            } else if !leading.iter().any(|word| self.take(word)) {
                break;
            }
        }
        let table = self.name()?;
        let columns = if self.peek()? == b'(' { Some(self.columns()?) } else { None };
        loop {
            let word = self.word()?.to_ascii_lowercase();
            match word.as_str() {
                "values" | "value" => break,
                // As in `OVERRIDING SYSTEM VALUE`.
                "overriding" => {
                    self.word()?;
                    self.word()?;
                }
                "select" | "with" | "table" | "set" => return Some(Head::FromQuery),
                _ => return None,
            }
        }
        (self.peek()? == b'(').then_some(Head::Insert { table, columns })
    }

    fn copy(&mut self) -> Option<Head> {
        let table = self.name()?;
        let columns = if self.peek()? == b'(' { Some(self.columns()?) } else { None };
        if !self.take("from") || !self.take("stdin") {
            return None;
        }
        // Options may follow; the lines begin behind the line break.
        let rest = &self.text.as_bytes()[self.at..];
        let Some(line) = memchr::memchr(b'\n', rest) else {
            self.short = true;
            return None;
        };
        self.at += line + 1;
        Some(Head::Copy { table, columns })
    }

    fn create(&mut self) -> Option<Head> {
        for word in ["global", "local", "temporary", "temp", "unlogged", "foreign"] {
            self.take(word);
        }
        if !self.take("table") {
            return None;
        }
        if self.take("if") {
            self.take("not");
            self.take("exists");
        }
        let table = self.name()?;
        if self.peek()? != b'(' {
            return None;
        }
        let open = self.at;
        let close = self.closing(open)?;
        self.at = close + 1;
        Some(Head::Create { table, inside: open + 1..close })
    }

    /// The bracket that closes the one at `open`, strings and quoted names passed over.
    fn closing(&mut self, open: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut at, mut depth) = (open, 0_u32);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\'' | b'`' | b'"' => match memchr::memchr(*byte, &bytes[at + 1..]) {
                    Some(length) => at += length + 1,
                    None => break,
                },
                b'(' => depth += 1,
                b')' if depth == 1 => return Some(at),
                b')' => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        self.short = true;
        None
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        self.at = skip_space(self.text.as_bytes(), self.at);
        let next = self.text.as_bytes().get(self.at).copied();
        self.short |= next.is_none();
        next
    }

    /// The next plain word; empty where something else stands there.
    fn word(&mut self) -> Option<&str> {
        self.peek()?;
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let Some(length) = rest.iter().position(|byte| !is_part(byte)) else {
            self.short = true;
            return None;
        };
        self.at = start + length;
        Some(&self.text[start..start + length])
    }

    /// Takes the next word if it is this one.
    fn take(&mut self, wanted: &str) -> bool {
        let before = self.at;
        let is_it = self.word().is_some_and(|word| word.eq_ignore_ascii_case(wanted));
        if !is_it {
            self.at = before;
        }
        is_it
    }

    /// A name, with its schema if it has one, without its quotes.
    fn name(&mut self) -> Option<String> {
        let mut name = self.name_part()?;
        loop {
            match self.text.as_bytes().get(self.at) {
                None => {
                    self.short = true;
                    return None;
                }
                Some(b'.') => {
                    self.at += 1;
                    name.push('.');
                    name.push_str(&self.name_part()?);
                }
                Some(_) => return Some(name),
            }
        }
    }

    fn name_part(&mut self) -> Option<String> {
        let close = match self.peek()? {
            b'`' => '`',
            b'"' => '"',
            b'\'' => '\'',
            b'[' => ']',
            _ => return self.bare_name(),
        };
        let start = self.at + 1;
        let mut name = String::new();
        let mut from = start;
        loop {
            let rest = self.text.get(from..)?;
            let Some(length) = rest.find(close) else {
                self.short = true;
                return None;
            };
            name.push_str(&rest[..length]);
            let end = from + length + 1;
            match self.text[end..].chars().next() {
                None => {
                    self.short = true;
                    return None;
                }
                Some(next) if next == close => {
                    name.push(close);
                    from = end + 1;
                }
                Some(_) => {
                    self.at = end;
                    return Some(name);
                }
            }
        }
    }

    fn bare_name(&mut self) -> Option<String> {
        let rest = &self.text[self.at..];
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '@' | '-');
        let Some(length) = rest.find(|c| !is_part(c)) else {
            self.short = true;
            return None;
        };
        self.at += length;
        (length > 0).then(|| rest[..length].to_owned())
    }

    /// Names in brackets.
    fn columns(&mut self) -> Option<Vec<String>> {
        let mut columns = Vec::new();
        self.at += 1;
        loop {
            columns.push(self.name()?);
            match self.peek()? {
                b',' => self.at += 1,
                b')' => {
                    self.at += 1;
                    return Some(columns);
                }
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insert(table: &str, columns: Option<&[&str]>) -> Head {
        let columns = columns.map(|names| names.iter().map(|&name| name.to_owned()).collect());
        Head::Insert { table: table.to_owned(), columns }
    }

    #[test]
    fn statements_are_known_by_their_beginning() {
        for (text, expected) in [
            ("INSERT INTO `a``b` VALUES (1)", insert("a`b", None)),
            ("insert ignore into t (`id`, name) values\n(1)", insert("t", Some(&["id", "name"]))),
            (
                "INSERT INTO public.\"T x\" (id) OVERRIDING SYSTEM VALUE VALUES (1)",
                insert("public.T x", Some(&["id"])),
            ),
            ("INSERT OR REPLACE INTO t VALUES(1)", insert("t", None)),
            ("REPLACE INTO t VALUES (1)", insert("t", None)),
            ("INSERT [dbo].[t x] ([a]) VALUES (1)", insert("dbo.t x", Some(&["a"]))),
            ("INSERT INTO t SELECT 1;", Head::FromQuery),
            ("UPDATE t SET a = 1;", Head::Other),
            ("CREATE INDEX i ON t (a);", Head::Other),
        ] {
            let Look::At(head, _) = look(text) else { panic!("{text} asks for more") };
            assert_eq!(head, expected, "{text}");
        }
    }

    #[test]
    fn a_beginning_that_is_cut_asks_for_more() {
        let text = "INSERT INTO `t` (`id`,\"b\") VALUES (";
        for end in 0..text.len() {
            assert_eq!(look(&text[..end]), Look::More, "{}", &text[..end]);
        }
        assert!(matches!(look(text), Look::At(Head::Insert { .. }, at) if at == text.len() - 1));
    }
}
