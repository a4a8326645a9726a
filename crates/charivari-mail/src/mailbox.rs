//! Files of messages, cut into messages one by one: memory does not grow with the file.
//!
//! An mbox has a line `From …` before each message. Four dialects differ in how they keep such a
//! line within a message apart (none, `>From`, `>>From`, `Content-Length`); which one a file is in
//! is written nowhere, so quotes are left as they stand and undone where a message is examined.

use std::io::{BufRead, ErrorKind, Read};

use memchr::memchr;

use crate::error::{Error, Result};
use crate::outlook::{self, Rebuilt};
use crate::quotes::is_quoted;

/// One message as it lies in its file.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// Where it begins in the plain bytes of its file.
    pub offset: u64,
    /// Its bytes, without the `From` line of an mbox.
    pub bytes: Vec<u8>,
    /// Bytes beyond the cap, which were not kept.
    pub cut: u64,
    /// Whether it comes from an mbox and has a line that may be quoted.
    pub quoted: bool,
    /// What it was rebuilt from, where its file does not hold it as it was sent.
    pub rebuilt: Option<Box<Rebuilt>>,
}

/// A file of messages.
pub struct Mailbox<R> {
    lines: Lines<R>,
    name: String,
    cap: usize,
    /// Where the message began whose first line was read already.
    started: Option<u64>,
    is_mbox: bool,
    /// Whether the lengths that headers give are believed: until one was wrong.
    lengths: bool,
    /// The message of a file that is read as a whole.
    ready: Option<Piece>,
    done: bool,
}

/// What other mailboxes begin with, and what they are.
const OTHERS: [(&[u8], &str); 2] =
    [(b"!BDN", "an Outlook mailbox (.pst)"), (b"SQLite format 3\0", "a database")];

impl<R: BufRead> Mailbox<R> {
    /// Opens the plain bytes of a file; `name` is for messages, `cap` the most bytes kept of one
    /// message.
    ///
    /// # Errors
    /// `E0904` where it is a kind of mailbox that is not read, `E0905` where it cannot be read.
    pub fn open(mut reader: R, name: &str, cap: usize) -> Result<Self> {
        let failed = |source| Error::Reading { input: name.to_owned(), at: 0, source };
        let head = loop {
            match reader.fill_buf() {
                Ok(head) => break head,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(failed(error)),
            }
        };
        if let Some((_, met)) = OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Err(Error::Mailbox { input: name.to_owned(), met });
        }
        let is_mbox = head.starts_with(b"From ");
        let is_outlook = head.starts_with(outlook::MAGIC);
        let ready = if is_outlook { Some(of_outlook(&mut reader, name, cap)?) } else { None };
        let lines = Lines { reader, back: Vec::new(), at: 0 };
        let name = name.to_owned();
        Ok(Self { lines, name, cap, started: None, is_mbox, lengths: true, ready, done: false })
    }

    /// Whether it is an mbox; else the file is one message.
    pub fn is_mbox(&self) -> bool {
        self.is_mbox
    }

    /// The next message.
    ///
    /// # Errors
    /// `E0905` where the file cannot be read further; what came before stands.
    #[expect(clippy::should_implement_trait, reason = "it borrows and fails like no iterator does")]
    pub fn next(&mut self) -> Result<Option<Piece>> {
        if self.done {
            return Ok(None);
        }
        if let Some(piece) = self.ready.take() {
            self.done = true;
            return Ok(Some(piece));
        }
        let found = if self.is_mbox { self.next_of_mbox() } else { self.whole() };
        found.map_err(|source| {
            self.done = true;
            Error::Reading { input: self.name.clone(), at: self.lines.at, source }
        })
    }

    /// The only message of a file.
    fn whole(&mut self) -> std::io::Result<Option<Piece>> {
        self.done = true;
        let mut piece = Piece::default();
        let mut line = Vec::new();
        while self.lines.read(&mut line)? {
            keep(&mut piece, &line, self.cap);
        }
        Ok((!piece.bytes.is_empty()).then_some(piece))
    }

    fn next_of_mbox(&mut self) -> std::io::Result<Option<Piece>> {
        let mut line = Vec::new();
        if self.started.take().is_none() && !self.lines.read(&mut line)? {
            self.done = true;
            return Ok(None);
        }
        let mut piece = Piece { offset: self.lines.at, ..Piece::default() };
        let mut body = Body { most: if self.lengths { self.cap } else { 0 }, ..Body::default() };
        // Every line can be longer than what one read gives; only its first bytes count.
        let mut fresh = true;
        loop {
            let before = self.lines.at;
            if !self.lines.read(&mut line)? {
                if body.is_short(&piece) {
                    break;
                }
                self.done = true;
                return Ok(Some(piece));
            }
            let begins = fresh && is_separator(&line) && body.after_blank();
            if begins && body.may_end(&piece) {
                if body.is_wrong(&piece) {
                    break;
                }
                self.started = Some(before);
                return Ok(Some(piece));
            }
            if begins {
                body.suppressed.get_or_insert((piece.bytes.len(), piece.cut));
            }
            if fresh {
                piece.quoted |= is_quoted(&line);
                body.see(&line, &piece);
            }
            fresh = line.ends_with(b"\n");
            keep(&mut piece, &line, self.cap);
            if body.overran(&piece) {
                break;
            }
        }
        // The length was wrong: the message ended where the first line that was passed over stands.
        Ok(Some(self.split(piece, &body, &line)))
    }

    /// Ends a message where a separator was passed over; the rest is read again.
    fn split(&mut self, mut piece: Piece, body: &Body, line: &[u8]) -> Piece {
        let Some((at, _)) = body.suppressed.filter(|(_, cut)| *cut == 0) else {
            return piece;
        };
        self.lengths = false;
        let mut rest = piece.bytes.split_off(at);
        if is_separator(line) && !rest.ends_with(line) {
            rest.extend_from_slice(line);
        }
        self.lines.unread(&rest);
        piece.cut = 0;
        piece
    }
}

