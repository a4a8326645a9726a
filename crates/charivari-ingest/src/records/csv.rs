//! Rows of delimited text, RFC 4180 and its usual dialects.

use std::io::BufRead;

use charivari_model::Code;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{CHUNK_BYTES, CHUNK_RECORDS, Chunk, Emit, Fields, cut};
use crate::rows::Fault;

/// Delimiters that are looked for, the most usual first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

fn reader(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).build()
}

/// The delimiter that cuts the header into the most fields.
pub(crate) fn sniff_delimiter(bytes: &[u8]) -> u8 {
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        let fields = sample(bytes, delimiter, 1).first().map_or(0, Vec::len);
        if fields > best.0 {
            best = (fields, delimiter);
        }
    }
    best.1
}

/// The first rows of `bytes`; the last may be cut.
pub(crate) fn sample(bytes: &[u8], delimiter: u8, rows: usize) -> Vec<Vec<String>> {
    let mut sample = Vec::new();
    // Reading from memory does not fail, and a cut row is a row for this purpose.
    read(bytes, delimiter, usize::MAX, &mut |chunk| {
        if let Chunk::Fields(fields) = chunk {
            let mut first = 0;
            for (_, end) in &fields.rows {
                let row = (first..*end).map(|field| {
                    let start = if field == 0 { 0 } else { fields.ends[field - 1] };
                    String::from_utf8_lossy(&fields.data[start..fields.ends[field]]).into_owned()
                });
                sample.push(row.collect());
                first = *end;
            }
        }
        sample.len() < rows
    });
    sample.truncate(rows);
    sample
}

/// Cuts `input` into rows and hands them on in chunks. The header is row 1.
///
/// A row longer than `cap` bytes is a fault; the rows after it are read as usual.
pub(crate) fn read(input: impl BufRead, delimiter: u8, cap: usize, emit: Emit<'_>) {
    let mut cutter = Cutter::new(input, delimiter, cap);
    while cutter.row() {
        if cutter.is_full() && !emit(Chunk::Fields(cutter.take())) {
            return;
        }
    }
    let rest = cutter.take();
    if !rest.rows.is_empty() || !rest.faults.is_empty() {
        emit(Chunk::Fields(rest));
    }
}

struct Cutter<R> {
    input: R,
    reader: Reader,
    cap: usize,
    /// The chunk, whose buffers are longer than what they hold so far.
    fields: Fields,
    /// How much text and how many field ends the finished rows take.
    text: usize,
    ends: usize,
    /// Room for text and for fields with which a chunk begins: little for the first, since many
    /// inputs are small and each is sampled several times; enough for all of it after that.
    room: (usize, usize),
    /// The row being read, counted from 1.
    row: u64,
    /// Whether the end of the input has been met.
    closed: bool,
}

impl<R: BufRead> Cutter<R> {
    fn new(input: R, delimiter: u8, cap: usize) -> Self {
        let reader = reader(delimiter);
        Self {
            input,
            reader,
            cap,
            fields: Fields::default(),
            text: 0,
            ends: 0,
            room: (1 << 14, 1 << 8),
            row: 0,
            closed: false,
        }
    }

    fn is_full(&self) -> bool {
        self.text >= CHUNK_BYTES || self.fields.rows.len() >= CHUNK_RECORDS
    }

    /// The rows so far, without the spare room.
    fn take(&mut self) -> Fields {
        let mut fields = std::mem::take(&mut self.fields);
        fields.data.truncate(self.text);
        fields.ends.truncate(self.ends);
        (self.text, self.ends) = (0, 0);
        self.room = (CHUNK_BYTES + (1 << 16), CHUNK_RECORDS);
        fields
    }

