//! Texts that may go on in the records behind their own (MS-XLS 2.5.293, 2.4.265).

use std::ops::Range;

use super::records::{Records, push};
use crate::tables::sheet::compound::{u16_at, u32_at};

/// The most bytes of the strings that sheets share.
const MOST: usize = 128 << 20;

/// The strings that sheets share, one behind the other.
#[derive(Default)]
pub(super) struct Shared {
    text: String,
    places: Vec<Range<usize>>,
}

impl Shared {
    /// Reads the strings of the record that was read last; `false` where they are too long.
    /// Where the record is damaged, the strings before are kept.
    pub(super) fn read(&mut self, records: &mut Records) -> bool {
        let count = u32_at(records.body(), 4).unwrap_or_default();
        let mut cursor = Cursor { records, at: 8 };
        for _ in 0..count {
            let start = self.text.len();
            if cursor.string(&mut self.text).is_none() {
                self.text.truncate(start);
                break;
            }
            self.places.push(start..self.text.len());
            if self.text.len() + self.places.len() * size_of::<Range<usize>>() > MOST {
                return false;
            }
        }
        true
    }

    /// A string by its number.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        self.text.get(self.places.get(at)?.clone())
    }
}

/// The text of a formula, whose record was read last.
pub(super) fn after_formula(records: &mut Records) -> String {
    if !records.text.is_wide {
        return records.text.long(records.body());
    }
    let mut out = String::new();
    // What a damaged record has of the text is kept.
    let _ = Cursor { records, at: 0 }.string(&mut out);
    out
}

/// A place in a record and those that go on with it.
struct Cursor<'r> {
    records: &'r mut Records,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &[u8] {
        self.records.body().get(self.at..).unwrap_or_default()
    }

    /// Goes on in the next record where this one is at its end; nothing where none goes on.
    fn turn(&mut self) -> Option<()> {
        while self.rest().is_empty() {
            self.records.next_continues().then_some(())?;
            self.at = 0;
        }
        Some(())
    }

    /// Passes over bytes that say how letters look.
    fn pass(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.turn()?;
            let step = count.min(self.rest().len());
            self.at += step;
            count -= step;
        }
        Some(())
    }

    /// A string: its length, its flags, its letters, and how they look.
    fn string(&mut self, out: &mut String) -> Option<()> {
        self.turn()?;
        let length = usize::from(u16_at(self.rest(), 0)?);
        let flags = *self.rest().get(2)?;
        self.at += 3;
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += usize::from(u16_at(self.rest(), 0)?) * 4;
            self.at += 2;
        }
        if flags & 4 != 0 {
            behind += u32_at(self.rest(), 0)? as usize;
            self.at += 4;
        }
        self.letters(out, length, flags & 1 != 0)?;
        self.pass(behind)
    }

    /// Letters; a record in their midst says anew how many bytes each has.
    fn letters(&mut self, out: &mut String, mut count: usize, mut two_bytes: bool) -> Option<()> {
        while count > 0 {
            if self.rest().is_empty() {
                self.turn()?;
                two_bytes = self.rest().first()? & 1 != 0;
                self.at += 1;
                if self.rest().is_empty() {
                    continue;
                }
            }
            let taken = push(out, self.records.body().get(self.at..)?, count, two_bytes);
            if taken == 0 {
                return None;
            }
            self.at += taken;
            count -= if two_bytes { taken / 2 } else { taken };
        }
        Some(())
    }
}
