//! Rows of the stream as CSV, by hand: a general writer would take half of the time.

use std::io::{self, Write};

use super::Written;
use super::content::Said;
use super::people::People;
use super::popular::Original;
use crate::clock::iso;
use crate::world::{x_account_id, x_post_id};

const HEADER: &[u8] = b"post_id,account_id,handle,created_at,text,lang,repost_of,reply_to,\
hashtags,links,mentions\n";

/// Written out when it is this full, in bytes.
const FULL: usize = 1 << 20;

/// One post.
pub(super) struct Row<'a> {
    /// The second of the minute.
    pub(super) second: u64,
    pub(super) account: u64,
    pub(super) repost: Option<&'a Original>,
    pub(super) reply: Option<&'a Original>,
    pub(super) text: &'a Said,
}

pub(super) struct Rows<'w, W: Write> {
    out: &'w mut W,
    buffer: Vec<u8>,
    /// `2023-01-16T08:30:`.
    minute: String,
    written: Written,
}

impl<'w, W: Write> Rows<'w, W> {
    pub(super) fn new(out: &'w mut W) -> Self {
        let mut buffer = Vec::with_capacity(FULL + (1 << 16));
        buffer.extend_from_slice(HEADER);
        Self { out, buffer, minute: String::new(), written: Written::default() }
    }

    /// Begins the minute at `start`, in seconds since the epoch.
    pub(super) fn minute(&mut self, start: i64) {
        self.minute = iso(start);
        self.minute.truncate(17);
    }

    /// The native id of the next post.
    pub(super) const fn next_id(&self) -> u64 {
        x_post_id(self.written.posts + 1)
    }

    pub(super) fn write(&mut self, row: &Row<'_>, people: &People) -> io::Result<()> {
        let id = self.next_id();
        let out = &mut self.buffer;
        number(out, id);
        out.push(b',');
        number(out, x_account_id(row.account));
        out.push(b',');
        push_handle(out, row.account, people);
        out.push(b',');
        out.extend_from_slice(self.minute.as_bytes());
        out.extend_from_slice(&[b'0' + (row.second / 10) as u8, b'0' + (row.second % 10) as u8]);
        out.extend_from_slice(b"Z,\"");
        // No text has a quotation mark, so none has to be doubled.
        for (sign, other) in [(&b"RT @"[..], row.repost), (&b"@"[..], row.reply)] {
            if let Some(other) = other {
                out.extend_from_slice(sign);
                push_handle(out, other.account, people);
                out.extend_from_slice(if sign.len() > 1 { b": " } else { b" " });
            }
        }
        out.extend_from_slice(row.text.text.as_bytes());
        out.extend_from_slice(b"\",");
        out.extend_from_slice(row.text.language.as_bytes());
        for other in [row.repost, row.reply] {
            out.push(b',');
            if let Some(other) = other {
                number(out, other.post);
            }
        }
        for cell in [&row.text.hashtags, &row.text.links, &row.text.mentions] {
            out.push(b',');
            out.extend_from_slice(cell.as_bytes());
        }
        out.push(b'\n');
        self.written.posts += 1;
        if self.buffer.len() >= FULL { self.flush() } else { Ok(()) }
    }

    pub(super) fn finish(mut self) -> io::Result<Written> {
        self.flush()?;
        self.out.flush()?;
        Ok(self.written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.written.bytes += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}

fn push_handle(out: &mut Vec<u8>, account: u64, people: &People) {
    let (stem, digits) = people.handle(account);
    out.extend_from_slice(stem.as_bytes());
    number(out, digits);
}

/// Appends `value` in decimal digits.
fn number(out: &mut Vec<u8>, value: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = value;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}