/// The message of an Outlook file, which can only be read as a whole: texts take up to twice the
/// room there, and there is a directory.
fn of_outlook(reader: &mut impl BufRead, name: &str, cap: usize) -> Result<Piece> {
    let most = cap.saturating_mul(2).saturating_add(1 << 20);
    let mut bytes = Vec::new();
    let taken = reader.take(most as u64 + 1).read_to_end(&mut bytes);
    taken.map_err(|source| Error::Reading { input: name.to_owned(), at: 0, source })?;
    let rebuilt = if bytes.len() > most {
        Err("an Outlook message (.msg) of more than twice --max-message")
    } else {
        outlook::rebuild(&bytes, cap)
    };
    rebuilt.map_err(|met| Error::Mailbox { input: name.to_owned(), met })
}

/// What is known of the body of a message while it is read.
#[derive(Default)]
struct Body {
    blank: bool,
    inside: bool,
    /// Longer lengths are not believed.
    most: usize,
    /// Where the body ends, if its header says so.
    end: Option<usize>,
    length: Option<usize>,
    /// The first separator within the length that the header gives.
    suppressed: Option<(usize, u64)>,
}

impl Body {
    /// Takes note of a line before it is kept.
    fn see(&mut self, line: &[u8], piece: &Piece) {
        let bare = line.trim_ascii_end();
        if !self.inside {
            let name = b"content-length:";
            if bare.len() > name.len() && bare[..name.len()].eq_ignore_ascii_case(name) {
                let digits = std::str::from_utf8(bare[name.len()..].trim_ascii()).ok();
                self.length = digits.and_then(|digits| digits.parse().ok());
            }
            if bare.is_empty() {
                self.inside = true;
                let start = piece.bytes.len() + line.len();
                let end = self.length.and_then(|length| start.checked_add(length));
                self.end = end.filter(|&end| end <= self.most);
            }
        }
        self.blank = bare.is_empty();
    }

    fn after_blank(&self) -> bool {
        self.blank
    }

    /// Whether a separator here ends the message: not within the length that its header gives.
    fn may_end(&self, piece: &Piece) -> bool {
        piece.cut > 0 || self.end.is_none_or(|end| piece.bytes.len() >= end)
    }

    /// Whether the length that the header gives fits nowhere, and a separator was passed over for it.
    fn is_wrong(&self, piece: &Piece) -> bool {
        let slack = self.end.map_or(0, |end| piece.bytes.len().saturating_sub(end));
        self.suppressed.is_some() && slack > 2
    }

    /// Whether the file ended before the length, after a separator was passed over for it.
    fn is_short(&self, piece: &Piece) -> bool {
        self.suppressed.is_some() && self.end.is_some_and(|end| piece.bytes.len() < end)
    }

    /// Whether the message went on beyond its length, after a separator was passed over for it.
    fn overran(&self, piece: &Piece) -> bool {
        self.suppressed.is_some() && self.end.is_some_and(|end| piece.bytes.len() > end + 2)
    }
}

/// Keeps as much of a line as there is room for.
fn keep(piece: &mut Piece, line: &[u8], cap: usize) {
    let room = cap.saturating_sub(piece.bytes.len());
    let kept = line.len().min(room);
    piece.bytes.extend_from_slice(&line[..kept]);
    piece.cut += (line.len() - kept) as u64;
}

/// Whether a line begins a message: `From`, a name, and a time of day.
fn is_separator(line: &[u8]) -> bool {
    line.strip_prefix(b"From ").is_some_and(|rest| {
        let digit = |at: usize| rest.get(at).is_some_and(u8::is_ascii_digit);
        rest.iter().take(200).enumerate().any(|(at, &byte)| {
            byte == b':' && at > 1 && digit(at - 1) && digit(at + 1) && digit(at + 2)
        })
    })
}

