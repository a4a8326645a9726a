//! JSON values: one a line, or elements inside documents that may be larger than memory.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use charivari_model::Code;
use memchr::memchr;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{Chunk, Emit, Values, cut};
use crate::rows::Fault;

/// The most paths kept of a head, and how deep they go.
const MAX_PATHS: usize = 4_096;
const MAX_PATH_DEPTH: usize = 8;

/// What the parser says of a value that is not UTF-8, and of nothing else in an element.
const NOT_UTF8: &str = "invalid unicode code point";

/// Scalars longer than this are not kept as surroundings of a record.
const MAX_AROUND_BYTES: usize = 4_096;

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

/// Cuts the elements at `paths` out of the JSON documents in `input`, numbered from 1.
///
/// A path is written as in `chats.list[].messages[]`; the empty path is a whole document that is an
/// object. The scalars of the objects around an element go with it, as far as they stand before it.
/// At a syntax error the elements so far are kept, and the rest is one fault.
pub(crate) fn read_elements(
    input: impl BufRead,
    paths: &'static [&'static str],
    cap: usize,
    emit: Emit<'_>,
) {
    let budget = Cell::new(None);
    let mut metered = Metered { inner: input, budget: &budget };
    let mut walk = Walk {
        paths,
        cap,
        budget: &budget,
        row: 0,
        values: Values::default(),
        emit,
        stopped: false,
    };
    loop {
        match next_byte(&mut metered) {
            Ok(None) => break,
            Ok(Some(first)) => {
                let mut documents = serde_json::Deserializer::from_reader(&mut metered);
                let whole = first == b'{' && paths.contains(&"");
                let result = if whole {
                    walk.element(&mut documents, &Map::new())
                } else {
                    Place { walk: &mut walk, path: String::new(), around: Map::new() }
                        .deserialize(&mut documents)
                };
                if let Err(error) = result {
                    walk.fault(&error);
                    break;
                }
            }
            Err(error) => {
                walk.values.faults.push((walk.row + 1, cut(&error)));
                break;
            }
        }
        if walk.stopped {
            return;
        }
    }
    walk.flush();
}

/// The next byte that is not white space, left in the input.
fn next_byte(input: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let blank = buffer.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let first = buffer.get(blank).copied();
        input.consume(blank);
        if first.is_some() {
            return Ok(first);
        }
    }
}

/// A reader that fails when one element takes more bytes than it may.
struct Metered<'b, R> {
    inner: R,
    budget: &'b Cell<Option<usize>>,
}

impl<R: BufRead> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if let Some(left) = self.budget.get() {
            let left = left.checked_sub(count).ok_or(io::ErrorKind::FileTooLarge)?;
            self.budget.set(Some(left));
        }
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.inner.consume(count);
    }
}

/// The walk through one input, across its documents.
struct Walk<'w, 'e> {
    paths: &'static [&'static str],
    cap: usize,
    budget: &'w Cell<Option<usize>>,
    row: u64,
    values: Values,
    emit: Emit<'e>,
    stopped: bool,
}

impl Walk<'_, '_> {
    /// Takes the value at hand as a record.
    fn element<'de, D: Deserializer<'de>>(
        &mut self,
        value: D,
        around: &Map<String, Value>,
    ) -> Result<(), D::Error> {
        if *self.values.around != *around {
            self.flush();
            self.values.around = Arc::new(around.clone());
        }
        self.budget.set(Some(self.cap));
        let raw: Result<Box<RawValue>, D::Error> = serde::Deserialize::deserialize(value);
        self.budget.set(None);
        self.row += 1;
        match raw {
            Ok(raw) => {
                self.values.data.extend_from_slice(raw.get().as_bytes());
                self.values.rows.push((self.row, self.values.data.len()));
            }
            // The value was read to its end before its bytes were found not to be UTF-8, so the
            // next one can be read.
            Err(error) if error.to_string().starts_with(NOT_UTF8) => {
                self.values.faults.push((self.row, Fault::new(Code::Encoding, "", NOT_UTF8)));
            }
            Err(error) => {
                self.row -= 1;
                return Err(error);
            }
        }
        if self.values.is_full() {
            self.flush();
        }
        Ok(())
    }

