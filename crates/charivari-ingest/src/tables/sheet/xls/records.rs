//! The records of a stream, and the texts in them.

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::tables::sheet::compound::{Stream, u16_at};

const BEGIN: u16 = 0x0809;
const CONTINUE: u16 = 0x003C;

/// The records of a workbook, from wherever they are begun.
pub(super) struct Records {
    stream: Stream,
    /// Where the next record begins.
    at: u64,
    body: Vec<u8>,
    /// How many more bytes may be read.
    left: u64,
    is_spent: bool,
    /// How texts are written.
    pub(super) text: Text,
}

impl Records {
    /// The records of a stream, which may be gone through `times` times.
    pub(super) fn new(stream: Stream, times: u64) -> Self {
        let left = stream.length().saturating_mul(times);
        Self { stream, at: 0, body: Vec::new(), left, is_spent: false, text: Text::default() }
    }

    /// Goes to a place where records begin; `false` where none do, or of a form that is not known.
    pub(super) fn begin(&mut self, at: u64) -> bool {
        self.at = at;
        if self.next() != Some(BEGIN) {
            return false;
        }
        self.text.is_wide = match u16_at(&self.body, 0) {
            Some(0x0600) => true,
            Some(0x0500) => false,
            _ => return false,
        };
        true
    }

    /// The kind of the next record, whose bytes [`Self::body`] gives then.
    pub(super) fn next(&mut self) -> Option<u16> {
        let (kind, length) = self.head()?;
        let left = self.left.checked_sub(u64::from(length) + 4);
        self.is_spent = left.is_none();
        self.left = left?;
        self.stream.read(self.at + 4, usize::from(length), &mut self.body)?;
        self.at += u64::from(length) + 4;
        Some(kind)
    }

    /// The next record where it goes on with the one before.
    pub(super) fn next_continues(&mut self) -> bool {
        matches!(self.head(), Some((CONTINUE, _))) && self.next().is_some()
    }

    fn head(&mut self) -> Option<(u16, u16)> {
        let mut head = std::mem::take(&mut self.body);
        let read = self.stream.read(self.at, 4, &mut head);
        let found = read.and_then(|()| Some((u16_at(&head, 0)?, u16_at(&head, 2)?)));
        self.body = head;
        found
    }

    /// The bytes of the record.
    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether a record was not read because more was read already than may be.
    pub(super) fn is_spent(&self) -> bool {
        self.is_spent
    }
}

/// How a workbook writes texts.
pub(super) struct Text {
    /// Whether they are of Excel 97 or later, where each says whether it has two bytes a letter.
    pub(super) is_wide: bool,
    page: &'static Encoding,
}

impl Default for Text {
    fn default() -> Self {
        Self { is_wide: true, page: WINDOWS_1252 }
    }
}

impl Text {
    /// Sets the code page, which only Excel 5 and 95 need.
    pub(super) fn set_page(&mut self, page: u16) {
        let label = match page {
            932 => "shift_jis".to_owned(),
            936 => "gbk".to_owned(),
            949 => "euc-kr".to_owned(),
            950 => "big5".to_owned(),
            10_000 => "macintosh".to_owned(),
            page => format!("windows-{page}"),
        };
        self.page = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
    }

    /// A text behind its length in one byte.
    pub(super) fn short(&self, bytes: &[u8]) -> String {
        bytes
            .split_first()
            .map_or_else(String::new, |(&length, rest)| self.of(usize::from(length), rest))
    }

    /// A text behind its length in two bytes.
    pub(super) fn long(&self, bytes: &[u8]) -> String {
        let length = u16_at(bytes, 0).unwrap_or_default();
        self.of(usize::from(length), bytes.get(2..).unwrap_or_default())
    }

    /// A text behind its length in two bytes, or in one before Excel 97.
    pub(super) fn short_or_long(&self, bytes: &[u8]) -> String {
        if self.is_wide { self.long(bytes) } else { self.short(bytes) }
    }

    /// A text of so many letters; fewer where the record ends before.
    fn of(&self, length: usize, bytes: &[u8]) -> String {
        if !self.is_wide {
            return self
                .page
                .decode_without_bom_handling(&bytes[..bytes.len().min(length)])
                .0
                .into_owned();
        }
        let Some((&flags, rest)) = bytes.split_first() else { return String::new() };
        let mut out = String::new();
        push(&mut out, rest, length, flags & 1 != 0);
        out
    }
}

/// Adds up to `count` letters, of two bytes each or of one, and says how many bytes they took.
pub(super) fn push(out: &mut String, bytes: &[u8], count: usize, two_bytes: bool) -> usize {
    if two_bytes {
        let taken = (bytes.len() / 2).min(count) * 2;
        let units =
            bytes[..taken].chunks_exact(2).map(|pair| u16::from(pair[0]) | u16::from(pair[1]) << 8);
        out.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        taken
    } else {
        let taken = bytes.len().min(count);
        out.extend(bytes[..taken].iter().copied().map(char::from));
        taken
    }
}