/// Lines of a file, the longest in pieces, with what was read and given back first.
struct Lines<R> {
    reader: R,
    /// What was given back, the next byte last.
    back: Vec<u8>,
    /// How many bytes were read and not given back.
    at: u64,
}

/// Longer lines come in pieces.
const MAX_LINE: usize = 64 << 10;

impl<R: BufRead> Lines<R> {
    /// Reads a line or a piece of one; false at the end.
    fn read(&mut self, line: &mut Vec<u8>) -> std::io::Result<bool> {
        line.clear();
        while line.len() < MAX_LINE {
            if let Some(byte) = self.back.pop() {
                line.push(byte);
                if byte == b'\n' {
                    break;
                }
                continue;
            }
            let chunk = match self.reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                break;
            }
            let end = memchr(b'\n', chunk).map_or(chunk.len(), |at| at + 1);
            let taken = end.min(MAX_LINE - line.len());
            line.extend_from_slice(&chunk[..taken]);
            self.reader.consume(taken);
            if line.ends_with(b"\n") {
                break;
            }
        }
        self.at += line.len() as u64;
        Ok(!line.is_empty())
    }

    /// Gives bytes back, to be read again.
    fn unread(&mut self, bytes: &[u8]) {
        self.back.extend(bytes.iter().rev());
        self.at -= bytes.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(bytes: &[u8], cap: usize) -> Vec<Piece> {
        let mut mailbox = Mailbox::open(bytes, "box", cap).unwrap();
        let mut pieces = Vec::new();
        while let Some(piece) = mailbox.next().unwrap() {
            pieces.push(piece);
        }
        pieces
    }

    fn texts(bytes: &[u8]) -> Vec<String> {
        let text = |piece: Piece| String::from_utf8_lossy(&piece.bytes).into_owned();
        pieces(bytes, 1 << 20).into_iter().map(text).collect()
    }

    const LINE: &str = "From zqxmarlo@example.org Tue Oct 20 12:00:00 2020\n";

    #[test]
    fn an_mbox_is_cut_at_its_from_lines() {
        let cases: [(&str, String, &[&str]); 6] = [
            (
                "two",
                format!("{LINE}A: 1\n\nx\n\n{LINE}A: 2\n\ny\n"),
                &["A: 1\n\nx\n\n", "A: 2\n\ny\n"],
            ),
            ("quoted", format!("{LINE}A: 1\n\n>From me\n"), &["A: 1\n\n>From me\n"]),
            (
                "From in a sentence",
                format!("{LINE}A: 1\n\nx\n\nFrom here on\nFrom b Tue 12:00:00\n"),
                &["A: 1\n\nx\n\nFrom here on\nFrom b Tue 12:00:00\n"],
            ),
            (
                "a length that is right",
                format!(
                    "{LINE}Content-Length: {}\n\nx\n\n{LINE}y\n\n{LINE}A: 2\n\n",
                    4 + LINE.len() + 1
                ),
                &[
                    "Content-Length: 56\n\nx\n\nFrom zqxmarlo@example.org Tue Oct 20 12:00:00 2020\ny\n\n",
                    "A: 2\n\n",
                ],
            ),
            (
                "a length that is wrong",
                format!("{LINE}Content-Length: 9\n\nx\n\n{LINE}A: 2\n\ny\n"),
                &["Content-Length: 9\n\nx\n\n", "A: 2\n\ny\n"],
            ),
            (
                "a length beyond the end",
                format!("{LINE}Content-Length: 99999\n\nx\n\n{LINE}A: 2\n\ny\n"),
                &["Content-Length: 99999\n\nx\n\n", "A: 2\n\ny\n"],
            ),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(texts(bytes.as_bytes()), expected, "{name}");
        }
    }

    #[test]
    fn what_is_no_mbox_is_one_message() {
        assert_eq!(texts(b"A: 1\n\nFrom x 12:00\n"), ["A: 1\n\nFrom x 12:00\n"]);
        assert!(texts(b"").is_empty());
        let error =
            Mailbox::open(&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"[..], "a.msg", 9).err().unwrap();
        assert!(
            error.to_string().starts_with("E0904")
                && error.to_string().contains("a.msg is a damaged Outlook message"),
            "{error}"
        );
    }

    #[test]
    fn a_message_beyond_the_cap_is_cut_and_the_next_is_found() {
        let long = format!("{LINE}A: 1\n\n{}\n\n{LINE}A: 2\n\n", "x".repeat(200_000));
        let pieces = pieces(long.as_bytes(), 1_000);
        assert_eq!(pieces.len(), 2);
        assert_eq!((pieces[0].bytes.len(), pieces[0].cut > 190_000), (1_000, true));
        assert_eq!(pieces[1].bytes, b"A: 2\n\n");
    }
}