    fn flush(&mut self) {
        let around = Arc::clone(&self.values.around);
        let values = std::mem::replace(&mut self.values, Values { around, ..Values::default() });
        if !values.is_empty() && !(self.emit)(Chunk::Values(values)) {
            self.stopped = true;
        }
    }

    fn fault(&mut self, error: &serde_json::Error) {
        if self.stopped {
            return;
        }
        let too_large = error.io_error_kind() == Some(io::ErrorKind::FileTooLarge);
        let code = match () {
            () if too_large => Code::TooLarge,
            () if error.is_eof() || error.is_io() => Code::CutRow,
            () => Code::MalformedJson,
        };
        let met = format!("reading stopped: {error}");
        self.values.faults.push((self.row + 1, Fault::new(code, "", &met)));
    }

    fn leads_to_element(&self, path: &str) -> bool {
        self.paths.iter().any(|wanted| {
            wanted.strip_prefix(path).is_some_and(|rest| {
                rest.is_empty() || path.is_empty() || rest.starts_with('.') || rest.starts_with('[')
            })
        })
    }
}

/// One place in the document on the way to elements.
struct Place<'p, 'w, 'e> {
    walk: &'p mut Walk<'w, 'e>,
    path: String,
    around: Map<String, Value>,
}

impl<'de> DeserializeSeed<'de> for Place<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        if !self.path.is_empty() && self.walk.paths.contains(&self.path.as_str()) {
            return self.walk.element(value, &self.around);
        }
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let path =
                if self.path.is_empty() { key.clone() } else { format!("{}.{key}", self.path) };
            if self.walk.leads_to_element(&path) {
                let around = self.around.clone();
                map.next_value_seed(Place { walk: self.walk, path, around })?;
            } else if let Some(scalar) = map.next_value_seed(Scalar)? {
                self.around.insert(key, scalar);
            }
            if self.walk.stopped {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let path = format!("{}[]", self.path);
        loop {
            let around = self.around.clone();
            let place = Place { walk: &mut *self.walk, path: path.clone(), around };
            if seq.next_element_seed(place)?.is_none() {
                return Ok(());
            }
            if self.walk.stopped {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Keeps a short scalar and passes over everything else.
struct Scalar;

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok((value.len() <= MAX_AROUND_BYTES).then(|| value.into()))
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// The paths of every value in `value`, as in `data[].author.id`.
pub(crate) fn paths_of(value: &Value) -> BTreeSet<String> {
    paths_in(value.to_string().as_bytes())
}

/// The paths of every value in `bytes`, as far as they can be read.
pub(crate) fn paths_in(bytes: &[u8]) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let mut document = serde_json::Deserializer::from_slice(bytes);
    // A head is usually cut; what was seen before the cut is what is wanted.
    let _cut =
        Paths { found: &mut paths, path: String::new(), depth: 0 }.deserialize(&mut document);
    paths
}

struct Paths<'p> {
    found: &'p mut BTreeSet<String>,
    path: String,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Paths<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        if !self.path.is_empty() && self.found.len() < MAX_PATHS && !self.found.contains(&self.path)
        {
            self.found.insert(self.path.clone());
        }
        if self.depth >= MAX_PATH_DEPTH {
            return value.deserialize_ignored_any(IgnoredAny).map(|_| ());
        }
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Paths<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let path = if self.path.is_empty() { key } else { format!("{}.{key}", self.path) };
            map.next_value_seed(Paths { found: &mut *self.found, path, depth: self.depth + 1 })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let path = format!("{}[]", self.path);
        loop {
            let next = Paths { found: &mut *self.found, path: path.clone(), depth: self.depth + 1 };
            if seq.next_element_seed(next)?.is_none() {
                return Ok(());
            }
        }
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(text: &str, paths: &'static [&'static str]) -> (Vec<String>, Vec<Code>) {
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        read_elements(text.as_bytes(), paths, 100, &mut |chunk| {
            if let Chunk::Values(values) = chunk {
                let mut start = 0;
                for (_, end) in &values.rows {
                    let value = String::from_utf8(values.data[start..*end].to_vec()).unwrap();
                    found.push(format!("{} {value}", Value::Object((*values.around).clone())));
                    start = *end;
                }
                faults.extend(values.faults.iter().map(|(_, fault)| fault.code));
            }
            true
        });
        (found, faults)
    }

    #[test]
    fn elements_are_found_with_what_stands_around_them() {
        let text = r#"{"about":"x","big":[1,{"a":2}],"chats":{"list":[{"name":"a","messages":[{"id":1},{"id":2}]},{"name":"b","messages":[{"id":3}]}]}}"#;
        let (found, faults) = elements(text, &["messages[]", "chats.list[].messages[]"]);
        assert_eq!(
            found,
            [
                r#"{"about":"x","name":"a"} {"id":1}"#,
                r#"{"about":"x","name":"a"} {"id":2}"#,
                r#"{"about":"x","name":"b"} {"id":3}"#,
            ]
        );
        assert!(faults.is_empty());
    }

    #[test]
    fn documents_may_follow_each_other_and_arrays_be_taken_apart() {
        for (text, count) in [
            ("{\"a\":1}\n{\"a\":2}", 2),
            ("[{\"a\":1},{\"a\":2}]", 2),
            ("[]", 0),
            ("[[1]]", 1),
            ("", 0),
        ] {
            let (found, faults) = elements(text, &["", "[]"]);
            assert_eq!((found.len(), faults.len()), (count, 0), "{text}");
        }
    }

    #[test]
    fn a_damaged_rest_is_one_fault_and_the_elements_before_it_stay() {
        let long = format!("[{{\"a\":1}},\"{}\"]", "x".repeat(300));
        for (text, code) in [
            ("[{\"a\":1},{\"a\"", Code::CutRow),
            ("[{\"a\":1},{a:2}]", Code::MalformedJson),
            (long.as_str(), Code::TooLarge),
        ] {
            let (found, faults) = elements(text, &["[]"]);
            assert_eq!((found.len(), faults), (1, vec![code]), "{text}");
        }
    }

    #[test]
    fn an_element_that_is_not_utf8_is_a_fault_of_its_own() {
        let mut bytes = br#"{"messages":[{"a":1},{"a":"?"},{"a":3}]}"#.to_vec();
        let at = bytes.iter().position(|byte| *byte == b'?').unwrap();
        bytes[at] = 0xff;
        let (mut rows, mut faults) = (Vec::new(), Vec::new());
        read_elements(bytes.as_slice(), &["messages[]"], 100, &mut |chunk| {
            if let Chunk::Values(values) = chunk {
                rows.extend(values.rows.iter().map(|(row, _)| *row));
                faults.extend(values.faults.iter().map(|(row, fault)| (*row, fault.code)));
            }
            true
        });
        assert_eq!((rows, faults), (vec![1, 3], vec![(2, Code::Encoding)]));
    }

    #[test]
    fn lines_over_the_cap_are_faults_and_empty_ones_are_passed_over() {
        let text = format!("{{}}\n\n{}\n{{\"b\":1}}", "x".repeat(200));
        let mut rows = Vec::new();
        let mut faults = Vec::new();
        read_lines(text.as_bytes(), 100, &mut |chunk| {
            if let Chunk::Values(values) = chunk {
                rows.extend(values.rows.iter().map(|(row, _)| *row));
                faults.extend(values.faults.iter().map(|(row, _)| *row));
            }
            true
        });
        assert_eq!((rows, faults), (vec![1, 4], vec![3]));
    }
}