    /// Reads one row into the chunk; `false` at the end of the input.
    fn row(&mut self) -> bool {
        self.row += 1;
        let (mut text, mut ends, mut too_long) = (self.text, self.ends, false);
        loop {
            if text - self.text > self.cap || ends - self.ends > self.cap {
                // A row over the cap is overwritten instead of kept.
                (text, ends, too_long) = (self.text, self.ends, true);
            }
            self.make_room(text, ends);
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) => {
                    self.fields.faults.push((self.row, cut(&error)));
                    return false;
                }
            };
            let at_end = buffer.is_empty();
            // A line break in place of the end closes the last row, unless a quote is open.
            let closes = at_end && !self.closed;
            self.closed |= closes;
            let (result, taken, more_text, more_ends) = self.reader.read_record(
                if closes { b"\n" } else { buffer },
                &mut self.fields.data[text..],
                &mut self.fields.ends[ends..],
            );
            if !at_end {
                self.input.consume(taken);
            }
            text += more_text;
            ends += more_ends;
            match result {
                ReadRecordResult::End => return false,
                ReadRecordResult::Record => {
                    too_long |= text - self.text > self.cap;
                    self.end_row(text, ends, too_long, at_end.then_some(closes));
                    return true;
                }
                _ => {}
            }
        }
    }

    /// Keeps the row that has been read, or says why not. `at_end` says whether the end of the
    /// input ended the row, and if so, whether a line break would have.
    fn end_row(&mut self, text: usize, ends: usize, too_long: bool, at_end: Option<bool>) {
        let fault = if too_long {
            Fault::new(Code::TooLarge, "", &format!("a row of more than {} bytes", self.cap))
        } else if at_end == Some(false) {
            Fault::new(Code::CutRow, "", "a quote that is never closed")
        } else {
            self.close(text, ends);
            self.fields.unended = at_end.map(|_| self.row);
            return;
        };
        self.fields.faults.push((self.row, fault));
    }

    /// Room for more text and fields, doubled where it is short.
    fn make_room(&mut self, text: usize, ends: usize) {
        if self.fields.data.len() < text + 64 {
            self.fields.data.resize((2 * text).max(self.room.0), 0);
        }
        if self.fields.ends.len() < ends + 4 {
            self.fields.ends.resize((2 * ends).max(self.room.1), 0);
        }
    }

    /// Keeps the row that has been read; its field ends become places in the chunk.
    fn close(&mut self, text: usize, ends: usize) {
        for end in &mut self.fields.ends[self.ends..ends] {
            *end += self.text;
        }
        (self.text, self.ends) = (text, ends);
        self.fields.rows.push((self.row, ends));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8], cap: usize) -> (Vec<Vec<String>>, Vec<u64>) {
        let (mut faults, mut kept) = (Vec::new(), Vec::new());
        read(bytes, b',', cap, &mut |chunk| {
            if let Chunk::Fields(fields) = chunk {
                faults.extend(fields.faults.iter().map(|(row, _)| *row));
                kept.extend(fields.rows.iter().map(|(row, _)| *row));
            }
            true
        });
        let mut rows = sample(bytes, b',', usize::MAX);
        rows.truncate(kept.len());
        (rows, faults)
    }

    #[test]
    fn quoted_separators_and_line_breaks_stay_in_their_field() {
        let (rows, faults) = rows(b"a,b\r\n\"1,\n\"\"x\"\"\",2\n", 1 << 20);
        assert_eq!(rows, [vec!["a", "b"], vec!["1,\n\"x\"", "2"]]);
        assert!(faults.is_empty());
    }

    #[test]
    fn a_quote_that_is_never_closed_is_a_fault() {
        for (text, kept, faulty) in [
            ("a,b\n1,\"2\n3,4\n", vec![1], vec![2]),
            ("a,b\n1,\"2\"", vec![1, 2], vec![]),
            ("a,b\n1,2", vec![1, 2], vec![]),
            ("a,b\n1,2\n", vec![1, 2], vec![]),
            ("a,b\r\n1,\"2\n", vec![1], vec![2]),
            ("", vec![], vec![]),
        ] {
            let (mut rows, mut faults) = (Vec::new(), Vec::new());
            read(text.as_bytes(), b',', 1_000, &mut |chunk| {
                if let Chunk::Fields(fields) = chunk {
                    rows.extend(fields.rows.iter().map(|(row, _)| *row));
                    faults.extend(fields.faults.iter().map(|(row, _)| *row));
                }
                true
            });
            assert_eq!((rows, faults), (kept, faulty), "{text:?}");
        }
    }

    #[test]
    fn a_row_over_the_cap_is_a_fault_and_the_next_one_is_read() {
        let long = "x".repeat(5_000);
        let text = format!("a,b\n{long},1\nc,d\n");
        let mut seen = Vec::new();
        let mut faults = Vec::new();
        read(text.as_bytes(), b',', 1_000, &mut |chunk| {
            if let Chunk::Fields(fields) = chunk {
                seen.extend(fields.rows.iter().map(|(row, _)| *row));
                faults.extend(fields.faults);
            }
            true
        });
        assert_eq!(seen, [1, 3]);
        assert_eq!(faults.len(), 1);
        assert_eq!((faults[0].0, faults[0].1.code), (2, Code::TooLarge));
    }
}
