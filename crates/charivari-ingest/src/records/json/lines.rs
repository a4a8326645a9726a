//! One JSON value a line.

use std::io::{self, BufRead};

use charivari_model::Code;
use memchr::memchr;

use super::super::{Chunk, Emit, Values, cut};
use crate::rows::Fault;

/// Cuts `input` into lines, each one JSON value; row numbers are line numbers, from 1.
///
/// A line longer than `cap` bytes is a fault; the lines after it are read as usual.
pub(crate) fn read_lines(mut input: impl BufRead, cap: usize, emit: Emit<'_>) {
    let mut values = Values::default();
    let mut line = 0;
    loop {
        line += 1;
        match read_line(&mut input, cap, &mut values.data) {
            Ok(Line::End) => break,
            Ok(Line::Empty) => {}
            Ok(Line::Whole) => values.rows.push((line, values.data.len())),
            Ok(Line::TooLong) => {
                let met = format!("a line of more than {cap} bytes");
                values.faults.push((line, Fault::new(Code::TooLarge, "", &met)));
            }
            Err(error) => {
                values.faults.push((line, cut(&error)));
                break;
            }
        }
        if values.is_full() && !emit(Chunk::Values(std::mem::take(&mut values))) {
            return;
        }
    }
    if !values.is_empty() {
        emit(Chunk::Values(values));
    }
}

enum Line {
    Whole,
    Empty,
    TooLong,
    End,
}

/// Appends one line to `data`, or takes back what it appended.
fn read_line(input: &mut impl BufRead, cap: usize, data: &mut Vec<u8>) -> io::Result<Line> {
    let base = data.len();
    let (mut any, mut too_long) = (false, false);
    loop {
        let buffer = input.fill_buf().inspect_err(|_| data.truncate(base))?;
        let at_end = buffer.is_empty();
        let newline = memchr(b'\n', buffer);
        let taken = newline.unwrap_or(buffer.len());
        any |= !at_end;
        too_long |= data.len() - base + taken > cap;
        if too_long {
            data.truncate(base);
        } else {
            data.extend_from_slice(&buffer[..taken]);
        }
        input.consume(taken + usize::from(newline.is_some()));
        if at_end || newline.is_some() {
            break;
        }
    }
    if too_long {
        return Ok(Line::TooLong);
    }
    if data[base..].trim_ascii().is_empty() {
        data.truncate(base);
        return Ok(if any { Line::Empty } else { Line::End });
    }
    Ok(Line::Whole)
}
