//! A message as bytes: its header fields as they stand, and its body.
//!
//! Signatures are over bytes, so nothing here decodes or repairs anything. Line ends are the one
//! exception: a file on a disk often lost its carriage returns, which the wire always has.

use std::borrow::Cow;

/// One header field.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    /// Its name as it was written.
    pub(crate) name: &'a [u8],
    /// The whole field with its folds, without the line end that closes it.
    pub(crate) whole: &'a [u8],
    /// What stands after the colon.
    pub(crate) value: &'a [u8],
}

impl Field<'_> {
    /// Whether this is the name, whatever the case of its letters.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// A message, cut into header fields and body.
pub(crate) struct Raw<'a> {
    /// The fields from the top.
    pub(crate) fields: Vec<Field<'a>>,
    /// What stands after the first empty line.
    pub(crate) body: &'a [u8],
    /// Lines of the header that are neither a field nor the continuation of one.
    pub(crate) stray_lines: u32,
}

impl<'a> Raw<'a> {
    /// Cuts a message whose lines end with CR LF; see [`crlf`].
    pub(crate) fn parse(bytes: &'a [u8]) -> Self {
        let mut raw = Self { fields: Vec::new(), body: &[], stray_lines: 0 };
        let (mut at, mut start) = (0, None);
        while at < bytes.len() {
            let end = line_end(bytes, at);
            let line = &bytes[at..end.0];
            let folded = line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
            if !folded || line.trim_ascii().is_empty() {
                raw.close(bytes, start.take(), at);
                if line.is_empty() {
                    raw.body = &bytes[end.1..];
                    return raw;
                }
                match colon(line) {
                    Some(_) => start = Some(at),
                    None => raw.stray_lines += 1,
                }
            }
            at = end.1;
        }
        raw.close(bytes, start, bytes.len());
        raw
    }

    /// Ends the field that began at `start`.
    fn close(&mut self, bytes: &'a [u8], start: Option<usize>, end: usize) {
        let Some(start) = start else { return };
        let whole = &bytes[start..end];
        let whole = whole.strip_suffix(b"\n").unwrap_or(whole);
        let whole = whole.strip_suffix(b"\r").unwrap_or(whole);
        let Some(colon) = whole.iter().position(|&byte| byte == b':') else { return };
        let name = whole[..colon].trim_ascii_end();
        self.fields.push(Field { name, whole, value: &whole[colon + 1..] });
    }

    /// The fields of a name, from the top, with their places.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = (usize, &Field<'a>)> {
        self.fields.iter().enumerate().filter(move |(_, field)| field.is(name))
    }
}

/// Where a field's name ends, if the line begins with one (RFC 5322, section 2.2, and the white
/// space before the colon that its section 4 allows).
fn colon(line: &[u8]) -> Option<usize> {
    let colon = line.iter().position(|&byte| byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    (!name.is_empty() && name.iter().all(|byte| matches!(byte, 33..=126))).then_some(colon)
}

/// Where the line that begins at `at` ends, without and with its line end.
fn line_end(bytes: &[u8], at: usize) -> (usize, usize) {
    let Some(feed) = bytes[at..].iter().position(|&byte| byte == b'\n') else {
        return (bytes.len(), bytes.len());
    };
    let end = at + feed;
    (if end > at && bytes[end - 1] == b'\r' { end - 1 } else { end }, end + 1)
}

/// The message with CR LF at the end of every line, as it was on the wire.
pub(crate) fn crlf(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_bare = |at: usize| bytes[at] == b'\n' && (at == 0 || bytes[at - 1] != b'\r');
    let bare = (0..bytes.len()).filter(|&at| is_bare(at)).count();
    if bare == 0 {
        return Cow::Borrowed(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len() + bare);
    for (at, &byte) in bytes.iter().enumerate() {
        if is_bare(at) {
            out.push(b'\r');
        }
        out.push(byte);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_cut_where_they_begin() {
        let message = crlf(b"A: 1\nb : 2\n\t3\nno field\nC:\n\nbody\n\n");
        let raw = Raw::parse(&message);
        let names: Vec<_> = raw.fields.iter().map(|field| field.name).collect();
        assert_eq!(names, [&b"A"[..], b"b", b"C"]);
        assert_eq!(raw.fields[1].whole, b"b : 2\r\n\t3");
        assert_eq!(raw.fields[1].value, b" 2\r\n\t3");
        assert_eq!(raw.body, b"body\r\n\r\n");
        assert_eq!(raw.stray_lines, 1);
    }

    #[test]
    fn a_message_may_lack_anything() {
        let cases: [(&[u8], usize, usize); 5] =
            [(b"", 0, 0), (b"\r\n", 0, 0), (b"A:", 1, 0), (b":", 0, 0), (b"A: b\r\n\r\nc", 1, 1)];
        for (bytes, fields, body) in cases {
            let raw = Raw::parse(bytes);
            assert_eq!((raw.fields.len(), raw.body.len()), (fields, body), "{bytes:?}");
        }
    }

    #[test]
    fn line_ends_are_made_whole_once() {
        assert_eq!(&*crlf(b"a\nb\r\n\nc"), b"a\r\nb\r\n\r\nc");
        assert!(matches!(crlf(b"a\r\n"), Cow::Borrowed(_)));
    }
}
